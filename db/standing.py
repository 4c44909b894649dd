"""What stands on one target, out of all its changes, in whatever order and from whatever stores they came.

A decision stands that was not taken back and that no other decision standing was made in knowledge of. So one that is
made where two stand replaces both, and one that is taken back lets those stand again that it had replaced. Where
several stand (of people who did not know of each other's), they agree or they are in dispute. Changes are told apart by
UUID and ordered by (clock, store, sequence, UUID), never by the number of a row, which is another in every store.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from db import folding, stored
from db.folding import Value
from db.rows import JOINT
from desktop.quantities import canonical

COLUMNS = """c.id, c.uuid, c.store_id, c.sequence, c.clock, c.supersedes, c.undoes, c.reviewer_id, c.at, c.text_sha256,
    c.after"""
WORDS = (str, type(None))
TYPES: tuple[Any, ...] = (int, str, str, int, int, WORDS, WORDS, str, str, str, WORDS)
_right: set[tuple[type, ...]] = set()  # types of the columns of changes that were found right
UNDISPUTED = ("choice", "person", "handout")
"""Kinds of which the last one holds: which report counts is in dispute between reports, never on one."""

Carry = Callable[[Value, str], Value | None]
"""Gives a figure's decision, made in the text of a hash, with the spans of the report's present one; None: no place."""


class Said(NamedTuple):
    """One change as far as it matters for what stands; `supersedes` are UUIDs apart by a space, `after` is JSON."""

    id: int
    uuid: str
    store_id: str
    sequence: int
    clock: int
    supersedes: str | None
    undoes: str | None
    reviewer_id: str
    at: str
    text_sha256: str
    after: str | None

    @property
    def order(self) -> tuple[int, str, int, str]:
        """Return what changes are ordered by, the same in every store; one is later than all that it knew of."""
        return self.clock, self.store_id, self.sequence, self.uuid


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands on a target: its value (None: nothing), the text its spans count in, and the change that it is of.

    `sides` are the changes that stand side by side, none where one stands alone; `disputed` says that they differ.
    """

    value: Value | None
    text_sha256: str
    by: Said | None
    sides: tuple[Said, ...] = ()
    disputed: bool = False


def nowhere(value: Value, text_sha256: str) -> Value | None:
    """Carry nothing: what is decided of no report has no place in a text."""
    return None


def on_target(db: sqlite3.Connection, source_sha256: str, kind: str, anchor: str) -> list[Said]:
    """Return all changes on one target."""
    sql = f"SELECT {COLUMNS} FROM change c WHERE c.source_sha256 = ? AND c.kind = ? AND c.anchor = ?"
    return list(map(_checked, db.execute(sql, (source_sha256, kind, anchor))))


def on_report(db: sqlite3.Connection, source_sha256: str) -> dict[tuple[str, str], list[Said]]:
    """Return all changes on one report (on the whole store, for an empty hash), by kind and anchor."""
    found: dict[tuple[str, str], list[Said]] = {}
    sql = f"SELECT c.kind, c.anchor, {COLUMNS} FROM change c WHERE c.source_sha256 = ?"
    for kind, anchor, *row in db.execute(sql, (source_sha256,)):
        found.setdefault((kind, anchor), []).append(_checked(row))
    return found


def _checked(row: Sequence[Any]) -> Said:
    """Return a change from its columns; UserError where they are not as Hebao writes them."""
    types = tuple(map(type, row))
    if types not in _right:
        if not all(isinstance(value, of) for value, of in zip(row, TYPES, strict=True)):
            stored.refuse(f"change {row[1]}")
        _right.add(types)
    return Said(*row)


def said(kind: str, anchor: str, text: str, what: str) -> Value:
    """Return what a change says was decided, or stood undecided, before or after it."""
    return stored.definition(text, what) if kind == "indicator" else stored.decision(kind, anchor, text, what)


def heads(changes: Sequence[Said]) -> list[Said]:
    """Return the changes of a target that no other was made in knowledge of, in order; one, but after a merge."""
    if len(changes) < 2:
        return list(changes)
    known = {uuid for change in changes if change.supersedes for uuid in change.supersedes.split(" ")}
    return sorted((change for change in changes if change.uuid not in known), key=_order)


