"""The store: NAME.hebao, one SQLite file behind typed verbs, and NAME.hebao-sources with the original files."""

from __future__ import annotations

import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from db import backup, history, intake, migrations, refolding, rereading
from db import connection as sqlite
from db.changes import Edit
from db.intake import Entry
from db.lock import WriterLock
from db.log import Recorder
from db.rows import Reviewer, Touched
from db.sources import Sources
from db.texts import Texts
from desktop.errors import UserError
from desktop.model import Document, Extraction, Finding

__all__ = ["Entry", "Store"]


class Store:
    """A study: one long-lived connection; every verb that writes is one durable transaction, and none nests.

    `program` and `catalogue` are the versions that changes are recorded under; where they are empty, those that the
    report was read with. Writing a store that is open for reading only raises UserError store_read_only.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriterLock | None) -> None:
        self.path = path
        self.read_only = lock is None
        self.program = ""
        self.catalogue = ""
        self.schema = sqlite.number(connection, "user_version")
        self.store_id = _store_id(connection, path)
        self._connection = connection
        self._lock = lock
        self._stat = path.stat()
        self._sources = Sources(path, read_only=self.read_only)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False) -> Store:
        """Open a store, making it where there is none and `create` says so; UserError says why it cannot be opened."""
        path = Path(path)
        size = _size(path)
        make = create and not read_only
        if size is None and not make:
            raise UserError("store_missing", path=str(path))
        if size == 0 and not make:
            raise UserError("store_foreign", path=str(path))
        if read_only:
            return cls._opened(path, None)
        _must_be_writable(path)
        lock = WriterLock(path)
        try:
            return cls._opened(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, lock: WriterLock | None) -> Store:
        with sqlite.opening(path):
            connection = sqlite.connect(path, "ro" if lock is None else "rwc")
            try:
                _prepare(connection, path, read_only=lock is None)
                return cls(path, connection, lock)
            except BaseException:
                connection.close()
                raise

    def close(self) -> None:
        """Fold the write-ahead log in, so that the file alone is whole, and let go of the store; twice does nothing."""
        self._sources.close()
        if self.read_only:
            self._connection.close()
        elif self._lock is not None:
            sqlite.close(self._connection)
            self._lock.release()
            self._lock = None

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def has_source(self, source_sha256: str) -> bool:
        """Return whether a report was read from a source of this SHA-256."""
        with sqlite.speaking(self.path):
            sql = "SELECT 1 FROM report WHERE source_sha256 = ?"
            return self._connection.execute(sql, (source_sha256,)).fetchone() is not None

    def add_reports(self, entries: Iterable[Entry], *, program: str, catalogue: str) -> list[int]:
        """Add reports in one transaction, all or none, and return their ids; a hundred at a time is fast.

        UserError source_already_in_store where a source is in the store; ValueError: a source is not its document's.
        """
        batch = list(entries)
        with self._transaction() as db:
            intake.refuse_known(db, [entry.document for entry in batch])
            # First, in the other file: a source without a report does no harm, a report without its source would.
            self._sources.add((entry.document.source_sha256, entry.source) for entry in batch)
            ids = intake.add(db, batch, program, catalogue)
            refolding.recall(db, ids)
            return ids

    @contextmanager
    def loading(self, expected: int) -> Iterator[None]:
        """Hold a block that adds `expected` reports, by add_reports some hundred at a time, in less time.

        Where they outnumber those in the store, the index that series are read by is made when the block ends: until
        then `queries.series` and `other_years` answer as ever, but slowly.
        """
        db = self._free()
        with sqlite.speaking(self.path):
            defer = expected > db.execute("SELECT count(*) FROM report").fetchone()[0]
            if defer:
                db.execute("DROP INDEX figure_series")
            try:
                yield
            finally:
                if defer:
                    db.execute(migrations.SERIES)

    def replace_extraction(self, report_id: int, extraction: Extraction, *, program: str, catalogue: str) -> None:
        """Replace what the machine read of one report; every decision of a person stays. KeyError: no such report."""
        with self._transaction() as db:
            self._must_exist(report_id)
            rereading.read_again(db, report_id, extraction, program, catalogue)

    def replace_document(
        self, report_id: int, document: Document, extraction: Extraction, *, program: str, catalogue: str
    ) -> None:
        """Replace text, pages and readings of one report by those of its source as read anew; decisions stay.

        Each goes to where its quote stands now; `queries.lost` lists those that have no place. KeyError: no such
        report; ValueError: another source.
        """
        with self._transaction() as db:
            self._must_exist(report_id)
            source, text = Texts(db).hashes(report_id)
            if document.source_sha256 != source:
                raise ValueError(f"report {report_id} was not read from {document.source_sha256}")
            if document.text_sha256 != text:
                rereading.change_text(db, report_id, document)
            rereading.read_again(db, report_id, extraction, program, catalogue)

    def replace_findings(
        self, report_id: int, findings: Sequence[Finding], auto: AbstractSet[tuple[int, int]] = frozenset()
    ) -> bool:
        """Replace what the checks say of one report and return whether it reads differently now.

        Dismissals stay with their fingerprints; figures of the spans `auto` that nobody decided on are in that state
        from now on, all others of the machine are not. KeyError: no such report.
        """
        return bool(self.replace_all_findings({report_id: (findings, auto)}))

    def replace_all_findings(
        self, checked: Mapping[int, tuple[Sequence[Finding], AbstractSet[tuple[int, int]]]]
    ) -> set[int]:
        """Replace what the checks say of many reports in one transaction and return those that read differently now."""
        with self._transaction() as db:
            for report_id in checked:
                self._must_exist(report_id)
            return {i for i, (findings, auto) in checked.items() if intake.write_findings(db, i, findings, auto)}

    def mark_checked(self, report_ids: Iterable[int]) -> None:
        """Record that the findings of these reports are those of their figures as they stand now."""
        with self._transaction() as db:
            db.executemany("DELETE FROM unchecked WHERE report_id = ?", [(report_id,) for report_id in report_ids])

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Hold what a block reads of a store opened for reading to one state of it, while another program writes."""
        if not self.read_only:  # nobody else writes
            yield
            return
        with sqlite.speaking(self.path):
            self._connection.execute("BEGIN")
            try:
                yield
            finally:
                self._connection.execute("COMMIT")

    def source(self, source_sha256: str) -> bytes | None:
        """Return the bytes of a source, None where NAME.hebao-sources lacks it; UserError where that is damaged."""
        return self._sources.get(source_sha256)

    def reviewer(self, name: str) -> Reviewer:
        """Return the reviewer of this name, entered when new; UserError where the name is empty."""
        known = self.known_reviewer(name)
        if known is not None:
            return known
        with self._transaction():
            return self._entered(name)

    def known_reviewer(self, name: str) -> Reviewer | None:
        """Return the reviewer of this name in this store, None where there is none."""
        with sqlite.speaking(self.path):
            sql = "SELECT id, name FROM reviewer WHERE store_id = ? AND name = ?"
            row = self._connection.execute(sql, (self.store_id, name.strip())).fetchone()
        return None if row is None else Reviewer(*row)

    @contextmanager
    def edit(self, verb: str, *, reviewer: str, why: str = "") -> Iterator[Edit]:
        """Return the one way to write what a person decides: a block that is written whole, or not at all.

        ValueError for the verbs "undo" and "redo", RuntimeError inside another edit, UserError for an empty name.
        """
        if verb in history.REVERSING:
            raise ValueError(verb)
        with self._transaction():
            edit = Edit(self._recorder(self._entered(reviewer), verb, why))
            try:
                yield edit
                edit.finish()
            finally:
                edit.end()

    def undo(self, *, reviewer: str) -> Touched | None:
        """Take the reviewer's last edit back by appending its reverse; None where nothing is left.

        The verb returned is that of the edit. What another reviewer has decided over since stays as it is; UserError
        undo_superseded where nothing else is left of the edit.
        """
        return self._reverse(history.UNDO, reviewer)

    def redo(self, *, reviewer: str) -> Touched | None:
        """Take the reviewer's last undo back; None where nothing is left, UserError as for `undo`."""
        return self._reverse(history.REDO, reviewer)

    def undo_change(self, uuid: str, *, reviewer: str) -> Touched:
        """Take one change back, whosever and however old, by appending its reverse, as an edit of this reviewer.

        KeyError: no such change. UserError undo_change_superseded names the change since that stands on its target.
        """
        with self._transaction():
            recorder = self._recorder(self._entered(reviewer), history.UNDO_CHANGE, "")
            history.reverse_one(recorder, uuid)
            return recorder.finish() or Touched(history.UNDO_CHANGE)

    def _reverse(self, verb: str, name: str) -> Touched | None:
        with self._transaction() as db:
            reviewer = self.known_reviewer(name)
            find = history.next_undo if verb == history.UNDO else history.next_redo
            step = None if reviewer is None else find(db, reviewer.id)
            if reviewer is None or step is None:
                return None
            recorder = self._recorder(reviewer, verb, "")
            history.reverse(recorder, step)
            touched = recorder.finish()
        return None if touched is None else replace(touched, verb=step.made.verb)

    def _recorder(self, reviewer: Reviewer, verb: str, why: str) -> Recorder:
        return Recorder(self._connection, reviewer.id, verb, why, (self.program, self.catalogue))

    def _entered(self, name: str) -> Reviewer:
        """Return the reviewer of this name, entered in the open transaction when new."""
        if not name.strip():
            raise UserError("reviewer_unnamed")
        known = self.known_reviewer(name)
        if known is not None:
            return known
        new = Reviewer(str(uuid.uuid4()), name.strip())
        self._connection.execute("INSERT INTO reviewer VALUES (?, ?, ?)", (new.id, new.name, self.store_id))
        return new

    def _must_exist(self, report_id: int) -> None:
        if self._connection.execute("SELECT 1 FROM report WHERE id = ?", (report_id,)).fetchone() is None:
            raise KeyError(report_id)

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        """Hold one durable transaction: written whole when the block ends, not at all when it raises."""
        db = self._free()
        self._must_be_there()
        with sqlite.speaking(self.path), sqlite.transaction(db):
            yield db

    def _must_be_there(self) -> None:
        """Raise UserError where the file is gone or is another one: the system would go on writing into nowhere."""
        try:
            if os.path.samestat(self.path.stat(), self._stat):
                return
        except OSError:
            pass
        raise UserError("store_gone", path=str(self.path))

    def _free(self) -> sqlite3.Connection:
        """Return the connection to write by; UserError where the store is only read, RuntimeError inside an edit."""
        if self.read_only:
            raise UserError("store_read_only", path=str(self.path))
        if self._connection.in_transaction:
            raise RuntimeError("a transaction is open: edits and other writes do not nest")
        return self._connection


