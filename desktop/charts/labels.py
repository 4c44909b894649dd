"""Where the numbers at the points are written: beside them, off the lines, off the marks and off each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

SIZES = (9.0, 7.5)
"""Of a value, and of the change that stands beyond it, in points."""
AWAY = 7.0  # points between a point and what is written at it
MARK = 5.0  # points from a mark's middle to its edge
ALMOST = 2  # lines that may cut a label that has no better place


class Box(NamedTuple):
    """A rectangle in points."""

    left: float
    low: float
    right: float
    high: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles share some room."""
        return self.left < other.right and other.left < self.right and self.low < other.high and other.low < self.high

    def is_cut(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """Return whether the stroke from one place to another, further right, goes through the rectangle."""
        left, right = max(self.left, one[0]), min(self.right, other[0])
        if left >= right:
            return False
        slope = (other[1] - one[1]) / (other[0] - one[0])
        heights = (one[1] + slope * (left - one[0]), one[1] + slope * (right - one[0]))
        return min(heights) < self.high and max(heights) > self.low


class Label(NamedTuple):
    """What is to be written at a place (in points): a value, and the change against the year before or nothing."""

    key: int
    at: tuple[float, float]
    value: str
    change: str


class Placed(NamedTuple):
    """One text: how far from its point it begins (in points), how it is aligned, whether it is the change."""

    key: int
    text: str
    offset: tuple[float, float]
    side: str
    small: bool


def place(
    labels: Sequence[Label], strokes: Sequence[Sequence[tuple[float, float]]], room: Box, *, sure: bool
) -> list[Placed]:
    """Return what is written of the labels, which come the most important first, and where.

    `strokes` are the runs of the lines, `room` is what the panel has. Where it is crowded the change goes first, then
    the value; `sure` lets a line cut through a value that has no better place.
    """
    marks = [Box(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in {label.at for label in labels}]
    pieces = [piece for stroke in strokes for piece in pairwise(stroke)]
    taken: list[Box] = []
    placed: list[Placed] = []
    for label in labels:
        worst = (0, ALMOST) if sure else (0,)
        wanted = ((change, cuts) for cuts in worst for change in dict.fromkeys((label.change, "")))
        for change, cuts in wanted:
            found = next(_free(label, change, cuts, [*marks, *taken], pieces, room), None)
            if found is not None:
                box, texts = found
                taken.append(box)
                placed += texts
                break
    return placed


def _free(
    label: Label,
    change: str,
    cuts: int,
    taken: Sequence[Box],
    pieces: Iterable[tuple[tuple[float, float], ...]],
    room: Box,
) -> Iterator[tuple[Box, list[Placed]]]:
    """Yield the places at which a label meets nothing, and no more than `cuts` lines."""
    x, y = label.at
    width = max(_width(label.value, SIZES[0]), _width(change, SIZES[1]))
    height = 1.2 * (SIZES[0] + (SIZES[1] if change else 0.0))
    near = [piece for piece in pieces if piece[0][0] < x + width + AWAY and piece[1][0] > x - width - AWAY]
    for side, across, up in (
        ("center", 0.0, True), ("center", 0.0, False), ("right", 3.0, True), ("left", -3.0, True),
        ("right", 3.0, False), ("left", -3.0, False),
    ):  # fmt: skip
        left = x + across - {"center": width / 2, "right": width, "left": 0.0}[side]
        low = y + AWAY if up else y - AWAY - height
        box = Box(left, low, left + width, low + height)
        if box.low < room.low or box.high > room.high or box.left < room.left or box.right > room.right:
            continue
        if any(box.meets(other) for other in taken) or sum(box.is_cut(*piece) for piece in near) > cuts:
            continue
        value_at = low - y + (0.0 if up or not change else 1.2 * SIZES[1])
        texts = [Placed(label.key, label.value, (across, value_at), side, False)]
        if change:
            texts.append(Placed(label.key, change, (across, low - y + (1.2 * SIZES[0] if up else 0.0)), side, True))
        yield box, texts


def _width(text: str, size: float) -> float:
    return size * sum(1.0 if character > "\u2e7f" else 0.64 for character in text)
