"""Tables with a column a year: what stands in the column of another year is that year's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from desktop.extraction.clauses import Place
from desktop.extraction.lexicon import LAST_YEAR, THIS_YEAR

# Two or more years side by side, as at the head of a table; flat text has no space between its cells.
HEAD = re.compile(r"(?:(?:20\d\d年|本年|今年|本期|上年同期|去年同期|上年|去年|同期)[度数]?){2,}")
COLUMN = re.compile(r"(20\d\d)年|(本年|今年|本期)|上年同期|去年同期|上年|去年|同期")


def date_columns(places: Sequence[Place], flat: str, year: int | None) -> None:
    """Give each figure of a row (nothing at all stands between its figures) the time of its column."""
    done = 0
    for first in [k for k, (last, place) in enumerate(pairwise(places)) if place.start == last.end]:
        if first < done:
            continue
        k = first + 1
        while k < len(places) and places[k].start == places[k - 1].end:
            k += 1
        row, done = places[first:k], k
        times = _times(flat, row[0].start, year)
        for place, time in zip(row, times or [THIS_YEAR, LAST_YEAR], strict=False):
            if times or place.unit == row[0].unit:
                place.time = time


def _times(flat: str, end: int, year: int | None) -> list[int]:
    """Return the time of each column by the table's head that stands before `end`, [] where none does."""
    heads = list(HEAD.finditer(flat, max(0, end - 3000), end))
    if not heads:
        return []
    found = COLUMN.findall(heads[-1].group())
    if len(found) < 2:
        return []
    return [THIS_YEAR if (said and int(said) == year) or this else LAST_YEAR for said, this in found]
