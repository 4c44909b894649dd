"""The store: NAME.hebao, one SQLite file behind typed verbs, and NAME.hebao-sources with the original files.

What writes is imported by the verbs that write: a store is opened, and its first page shown, without.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from db import connection as sqlite
from db import migrations, opening, people
from db.lock import HeldElsewhere, WriterLock
from db.sources import Sources
from db.touched import Reviewer, Touched
from desktop.errors import UserError

if TYPE_CHECKING:
    from db.changes import Edit
    from db.intake import Entry
    from db.log import Recorder
    from desktop.model import Document, Extraction, Finding


class Store:
    """A study: one long-lived connection; every verb that writes is one durable transaction, and none nests.

    `program` and `catalogue` are the versions that changes are recorded under; where they are empty, those that the
    report was read with. Writing a store that is open for reading only raises UserError store_read_only.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, lock: WriterLock | HeldElsewhere | None) -> None:
        self.path = path
        self.read_only = lock is None
        self.program = ""
        self.catalogue = ""
        self.schema = sqlite.number(connection, "user_version")
        self.store_id = opening.store_id(connection, path)
        self._connection = connection
        self._lock = lock
        self._stat = path.stat()
        self._sources = Sources(path, read_only=self.read_only)

    @classmethod
    def open(cls, path: Path, *, create: bool = True, read_only: bool = False) -> Store:
        """Open a store, making it where there is none and `create` says so; UserError says why it cannot be opened."""
        path = Path(path)
        size = opening.size(path)
        make = create and not read_only
        if size is None and not make:
            raise UserError("store_missing", path=str(path))
        if size == 0 and not make:
            raise UserError("store_foreign", path=str(path))
        if read_only:
            return cls._opened(path, None)
        opening.must_be_writable(path)
        lock = WriterLock(path)
        try:
            return cls._opened(path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def _opened(cls, path: Path, lock: WriterLock | HeldElsewhere | None) -> Store:
        with sqlite.opening(path):
            connection = sqlite.connect(path, "ro" if lock is None else "rwc")
            try:
                opening.prepare(connection, path, read_only=lock is None)
                return cls(path, connection, lock)
            except BaseException:
                connection.close()
                raise

    def beside(self) -> Store:
        """Open this store once more, to be written by another thread while this one only reads and outlives it."""
        if self.read_only:
            raise UserError("store_read_only", path=str(self.path))
        made = self._opened(self.path, HeldElsewhere())
        made.program, made.catalogue = self.program, self.catalogue
        return made

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
        from db import intake, refolding

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
        from db import rereading

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
        from db import rereading
        from db.texts import Texts

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
        from db import intake

        with self._transaction() as db:
            for report_id in checked:
                self._must_exist(report_id)
            return {i for i, (findings, auto) in checked.items() if intake.write_findings(db, i, findings, auto)}

    def mark_checked(self, report_ids: Iterable[int]) -> None:
        """Record that the findings of these reports are those of their figures as they stand now."""
        with self._transaction() as db:
            db.executemany("DELETE FROM unchecked WHERE report_id = ?", [(report_id,) for report_id in report_ids])

    def check_by(self, limits: str) -> None:
        """Record the thresholds of the checks (words for them); where they were others, every report is unchecked."""
        sql = "SELECT coalesce(max(limits), '') FROM checked_by"
        if self._connection.execute(sql).fetchone() == (limits,):
            return
        with self._transaction() as db:
            db.execute("DELETE FROM checked_by")
            if limits:
                db.execute("INSERT INTO checked_by VALUES (?)", (limits,))
            db.execute("INSERT OR IGNORE INTO unchecked SELECT id FROM report")

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
            row = self._connection.execute(sql, (self.store_id, people.printable(name))).fetchone()
        return None if row is None else Reviewer(*row)

    @contextmanager
    def edit(self, verb: str, *, reviewer: str, why: str = "") -> Iterator[Edit]:
        """Return the one way to write what a person decides: a block that is written whole, or not at all.

        ValueError for the verbs "undo" and "redo", RuntimeError inside another edit, UserError for an empty name.
        """
        from db import history
        from db.changes import Edit

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
        return self._reverse(reviewer)

    def redo(self, *, reviewer: str) -> Touched | None:
        """Take the reviewer's last undo back; None where nothing is left, UserError as for `undo`."""
        return self._reverse(reviewer, redo=True)

    def undo_change(self, uuid: str, *, reviewer: str) -> Touched:
        """Take one change back, whosever and however old, by appending its reverse, as an edit of this reviewer.

        KeyError: no such change. UserError undo_change_superseded names the change since that stands on its target.
        """
        from db import history

        with self._transaction():
            recorder = self._recorder(self._entered(reviewer), history.UNDO_CHANGE, "")
            history.reverse_one(recorder, uuid)
            return recorder.finish() or Touched(history.UNDO_CHANGE)

    def _reverse(self, name: str, *, redo: bool = False) -> Touched | None:
        from db import history

        with self._transaction() as db:
            reviewer = self.known_reviewer(name)
            find, verb = (history.next_redo, history.REDO) if redo else (history.next_undo, history.UNDO)
            step = None if reviewer is None else find(db, reviewer.id)
            if reviewer is None or step is None:
                return None
            recorder = self._recorder(reviewer, verb, "")
            history.reverse(recorder, step)
            touched = recorder.finish()
        return None if touched is None else touched._replace(verb=step.made.verb)

    def _recorder(self, reviewer: Reviewer, verb: str, why: str) -> Recorder:
        from db.log import Recorder

        return Recorder(self._connection, reviewer.id, verb, why, (self.program, self.catalogue))

    def _entered(self, name: str) -> Reviewer:
        """Return the reviewer of this name, entered in the open transaction when new."""
        import uuid

        name = people.printable(name)
        if not name:
            raise UserError("reviewer_unnamed")
        known = self.known_reviewer(name)
        if known is not None:
            return known
        new = Reviewer(str(uuid.uuid4()), name)
        self._connection.execute("INSERT INTO reviewer VALUES (?, ?, ?)", (new.id, new.name, self.store_id))
        people.show(self._connection)
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
