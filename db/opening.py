"""What is looked at before a store is opened: whether its file is one of ours, whole, safe and up to date."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from db import connection as sqlite
from db import migrations
from desktop.errors import UserError


def size(path: Path) -> int | None:
    """Return the size of a file, None where there is none; UserError for a folder, or where nobody may look."""
    try:
        if path.is_dir():
            raise UserError("store_folder", path=str(path))
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UserError("store_unreadable", path=str(path)) from error


def must_be_writable(path: Path) -> None:
    """Make the folder of a store; UserError where store or folder cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("store_unwritable", path=str(path)) from error
    if path.exists() and not os.access(path, os.W_OK):  # SQLite would open it for reading and not say so
        raise UserError("store_unwritable", path=str(path))


def store_id(connection: sqlite3.Connection, path: Path) -> str:
    """Return the id of a store; UserError where it has none."""
    row = connection.execute("SELECT id FROM store").fetchone()
    if row is None:
        raise UserError("store_damaged", path=str(path))
    return str(row[0])


def prepare(connection: sqlite3.Connection, path: Path, *, read_only: bool) -> None:
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
            from db import backup

            backup.keep(path, "update")
        sqlite.use_log(connection)
        if schema < migrations.SCHEMA:
            migrations.migrate(connection)
    if not sqlite.statements(connection) >= migrations.PARTS:
        raise UserError("store_damaged", path=str(path))
    if not read_only:
        connection.execute(migrations.SERIES)  # a large import that was killed has left it out
