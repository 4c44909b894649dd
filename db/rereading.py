"""Reports read again: by a newer machine, or by a newer reader that gives another text; what people decided stays.

Where the text is another, each decision goes to where its quote stands in it. One that has no place there stays in the
log and among the decisions, is in no table and no cell, and is listed (table `lost`) until a person says what becomes
of it.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from db import folding, intake, passages, search, stored
from db.folding import Row, Value, blank, encode, overlap, reading_of
from db.placing import Placing, Span, placing
from db.rows import LostRow
from db.settling import Affected, machine_facts, refresh_facts, settle
from db.texts import CONTEXT, Texts
from desktop.model import Document, Extraction, Figure


def read_again(db: sqlite3.Connection, report_id: int, extraction: Extraction, program: str, catalogue: str) -> None:
    """Replace what the machine read of one report: rows that a person decided stay, the others are the new readings."""
    texts = Texts(db)
    rows = folding.rows_of(db, report_id)
    decided = [row for row in rows if row.decided]
    machine = [row for row in rows if not row.decided]
    spans = {row.place: (row.start, row.stop) for row in decided}
    homed = {place: (texts.home(report_id, place) or span, span) for place, span in spans.items()}
    stood = {(row.start, row.stop) for row in machine}
    claims, left = _claims(homed, lambda _, figure: (figure.start, figure.end) not in stood, extraction.figures)
    _lay(db, texts, report_id, _values(db, texts, report_id), (decided, machine), claims, left)
    db.execute("UPDATE numerals SET classes = ? WHERE report_id = ?", (intake.numerals(extraction), report_id))
    db.execute(
        "UPDATE report SET machine_facts = ?, program = ?, catalogue = ? WHERE id = ?",
        (machine_facts(extraction.facts), program, catalogue, report_id),
    )
    affected = Affected(reports={report_id})
    refresh_facts(db, report_id, affected)
    settle(db, affected)


def claim_again(db: sqlite3.Connection, texts: Texts, report_id: int, rows: Sequence[Row]) -> None:
    """Lay what the machine reads under the decisions on a report (`rows`) as if it had just been read, all at once.

    Which decision came first, and what the machine read then, must not matter.
    """
    homes = {row.place: texts.home(report_id, row.place) or (row.start, row.stop) for row in rows if row.decided}
    reach = sorted(
        (min(row.start, home[0]), max(row.stop, home[1]))
        for row, home in ((row, homes.get(row.place, (row.start, row.stop))) for row in rows)
    )
    if not any(one[1] > other[0] for one, other in pairwise(reach)):
        return
    values = _values(db, texts, report_id)
    spans = {place: (value["start"], value["end"]) for place, value in values.items() if value is not None}
    beside = {place: (value or {}).get("beside", ()) for place, value in values.items()}
    decided = sorted((row for row in rows if row.decided), key=lambda row: (homes[row.place], row.place))
    readings = [reading for row in rows if (reading := row.reading()) is not None]
    figures = sorted({folding.machine_figure(reading) for reading in readings}, key=repr)
    claims, left = _claims(
        {row.place: (homes[row.place], spans[row.place]) for row in decided},
        lambda place, figure: f"{figure.start}-{figure.end}" not in beside[place],
        figures,
        always=True,
    )
    _lay(db, texts, report_id, values, (decided, [row for row in rows if not row.decided]), claims, left)


def _lay(
    db: sqlite3.Connection, texts: Texts, report_id: int, values: Mapping[str, Value | None],
    rows: tuple[Sequence[Row], Sequence[Row]], claims: Mapping[str, Figure], left: Sequence[Figure],
) -> None:  # fmt: skip
    """Write what the machine reads under each decided row, and the readings left over in place of its own rows."""
    decided, machine = rows
    for row in decided:
        reading = claims.get(row.place)
        read = replace(row, machine=None if reading is None else encode(reading_of(reading)))
        folded = folding.fold(read, values[row.place])
        if folded is not None:
            folding.update(db, row, folded)
    db.executemany("DELETE FROM figure WHERE id = ?", [(row.id,) for row in machine])
    key, year, counts = db.execute(
        "SELECT district_key, year, counts FROM report WHERE id = ?", (report_id,)
    ).fetchone()
    slot = (key, year) if counts else None
    taken = {*texts.elsewhere(report_id), *(row.place for row in decided)}
    db.executemany(intake.FIGURE, intake.figure_rows(report_id, left, slot, machine, taken))


def change_text(db: sqlite3.Connection, report_id: int, document: Document) -> None:
    """Give a report the text and pages of its source as read anew; to be followed by `read_again`.

    The machine's figures go along as far as they have a place, since screens may hold them.
    """
    before, old = Texts(db), Texts(db).body(report_id)
    rows = folding.rows_of(db, report_id)
    known = before.anchors(report_id)
    db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (document.text_sha256, document.text))
    sql = "UPDATE report SET text_sha256 = ?, reader = ? WHERE id = ?"
    db.execute(sql, (document.text_sha256, document.reader, report_id))
    db.execute("DELETE FROM page WHERE report_id = ?", (report_id,))
    pages = [intake.page_row(report_id, page) for page in document.pages]
    db.executemany("INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)", pages)
    db.execute("DELETE FROM doubt WHERE report_id = ?", (report_id,))
    db.executemany(intake.DOUBT, intake.doubt_rows(report_id, document))
    for index in (search, passages):
        index.replace(db, report_id, old, document.text)
    texts, now = Texts(db), placing(old, document.text)
    taken = {*texts.elsewhere(report_id), *(row.place for row in rows)}
    for row in rows:
        if not row.decided:
            _move(db, row, now, row.place in known, taken)
    place_decisions(db, texts, report_id, {row.place: row for row in rows if row.decided}, anew=True)


def _move(db: sqlite3.Connection, row: Row, now: Placing, keeps_anchor: bool, taken: set[str]) -> None:
    """Move a machine's figure to its place in the new text; one that the log knows keeps the name that it has there."""
    span = now.span(row.start, row.stop)
    if span is None:
        folding.remove(db, row)
        return
    anchor: str | None = row.place
    if not keeps_anchor:
        own, others = f"{span[0]}-{span[1]}", taken - {row.place}
        anchor = None if own not in others else folding.free_anchor(*span, others)
        taken.add(anchor or own)
    folding.update(db, row, replace(row, start=span[0], stop=span[1], anchor=anchor))


