"""What stands on a report, made anew from the log alone: for a report that comes back, and for a damaged store."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from db import folding, history, rereading
from db.log import effective
from db.settling import Affected, refresh_facts, settle
from db.texts import Texts

CHUNK = 200


def recall(db: sqlite3.Connection, report_ids: Sequence[int]) -> None:
    """Let what the log knows of reports that have just been added stand again."""
    for at in range(0, len(report_ids), CHUNK):
        some = report_ids[at : at + CHUNK]
        sql = f"""SELECT DISTINCT r.id FROM report r JOIN change c ON c.source_sha256 = r.source_sha256
            WHERE r.id IN ({", ".join("?" * len(some))})"""
        for (report_id,) in db.execute(sql, some).fetchall():
            fold_anew(db, report_id)


def fold_anew(db: sqlite3.Connection, report_id: int) -> int:
    """Let what stands on a report be what the log says last, its figures too; return how many decisions stand."""
    decided = 0
    sql = """SELECT max(c.id), c.kind, c.anchor, c.after FROM change c JOIN report r
        ON r.source_sha256 = c.source_sha256 WHERE r.id = ? GROUP BY c.kind, c.anchor"""
    for change_id, kind, anchor, after in db.execute(sql, (report_id,)).fetchall():
        value = None if after is None else history.said(kind, anchor, after, f"change {kind}/{anchor}")
        if folding.stands(kind, value):
            made = effective(db, change_id) or change_id
            sql = """INSERT OR REPLACE INTO decision SELECT ?, ?, ?, ?, c.id, c.reviewer_id, c.at FROM change c
                WHERE c.id = ?"""
            db.execute(sql, (report_id, kind, anchor, after, made))
            decided += 1
    rows = folding.rows_of(db, report_id)
    for row in rows:
        if not row.decided and (row.machine is not None or row.state in folding.DECIDED):
            # Decided by a change that did not come over: the machine's again.
            kept = folding.fold(replace(row, decided=True), None) or replace(row, state="extracted")
            folding.update(db, row, replace(kept, decided=False, machine=None))
    rereading.place_decisions(db, Texts(db), report_id, {row.place: row for row in rows if row.decided}, anew=False)
    affected = Affected(reports={report_id}, moved={report_id})
    sql = """UPDATE report SET withdrawn = EXISTS (SELECT 1 FROM decision d WHERE d.report_id = report.id
        AND d.kind = 'report' AND d.anchor = 'withdrawn') WHERE id = ?"""
    db.execute(sql, (report_id,))
    refresh_facts(db, report_id, affected)
    key, year = db.execute("SELECT district_key, year FROM report WHERE id = ?", (report_id,)).fetchone()
    if key is not None and year is not None:
        affected.slots.add((key, year))
    settle(db, affected)
    return decided
