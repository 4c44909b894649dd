"""What the machine reads, on its way into the store: reports added, and read again without touching a decision."""

from __future__ import annotations

import sqlite3
import zlib
from array import array
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from db import folding, passages, search, stored
from db.folding import Row, encode, written
from db.settling import (
    Slot,
    district_key,
    mark_unchecked,
    settle_findings,
    slot_of,
)
from desktop.errors import UserError
from desktop.model import FACTS, Document, Extraction, Figure, Finding, Page

FIGURE = """INSERT INTO figure (report_id, start, stop, value, unit, approx, kind, indicator, confidence, because,
    state, anchor, district_key, year, id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'extracted', ?, ?, ?, ?)"""
DOUBT = "INSERT INTO doubt (report_id, start, stop, sureness) VALUES (?, ?, ?, ?)"
NOWHERE = (float("nan"),) * 4
CHUNK = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One report to be added: its document, its source's bytes, what the machine read, what the checks said."""

    document: Document
    source: bytes
    extraction: Extraction
    findings: Sequence[Finding] = ()


def refuse_known(db: sqlite3.Connection, documents: Sequence[Document]) -> None:
    """Raise UserError source_already_in_store for the first document whose source is in the store, or given twice."""
    known: set[str] = set()
    for at in range(0, len(documents), CHUNK):
        hashes = [document.source_sha256 for document in documents[at : at + CHUNK]]
        sql = f"SELECT source_sha256 FROM report WHERE source_sha256 IN ({', '.join('?' * len(hashes))})"
        known.update(sha256 for (sha256,) in db.execute(sql, hashes))
    for document in documents:
        if document.source_sha256 in known:
            raise UserError("source_already_in_store", name=document.name)
        known.add(document.source_sha256)


def add(db: sqlite3.Connection, entries: Sequence[Entry], program: str, catalogue: str) -> list[int]:
    """Write the rows of new reports and return their ids; of a district and year the first imported one counts."""
    first = int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM report").fetchone()[0])
    ids = list(range(first, first + len(entries)))
    facts = [asdict(entry.extraction.facts) for entry in entries]
    slots = [slot_of(district_key(fact), fact["year"]) for fact in facts]
    counting = _counting(db, slots)
    texts = {entry.document.text_sha256: entry.document.text for entry in entries}
    db.executemany("INSERT OR IGNORE INTO text VALUES (?, ?)", texts.items())
    reports, figures = [], []
    moments = _moments(len(ids))
    for report_id, entry, fact, slot, counts, imported in zip(
        ids, entries, facts, slots, counting, moments, strict=True
    ):
        document, extraction = entry.document, entry.extraction
        reports.append(
            (
                report_id, document.source_sha256, document.name, document.reader, document.text_sha256, imported,
                program, catalogue, encode(fact), *(fact[name] for name in FACTS),
                encode(fact["candidates"]), district_key(fact), int(counts), len(extraction.figures),
            )
        )  # fmt: skip
        figures += figure_rows(report_id, extraction.figures, slot if counts else None)
    db.executemany(
        f"""INSERT INTO report (id, source_sha256, source_name, reader, text_sha256, imported_at, program, catalogue,
            machine_facts, {", ".join(FACTS)}, candidates, district_key, counts, extracted,
            withdrawn, state, auto, verified, rejected, queried, findings)
        VALUES ({", ".join("?" * 22)}, 0, 'unreviewed', 0, 0, 0, 0, 0)""",
        reports,
    )
    db.executemany(FIGURE, figures)
    db.executemany(
        "INSERT INTO numerals VALUES (?, ?)",
        [(report_id, numerals(entry.extraction)) for report_id, entry in zip(ids, entries, strict=True)],
    )
    db.executemany(
        "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?, ?)",
        [page_row(i, page) for i, entry in zip(ids, entries, strict=True) for page in entry.document.pages],
    )
    db.executemany(DOUBT, [row for i, entry in zip(ids, entries, strict=True) for row in doubt_rows(i, entry.document)])
    bodies = [(i, entry.document.text) for i, entry in zip(ids, entries, strict=True)]
    search.enter(db, bodies)
    passages.enter(db, bodies)
    found = [(i, entry.findings) for i, entry in zip(ids, entries, strict=True) if entry.findings]
    for report_id, findings in found:
        _write_findings(db, report_id, findings)
    settle_findings(db, [report_id for report_id, _ in found])
    mark_unchecked(db, ids)
    return ids


def _moments(n: int) -> list[str]:
    """Return so many moments from now on in UTC, ISO 8601, each later than the one before it."""
    begun = datetime.now(UTC)
    return [(begun + timedelta(microseconds=at)).isoformat(timespec="microseconds") for at in range(n)]


def _counting(db: sqlite3.Connection, slots: Sequence[Slot | None]) -> list[bool]:
    """Return for each new report whether it counts: where its district and year are known and nothing counts there."""
    wanted = sorted({slot for slot in slots if slot is not None})
    taken: set[Slot] = set()
    for at in range(0, len(wanted), CHUNK):
        some = wanted[at : at + CHUNK]
        values = ", ".join(["(?, ?)"] * len(some))
        sql = f"SELECT district_key, year FROM report WHERE counts = 1 AND (district_key, year) IN (VALUES {values})"
        taken.update(db.execute(sql, [part for slot in some for part in slot]).fetchall())
    counting = []
    for slot in slots:
        counting.append(slot is not None and slot not in taken)
        if slot is not None:
            taken.add(slot)
    return counting


