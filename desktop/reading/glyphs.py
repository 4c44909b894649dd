"""What pages are made of: characters that stand somewhere, lines of them, rows of lines; lengths in points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from desktop.model import Box

ABOVE, BELOW = 0.86, 0.14  # ems of a character's nominal box over and under its base line


class Glyph(NamedTuple):
    """One code point with its nominal box: as high as its font's size, as wide as it takes up room.

    `box` is where it stands on the page as shown, where that differs from where it is to be laid out (a turned page);
    `sure` how sure it is that it is this character, 0 to 1.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    box: Box | None = None
    sure: float = 1.0

    @property
    def em(self) -> float:
        """Return the size of the character."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Return the height on the page of the character's middle."""
        return (self.top + self.bottom) / 2

    @property
    def shown(self) -> Box:
        """Return the box on the page as shown."""
        return self.box or (self.left, self.top, self.right, self.bottom)


class Sheet(NamedTuple):
    """One page: its size as shown, its characters in any order, its drawn lines (left, top, right, bottom)."""

    width: float
    height: float
    glyphs: Sequence[Glyph]
    rules: Sequence[Box] = ()


class Line(NamedTuple):
    """Characters beside each other from left to right, without white space at either end."""

    glyphs: Sequence[Glyph]
    left: float
    right: float
    middle: float
    em: float

    @property
    def text(self) -> str:
        """Return the characters."""
        return "".join(glyph.text for glyph in self.glyphs)


class Row(NamedTuple):
    """A line of running text in one column of the page (0: over its whole width), or a row of a table's cells.

    A cell is its lines from top to bottom; a row of cells has no `line`.
    """

    line: Line | None
    cells: Sequence[Sequence[Line]] = ()
    column: int = 0

    @property
    def text(self) -> str:
        """Return all characters of the row."""
        return self.line.text if self.line is not None else "\t".join(line.text for cell in self.cells for line in cell)

    @property
    def middle(self) -> float:
        """Return the height on the page of the row's (first line's) middle."""
        return self.line.middle if self.line is not None else self.lines[0].middle

    @property
    def lines(self) -> Sequence[Line]:
        """Return its lines."""
        return [self.line] if self.line is not None else [line for cell in self.cells for line in cell]
