"""A backup put back in a store's place, and what can still be read of a damaged one brought into a new store."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from db import backup, folding, migrations, passages, people, refolding, rereading, search, standing, stored
from db import connection as sqlite
from db.lock import WriterLock
from db.store import Store
from desktop.errors import UserError

Row = tuple[Any, ...]
COPIED = (
    "reviewer", "text", "report", "page", "numerals", "doubt", "figure", "finding", "own_indicator", "change", "merged",
    "named_store", "held",
)  # fmt: skip
OF_REPORTS = ("page", "numerals", "doubt", "figure", "finding")


def restore(store: Path, from_backup: Path, *, other_study: bool = False) -> Path | None:
    """Put a backup in the place of a store; return where the store as it was lies now, None where there was none.

    What cannot be read any more is set aside byte for byte. `other_study` lets a backup of another study come in.
    UserError says why it cannot be done; the store is as it was then.
    """
    held = backup.contents(from_backup)
    if held.schema > migrations.SCHEMA:
        raise UserError("store_newer", path=str(from_backup), schema=held.schema, known=migrations.SCHEMA)
    if not backup.is_whole(from_backup):
        raise UserError("store_damaged", path=str(from_backup))
    real = store.resolve()
    if from_backup.resolve() == real:
        raise UserError("restore_itself", path=str(store))
    real.parent.mkdir(parents=True, exist_ok=True)
    lock = WriterLock(real)
    try:
        kept = _set_aside(real, held.store_id, other_study) if real.exists() else None
        fresh = real.with_name(f".{real.name}.{uuid.uuid4().hex[:8]}.part")
        backup.copy(from_backup, fresh)
        try:
            for log in ("-wal", "-shm"):  # of a damaged store that goes: SQLite would take it for the new one's
                real.with_name(real.name + log).unlink(missing_ok=True)
            fresh.replace(real)
        except OSError as error:
            fresh.unlink(missing_ok=True)
            raise UserError("file_not_written", path=store, why=error) from None
    finally:
        lock.release()
    return kept


def _set_aside(store: Path, store_id: str, other_study: bool) -> Path:
    """Back a store up before another takes its place; a damaged one is copied as it is, its log too."""
    try:
        if backup.contents(store).store_id != store_id and not other_study:
            raise UserError("restore_of_other_study", path=str(store))
        made = backup.keep(store, "restore") or backup.backups(store)[0].path
        _fold_log_in(store)
        return made
    except UserError as error:
        foreign = error.message_id == "store_foreign" and store.suffix == backup.ENDING  # not somebody's other file
        if not foreign and error.message_id not in ("store_damaged", "store_part_damaged"):
            raise
    to = backup.folder(store) / f"{datetime.now():{backup.TIME}} damaged{store.suffix}"
    try:
        to.parent.mkdir(exist_ok=True)
        shutil.copy2(store, to)
        log = store.with_name(store.name + "-wal")
        if log.exists():
            shutil.copy2(log, to.with_name(to.name + "-wal"))
    except OSError as error:
        raise UserError("file_not_written", path=to, why=error) from None
    return to


def _fold_log_in(store: Path) -> None:
    """Bring the log beside a whole store into it, so that it stays as it is should it not be replaced after all."""
    with sqlite.opening(store):
        sqlite.close(sqlite.connect(store, "rwc"))
    log = store.with_name(store.name + "-wal")
    if log.exists() and log.stat().st_size:  # somebody is reading it
        raise UserError("store_in_use", path=str(store))


@dataclass(slots=True)
class Rescued:
    """What came over into the new store and what did not: rows by table, reports by name."""

    rows: dict[str, int] = field(default_factory=dict)
    unreadable: dict[str, int] = field(default_factory=dict)
    reports_lost: list[str] = field(default_factory=list)
    texts_altered: list[str] = field(default_factory=list)
    changes_broken: int = 0
    decisions: int = 0


def rescue(damaged: Path, to: Path, step: Callable[[str], None] | None = None) -> Rescued:
    """Bring every row of a damaged store that can be read into a new one, `to`, and return what came and what did not.

    What stands is folded anew from the log. The damaged file is only read. UserError where nothing can be read, or
    where `to` is there already.
    """
    if to.exists():
        raise UserError("rescue_there", path=str(to))
    rescued = Rescued()
    try:
        with sqlite.opening(damaged), contextlib.closing(sqlite.connect(damaged, "ro", torn=True)) as source:
            if sqlite.holds_foreign_parts(source):
                raise UserError("store_unsafe", path=str(damaged))
            with Store.open(to) as store, sqlite.speaking(to):
                store._connection.execute("PRAGMA foreign_keys = OFF")
                with sqlite.transaction(store._connection):
                    _bring_over(source, store._connection, rescued, step or (lambda table: None))
        sources = damaged.with_name(damaged.name + "-sources")
        if sources.exists():
            shutil.copy2(sources, to.with_name(to.name + "-sources"))
        if not rescued.rows["report"] and not rescued.rows["change"]:
            raise UserError("rescue_nothing", path=str(damaged))
    except BaseException as error:
        for made in (to, to.with_name(to.name + "-sources")):
            made.unlink(missing_ok=True)
        if isinstance(error, OSError):
            raise UserError("file_not_written", path=to, why=error) from None
        raise
    return rescued


def _bring_over(
    source: sqlite3.Connection, db: sqlite3.Connection, rescued: Rescued, step: Callable[[str], None]
) -> None:
    for table in COPIED:
        step(table)
        if _is_older(source, table):
            continue
        columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        sql = f"INSERT OR IGNORE INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
        before = db.total_changes
        for row in _readable(source, table, columns, rescued):
            with contextlib.suppress(sqlite3.IntegrityError, OverflowError):
                db.execute(sql, row)
        rescued.rows[table] = db.total_changes - before
    _bring_identity(source, db)
    _drop_orphans(db, rescued)
    people.show(db)
    step("decision")
    for (report_id,) in db.execute("SELECT id FROM report ORDER BY id").fetchall():
        rescued.decisions += refolding.fold_anew(db, report_id)
    search.fill(db)
    passages.fill(db)
    db.execute("INSERT OR IGNORE INTO unchecked SELECT id FROM report")


def _is_older(source: sqlite3.Connection, table: str) -> bool:
    """Return whether a store was made before there was such a table; one too damaged to tell was not."""
    try:
        return not source.execute(f"PRAGMA table_info({table})").fetchall()
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        return False


def _readable(source: sqlite3.Connection, table: str, columns: Sequence[str], rescued: Rescued) -> Iterator[Row]:
    """Yield the rows of a table that can be read, past the damage from either side."""
    told = ", ".join(columns)
    seen: set[int] = set()
    trouble = False
    for order in ("ASC", "DESC"):
        try:
            for rowid, *row in source.execute(f"SELECT rowid, {told} FROM {table} ORDER BY rowid {order}"):
                if rowid not in seen:
                    seen.add(rowid)
                    yield tuple(row)
            if not trouble:
                return
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            trouble = True
    for rowid in _named_by_indexes(source, table, seen):
        try:
            found = source.execute(f"SELECT {told} FROM {table} WHERE rowid = ?", (rowid,)).fetchone()
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            found = None
        if found is None:
            rescued.unreadable[table] = rescued.unreadable.get(table, 0) + 1
        else:
            yield tuple(found)
    rescued.unreadable.setdefault(table, 0)


def _named_by_indexes(source: sqlite3.Connection, table: str, seen: set[int]) -> list[int]:
    """Return the rows that lie between what was read from the front and from the back, or that an index still names."""
    named: set[int] = set(range(min(seen), max(seen))) if seen and max(seen) - min(seen) < 10_000_000 else set()
    for index in [name for _, name, *_ in source.execute(f"PRAGMA index_list({table})")]:
        with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
            named.update(i for (i,) in source.execute(f"SELECT rowid FROM {table} INDEXED BY {index}"))
    return sorted(named - seen)


def _bring_identity(source: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Let the new store be the same study, and count its changes on from the last one that came over."""
    with contextlib.suppress(sqlite3.DatabaseError, UnicodeDecodeError):
        row = source.execute("SELECT id, created_at, sequence, clock FROM store").fetchone()
        if row is not None and [type(value) for value in row] == [str, str, int, int]:
            db.execute("UPDATE store SET (id, created_at, sequence, clock) = (?, ?, ?, ?)", row)
    db.execute(
        """UPDATE store SET sequence = max(sequence,
                (SELECT coalesce(max(c.sequence), 0) FROM change c WHERE c.store_id = store.id)),
            clock = max(clock, (SELECT coalesce(max(clock), 0) FROM change))"""
    )


