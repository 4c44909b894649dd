"""How the figures of one report make cells: `first` takes the figure stated first, `sum` adds them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.indicators import Catalogue
from desktop.model import Approx, Cell


class Measured(Protocol):
    """Anything that has a figure's value, unit, approximation and indicator."""

    @property
    def value(self) -> float:
        """The number, its scale worked out."""
        ...

    @property
    def unit(self) -> str:
        """The measure word."""
        ...

    @property
    def approx(self) -> Approx | None:
        """How near the number is, None where it is exact."""
        ...

    @property
    def indicator(self) -> str | None:
        """The id of what it measures, None where it is none."""
        ...


def combine(figures: Sequence[Measured], catalogue: Catalogue) -> list[Cell]:
    """Return the cells that `figures` (in text order) make, in catalogue order; indexes point into `figures`."""
    parts: dict[str, list[int]] = {}
    for index, figure in enumerate(figures):
        if figure.indicator is not None and figure.indicator in catalogue:
            parts.setdefault(figure.indicator, []).append(index)
    cells = []
    for indicator in catalogue:
        if indicator not in parts:
            continue
        indexes = parts[indicator] if catalogue[indicator].combine == "sum" else parts[indicator][:1]
        first = figures[indexes[0]]
        approximations = [figures[i].approx for i in indexes if figures[i].approx is not None]
        total = first.value if len(indexes) == 1 else round(sum(figures[i].value for i in indexes), 6)
        cells.append(Cell(indicator, total, first.unit, approximations[0] if approximations else None, tuple(indexes)))
    return cells