def place_decisions(
    db: sqlite3.Connection, texts: Texts, report_id: int, rows: Mapping[str, Row], *, anew: bool
) -> None:
    """Let each decision stand where its quote stands in the present text; list those that stand nowhere.

    `rows` are the figures decided on, by place; `anew` says that the machine's readings under them count no more.
    """
    db.execute("DELETE FROM lost WHERE report_id = ?", (report_id,))
    for anchor, value in _values(db, texts, report_id).items():
        row = rows.get(anchor)
        if value is None:
            db.execute("INSERT INTO lost VALUES (?, ?)", (report_id, anchor))
            if row is not None:
                folding.remove(db, row)
            continue
        fresh = replace(row or blank(report_id, value), anchor=anchor, decided=True)
        if anew:
            fresh.machine = None
        elif row is not None and row.anchor is None:  # just read: its columns are the machine's
            fresh.machine = encode(replace(row, decided=False).reading())
        folded = folding.fold(fresh, value)
        if folded is None:
            raise ValueError(anchor)  # a decision that stands has a figure
        if row is None:
            folding.insert(db, folded)
        else:
            folding.update(db, row, folded)


def _values(db: sqlite3.Connection, texts: Texts, report_id: int) -> dict[str, Value | None]:
    """Return what was decided on a report's figures with the spans of its present text, None where it has none."""
    sql = "SELECT anchor, value FROM decision WHERE report_id = ? AND kind = 'figure'"
    values: dict[str, Value | None] = {}
    for anchor, value in db.execute(sql, (report_id,)).fetchall():
        decided = stored.decision("figure", anchor, value, f"decision {report_id}/figure/{anchor}")
        values[anchor] = texts.carried(report_id, decided, texts.counts_in(report_id, anchor))
    return values


def is_text_of(body: object, sha256: str) -> bool:
    """Return whether a text is the one that its hash names."""
    return isinstance(body, str) and hashlib.sha256(body.encode("utf-8", "surrogatepass")).hexdigest() == sha256


def lost(db: sqlite3.Connection, report_id: int | None) -> list[LostRow]:
    """Return the decisions that have no place in their report's text, of one report or of all."""
    sql = f"""SELECT d.report_id, d.anchor, d.value, (SELECT c.place FROM change c JOIN report r
            ON r.source_sha256 = c.source_sha256 WHERE r.id = d.report_id AND c.kind = 'figure' AND c.anchor = d.anchor
            AND c.place IS NOT NULL ORDER BY c.clock DESC, c.store_id DESC, c.sequence DESC LIMIT 1), v.name,
            d.decided_at FROM lost l
        JOIN decision d ON d.report_id = l.report_id AND d.kind = 'figure' AND d.anchor = l.anchor
        JOIN person v ON v.reviewer_id = d.reviewer_id {"" if report_id is None else "WHERE l.report_id = ?"}"""
    rows, texts = [], Texts(db)
    for of, anchor, value, place, *by in db.execute(sql, () if report_id is None else (report_id,)).fetchall():
        what = f"decision {of}/figure/{anchor}"
        decided, stood = stored.decision("figure", anchor, value, what), stored.place(place, what)
        around = texts.around(texts.counts_in(of, anchor), decided["start"], decided["end"], CONTEXT)
        quote, before, after = around or (stood["quote"], stood["before"], stood["after"])
        rows.append(LostRow(of, anchor, quote, before, after, decided, *by))
    return sorted(rows, key=lambda row: (row.report_id, row.value["start"]))


def _claims(
    decided: Mapping[str, tuple[Span, Span]], may: Callable[[str, Figure], bool], figures: Sequence[Figure],
    *, always: bool = False,
) -> tuple[dict[str, Figure], list[Figure]]:  # fmt: skip
    """Return which new reading stands under which decided row (by place), and the readings left over.

    A row takes the reading of the span that it was made from (the first of `decided`), else of the span that it has
    (the second), else the one it overlaps most; not one that it `may` not, as a figure of its own beside it (the first
    not either with `always`).
    """
    claims: dict[str, Figure] = {}
    free = list(figures)

    def claim(place: str, span: Span, candidates: Iterable[Figure]) -> None:
        best = max(candidates, key=lambda f: overlap((f.start, f.end), span), default=None)
        if place not in claims and best is not None:
            claims[place] = best
            free.remove(best)

    for place, (home, _) in decided.items():
        claim(place, home, [f for f in free if (f.start, f.end) == home and (may(place, f) or not always)])
    for place, spans in decided.items():
        others = [f for f in free if may(place, f)]
        claim(place, spans[1], [f for f in others if (f.start, f.end) == spans[1]])
        for span in spans:
            claim(place, span, [f for f in others if overlap((f.start, f.end), span)])
    return claims, free
