"""What a chart is drawn from, as plain data: panels of lines over the years, and the spread of peers behind."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from desktop.indicators import Indicator
from desktop.model import Approx

FEWEST = 3
"""Districts that must state an indicator in a year before they have quartiles."""
COLUMNS = (
    "district", "indicator", "name_zh", "name_en", "unit", "year", "value", "approx", "state", "change", "findings",
    "line", "districts",
)  # fmt: skip


class Valued(Protocol):
    """A cell of one district's series: its value is None where the report is said not to have it."""

    @property
    def year(self) -> int | None:
        """Return the year reported on."""

    @property
    def indicator(self) -> str:
        """Return the indicator's id."""

    @property
    def value(self) -> float | None:
        """Return the number, None where it is not reported."""

    @property
    def approx(self) -> Approx | None:
        """Return how the number is approximate."""

    @property
    def state(self) -> str:
        """Return the cell's state."""

    @property
    def report_id(self) -> int:
        """Return the report that it comes from."""

    @property
    def findings(self) -> int:
        """Return how many open findings there are on its figures."""


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one indicator; `report_id` leads back to the sentence, `findings` counts the open ones."""

    indicator: str
    year: int
    value: float | None
    state: str
    approx: Approx | None
    report_id: int
    findings: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator of one district over the years, a point a year at most, by year; `place` is the district's."""

    indicator: Indicator
    points: tuple[Point, ...]
    district: str = ""
    place: int = 0

    def change(self, point: Point) -> float | None:
        """Return the change against the year before: percentage points of a percent, else a share (0.1 is +10%).

        None where either year has no value, or the year before is 0.
        """
        before = next((p.value for p in self.points if p.year == point.year - 1), None)
        if point.value is None or before is None:
            return None
        if self.indicator.kind == "percent":
            return round(point.value - before, 6)
        return round((point.value - before) / before, 6) if before else None


@dataclass(frozen=True, slots=True)
class Spread:
    """How the values of `districts` districts lie in one year."""

    year: int
    lower: float
    median: float
    upper: float
    districts: int

    @classmethod
    def of(cls, year: int, values: Sequence[float]) -> Spread | None:
        """Return median and quartiles (both ends counted in), None of fewer than FEWEST values."""
        if len(values) < FEWEST:
            return None
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(year, lower, median, upper, len(values))


@dataclass(frozen=True, slots=True)
class Panel:
    """One indicator: a line a district, and by year the spread of those it is held against."""

    indicator: Indicator
    lines: tuple[Line, ...]
    spreads: tuple[Spread, ...] = ()


@dataclass(frozen=True, slots=True)
class SeriesData:
    """The panels of a chart, the districts in them, and the language ("zh" or "en") that it speaks.

    `against` says whose the spreads are, `years` from which year to which it reaches, empty where it has nothing.
    """

    districts: tuple[str, ...]
    panels: tuple[Panel, ...]
    language: str
    against: str = ""
    years: range = field(default=range(0))

    @classmethod
    def of(
        cls,
        cells: Mapping[str, Iterable[Valued]],
        indicators: Sequence[Indicator],
        *,
        language: str,
        years: tuple[int | None, int | None] = (None, None),
    ) -> SeriesData:
        """Gather the cells of some indicators, by district's name, into a panel an indicator.

        A cell without a year, or before the first or after the last of `years`, is left out.
        """
        points: dict[tuple[str, str], dict[int, Point]] = {}
        for district, some in cells.items():
            for c in some:
                if c.year is not None and (years[0] or c.year) <= c.year <= (years[1] or c.year):
                    point = Point(c.indicator, c.year, c.value, c.state, c.approx, c.report_id, c.findings)
                    points.setdefault((district, c.indicator), {}).setdefault(c.year, point)
        panels = []
        for i in indicators:
            found = (points.get((district, i.id), {}) for district in cells)
            lines = (
                Line(i, tuple(some[year] for year in sorted(some)), district, place)
                for place, (district, some) in enumerate(zip(cells, found, strict=True))
            )
            panels.append(Panel(i, tuple(lines)))
        stated = {year for i in indicators for district in cells for year in points.get((district, i.id), ())}
        reach = range(years[0] or min(stated), (years[1] or max(stated)) + 1) if stated else range(0)
        return cls(tuple(cells), tuple(panels), language, years=reach)

    def held_against(self, whose: str, peers: Mapping[str, Mapping[int, Sequence[float]]]) -> SeriesData:
        """Return these panels before the spread of their peers: indicator -> year -> the values of the districts."""
        panels = []
        for panel in self.panels:
            by_year = peers.get(panel.indicator.id, {})
            spreads = (Spread.of(year, by_year.get(year, ())) for year in self.years)
            panels.append(replace(panel, spreads=tuple(spread for spread in spreads if spread is not None)))
        return replace(self, panels=tuple(panels), against=whose)

    def without(self, hidden: Iterable[str]) -> SeriesData:
        """Return these panels without the lines of some districts, and, where "" is among them, without the spread."""
        left = set(hidden)
        panels = (
            replace(
                panel,
                lines=tuple(line for line in panel.lines if line.district not in left),
                spreads=() if "" in left else panel.spreads,
            )
            for panel in self.panels
        )
        return replace(self, panels=tuple(panels))

    @property
    def lines(self) -> tuple[Line, ...]:
        """Return every line, panel by panel."""
        return tuple(line for panel in self.panels for line in panel.lines)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return every point that has a value."""
        return tuple(point for line in self.lines for point in line.points if point.value is not None)

    def rows(self) -> Iterator[list[str | int | float | None]]:
        """Yield the data under COLUMNS, a row a point, then a row a quartile; "line" tells them apart."""
        for panel in self.panels:
            i = panel.indicator
            names = [i.id, i.name_zh, i.name_en, i.unit]
            for line in panel.lines:
                for p in line.points:
                    told = [_plain(p.value), p.approx, p.state, line.change(p), p.findings, "district", None]
                    yield [line.district, *names, p.year, *told]
            for s in panel.spreads:
                for name, value in (("lower_quartile", s.lower), ("median", s.median), ("upper_quartile", s.upper)):
                    yield [self.against, *names, s.year, _plain(value), *[None] * 4, name, s.districts]


def _plain(value: float | None) -> float | int | None:
    return int(value) if value is not None and value.is_integer() else value


def runs(spreads: Iterable[Spread]) -> Iterator[list[Spread]]:
    """Yield spreads, which come by year, in runs of years without a gap."""
    run: list[Spread] = []
    for spread in spreads:
        if run and spread.year != run[-1].year + 1:
            yield run
            run = []
        run.append(spread)
    if run:
        yield run