def _size(path: Path) -> int | None:
    """Return the size of a file, None where there is none; UserError for a folder, or where nobody may look."""
    try:
        if path.is_dir():
            raise UserError("store_folder", path=str(path))
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UserError("store_unreadable", path=str(path)) from error


def _must_be_writable(path: Path) -> None:
    """Make the folder of a store; UserError where store or folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store_unwritable", path=str(path)) from error
    if path.exists() and not os.access(path, os.W_OK):  # SQLite would open it for reading and not say so
        raise UserError("store_unwritable", path=str(path))


def _store_id(connection: sqlite3.Connection, path: Path) -> str:
    row = connection.execute("SELECT id FROM store").fetchone()
    if row is None:
        raise UserError("store_damaged", path=str(path))
    return str(row[0])


def _prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
    """Make sure, before writing, that the file is a store of ours, whole and safe; then bring it up to date."""
    if sqlite.is_cut_short(connection, path):
        raise UserError("store_damaged", path=str(path))
    if sqlite.holds_foreign_parts(connection):
        raise UserError("store_unsafe", path=str(path))
    schema = sqlite.number(connection, "user_version")
    ours = sqlite.number(connection, "application_id") == migrations.APPLICATION_ID
    if not ours and (sqlite.statements(connection) or schema or read_only):
        raise UserError("store_foreign", path=str(path))
    if schema > migrations.SCHEMA:
        raise UserError("store_newer", path=str(path), schema=schema, known=migrations.SCHEMA)
    if read_only and schema < migrations.SCHEMA:
        raise UserError("store_older", path=str(path), schema=schema)
    if not read_only:
        if 0 < schema < migrations.SCHEMA:
            backup.keep(path, "update")
        sqlite.use_log(connection)
        if schema < migrations.SCHEMA:
            migrations.migrate(connection)
    if not sqlite.statements(connection) >= migrations.PARTS:
        raise UserError("store_damaged", path=str(path))
    if not read_only:
        connection.execute(migrations.SERIES)  # a large import that was killed has left it out
