"""One report as the desk shows it, read from the store in one go."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from db import queries
from db.rows import FigureRow, FindingRow, ReportRow
from desktop import workflow
from desktop.cells import combine
from desktop.indicators import Catalogue
from desktop.model import Numeral
from desktop.sentences import sentence_span
from desktop.ui.session import Session

Span = tuple[int, int]
WAITING = ("extracted", "auto")


@dataclass(slots=True)
class Opened:
    """A report, its text, its figures in text order, the findings by figure, and the numerals that no figure claims.

    `unclaimed` are all of those in text order, excluded ones as well; `swept` the open ones that a person passed over.
    `makers` are the ids of the figures that make a cell, `anew` of those that the machine reads otherwise since a
    person decided; `aside` of those put aside at this sitting. `cells` is what a person said of cells themselves.
    `paged` says whether its source has pages, `doubts` of which spans of the text recognition is unsure.
    """

    report: ReportRow
    text: str
    figures: list[FigureRow]
    findings: list[FindingRow]
    by_figure: dict[int, list[FindingRow]]
    unclaimed: list[Numeral] = field(default_factory=list)
    swept: frozenset[Span] = frozenset()
    makers: frozenset[int] = frozenset()
    anew: frozenset[int] = frozenset()
    aside: set[int] = field(default_factory=set)
    cells: dict[str, dict[str, Any]] = field(default_factory=dict)
    paged: bool = False
    doubts: list[tuple[int, int, float]] = field(default_factory=list)

    @property
    def open_findings(self) -> dict[int, int]:
        """Return how many findings that nobody dismissed each figure has."""
        counts = {figure: sum(not row.dismissed for row in rows) for figure, rows in self.by_figure.items()}
        return {figure: count for figure, count in counts.items() if count}

    @property
    def loose_findings(self) -> list[FindingRow]:
        """Return the findings that are about the report and none of its figures."""
        told = {id(row) for rows in self.by_figure.values() for row in rows}
        return [row for row in self.findings if id(row) not in told]

    @property
    def not_reported(self) -> list[str]:
        """Return the indicators that a person says the report does not state."""
        return [indicator for indicator, said in self.cells.items() if "not_reported" in said]

    @property
    def undecided(self) -> int:
        """Return how many figures wait for a person."""
        return sum(figure.state in ("extracted", "auto", "queried") for figure in self.figures)

    @property
    def open_numerals(self) -> list[Numeral]:
        """Return the numerals that nothing claims and nobody has passed over, in text order."""
        return [n for n in self.unclaimed if n.numeral_class == "open" and (n.start, n.end) not in self.swept]

    def makers_of(self, catalogue: Catalogue, indicator: str) -> list[int]:
        """Return the ids of the figures that make a cell by what they are read as."""
        standing = [figure for figure in self.figures if figure.state != "rejected" and figure.indicator == indicator]
        return [standing[i].id for cell in combine(standing, catalogue) for i in cell.figures]

    def sentence(self, start: int, end: int) -> Span:
        """Return the span of the sentence around a place."""
        return sentence_span(self.text, start, end)

    def within(self, span: Span) -> list[FigureRow]:
        """Return the figures that begin in a span of the text, in text order."""
        return [figure for figure in self.figures if span[0] <= figure.start < span[1]]


def read(session: Session, report_id: int, before: Opened | None = None) -> Opened:
    """Return a report as it stands now.

    Its text, which never changes, and what was put aside are taken from how it was `before`, where that is given.
    """
    store = session.store
    figures = queries.figures(store, report_id)
    findings = queries.findings(store, report_id)
    by_span: dict[Span, list[FindingRow]] = {}
    for row in findings:
        for span in row.finding.figures:
            by_span.setdefault(span, []).append(row)
    dismissed = queries.dismissals(store, report_id)
    opened = Opened(
        queries.report(store, report_id),
        queries.text(store, report_id) if before is None else before.text,
        figures,
        findings,
        {f.id: by_span[f.start, f.end] for f in figures if (f.start, f.end) in by_span},
        _unclaimed(queries.numerals(store, report_id), figures),
        cells=queries.said_of_cells(store, report_id),
        aside=set() if before is None else before.aside,
        paged=queries.has_pages(store, report_id) if before is None else before.paged,
        doubts=queries.doubts(store, report_id) if before is None else before.doubts,
    )
    opened.swept = frozenset(
        (n.start, n.end)
        for n in opened.unclaimed
        if n.numeral_class == "open"
        and workflow.numeral_mark(n.start, n.end, opened.text[n.start : n.end]) in dismissed
    )
    opened.makers = _makers(session, opened)
    opened.anew = _read_anew(session, opened, dismissed)
    return opened


def _unclaimed(numerals: list[Numeral], figures: list[FigureRow]) -> list[Numeral]:
    """Return the numerals under no figure, a rejected one included: what was rejected has been looked at."""
    left, place = [], 0
    for numeral in numerals:
        while place < len(figures) and figures[place].end <= numeral.start:
            place += 1
        if numeral.numeral_class != "figure" and (place == len(figures) or figures[place].start >= numeral.end):
            left.append(numeral)
    return left


def _makers(session: Session, opened: Opened) -> frozenset[int]:
    standing = [figure for figure in opened.figures if figure.state != "rejected"]
    by_name = {indicator: said["figures"] for indicator, said in opened.cells.items() if "figures" in said}
    named = {anchor for anchors in by_name.values() for anchor in anchors}
    made = [cell for cell in combine(standing, session.catalogue) if cell.indicator not in by_name]
    makers = {standing[i].id for cell in made for i in cell.figures}
    return frozenset(makers | {figure.id for figure in standing if figure.anchor in named})


def _read_anew(session: Session, opened: Opened, dismissed: dict[str, str]) -> frozenset[int]:
    """Return the decided figures that the machine reads otherwise than when a person decided, nobody having said so."""
    differing = [f for f in opened.figures if f.machine is not None and f.state not in WAITING]
    differing = [f for f in differing if workflow.reading_mark(f) not in dismissed]
    if not differing:
        return frozenset()
    changes = queries.history(session.store, opened.report.id)
    then = {f.id: workflow.reading_decided_on(changes, f.anchor) for f in differing}
    return frozenset(f.id for f in differing if not workflow.read_alike(then[f.id], f.machine))
