"""What comes next: doubtful items by suspicion x impact, then the rest down the text, and last what rules closed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from db.rows import FigureRow
from desktop.model import Severity
from desktop.ui.desk.opened import Opened

SURE = 0.8  # below that the machine's own confidence makes a figure doubtful
SUSPICION: Mapping[Severity, float] = {"error": 1.0, "warning": 0.8, "notice": 0.5}
MORE = 0.05  # for each further finding on the same figure
QUERIED, READ_ANEW, UNCLAIMED = 0.9, 0.7, 0.6
MAKES_CELL, MAKES_NONE = 1.0, 0.5


class Item(NamedTuple):
    """Something to decide on: a figure by its id, or a numeral that nothing claims, of which `figure` is None."""

    start: int
    end: int
    figure: int | None = None


def doubtful(opened: Opened) -> list[Item]:
    """Return what calls for attention, most of it first; items equally doubtful follow each other down the text.

    A figure is doubtful for its findings, for a query, for a machine that reads it otherwise now, for little
    confidence; a numeral because nothing claims it. Figures that make a cell count twice those that make none.
    """
    scored = []
    for figure in opened.figures:
        suspicion = _suspicion(opened, figure)
        if suspicion and figure.id not in opened.aside:
            impact = MAKES_CELL if figure.id in opened.makers else MAKES_NONE
            scored.append((-int(suspicion * impact * 100 + 0.5), Item(figure.start, figure.end, figure.id)))
    scored += [(-int(UNCLAIMED * 100), Item(n.start, n.end)) for n in opened.open_numerals]
    return [item for _, item in sorted(scored, key=lambda found: (found[0], found[1][:2]))]


def following(opened: Opened) -> list[Item]:
    """Return all that waits for a person: the doubtful first, then the others in text order, those closed last."""
    first = doubtful(opened)
    told = {item.figure for item in first} | opened.aside
    rest = [f for f in opened.figures if f.state in ("extracted", "auto") and f.id not in told]
    rest.sort(key=lambda figure: figure.state == "auto")
    return [*first, *(Item(f.start, f.end, f.id) for f in rest)]


def _suspicion(opened: Opened, figure: FigureRow) -> float:
    """Return how doubtful a figure is, 0 where nothing speaks against it or a person has decided."""
    if figure.id in opened.anew:
        return READ_ANEW
    if figure.state not in ("extracted", "auto", "queried"):
        return 0.0
    told = [row.finding.severity for row in opened.by_figure.get(figure.id, ()) if not row.dismissed]
    found = max((SUSPICION[severity] for severity in told), default=0.0) + MORE * max(len(told) - 1, 0)
    unsure = int((1 - figure.confidence) * 10 + 1e-9) / 10 if figure.confidence < SURE else 0.0
    return max(found, unsure, QUERIED if figure.state == "queried" else 0.0)
