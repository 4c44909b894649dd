"""Tables with drawn lines: which cell a character stands in, by the lines nearest around it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.model import Box
from desktop.reading.glyphs import Glyph

THIN = 4.0  # points: a box thinner than this is a line
TOUCH = 4.0  # points between lines that meet
MOST = 600  # lines on a page, each whole; a drawing has more, and is no table


Drawn = tuple[float, float, float]
"""Where a line begins and ends, and its place: its height where it runs across, how far right where it runs down."""


class Grid(NamedTuple):
    """A drawn table: its lines across and down, and what they enclose."""

    across: Sequence[Drawn]
    down: Sequence[Drawn]
    box: Box

    def holds(self, glyph: Glyph) -> bool:
        """Return whether a glyph's middle is inside the table."""
        left, top, right, bottom = self.box
        return left < (glyph.left + glyph.right) / 2 < right and top < glyph.middle < bottom

    def cell(self, glyph: Glyph) -> tuple[float, float]:
        """Return the top and left of the cell that a glyph inside the table stands in."""
        x, y = (glyph.left + glyph.right) / 2, glyph.middle
        above = [at for left, right, at in self.across if left - TOUCH <= x <= right + TOUCH and at <= y]
        before = [at for top, bottom, at in self.down if top - TOUCH <= y <= bottom + TOUCH and at <= x]
        return max(above, default=self.box[1]), max(before, default=self.box[0])


def grids(rules: Sequence[Box]) -> list[Grid]:
    """Return the tables that drawn lines make: at least two cells, parted by lines across and down that meet."""
    across = _merged([(x0, x1, (y0 + y1) / 2) for x0, y0, x1, y1 in rules if y1 - y0 <= THIN < x1 - x0])
    down = _merged([(y0, y1, (x0 + x1) / 2) for x0, y0, x1, y1 in rules if x1 - x0 <= THIN < y1 - y0])
    if len(across) < 2 or len(down) < 2 or len(across) + len(down) > MOST:
        return []
    groups: list[tuple[list[Drawn], list[Drawn]]] = []
    for top, bottom, x in down:
        met = [line for line in across if _meets(line, (top, bottom, x))]
        touching = [group for group in groups if any(line in group[0] for line in met)]
        merged = (list(dict.fromkeys([*met, *(line for g in touching for line in g[0])])), [(top, bottom, x)])
        merged[1].extend(line for g in touching for line in g[1])
        groups = [group for group in groups if group not in touching] + [merged]
    return [_grid(*group) for group in groups if len(group[0]) > 1 and len({x for _, _, x in group[1]}) > 2]


def _meets(across: Drawn, down: Drawn) -> bool:
    return across[0] - TOUCH <= down[2] <= across[1] + TOUCH and down[0] - TOUCH <= across[2] <= down[1] + TOUCH


def _grid(across: list[Drawn], down: list[Drawn]) -> Grid:
    places, heights = [x for _, _, x in down], [y for _, _, y in across]
    return Grid(across, down, (min(places), min(heights), max(places), max(heights)))


def _merged(lines: list[Drawn]) -> list[Drawn]:
    """Return lines with those at one place that meet or overlap made one: tables are drawn cell by cell."""
    merged: list[Drawn] = []
    levels: list[float] = []
    for _, _, at in sorted(lines, key=lambda line: line[2]):
        if not levels or at - levels[-1] > TOUCH:
            levels.append(at)
    leveled = [(max((one for one in levels if one <= at), default=at), start, end) for start, end, at in lines]
    for at, start, end in sorted(leveled):
        if merged and merged[-1][2] == at and start <= merged[-1][1] + TOUCH:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end), at)
        else:
            merged.append((start, end, at))
    return merged
