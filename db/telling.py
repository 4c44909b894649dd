"""What was decided, told from the log: for each change who, when, what, before, after, why, and what became of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from db import stored
from db.history import REVERSING
from db.rows import ChangeRow
from db.standing import said


def changes_of(
    db: sqlite3.Connection, report_id: int, names: Mapping[str, str], *, anchor: str | None = None,
    cell: str | None = None,
) -> list[ChangeRow]:  # fmt: skip
    """Return the changes on one report, oldest first: all, those on the figure of an anchor, or those on a cell.

    `names` are what the files of stores are called, by their ids.
    On a cell (an indicator) are what was said of it itself, and every change on a figure that had it before or after,
    or that was named for it.
    """
    sql = f"""SELECT c.uuid, c.at, v.name, c.verb, c.kind, c.anchor, c.before, c.after, c.why, c.undoes, c.group_id,
            c.place, c.store_id, c.reviewer_id FROM report r JOIN change c ON c.source_sha256 = r.source_sha256
            JOIN person v ON v.reviewer_id = c.reviewer_id
        WHERE r.id = ? {"" if anchor is None else "AND c.kind = 'figure' AND c.anchor = ?"}
        ORDER BY c.clock, c.store_id, c.sequence, c.uuid"""
    rows = [_row(row, names) for row in db.execute(sql, (report_id,) if anchor is None else (report_id, anchor))]
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
    if cell is None:
        return rows
    said = (value for row in rows if row.target == ("cell", cell) for value in (row.before, row.after))
    named = {anchor for value in said if value is not None for anchor in value.get("figures", ())}
    return [row for row in rows if _concerns(row, cell, named)]


def _row(row: Sequence[Any], names: Mapping[str, str]) -> ChangeRow:
    uuid, at, name, verb, kind, target, before, after, why, undoes, group, place, store, reviewer_id = row
    what = f"change {uuid}"
    values = [None if value is None else said(kind, target, value, what) for value in (before, after)]
    quote = "" if place is None else str(stored.place(place, what)["quote"])
    return ChangeRow(
        uuid,
        at,
        name,
        verb,
        (kind, target),
        values[0],
        values[1],
        why,
        False,
        undoes,
        None,
        "",
        quote,
        group,
        names.get(store) or store[:8],
        reviewer_id,
    )


def _concerns(row: ChangeRow, cell: str, named: AbstractSet[str]) -> bool:
    if row.target[0] == "figure":
        had = any(value is not None and value["indicator"] == cell for value in (row.before, row.after))
        return had or row.target[1] in named
    return row.target == ("cell", cell)
