"""The index of passages: the sketch of every text, by which reports that share a paragraph are found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

INDEX = """CREATE TABLE passage (                 -- a hash of a passage, and a report that has it
    hash INTEGER NOT NULL,
    report_id INTEGER NOT NULL REFERENCES report,
    PRIMARY KEY (hash, report_id)
) WITHOUT ROWID"""


def enter(db: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Enter the passages of new reports, each under its report's id."""
    from desktop.passages import sketch

    rows = ((mark, report_id) for report_id, text in texts for mark in sketch(text))
    db.executemany("INSERT OR IGNORE INTO passage VALUES (?, ?)", rows)


def replace(db: sqlite3.Connection, report_id: int, old: str, new: str) -> None:
    """Enter another text of a report in place of the one that was entered."""
    from desktop.passages import sketch

    db.executemany("DELETE FROM passage WHERE hash = ? AND report_id = ?", [(mark, report_id) for mark in sketch(old)])
    enter(db, [(report_id, new)])


def fill(db: sqlite3.Connection) -> None:
    """Enter the passages of all texts of the store."""
    enter(db, db.execute("SELECT r.id, t.body FROM report r JOIN text t ON t.sha256 = r.text_sha256"))
