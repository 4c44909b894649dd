"""What the machine has of reports, carried from one store into another: no decision of anybody, nor a trace of one."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any

from db import intake, passages, search, stored
from db.folding import COLUMNS, DECIDED, Row, written
from db.rereading import is_text_of

REPORT = (
    "source_sha256", "source_name", "reader", "text_sha256", "imported_at", "program", "catalogue", "machine_facts",
)  # fmt: skip
OF_REPORTS = {
    "page": "number, start, stop, width, height, boxes",
    "numerals": "classes",
    "doubt": "start, stop, sureness",
}


def carry(source: sqlite3.Connection, db: sqlite3.Connection, report_ids: Sequence[int]) -> list[int]:
    """Copy what the machine read of some reports (a few hundred at a time) into another store; return their ids there.

    To be called inside a transaction of `db`, and followed by refolding.fold_anew of each, which also gives it the
    facts of its columns and its place among the others. UserError where the source does not hold what Hebao writes.
    """
    first = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM report").fetchone()[0])
    ids = {report_id: first + at for at, report_id in enumerate(report_ids)}
    among = f"IN ({', '.join('?' * len(report_ids))})"
    bodies = _texts(source, db, ids, among)
    _reports(source, db, ids, among)
    for index in (search, passages):
        index.enter(db, [(ids[report_id], body) for report_id, body in bodies.items()])
    for table, columns in OF_REPORTS.items():
        rows = source.execute(f"SELECT report_id, {columns} FROM {table} WHERE report_id {among}", report_ids)
        places = ", ".join("?" * (1 + len(columns.split(", "))))
        sql = f"INSERT INTO {table} (report_id, {columns}) VALUES ({places})"
        db.executemany(sql, ((ids[report_id], *row) for report_id, *row in rows))
    _figures(source, db, ids, among, {report_id: len(body) for report_id, body in bodies.items()})
    db.executemany("INSERT OR IGNORE INTO unchecked VALUES (?)", [(i,) for i in ids.values()])
    return list(ids.values())


def _texts(source: sqlite3.Connection, db: sqlite3.Connection, ids: dict[int, int], among: str) -> dict[int, str]:
    """Copy the texts of reports and return them by the report's old id."""
    sql = f"SELECT r.id, t.sha256, t.body FROM report r JOIN text t ON t.sha256 = r.text_sha256 WHERE r.id {among}"
    bodies = {}
    for report_id, sha256, body in source.execute(sql, tuple(ids)):
        if not is_text_of(body, sha256):
            stored.refuse(f"text of report {report_id}")
        db.execute("INSERT OR IGNORE INTO text VALUES (?, ?)", (sha256, body))
        bodies[report_id] = body
    return bodies


def _reports(source: sqlite3.Connection, db: sqlite3.Connection, ids: dict[int, int], among: str) -> None:
    sql = f"SELECT id, {', '.join(REPORT)} FROM report r WHERE id {among}"
    rows = []
    for report_id, *row in source.execute(sql, tuple(ids)):
        if not all(isinstance(value, str) for value in row):
            stored.refuse(f"report {report_id}")
        stored.facts(row[-1], f"report {report_id}")
        rows.append((ids[report_id], *row))
    if len(rows) < len(ids):
        raise KeyError(min(ids.keys() - {row[0] for row in rows}))
    db.executemany(
        f"""INSERT INTO report (id, {", ".join(REPORT)}, candidates, counts, withdrawn, state, extracted, auto,
            verified, rejected, queried, findings)
        VALUES ({", ".join("?" * (1 + len(REPORT)))}, '[]', 0, 0, 'unreviewed', 0, 0, 0, 0, 0, 0)""",
        rows,
    )


def _figures(
    source: sqlite3.Connection, db: sqlite3.Connection, ids: dict[int, int], among: str, lengths: dict[int, int]
) -> None:
    """Copy the figures as the machine reads them; what rules closed is open again until the checks have run there."""
    sql = f"""SELECT {COLUMNS}, d.anchor IS NOT NULL FROM figure f LEFT JOIN decision d ON d.report_id = f.report_id
            AND d.kind = 'figure' AND d.anchor = coalesce(f.anchor, f.start || '-' || f.stop)
        WHERE f.report_id {among} ORDER BY f.report_id, f.start, f.stop, f.id"""
    rows = []
    for raw in source.execute(sql, tuple(ids)):
        stored.check_figure(raw[:-1], lengths.get(raw[1], 0))
        read = as_read(raw)
        if read is not None:
            rows.append((ids[raw[1]], *read, None, None, None))
    db.executemany(intake.FIGURE, rows)


def as_read(raw: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return a figure's columns as the machine reads it, with the anchor that it has in the log; None: it does not."""
    row = Row(*raw)
    row.decided = row.decided or row.machine is not None or row.state in DECIDED
    if not row.decided:
        return (*raw[2:11], raw[12])
    reading = row.reading()
    if reading is None:
        return None
    own = f"{reading['start']}-{reading['end']}"
    values = (reading[name] for name in ("start", "end", "value", "unit", "approx", "kind", "indicator", "confidence"))
    return (*values, written(tuple(reading["because"])), None if row.place == own else row.place)
