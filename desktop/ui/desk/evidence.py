"""What bears on the current item: read when it is chosen, or a little before it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db import queries
from db.rows import ChangeRow, FigureRow, FindingRow, OtherYear
from desktop import workflow
from desktop.model import Figure, Numeral
from desktop.ui.desk.opened import Opened, Span
from desktop.ui.session import Session

Pieces = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure, or the numeral that nothing claims, with the three pieces of its sentence and what else bears on it.

    `here` are the figures of the sentence; `then` is what the machine read when a person decided, where it reads
    something else now; `changes` are those on the cell, newest first. `counts_for` are other indicators for whose
    cells it was named, `left_out` says that others were named for that of its own; `figures` are all of the report.
    """

    figure: FigureRow | None
    numeral: Numeral | None
    span: Span
    pieces: Pieces
    here: Sequence[FigureRow] = ()
    other_years: Sequence[OtherYear] = ()
    findings: Sequence[FindingRow] = ()
    compared: Sequence[FigureRow] = ()
    anew: bool = False
    then: Figure | None = None
    changes: Sequence[ChangeRow] = ()
    counts_for: Sequence[str] = ()
    left_out: bool = False
    figures: Sequence[FigureRow] = ()


class Gathered:
    """What it takes longest to read, kept until it may be another: the other years, and the changes."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._others: dict[str, list[OtherYear]] = {}
        self._changes: list[ChangeRow] | None = None

    def forget(self) -> None:
        """Let go of all: another report is open, or another year of it has changed."""
        self._others.clear()
        self._changes = None

    def forget_changes(self) -> None:
        """Let go of the changes: something was decided."""
        self._changes = None

    def other_years(self, opened: Opened, indicator: str | None) -> list[OtherYear]:
        """Return the figures of an indicator in the district's other years."""
        if indicator is None:
            return []
        if indicator not in self._others:
            self._others[indicator] = queries.other_years(self._session.store, opened.report.id, indicator)
        return self._others[indicator]

    def of_figure(self, opened: Opened, figure: FigureRow) -> Evidence:
        """Return what bears on one figure."""
        span = opened.sentence(figure.start, figure.end)
        findings = opened.by_figure.get(figure.id, [])
        spans = {place for row in findings for place in row.finding.figures}
        anew = figure.id in opened.anew
        counts_for = [i for i, said in opened.cells.items() if figure.anchor in said.get("figures", ())]
        alike = [f for f in opened.figures if f.id == figure.id or (f.indicator and f.indicator == figure.indicator)]
        decided = any(f.reviewer for f in alike) or bool(counts_for) or figure.indicator in opened.cells
        changes = self._all_changes(opened) if anew or decided else []
        then = workflow.reading_decided_on(changes, figure.anchor) if figure.machine is not None else None
        targets = {("figure", f.anchor) for f in alike} | {("cell", i) for i in (figure.indicator or "", *counts_for)}
        return Evidence(
            figure=figure,
            numeral=None,
            span=span,
            pieces=pieces(opened.text, span, figure.start, figure.end),
            here=opened.within(span),
            other_years=self.other_years(opened, figure.indicator),
            findings=findings,
            compared=[f for f in opened.figures if (f.start, f.end) in spans and f.id != figure.id],
            anew=anew,
            then=then,
            changes=[change for change in reversed(changes) if change.target in targets],
            counts_for=[indicator for indicator in counts_for if indicator != figure.indicator],
            left_out="figures" in opened.cells.get(figure.indicator or "", ()) and figure.indicator not in counts_for,
            figures=opened.figures,
        )

    def _all_changes(self, opened: Opened) -> list[ChangeRow]:
        if self._changes is None:
            self._changes = queries.history(self._session.store, opened.report.id)
        return self._changes


def of_numeral(opened: Opened, numeral: Numeral) -> Evidence:
    """Return what bears on a numeral that no figure claims: the sentence and the figures in it."""
    span = opened.sentence(numeral.start, numeral.end)
    return Evidence(
        figure=None,
        numeral=numeral,
        span=span,
        pieces=pieces(opened.text, span, numeral.start, numeral.end),
        here=opened.within(span),
    )


def pieces(text: str, span: Span, start: int, end: int) -> Pieces:
    """Return a sentence in three: before the place, the place, behind it."""
    return text[span[0] : start], text[start:end], text[end : span[1]]