def standing(changes: Sequence[Said]) -> list[Said]:
    """Return the decisions of a target that stand, in order.

    What was decided while another was taken back was not decided over that one: brought back elsewhere, both stand.
    """
    if all(change.undoes is None for change in changes):
        return heads(changes)
    undone = taken_back(changes)
    left = [change for change in sorted(changes, key=_order) if change.undoes is None and change.uuid not in undone]
    covered: set[str] = set()
    for at in range(len(left) - 1, 0, -1):  # the latest is over nearly all others
        if covered.issuperset(change.uuid for change in left[:at]):
            break
        known = known_to(changes, left[at].uuid)
        covered.update({one.uuid for one in known} - taken_back(known) - {left[at].uuid})
    return [change for change in left if change.uuid not in covered]


def taken_back(changes: Sequence[Said]) -> set[str]:
    """Return the UUIDs of the changes of a target that were taken back, and whose taking back was not."""
    undone: set[str] = set()
    for change in sorted(changes, key=_order, reverse=True):  # what takes one back is later than it
        if change.undoes is not None and change.uuid not in undone:
            undone.add(change.undoes)
    return undone


def known_to(changes: Sequence[Said], uuid: str) -> list[Said]:
    """Return a change and all those on its target that it was made in knowledge of."""
    wanted, found = {uuid}, []
    for change in sorted(changes, key=_order, reverse=True):
        if change.uuid in wanted:
            found.append(change)
            wanted.update((change.supersedes or "").split(" "))
    return found


def fold(kind: str, anchor: str, changes: Sequence[Said], carry: Carry) -> Standing:
    """Return what stands on a target; UserError where a change is not as Hebao writes them."""
    stand = standing(changes)
    if not stand:
        return Standing(None, "", None)
    if len(stand) == 1:
        by = stand[0]
        ends = heads(changes)
        last = ends[0] if len(ends) == 1 else by  # what went back to a decision says how that reads since
        return Standing(_value(kind, anchor, last), last.text_sha256, by)
    return together(kind, anchor, stand, carry)


def together(kind: str, anchor: str, stand: Sequence[Said], carry: Carry) -> Standing:
    """Return what stands where these decisions do: what they agree on, else the last of them, to be looked at.

    Of figures decided on in several texts, the last that has a place in the present one.
    """
    if not stand:
        return Standing(None, "", None)
    values = {change: _value(kind, anchor, change) for change in stand}
    deciding = [change for change in stand if not _only_comments(kind, values[change])] or list(stand)
    here = values
    if kind == "figure" and len({change.text_sha256 for change in stand}) > 1:
        here = {change: value and carry(value, change.text_sha256) for change, value in values.items()}
    told = {essence(kind, here[change] or values[change], here is not values) for change in deciding}
    disputed = len(told) > 1 and kind not in UNDISPUTED
    by = max(deciding, key=lambda change: (values[change] is not None, here[change] is not None, change.order))
    value = values[by]
    if value is not None and len(stand) > 1:
        value = _joined(value, values.values())
        value = _in_dispute(kind, value) if disputed else value
    return Standing(value, by.text_sha256, by, tuple(stand) if len(stand) > 1 else (), disputed)


def essence(kind: str, value: Value | None, placed: bool = False) -> str:
    """Return what a decision decides, without what is said of it; `placed` tells rejected figures apart by place."""
    if value is None:
        return ""
    if kind == "figure":
        if value["state"] in ("rejected", "queried"):
            return folding.encode([value["state"], *((value["start"], value["end"]) if placed else ())])
        if value["state"] == "verified":
            plain = [value[name] for name in folding.READ if name not in ("value", "unit")]
            return folding.encode([*plain, *canonical(value["value"], value["unit"])])
        return ""
    kept = {name: part for name, part in sorted(value.items()) if name not in ("reason", "comment", "over")}
    return folding.encode(kept)


def _only_comments(kind: str, value: Value | None) -> bool:
    return kind == "figure" and value is not None and value["state"] not in folding.DECIDED


def _joined(value: Value, others: Iterable[Value | None]) -> Value:
    """Return a decision with the comments and reasons of all who decided, each once."""
    joined: Value = {}
    for name in ("comment", "reason"):
        words = dict.fromkeys(str(other[name]) for other in others if other and other.get(name))
        if name in value and words:
            joined[name] = JOINT.join(words)
    return {**value, **joined}


def _in_dispute(kind: str, value: Value) -> Value | None:
    """Return what reads while decisions differ: nothing that anybody would take for verified."""
    if kind == "figure":
        return {**value, "state": "queried"}
    if kind in ("report", "finding"):
        return None
    return {**value, "disputed": True} if kind in ("cell", "fact") else value


def _value(kind: str, anchor: str, change: Said) -> Value | None:
    return None if change.after is None else said(kind, anchor, change.after, f"change {change.uuid}")


def _order(change: Said) -> tuple[int, str, int, str]:
    return change.order
