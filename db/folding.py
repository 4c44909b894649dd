"""One figure as machine and person have it: how a decision folds over the machine's reading of the same place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db import stored
from db.rows import Origin
from desktop.terms import Approx, Kind, State

if TYPE_CHECKING:
    from desktop.model import Figure

Value = dict[str, Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

COLUMNS = """f.id, f.report_id, f.start, f.stop, f.value, f.unit, f.approx, f.kind, f.indicator, f.confidence,
    f.because, f.state, f.anchor, f.machine"""
WRITTEN = (
    "start", "stop", "value", "unit", "approx", "kind", "indicator", "confidence", "because", "state", "anchor",
    "machine",
)  # fmt: skip
DECIDED: tuple[State, ...] = ("verified", "rejected", "queried")
READ = ("start", "end", "value", "unit", "approx", "kind", "indicator")


@dataclass(slots=True)
class Row:
    """A row of the figure table; `machine` is JSON of the reading under a decision, `decided` says that one stands."""

    id: int | None
    report_id: int
    start: int
    stop: int
    value: float
    unit: str
    approx: Approx | None
    kind: Kind
    indicator: str | None
    confidence: float
    because: str
    state: State
    anchor: str | None = None
    machine: str | None = None
    decided: bool = False

    @property
    def place(self) -> str:
        """Return the anchor that names the figure's place in decisions."""
        return self.anchor or f"{self.start}-{self.stop}"

    def overlaps(self, span: tuple[int, int]) -> int:
        """Return how many characters the figure shares with a span."""
        return overlap((self.start, self.stop), span)

    def reading(self) -> Value | None:
        """Return what the machine reads here, None where only a person has a figure."""
        if self.decided:
            return None if self.machine is None else stored.reading(self.machine, f"figure {self.id}")
        read = {"confidence": self.confidence, "because": words(self.because), "state": self.state}
        return {**self._measured(), **read}

    def shown(self) -> Value:
        """Return the figure as a change keeps it, without comment or reason: what reads in its columns."""
        return {"state": self.state, **self._measured()}

    def _measured(self) -> Value:
        return {
            "start": self.start,
            "end": self.stop,
            "value": self.value,
            "unit": self.unit,
            "approx": self.approx,
            "kind": self.kind,
            "indicator": self.indicator,
        }


def encode(value: object) -> str:
    """Return JSON as the store keeps it."""
    return _ENCODER.encode(value)


@lru_cache(maxsize=8192)
def written(because: tuple[str, ...]) -> str:
    """Return the JSON of the words that decided an indicator."""
    return encode(because)


@lru_cache(maxsize=8192)
def words(because: str) -> tuple[str, ...]:
    """Return the words that decided an indicator from their JSON."""
    return stored.words(because, "figure.because")


def stands(kind: str, value: Value | None) -> bool:
    """Return whether a value in the log is a person's: of a figure a decision or a comment, of a fact a correction."""
    if value is None:
        return False
    if kind == "figure":
        return value["state"] in DECIDED or bool(value["comment"])
    return "machine" not in value


def reading_of(figure: Figure) -> Value:
    """Return a machine's figure as the store keeps it under a decision."""
    kept = {name: getattr(figure, name) for name in READ}
    return {**kept, "confidence": figure.confidence, "because": figure.because, "state": "extracted"}


def machine_figure(reading: Value) -> Figure:
    """Return the machine's reading under a decision as a figure."""
    from desktop.model import Figure

    kept = {name: reading[name] for name in READ}
    return Figure(**kept, confidence=reading["confidence"], because=tuple(reading["because"]))


def differs(reading: Value, row: Row) -> bool:
    """Return whether the machine reads something else than what stands in the columns."""
    shown = row.shown()
    return any(reading[name] != shown[name] for name in READ)


