"""Checks of a district's cells against those of its other years, and against the other districts of the year."""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Sequence

from desktop.cells import combine, named_cell
from desktop.checks import Checked, Context, check, finding
from desktop.indicators import Indicator
from desktop.model import Cell, Finding
from desktop.quantities import converted

ALIKE = 0.35  # log10: years within a factor of 2.2 of their median are one level
TENFOLD = 0.22  # log10: 6 to 16.6 times is a digit too many or too few
DEVIATIONS = 6.0  # as many robust standard deviations away from the other years
APART = 5.0  # as many from the year's districts
AGREE = 0.5  # log10: another year of the district within a factor of 3.2 speaks for the value
ROBUST = 1.4826  # MAD -> standard deviation
SMALL = {1: 100.0, 2: 30.0}  # what is smaller in both years moves by itself; fewer other years, more caution


@check("series_jump")
def series_jump(context: Context) -> Iterator[Finding]:
    """Raise a finding where a cell lies ten times, or otherwise far, from what the district states in other years.

    With one other year only ten times speaks; with more, only a cell that lies apart from years that agree.
    """
    for cell, figures, others in context.once("compared cells", _compared):
        if not others or cell.value <= 0:
            continue
        logs = [math.log10(value) for value in others.values()]
        centre = statistics.median(logs)
        off = math.log10(cell.value) - centre
        if max(cell.value, 10**centre) < SMALL[min(len(others), 2)]:
            continue
        agree = max(abs(log - centre) for log in logs) <= ALIKE
        tenfold = agree and abs(off) > 1 - TENFOLD and abs(off - round(off)) <= TENFOLD
        if tenfold or (len(others) > 2 and agree and _is_far(off, logs, centre, context.limits.jump_times)):
            year = min(others, key=lambda year: (abs(year - (context.facts.year or year)), year))
            ratio = 10 ** abs(math.log10(cell.value / others[year]))
            yield finding(
                "series_jump", "warning" if tenfold else "notice", figures,
                rests_on=[cell.indicator, cell.value, year, others[year]], indicator=cell.indicator, found=cell.value,
                year=str(year), expected=others[year], times=float(f"{ratio:.2g}"),
            )  # fmt: skip


@check("series_gap")
def series_gap(context: Context) -> Iterator[Finding]:
    """Raise a finding where the years between this report and the one before it have none of the district."""
    if context.gap:
        yield finding("series_gap", "notice", years="、".join(map(str, context.gap)))


@check("peer_outlier")
def peer_outlier(context: Context) -> Iterator[Finding]:
    """Raise a finding where a cell lies far from what the districts of its year state, and from its own other years."""
    for cell, figures, others in context.once("compared cells", _compared):
        peers, known = context.peers.get(cell.indicator), context.catalogue[cell.indicator]
        value = _in_unit(cell.value, cell.unit, known.unit, known)
        if peers is None or value is None or value <= 0:
            continue
        off = math.log10(value) - peers.centre
        if abs(off) < max(math.log10(context.limits.peer_times), APART * ROBUST * peers.spread):
            continue
        if not any(abs(math.log10(cell.value / other)) < AGREE for other in others.values()):
            yield finding(
                "peer_outlier", "notice", figures, rests_on=[cell.indicator, cell.value, off > 0],
                indicator=cell.indicator, found=value, expected=float(f"{10**peers.centre:.3g}"),
                districts=peers.number,
            )  # fmt: skip


def _compared(context: Context) -> list[tuple[Cell, list[Checked], dict[int, float]]]:
    """Return the report's cells with the figures that make each, and what the district's other years state of it.

    A number that a person entered has no figures. Zeros are left out, and what is stated in units of other meaning.
    """
    cells = [
        (cell, [context.figures[i] for i in cell.figures])
        for cell in combine(context.figures, context.catalogue)
        if cell.indicator not in context.entered and cell.indicator not in context.named
    ]
    for indicator, indexes in context.named.items():
        figures = [context.figures[i] for i in indexes]
        if made := named_cell(context.catalogue[indicator], figures):
            cells.append((made, figures))
    for indicator, value in context.entered.items():
        if value is not None:
            cells.append((Cell(indicator, value, context.catalogue[indicator].unit, None, ()), []))
    compared = []
    for cell, figures in cells:
        known = context.catalogue[cell.indicator]
        years = {year: told[cell.indicator] for year, told in context.years.items() if cell.indicator in told}
        stated = {year: _in_unit(other.value, other.unit, cell.unit, known) for year, other in years.items()}
        compared.append((cell, figures, {year: said for year, said in stated.items() if said and said > 0}))
    return compared


def _in_unit(value: float, unit: str, wanted: str, known: Indicator) -> float | None:
    """Return a value of an indicator as it is in another of its units, None where that cannot be told."""
    if known.kind == "duration":
        return converted(value, unit, wanted)
    return value if unit in (wanted, known.unit, *known.units) else None


def _is_far(off: float, logs: Sequence[float], centre: float, times: float) -> bool:
    spread = statistics.median(abs(log - centre) for log in logs)
    return abs(off) >= max(math.log10(times), DEVIATIONS * ROBUST * spread)
