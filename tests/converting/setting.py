"""Reports set on pages as offices print them: A4, 28 characters a line, 22 lines a page, a page number at the foot."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tests.converting import Block

WIDTH, HEIGHT = 595.28, 841.89  # points
LEFT, TOP, SIZE, PITCH, PER_LINE, PER_PAGE = 79.0, 105.0, 15.6, 28.0, 28, 22
NOT_FIRST = "，。、；：！？）】》”’％%"
UNPARTED = re.compile(r"[0-9A-Za-z.%％]+|.", re.DOTALL)
PROSE = re.compile("[。；：]")


class Words(NamedTuple):
    """Text that begins at a place of a page (points, its base line), each character with its width."""

    text: str
    x: float
    y: float
    size: float

    @property
    def widths(self) -> list[float]:
        """Return how far each character takes the next."""
        return [width(letter, self.size) for letter in self.text]


class Sheet(NamedTuple):
    """One page: its words, and the drawn lines of its tables (x0, y0, x1, y1)."""

    words: list[Words]
    lines: list[tuple[float, float, float, float]]


def width(letter: str, size: float) -> float:
    """Return how wide a character of a size is set: 汉字 whole, others half."""
    return size if unicodedata.east_asian_width(letter) in "WF" or letter in "“”‘’—…" else size / 2


def pages(blocks: Sequence[Block]) -> list[Sheet]:
    """Return blocks set on pages: titles in the middle, paragraphs indented, tables with lines."""
    sheets = [Sheet([], [])]
    row = 0
    for place, block in enumerate(blocks):
        for line in _rows(block, place):
            if row == PER_PAGE:
                sheets.append(Sheet([], []))
                row = 0
            y = TOP + PITCH * row
            for text, x in line:
                sheets[-1].words.append(Words(text, x, y, SIZE))
            if not isinstance(block, str):
                _draw(sheets[-1].lines, len(line), y)
            row += 1
    for number, sheet in enumerate(sheets, 1):
        text = f"— {number} —"
        sheet.words.append(Words(text, WIDTH / 2 - 20, HEIGHT - 60, 14))
    return sheets


def _rows(block: Block, place: int) -> Iterator[list[tuple[str, float]]]:
    """Yield the lines of a block, each its texts and where they begin."""
    if not isinstance(block, str):
        across = PER_LINE * SIZE / max(map(len, block))
        for row in block:
            yield [(cell.replace("\n", ""), LEFT + 6 + across * k) for k, cell in enumerate(row)]
    elif place < 6 and len(block.strip()) < PER_LINE and not PROSE.search(block):
        text = block.strip()
        yield [(text, (WIDTH - sum(width(letter, SIZE) for letter in text)) / 2)]
    else:
        text = block.strip(" 　")
        for number, line in enumerate(_broken(text)):
            yield [(line, LEFT + (2 * SIZE if number == 0 and not text.endswith("：") else 0))]


def _broken(text: str) -> Iterator[str]:
    """Yield the lines of a paragraph, the first two characters shorter; figures stay whole, no line begins with 。"""
    line, room = "", (PER_LINE - 2 if not text.endswith("：") else PER_LINE) * SIZE
    for word in UNPARTED.findall(text):
        needed = sum(width(letter, SIZE) for letter in word)
        if needed > room and word not in NOT_FIRST:
            yield line
            line, room = "", PER_LINE * SIZE
        line += word
        room -= needed
    yield line


def _draw(lines: list[tuple[float, float, float, float]], columns: int, y: float) -> None:
    """Draw the box of each cell of a row."""
    top, bottom, across = y - SIZE - 4, y + PITCH - SIZE - 4, PER_LINE * SIZE / columns
    for k in range(columns):
        left, right = LEFT + across * k, LEFT + across * (k + 1)
        lines += [(left, top, right, top), (left, bottom, right, bottom), (left, top, left, bottom)]
        lines.append((right, top, right, bottom))
