"""Reviewers as they are shown in one store: people of one name told apart, and one person who goes by several ids."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping

LONGEST_NAME = 200
WIDE = "\u3000"  # the space in Chinese names of two characters
APART = 4  # characters of an id behind a name that two people share


def printable(words: str) -> str:
    """Return what somebody or something is called in characters that every store takes; any other is a space."""
    return "".join(sign if sign.isprintable() or sign == WIDE else " " for sign in words).strip()[:LONGEST_NAME].strip()


def show(db: sqlite3.Connection) -> None:
    """Bring the table of people up to date with the reviewers, and with what was said of who is the same person."""
    own = db.execute("SELECT id FROM store").fetchone()[0]
    reviewers = {i: (name, store_id) for i, name, store_id in db.execute("SELECT id, name, store_id FROM reviewer")}
    same = _same(db)
    people = {reviewer: _person(reviewer, same, reviewers) for reviewer in reviewers}
    shown = _shown({person: reviewers[person] for person in people.values()}, own)
    rows = [(reviewer, shown[person], person) for reviewer, person in people.items()]
    if sorted(db.execute("SELECT reviewer_id, name, same_as FROM person").fetchall()) != sorted(rows):
        db.execute("DELETE FROM person")
        db.executemany("INSERT INTO person VALUES (?, ?, ?)", rows)


def _same(db: sqlite3.Connection) -> dict[str, str]:
    """Return who was said to be whom."""
    from db import standing

    said = {}
    for (kind, reviewer), changes in standing.on_report(db, "").items():
        if kind == "person":
            value = standing.fold(kind, reviewer, changes, standing.nowhere).value
            if value is not None:
                said[reviewer] = str(value["same_as"])
    return said


def _person(reviewer: str, same: Mapping[str, str], known: Mapping[str, object]) -> str:
    """Return the reviewer who stands for a person; of those who were said to be each other, the first by id."""
    way = [reviewer]
    while (following := same.get(way[-1], way[-1])) in known and following != way[-1]:
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def _shown(people: Mapping[str, tuple[str, str]], own: str) -> dict[str, str]:
    """Return each person's name, the beginning of an id behind it where somebody else has it; those of here keep it."""
    named = Counter(name for name, _ in people.values())
    taken, shown = set(named), {}
    for person, (name, store_id) in sorted(people.items()):
        shown[person] = name
        if named[name] > 1 and store_id != own:
            longer = (f"{name}·{person[:length]}" for length in range(APART, len(person) + 1))
            shown[person] = next((told for told in longer if told not in taken), f"{name}·{person}")
            taken.add(shown[person])
    return shown
