"""Backups of a store: whole copies in a folder beside it, named by their time, made while work goes on.

NAME.hebao-backups holds the newest three, and the last one of each of the seven latest days on which one was made.
Those made before something that cannot be taken back (an update, a restore, a merge) are kept apart from these: the
newest five. Original files (NAME.hebao-sources) are written once and never changed; they are not copied.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import sqlite3
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal, cast

from db import connection as sqlite
from db import migrations
from desktop import settings
from desktop.errors import UserError

Occasion = Literal["opened", "update", "restore", "merge"]

NEWEST, DAYS, BEFORE = 3, 7, 5
STEP = 4096  # pages copied between two looks at whether to stop
TIME = "%Y-%m-%d %H.%M.%S"  # no colon: Windows allows none in names
ENDING = ".hebao"
NAMED = re.compile(r"(.{19})(?:-(\d+))?(?: before (update|restore|merge))?\.hebao")


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup: where it lies, when it was made (local time), and before what: "opened" for those made on opening."""

    path: Path
    made: datetime
    occasion: Occasion


@dataclass(frozen=True, slots=True)
class Contents:
    """What tells one state of a store from another, and what a person is told of it."""

    store_id: str
    schema: int
    sequence: int
    clock: int
    last_change: int
    reports: int
    last_report: int
    texts: int
    catalogues: int


