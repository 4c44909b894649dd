"""Tables in a text, told as the sentences that they stand for, so that their numbers are read like any others.

Under 单位 | 许可（件） | 处罚（件） the row 县公安局 | 2107 | 1316 stands for 县公安局许可2107件。县公安局处罚1316件。
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from desktop.extraction.measures import measure
from desktop.model import Figure, Numeral

LONGEST_CELL, LONGEST_CAPTION = 40, 30
# What parts cells: a tab, a bar, two spaces or more inside a line. The first character is consumed alone, so that the
# search skips everything else in one go.
_PARTED = re.compile(r"[\t|│ \u3000](?:(?<=[\t|│])|(?<=[^\s][ \u3000])[ \u3000]+(?=\S))")
_GAP = re.compile(r"[ \u3000](?<=[^\s][ \u3000])[ \u3000]+(?=\S)")
# In a row whose label leaves no room for two: one before a number will do.
_NARROW_GAP = re.compile(r"[ \u3000]+(?=\d)|[ \u3000]{2,}(?=\S)")
_TAB, _BAR = re.compile("\t"), re.compile("[|│]")
_RULE = re.compile(r"[\s|│:—-]+")
_AMOUNT = re.compile(r"[近约超逾]?[0-9０-９](?:[0-9０-９.,，．]*[0-9０-９])?\s*([^\s0-9０-９.,，年月日、；.．]{0,4})")
_UNIT = re.compile(r"[（(]([^（()）\d]{1,4})[)）]$")
_CAPTION = re.compile(
    r"(?:附?[表件图]\d*[：:.、\s]*)?(?:20\d\d年度?)?(?P<words>[^，；]+?(?:表|情况|统计|数据|一览))?"
    r"\s*(?:[（(]?(?:计量)?单位[：:](?P<unit>\w{1,3})[）)]?)?"
)
_NUMBERS, _UNITS = re.compile("序号|编号|排序|No"), re.compile("(?:计量)?单位")
_TOTAL = re.compile("[合总共小]\\s*计|总数|全[县市区旗州省]")
_TIME = re.compile("20\\d\\d年|本年|今年|本期|上年|去年|同期")
# Heads that only say that a number stands below.
_PLAIN = re.compile(
    "(?:本年|全年|年度|实际|累计|办理|工作)*"
    "(?:数|数量|数值|数据|数额|总数|总量|件数|次数|指标值|值|完成数?|完成情况|实绩|结果|情况|统计数?|合计)?"
)
_ADDED = -1
# How sure it is that a number which a total sums up is no figure of its own.
SUMMED_UP = 0.95

Cell = tuple[int, int]
# Words of the text that is told, and where they stand in the one given (_ADDED: nowhere).
Piece = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Told:
    """A text with its tables told as sentences, and the way back to the text as given.

    `parts` are the spans there of numbers that a total in their column sums up.
    """

    text: str
    starts: Sequence[int]
    sources: Sequence[int]
    parts: frozenset[Cell]

    def given(self, figures: Sequence[Figure], numerals: Sequence[Numeral]) -> tuple[list[Figure], list[Numeral]]:
        """Return the figures and numerals of `text` at their places in the text as given, what was added left out."""
        back = self._back
        kept = [numeral._replace(start=at[0], end=at[1]) for numeral in numerals if (at := back(*numeral[:2]))]
        return [self._figure(figure, at) for figure in figures if (at := back(*figure[:2]))], kept

    def _figure(self, figure: Figure, at: Cell) -> Figure:
        if at in self.parts:
            figure = figure._replace(indicator=None, confidence=SUMMED_UP, because=())
        return figure._replace(start=at[0], end=at[1])

    def _back(self, start: int, end: int) -> Cell | None:
        """Return where start:end of `text` stands in the text as given; None where it begins in what was added."""
        first = bisect_right(self.starts, start) - 1
        if self.sources[first] == _ADDED:
            return None
        last = bisect_right(self.starts, end - 1) - 1
        while self.sources[last] == _ADDED:
            end, last = self.starts[last], last - 1
        return start - self.starts[first] + self.sources[first], end - self.starts[last] + self.sources[last]


def tell(text: str) -> Told | None:
    """Return `text` with its tables told as sentences; None where it has none."""
    parted = "\t" in text or "|" in text or "│" in text or "  " in text or "\u3000\u3000" in text
    if not parted or _PARTED.search(text) is None:
        return None
    pieces: list[Piece] = []
    parts: list[Cell] = []
    done = 0
    for start, end, rows in _tables(text):
        pieces.append((text[done:start], done))
        pieces += _Table(text, rows, _line_before(text, start)).sentences(parts)
        done = end
    if not done:
        return None
    pieces = [piece for piece in [*pieces, (text[done:], done)] if piece[0]]
    starts = [0, *accumulate(len(words) for words, _ in pieces)][:-1]
    return Told("".join(words for words, _ in pieces), starts, [source for _, source in pieces], frozenset(parts))


def _tables(text: str) -> Iterator[tuple[int, int, list[list[Cell]]]]:
    """Yield (start, end, the cells of each row) of each table: lines with as many cells, one with a number at least."""
    block: list[tuple[int, int, list[Cell]]] = []
    start = 0
    for line in [*text.split("\n"), ""]:
        end = start + len(line)
        if block and "|" in line and _RULE.fullmatch(line):
            block.append((start, end, []))
        else:
            cells = _cells(text, start, end) if block or _PARTED.search(line) else []
            if block and len(cells) != len(block[0][2]):
                cells = _cells(text, start, end, _NARROW_GAP)
            if block and len(cells) != len(block[0][2]):
                rows = [row for _, _, row in block if row]
                if len(rows) > 1 and any(_is_amount(text, cell) for row in rows for cell in row[1:]):
                    yield block[0][0], block[-1][1], rows
                block = []
            if cells:
                block.append((start, end, cells))
        start = end + 1


def _cells(text: str, start: int, end: int, gap: re.Pattern[str] = _GAP) -> list[Cell]:
    """Return the cells of the line start:end, [] where it is no row of a table."""
    start, end = _stripped(text, start, end)
    gaps = next((by for by in (_TAB, _BAR, gap) if by.search(text, start, end)), None)
    if gaps is None:
        return []
    found = [each.span() for each in gaps.finditer(text, start, end)]
    cells = [_stripped(text, a, b) for (_, a), (b, _) in pairwise([(start, start), *found, (end, end)])]
    if gaps is _BAR:
        cells = cells[text[start] in "|│" : len(cells) - (text[end - 1] in "|│")]
    return cells if len(cells) > 1 and all(_is_cell(text, a, b) for a, b in cells) else []


def _is_cell(text: str, start: int, end: int) -> bool:
    """Tell what a cell holds from the prose of a line with gaps in it."""
    prose = text.find("。", start, end) >= 0 or text.find("，", start, end) >= 0
    return end - start <= LONGEST_CELL and (not prose or _is_amount(text, (start, end)))


def _stripped(text: str, start: int, end: int) -> Cell:
    """Return start:end without the white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_amount(text: str, cell: Cell) -> bool:
    return _AMOUNT.fullmatch(text, *cell) is not None


