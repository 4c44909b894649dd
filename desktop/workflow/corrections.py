"""What a row of an exported workbook asks for, against the store as it stands: changes, and what cannot be taken."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from db import queries
from db.rows import CELL_STATES, CellRow, ReportRow
from db.store import Store
from desktop.errors import UserError
from desktop.exporting.tables import KEYS
from desktop.exporting.xlsx import fitting
from desktop.indicators import Catalogue
from desktop.text import LANGUAGES, language, say, say_in
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.reviewing import parse_typed_value
from desktop.workflow.workbooks import Row, Typed, Workbook, empty, rows_of, shown

SAID = ("verified", "rejected", "queried", "not_reported")


@dataclass(frozen=True, slots=True)
class Correction:
    """One cell that the workbook has otherwise than the store; `what` is "value", "state" or "comment"."""

    report_id: int
    district: str | None
    year: int | None
    indicator: str
    what: str
    before: Typed
    after: Typed
    figures: tuple[int, ...]


Asked = Correction | UserError


@dataclass(frozen=True, slots=True)
class _Place:
    """One cell of a workbook: its row, what it is of, and how it stands in the store; `stale`: read again since."""

    at: str
    report: ReportRow
    indicator: str
    cell: CellRow | None
    stale: bool = False

    @property
    def figures(self) -> tuple[int, ...]:
        """Return the figures that make the cell; none where a person said its number, or that there is none.

        None either where a person named some that do not stand any more, or that make a cell of another indicator.
        """
        if self.cell is None or self.cell.entered or self.cell.state == "not_reported":
            return ()
        own = [figure for figure in self.cell.figures if figure.indicator == self.indicator]
        if len(own) < max(len(self.cell.figures), len(self.cell.named)):
            return ()
        return tuple(figure.id for figure in self.cell.figures)

    @property
    def named(self) -> bool:
        """Return whether a person named the figures that make the cell: then one that is rejected is still its."""
        return self.cell is not None and bool(self.cell.named)


class Comparing:
    """One workbook against the store as it stands: each row is asked for changes and for what does not fit."""

    def __init__(self, store: Store, book: Workbook) -> None:
        self.known: Catalogue = catalogue(store)
        self._store = store
        self._shown = queries.ASKED[book.state]
        self._reports = {
            tuple(map(shown, (r.district, r.adcode, r.city, r.province, r.year))): r
            for r in queries.reports(store)
            if r.counts
        }
        self._decided = queries.decided_since(store, book.clock)
        self._cells: tuple[int, dict[str, CellRow]] = (0, {})
        self._written: dict[tuple[str, str], Typed] = {
            (shown(row.cells.get("source_sha256")), shown(row.cells["indicator"])): row.cells.get("value")
            for row in rows_of(book.evidence)
        }

    def asked(self, row: Row, *, wide: bool) -> Iterator[Asked]:
        """Yield what a row asks for, and what of it cannot be taken."""
        report = self._reports.get(tuple(shown(row.cells[head]) for head in KEYS))
        if report is None or shown(row.cells.get("source_sha256")) not in ("", report.source_sha256):
            where = {"district": shown(row.cells["district"]), "year": shown(row.cells["year"])}
            yield UserError("apply_no_report", row=row.at, **where)
        elif wide:
            for indicator in [head for head in row.cells if head in self.known]:
                yield from self._wide(_Place(row.at, report, indicator, self._cell(report, indicator)), row)
        else:
            yield from self._long(report, row)

    def _wide(self, place: _Place, row: Row) -> Iterator[Asked]:
        """Yield what a cell of the wide table asks for; its evidence says what was written, where it is still there."""
        typed, at = row.cells[place.indicator], (place.report.source_sha256, place.indicator)
        if at not in self._written:
            yield from self._value(place, typed)
        elif typed != self._written[at]:
            changed = not _same(place.cell, self._written[at])
            asked = list(self._value(replace(place, stale=changed), typed))
            yield from asked
            if not asked and not self._decided_since(place):
                yield self._misfit("apply_evidence", place)  # the same as in the store: typed over there instead

    def _long(self, report: ReportRow, row: Row) -> Iterator[Asked]:
        """Yield what a row of the long table asks for."""
        indicator = shown(row.cells["indicator"])
        if indicator not in self.known:
            yield UserError("apply_no_indicator", row=row.at, indicator=indicator)
            return
        readers = ("program", report.program), ("catalogue", report.catalogue)
        stale = any(shown(row.cells.get(column, now)) not in ("", now) for column, now in readers)
        place = _Place(row.at, report, indicator, self._cell(report, indicator), stale)
        yield from self._value_and_state(place, row)
        yield from self._comment(place, row)
        for column in ("unit", "approx"):
            now = "" if place.cell is None else getattr(place.cell, column) or ""
            fixed = place.cell is None or stale or self._decided_since(place)
            if not fixed and shown(row.cells.get(column, now)) != now:
                yield self._misfit("apply_not_read", place, column=column)

    def _value_and_state(self, place: _Place, row: Row) -> Iterator[Asked]:
        typed = shown(row.cells.get("state"))
        state = next((state for state in (*CELL_STATES, "rejected") if typed in _names(state)), "")
        if typed and not state:
            states = say("list_separator").join(say(f"state_{known}") for known in SAID)
            yield self._misfit("apply_no_state", place, typed=typed, states=states)
        other = state in SAID and state != (None if place.cell is None else place.cell.state)
        gone = state == "not_reported" and empty(row.cells.get("value"))
        asked = [] if gone or "value" not in row.cells else list(self._value(place, row.cells["value"]))
        if asked and other and state != "verified":  # a number that is put right is verified with it
            yield self._misfit("apply_contradicts", place, state=say(f"state_{state}"))
        elif asked or not other:
            yield from asked
        elif state == "not_reported" or (place.figures and not (place.named and state == "rejected")):
            yield self._checked(place, "state", state)
        elif place.cell is not None:
            yield self._misfit("apply_state_of_cell", place)

    def _comment(self, place: _Place, row: Row) -> Iterator[Asked]:
        comment, cell = shown(row.cells.get("comment")), place.cell
        if cell is None or not comment:
            return
        # Querying writes the workbook's name for a comment: what stands already is to stay.
        queried = cell.state != "queried" and shown(row.cells.get("state")) in _names("queried")
        if comment.split() == fitting(cell.comment).split() and not (queried and len(place.figures) == 1):
            return
        if len(place.figures) == 1:
            yield self._checked(place, "comment", comment)
        else:
            yield self._misfit("apply_comment_of_several", place)

    def _value(self, place: _Place, typed: Typed) -> Iterator[Asked]:
        """Yield the change of value that a workbook's cell asks for, if it asks for one and may."""
        cell = place.cell
        if empty(typed):
            if cell is not None and cell.value is not None and cell.state in self._shown:
                yield self._misfit("apply_emptied", place)
            return
        if isinstance(typed, str) and typed.strip() in _names("not_reported"):
            if cell is None or cell.state != "not_reported":
                yield self._checked(place, "state", "not_reported")
            return
        try:
            value = typed if isinstance(typed, float) else parse_typed_value(str(typed))
        except UserError:
            yield self._misfit("apply_no_number", place, typed=str(typed))
            return
        if _same(cell, value):
            return
        now = None if cell is None else cell.value
        if isinstance(typed, float) and self.known[place.indicator].kind == "percent" and 0 < value < 1 <= (now or 1):
            yield self._misfit("apply_fraction", place, typed=shown(value), meant=shown(round(value * 100, 6)))
        else:
            yield self._checked(place, "value", value)

    def _checked(self, place: _Place, what: str, after: Typed) -> Asked:
        """Return a change, or that the cell is not any more what it was when the workbook was written."""
        cell = place.cell
        if self._decided_since(place) or (what == "value" and place.stale):
            now = "—" if cell is None or cell.value is None else shown(cell.value)
            return self._misfit("apply_changed_since", place, now=now)
        before: Typed = None
        if cell is not None:
            before = {"value": cell.value, "state": cell.state, "comment": cell.comment}[what]
        report = place.report
        return Correction(report.id, report.district, report.year, place.indicator, what, before, after, place.figures)

    def _decided_since(self, place: _Place) -> bool:
        figures = () if place.cell is None else place.cell.figures
        touched = {("cell", place.indicator), *(("figure", figure.anchor) for figure in figures)}
        return not touched.isdisjoint(self._decided.get(place.report.id, frozenset()))

    def _cell(self, report: ReportRow, indicator: str) -> CellRow | None:
        if self._cells[0] != report.id:
            cells = queries.report_cells(self._store, self.known, report.id)
            self._cells = (report.id, {cell.indicator: cell for cell in cells})
        return self._cells[1].get(indicator)

    def _misfit(self, sentence: str, place: _Place, **fields: Any) -> UserError:
        return UserError(sentence, row=place.at, indicator=self.known[place.indicator].name(language()), **fields)


def _same(cell: CellRow | None, value: Typed) -> bool:
    """Return whether a cell stands at a number; what is no number it stands at as little as nothing."""
    if cell is None or cell.value is None or not isinstance(value, float):
        return False
    return math.isclose(cell.value, value, rel_tol=1e-12)


def _names(state: str) -> set[str]:
    """Return what a state is called in the languages of Hebao."""
    return {state, *(say_in(spoken, f"state_{state}") for spoken in LANGUAGES)}
