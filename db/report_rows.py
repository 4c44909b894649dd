"""What the store hands out of one report: its facts, its figures, its findings; all that its first page needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from desktop.model import Figure, Finding
    from desktop.terms import Approx, Kind, Level, ReportState, State

Origin = Literal["machine", "person"]

JOINT = " | "
"""Stands between the parts of an exported cell of several figures."""


@dataclass(frozen=True, slots=True)
class Reviewer:
    """A person whose decisions are recorded; `id` is a UUID, so that names may meet again in another store."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Touched:
    """What an edit, an undo or a redo did: its verb, and the reports and figures whose rows read differently now.

    `indicators` are the reviewers' own indicators that are others now, were added or taken away.
    """

    verb: str = ""
    reports: frozenset[int] = frozenset()
    figures: frozenset[int] = frozenset()
    indicators: frozenset[str] = frozenset()


@dataclass(slots=True)
class ReportRow:
    """One report as it stands now: facts with a person's corrections, state, and counts of its figures.

    `figures` counts all its figures, `decided` the verified and rejected ones, `findings` those not dismissed;
    `corrected` names the facts that a person corrected. Times are ISO 8601 in UTC.
    """

    id: int
    district: str | None
    adcode: str | None
    city: str | None
    province: str | None
    level: Level | None
    year: int | None
    title: str | None
    doc_number: str | None
    issuer: str | None
    candidates: tuple[str, ...]
    state: ReportState
    counts: bool
    withdrawn: bool
    source_sha256: str
    text_sha256: str
    source_name: str
    reader: str
    imported_at: str
    program: str
    catalogue: str
    figures: int
    decided: int
    findings: int
    corrected: frozenset[str] = frozenset()


@dataclass(slots=True)
class FigureRow:
    """One figure as it stands now.

    `anchor` names its place for good ("start-end" of the original reading, "#2" behind it for a second one there).
    `machine` is what the machine reads there now, where that differs from what a person decided; None besides.
    `reviewer` and `decided_at` are of the last decision or comment, None where there is none.
    """

    id: int
    report_id: int
    anchor: str
    start: int
    end: int
    quote: str
    value: float
    unit: str
    approx: Approx | None
    kind: Kind
    indicator: str | None
    confidence: float
    because: tuple[str, ...]
    state: State
    origin: Origin
    comment: str = ""
    reason: str = ""
    reviewer: str | None = None
    decided_at: str | None = None
    machine: Figure | None = None


@dataclass(slots=True)
class FindingRow:
    """A finding of a report, and whether a person dismissed it and why."""

    report_id: int
    finding: Finding
    dismissed: bool = False
    reason: str = ""
