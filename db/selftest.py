"""Whether a store is whole and agrees with itself: what SQLite finds, and what must hold between Hebao's own tables.

Each problem is a UserError, told but not raised: what is wrong, where first, and what to do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from db import connection as sqlite
from db import folding, loading, refolding, standing, stored
from db.intake import unpack_boxes
from db.rereading import is_text_of
from db.settling import OPEN_FINDINGS
from db.standing import Said
from db.store import Store
from db.texts import Texts
from desktop.errors import UserError
from desktop.model import STATES

Check = Callable[[Store], Iterator[UserError]]
SHOWN = 5  # findings of SQLite that are told one by one


def problems(path: Path, told: Callable[[str], None] | None = None) -> Iterator[UserError]:
    """Yield what is wrong with a store, nothing for a good one; `told` is given the name of each check as it begins."""
    try:
        with Store.open(path, create=False, read_only=True) as store:
            for check in CHECKS:
                if told is not None:
                    told(check.__name__.strip("_"))
                yield from _made(check, store)
    except UserError as error:
        yield error


def _made(check: Check, store: Store) -> Iterator[UserError]:
    """Yield what a check says; where it stumbles over the damage itself, that is what it says."""
    try:
        with sqlite.speaking(store.path):
            yield from check(store)
    except UserError as error:
        yield error


def _file(store: Store) -> Iterator[UserError]:
    """SQLite's own look at every page and index."""
    lines = [line for (line,) in store._connection.execute(f"PRAGMA integrity_check({SHOWN})") if line != "ok"]
    for line in lines:
        yield UserError("selftest_file", path=str(store.path), said=" ".join(str(line).split()))


def _references(store: Store) -> Iterator[UserError]:
    """Rows that speak of others which are not there."""
    missing: dict[str, int] = {}
    for table, *_ in store._connection.execute("PRAGMA foreign_key_check"):
        missing[table] = missing.get(table, 0) + 1
    for table, n in missing.items():
        yield UserError("selftest_references", n=n, table=table)


def _texts(store: Store) -> Iterator[UserError]:
    """Every text is the one that its hash names."""
    for sha256, body in store._connection.execute("SELECT sha256, body FROM text"):
        if not is_text_of(body, sha256):
            sql = "SELECT source_name FROM report WHERE text_sha256 = ?"
            names = [str(name) for (name,) in store._connection.execute(sql, (sha256,))]
            yield UserError("selftest_text", name=names[0] if names else sha256)


def _reports(store: Store) -> Iterator[UserError]:
    """Every report, figure, finding, page and numeral is of the shape that Hebao writes and lies inside its text."""
    ids = [i for (i,) in store._connection.execute("SELECT id FROM report ORDER BY id")]
    for report_id in ids:
        try:
            row = loading.report_rows(store, "r.id = ?", (report_id,))[0]
            text = loading.texts(store, (report_id,)).get(report_id) or stored.refuse(f"text of {row.source_name}")
            loading.figures_of(store, (report_id,))
            _spans_inside(store, report_id, len(text))
        except UserError as error:
            yield error


def _spans_inside(store: Store, report_id: int, length: int) -> None:
    db = store._connection
    for found in loading.findings_of(store, (report_id,))[report_id]:
        spans = (*found.finding.figures, *(() if found.finding.span is None else (found.finding.span,)))
        if not all(0 <= start <= end <= length for start, end in spans):
            stored.refuse(f"finding {report_id}/{found.finding.fingerprint}")
    for (classes,) in db.execute("SELECT classes FROM numerals WHERE report_id = ?", (report_id,)):
        spans = tuple((start, end) for start, end, _ in stored.numerals(classes, f"numerals {report_id}"))
        if not all(0 <= start < end <= length for start, end in spans):
            stored.refuse(f"numerals {report_id}")
    for doubt in db.execute("SELECT start, stop, sureness FROM doubt WHERE report_id = ?", (report_id,)):
        if stored.doubt(doubt, f"doubt {report_id}")[1] > length:
            stored.refuse(f"doubt {report_id}")
    sql = "SELECT number, start, stop, boxes FROM page WHERE report_id = ?"
    for number, start, stop, boxes in db.execute(sql, (report_id,)):
        if not 0 <= start <= stop <= length or len(unpack_boxes(boxes)) > length:
            stored.refuse(f"page {report_id}/{number}")


