"""Two stores of one study made one: the union of what they hold, and what stands made anew from all changes.

Reports are known by their source, changes and reviewers by their ids. Of a report that both hold, one machine's reading
stays: the newer program's, of the newer catalogue. None of this rests on which store is merged into which, nor on the
order of merges; docs/merging.md says why. All is written in one transaction, or nothing.
"""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from db import (
    backup,
    carrying,
    disputes,
    knowing,
    migrations,
    people,
    readings,
    refolding,
    rereading,
    standing,
    stored,
    strangers,
)
from db import connection as sqlite
from db.rows import Merged
from db.settling import Affected, mark_slot, now, refresh_facts, settle
from db.sources import Sources
from db.store import Store
from db.texts import Texts
from desktop.errors import UserError
from desktop.progress import Progress

CHUNK = 200
AT_ONCE = 8 * 1024 * 1024  # bytes of original files
CHANGES = ", ".join(strangers.OF_CHANGE)
TOGETHER = "SELECT count(*) FROM (SELECT DISTINCT report_id, kind, anchor FROM side WHERE disputed = 0)"


@dataclass(slots=True)
class Taken:
    """What one merge has taken in so far; `touched` are the sources that the new changes are about."""

    reports: list[int] = field(default_factory=list)
    known: dict[int, int] = field(default_factory=dict)
    reread: list[int] = field(default_factory=list)
    texts: int = 0
    reviewers: list[str] = field(default_factory=list)
    changes: list[int] = field(default_factory=list)
    touched: set[str] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)
    versions: list[tuple[str, str]] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    sources_missing: int = 0


def merge(store: Store, other: Path, progress: Progress) -> Merged:
    """Take in what another store holds, in one transaction, and say what that was; UserError says why it cannot be.

    The other file is only read. A step is a change or a report; Cancelled leaves this store as it was.
    """
    _must_be_another(store.path, other)
    taken = Taken()
    with _opened(other) as source, sqlite.speaking(other):
        their = source._connection
        with _without_leavings(store, taken), store._transaction() as db:
            together = db.execute(TOGETHER).fetchone()[0]
            lost = db.execute("SELECT count(*) FROM lost").fetchone()[0]
            counted = "SELECT (SELECT count(*) FROM change) + 2 * (SELECT count(*) FROM report)"
            progress.total = their.execute(counted).fetchone()[0]
            _reviewers(their, db, taken)
            _texts(their, db, taken)
            _changes(their, db, taken, progress)
            _go_on(their, db)
            affected = Affected()
            _reports(their, db, taken, affected, progress)
            _fold(db, taken, affected, progress)
            _sources(store, other, their, taken)
            _note(db, their, store, other, taken)
            together = db.execute(TOGETHER).fetchone()[0] - together
            lost = db.execute("SELECT count(*) FROM lost").fetchone()[0] - lost
        return Merged(
            name=_called(other), store_id=source.store_id, reports=len(taken.reports), known_reports=len(taken.known),
            reread=len(taken.reread), texts=taken.texts, sources=len(taken.sources),
            sources_missing=taken.sources_missing, reviewers=tuple(taken.reviewers), changes=len(taken.changes),
            agreements=max(0, together), disputes=sum(disputes.dispute_counts(store).values()), lost=max(0, lost),
            indicators=tuple(sorted(taken.indicators)), same_names=_same_names(store),
            versions=tuple(taken.versions), backup=None,
        )  # fmt: skip


@contextlib.contextmanager
def _without_leavings(store: Store, taken: Taken) -> Iterator[None]:
    """Take the original files that were copied away again where the block fails: they have a file of their own."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(UserError):  # what went wrong first is what is told
            strays = [sha256 for sha256 in taken.sources if not store.has_source(sha256)]
            if strays:
                store._sources.remove(strays)
        raise


def _must_be_another(store: Path, other: Path) -> None:
    with contextlib.suppress(OSError):
        if other.samefile(store):
            raise UserError("merge_itself", path=str(other))


@contextlib.contextmanager
def _opened(other: Path) -> Iterator[Store]:
    """Hold another store at one moment of it, to be read; of an older schema's a copy that is brought up to date."""
    if not other.exists():
        raise UserError("store_missing", path=str(other))
    held = backup.contents(other)
    with tempfile.TemporaryDirectory(prefix="hebao-", ignore_cleanup_errors=True) as folder:
        path = other
        if held.schema < migrations.SCHEMA:
            path = Path(folder) / other.name
            backup.copy(other, path)
            with sqlite.opening(path), contextlib.closing(sqlite.connect(path, "rwc")) as connection:
                migrations.migrate(connection)
        with Store.open(path, create=False, read_only=True) as source, source.at_one_moment():
            stored.identity(source._connection.execute("SELECT id, sequence, clock FROM store").fetchone())
            yield source


