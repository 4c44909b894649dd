"""How a decision on a figure shows among the figures of its report: over the machine's reading of its place, or not."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from db import folding
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