def _line_before(text: str, start: int) -> str:
    return text[text.rfind("\n", 0, max(0, start - 1)) + 1 : max(0, start - 1)].strip()


def _without_unit(words: str) -> tuple[str, str]:
    """Return words without the brackets that they end with, and the unit that stands there ("": none does)."""
    found = _UNIT.search(words)
    if found is None:
        return words, ""
    unit = found[1].lstrip("万亿")
    counted = measure(f"1{unit}\n\n\n\n", 0, 1)
    return words[: found.start()], found[1] if counted and counted[4] > len(unit) else ""


class _Table:
    """One table: `heads` are the words over its columns, `units` what these are counted in ("": they do not say)."""

    def __init__(self, text: str, rows: list[list[Cell]], caption: str) -> None:
        self.text, self.rows = text, rows
        self.head = rows.pop(0) if not any(_is_amount(text, cell) for cell in rows[0]) else None
        heads = [text[a:b] for a, b in self.head] if self.head else [""] * len(rows[0])
        found = _CAPTION.fullmatch(caption) if len(caption) <= LONGEST_CAPTION else None
        self.caption, unit = (found["words"] or "", found["unit"] or "") if found else ("", "")
        parted = [_without_unit(head) for head in heads]
        self.heads = [words for words, _ in parted]
        self.units = [own or unit for _, own in parted]
        self.counted = next((k for k, head in enumerate(heads) if k and _UNITS.fullmatch(head)), None)
        self.numbered = _NUMBERS.search(heads[0]) is not None
        self.has_total = any(self._is_total(row) for row in rows)

    def _is_total(self, row: Sequence[Cell]) -> bool:
        return _TOTAL.match(self.text, *row[0]) is not None

    def sentences(self, parts: list[Cell]) -> Iterator[Piece]:
        """Yield the pieces of the sentences that the table stands for; the numbers summed up go into `parts`."""
        if self.head:
            start, end = self.head[0][0], self.head[-1][1]
            yield self.text[start:end], start
            yield "。\n", _ADDED
        yield self.caption and f"{self.caption}：", _ADDED
        for row in self.rows:
            yield from self._row(row, parts)

    def _row(self, row: Sequence[Cell], parts: list[Cell]) -> Iterator[Piece]:
        words = [self.text[a:b] for a, b in row]
        cells = [k for k in range(len(row)) if k != self.counted]
        if self.numbered:
            yield words[0], row[0][0]
            yield "、", _ADDED
            cells = cells[1:]
        first = next((k for k in cells if k and _AMOUNT.fullmatch(words[k])), len(row))
        said: list[Piece] = [(words[k], row[k][0]) for k in cells if k < first]
        label, unit = _without_unit("".join(each for each, _ in said))
        if self.counted is not None:
            unit = words[self.counted]
        total = self._is_total(row)
        for k in (k for k in cells if k >= first):
            amount, head = _AMOUNT.fullmatch(words[k]), self.heads[k]
            time, plain = _TIME.match(head), _PLAIN.fullmatch(head)
            if amount and time:
                yield head, _ADDED
            if amount and (plain or time or not total):
                yield from said
            said = [(label, _ADDED)]
            if amount and not (plain or time):
                yield head, _ADDED
                if self.has_total and not total:
                    parts.append(row[k])
            yield words[k], row[k][0]
            if amount and not amount[1]:
                yield unit or self.units[k] or self._usual_unit(label + head), _ADDED
            yield "；" if plain or time or not amount else "。", _ADDED
        if first == len(row):
            yield from said
            yield "；", _ADDED

    def _usual_unit(self, words: str) -> str:
        """Return the unit of numbers whose table says none: a list of names and numbers may be anything."""
        return "" if self.head is None else "%" if words.endswith(("率", "占比", "比例")) else "件"
