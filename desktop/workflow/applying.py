"""Corrections made in an exported workbook, read back as changes: first shown, then taken as one undoable edit."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from db.changes import Edit
from db.rows import Touched
from db.store import Store
from desktop.errors import UserError
from desktop.exporting.tables import KEYS, LONG
from desktop.text import language, say
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.corrections import Comparing, Correction
from desktop.workflow.workbooks import read_workbook, rows_of, shown


@dataclass(frozen=True, slots=True)
class Corrections:
    """What a workbook would change, and why some of its cells cannot be taken."""

    name: str
    changes: tuple[Correction, ...]
    misfits: tuple[UserError, ...]


def read_corrections(store: Store, path: Path) -> Corrections:
    """Return what an exported workbook would change; nothing is written. UserError: not a workbook of this store."""
    book = read_workbook(path)
    if book.store != store.store_id:
        raise UserError("apply_other_store", path=path)
    comparing = Comparing(store, book)
    columns = {*KEYS, *comparing.known} if book.wide else {*LONG}
    misfits = [UserError("apply_column_unknown", column=head) for head in book.heads if head not in columns]
    changes: dict[tuple[int, str, str], Correction] = {}
    for row in rows_of(book.sheets):
        for asked in comparing.asked(row, wide=book.wide):
            if isinstance(asked, UserError):
                misfits.append(asked)
            elif changes.setdefault((asked.report_id, asked.indicator, asked.what), asked) != asked:
                indicator = comparing.known[asked.indicator].name(language())
                misfits.append(UserError("apply_twice", row=row.at, indicator=indicator))
    order = {indicator: i for i, indicator in enumerate(comparing.known)}
    made = sorted(changes.values(), key=lambda change: (change.report_id, order[change.indicator]))
    return Corrections(path.name, tuple(made), tuple(misfits))


def apply_corrections(store: Store, corrections: Corrections, *, reviewer: str) -> Touched:
    """Take the changes of a workbook as one edit, undone as one; the caller checks the reports touched."""
    with store.edit("apply", reviewer=reviewer, why=corrections.name) as edit:
        for change in corrections.changes:
            _take(edit, change, corrections.name)
    return edit.touched


def correction_sentences(store: Store, corrections: Corrections) -> list[str]:
    """Return what each correction changes, as a line in the language of the moment."""
    known = catalogue(store)
    return [_sentence(change, known[change.indicator].name(language())) for change in corrections.changes]


def _sentence(change: Correction, indicator: str) -> str:
    before, after = (
        say(f"state_{value}") if change.what == "state" and value else shown(value) or "—"
        for value in (change.before, change.after)
    )
    place = {"year": change.year, "district": change.district or say("unknown_district")}
    return say("apply_line", indicator=indicator, before=before, after=after, **place)


def _take(edit: Edit, change: Correction, name: str) -> None:
    if change.what == "comment":
        edit.comment(change.figures[0], str(change.after))
    elif change.what == "value":
        value = float(change.after or 0)
        # A cell of one figure is that figure's value; any other number stands for the cell as a whole.
        if len(change.figures) == 1:
            edit.correct(change.figures[0], value=value)
        else:
            edit.enter_cell(change.report_id, change.indicator, value, name)
    elif change.after == "not_reported":
        edit.assert_not_reported(change.report_id, change.indicator)
    else:
        verbs = {"verified": edit.accept, "rejected": edit.reject}
        for figure in change.figures:
            if change.after == "queried":
                edit.query(figure, name)
            else:
                verbs[str(change.after)](figure)
