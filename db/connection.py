"""Opening SQLite files that may be anything, and turning what SQLite says into sentences for people."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from db import search
from desktop.errors import UserError

MAGIC = b"SQLite format 3\0"
SENTENCES = {
    sqlite3.SQLITE_CORRUPT: "store_damaged",
    sqlite3.SQLITE_NOTADB: "store_damaged",
    sqlite3.SQLITE_FULL: "store_full",
    sqlite3.SQLITE_BUSY: "store_in_use",
    sqlite3.SQLITE_LOCKED: "store_in_use",
    sqlite3.SQLITE_IOERR: "store_unwritable",
    sqlite3.SQLITE_READONLY: "store_unwritable",
    sqlite3.SQLITE_CANTOPEN: "store_unreadable",
    sqlite3.SQLITE_PERM: "store_unreadable",
}


@contextlib.contextmanager
def speaking(path: Path) -> Iterator[None]:
    """Turn what SQLite says of the file, or of the disk, into a UserError; a wrong statement stays a bug."""
    try:
        yield
    except sqlite3.Error as error:
        raise_sentence(error, path)


@contextlib.contextmanager
def opening(path: Path) -> Iterator[None]:
    """Turn whatever SQLite stumbles over while a file is opened into a UserError: it is not as Hebao wrote it."""
    try:
        with speaking(path):
            yield
    except (sqlite3.Error, UnicodeDecodeError) as error:  # the latter where a damaged name stands in the message
        raise UserError("store_damaged", path=str(path)) from error


def raise_sentence(error: sqlite3.Error, path: Path) -> NoReturn:
    """Raise the UserError that says what `error` means for the file `path`, or `error` itself where it is a bug."""
    sentence = SENTENCES.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        sentence = "store_damaged"  # a row that every store has is not there
    if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_NOTADB and not _begins_as_sqlite(path):
        sentence = "store_foreign"
    if isinstance(error, sqlite3.OperationalError) and not hasattr(error, "sqlite_errorcode"):
        sentence = "store_damaged"  # Python's own: a text that is no UTF-8
    if sentence is None:
        raise error
    raise UserError(sentence, path=str(path)) from error


def _begins_as_sqlite(path: Path) -> bool:
    """Return whether a file that SQLite refuses begins as its files do, hence is a damaged one.

    Only such a file may be opened past SQLite: to close a store by another way than SQLite's lets go of all locks that
    this process holds on it (POSIX), and with them of the log that the open connection goes on writing.
    """
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def is_cut_short(connection: sqlite3.Connection, path: Path) -> bool:
    """Return whether the file of a connection ends inside a page, where no log beside it could hold the rest."""
    log = path.with_name(path.name + "-wal")
    size = path.stat().st_size
    return size % number(connection, "page_size") > 0 and not (log.exists() and log.stat().st_size)


def connect(path: Path, mode: str, *, torn: bool = False) -> sqlite3.Connection:
    """Return a connection in autocommit ("ro" or "rwc") that trusts nothing in the file's schema.

    `torn` lets a file be read that ends before it should.
    """
    uri = path.absolute().as_uri()
    if not uri.startswith("file:///"):  # a share (\\server\folder), whose name SQLite wants in the path
        uri = uri.replace("file://", "file:////", 1)
    try:
        return _opened(f"{uri}?mode={mode}", torn)
    except sqlite3.OperationalError:
        log = path.with_name(path.name + "-wal")
        if mode != "ro" or (log.exists() and log.stat().st_size):
            raise
        # In a folder that cannot be written, SQLite cannot make the files to read beside a writer: none is there.
        return _opened(f"{uri}?mode=ro&immutable=1", torn)


def _opened(uri: str, torn: bool) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, cached_statements=256)
    try:
        if torn:  # so SQLite's own shell has it: how long the file should be is not asked
            connection.execute("PRAGMA writable_schema = ON")
        for setting in ("trusted_schema = OFF", "cache_size = -65536", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {setting}")
        connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def use_log(connection: sqlite3.Connection) -> None:
    """Let a connection write through a write-ahead log, each commit durable before it returns."""
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Write what the block writes, durably, when it ends; nothing of it where it, or the writing, fails."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def close(connection: sqlite3.Connection) -> None:
    """Fold the write-ahead log into the file, so that the file alone is whole, and close."""
    connection.execute("PRAGMA busy_timeout = 0")
    for fold in ("wal_checkpoint(TRUNCATE)", "journal_mode = DELETE"):
        # Where a reader is at work the log stays beside the file, as safe as before, and is folded in next time.
        with contextlib.suppress(sqlite3.OperationalError):
            connection.execute(f"PRAGMA {fold}")
    connection.close()


def number(connection: sqlite3.Connection, pragma: str) -> int:
    """Return a number that a PRAGMA tells."""
    return int(connection.execute(f"PRAGMA {pragma}").fetchone()[0])


def holds_foreign_parts(connection: sqlite3.Connection) -> bool:
    """Return whether the file holds what Hebao never writes and SQLite might run: triggers, views, virtual tables."""
    sql = """SELECT 1 FROM sqlite_master
        WHERE type IN ('trigger', 'view') OR (sql LIKE 'create virtual%' AND sql <> ?) LIMIT 1"""
    return connection.execute(sql, (search.INDEX,)).fetchone() is not None


def statements(connection: sqlite3.Connection) -> set[str]:
    """Return the SQL of the file's tables and indexes."""
    return {sql for (sql,) in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
