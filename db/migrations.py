"""How a store came to its schema: sqlite-utils migrations, append only; `python -m db.migrations` writes schema.sql.

A released migration is never edited. A new one raises SCHEMA, and stores written before it are brought up on opening.

Some places are laid before what fills them, because undo, reading again, merging and page views rest on them:
`numerals` and `page` (classes of numerals, page and character boxes), `figure.confidence` and `figure.because`,
`own_indicator` (a reviewer's own indicators), and in `change` the store, sequence and clock by which two logs merge.
"""

from __future__ import annotations

import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db import passages, search

SCHEMA = 4
APPLICATION_ID = 0x48454241  # "HEBA": NAME.hebao
SOURCES_ID = 0x48454253  # "HEBS": NAME.hebao-sources
SCHEMA_FILE = Path(__file__).with_name("schema.sql")

SERIES = """CREATE INDEX IF NOT EXISTS figure_series ON figure (indicator, year, district_key, value)
    WHERE indicator IS NOT NULL AND year IS NOT NULL"""
"""The covering index by which series and cross-sections are read; a large import leaves it out and makes it last."""

STORE_1 = (
    """CREATE TABLE store (
    id TEXT NOT NULL,                       -- UUID of this store
    created_at TEXT NOT NULL,
    sequence INTEGER NOT NULL,              -- of the last change made in this store
    clock INTEGER NOT NULL                  -- logical clock: at least that of every change in the log
)""",
    """CREATE TABLE reviewer (
    id TEXT PRIMARY KEY,                    -- UUID
    name TEXT NOT NULL,
    store_id TEXT NOT NULL,                 -- the store in which the reviewer was first named
    UNIQUE (store_id, name)
)""",
    """CREATE TABLE text (
    sha256 TEXT PRIMARY KEY,                -- of the body as UTF-8
    body TEXT NOT NULL
)""",
    """CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    source_sha256 TEXT NOT NULL UNIQUE,     -- what a report is known by
    source_name TEXT NOT NULL,
    reader TEXT NOT NULL,
    text_sha256 TEXT NOT NULL REFERENCES text,
    imported_at TEXT NOT NULL,
    program TEXT NOT NULL,                  -- versions that the machine's readings were made with
    catalogue TEXT NOT NULL,
    machine_facts TEXT NOT NULL,            -- JSON: what the machine read; the columns below hold corrections as well
    district TEXT, city TEXT, province TEXT, level TEXT, adcode TEXT, year INTEGER,
    title TEXT, doc_number TEXT, issuer TEXT,
    candidates TEXT NOT NULL,               -- JSON: division codes still possible
    district_key TEXT,                      -- division code, else the name under city and province; NULL: unknown
    counts INTEGER NOT NULL,                -- 1: this report makes the cells of its district and year
    withdrawn INTEGER NOT NULL,
    state TEXT NOT NULL,                    -- unreviewed, in_review, verified
    extracted INTEGER NOT NULL, auto INTEGER NOT NULL, verified INTEGER NOT NULL,   -- figures by state
    rejected INTEGER NOT NULL, queried INTEGER NOT NULL,
    findings INTEGER NOT NULL               -- not dismissed
)""",
    "CREATE INDEX report_slot ON report (district_key, year)",
    """CREATE TABLE page (
    report_id INTEGER NOT NULL REFERENCES report,
    number INTEGER NOT NULL,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,      -- half-open span of the text
    width REAL NOT NULL, height REAL NOT NULL,          -- points
    boxes BLOB NOT NULL,                    -- zlib of four little-endian floats a character, NaN where it has no box
    PRIMARY KEY (report_id, number)
)""",
    """CREATE TABLE numerals (
    report_id INTEGER PRIMARY KEY REFERENCES report,
    classes TEXT NOT NULL                   -- JSON: [[start, stop, class], ...] in text order
)""",
    """CREATE TABLE figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT,   -- never given twice: a screen may still hold one that is gone
    report_id INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    value REAL NOT NULL, unit TEXT NOT NULL, approx TEXT, kind TEXT NOT NULL, indicator TEXT,
    confidence REAL NOT NULL,
    because TEXT NOT NULL,                  -- JSON: the words that decided the indicator
    state TEXT NOT NULL,                    -- extracted, auto, verified, rejected, queried
    district_key TEXT, year INTEGER,        -- its report's, while that report counts
    anchor TEXT,                            -- names its place in decisions; NULL: "start-stop"
    machine TEXT                            -- JSON: the machine's reading, where a decision stands; NULL: it has none
)""",
    "CREATE INDEX figure_report ON figure (report_id, start)",
    SERIES,
    """CREATE TABLE finding (
    report_id INTEGER NOT NULL REFERENCES report,
    fingerprint TEXT NOT NULL,              -- dismissals (decisions of kind "finding") hold on to it
    check_id TEXT NOT NULL,
    severity TEXT NOT NULL,
    figures TEXT NOT NULL,                  -- JSON: spans of the figures compared
    arguments TEXT NOT NULL,                -- JSON: what fills the sentence
    start INTEGER, stop INTEGER             -- evidence in the text
)""",
    "CREATE INDEX finding_report ON finding (report_id)",
    """CREATE TABLE own_indicator (
    id TEXT PRIMARY KEY,
    definition TEXT NOT NULL                -- JSON, in the terms of indicators.toml
)""",
    """CREATE TABLE change (                   -- the log: appended to, never altered
    id INTEGER PRIMARY KEY,                 -- order in this file
    uuid TEXT NOT NULL UNIQUE,
    store_id TEXT NOT NULL,                 -- where it was made, as the how-manieth, at what logical time
    sequence INTEGER NOT NULL,
    clock INTEGER NOT NULL,
    at TEXT NOT NULL,
    reviewer_id TEXT NOT NULL REFERENCES reviewer,
    group_id TEXT NOT NULL,                 -- one edit
    verb TEXT NOT NULL,
    why TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,            -- the report
    text_sha256 TEXT NOT NULL,              -- the text that anchors count in
    kind TEXT NOT NULL,                     -- figure, cell, fact, report, choice, finding
    anchor TEXT NOT NULL,                   -- "start-stop", an indicator, a fact, "state", a slot, a fingerprint
    place TEXT,                             -- JSON: a figure's quote with the words before and after it
    before TEXT, after TEXT,                -- JSON: what was decided; NULL: nothing
    supersedes TEXT,                        -- uuid of the change on the same target before it
    undoes TEXT,                            -- uuid of the change that it reverses
    undoes_group TEXT,                      -- the edit that this undo or redo is about
    program TEXT NOT NULL, catalogue TEXT NOT NULL
)""",
    "CREATE INDEX change_target ON change (source_sha256, kind, anchor)",
    "CREATE INDEX change_reviewer ON change (reviewer_id)",
    """CREATE TABLE decision (                 -- the log folded: what stands now
    report_id INTEGER NOT NULL REFERENCES report,
    kind TEXT NOT NULL, anchor TEXT NOT NULL,
    value TEXT NOT NULL,                    -- JSON: the standing change's `after`
    change_id INTEGER NOT NULL REFERENCES change,
    reviewer_id TEXT NOT NULL REFERENCES reviewer,
    decided_at TEXT NOT NULL,
    PRIMARY KEY (report_id, kind, anchor)
) WITHOUT ROWID""",
)
STORE_2 = (
    search.INDEX,
    "CREATE INDEX report_order ON report (adcode IS NULL, adcode, district, year)",
    "CREATE INDEX figure_rejected ON figure (indicator, year, district_key) WHERE state = 'rejected'",
    "CREATE INDEX decision_cell ON decision (anchor) WHERE kind = 'cell'",
    """CREATE TABLE unchecked (               -- reports that have changed since the checks ran over them
    report_id INTEGER PRIMARY KEY REFERENCES report
)""",
    passages.INDEX,
    """CREATE TABLE lost (                     -- decisions on figures whose place is not in the text as read anew
    report_id INTEGER NOT NULL REFERENCES report,
    anchor TEXT NOT NULL,
    PRIMARY KEY (report_id, anchor)
) WITHOUT ROWID""",
)
STORE_3 = (
    """CREATE TABLE doubt (                    -- characters of a text that recognition is unsure of
    report_id INTEGER NOT NULL REFERENCES report,
    start INTEGER NOT NULL, stop INTEGER NOT NULL,
    sureness REAL NOT NULL                  -- 0 to 1
)""",
    "CREATE INDEX doubt_report ON doubt (report_id, start)",
    """CREATE TABLE side (                     -- decisions that stand side by side on one target since a merge
    report_id INTEGER NOT NULL REFERENCES report,
    kind TEXT NOT NULL, anchor TEXT NOT NULL,
    change_id INTEGER NOT NULL REFERENCES change,
    disputed INTEGER NOT NULL,              -- 1: they differ, and a third person has to look
    PRIMARY KEY (report_id, kind, anchor, change_id)
) WITHOUT ROWID""",
    "CREATE INDEX side_disputed ON side (report_id) WHERE disputed = 1",
    "CREATE INDEX decision_choice ON decision (anchor) WHERE kind = 'choice'",
    """CREATE TABLE person (                   -- how each reviewer is shown in this store
    reviewer_id TEXT PRIMARY KEY REFERENCES reviewer,
    name TEXT NOT NULL,                     -- the reviewer's, with something behind it where another has the same
    same_as TEXT NOT NULL                   -- the reviewer who stands for this person: itself, or as somebody said
)""",
    """CREATE TABLE merged (                   -- the stores that were merged into this file
    at TEXT NOT NULL,
    store_id TEXT NOT NULL, name TEXT NOT NULL,         -- the other store, and what its file was called
    first_change INTEGER NOT NULL, last_change INTEGER NOT NULL,    -- numbers that its changes have here; 0: none
    clock INTEGER NOT NULL                  -- logical time here once it was merged
)""",
    """CREATE TABLE named_store (              -- what the files of other stores were called
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL
)""",
    """CREATE TABLE held (                     -- what a store knew: when it had made `sequence` changes,
    store_id TEXT NOT NULL, sequence INTEGER NOT NULL,  -- it took in those of the other up to number `upto`
    other_id TEXT NOT NULL, upto INTEGER NOT NULL,
    PRIMARY KEY (store_id, sequence, other_id)
)""",
    """CREATE TABLE checked_by (               -- the thresholds of the checks, where not the usual ones
    limits TEXT NOT NULL
)""",
)
SOURCES_1 = (
    """CREATE TABLE source (
    sha256 TEXT PRIMARY KEY,
    body BLOB NOT NULL
)""",
)
PARTS = frozenset(statement for statement in (*STORE_1, *STORE_2, *STORE_3) if statement is not SERIES)
"""The tables and indexes that every whole store of SCHEMA holds, in these words."""