def _counters(store: Store) -> Iterator[UserError]:
    """The numbers of each report are those of its figures and findings; its figures repeat its district and year."""
    counted = ", ".join(
        f"(SELECT count(*) FROM figure f WHERE f.report_id = report.id AND state = '{s}')" for s in STATES
    )
    sql = f"SELECT source_name FROM report WHERE ({', '.join(STATES)}, findings) IS NOT ({counted}, {OPEN_FINDINGS})"
    for (name,) in store._connection.execute(sql):
        yield UserError("selftest_counters", name=name)
    sql = """SELECT DISTINCT r.source_name FROM figure f JOIN report r ON r.id = f.report_id
        WHERE f.district_key IS NOT iif(r.counts, r.district_key, NULL) OR f.year IS NOT iif(r.counts, r.year, NULL)"""
    for (name,) in store._connection.execute(sql):
        yield UserError("selftest_counters", name=name)
    sql = """SELECT district_key || '/' || year FROM report WHERE counts = 1 GROUP BY district_key, year
        HAVING count(*) > 1"""
    for (slot,) in store._connection.execute(sql):
        yield UserError("selftest_slot", slot=slot)


def _log(store: Store) -> Iterator[UserError]:
    """Every change follows the one before it on its target, reverses one that is there, and is counted."""
    db = store._connection
    broken = db.execute(
        """SELECT c.uuid FROM change c WHERE c.undoes IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM change u WHERE u.uuid = c.undoes AND u.clock < c.clock)
        UNION ALL SELECT c.uuid FROM change c JOIN store s WHERE c.clock > s.clock
            OR (c.store_id = s.id AND c.sequence > s.sequence)
        UNION ALL SELECT 'number ' || s.sequence FROM store s WHERE s.sequence <>
            (SELECT count(DISTINCT c.sequence) FROM change c WHERE c.store_id = s.id)
            AND NOT EXISTS (SELECT 1 FROM change c JOIN merged m ON c.id BETWEEN m.first_change AND m.last_change
                WHERE c.store_id = s.id)"""  # a restored store gets back by a merge what it handed out, with gaps
    ).fetchall()
    broken += [(change.uuid,) for change in _without_their_past(db)]
    if broken:
        yield UserError("selftest_log", n=len(broken), uuid=broken[0][0])
    for uuid, kind, anchor, before, after in db.execute("SELECT uuid, kind, anchor, before, after FROM change"):
        for value in (before, after):
            if value is not None:
                standing.said(kind, anchor, value, f"change {uuid}")


def _without_their_past(db: sqlite3.Connection) -> Iterator[Said]:
    """Yield the changes that follow one that is not there, or none where this store had made one on the same target."""
    own = db.execute("SELECT id FROM store").fetchone()[0]
    merged = db.execute("SELECT first_change, last_change FROM merged WHERE last_change > 0").fetchall()
    sql = f"""SELECT c.source_sha256, c.kind, c.anchor, {standing.COLUMNS} FROM change c
        ORDER BY c.source_sha256, c.kind, c.anchor, c.clock, c.id"""
    for _, rows in groupby(db.execute(sql), key=itemgetter(0, 1, 2)):
        clocks: dict[str, int] = {}
        made_one = False
        for change in (Said(*row[3:]) for row in rows):
            before = (change.supersedes or "").split()
            here = change.store_id == own and not any(first <= change.id <= last for first, last in merged)
            follows = all(clocks.get(uuid, change.clock) < change.clock for uuid in before)
            if not follows or (not before and here and made_one):
                yield change
            clocks[change.uuid] = change.clock
            made_one = made_one or here


