"""How the figures of one report make cells: `first` takes the figure stated first, `sum` adds them.

Which figures make a cell a person may say as well, by naming them: these are added, whatever each is read as.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from desktop.indicators import Catalogue, Indicator
from desktop.model import Approx, Cell
from desktop.quantities import in_unit


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
        approx = next((figures[i].approx for i in indexes if figures[i].approx is not None), None)
        total = added([figures[i].value for i in indexes])
        cells.append(Cell(indicator, total, figures[indexes[0]].unit, approx, tuple(indexes)))
    return cells


def named_cell(indicator: Indicator, figures: Sequence[Measured]) -> Cell | None:
    """Return the cell that a person named all of `figures` for, in the indicator's unit; None where there are none."""
    total = named_value(indicator.unit, [(figure.value, figure.unit) for figure in figures])
    approx = next((figure.approx for figure in figures if figure.approx is not None), None)
    return None if total is None else Cell(indicator.id, total, indicator.unit, approx, tuple(range(len(figures))))


def named_value(unit: str, stated: Sequence[tuple[float, str]]) -> float | None:
    """Return what values, each with its unit, make together in the unit of an indicator; None for none of them."""
    return added([in_unit(value, own, unit) for value, own in stated]) if stated else None


def added(values: Sequence[float]) -> float:
    """Return what the values of figures make together, of a single one itself; ValueError for none."""
    if not values:
        raise ValueError("no figure makes no cell")
    return values[0] if len(values) == 1 else round(sum(values), 6)
