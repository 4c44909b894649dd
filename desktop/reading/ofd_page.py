"""One page of an OFD: objects inside objects, each with its matrix -> characters, lines and pictures in points.

OFD counts in millimetres from the top left corner; a character stands on its base line.
"""

from __future__ import annotations

import itertools
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from desktop.errors import UserError
from desktop.model import Box
from desktop.reading import limits
from desktop.reading.glyphs import ABOVE, BELOW, Glyph, Sheet
from desktop.reading.markup import children, first, local

POINTS = 72 / 25.4
SLANTED = 0.05  # of its length: text that rises more is a watermark, or no running text
PALE = 160  # of 255: what lets more of the paper through is a watermark
LEVEL = 1.0  # points by which the ends of a line may differ
DRAWING = 20_000  # characters: a path that long is a drawing, no line of a table
DEEPEST = 16  # drawings inside drawings
PATH = re.compile(r"[A-Za-z]|-?[0-9.]+(?:[eE]-?\d+)?")

Size = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = ax + cy + e, y' = bx + dy + f."""


class Shared(NamedTuple):
    """What pages refer to by numbers: drawings that stand in several places, and where pictures are in the package."""

    units: Mapping[str, Element]
    pictures: Mapping[str, str]


class Leaf(NamedTuple):
    """One page, and its pictures: where each is in the package, and where it stands on the page."""

    sheet: Sheet
    pictures: Sequence[tuple[str, Box]]


def said(element: Element | None, name: str) -> str | None:
    """Return the text of the first child of that name, None where there is none."""
    found = first(element, name)
    return None if found is None else found.text


def numbers(text: str | None) -> list[float]:
    """Return the finite numbers of a list, seven at most, up to what is none."""
    found: list[float] = []
    for word in (text or "").split(None, 7)[:7]:
        try:
            number = float(word)
        except ValueError:
            break
        if not math.isfinite(number) or abs(number) > 1e6:
            break
        found.append(number)
    return found


def size_of(text: str | None) -> Size | None:
    """Return (left, top, width, height) of a box, None where the text says none that has any size."""
    found = numbers(text)[:4]
    return (found[0], found[1], found[2], found[3]) if len(found) == 4 and min(found[2:]) > 0 else None


def leaf(name: str, layers: Iterable[Element], size: Size, shared: Shared, most: int) -> Leaf:
    """Return what layers of objects place on a page of a size; UserError where it is more than `most` characters."""
    page = _Page(name, size, shared, most)
    for layer in layers:
        page.walk(layer, (1.0, 0.0, 0.0, 1.0, -size[0], -size[1]), 0)
    sheet = Sheet(size[2] * POINTS, size[3] * POINTS, page.glyphs, page.rules)
    return Leaf(sheet, page.placed)


