"""Which of two machines' readings of one source stays where two stores meet, and how it is taken over."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

from db import carrying, rereading, stored
from db.folding import COLUMNS, words
from db.intake import unpack_boxes
from desktop.model import Document, Extraction, Facts, Figure, Numeral, Page

Rank = tuple[tuple[int, ...], tuple[int, ...], str, str, str, str, str]
"""By what readings are ordered; of two the greater stays, in whatever order stores meet."""


def rank(db: sqlite3.Connection, report_id: int) -> Rank:
    """Return the rank of a report's reading: newer program, newer catalogue, then whatever tells two apart."""
    program, catalogue, text, reader, facts, classes = db.execute(
        """SELECT r.program, r.catalogue, r.text_sha256, r.reader, r.machine_facts, n.classes FROM report r
        LEFT JOIN numerals n ON n.report_id = r.id WHERE r.id = ?""",
        (report_id,),
    ).fetchone()
    plain = catalogue.partition("+")[0]
    return _numbers(program), _numbers(plain), f"{program} {catalogue}", text, reader, facts, classes or ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in re.findall("[0-9]{1,9}", version)[:8])


def take_earlier(their: sqlite3.Connection, db: sqlite3.Connection, report_id: int, here: int) -> bool:
    """Let a report have come when it came to the first of both, by the name it had there; return whether that moved."""
    sql = "SELECT imported_at, source_name FROM report WHERE id = ?"
    first, mine = their.execute(sql, (report_id,)).fetchone(), db.execute(sql, (here,)).fetchone()
    if first >= mine:
        return False
    db.execute("UPDATE report SET (imported_at, source_name) = (?, ?) WHERE id = ?", (*first, here))
    return True


def take(their: sqlite3.Connection, db: sqlite3.Connection, report_id: int, here: int) -> bool:
    """Give a report here the reading that another store has, its text as well; return whether the text is another.

    What people decided stays where its quote stands (db.rereading).
    """
    sql = """SELECT source_sha256, text_sha256, source_name, reader, program, catalogue, machine_facts FROM report
        WHERE id = ?"""
    sha256, text_sha256, name, reader, program, catalogue, facts = their.execute(sql, (report_id,)).fetchone()
    mine = db.execute("SELECT text_sha256 FROM report WHERE id = ?", (here,)).fetchone()[0]
    if mine != text_sha256:
        body = db.execute("SELECT body FROM text WHERE sha256 = ?", (text_sha256,)).fetchone()[0]
        document = Document(name, reader, sha256, body, tuple(_pages(their, report_id)))
        rereading.change_text(db, here, document)
    else:
        db.execute("UPDATE report SET reader = ? WHERE id = ?", (reader, here))
    db.execute("DELETE FROM doubt WHERE report_id = ?", (here,))
    doubts = their.execute("SELECT start, stop, sureness FROM doubt WHERE report_id = ?", (report_id,))
    db.executemany("INSERT INTO doubt VALUES (?, ?, ?, ?)", [(here, *doubt) for doubt in doubts])
    length = db.execute("SELECT length(body) FROM text WHERE sha256 = ?", (text_sha256,)).fetchone()[0]
    figures, numerals = _figures(their, report_id, length), _numerals(their, report_id)
    read = Extraction(_facts(facts, report_id), tuple(figures), tuple(numerals))
    rereading.read_again(db, here, read, program, catalogue)
    return bool(mine != text_sha256)


def _facts(told: str, report_id: int) -> Facts:
    facts = stored.facts(told, f"report {report_id}")
    return Facts(**{**{name: facts[name] for name in Facts.__slots__}, "candidates": tuple(facts["candidates"])})


def _pages(db: sqlite3.Connection, report_id: int) -> list[Page]:
    sql = "SELECT number, start, stop, width, height, boxes FROM page WHERE report_id = ? ORDER BY number"
    return [Page(*(*page, unpack_boxes(boxes))) for *page, boxes in db.execute(sql, (report_id,))]


def _numerals(db: sqlite3.Connection, report_id: int) -> list[Numeral]:
    sql, what = "SELECT classes FROM numerals WHERE report_id = ?", f"numerals {report_id}"
    return [Numeral(*one) for (classes,) in db.execute(sql, (report_id,)) for one in stored.numerals(classes, what)]


def _figures(db: sqlite3.Connection, report_id: int, length: int) -> list[Figure]:
    """Return what the machine reads of a report whose text is so long, under decisions too, in text order."""
    sql = f"""SELECT {COLUMNS}, EXISTS (SELECT 1 FROM decision d WHERE d.report_id = f.report_id AND d.kind = 'figure'
            AND d.anchor = coalesce(f.anchor, f.start || '-' || f.stop)) FROM figure f WHERE f.report_id = ?"""
    found: list[Figure] = []
    for raw in db.execute(sql, (report_id,)).fetchall():
        stored.check_figure(raw[:-1], length)
        read: tuple[Any, ...] | None = carrying.as_read(raw)
        if read is not None:
            start, end, value, unit, approx, kind, indicator, confidence, because, _ = read
            found.append(Figure(start, end, value, unit, approx, kind, indicator, confidence, words(because)))
    return sorted(found, key=lambda figure: (figure.start, figure.end))