def _reviewers(their: sqlite3.Connection, db: sqlite3.Connection, taken: Taken) -> None:
    """Take in reviewers; of two ids for one name in copies of one store, each copy's own goes on being typed there."""
    for reviewer_id, name, store_id in their.execute("SELECT id, name, store_id FROM reviewer ORDER BY id"):
        strangers.check_reviewer(reviewer_id, name, store_id)
        known = db.execute("SELECT name FROM reviewer WHERE id = ?", (reviewer_id,)).fetchone()
        if known is not None and known != (name,):
            raise UserError("merge_forged_reviewer", id=reviewer_id, name=known[0], other=name)
        if known is None:
            sql = "SELECT 1 FROM reviewer WHERE (store_id, name) = (?, ?)"
            if db.execute(sql, (store_id, name)).fetchone() is not None:
                store_id = f"{store_id.partition('/')[0]}/{reviewer_id}"
            db.execute("INSERT INTO reviewer VALUES (?, ?, ?)", (reviewer_id, name, store_id))
            taken.reviewers.append(name)


def _texts(their: sqlite3.Connection, db: sqlite3.Connection, taken: Taken) -> None:
    """Take in the texts that reports have, and those that decisions were made in."""
    known = "SELECT 1 FROM text WHERE sha256 = ?"
    for (sha256,) in their.execute("SELECT sha256 FROM text ORDER BY sha256"):
        if db.execute(known, (sha256,)).fetchone() is None:
            body = their.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()[0]
            if not rereading.is_text_of(body, sha256):
                stored.refuse(f"text {str(sha256)[: strangers.LONGEST_ID]}")
            db.execute("INSERT INTO text VALUES (?, ?)", (sha256, body))


def _changes(their: sqlite3.Connection, db: sqlite3.Connection, taken: Taken, progress: Progress) -> None:
    """Take in the changes that are not here, each after what it was made in knowledge of.

    One that is here must be the same there, to the letter: UserError names one that is not.
    """
    reviewers = {i for (i,) in db.execute("SELECT id FROM reviewer")}
    rows = their.execute(f"SELECT {CHANGES} FROM change ORDER BY clock, store_id, sequence, uuid")
    while some := list(islice(rows, CHUNK)):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT {CHANGES} FROM change WHERE uuid IN ({marks})"
        here = {row[0]: row for row in db.execute(sql, [row[0] for row in some])}
        for row in some:
            if row[0] in here:
                if here[row[0]] != row:
                    raise UserError("merge_forged", uuid=row[0])
                continue
            strangers.check_change(their, row)
            if row[5] not in reviewers:
                stored.refuse(f"change {row[0]}")
            sql = f"INSERT INTO change ({CHANGES}) VALUES ({', '.join('?' * len(row))})"
            taken.changes.append(int(db.execute(sql, row).lastrowid or 0))
            taken.touched.add(row[9])
        progress.step(by=len(some))


def _reports(
    their: sqlite3.Connection, db: sqlite3.Connection, taken: Taken, affected: Affected, progress: Progress
) -> None:
    """Take in the reports that are not here; of one that both hold, let the newer machine's reading stay."""
    versions: dict[tuple[str, str], None] = {}
    rows = their.execute("SELECT id, source_sha256, program, catalogue FROM report ORDER BY id")
    while some := list(islice(rows, CHUNK)):
        strangers.check_reports(their, [row[0] for row in some])
        versions.update(dict.fromkeys((program, catalogue) for *_, program, catalogue in some))
        marks = ", ".join("?" * len(some))
        sql = f"SELECT source_sha256, id FROM report WHERE source_sha256 IN ({marks})"
        here = dict(db.execute(sql, [row[1] for row in some]).fetchall())
        fresh = [row[0] for row in some if row[1] not in here]
        if fresh:
            taken.reports += carrying.carry(their, db, fresh)
        for report_id, sha256, *_ in some:
            if sha256 in here:
                taken.known[here[sha256]] = report_id
                _meet(their, db, report_id, here[sha256], taken, affected)
        progress.step(by=len(some))
    taken.versions = list(versions)


