"""What a store knew when a change was made in it: whose decisions it had taken in by then.

A row of `held` says it: when `store_id` had made `sequence` changes, it took in those of `other_id` up to `upto`. Two
copies of one file count on under one id: a row of a store about itself with `upto` 0 says where they parted.
"""

from __future__ import annotations

import sqlite3

from db import strangers

CODING = "(kind IN ('figure', 'cell') OR (kind = 'report' AND anchor = 'state'))"
"""Changes that say what a report states: on figures and cells, and that it is signed off as it stands."""
KEEP = """INSERT INTO held VALUES (?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET upto = max(upto, excluded.upto)"""
"""What was known at one moment is what any row says of it: rows of several stores add up in whatever order."""


def note(db: sqlite3.Connection) -> None:
    """Record which decisions that code or choose a report this store has taken in; where nothing is new, no row."""
    store_id, sequence = db.execute("SELECT id, sequence FROM store").fetchone()
    parted = """SELECT store_id, min(sequence) FROM (SELECT store_id, sequence FROM change
        GROUP BY store_id, sequence HAVING count(*) > 1) GROUP BY store_id"""
    copies = dict(db.execute(parted).fetchall())
    db.executemany(KEEP, [(other, first - 1, other, 0) for other, first in copies.items()])
    known = "SELECT max(upto) FROM held h WHERE h.store_id = ?1 AND h.other_id = c.store_id"
    sql = f"""SELECT store_id, last FROM (SELECT store_id, max(sequence) AS last FROM change
            WHERE {CODING} OR kind = 'choice' GROUP BY store_id) c
        WHERE last > coalesce(({known}), 0)"""
    taken = db.execute(sql, (store_id,)).fetchall()
    rows = [(store_id, sequence, other, upto) for other, upto in taken if other != store_id or other in copies]
    db.executemany(KEEP, rows)


def is_parted(db: sqlite3.Connection, store_id: str) -> bool:
    """Return whether changes that were made apart, in copies of the file of one store, have met here."""
    sql = "SELECT 1 FROM held WHERE (store_id, other_id, upto) = (?1, ?1, 0)"
    return db.execute(sql, (store_id,)).fetchone() is not None


class Knowing:
    """What every store knew, read once; `knew` asks of two changes, each by its store and its number there."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._held: dict[tuple[str, str], list[tuple[int, int]]] = {}
        self._parted: dict[str, int] = {}
        for row in db.execute("SELECT store_id, sequence, other_id, upto FROM held"):
            strangers.check_held(row)
            store_id, sequence, other, upto = row
            if store_id == other and not upto:
                self._parted[store_id] = min(sequence, self._parted.get(store_id, sequence))
            else:
                self._held.setdefault((store_id, other), []).append((sequence, upto))

    def knew(self, later: tuple[str, int], earlier: tuple[str, int]) -> bool:
        """Return whether the store in which one change was made held the other one then.

        Of two changes made in copies of one file since these parted, only where the copies met again in between.
        """
        store_id, sequence = later
        other, number = earlier
        if store_id == other and number <= self._parted.get(store_id, number):
            return number < sequence
        return any(when < sequence and upto >= number for when, upto in self._held.get((store_id, other), ()))
