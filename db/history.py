"""Undo, redo and history, all read off the log: nothing is erased, a reversal is appended like any other change."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain
from typing import Any

from db import standing, stored
from db.folding import Value
from db.log import Recorder, Undoing
from db.settling import WHOLE_STORE
from db.standing import Said, Standing, said
from desktop.errors import UserError

UNDO, REDO, UNDO_CHANGE = "undo", "redo", "undo_change"
REVERSING = (UNDO, REDO, UNDO_CHANGE)
"""Verbs of reversing edits; no other edit may be called so."""
LOGGED = """SELECT coalesce(r.id, ?), c.id, c.uuid, c.kind, c.anchor, c.place, c.text_sha256, c.before, c.after,
    c.group_id FROM change c LEFT JOIN report r ON r.source_sha256 = c.source_sha256"""


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
    text_sha256: str
    before: Value | None
    after: Value | None

    @property
    def target(self) -> tuple[int, str, str]:
        """Return what the change is about."""
        return self.report_id, self.kind, self.anchor


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
        elif undone:
            undone.pop()
    if not undone:
        return None
    made = next((edit for edit in edits if edit.id == undone[-1].about), None)
    return Step(undone[-1], made or stored.refuse(f"change group {undone[-1].id}"))


def reverse(recorder: Recorder, step: Step) -> None:
    """Append the reverse of each change of an edit that nobody has decided over since; UserError where none is left."""
    changes = list(_changes(recorder.db, step.reverse))
    free: dict[tuple[int, str, str], bool] = {}
    for change in changes:  # the newest on each target first: what stood before it in the edit goes with it
        if change.target not in free:
            free[change.target] = _stands(recorder, change)
    if not any(free.values()):
        raise UserError("undo_superseded", reviewer=_last(recorder, next(iter(free)))[0])
    for change in changes:
        if free[change.target]:
            _reverse(recorder, change, step.made.id)


def reverse_one(recorder: Recorder, uuid: str) -> None:
    """Append the reverse of one change, whosever, on whose target nothing was decided since.

    KeyError: no such change; UserError undo_change_superseded names the later one (its uuid, reviewer and time).
    """
    row = recorder.db.execute(f"{LOGGED} WHERE c.uuid = ?", (WHOLE_STORE, uuid)).fetchone()
    if row is None:
        raise KeyError(uuid)
    change = _logged(row[:-1])
    if not _stands(recorder, change):
        reviewer, at, later = _last(recorder, change.target)
        raise UserError("undo_change_superseded", reviewer=reviewer, at=at, uuid=later)
    _reverse(recorder, change, None)


def _stands(recorder: Recorder, change: _Logged) -> bool:
    """Return whether what a change decided or brought back stands; of a taking back, whether nothing was said since."""
    changes = recorder.changes_on(*change.target)
    now = standing.standing(changes)
    undoes = {other.uuid: other.undoes for other in changes}
    made, made_again = change.uuid, True
    while (before := undoes.get(made)) is not None:
        made, made_again = before, not made_again
    if made_again:
        return any(other.uuid == made for other in now)
    return now == standing.standing(standing.known_to(changes, change.uuid))


def _reverse(recorder: Recorder, change: _Logged, group: str | None) -> None:
    """Append the reverse of a change; one made in another text than the report has now is carried over into this."""
    change = _in_force(recorder, change)
    undoing = Undoing(change.uuid, group)
    others = _left_by_others(recorder, change)
    if others is not None:
        _go_back_to(recorder, change, others, undoing)
        return
    if change.kind != "figure":
        recorder.record(*change.target, change.after, change.before, undoing=undoing)
        return
    before, was_in = _here(recorder, change, change.after)
    after, text = _here(recorder, change, change.before)
    if after is None:
        text = was_in
    elif before is not None and was_in != text:
        before = {**before, "text": was_in or recorder.about(change.report_id).text_sha256}
    recorder.record(*change.target, before, after, place=change.place, undoing=undoing, text_sha256=text)


def _in_force(recorder: Recorder, change: _Logged) -> _Logged:
    """Return a change, or, where that was taken back since, the last one that takes back the same and was not."""
    changes = recorder.changes_on(*change.target)
    taken_back = standing.taken_back(changes)
    undoes = next((other.undoes for other in changes if other.uuid == change.uuid), None)
    if undoes is None or change.uuid not in taken_back:
        return change
    same = [other for other in changes if other.undoes == undoes and other.uuid not in taken_back]
    if not same:
        return change
    last = max(same, key=lambda other: other.order).uuid
    return _logged(recorder.db.execute(f"{LOGGED} WHERE c.uuid = ?", (WHOLE_STORE, last)).fetchone()[:-1])


def _left_by_others(recorder: Recorder, change: _Logged) -> Standing | None:
    """Return what stands once a change is taken back, where that is not what stood before it: others decided too."""
    changes = recorder.changes_on(*change.target)
    at = max(other.clock for other in changes) + 1
    ends = " ".join(end.uuid for end in standing.heads(changes))
    reversal = Said(0, "", "", 0, at, ends, change.uuid, "", "", "", None)
    left = standing.standing([*changes, reversal])
    known = standing.known_to(changes, change.uuid)
    if len(left) < 2 and left == standing.standing([other for other in known if other.uuid != change.uuid]):
        return None
    return standing.together(change.kind, change.anchor, left, recorder.carrying(change.report_id))


def _go_back_to(recorder: Recorder, change: _Logged, now: Standing, undoing: Undoing) -> None:
    """Append the reverse of a change after which others' decisions stand."""
    after, text = now.value, ""
    if change.kind == "figure" and after is not None:
        carried = recorder.texts.carried(change.report_id, after, now.text_sha256)
        after, text = (after, now.text_sha256) if carried is None else (carried, "")
    before = None if change.after is None else {name: v for name, v in change.after.items() if name != "text"}
    recorder.record(*change.target, before, after, place=change.place, undoing=undoing, text_sha256=text)


