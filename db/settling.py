"""What follows from decisions for whole reports: their facts, which of them counts, their state and their numbers."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

from db import showing, stored
from db.folding import encode
from desktop.model import FACTS, STATES, Facts

SIGNED_OFF = {"state": "verified"}
OPENED_AGAIN = {"state": "in_review"}
OPEN_FINDINGS = """(SELECT count(*) FROM finding f WHERE f.report_id = report.id AND NOT EXISTS
    (SELECT 1 FROM decision d WHERE d.report_id = f.report_id AND d.kind = 'finding' AND d.anchor = f.fingerprint))"""

IN_DISPUTE = "EXISTS (SELECT 1 FROM side s WHERE s.report_id = report.id AND s.disputed = 1)"
FIRST_IMPORTED = "imported_at, source_sha256"
"""The order in which reports came; the same in every store that has them."""

WHOLE_STORE = 0  # stands for a report's id where a change is about none: its hashes of source and text are empty

Slot = tuple[str, int]
"""A district key and a year: where several reports may stand, and one counts."""


@dataclass(slots=True)
class Affected:
    """What a transaction has touched so far, to be settled before it is written."""

    reports: set[int] = field(default_factory=set)
    figures: set[int] = field(default_factory=set)
    slots: set[Slot] = field(default_factory=set)
    moved: set[int] = field(default_factory=set)
    indicators: set[str] = field(default_factory=set)


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def district_key(facts: Mapping[str, Any]) -> str | None:
    """Return the division code, else the district as named under its city or province; None where it is unknown.

    A report that names its city may name the province or not, from year to year: the city alone tells the place. A
    township's or a department's report is no district's: it has none.
    """
    if facts["level"] in ("township", "department"):
        return None
    if facts["adcode"]:
        return str(facts["adcode"])
    if facts["district"]:
        above = facts["city"] or facts["province"]
        return f"{above}/{facts['district']}" if above else str(facts["district"])
    return None


def slot_of(key: str | None, year: int | None) -> Slot | None:
    """Return the slot of a district key and a year, None where either is unknown."""
    return None if key is None or year is None else (key, year)


def slot_anchor(slot: Slot) -> str:
    """Return the name of a slot in the log."""
    return f"{slot[0]}/{slot[1]}"


def machine_facts(facts: Facts) -> str:
    """Return the machine's facts as the store keeps them."""
    return encode(asdict(facts))


def refresh_facts(db: sqlite3.Connection, report_id: int, affected: Affected) -> None:
    """Let a report's columns read the machine's facts with a person's corrections over them, and move its slot."""
    machine, old_key, old_year = db.execute(
        "SELECT machine_facts, district_key, year FROM report WHERE id = ?", (report_id,)
    ).fetchone()
    facts = stored.facts(machine, f"report {report_id}")
    sql = "SELECT anchor, value FROM decision WHERE report_id = ? AND kind = 'fact'"
    corrected = {
        fact: stored.decision("fact", fact, value, f"decision {report_id}/fact/{fact}")["value"]
        for fact, value in db.execute(sql, (report_id,))
    }
    facts.update(corrected)
    if corrected.keys() & {"adcode", "district"}:
        facts["candidates"] = []
    key = district_key(facts)
    columns = ", ".join(f"{name} = ?" for name in FACTS)
    db.execute(
        f"UPDATE report SET {columns}, candidates = ?, district_key = ? WHERE id = ?",
        (*(facts[name] for name in FACTS), encode(facts["candidates"]), key, report_id),
    )
    old, new = slot_of(old_key, old_year), slot_of(key, facts["year"])
    if old != new:
        db.execute("UPDATE report SET counts = 0 WHERE id = ?", (report_id,))
        affected.moved.add(report_id)
        affected.slots.update(slot for slot in (old, new) if slot is not None)


def settle(db: sqlite3.Connection, affected: Affected) -> None:
    """Bring counts, states and repeated keys of all affected up to date; `affected.reports` grows by neighbours."""
    for slot in sorted(affected.slots):
        affected.moved.update(_settle_slot(db, slot))
    for report_id in sorted(affected.moved):
        _repeat_key(db, report_id)
    for report_id in sorted(affected.reports):
        showing.hold_names(db, report_id)
        _settle_report(db, report_id)
    affected.reports |= affected.moved
    for key in sorted({key for key, _ in affected.slots}):  # what is compared with the report that came or went
        affected.reports.update(i for (i,) in db.execute("SELECT id FROM report WHERE district_key = ?", (key,)))
    mark_unchecked(db, affected.reports)


