"""How exactly a figure is stated: the numbers that it may stand for, and whether two such ranges meet."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from desktop.checks import Checked, Context

_PRINTED = re.compile(r"(\d+)(?:\.(\d+))?(百|千|万|亿|百万|千万)?")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}
_NEAR = 1e-9
# Of an approximate figure it is not told how far it may lie from what is printed: at least as far as this share of it.
_ROUGH = 0.1
_FEWEST_DIGITS = 3


class Range(NamedTuple):
    """The numbers from `low` to `high`."""

    low: float
    high: float

    def meets(self, other: Range) -> bool:
        """Return whether some number lies in both."""
        slack = _NEAR * max(1.0, abs(self.low), abs(other.low))
        return self.low <= other.high + slack and other.low <= self.high + slack

    def above(self, other: Range) -> bool:
        """Return whether every number of this one is greater than all of the other."""
        return self.low > other.high and not self.meets(other)


@dataclass(frozen=True, slots=True)
class Relation:
    """What the report says that figures make together: what the others make, and what is stated."""

    figures: tuple[Checked, ...]
    expected: Range
    found: Range

    @property
    def holds(self) -> bool:
        """Whether what is stated can be what the others make."""
        return self.expected.meets(self.found)

    @property
    def closes(self) -> bool:
        """Whether it holds and all of it is stated exactly."""
        return self.holds and not any(figure.approx for figure in self.figures)


def stated(figure: Checked, context: Context) -> Range:
    """Return the numbers that a figure may stand for: rounded as it is printed, wider where it is approximate.

    A percentage may be cut off after its last digit instead of rounded; a plain count is what it is.
    """
    value, digit = figure.value, _last_digit(figure, context.text)
    if figure.approx is None:
        if figure.unit == "%":
            return Range(value - digit / 2, value + digit)
        return Range(value - digit / 2, value + digit / 2) if digit != 1 else Range(value, value)
    place = digit
    while value and value % (place * 10) < _NEAR:
        place *= 10
    reach = max(place, abs(value) * _ROUGH)
    low = value if figure.approx == "more" else value - reach
    return Range(low, value if figure.approx == "less" else value + reach)


def total(ranges: list[Range]) -> Range:
    """Return what ranges add up to."""
    return Range(sum(each.low for each in ranges), sum(each.high for each in ranges))


def share(part: Range, whole: Range) -> Range:
    """Return the part in percent of the whole, which is above 0."""
    return Range(part.low / whole.high * 100, part.high / whole.low * 100)


def slip(one: float, other: float) -> bool:
    """Return whether two whole numbers of at least three digits differ in one digit or by two digits swapped."""
    left, right = f"{one:.0f}", f"{other:.0f}"
    if len(left) != len(right) or len(left) < _FEWEST_DIGITS:
        return False
    differing = [k for k in range(len(left)) if left[k] != right[k]]
    if len(differing) == 1:
        return True
    return len(differing) == 2 and sorted(left) == sorted(right) and differing[1] == differing[0] + 1


def _last_digit(figure: Checked, text: str) -> float:
    """Return what one more in the last printed digit would add; of a number corrected by hand its own last digit."""
    raw = "".join(unicodedata.normalize("NFKC", text[figure.start : figure.end]).split()).replace(",", "")
    printed = _PRINTED.search(raw)
    if printed:
        whole, decimals, scale = printed[1], printed[2] or "", float(_SCALES[printed[3] or ""])
        if abs(float(f"{whole}.{decimals or 0}") * scale - figure.value) <= _NEAR * max(1.0, figure.value):
            return float(scale * 10.0 ** -len(decimals))
    return float(10.0 ** -len(f"{figure.value:.10g}".partition(".")[2]))
