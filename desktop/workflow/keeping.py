"""Keeping a store safe: backups, what is brought back from them, what is saved of damage, and tests of all parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from db import backup, restoring, selftest
from db.backup import Backup, Contents
from db.restoring import Rescued
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say
from desktop.workflow.program_test import program_problems

__all__ = [
    "Backup", "Contents", "Rescued", "back_up", "backup_before_merge", "backup_contents", "backups", "keep_backup",
    "rescue", "rescued_sentences", "restore", "self_test",
]  # fmt: skip


def keep_backup(store: Path, progress: Progress) -> Iterator[Path]:
    """Back a store up into its folder (a job), unless nothing has changed since the last time; yield the new file."""
    made = backup.keep(store, step=_stepping(progress))
    if made is not None:
        yield made


def backup_before_merge(store: Path) -> Path:
    """Back a store up before another is merged into it and return the file; UserError says why it cannot be made."""
    return backup.keep(store, "merge") or backup.backups(store)[0].path


def backups(store: Path) -> list[Backup]:
    """Return the backups of a store, newest first."""
    return backup.backups(store)


def backup_contents(store: Path, of: Path) -> tuple[Contents, bool]:
    """Return what a backup holds and whether it is of another study than a store; UserError where it is no good."""
    held = backup.contents(of)
    try:
        return held, store.exists() and backup.contents(store).store_id != held.store_id
    except UserError:  # of a damaged store nobody can say
        return held, False


def back_up(store: Path, to: Path, progress: Progress) -> Path:
    """Copy a store as it stands to a file that a person named and return its path; UserError says why it cannot be."""
    to = to if to.suffix else to.with_name(f"{to.name}{backup.ENDING}")
    if to.is_dir():
        raise UserError("file_is_folder", path=to)
    if to.exists():
        raise UserError("backup_there", path=str(to))
    if not store.exists():
        raise UserError("store_missing", path=str(store))
    backup.contents(store)
    backup.copy(store, to, _stepping(progress))
    return to


def restore(store: Path, from_backup: Path, *, other_study: bool = False) -> Path | None:
    """Put a backup in the place of a store and return where that lies now, None where there was none.

    UserError says why not: restore_of_other_study where the backup is of another study and `other_study` is not given.
    """
    if not from_backup.exists():
        raise UserError("store_missing", path=str(from_backup))
    return restoring.restore(store, from_backup, other_study=other_study)


def rescue(damaged: Path, to: Path, progress: Progress) -> Rescued:
    """Bring what can be read of a damaged store into a new one and return what came over and what did not."""
    if not damaged.exists():
        raise UserError("store_missing", path=str(damaged))
    return restoring.rescue(damaged, to, lambda part: progress.step(part))


def rescued_sentences(rescued: Rescued) -> list[str]:
    """Return what a rescue brought and what it lost, one sentence each, in the language of the moment."""
    rows = rescued.rows
    told = [
        say("rescued", n=rows["report"], figures=rows["figure"], changes=rows["change"], decisions=rescued.decisions)
    ]
    told += [say("rescue_lost_report", name=name) for name in rescued.reports_lost]
    told += [say("rescue_altered_text", name=name) for name in rescued.texts_altered]
    if rescued.changes_broken:
        told.append(say("rescue_lost_changes", n=rescued.changes_broken))
    lost = {table: n for table, n in rescued.unreadable.items() if n}
    told += [say("rescue_lost_rows", n=n, table=table) for table, n in lost.items()]
    if rescued.unreadable:
        told.append(say("rescue_torn", tables=say("list_separator").join(rescued.unreadable)))
    return told


def self_test(store: Path | None, progress: Progress) -> Iterator[UserError]:
    """Yield what is wrong, nothing where all is well: with a store, or, where none is given, with this program."""
    if store is not None:
        if not store.exists():
            raise UserError("store_missing", path=str(store))
        yield from selftest.problems(store, lambda check: progress.step(check))
        return
    yield from program_problems(progress)


def _stepping(progress: Progress) -> Callable[[int, int], None]:
    def step(done: int, pages: int) -> None:
        progress.total = pages
        progress.step(by=done - progress.done)

    return step