def fold(row: Row, value: Value | None) -> Row | None:
    """Return a row as it reads once `value` stands; None where neither machine nor person has a figure there."""
    reading = row.reading()
    decided = stands("figure", value)
    source = value if decided else reading
    if source is None:
        return None
    if reading is not None and source["state"] not in DECIDED:
        source = reading  # under a mere comment, what the machine reads now
    own = f"{source['start']}-{source['end']}"
    return replace(
        row,
        start=source["start"],
        stop=source["end"],
        value=source["value"],
        unit=source["unit"],
        approx=source["approx"],
        kind=source["kind"],
        indicator=source["indicator"],
        confidence=1.0 if reading is None else reading["confidence"],
        because="[]" if reading is None else written(tuple(reading["because"])),
        state=source["state"],
        anchor=None if row.place == own and not decided else row.place,
        machine=None if reading is None or not decided else encode(reading),
        decided=decided,
    )


def blank(report_id: int, value: Value | None) -> Row:
    """Return the row of a figure that only a person has: sure of itself, as far as the machine is asked."""
    if value is None:
        raise ValueError("a figure that nobody has cannot be taken away")
    return Row(
        None, report_id, value["start"], value["end"], value["value"], value["unit"], value["approx"], value["kind"],
        value["indicator"], 1.0, "[]", value["state"], decided=True,
    )  # fmt: skip


def free_anchor(start: int, end: int, taken: Iterable[str]) -> str:
    """Return "start-end", or with "#2", "#3", … behind it where that is taken."""
    used = set(taken)
    anchor, number = f"{start}-{end}", 1
    while anchor in used:
        number += 1
        anchor = f"{start}-{end}#{number}"
    return anchor


def span_of(anchor: str) -> tuple[int, int]:
    """Return the half-open span that an anchor was made from."""
    start, end = anchor.partition("#")[0].split("-")
    return int(start), int(end)


def overlap(a: tuple[int, int], b: tuple[int, int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def origin_of(value: Value | None) -> Origin:
    """Return who found the figure that a decision is about."""
    return "machine" if value is None or value["origin"] == "machine" else "person"


def rows_of(db: sqlite3.Connection, report_id: int) -> list[Row]:
    """Return the rows of one report's figures in text order."""
    sql = f"""SELECT {COLUMNS}, d.anchor IS NOT NULL FROM figure f
        LEFT JOIN decision d ON d.report_id = f.report_id AND d.kind = 'figure'
            AND d.anchor = coalesce(f.anchor, f.start || '-' || f.stop)
        WHERE f.report_id = ? ORDER BY f.start, f.stop, f.id"""
    return [Row(*row) for row in db.execute(sql, (report_id,))]


def row_by_id(db: sqlite3.Connection, figure_id: int) -> Row:
    """Return the row of one figure; KeyError where there is none."""
    row = db.execute(f"SELECT {COLUMNS} FROM figure f WHERE f.id = ?", (figure_id,)).fetchone()
    if row is None:
        raise KeyError(figure_id)
    stored.check_figure(row, stored.LONGEST_NUMBER)
    return Row(*row)


def insert(db: sqlite3.Connection, row: Row) -> int:
    """Write a new row and return its id; its report's district and year are repeated in it."""
    cursor = db.execute(
        f"""INSERT INTO figure (report_id, {", ".join(WRITTEN)}, district_key, year)
        SELECT id, {", ".join("?" * len(WRITTEN))}, iif(counts, district_key, NULL), iif(counts, year, NULL)
        FROM report WHERE id = ?""",
        (*(getattr(row, name) for name in WRITTEN), row.report_id),
    )
    return int(cursor.lastrowid or 0)


def update(db: sqlite3.Connection, before: Row, row: Row) -> None:
    """Write what has changed of a row, and nothing else: an index on what stays is left alone."""
    changed = [name for name in WRITTEN if getattr(row, name) != getattr(before, name)]
    if changed:
        sql = f"UPDATE figure SET {', '.join(f'{name} = ?' for name in changed)} WHERE id = ?"
        db.execute(sql, (*(getattr(row, name) for name in changed), row.id))


def remove(db: sqlite3.Connection, row: Row) -> None:
    """Take a row out: nobody has a figure there any more."""
    db.execute("DELETE FROM figure WHERE id = ?", (row.id,))
