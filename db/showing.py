"""How a decision on a figure shows among the figures of its report: over the machine's reading of its place, or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace

from db import folding, stored
from db.folding import Row, Value
from db.texts import Texts


def row_of(db: sqlite3.Connection, texts: Texts, report_id: int, anchor: str, value: Value | None) -> Row | None:
    """Return the figure that an anchor names, else the machine's present reading of the same place."""
    rows = folding.rows_of(db, report_id)
    named = next((row for row in rows if row.place == anchor), None)
    return named or near(texts, report_id, anchor, value, rows)


def near(texts: Texts, report_id: int, anchor: str, value: Value | None, rows: Sequence[Row]) -> Row | None:
    """Return the machine's figure, on which nobody decided, that shares most with the place of an anchor."""
    beside = () if value is None else value.get("beside", ())
    span = texts.home(report_id, anchor) or ((0, 0) if value is None else (value["start"], value["end"]))
    shared = [row for row in rows if not row.decided and row.place not in beside and row.overlaps(span)]
    return max(shared, key=lambda row: row.overlaps(span), default=None)


def write(db: sqlite3.Connection, row: Row, folded: Row | None) -> int | None:
    """Write a row as it was folded (None: nobody has a figure there any more), and return its id."""
    if folded is None:
        folding.remove(db, row)
        return None
    if row.id is None:
        folded.id = folding.insert(db, folded)
    else:
        folding.update(db, row, folded)
    return folded.id


def take_away(db: sqlite3.Connection, texts: Texts, report_id: int, anchor: str) -> None:
    """Take a decision's figure out of the text where it has no place; what the machine reads there stays."""
    rows = folding.rows_of(db, report_id)
    row = next((row for row in rows if row.place == anchor), None)
    if row is not None:
        write(db, row, without(texts, report_id, row, rows))


def without(texts: Texts, report_id: int, row: Row, rows: Sequence[Row]) -> Row | None:
    """Return the machine's reading under a decision that has no place, under a name of its own; None: it has none."""
    read = None if row.machine is None else folding.fold(replace(row, decided=True), None)
    if read is not None:
        taken = {*texts.anchors(report_id), *(other.place for other in rows)}
        read.anchor = folding.free_anchor(read.start, read.stop, taken)
    return read


def list_lost(db: sqlite3.Connection, texts: Texts, report_id: int, anchor: str, lost: bool) -> None:
    """Let the list of decisions without a place follow; only one made in another text can be on it."""
    if texts.made_in(report_id, anchor) != texts.hashes(report_id)[1]:
        sql = "DELETE FROM lost WHERE (report_id, anchor) = (?, ?)"
        db.execute("INSERT OR IGNORE INTO lost VALUES (?, ?)" if lost else sql, (report_id, anchor))


def hold_names(db: sqlite3.Connection, report_id: int) -> None:
    """Let the figures that were named for cells of a report keep their names, as far as they have a place.

    One on which nobody decided may be read anew, a little otherwise or in another text: the reading at its place takes
    its name. A reading that stands by chance where a name of another text says gets one of its own.
    """
    sql = "SELECT anchor, value FROM decision WHERE report_id = ? AND kind = 'cell' AND instr(value, '\"figures\"')"
    named: set[str] = set()
    for cell, value in db.execute(sql, (report_id,)):
        named.update(stored.decision("cell", cell, value, f"decision {report_id}/cell/{cell}").get("figures", ()))
    if not named:
        return
    texts, rows = Texts(db), {row.place: row for row in folding.rows_of(db, report_id)}
    known, now = texts.anchors(report_id), texts.hashes(report_id)[1]
    for name in sorted(named):
        row = rows.get(name)
        if row is not None and row.anchor is None and known.get(name, now) != now:
            _call(db, rows, row, folding.free_anchor(row.start, row.stop, {*known, *rows}))
            row = None
        found = at_home(texts, report_id, name, rows.values()) if row is None else None
        if found is not None:
            _call(db, rows, found, name)


def at_home(texts: Texts, report_id: int, name: str, rows: Iterable[Row]) -> Row | None:
    """Return the figure that takes a name which none has: of those without one, that which shares most of its place."""
    home, known = texts.home(report_id, name), texts.anchors(report_id)
    if home is None:
        return None
    free = [row for row in rows if row.overlaps(home) and not row.decided and row.place not in known]
    return max(free, key=lambda row: row.overlaps(home), default=None)


def _call(db: sqlite3.Connection, rows: dict[str, Row], row: Row, anchor: str) -> None:
    """Give a figure another name."""
    called = replace(row, anchor=anchor)
    folding.update(db, row, called)
    del rows[row.place]
    rows[anchor] = called
