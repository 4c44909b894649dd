"""Which figure comes next: the doubtful ones first, those with findings before those of low confidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.rows import FigureRow


def doubtful(figures: Sequence[FigureRow], findings: Mapping[int, int]) -> list[int]:
    """Return the ids of the figures nobody has decided, most doubtful first.

    `figures` are in text order, `findings` counts open findings by figure id. Confidence counts in steps of a tenth,
    so that figures equally sure follow each other down the text.
    """
    waiting = [(index, figure) for index, figure in enumerate(figures) if figure.state == "extracted"]
    waiting.sort(key=lambda place: (-findings.get(place[1].id, 0), int(place[1].confidence * 10), place[0]))
    return [figure.id for _, figure in waiting]


def next_doubtful(figures: Sequence[FigureRow], findings: Mapping[int, int], after: int | None) -> int | None:
    """Return the most doubtful figure other than `after`; None when every other one is decided."""
    return next((figure_id for figure_id in doubtful(figures, findings) if figure_id != after), None)
