"""Paragraphs and tables -> one text, the same for every format that knows where its paragraphs are.

A paragraph is a line, indented where its file indents it; an empty line stands where the file has one. No more is made
of paragraphs, since in many files each line of a page is one. The rows of a table are lines, cells parted by tabs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

Table = Sequence[Sequence[str]]
Block = str | Table

INDENT = "\u3000\u3000"
BLANKS = " \t\r\u3000"
# Spaces that do not break, or are as wide as one letter or another: rules about figures know the plain ones.
_PLAIN = str.maketrans("\xa0\u2002\u2003\u2005\u2009\u202f", "  \u3000   ", "\u200b\ufeff\xad")
_INDENTED = re.compile(r"\u3000|[ \t\u3000]{2}")
_PROSE = 60  # characters of a cell of several paragraphs, from which on it is no cell but a part of the page
_GAPS = re.compile(r"\s*\n\s*")


def text_of(blocks: Iterable[Block]) -> str:
    """Return blocks in their order as one text.

    A table is rows of cells, a cell's own paragraphs parted by line feeds. A row with a cell of several paragraphs of
    prose only places parts of a page beside each other: its cells are given one after another.
    """
    return re.sub("\n{3,}", "\n\n", "\n".join(_lines(blocks))).strip("\n")


def _lines(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, str):
            yield _tidy(block)
            continue
        for row in block:
            filled = [cell for cell in map(_tidy, row) if cell]
            if len(filled) == 1 or any(map(_is_page, filled)):
                yield from filled
            elif filled:
                yield "\t".join(_GAPS.sub(" ", _tidy(cell)).strip(BLANKS).replace("\t", " ") for cell in row).rstrip()


def _tidy(paragraph: str) -> str:
    """Return a paragraph without white space around its lines but the indent, made two characters wide."""
    return "\n".join(
        (INDENT if _INDENTED.match(line) else "") + bare if (bare := line.strip(BLANKS)) else ""
        for line in paragraph.translate(_PLAIN).split("\n")
    ).strip("\n")


def _is_page(cell: str) -> bool:
    return "\n" in cell and len(cell) > _PROSE and "。" in cell