def _meet(
    their: sqlite3.Connection, db: sqlite3.Connection, report_id: int, here: int, taken: Taken, affected: Affected
) -> None:
    """Let a report that both stores hold be what is newer in either."""
    if readings.take_earlier(their, db, report_id, here):
        mark_slot(db, here, affected)
        affected.reports.add(here)
    if readings.rank(their, report_id) > readings.rank(db, here):
        taken.texts += readings.take(their, db, report_id, here)
        taken.reread.append(here)
        mark_slot(db, here, affected)


def _fold(db: sqlite3.Connection, taken: Taken, affected: Affected, progress: Progress) -> None:
    """Let what stands be what all changes say."""
    for report_id in taken.reports:
        refresh_facts(db, report_id, affected)
        mark_slot(db, report_id, affected)
    sql = "SELECT id FROM report WHERE source_sha256 = ?"
    touched = {row[0] for sha256 in taken.touched if (row := db.execute(sql, (sha256,)).fetchone()) is not None}
    sql = "SELECT 1 FROM report r JOIN change c ON c.source_sha256 = r.source_sha256 WHERE r.id = ?"
    touched.update(i for i in taken.reports if db.execute(sql, (i,)).fetchone() is not None)
    affected.reports.update(taken.reports)
    for report_id in sorted({*touched, *taken.reread}):
        texts = Texts(db)
        rows = refolding.refold(db, report_id, affected, texts)
        rereading.claim_again(db, texts, report_id, rows)
        progress.step(by=min(1, progress.total - progress.done))
    settle(db, affected)
    progress.step(by=max(0, progress.total - progress.done))
    if "" in taken.touched:
        taken.indicators = refolding.define_all(db, standing.on_report(db, ""))
    people.show(db)


def _sources(store: Store, other: Path, their: sqlite3.Connection, taken: Taken) -> None:
    """Take in the original files that this store lacks, some in memory at a time."""
    some: list[tuple[str, bytes]] = []
    theirs = Sources(other, read_only=True)
    try:
        for (sha256,) in their.execute("SELECT source_sha256 FROM report ORDER BY id"):
            if store._sources.has(sha256):
                continue
            body = None
            with contextlib.suppress(UserError):  # a file of sources that is damaged costs no decision
                body = theirs.get(sha256)
            if body is None:
                taken.sources_missing += 1
                continue
            taken.sources.append(sha256)
            some.append((sha256, body))
            if sum(len(body) for _, body in some) >= AT_ONCE or len(some) >= CHUNK:
                store._sources.add(some)
                some = []
    finally:
        theirs.close()
    if some:
        store._sources.add(some)


def _go_on(their: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Let time go on after all changes, and take in what stores knew of each other when they made theirs."""
    for row in their.execute("SELECT store_id, sequence, other_id, upto FROM held"):
        strangers.check_held(row)
        db.execute(knowing.KEEP, row)
    db.execute(
        """UPDATE store SET sequence = max(sequence,
                (SELECT coalesce(max(c.sequence), 0) FROM change c WHERE c.store_id = store.id)),
            clock = max(clock, (SELECT coalesce(max(clock), 0) FROM change))"""
    )
    knowing.note(db)


def _note(db: sqlite3.Connection, their: sqlite3.Connection, store: Store, other: Path, taken: Taken) -> None:
    """Record what was merged, and what stores are called."""
    store_id = their.execute("SELECT id FROM store").fetchone()[0]
    names = [row for row in their.execute("SELECT id, name FROM named_store") if strangers.is_name(*row)]
    db.executemany("INSERT OR IGNORE INTO named_store VALUES (?, ?)", names)
    if store_id != store.store_id:
        db.execute("INSERT OR REPLACE INTO named_store VALUES (?, ?)", (store_id, _called(other)))
    if taken.changes or taken.reports:
        ends = (taken.changes[0], taken.changes[-1]) if taken.changes else (0, 0)
        db.execute("UPDATE store SET clock = clock + 1")  # a workbook exported before is older than what came
        sql = "INSERT INTO merged SELECT ?, ?, ?, ?, ?, clock FROM store"
        db.execute(sql, (now(), store_id, _called(other), *ends))


def _called(path: Path) -> str:
    """Return what a store's file is called, in characters that can be kept."""
    return people.printable(path.stem)


def _same_names(store: Store) -> tuple[str, ...]:
    """Return the names that several people have."""
    sql = """SELECT r.name FROM reviewer r JOIN person p ON p.reviewer_id = r.id AND p.same_as = r.id
        GROUP BY r.name HAVING count(*) > 1 ORDER BY r.name"""
    return tuple(name for (name,) in store._connection.execute(sql))
