"""What stands on a report, made anew from the log alone: after a merge, for a report that comes back, after damage."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import cache
from operator import itemgetter

from db import contested, folding, showing, standing
from db.folding import Row, Value, blank, encode
from db.knowing import Knowing, is_parted
from db.settling import Affected, mark_slot, refresh_facts, settle
from db.standing import Said, Standing, nowhere
from db.texts import Texts
from desktop.errors import UserError

CHUNK = 200
Target = tuple[str, str]
"""The kind and the anchor of what is decided on."""


def recall(db: sqlite3.Connection, report_ids: Sequence[int]) -> None:
    """Let what the log knows of reports that have just been added stand again."""
    for at in range(0, len(report_ids), CHUNK):
        some = report_ids[at : at + CHUNK]
        sql = f"""SELECT DISTINCT r.id FROM report r JOIN change c ON c.source_sha256 = r.source_sha256
            WHERE r.id IN ({", ".join("?" * len(some))})"""
        for (report_id,) in db.execute(sql, some).fetchall():
            fold_anew(db, report_id)


def fold_anew(db: sqlite3.Connection, report_id: int) -> int:
    """Let what stands on a report be what the log says, its figures too; return how many decisions stand."""
    texts = Texts(db)
    wanted = stand_on(db, report_id, texts)
    _write(db, report_id, wanted)
    db.execute("DELETE FROM lost WHERE report_id = ?", (report_id,))
    rows = [_as_it_is(db, row) for row in folding.rows_of(db, report_id)]
    for (kind, anchor), now in sorted(wanted.items(), key=itemgetter(0)):
        if kind == "figure":
            _show(db, texts, report_id, anchor, now, rows)
    affected = Affected(reports={report_id}, moved={report_id})
    refresh_facts(db, report_id, affected)
    _follow_withdrawal(db, report_id)
    mark_slot(db, report_id, affected)
    settle(db, affected)
    return sum(_decided(target, now) for target, now in wanted.items())


def _as_it_is(db: sqlite3.Connection, row: Row) -> Row:
    """Return a row that came from elsewhere, decided if the log says so: else it is the machine's."""
    if row.decided:  # by the log; what the machine has just read says nothing of that in its columns
        return replace(row, decided=row.machine is not None or row.state in folding.DECIDED)
    if row.machine is None and row.state not in folding.DECIDED:
        return row
    kept = folding.fold(replace(row, decided=True), None) or replace(row, state="extracted")
    fresh = replace(kept, decided=False, machine=None)
    folding.update(db, row, fresh)
    return fresh


def refold(db: sqlite3.Connection, report_id: int, affected: Affected, texts: Texts) -> list[Row]:
    """Let what stands on a report, where it is not so already, be what the log says, and return its figures.

    To be settled by the caller.
    """
    texts.anchors(report_id)  # asked for at once, not one by one
    wanted = stand_on(db, report_id, texts)
    rows = folding.rows_of(db, report_id)
    changed = _write(db, report_id, wanted)
    for kind, anchor in sorted(changed):
        if kind == "figure":
            _show(db, texts, report_id, anchor, wanted[kind, anchor], rows)
    kinds = {kind for kind, _ in changed}
    if "fact" in kinds:
        refresh_facts(db, report_id, affected)
    if kinds & {"report", "choice"}:
        _follow_withdrawal(db, report_id)
        mark_slot(db, report_id, affected)
    affected.reports.add(report_id)
    return rows


def follow_rules(db: sqlite3.Connection) -> None:
    """Let what stands be what the log says where other rules once said otherwise.

    That is where decisions differ, and where one was taken back and made again.
    """
    sql = """SELECT report_id FROM side WHERE disputed = 1
        UNION SELECT r.id FROM report r JOIN change c ON c.source_sha256 = r.source_sha256
            JOIN change u ON u.uuid = c.undoes WHERE u.undoes IS NOT NULL"""
    affected, texts = Affected(), Texts(db)
    for (report_id,) in db.execute(sql).fetchall():
        with suppress(UserError):  # what is damaged the self-test tells: it keeps nobody from the rest
            refold(db, report_id, affected, texts)
    settle(db, affected)
    with suppress(UserError):
        define_all(db, standing.on_report(db, ""))


