"""A part of a store written as a store of its own, for a colleague: with all that was decided there, or blind."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from db import carrying, knowing, loading, people, refolding, stored
from db import connection as sqlite
from db.rows import Touched
from db.store import Store

PLACING = "kind IN ('fact', 'choice') OR (kind = 'report' AND anchor = 'withdrawn')"
"""Changes that say of what a report is, not what is in it: they go along blind too, or no two would code one slot."""


class HandOut(NamedTuple):
    """One store that was handed out: when and by whom, to whom, which file, how many reports, whether blind.

    `came_back` counts the changes made in it that have been merged here since.
    """

    store_id: str
    at: str
    reviewer: str
    to: str
    file: str
    reports: int
    blind: bool
    came_back: int


def write(
    store: Store, to: Path, report_ids: Sequence[int], *, blind: bool, sources: bool, step: Callable[[], None]
) -> str:
    """Write reports of a store into a new store at `to`, and return its id; `step` comes with each report.

    `blind` leaves out what people decided on figures, cells, findings and on whole reports; `sources` takes the
    original files along. KeyError: no such report; what is there of a file that fails is for the caller to drop.
    """
    with Store.open(to) as made, sqlite.speaking(to):
        for some in loading.chunks(report_ids):
            with sqlite.transaction(made._connection):
                _write_some(store._connection, made._connection, some, blind=blind, step=step)
            if sources:
                _copy_sources(store, made, some)
        with sqlite.transaction(made._connection):
            _write_rest(store, made)
            if not blind:
                _write_knowledge(store._connection, made._connection)
        return made.store_id


def _write_some(
    source: sqlite3.Connection, db: sqlite3.Connection, report_ids: Sequence[int], *, blind: bool,
    step: Callable[[], None],
) -> None:  # fmt: skip
    ids = carrying.carry(source, db, report_ids)
    wanted = f"source_sha256 IN (SELECT source_sha256 FROM report WHERE id IN ({loading.marks(report_ids)}))"
    _copy_changes(source, db, f"{wanted} AND ({PLACING if blind else '1'})", report_ids)
    for report_id in ids:
        refolding.fold_anew(db, report_id)
        step()


def _copy_changes(source: sqlite3.Connection, db: sqlite3.Connection, where: str, parameters: Sequence[Any]) -> None:
    """Copy changes in their order, with the reviewers that made them and the texts that their spans count in."""
    columns = ", ".join(name for _, name, *_ in db.execute("PRAGMA table_info(change)") if name != "id")
    reviewers = f"SELECT * FROM reviewer WHERE id IN (SELECT reviewer_id FROM change WHERE {where})"
    db.executemany("INSERT OR IGNORE INTO reviewer VALUES (?, ?, ?)", source.execute(reviewers, parameters))
    texts = f"SELECT * FROM text WHERE sha256 IN (SELECT text_sha256 FROM change WHERE {where})"
    db.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", source.execute(texts, parameters))
    sql = f"SELECT {columns} FROM change WHERE {where} ORDER BY id"
    places = ", ".join("?" * len(columns.split(", ")))
    db.executemany(f"INSERT INTO change ({columns}) VALUES ({places})", source.execute(sql, parameters))


def _copy_sources(store: Store, made: Store, report_ids: Sequence[int]) -> None:
    """Copy the original files of some reports, one in memory at a time; one that is not there is passed over."""
    sql = f"SELECT source_sha256 FROM report WHERE id IN ({loading.marks(report_ids)})"
    for (sha256,) in loading.select(store, sql, report_ids):
        body = store.source(sha256)
        if body is not None:
            made._sources.add([(sha256, body)])


def _write_rest(store: Store, made: Store) -> None:
    """Write what is of no report: own indicators, what stores are called, how far the log has come."""
    source, db = store._connection, made._connection
    _copy_changes(source, db, "kind IN ('indicator', 'person')", ())
    rows = source.execute("SELECT id, definition FROM own_indicator")
    db.executemany("INSERT INTO own_indicator VALUES (?, ?)", rows)
    people.show(db)
    db.executemany("INSERT INTO named_store VALUES (?, ?)", source.execute("SELECT id, name FROM named_store"))
    db.execute("INSERT OR REPLACE INTO named_store VALUES (?, ?)", (store.store_id, people.printable(store.path.stem)))
    db.execute("UPDATE store SET clock = (SELECT coalesce(max(clock), 0) FROM change)")


def _write_knowledge(source: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Write whose decisions every store knew of when it made its own, the new store those that came along."""
    sql = "SELECT store_id, sequence, other_id, upto FROM held"
    db.executemany(knowing.KEEP, source.execute(sql))
    knowing.note(db)


def record(store: Store, made: Mapping[str, tuple[str, str, Sequence[int]]], *, reviewer: str, blind: bool) -> Touched:
    """Record what was handed out, each new store's id -> to whom, the file's name, and the reports, as one edit."""
    with store.edit("hand_out", reviewer=reviewer) as edit:
        for store_id, (to, file, report_ids) in made.items():
            sources: list[str] = []
            for some in loading.chunks(report_ids):
                sql = f"SELECT source_sha256 FROM report WHERE id IN ({loading.marks(some)}) ORDER BY id"
                sources += (sha256 for (sha256,) in loading.select(store, sql, some))
            told = {"to": people.printable(to), "file": people.printable(file)}
            edit.hand_out(store_id, {**told, "blind": blind, "sources": sources})
    return edit.touched


def handed_out(store: Store) -> list[HandOut]:
    """Return what was handed out of this study, newest first, without what was taken back."""
    sql = """SELECT c.anchor, c.at, v.name, c.after, c.uuid,
            (SELECT count(*) FROM change b WHERE b.store_id = c.anchor)
        FROM change c JOIN person v ON v.reviewer_id = c.reviewer_id WHERE c.source_sha256 = '' AND c.kind = 'handout'
            AND NOT EXISTS (SELECT 1 FROM change l WHERE l.source_sha256 = '' AND l.kind = 'handout'
                AND l.anchor = c.anchor AND (l.clock, l.store_id, l.sequence) > (c.clock, c.store_id, c.sequence))
        ORDER BY c.clock DESC, c.anchor"""
    found = []
    for store_id, at, reviewer, after, uuid, came_back in loading.select(store, sql):
        if after is not None:
            told = stored.decision("handout", store_id, after, f"change {uuid}")
            row = (told["to"], told["file"], len(told["sources"]), told["blind"], came_back)
            found.append(HandOut(store_id, at, reviewer, *row))
    return found
