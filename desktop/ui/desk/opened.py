"""One report as the desk shows it, read from the store in one go."""

from __future__ import annotations

from dataclasses import dataclass

from db import queries
from db.rows import FigureRow, FindingRow, ReportRow
from desktop.sentences import sentence_span
from desktop.ui.desk.detail_pane import Evidence
from desktop.ui.session import Session


@dataclass(slots=True)
class Opened:
    """A report, its text, its figures in text order, and the findings by figure."""

    report: ReportRow
    text: str
    figures: list[FigureRow]
    findings: list[FindingRow]
    by_figure: dict[int, list[FindingRow]]

    @property
    def open_findings(self) -> dict[int, int]:
        """Return how many findings that nobody dismissed each figure has."""
        counts = {figure: sum(not row.dismissed for row in rows) for figure, rows in self.by_figure.items()}
        return {figure: count for figure, count in counts.items() if count}

    @property
    def loose_findings(self) -> list[FindingRow]:
        """Return the open findings that are about the report and none of its figures."""
        told = {id(row) for rows in self.by_figure.values() for row in rows}
        return [row for row in self.findings if not row.dismissed and id(row) not in told]

    @property
    def undecided(self) -> int:
        """Return how many figures wait for a person."""
        return sum(figure.state in ("extracted", "auto", "queried") for figure in self.figures)


def read(session: Session, report_id: int, text: str | None = None) -> Opened:
    """Return a report as it stands now; its text, which never changes, is read only where it is not given."""
    store = session.store
    figures = queries.figures(store, report_id)
    findings = queries.findings(store, report_id)
    by_span: dict[tuple[int, int], list[FindingRow]] = {}
    for row in findings:
        for span in row.finding.figures:
            by_span.setdefault(span, []).append(row)
    by_figure = {f.id: by_span[f.start, f.end] for f in figures if (f.start, f.end) in by_span}
    return Opened(
        queries.report(store, report_id),
        queries.text(store, report_id) if text is None else text,
        figures,
        findings,
        by_figure,
    )


def evidence(session: Session, opened: Opened, figure: FigureRow) -> tuple[Evidence, tuple[int, int]]:
    """Return what bears on one figure, and the span of its sentence."""
    text = opened.text
    low, high = sentence_span(text, figure.start, figure.end)
    pieces = (text[low : figure.start], text[figure.start : figure.end], text[figure.end : high])
    others = queries.other_years(session.store, opened.report.id, figure.indicator) if figure.indicator else []
    return Evidence(figure, pieces, others, opened.by_figure.get(figure.id, [])), (low, high)