def _decisions(store: Store) -> Iterator[UserError]:
    """What stands is what the log says last, no more and no less."""
    db = store._connection
    sql = "SELECT DISTINCT r.id, r.source_name FROM report r JOIN change c ON c.source_sha256 = r.source_sha256"
    for report_id, name in db.execute(sql).fetchall():
        sql = "SELECT kind, anchor, value, change_id FROM decision WHERE report_id = ?"
        found = {(kind, anchor): (value, by) for kind, anchor, value, by in db.execute(sql, (report_id,))}
        sql = "SELECT kind, anchor, change_id, disputed FROM side WHERE report_id = ?"
        beside = set(db.execute(sql, (report_id,)))
        for target, now in refolding.stand_on(db, report_id, Texts(db)).items():
            stands = now.by is not None and folding.stands(target[0], now.value)
            decided = (folding.encode(now.value), now.by.id) if now.by is not None and stands else None
            sides = {(*target, side.id, int(now.disputed)) for side in now.sides}
            if found.get(target) != decided or {side for side in beside if side[:2] == target} != sides:
                yield UserError("selftest_decision", name=name, what="/".join(target))
    extra = db.execute(
        """SELECT r.source_name, d.kind, d.anchor FROM decision d JOIN report r ON r.id = d.report_id
        WHERE NOT EXISTS (SELECT 1 FROM change c WHERE c.source_sha256 = r.source_sha256 AND c.kind = d.kind
            AND c.anchor = d.anchor)"""
    )
    for name, kind, anchor in extra:
        yield UserError("selftest_decision", name=name, what=f"{kind}/{anchor}")


def _figures_of_decisions(store: Store) -> Iterator[UserError]:
    """A decision on a figure has one, or is listed as having lost its place; no figure is decided without."""
    place = "coalesce(f.anchor, f.start || '-' || f.stop)"
    rows = store._connection.execute(
        f"""SELECT r.source_name, d.anchor FROM decision d JOIN report r ON r.id = d.report_id
        WHERE d.kind = 'figure' AND
            (SELECT count(*) FROM figure f WHERE f.report_id = d.report_id AND {place} = d.anchor) +
            (SELECT count(*) FROM lost l WHERE l.report_id = d.report_id AND l.anchor = d.anchor) <> 1
        UNION ALL SELECT r.source_name, {place} FROM figure f JOIN report r ON r.id = f.report_id
            WHERE f.state IN ('verified', 'rejected', 'queried') AND NOT EXISTS (SELECT 1 FROM decision d
                WHERE d.report_id = f.report_id AND d.kind = 'figure' AND d.anchor = {place})"""
    )
    for name, anchor in rows:
        yield UserError("selftest_decision", name=name, what=f"figure/{anchor}")


def _sources(store: Store) -> Iterator[UserError]:
    """The original file of every report is there, byte for byte."""
    rows: list[Any] = store._connection.execute("SELECT source_sha256, source_name FROM report ORDER BY id").fetchall()
    missing = [name for sha256, name in rows if store.source(sha256) is None]
    if missing:
        yield UserError("selftest_sources", n=len(missing), name=missing[0], path=f"{store.path.name}-sources")


CHECKS: tuple[Check, ...] = (
    _file, _references, _texts, _reports, _counters, _log, _decisions, _figures_of_decisions, _sources,
)  # fmt: skip


def database_lacks() -> list[str]:
    """Return what SQLite lacks here of what a store needs: "fts5", "wal", "json"."""
    lacking = []
    trials = {
        "fts5": "CREATE VIRTUAL TABLE temp.t USING fts5(a)",
        "json": "SELECT json_set('{}', '$.a', 1)",
        "window functions": "SELECT lag(1) OVER ()",
    }
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for name, sql in trials.items():
            try:
                connection.execute(sql)
            except sqlite3.OperationalError:
                lacking.append(name)
    finally:
        connection.close()
    return lacking
