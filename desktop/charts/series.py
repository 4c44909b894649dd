"""What a chart is drawn from: one district's indicators over the years, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop.indicators import Indicator
from desktop.model import Approx

COLUMNS = ("district", "indicator", "name_zh", "name_en", "unit", "year", "value", "approx", "state", "change")


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


@dataclass(frozen=True, slots=True)
class Point:
    """One year of one indicator; `report_id` leads back to the sentence."""

    indicator: str
    year: int
    value: float | None
    state: str
    approx: Approx | None
    report_id: int


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator over the years, a point a year at most, by year."""

    indicator: Indicator
    points: tuple[Point, ...]

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
class SeriesData:
    """One district's lines, and the language ("zh" or "en") that the chart speaks."""

    district: str
    lines: tuple[Line, ...]
    language: str

    @classmethod
    def of(
        cls, district: str, indicators: Sequence[Indicator], cells: Iterable[Valued], *, language: str
    ) -> SeriesData:
        """Gather the cells of some indicators into lines; a cell without a year is left out."""
        points: dict[str, dict[int, Point]] = {indicator.id: {} for indicator in indicators}
        for c in cells:
            if c.year is not None and c.indicator in points:
                point = Point(c.indicator, c.year, c.value, c.state, c.approx, c.report_id)
                points[c.indicator].setdefault(c.year, point)
        lines = (Line(i, tuple(points[i.id][year] for year in sorted(points[i.id]))) for i in indicators)
        return cls(district, tuple(lines), language)

    @property
    def points(self) -> tuple[Point, ...]:
        """Return every point that has a value."""
        return tuple(point for line in self.lines for point in line.points if point.value is not None)

    @property
    def years(self) -> range:
        """Return the years from the first to the last that is reported on, empty where there is none."""
        years = [point.year for line in self.lines for point in line.points]
        return range(min(years), max(years) + 1) if years else range(0)

    def rows(self) -> Iterator[list[str | int | float | None]]:
        """Yield the data under COLUMNS, a row a point."""
        for line in self.lines:
            i = line.indicator
            for p in line.points:
                value = int(p.value) if p.value is not None and p.value.is_integer() else p.value
                names = [self.district, i.id, i.name_zh, i.name_en, i.unit]
                yield [*names, p.year, value, p.approx, p.state, line.change(p)]