def mark_unchecked(db: sqlite3.Connection, report_ids: Iterable[int]) -> None:
    """Remember that reports have changed since the checks ran over them, until their findings are kept."""
    db.executemany("INSERT OR IGNORE INTO unchecked VALUES (?)", [(report_id,) for report_id in report_ids])


def mark_slot(db: sqlite3.Connection, report_id: int, affected: Affected) -> None:
    """Remember that which report counts for the district and year of a report may be another now."""
    key, year = db.execute("SELECT district_key, year FROM report WHERE id = ?", (report_id,)).fetchone()
    slot = slot_of(key, year)
    if slot is not None:
        affected.slots.add(slot)


def choices(db: sqlite3.Connection, slot: Slot) -> list[int]:
    """Return which reports of a slot a person chose to count, the last choice first: one, but for merges."""
    sql = """SELECT d.report_id FROM report r JOIN decision d ON d.report_id = r.id AND d.kind = 'choice'
            AND d.anchor = ? JOIN change c ON c.id = d.change_id WHERE r.district_key = ? AND r.year = ?
        ORDER BY c.clock DESC, c.store_id DESC, c.sequence DESC, c.uuid DESC"""
    return [report_id for (report_id,) in db.execute(sql, (slot_anchor(slot), *slot))]


def _settle_slot(db: sqlite3.Connection, slot: Slot) -> list[int]:
    """Let one report of a district and year count, and return all of them: the one chosen, else the first imported."""
    sql = f"SELECT id, counts, withdrawn FROM report WHERE district_key = ? AND year = ? ORDER BY {FIRST_IMPORTED}"
    members = db.execute(sql, slot).fetchall()
    standing = [report_id for report_id, _, withdrawn in members if not withdrawn]
    chosen = [report_id for report_id in choices(db, slot) if report_id in standing]
    winner = next(iter((*chosen, *standing)), None)
    flags = [(int(i == winner), i) for i, counts, _ in members if bool(counts) != (i == winner)]
    db.executemany("UPDATE report SET counts = ? WHERE id = ?", flags)
    return [report_id for report_id, _, _ in members]


def _repeat_key(db: sqlite3.Connection, report_id: int) -> None:
    """Repeat the district and year of a report in its figures while it counts, nothing while it does not."""
    key, year, counts = db.execute(
        "SELECT district_key, year, counts FROM report WHERE id = ?", (report_id,)
    ).fetchone()
    key, year = (key, year) if counts else (None, None)
    sql = """UPDATE figure SET district_key = ?, year = ?
        WHERE report_id = ? AND (district_key IS NOT ? OR year IS NOT ?)"""
    db.execute(sql, (key, year, report_id, key, year))


def _settle_report(db: sqlite3.Connection, report_id: int) -> None:
    """Bring the state and the numbers of one report up to date.

    It is as a person said last, signed off or opened again; else in review once anything was decided on it. With
    decisions that differ it is in review.
    """
    by_state = ", ".join(f"count(*) FILTER (WHERE state = '{state}')" for state in STATES)
    db.execute(
        f"""UPDATE report SET findings = {OPEN_FINDINGS},
            ({", ".join(STATES)}) = (SELECT {by_state} FROM figure WHERE report_id = report.id),
            state = iif({IN_DISPUTE}, 'in_review', CASE (SELECT value FROM decision d
                    WHERE d.report_id = report.id AND d.kind = 'report' AND d.anchor = 'state')
                WHEN ? THEN 'verified' WHEN ? THEN 'in_review' ELSE iif(EXISTS (SELECT 1 FROM decision d
                    WHERE d.report_id = report.id AND d.kind NOT IN ('report', 'choice')), 'in_review', 'unreviewed')
            END) WHERE id = ?""",
        (encode(SIGNED_OFF), encode(OPENED_AGAIN), report_id),
    )


def settle_findings(db: sqlite3.Connection, report_ids: Iterable[int]) -> None:
    """Count the findings of reports that nobody dismissed."""
    sql = f"UPDATE report SET findings = {OPEN_FINDINGS} WHERE id = ?"
    db.executemany(sql, [(report_id,) for report_id in report_ids])
