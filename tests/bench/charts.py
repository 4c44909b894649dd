"""Charts against their floors: the bare matplotlib draw of the same lines, and set_data with a draw of those.

Run `python -m tests.bench.charts`. The lines are made: ten years of one district, of eight districts, twelve small
multiples, and one before the spread of its peers. Ratios of medians of one run; targets 1.5 for the first chart on a
figure, 2 for the next one on it.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from desktop import charts, indicators
from desktop.indicators import Indicator
from desktop.model import Approx
from tests.bench.timing import tell

SIZE = (10.8, 7.6)
YEARS = range(2015, 2025)
CATALOGUE = list(indicators.load().values())


@dataclass
class Cell:
    indicator: str
    year: int
    value: float
    state: str = "verified"
    approx: Approx | None = None
    report_id: int = 1
    findings: int = 0


def made(districts: int, panels: int, *, peers: bool = False, seed: int = 1) -> charts.SeriesData:
    """Return the lines of so many districts in so many panels, some points unverified, before 200 peers."""
    chance = random.Random(seed)
    shown = CATALOGUE[:panels]
    cells = {f"澄{n}区": [cell(chance, i, year) for i in shown for year in YEARS] for n in range(districts)}
    data = charts.SeriesData.of(cells, shown, language="zh")
    if not peers:
        return data
    spread = {i.id: {year: [cell(chance, i, year).value for _ in range(200)] for year in YEARS} for i in shown}
    return data.held_against("岚江省", spread)


def cell(chance: random.Random, indicator: Indicator, year: int) -> Cell:
    value = round(chance.uniform(60, 100), 1) if indicator.kind == "percent" else float(chance.randrange(20, 4000))
    return Cell(indicator.id, year, value, chance.choice(["verified", "verified", "auto", "extracted"]))


def bare(data: charts.SeriesData) -> tuple[Figure, list[Any]]:
    """Return the same lines, and the edges and middle of the spreads, as matplotlib draws them by itself."""
    figure = Figure(figsize=SIZE)
    across, down = charts.grid(len(data.panels))
    drawn = []
    for n, panel in enumerate(data.panels, 1):
        axes = figure.add_subplot(down, across, n)
        drawn += [axes.plot(*points(line), marker="o")[0] for line in panel.lines]
        if panel.spreads:
            years = [spread.year for spread in panel.spreads]
            axes.fill_between(years, [s.lower for s in panel.spreads], [s.upper for s in panel.spreads])
            axes.plot(years, [s.median for s in panel.spreads])
    return figure, drawn


def points(line: charts.Line) -> tuple[list[int], list[float]]:
    return [p.year for p in line.points], [p.value for p in line.points if p.value is not None]


def first(data: charts.SeriesData) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return the drawing of a chart on a new figure, and its floor."""

    def ours() -> None:
        figure = Figure(figsize=SIZE)
        charts.draw(figure, data)
        FigureCanvasAgg(figure).draw()

    return ours, lambda: FigureCanvasAgg(bare(data)[0]).draw()


def following(one: charts.SeriesData, other: charts.SeriesData) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return the drawing of the next chart on the same figure, this one and that one in turn, and its floor."""
    figure, (plain, lines) = Figure(figsize=SIZE), bare(one)
    ours, theirs = FigureCanvasAgg(figure), FigureCanvasAgg(plain)
    turn = {"ours": False, "theirs": False}

    def draw() -> None:
        turn["ours"] = not turn["ours"]
        charts.draw(figure, other if turn["ours"] else one)
        ours.draw()

    def set_data() -> None:
        turn["theirs"] = not turn["theirs"]
        for line, drawn in zip((other if turn["theirs"] else one).lines, lines, strict=True):
            drawn.set_data(*points(line))
        theirs.draw()

    return draw, set_data


def main() -> None:
    """Print each chart's time, its floor's and their ratio."""
    kinds = {
        "one line": {"districts": 1, "panels": 1},
        "one line before its peers": {"districts": 1, "panels": 1, "peers": True},
        "eight districts": {"districts": 8, "panels": 1},
        "four small multiples": {"districts": 1, "panels": 4},
        "twelve small multiples": {"districts": 1, "panels": 12},
        "twelve before their peers": {"districts": 1, "panels": 12, "peers": True},
    }
    for name, kind in kinds.items():
        one, other = made(**kind), made(**kind, seed=2)  # type: ignore[arg-type]
        rounds = 9 if kind["panels"] > 4 else 21
        tell(f"{name}: first", *first(one), "<= 1.5", rounds=rounds)
        tell(f"{name}: next", *following(one, other), "<= 2", rounds=rounds)


if __name__ == "__main__":
    main()
