"""What the store hands out: one dataclass a kind of row; offsets count Unicode code points of the report's text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from db.touched import Reviewer as Reviewer
from db.touched import Touched as Touched
from desktop.terms import Approx, Kind, Level, ReportState, State

if TYPE_CHECKING:
    from desktop.model import Figure, Finding

Origin = Literal["machine", "person"]
CellState = Literal["extracted", "auto", "verified", "queried", "not_reported"]
Asked = Literal["verified", "decided", "all"]

CELL_STATES: tuple[CellState, ...] = ("extracted", "auto", "verified", "queried", "not_reported")
JOINT = " | "
"""Stands between the parts of an exported cell of several figures."""


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


@dataclass(slots=True)
class CellRow:
    """One cell of the exported table, or one that a person asserted; `value` is None where it is not reported.

    `unit` is that of the figures, the catalogue's where a person said of the cell itself what it is. `entered` says
    that a person entered the number in place of the figures'; `named` are the anchors of the figures that a person
    named for it, of which `figures` are those that stand. `findings` counts the open ones on its figures.
    """

    report_id: int
    district: str | None
    adcode: str | None
    city: str | None
    province: str | None
    year: int | None
    indicator: str
    value: float | None
    unit: str
    approx: Approx | None
    state: CellState
    figures: tuple[FigureRow, ...]
    source_sha256: str
    source_name: str
    reviewer: str | None
    decided_at: str | None
    comment: str
    findings: int
    program: str
    catalogue: str
    entered: bool = False
    named: tuple[str, ...] = ()


class ExportCell(NamedTuple):
    """One cell of the exported table as it is written out: CellRow says what the columns mean.

    `quotes` (sentences), `spans` ("start-end") and `printed` are those of its figures, " | " between them.
    """

    report: ReportRow
    indicator: str
    value: float | None
    unit: str
    approx: Approx | None
    state: CellState
    quotes: str
    spans: str
    printed: str
    reviewer: str | None
    decided_at: str | None
    comment: str
    findings: int
    entered: bool


@dataclass(slots=True)
class OtherYear:
    """A figure of the same district and indicator in another year, with the sentence it stands in."""

    year: int
    report_id: int
    figure: FigureRow
    sentence: str


class Hit(NamedTuple):
    """A sentence (`line`) in which a phrase that was searched for stands, and the phrase's span in the text."""

    report_id: int
    district: str | None
    adcode: str | None
    year: int | None
    state: ReportState
    start: int
    end: int
    line: str


@dataclass(slots=True)
class ChangeRow:
    """One recorded change: who, when, what, before, after, why.

    `verb` is that of the edit ("undo" and "redo" for those); `target` says what it is about ("figure", "cell", "fact",
    "report", "choice" or "finding") and which (an anchor, an indicator, a fact, …). `before` and `after` are what was
    decided, None for nothing; a figure's state "extracted" or a fact's "machine" says that the machine read it so.
    `reviewer` is the name that is shown here, `store` what the store's file is called in which the change was made.
    `undone` says that the change does not stand any more, `undone_by` is the UUID of the change that took it back. A
    change that takes another back names it in `undoes`, and in `about` the verb that was decided first. `quote` is a
    figure as printed; changes of one `group` were decided together.
    """

    uuid: str
    at: str
    reviewer: str
    verb: str
    target: tuple[str, str]
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str
    undone: bool
    undoes: str | None = None
    undone_by: str | None = None
    about: str = ""
    quote: str = ""
    group: str = ""
    store: str = ""
    reviewer_id: str = ""


@dataclass(frozen=True, slots=True)
class LostRow:
    """A decision on a figure that has no place in the report's text since that was read anew.

    `anchor` names it in the log; `quote` is the figure as printed in the text that it was decided in, with the words
    `before` and `after` it; the rest is what was decided.
    """

    report_id: int
    anchor: str
    quote: str
    before: str
    after: str
    value: Mapping[str, Any]
    reviewer: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of several decisions that differ: whose, when, in which store, what, and why.

    `change` is its UUID in the log; `kind`, `anchor` and `report_id` say what it is about, which may be another target
    than that of the dispute. `value` is what was decided, None for nothing; `span` its place in the present text.
    """

    change: str
    report_id: int
    kind: str
    anchor: str
    reviewer: str
    reviewer_id: str
    at: str
    store: str
    verb: str
    value: Mapping[str, Any] | None
    comment: str
    why: str
    span: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Dispute:
    """What several people decided differently, not knowing of each other: its sides in their order.

    `kind` and `anchor` say what it is about (as ChangeRow.target); of no single report `report_id` is 0. Of a figure,
    `span`, `quote` and `sentence` are where it stands in the present text: None and "" where it has no place.
    """

    report_id: int
    kind: str
    anchor: str
    indicator: str | None
    span: tuple[int, int] | None
    quote: str
    sentence: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge took in of another store (`name` of its file, `store_id`), and what came of it.

    `reports` are new here, `known_reports` were in both; of these `reread` have the other's reading now, of which
    `texts` another text. `agreements` are decisions that several people stand by since, `disputes` all that wait for a
    third person, `lost` decisions that have no place in the text any more. `indicators` are own indicators that are
    others now, `same_names` names that several people have, `versions` the other's of program and catalogue.
    """

    name: str
    store_id: str
    reports: int
    known_reports: int
    reread: int
    texts: int
    sources: int
    sources_missing: int
    reviewers: tuple[str, ...]
    changes: int
    agreements: int
    disputes: int
    lost: int
    indicators: tuple[str, ...]
    same_names: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    backup: Path | None


@dataclass(frozen=True, slots=True)
class MergeRow:
    """One store that was merged into this one: when (UTC), what its file was called, its id, and how many changes."""

    at: str
    name: str
    store_id: str
    changes: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One reviewer: as named and as shown here, who stands for the person, and the store in which first named."""

    reviewer_id: str
    name: str
    shown: str
    same_as: str
    store: str


@dataclass(slots=True)
class Status:
    """Where things stand, withdrawn reports left out: reports, figures by state, and cells by state."""

    reports: int = 0
    figures: dict[State, int] = field(default_factory=dict)
    cells: dict[CellState, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MachineRecord:
    """Of the figures of one indicator that people decided: read right, read wrong, and not read at all."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
