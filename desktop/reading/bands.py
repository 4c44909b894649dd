"""Page numbers and running heads: what stands at the head or foot of pages and is no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desktop.reading.glyphs import Row

DASHES = "-—–―─－−‒·•~～"
NUMBERED = re.compile(
    rf"[{DASHES}一]{{1,2}}[0-9]{{1,4}}[{DASHES}一]{{1,2}}|[{DASHES}]{{1,3}}[0-9]{{1,5}}[{DASHES}]{{0,3}}|[0-9]{{1,5}}[{DASHES}]{{1,3}}"
    r"|第?[0-9]{1,5}页[,，、/\\|]?(?:\(?共?[0-9]{1,5}页\)?)?|[0-9]{1,5}[/／][0-9]{1,5}|[Pp]age[0-9]{1,5}(?:of[0-9]{1,5})?"
)
DASHED = re.compile(rf"[{DASHES}一]{{1,2}}[0-9]{{1,4}}[{DASHES}一]{{1,2}}")  # 一: as recognition reads a dash
BARE = re.compile("[0-9]{1,4}|[ivxlcⅠ-ⅻ]{1,5}")
WHITE = re.compile(r"\s+")
DIGITS = re.compile("[0-9]+")
WIDE = {0xFF10 + k: str(k) for k in range(10)}
DEEP = 3  # rows from the edge that may be head or foot
FAR, APART = 1.6, 1.2  # as many times as far as other lines stand from each other: a lone number; what is repeated
SMALL = 0.9  # of the size of other characters


def without_bands(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Return the rows of pages without their numbers and running heads."""
    usual = _usual(pages)
    repeated = _repeated(pages)
    kept = []
    for number, rows in enumerate(pages):
        left = list(rows)
        for edge in (-1, 0):
            for _ in range(DEEP):
                if left and _is_band(left, edge, number, repeated, usual):
                    left.pop(edge)
        # What was printed from running text may bear the numbers of other pages in its midst.
        kept.append([row for row in left if not DASHED.fullmatch(_plain(row))])
    return kept


class Usual(NamedTuple):
    """How far rows stand from each other, and how large characters are, on most pages."""

    step: float
    em: float


def _usual(pages: Sequence[Sequence[Row]]) -> Usual:
    steps = [abs(after.middle - before.middle) for rows in pages for before, after in pairwise(rows)]
    ems = [row.lines[0].em for rows in pages for row in rows]
    return Usual(median(steps or [0.0]), median(ems or [0.0]))


def _repeated(pages: Sequence[Sequence[Row]]) -> dict[tuple[str, int], int]:
    """Return what stands on several pages at the same height (as _place names it) near their edges, and on how many."""
    places: Counter[tuple[str, int]] = Counter()
    for rows in pages:
        places.update({_place(row, up) for row in (*rows[:DEEP], *rows[-DEEP:]) for up in (0, 1)})
    enough = max(2, len(pages) // 4)
    return {place: n for place, n in places.items() if n >= enough and len(place[0]) > 1}


def _place(row: Row, up: int) -> tuple[str, int]:
    """Return a row's words, numbers left out, and about how high it stands: `up` takes the other of two roundings."""
    return DIGITS.sub("#", _plain(row)), 2 * round((row.middle + 4 * up) / 8) + up


def _plain(row: Row) -> str:
    return WHITE.sub("", row.text).translate(WIDE)


def _is_band(
    rows: Sequence[Row], edge: int, number: int, repeated: Mapping[tuple[str, int], int], usual: Usual
) -> bool:
    """Tell whether the first (edge 0) or last (-1) row of a page, whose index is `number`, is no part of its text."""
    row = rows[edge]
    said = _plain(row)
    if NUMBERED.fullmatch(said) or not said:
        return True
    away = abs(row.middle - rows[-2 if edge else 1].middle) if len(rows) > 1 else 0.0
    times = max(repeated.get(_place(row, up), 0) for up in (0, 1))
    if times:
        # A body's name may head the first page and stand under the last; a running head stands apart, or is small.
        return times > 2 or away > APART * usual.step or row.lines[0].em < SMALL * usual.em
    return BARE.fullmatch(said) is not None and (away > FAR * usual.step or said == str(number + 1))
