"""NAME.hebao-sources: the original files byte for byte, each under its SHA-256, written once."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from db import connection as sqlite
from db import migrations
from desktop.errors import UserError


def _hash(source: bytes) -> str:
    import hashlib  # a store is opened, and shown, without

    return hashlib.sha256(source).hexdigest()


class Sources:
    """The original files of one store, opened when first asked for; the store works without them."""

    def __init__(self, store: Path, *, read_only: bool) -> None:
        real = store.resolve()
        self.path = real.with_name(real.name + "-sources")
        self._read_only = read_only
        self._connection: sqlite3.Connection | None = None

    def has(self, sha256: str) -> bool:
        """Return whether a source is here, without reading it."""
        if self._connection is None and not self.path.exists():
            return False
        with sqlite.speaking(self.path):
            return self._open().execute("SELECT 1 FROM source WHERE sha256 = ?", (sha256,)).fetchone() is not None

    def get(self, sha256: str) -> bytes | None:
        """Return the bytes of a source, None where they are missing; UserError where the file is damaged."""
        if self._connection is None and not self.path.exists():
            return None
        with sqlite.speaking(self.path):
            row = self._open().execute("SELECT body FROM source WHERE sha256 = ?", (sha256,)).fetchone()
        if row is None:
            return None
        body = row[0]
        if not isinstance(body, bytes) or _hash(body) != sha256:
            raise UserError("store_damaged", path=str(self.path))
        return body

    def add(self, sources: Iterable[tuple[str, bytes]]) -> None:
        """Keep sources (SHA-256, bytes), each once, in one transaction; ValueError for a hash that is not its own."""
        rows = list(sources)
        for sha256, body in rows:
            if _hash(body) != sha256:
                raise ValueError(f"{sha256} is not the SHA-256 of its source")
        with sqlite.speaking(self.path):
            connection = self._open()
            with sqlite.transaction(connection):
                connection.executemany("INSERT OR IGNORE INTO source VALUES (?, ?)", rows)

    def remove(self, sha256s: Iterable[str]) -> None:
        """Let go of sources, in one transaction; the room that they took is used by the next ones."""
        with sqlite.speaking(self.path):
            connection = self._open()
            with sqlite.transaction(connection):
                connection.executemany("DELETE FROM source WHERE sha256 = ?", [(sha256,) for sha256 in sha256s])

    def close(self) -> None:
        """Fold the write-ahead log in and close, where the file was opened or a power cut left a log beside it."""
        left = self.path.with_name(self.path.name + "-wal")
        if self._connection is None and not self._read_only and left.exists():
            with contextlib.suppress(UserError):  # a damaged file says so when a source is asked for
                self._open()
        if self._connection is not None:
            sqlite.close(self._connection)
            self._connection = None

    def _open(self) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        with sqlite.opening(self.path):
            connection = sqlite.connect(self.path, "ro" if self._read_only else "rwc")
            try:
                self._prepare(connection)
            except BaseException:
                connection.close()
                raise
        self._connection = connection
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        if sqlite.holds_foreign_parts(connection):
            raise UserError("store_unsafe", path=str(self.path))
        parts = sqlite.statements(connection)
        if parts and sqlite.number(connection, "application_id") != migrations.SOURCES_ID:
            raise UserError("store_foreign", path=str(self.path))
        if not parts >= set(migrations.SOURCES_1) and (parts or self._read_only):
            raise UserError("store_damaged", path=str(self.path))
        if not self._read_only:
            sqlite.use_log(connection)
            if not parts:
                migrations.migrate_sources(connection)
