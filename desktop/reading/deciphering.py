"""What a network says of a line of text, column by column -> its characters, where they stand, how sure each is."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import mean
from typing import TYPE_CHECKING, NamedTuple

from desktop.reading.glyphs import Glyph
from desktop.reading.spotting import Spot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIGH = 48  # pixels of the height of a line as the networks are shown it
SET_APART = 1.3  # ems from middle to middle of two 汉字: somebody set a space between them
EM = 0.74  # of a line's height as spotted: the size of its characters, where too few tell
WIDE = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
PLAIN = {wide: plain for plain, wide in WIDE.items()}
MARKS = "(),:;!?"  # wide beside 汉字, plain between others; letters, digits and the rest are plain
IDEOGRAPH = re.compile("[\u3400-\u9fff]")
HAN = re.compile("[\u3001-\u303f\u3400-\u9fff“”]")


class Alphabet(NamedTuple):
    """The characters that a network knows, by number (0: none), and for each the one of another width, else itself."""

    characters: Sequence[str]
    twins: NDArray[np.intp]


class Said(NamedTuple):
    """One character of a line: how far along it stands (0 to 1) and how sure it is."""

    text: str
    along: float
    sure: float


def alphabet(known: Sequence[str]) -> Alphabet:
    """Return the characters that a network knows, as it numbers them from 1 on, the space behind them."""
    import numpy as np

    characters = ("", *known, " ")
    numbers = {character: number for number, character in enumerate(characters)}
    other = WIDE | PLAIN
    return Alphabet(characters, np.array([numbers.get(other.get(one, one), k) for k, one in enumerate(characters)]))


def deciphered(said: NDArray[np.float32], share: float, known: Alphabet) -> list[Said]:
    """Return the characters of a line: `said` is (columns, numbers), and the line is the first `share` of the columns.

    White space is left out: the room between characters tells it better.
    """
    import numpy as np

    best = said.argmax(axis=1)
    numbers = np.minimum(best, known.twins[best])
    starts = np.flatnonzero(np.diff(numbers, prepend=-1))
    ends = np.append(starts[1:], len(numbers))
    found = []
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        number = int(numbers[start])
        if known.characters[number].strip():
            twin = int(known.twins[number])
            surest = start + int((said[start:end, number] + said[start:end, twin]).argmax())
            as_one, as_other = float(said[surest, number]), float(said[surest, twin]) if twin != number else 0.0
            text = known.characters[number if as_one >= as_other else twin]
            along = (start + end) / 2 / len(numbers) / share
            found.append(Said(text, min(1.0, along), min(1.0, as_one + as_other)))
    return found


def with_widths(lines: Sequence[Sequence[Said]]) -> list[list[Said]]:
    """Return the lines of a page with each character in the width that fits those beside it.

    One sign alone does not tell how wide it was set; all that stand beside 汉字 on a page do.
    """
    told = [
        PLAIN.get(one.text, one.text) != one.text for line in lines for at, one in enumerate(line) if _is_set(line, at)
    ]
    wide = 2 * sum(told) >= len(told)
    return [[one._replace(text=_fitting(line, at, wide)) for at, one in enumerate(line)] for line in lines]


def _fitting(line: Sequence[Said], at: int, wide: bool) -> str:
    plain = PLAIN.get(line[at].text, line[at].text)
    if plain not in MARKS or not wide:
        return plain
    if plain == ")":
        # It closes as wide as what it closes was opened.
        opened = next((k for k in range(at - 1, -1, -1) if PLAIN.get(line[k].text, line[k].text) == "("), None)
        at = at if opened is None else opened
    return WIDE[plain] if _is_set(line, at) else plain


def _is_set(line: Sequence[Said], at: int) -> bool:
    """Tell a mark among 汉字 from one among figures and letters, which is plain in any case."""
    plain = PLAIN.get(line[at].text, line[at].text)
    beside = [line[k].text for k in (at - 1, at + 1) if 0 <= k < len(line)]
    grouped = plain == "," and all(other.isdecimal() for other in beside)
    return plain in MARKS and not grouped and any(HAN.match(other) or other in "%％" for other in beside)


def placed(said: Sequence[Said], spot: Spot, slope: float, scale: float) -> Iterator[Glyph]:
    """Yield the glyphs of a line, laid out as if the page lay level, not at `slope`; `scale`: points of a pixel."""
    if not said:
        return
    places = [2 * spot.length * one.along for one in said]
    em = _size(said, places, 2 * spot.height)
    level = math.cos(slope), math.sin(slope)
    start = spot.x * level[0] + spot.y * level[1] - spot.length  # the page is turned about its corner
    middle = spot.y * level[0] - spot.x * level[1]
    edges = [0.0, *((one + other) / 2 for one, other in pairwise(places)), 2 * spot.length]
    last, end = "", 0.0
    for at, one, before, after in zip(places, said, edges, edges[1:], strict=False):
        half = em / (4 if one.text.isascii() else 2)
        left, right = max(before, at - half), min(after, at + half)
        x = spot.x + (at - spot.length) * math.cos(spot.slope) - at
        y = spot.y + (at - spot.length) * math.sin(spot.slope)
        box = (x + left) * scale, (y - em / 2) * scale, (x + right) * scale, (y + em / 2) * scale
        place = (start + left) * scale, (middle - em / 2) * scale, (start + right) * scale, (middle + em / 2) * scale
        if at - end > SET_APART * em and IDEOGRAPH.match(last) and IDEOGRAPH.match(one.text):
            yield Glyph(" ", place[0], place[1], place[0], place[3], box)
        yield Glyph(one.text, *place, box, one.sure)
        last, end = one.text, at


def _size(said: Sequence[Said], places: Sequence[float], height: float) -> float:
    """Return the size of a line's characters: the usual distance of 汉字, else by the line's height."""
    steps = sorted(
        places[k + 1] - places[k]
        for k in range(len(said) - 1)
        if HAN.match(said[k].text) and HAN.match(said[k + 1].text)
    )
    usual = steps[len(steps) // 2] if len(steps) > 2 else 0.0
    if not 0.5 * height < usual < 1.4 * height:
        return EM * height
    return mean(step for step in steps if 0.7 * usual < step < 1.3 * usual)  # columns are coarse: many tell better