def stand_on(db: sqlite3.Connection, report_id: int, texts: Texts) -> dict[Target, Standing]:
    """Return what stands on each target of a report, those that the log knows and nothing stands on among them."""

    def carry(value: Value, text_sha256: str) -> Value | None:
        return texts.carried(report_id, value, text_sha256)

    def knew(later: Said, earlier: Said) -> bool:
        return knowing().knew((later.store_id, later.sequence), (earlier.store_id, earlier.sequence))

    knowing = cache(lambda: Knowing(db))  # read only where somebody entered a number that others read otherwise
    changes = standing.on_report(db, texts.hashes(report_id)[0])
    wanted = {target: standing.fold(*target, said, carry) for target, said in changes.items()}
    stores = {change.store_id for said in changes.values() for change in said}
    if len(stores) < 2 and not any(is_parted(db, store_id) for store_id in stores):
        return wanted
    return contested.across(wanted, carry, knew)


def define(db: sqlite3.Connection, indicator: str, definition: Value | None) -> None:
    """Let a definition of the log be the one that stands."""
    db.execute("DELETE FROM own_indicator WHERE id = ?", (indicator,))
    if definition is not None:
        db.execute("INSERT INTO own_indicator VALUES (?, ?)", (indicator, encode(definition)))


def define_all(db: sqlite3.Connection, changes: Mapping[Target, Sequence[Said]]) -> set[str]:
    """Let the definitions that stand be those of the log, and return the own indicators that are others now."""
    before = dict(db.execute("SELECT id, definition FROM own_indicator").fetchall())
    other = set()
    for (kind, indicator), said in changes.items():
        if kind == "indicator":
            definition = standing.fold(kind, indicator, said, nowhere).value
            if before.get(indicator) != (None if definition is None else encode(definition)):
                define(db, indicator, definition)
                other.add(indicator)
    return other


def _decided(target: Target, now: Standing) -> bool:
    return now.by is not None and folding.stands(target[0], now.value)


def _write(db: sqlite3.Connection, report_id: int, wanted: Mapping[Target, Standing]) -> set[Target]:
    """Write the decisions that stand on a report, and those that stand side by side; return what has changed."""
    sql = "SELECT kind, anchor, value, change_id FROM decision WHERE report_id = ?"
    before = {(kind, anchor): (value, by) for kind, anchor, value, by in db.execute(sql, (report_id,))}
    after = {
        target: (encode(now.value), now.by.id)
        for target, now in wanted.items()
        if now.by is not None and _decided(target, now)
    }
    changed = {target for target in {*before, *after} if before.get(target) != after.get(target)}
    gone = [(report_id, *target) for target in changed - after.keys()]
    db.executemany("DELETE FROM decision WHERE (report_id, kind, anchor) = (?, ?, ?)", gone)
    sql = (
        """INSERT OR REPLACE INTO decision SELECT ?, ?, ?, ?, c.id, c.reviewer_id, c.at FROM change c WHERE c.id = ?"""
    )
    db.executemany(sql, [(report_id, *target, *after[target]) for target in changed & after.keys()])
    sides = {(kind, anchor, side.id, int(now.disputed)) for (kind, anchor), now in wanted.items() for side in now.sides}
    sql = "SELECT kind, anchor, change_id, disputed FROM side WHERE report_id = ?"
    if set(db.execute(sql, (report_id,)).fetchall()) != sides:
        db.execute("DELETE FROM side WHERE report_id = ?", (report_id,))
        db.executemany("INSERT INTO side VALUES (?, ?, ?, ?, ?)", [(report_id, *side) for side in sorted(sides)])
    return changed & wanted.keys()


def _show(
    db: sqlite3.Connection, texts: Texts, report_id: int, anchor: str, now: Standing, rows: list[Row]
) -> None:  # fmt: skip
    """Let a figure of a report (`rows` are all of them, as they are before and after) read as it stands now."""
    value = now.value if folding.stands("figure", now.value) else None
    here = None if value is None else texts.carried(report_id, value, now.text_sha256)
    row = next((row for row in rows if row.place == anchor), None)
    showing.list_lost(db, texts, report_id, anchor, value is not None and here is None)
    if here is None:
        if row is None or not row.decided:
            return
        folded = showing.without(texts, report_id, row, rows) if value is not None else folding.fold(row, None)
    else:
        row = row or showing.near(texts, report_id, anchor, here, rows) or blank(report_id, here)
        folded = folding.fold(row if row.place == anchor else replace(row, anchor=anchor), here)
    showing.write(db, row, folded)
    rows[:] = [other for other in rows if other is not row] + ([] if folded is None else [folded])


def _follow_withdrawal(db: sqlite3.Connection, report_id: int) -> None:
    sql = """UPDATE report SET withdrawn = EXISTS (SELECT 1 FROM decision d WHERE d.report_id = report.id
        AND d.kind = 'report' AND d.anchor = 'withdrawn') WHERE id = ?"""
    db.execute(sql, (report_id,))