def _drop_orphans(db: sqlite3.Connection, rescued: Rescued) -> None:
    """Leave out what hangs on rows that did not come over, and what is not of the shape that Hebao writes."""
    lost = "SELECT id FROM report WHERE text_sha256 NOT IN (SELECT sha256 FROM text)"
    rescued.reports_lost = [str(n) for (n,) in db.execute(f"SELECT source_name FROM report WHERE id IN ({lost})")]
    rescued.rows["report"] -= db.execute(f"DELETE FROM report WHERE id IN ({lost})").rowcount
    for table in OF_REPORTS:
        db.execute(f"DELETE FROM {table} WHERE report_id NOT IN (SELECT id FROM report)")
    db.execute(
        """INSERT OR IGNORE INTO reviewer SELECT DISTINCT reviewer_id, 'reviewer ' || substr(reviewer_id, 1, 8), s.id
        FROM change, store s WHERE reviewer_id NOT IN (SELECT id FROM reviewer)"""
    )
    sql = "SELECT id, uuid, kind, anchor, before, after FROM change"
    broken = [row[0] for row in db.execute(sql) if not _can_be_read(row)]
    db.executemany("DELETE FROM change WHERE id = ?", [(i,) for i in broken])
    rescued.changes_broken = len(broken)
    for report_id, name, sha256, body in db.execute(
        "SELECT r.id, r.source_name, t.sha256, t.body FROM report r JOIN text t ON t.sha256 = r.text_sha256"
    ).fetchall():
        if not rereading.is_text_of(body, sha256):
            rescued.texts_altered.append(str(name))
        db.execute("INSERT OR IGNORE INTO numerals VALUES (?, '[]')", (report_id,))
        sql = f"SELECT {folding.COLUMNS} FROM figure f WHERE report_id = ?"
        found = db.execute(sql, (report_id,)).fetchall()
        bent = [row[:1] for row in found if not _is_figure(row, len(body))]
        rescued.rows["figure"] -= db.executemany("DELETE FROM figure WHERE id = ?", bent).rowcount if bent else 0


def _is_figure(row: Row, length: int) -> bool:
    """Return whether a row is a figure inside a text of this length, as Hebao writes it."""
    try:
        stored.check_figure(row, length)
        folding.words(row[10])
        if row[13] is not None:
            stored.reading(row[13], "figure")
    except UserError:
        return False
    return True


def _can_be_read(change: Row) -> bool:
    _, uuid_, kind, anchor, *values = change
    try:
        for value in values:
            if value is not None:
                standing.said(kind, anchor, value, f"change {uuid_}")
    except UserError:
        return False
    return True
