"""Characters that stand somewhere on pages -> the text as a person reads it, each character with its place kept.

Pages know no paragraphs. Characters make lines, lines columns and rows of tables (desktop.reading.rows), what stands at
the head and foot of pages goes (desktop.reading.bands), and lines are one paragraph until one is short, the next is
indented or stands apart. All lengths are points, or ems: the size of the characters at hand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from desktop.model import Box, Document, Page
from desktop.reading.bands import without_bands
from desktop.reading.glyphs import Glyph, Line, Row, Sheet
from desktop.reading.rows import rows_of

APART = "\n\n"  # between paragraphs: extraction takes a single one behind a long line for a line the page's width broke
UNSURE = 0.9
INDENT, SET_IN = 1.2, 3.2  # ems: further from the edge a line begins a paragraph; further yet it is a title or so
HANGING, RAGGED = 1.0, 4.0  # ems by which full lines may end apart: the latter where something else tells as well
TITLE, OTHER_SIZE = 1.15, 1.3  # times as large as the text; as another line: recognition measures less than well
UNKNOWN = 1e9
TELLING = 6  # lines that are enough to tell how a column is set
LOOSE = 1.35  # as many times the usual distance of lines: these stand apart
ENDED = re.compile("[。！？：!?:][”’』」》）)]*$")
LATIN = re.compile("[A-Za-z]")
# What stands at a line's head and cannot be parted, quotation marks with what is beside them included.
UNPARTED = re.compile(
    "[“‘「『（(《【\\[]*(?:[0-9]{1,3}(?: [0-9]{3})+|[!-~]+|.)"
    "(?:[，。、；：！？’」』》）)%％,.;:!?]+|[“”](?:[!-~]+|.)?)*"
)
HEADING = re.compile(
    r"[（(][一二三四五六七八九十]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}[章节条]"
    r"|[（(]?[0-9]{1,2}[）)、]|[0-9]{1,2}．|[0-9]{1,2}\.(?![0-9])"
)

Mark = tuple[int, Glyph | None, str]
"""A character of the text: the index of its page, the glyph it is (None: put in between), itself."""


class Measure(NamedTuple):
    """How a page's (or column's) lines are set: its edges, the usual distance of lines, and size."""

    left: float
    right: float
    pitch: float
    em: float


def compose(name: str, reader: str, source_sha256: str, sheets: Sequence[Sheet]) -> Document:
    """Return the Document that pages of characters make; its text is empty where there is none."""
    kept = without_bands([rows_of(sheet) for sheet in sheets])
    marks: list[Mark] = []
    for paragraph in _paragraphs(kept):
        if marks:
            marks += [(paragraph[0][0], None, character) for character in APART]
        marks += paragraph
    text = "".join(character for _, _, character in marks)
    return Document(name, reader, source_sha256, text, tuple(_pages(sheets, marks)), tuple(_doubts(marks)))


def _paragraphs(pages: Sequence[Sequence[Row]]) -> Iterator[list[Mark]]:
    """Yield the characters of each paragraph, and of each row of a table."""
    measures = _measures(pages)
    indented = _is_indented(pages, measures)
    open_: list[Mark] = []
    last: tuple[int, Line, Measure] | None = None
    for number, rows in enumerate(pages):
        for row in rows:
            line = row.line
            if line is None:
                if open_:
                    yield open_
                yield _cells(number, row)
                open_, last = [], None
                continue
            measure = measures[number][row.column]
            if last is not None and _goes_on(last, (number, line, measure), indented):
                open_ += _joint(open_[-1][2], line.glyphs[0].text, number)
            elif open_:
                yield open_
                open_ = []
            open_ += [(number, glyph, glyph.text) for glyph in line.glyphs]
            last = number, line, measure
    if open_:
        yield open_


def _cells(number: int, row: Row) -> list[Mark]:
    marks: list[Mark] = []
    for k, cell in enumerate(row.cells):
        if k:
            marks.append((number, None, "\t"))
        for line in cell:
            if line.glyphs:
                marks += _joint(marks[-1][2], line.glyphs[0].text, number) if marks else []
                marks += [(number, glyph, glyph.text) for glyph in line.glyphs]
    return marks


def _joint(before: str, after: str, number: int) -> list[Mark]:
    """Return what stands between two lines of a paragraph: a space between words in Latin letters only."""
    return [(number, None, " ")] if LATIN.match(before) and LATIN.match(after) else []


def _goes_on(last: tuple[int, Line, Measure], now: tuple[int, Line, Measure], indented: bool) -> bool:
    """Tell a line that goes on with the paragraph of the one before it from one that begins a paragraph."""
    (page, before, was), (number, line, measure) = last, now
    em = min(before.em, line.em)
    if max(before.em, line.em) > OTHER_SIZE * em:
        return False
    if em > TITLE * measure.em:
        return page == number and not HEADING.match(line.text) and was.right - before.right < _room(line) + HANGING * em
    slack = RAGGED if indented or not ENDED.search(before.text) else HANGING
    if line.left - measure.left > INDENT * em or was.right - before.right > _room(line) + slack * em:
        return False
    if before.left - was.left > SET_IN * em:
        return False
    if page == number and measure.left == was.left and line.middle - before.middle > LOOSE * measure.pitch:
        return False
    if indented:
        return True
    # Where nothing is indented, only what is said tells.
    return not ENDED.search(before.text) or (page == number and not HEADING.match(line.text))


def _room(line: Line) -> float:
    """Return how much room the head of a line needs that cannot be parted: with that much, it stood a line higher."""
    found = UNPARTED.match(line.text)
    return line.glyphs[found.end() - 1].right - line.left if found else line.em


def _measures(pages: Sequence[Sequence[Row]]) -> list[dict[int, Measure]]:
    """Return how the lines of each column of each page are set, by the number of the column."""
    lines: list[dict[int, list[Line]]] = []
    for rows in pages:
        lines.append({})
        for row in rows:
            if row.line is not None:
                lines[-1].setdefault(row.column, []).append(row.line)
    usual = _pitch([column for columns in lines for column in columns.values()])
    fullest: dict[int, list[Line]] = {}
    for columns in lines:
        for number, column in columns.items():
            fullest[number] = max(fullest.get(number, []), column, key=len)
    known = {number: _measure(column, usual) for number, column in fullest.items()}
    return [
        {n: _measure(column, usual) if len(column) >= TELLING else known[n] for n, column in columns.items()}
        for columns in lines
    ]


def _measure(lines: Sequence[Line], usual: float) -> Measure:
    """Return the edges of some lines: where most begin, and where the furthest end."""
    em = median(line.em for line in lines)
    starts = Counter(round(2 * line.left / em) for line in lines)
    most = max(starts.values())
    # Of places where many lines begin the leftmost is the edge: paragraphs of two lines have as many indented ones.
    edge = min(start for start, n in starts.items() if 3 * n >= most)
    left = median(line.left for line in lines if round(2 * line.left / em) == edge)
    pitch = _pitch([lines])
    right = max(line.right for line in lines)
    return Measure(left, right, min(pitch, usual) if len(lines) < 3 * TELLING else pitch, em)


def _pitch(columns: Iterable[Sequence[Line]]) -> float:
    """Return the usual distance of a line from the one before it; that of lines within paragraphs, the smaller."""
    steps = sorted(
        after.middle - before.middle
        for lines in columns
        for before, after in pairwise(lines)
        if after.middle > before.middle + 0.5 * before.em
    )
    return steps[len(steps) // 4] if steps else UNKNOWN


def _is_indented(pages: Sequence[Sequence[Row]], measures: Sequence[Mapping[int, Measure]]) -> bool:
    """Return whether paragraphs begin indented here, so that a line at the edge never begins one behind a full line."""
    lines = [
        (row.line.left - known[row.column].left) / row.line.em
        for rows, known in zip(pages, measures, strict=True)
        for row in rows
        if row.line is not None
    ]
    return 12 * sum(INDENT < inside < 2 * SET_IN for inside in lines) > len(lines)


def _pages(sheets: Sequence[Sheet], marks: Sequence[Mark]) -> Iterator[Page]:
    """Yield each page with the span of its characters; what stands between two pages is the former's."""
    starts = [len(marks)] * (len(sheets) + 1)
    for at in range(len(marks) - 1, -1, -1):
        if marks[at][1] is not None:
            starts[marks[at][0]] = at
    for number in range(len(sheets) - 1, -1, -1):
        starts[number] = min(starts[number], starts[number + 1])
    starts[0] = 0
    for number, sheet in enumerate(sheets):
        boxes: list[Box | None] = []
        for _, glyph, _ in marks[starts[number] : starts[number + 1]]:
            boxes.append(None if glyph is None else glyph.shown)
        yield Page(number + 1, starts[number], starts[number + 1], sheet.width, sheet.height, tuple(boxes))


def _doubts(marks: Sequence[Mark]) -> Iterator[tuple[int, int, float]]:
    """Yield the spans of characters beside each other that are unsure, with the least sureness of each."""
    start, least = -1, 1.0
    for at, (_, glyph, _) in enumerate(marks):
        sure = 1.0 if glyph is None else glyph.sure
        if sure < UNSURE:
            start, least = (at if start < 0 else start), min(least, sure)
        elif start >= 0:
            yield start, at, round(least, 3)
            start, least = -1, 1.0
    if start >= 0:
        yield start, len(marks), round(least, 3)
