"""The looks of a chart: colours, a line's by its district, a point's by its state; what numbers are divided by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop.charts.series import Panel
from desktop.text import say_in


@dataclass(frozen=True, slots=True)
class Colours:
    """What a chart is painted in; each of `lines` stands out 3 : 1 from the ground."""

    ground: str
    text: str
    muted: str
    grid: str
    band: str
    finding: str
    lines: tuple[str, ...]


LIGHT = Colours(
    "#ffffff", "#1f2429", "#57606a", "#e3e6ea", "#e6ebf0", "#a8300c",
    ("#0a5aa8", "#b5480a", "#17692f", "#7a3e9d", "#86660a", "#0f767b", "#a81c5f", "#4a5866"),
)  # fmt: skip
DARK = Colours(
    "#17191c", "#e2e5e9", "#a0a9b3", "#33383e", "#2b3138", "#ff9e7d",
    ("#7ab8f5", "#f2a65a", "#7fd596", "#c3a9f2", "#d9c65b", "#6fd3d6", "#f59ac2", "#b3bfca"),
)  # fmt: skip
MOST_DISTRICTS = len(LIGHT.lines)
"""Districts whose lines can be told apart in one chart."""
# A line's dashes tell it apart in a grey print as well.
DASHES: tuple[Any, ...] = ("-", (0, (6, 2)), (0, (2, 1.6)), (0, (7, 2, 1.5, 2)))
MEDIAN = (0, (3, 2))
# Shape as well as filling tells the states apart, so that a grey print does too: state -> (marker, filled).
MARKS = {
    "verified": ("o", "full"),
    "auto": ("D", "half"),
    "extracted": ("o", "hollow"),
    "queried": ("^", "hollow"),
    "not_reported": ("x", "hollow"),
}
APPROX = {"more": ">", "about": "≈", "less": "<", None: ""}


def line_look(place: int, colours: Colours) -> dict[str, Any]:
    """Return the look of a district's line."""
    return {"color": colours.lines[place % len(colours.lines)], "linestyle": DASHES[place % len(DASHES)]}


def mark_look(state: str, colour: str, ground: str) -> dict[str, Any]:
    """Return the look of a point; hollow marks are filled with the ground, so that the line does not show through."""
    marker, filling = MARKS[state]
    return {
        "marker": marker, "fillstyle": "left" if filling == "half" else "full", "linestyle": "none", "markersize": 7,
        "color": colour, "markerfacecolor": ground if filling == "hollow" else colour,
        "markerfacecoloralt": ground, "markeredgecolor": colour,
    }  # fmt: skip


def finding_look(colours: Colours) -> dict[str, Any]:
    """Return the look of the frame around a point that has open findings."""
    return {
        "marker": "s", "linestyle": "none", "markersize": 13, "color": colours.finding, "markerfacecolor": "none",
        "markeredgewidth": 1.4,
    }  # fmt: skip


def scale(panel: Panel, language: str) -> tuple[float, str]:
    """Return what a panel's values are divided by, and the unit as its title says it."""
    unit = panel.indicator.unit
    largest = max(map(abs, _stated(panel)), default=0.0)
    if panel.indicator.kind == "percent":
        return 1.0, unit
    if language == "zh":
        return (1e8, f"亿{unit}") if largest >= 1e8 else (1e4, f"万{unit}") if largest >= 1e5 else (1.0, unit)
    unit = say_in(language, "chart_yuan") if panel.indicator.kind == "money" else unit
    if largest >= 1e6:
        return 1e6, say_in(language, "chart_millions", unit=unit)
    return (1e3, say_in(language, "chart_thousands", unit=unit)) if largest >= 1e5 else (1.0, unit)


def limits(panel: Panel, factor: float) -> tuple[float, float]:
    """Return the lowest and highest y: from 0 for counts; around the values for percents, which crowd below 100."""
    values = [value / factor for value in _stated(panel)]
    if not values:
        return 0.0, 1.0
    low, high = min(values), max(values)
    if panel.indicator.kind == "percent":
        room = max(high - low, 3.0)
        floor = low - 0.5 * room
        return (max(0.0, floor) if low >= 0 else floor), high + 0.6 * room
    room = (high - min(low, 0.0)) or 1.0
    return (low - 0.3 * room if low < 0 else 0.0), high + 0.4 * room


def _stated(panel: Panel) -> Iterable[float]:
    yield from (point.value for line in panel.lines for point in line.points if point.value is not None)
    for spread in panel.spreads:
        yield from (spread.lower, spread.upper)