class _Page:
    """What has been found on one page so far."""

    def __init__(self, name: str, size: Size, shared: Shared, most: int) -> None:
        self.name, self.shared = name, shared
        self.right, self.bottom = size[2] * POINTS, size[3] * POINTS
        self.glyphs: list[Glyph] = []
        self.rules: list[Box] = []
        self.placed: list[tuple[str, Box]] = []
        self.most, self.left = most, limits.ELEMENTS

    def walk(self, parent: Element, outer: Matrix, depth: int) -> None:
        """Take up the objects inside a layer, a block or a drawing."""
        for thing in parent:
            kind = local(thing.tag)
            self.left -= 1
            if self.left < 0 or len(self.glyphs) > self.most:
                raise UserError("source_too_complex", name=self.name)
            if thing.get("Visible", "").lower() == "false" or depth > DEEPEST:
                continue
            if kind == "PageBlock":
                self.walk(thing, outer, depth + 1)
            elif kind == "TextObject":
                self._text(thing, _composed(outer, _matrix(thing)))
            elif kind == "PathObject":
                self.rules += _rules(said(thing, "AbbreviatedData") or "", _composed(outer, _matrix(thing)))
            elif kind == "ImageObject":
                self._picture(thing, outer)
            elif kind == "CompositeObject":
                unit = first(self.shared.units.get(thing.get("ResourceID", "")), "Content")
                if unit is not None:
                    self.walk(unit, _composed(outer, _matrix(thing)), depth + 1)

    def _text(self, thing: Element, matrix: Matrix) -> None:
        size = next(iter(numbers(thing.get("Size"))), 0.0)
        across = next(iter(numbers(thing.get("HScale"))), 1.0)
        slanted = abs(matrix[1]) > SLANTED * abs(matrix[0])
        if size <= 0 or slanted or next(iter(numbers(thing.get("Alpha"))), 255.0) < PALE:
            return
        x = y = 0.0
        for code in children(thing, "TextCode"):
            x, y = next(iter(numbers(code.get("X"))), x), next(iter(numbers(code.get("Y"))), y)
            text = (code.text or "").strip("\r\n")
            steps, drops = _steps(code.get("DeltaX"), len(text)), _steps(code.get("DeltaY"), len(text))
            at, base = x, y
            for letter, step, drop in itertools.zip_longest(text, steps, drops):
                if letter is None:
                    break
                own = size * across * (1.0 if unicodedata.east_asian_width(letter) in "WF" else 0.5)
                width = own if step is None or step <= 0 else min(step, own)
                self._enter(letter, _box(matrix, (at, base - ABOVE * size, at + width, base + BELOW * size)))
                at += own if step is None else step
                base += drop or 0.0

    def _enter(self, letter: str, box: Box) -> None:
        if unicodedata.category(letter) == "Cc" or len(self.glyphs) > self.most:
            return
        if box[2] > 0 and box[3] > 0 and box[0] < self.right and box[1] < self.bottom:
            self.glyphs.append(Glyph(letter, *box))

    def _picture(self, thing: Element, outer: Matrix) -> None:
        size, path = size_of(thing.get("Boundary")), self.shared.pictures.get(thing.get("ResourceID", ""))
        if size is None or path is None:
            return
        box = _box(outer, (size[0], size[1], size[0] + size[2], size[1] + size[3]))
        if box[0] < self.right and box[1] < self.bottom and box[2] > 0 and box[3] > 0:
            self.placed.append((path, box))


def _matrix(thing: Element) -> Matrix:
    """Return what takes an object's own space to that around it: its matrix, then the corner of its boundary."""
    a, b, c, d, e, f = (*numbers(thing.get("CTM"))[:6], *[0.0] * 6)[:6] if thing.get("CTM") else (1, 0, 0, 1, 0, 0)
    left, top = (*numbers(thing.get("Boundary"))[:2], 0.0, 0.0)[:2]
    return a, b, c, d, e + left, f + top


def _composed(outer: Matrix, inner: Matrix) -> Matrix:
    """Return the matrix that does `inner` first."""
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return g * a + i * b, h * a + j * b, g * c + i * d, h * c + j * d, g * e + i * f + k, h * e + j * f + m


def _box(matrix: Matrix, box: Box) -> Box:
    """Return the box, in points, around what a matrix makes of one."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in itertools.product(box[::2], box[1::2])]
    ys = [b * x + d * y + f for x, y in itertools.product(box[::2], box[1::2])]
    return min(xs) * POINTS, min(ys) * POINTS, max(xs) * POINTS, max(ys) * POINTS


def _steps(text: str | None, most: int) -> list[float]:
    """Return the distances between characters, `g 3 4.5` being 4.5 three times."""
    words = (text or "").split(None, 3 * most)
    found: list[float] = []
    at = 0
    while at < len(words) and len(found) < most:
        repeated = words[at] == "g"
        told = numbers(" ".join(words[at + 1 : at + 3] if repeated else words[at : at + 1]))
        if len(told) < 1 + repeated:
            break
        found += told if not repeated else [told[1]] * max(0, min(int(told[0]), most - len(found)))
        at += 3 if repeated else 1
    return found


def _rules(path: str, matrix: Matrix) -> Iterator[Box]:
    """Yield the level and upright lines of a drawn path."""
    words, at = PATH.findall(path) if len(path) < DRAWING else [], 0
    start = last = (0.0, 0.0)
    while at < len(words):
        letter = words[at].upper()
        points = numbers(" ".join(itertools.takewhile(lambda word: not word[0].isalpha(), words[at + 1 : at + 8])))
        at += 1
        now = start if letter == "C" else (points[-2], points[-1]) if len(points) > 1 else last
        if letter in "LC":
            box = _box(matrix, (*last, *now))
            if min(box[2] - box[0], box[3] - box[1]) < LEVEL:
                yield box
        start = now if letter in "MS" else start
        last = now
