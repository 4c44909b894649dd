"""What was decided, told from the log: for each change who, when, what, before, after, why, and what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from db import stored
from db.history import REVERSING, said
from db.rows import ChangeRow


def changes_of(
    db: sqlite3.Connection, report_id: int, *, anchor: str | None = None, cell: str | None = None
) -> list[ChangeRow]:
    """Return the changes on one report, oldest first: all, those on the figure of an anchor, or those on a cell.

    On a cell (an indicator) are what was said of it itself, and every change on a figure that had it before or after.
    """
    sql = f"""SELECT c.uuid, c.at, v.name, c.verb, c.kind, c.anchor, c.before, c.after, c.why, c.undoes, c.group_id,
            c.place FROM report r JOIN change c ON c.source_sha256 = r.source_sha256
            JOIN reviewer v ON v.id = c.reviewer_id
        WHERE r.id = ? {"" if anchor is None else "AND c.kind = 'figure' AND c.anchor = ?"} ORDER BY c.id"""
    rows = [_row(row) for row in db.execute(sql, (report_id,) if anchor is None else (report_id, anchor))]
    known = {row.uuid: row for row in rows}
    for row in reversed(rows):
        if row.undoes is None:
            continue
        undone = known.get(row.undoes)
        if undone is not None and not row.undone and undone.undone_by is None:
            undone.undone, undone.undone_by = True, row.uuid
        seen: set[str] = set()
        while undone is not None and undone.verb in REVERSING and undone.undoes not in (None, *seen):
            seen.add(undone.uuid)
            undone = known.get(undone.undoes or "")
        row.about = "" if undone is None else undone.verb
    return rows if cell is None else [row for row in rows if _concerns(row, cell)]


def _row(row: Sequence[Any]) -> ChangeRow:
    uuid, at, name, verb, kind, target, before, after, why, undoes, group, place = row
    what = f"change {uuid}"
    values = [None if value is None else said(kind, target, value, what) for value in (before, after)]
    quote = "" if place is None else str(stored.place(place, what)["quote"])
    return ChangeRow(
        uuid, at, name, verb, (kind, target), values[0], values[1], why, False, undoes, None, "", quote, group
    )


def _concerns(row: ChangeRow, cell: str) -> bool:
    if row.target[0] == "figure":
        return any(value is not None and value["indicator"] == cell for value in (row.before, row.after))
    return row.target == ("cell", cell)
