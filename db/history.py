"""Undo, redo and history, all read off the log: nothing is erased, a reversal is appended like any other change."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import chain

from db.folding import Value
from db.log import WHOLE_STORE, Recorder, Undoing, effective
from db.rows import ChangeRow
from desktop.errors import UserError

UNDO, REDO = "undo", "redo"
"""Verbs of reversing edits; no other edit may be called so."""


@dataclass(frozen=True, slots=True)
class Group:
    """One edit in the log: its id, its verb, the number of its last change, and the edit that it reverses."""

    id: str
    verb: str
    last: int
    about: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """The edit whose changes are to be reversed now, and the edit that the reviewer made and named."""

    reverse: Group
    made: Group


@dataclass(frozen=True, slots=True)
class _Logged:
    report_id: int
    id: int
    uuid: str
    kind: str
    anchor: str
    place: str | None
    before: Value | None
    after: Value | None


def next_undo(db: sqlite3.Connection, reviewer_id: str) -> Step | None:
    """Return the reviewer's last edit in this store that stands, None where there is none."""
    newest: dict[str, Group] = {}
    for group in _groups(db, reviewer_id):
        if group.about is not None:
            newest.setdefault(group.about, group)
        elif group.id not in newest:
            return Step(group, group)
        elif newest[group.id].verb == REDO:
            return Step(newest[group.id], group)
    return None


def next_redo(db: sqlite3.Connection, reviewer_id: str) -> Step | None:
    """Return the reviewer's last undo after which no new edit was made, None where there is none."""
    groups = _groups(db, reviewer_id)
    trail: list[Group] = []
    edits: Iterator[Group] = iter(())
    for group in groups:
        if group.about is None:
            edits = chain([group], groups)
            break
        trail.append(group)
    undone: list[Group] = []
    for group in reversed(trail):
        if group.verb == UNDO:
            undone.append(group)
        else:
            undone.pop()
    if not undone:
        return None
    return Step(undone[-1], next(edit for edit in edits if edit.id == undone[-1].about))


def reverse(recorder: Recorder, step: Step) -> None:
    """Append the reverse of each change of an edit that nobody has decided over since; UserError where none is left."""
    changes = list(_changes(recorder.db, step.reverse))
    free: dict[tuple[int, str, str], bool] = {}
    for change in changes:  # the newest on each target first: what stood before it in the edit goes with it
        target = (change.report_id, change.kind, change.anchor)
        if target not in free:
            last = recorder.last_change(*target)
            free[target] = last is not None and effective(recorder.db, last[0]) == effective(recorder.db, change.id)
    if not any(free.values()):
        raise UserError("undo_superseded", reviewer=_last_reviewer(recorder, next(iter(free))))
    for change in changes:
        if free[change.report_id, change.kind, change.anchor]:
            recorder.record(
                change.report_id, change.kind, change.anchor, change.after, change.before,
                place=change.place, undoing=Undoing(change.uuid, step.made.id),
            )  # fmt: skip


def changes_of(db: sqlite3.Connection, report_id: int, anchor: str | None) -> list[ChangeRow]:
    """Return the changes on one report, or on the figure of an anchor in it, oldest first."""
    sql = f"""SELECT c.uuid, c.at, v.name, c.verb, c.kind, c.anchor, c.before, c.after, c.why, c.undoes
        FROM report r JOIN change c ON c.source_sha256 = r.source_sha256 JOIN reviewer v ON v.id = c.reviewer_id
        WHERE r.id = ? {"" if anchor is None else "AND c.kind = 'figure' AND c.anchor = ?"} ORDER BY c.id DESC"""
    rows = []
    undone: set[str] = set()
    for uuid, at, name, verb, kind, target, before, after, why, undoes in db.execute(
        sql, (report_id,) if anchor is None else (report_id, anchor)
    ):
        reversed_since = uuid in undone
        if undoes is not None and not reversed_since:
            undone.add(undoes)
        values = [None if value is None else json.loads(value) for value in (before, after)]
        rows.append(ChangeRow(uuid, at, name, verb, (kind, target), values[0], values[1], why, reversed_since))
    return rows[::-1]


def _groups(db: sqlite3.Connection, reviewer_id: str) -> Iterator[Group]:
    """Yield the reviewer's edits in this store, newest first, reading no more of the log than is asked for."""
    sql = """SELECT c.group_id, c.verb, c.id, c.undoes_group FROM change c, store s
        WHERE c.reviewer_id = ? AND c.store_id = s.id ORDER BY c.id DESC"""
    with closing(db.execute(sql, (reviewer_id,))) as rows:
        last = None
        for row in rows:
            if row[0] != last:
                last = row[0]
                yield Group(*row)


def _changes(db: sqlite3.Connection, group: Group) -> Iterator[_Logged]:
    """Yield the changes of one edit, newest first; they stand together in the log."""
    sql = """SELECT coalesce(r.id, ?), c.id, c.uuid, c.kind, c.anchor, c.place, c.before, c.after, c.group_id
        FROM change c LEFT JOIN report r ON r.source_sha256 = c.source_sha256 WHERE c.id <= ? ORDER BY c.id DESC"""
    with closing(db.execute(sql, (WHOLE_STORE, group.last))) as rows:
        for *target, before, after, group_id in rows:
            if group_id != group.id:
                return
            yield _Logged(*target, *(None if value is None else json.loads(value) for value in (before, after)))


def _last_reviewer(recorder: Recorder, target: tuple[int, str, str]) -> str:
    last = recorder.last_change(*target)
    name = recorder.db.execute("SELECT name FROM reviewer WHERE id = ?", (last and last[2],)).fetchone()
    return str(name[0])