def _here(recorder: Recorder, change: _Logged, value: Value | None) -> tuple[Value | None, str]:
    """Return one side of a change as it reads in the present text, or as it was with the text that it counts in."""
    if value is None:
        return None, ""
    made_in = value.get("text", change.text_sha256)
    plain = {name: part for name, part in value.items() if name != "text"}
    carried = recorder.texts.carried(change.report_id, plain, made_in)
    return (plain, made_in) if carried is None else (carried, "")


def _groups(db: sqlite3.Connection, reviewer_id: str) -> Iterator[Group]:
    """Yield the reviewer's edits in this store, newest first, reading no more of the log than is asked for."""
    sql = """SELECT c.group_id, c.verb, c.id, c.undoes_group FROM change c, store s
        WHERE c.reviewer_id = ? AND c.store_id = s.id AND NOT EXISTS
            (SELECT 1 FROM merged m WHERE c.id BETWEEN m.first_change AND m.last_change) ORDER BY c.id DESC"""
    with closing(db.execute(sql, (reviewer_id,))) as rows:
        last = None
        for row in rows:
            if row[0] != last:
                last = row[0]
                yield Group(*row)


def _changes(db: sqlite3.Connection, group: Group) -> Iterator[_Logged]:
    """Yield the changes of one edit, newest first; they stand together in the log."""
    with closing(db.execute(f"{LOGGED} WHERE c.id <= ? ORDER BY c.id DESC", (WHOLE_STORE, group.last))) as rows:
        for row in rows:
            if row[-1] != group.id:
                return
            yield _logged(row[:-1])


def _logged(row: Sequence[Any]) -> _Logged:
    *about, before, after = row
    kind, anchor = about[3], about[4]
    values = (None if v is None else said(kind, anchor, v, f"change {about[2]}") for v in (before, after))
    return _Logged(*about, *values)


def _last(recorder: Recorder, target: tuple[int, str, str]) -> tuple[str, str, str]:
    """Return reviewer, time and UUID of the last change on a target."""
    ends = standing.heads(recorder.changes_on(*target))
    sql = "SELECT v.name, c.at, c.uuid FROM change c JOIN person v ON v.reviewer_id = c.reviewer_id WHERE c.id = ?"
    row = recorder.db.execute(sql, (ends[-1].id if ends else None,)).fetchone()
    name, at, uuid = row or stored.refuse(f"change {'/'.join(map(str, target))}")
    return str(name), str(at), str(uuid)