def figure_rows(
    report_id: int, figures: Iterable[Figure], slot: Slot | None, before: Sequence[Row] = (), taken: Iterable[str] = ()
) -> list[tuple[Any, ...]]:
    """Return rows of the machine's figures: a reading of a span that one of `before` has keeps its id and place.

    `taken` are the places that others have.
    """
    kept: dict[tuple[int, int], list[Row]] = {}
    for row in before:
        kept.setdefault((row.start, row.stop), []).append(row)
    fresh, again = [], []
    for figure in figures:
        same = kept.get((figure.start, figure.end)) if kept else None
        if same:
            again.append((figure, same.pop(0)))
        else:
            fresh.append(figure)
    used = {*taken, *(row.place for _, row in again)}
    rows = [_figure_row(report_id, figure, slot, row.anchor, row.id) for figure, row in again]
    for figure in fresh:
        place = anchor = f"{figure.start}-{figure.end}"
        if place in used:
            place = folding.free_anchor(figure.start, figure.end, used)
        used.add(place)
        rows.append(_figure_row(report_id, figure, slot, None if place == anchor else place, None))
    return rows


def _figure_row(
    report_id: int, figure: Figure, slot: Slot | None, anchor: str | None, figure_id: int | None
) -> tuple[Any, ...]:
    key, year = slot or (None, None)
    return (
        report_id, figure.start, figure.end, figure.value, figure.unit, figure.approx, figure.kind, figure.indicator,
        figure.confidence, written(figure.because), anchor, key, year, figure_id,
    )  # fmt: skip


def numerals(extraction: Extraction) -> str:
    """Return the numerals of a text as the store keeps them."""
    return encode([(numeral.start, numeral.end, numeral.numeral_class) for numeral in extraction.numerals])


def page_row(report_id: int, page: Page) -> tuple[Any, ...]:
    """Return a page as a row of its table."""
    boxes = array("f", (side for box in page.boxes for side in (NOWHERE if box is None else box)))
    if array("H", [1]).tobytes() != b"\1\0":
        boxes.byteswap()
    packed = zlib.compress(boxes.tobytes(), 1)
    return report_id, page.number, page.start, page.end, page.width, page.height, packed


def doubt_rows(report_id: int, document: Document) -> list[tuple[int, int, int, float]]:
    """Return the rows of the characters that recognition is unsure of."""
    return [(report_id, start, end, sureness) for start, end, sureness in document.doubts]


def unpack_boxes(packed: bytes) -> tuple[tuple[float, float, float, float] | None, ...]:
    """Return the boxes of a page's characters, in single precision."""
    sides = array("f")
    sides.frombytes(stored.unpacked(packed, "page.boxes"))
    if array("H", [1]).tobytes() != b"\1\0":
        sides.byteswap()
    quads = zip(*[iter(sides)] * 4, strict=True)
    return tuple(None if left != left else (left, top, right, bottom) for left, top, right, bottom in quads)


def write_findings(
    db: sqlite3.Connection, report_id: int, findings: Sequence[Finding], auto: AbstractSet[tuple[int, int]]
) -> bool:
    """Replace what the checks say of one report and return whether it reads differently now.

    `auto` are the spans of figures that a rule closed: these are "auto", the machine's others "extracted" again.
    """
    columns = "report_id, fingerprint, check_id, severity, figures, arguments, start, stop"
    sql = f"SELECT {columns} FROM finding WHERE report_id = ? ORDER BY rowid"
    other = db.execute(sql, (report_id,)).fetchall() != _finding_rows(report_id, findings)
    if other:
        db.execute("DELETE FROM finding WHERE report_id = ?", (report_id,))
        _write_findings(db, report_id, findings)
        settle_findings(db, [report_id])
    sql = "SELECT id, start, stop, state FROM figure WHERE report_id = ? AND state IN ('extracted', 'auto')"
    states = [
        (i, "auto" if (start, stop) in auto else "extracted", was)
        for i, start, stop, was in db.execute(sql, (report_id,))
    ]
    turned = [(state, state, figure_id) for figure_id, state, was in states if state != was]
    if turned:
        # Under a mere comment, what the machine reads is kept beside the columns: it is as closed as they are.
        db.executemany("UPDATE figure SET state = ?, machine = json_set(machine, '$.state', ?) WHERE id = ?", turned)
        sql = """UPDATE report SET (extracted, auto) = (SELECT count(*) FILTER (WHERE state = 'extracted'),
            count(*) FILTER (WHERE state = 'auto') FROM figure WHERE report_id = report.id) WHERE id = ?"""
        db.execute(sql, (report_id,))
    return other or bool(turned)


def _write_findings(db: sqlite3.Connection, report_id: int, findings: Sequence[Finding]) -> None:
    db.executemany("INSERT INTO finding VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _finding_rows(report_id, findings))


def _finding_rows(report_id: int, findings: Sequence[Finding]) -> list[tuple[Any, ...]]:
    return [
        (
            report_id, finding.fingerprint, finding.check, finding.severity, encode(finding.figures),
            encode(dict(finding.values)), *(finding.span or (None, None)),
        )
        for finding in findings
    ]  # fmt: skip