def folder(store: Path) -> Path:
    """Return where the next backup of a store goes: beside it, or in the folder that is set for backups.

    There each store has a folder of its own, named after it and where it lies: two may have one name.
    """
    chosen = settings.get("backup_folder")
    if not chosen:
        return _beside(store)
    real = store.resolve()
    where = hashlib.sha256(str(real.parent).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    return Path(chosen) / f"{real.name}-backups-{where}"


def _beside(store: Path) -> Path:
    real = store.resolve()
    return real.with_name(real.name + "-backups")


def backups(store: Path) -> list[Backup]:
    """Return the backups of a store, newest first, those beside it and those in the folder that is set.

    What lies there under other names is none.
    """
    found: list[tuple[tuple[datetime, int], Backup]] = []
    for within in {folder(store), _beside(store)}:
        with contextlib.suppress(OSError):
            found += _named(within)
    return [backup for _, backup in sorted(found, key=lambda pair: pair[0], reverse=True)]


def _named(within: Path) -> Iterator[tuple[tuple[datetime, int], Backup]]:
    for path in within.iterdir():
        named = NAMED.fullmatch(path.name)
        with contextlib.suppress(ValueError):
            if named is not None:
                made = datetime.strptime(named[1], TIME)
                occasion = cast(Occasion, named[3] or "opened")
                yield (made, int(named[2] or 1)), Backup(path, made, occasion)


def keep(store: Path, occasion: Occasion = "opened", step: Callable[[int, int], None] | None = None) -> Path | None:
    """Back a store up into its folder, let go of what is older than is kept, and return the new file.

    None where nothing has changed since the last one (made before the same, for those that are kept apart). `step`
    (pages done, pages in all) may raise to stop it. UserError says why it cannot be made; then nothing was dropped.
    """
    last = backups(store)[:1]
    now = contents(store)
    if last and occasion in ("opened", last[0].occasion) and _same(last[0].path, now):
        return None
    made = datetime.now()
    name = f"{made:{TIME}}" if occasion == "opened" else f"{made:{TIME}} before {occasion}"
    to = _free(folder(store), name)
    copy(store, to, step)
    for left in (*(backup.path for backup in superfluous(backups(store))), *_abandoned(to.parent)):
        with contextlib.suppress(OSError):
            left.unlink()
    return to


def _abandoned(within: Path) -> list[Path]:
    """Return the beginnings of backups that were killed, yesterday or before: nobody is still making them."""
    yesterday = time.time() - 24 * 3600
    return [part for part in within.glob(".*.part") if part.stat().st_mtime < yesterday]


def superfluous(kept: Sequence[Backup]) -> list[Backup]:
    """Return which of some backups, newest first, are kept no longer."""
    ordinary = [backup for backup in kept if backup.occasion == "opened"]
    others = [backup for backup in kept if backup.occasion != "opened"]
    days: dict[object, Backup] = {}
    for backup in ordinary:
        days.setdefault(backup.made.date(), backup)
    stay = {backup.path for backup in (*ordinary[:NEWEST], *list(days.values())[:DAYS], *others[:BEFORE])}
    return [backup for backup in kept if backup.path not in stay]


def copy(store: Path, to: Path, step: Callable[[int, int], None] | None = None) -> None:
    """Copy a store as it stands at this moment to a file, whole and tried, or not at all.

    The copy is made by a connection of its own, which holds one state of the store while others go on writing.
    UserError says what cannot be read or written.
    """
    beside = to.with_name(f".{to.name}.{uuid.uuid4().hex[:8]}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _must_have_room(store, to)
        with sqlite.opening(store), contextlib.closing(sqlite.connect(store, "ro")) as source:
            source.execute("BEGIN")
            before = _contents(source)
            with sqlite.speaking(to), contextlib.closing(sqlite3.connect(beside, isolation_level=None)) as target:
                source.backup(target, pages=STEP, sleep=0, progress=_progress(step))
                target.execute("PRAGMA journal_mode = DELETE")
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        if contents(beside) != before or not is_whole(beside):
            raise UserError("store_damaged", path=str(store))
        beside.replace(to)
    except OSError as error:
        raise UserError("file_not_written", path=to, why=error) from None
    finally:
        for left in (beside, beside.with_name(beside.name + "-journal")):
            with contextlib.suppress(OSError):
                left.unlink()


def _progress(step: Callable[[int, int], None] | None) -> Callable[[int, int, int], object] | None:
    if step is None:
        return None
    return lambda _, left, pages: step(pages - left, pages)


def _must_have_room(store: Path, to: Path) -> None:
    log = store.with_name(store.name + "-wal")
    needed = store.stat().st_size + (log.stat().st_size if log.exists() else 0)
    if shutil.disk_usage(to.parent).free < needed:
        raise UserError("backup_no_room", path=str(to), megabytes=needed // 1_000_000 + 1)


def _free(within: Path, name: str) -> Path:
    """Return a path that no file has yet: two backups may be made in one second."""
    moment, _, occasion = name.partition(" before ")
    number = 1 + sum(path.name.startswith(moment) for path in within.glob(f"*{ENDING}"))
    while True:
        counted = moment if number == 1 else f"{moment}-{number}"
        to = within / f"{counted}{f' before {occasion}' if occasion else ''}{ENDING}"
        if not to.exists():
            return to
        number += 1


def contents(store: Path) -> Contents:
    """Return what a store or backup holds; UserError where it is none of ours, or damaged."""
    if store.is_dir():
        raise UserError("store_folder", path=str(store))
    with sqlite.opening(store), contextlib.closing(sqlite.connect(store, "ro")) as connection:
        if sqlite.number(connection, "application_id") != migrations.APPLICATION_ID:
            raise UserError("store_foreign", path=str(store))
        if sqlite.holds_foreign_parts(connection):
            raise UserError("store_unsafe", path=str(store))
        return _contents(connection)


def _contents(connection: sqlite3.Connection) -> Contents:
    row = connection.execute(
        """SELECT s.id, s.sequence, s.clock, (SELECT coalesce(max(id), 0) FROM change), count(r.id),
            coalesce(max(r.id), 0), (SELECT count(*) FROM text), count(DISTINCT r.program || ' ' || r.catalogue)
        FROM store s LEFT JOIN report r GROUP BY s.rowid LIMIT 1"""
    ).fetchone()
    if row is None:
        raise sqlite3.OperationalError("no store")
    return Contents(row[0], sqlite.number(connection, "user_version"), *row[1:])


def _same(backup: Path, now: Contents) -> bool:
    try:
        return contents(backup) == now
    except UserError:  # damaged since: a new one is due
        return False


def is_whole(path: Path) -> bool:
    """Return whether SQLite finds nothing wrong with a file."""
    try:
        with contextlib.closing(sqlite.connect(path, "ro")) as connection:
            return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except (sqlite3.Error, UnicodeDecodeError):
        return False