@contextmanager
def _without_pandas() -> Iterator[None]:
    """Hide pandas and numpy: sqlite-utils imports both where installed, which costs a second at the start."""
    hidden = [name for name in ("pandas", "numpy") if name not in sys.modules]
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]  # None makes the import raise ImportError
    try:
        yield
    finally:
        for name in hidden:
            sys.modules.pop(name, None)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring a store (an empty database too) to SCHEMA, each step one transaction."""
    _apply(connection, "hebao", (_store_1, _store_2, _store_3, _store_4))


def migrate_sources(connection: sqlite3.Connection) -> None:
    """Bring a file of sources (an empty database too) to its schema."""
    _apply(connection, "hebao-sources", (_sources_1,))


def _apply(connection: sqlite3.Connection, name: str, steps: tuple[Any, ...]) -> None:
    with _without_pandas():
        from sqlite_utils import Database, Migrations
    migrations = Migrations(name)
    for step in steps:
        migrations()(step)
    migrations.apply(Database(connection, recursive_triggers=False, execute_plugins=False))


def _store_1(db: Any) -> None:
    import uuid

    for statement in STORE_1:
        db.execute(statement)
    made = datetime.now(UTC).isoformat(timespec="seconds")
    db.execute("INSERT INTO store VALUES (?, ?, 0, 0)", [str(uuid.uuid4()), made])
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


def _store_2(db: Any) -> None:
    for statement in STORE_2:
        db.execute(statement)
    db.execute("INSERT INTO unchecked SELECT id FROM report")  # there are more checks now
    search.fill(db.conn)
    passages.fill(db.conn)
    db.execute("PRAGMA user_version = 2")


def _store_3(db: Any) -> None:
    for statement in STORE_3:
        db.execute(statement)
    db.execute("INSERT INTO person SELECT id, name, id FROM reviewer")
    # Which of several reports was imported first no longer rests on the number of its row, which no other store has.
    db.execute(
        """UPDATE report SET imported_at = substr(r.imported_at, 1, 19) || printf('.%06d', r.place) ||
            substr(r.imported_at, 20) FROM (SELECT id, imported_at, row_number() OVER
                (PARTITION BY imported_at ORDER BY id) - 1 AS place FROM report) r WHERE r.id = report.id"""
    )
    db.execute("PRAGMA user_version = 3")


def _store_4(db: Any) -> None:
    """Let what stands follow the rules of this schema, where these say something else, and keep older programs out.

    What was decided again elsewhere after it was taken back stands; times in two units may be one; figures can be named
    that make a cell.
    """
    if db.execute("SELECT 1 FROM change LIMIT 1").fetchone():  # a new store is made without all that folds
        from db import refolding

        refolding.follow_rules(db.conn)
    db.execute("PRAGMA user_version = 4")


def _sources_1(db: Any) -> None:
    for statement in SOURCES_1:
        db.execute(statement)
    db.execute(f"PRAGMA application_id = {SOURCES_ID}")
    db.execute("PRAGMA user_version = 1")


def schema() -> str:
    """Return the SQL of a fresh store and its file of sources, without the tables of migrations and search index."""
    return f"-- NAME.hebao\n\n{_sql(migrate)}\n-- NAME.hebao-sources\n\n{_sql(migrate_sources)}"


def _sql(apply: Any) -> str:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        apply(connection)
        others = ("\\_%", "search\\_%", "sqlite\\_%")
        kept = " AND ".join(f"tbl_name NOT LIKE '{other}' ESCAPE '\\'" for other in others)
        sql = f"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND {kept} ORDER BY rowid"
        rows = connection.execute(sql).fetchall()
    finally:
        connection.close()
    return "".join(f"{sql};\n\n" for (sql,) in rows)


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema(), encoding="utf-8", newline="\n")
