"""A text and its figures -> sentences of parts (clauses, items of lists), and for each figure the parts around it.

A part is what stands between two marks or figures. What a part says is kept as the bit sets of desktop.extraction.lexicon;
what was spoken of before (headings, the sentence that opens an item, earlier sentences) as bit sets by nearness.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.extraction.lexicon import (
    ACT,
    CLOSE,
    COMMA,
    COMPARE,
    DOMAIN,
    ITEM,
    LAST_YEAR,
    LINE,
    LIST,
    OPEN,
    OTHER_NOUN,
    SEMICOLON,
    STOP,
    TARGET,
    THIS_YEAR,
    TITLE,
    UNTITLE,
    YEAR,
    Lexicon,
    Word,
)
from desktop.model import Figure

Token = tuple[int, int, Word]
HEADING = re.compile(r"\s*(?:([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[）)]|(\d{1,2})[.、．](?!\d)|(第[一二三四五六七八九十]+部分))")
AHEAD = re.compile(r"下一步|下步|工作打算|工作计划|工作安排|努力方向|下阶段|今后|工作思路|工作重点|工作展望|展望")
BREAKS = re.compile(r"\n\s*[—–-]+\s*\d{1,3}\s*[—–-]+\s*\n|[ \t\u3000\u00a0]+|\n(?=[^\n])")
JOINTS = ("和", "及", "与", "以及", "并", "或")
ENDS = "。！？!?；;：:\n”）)"


@dataclass(slots=True, eq=False)
class Part:
    """What stands between two marks or figures: its words, what they say together, and the mark before it."""

    mark: int
    start: int
    tokens: list[Token] = field(default_factory=list)
    topic: int = 0
    act: int = 0
    noun: int = 0
    without: int = 0
    any: int = 0
    signals: int = 0
    items: list[int] = field(default_factory=list)
    parent: Part | None = None
    shared: Part | None = None
    index: int = 0


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its parts in order, and what was spoken of before it, nearest first, as (topics, distance)."""

    parts: list[Part]
    before: list[tuple[int, float]]
    ahead: bool
    topic: int = 0


@dataclass(slots=True, eq=False)
class Place:
    """One figure in its sentence: the parts before and after it, and the time that is spoken of there."""

    figure: Figure
    start: int
    end: int
    pre: Part
    post: Part
    sentence: Sentence
    time: int


def flatten(text: str) -> tuple[str, list[int]]:
    """Return `text` without the spaces and line ends that layout put into it, and where each dropped character stood.

    A line end stays where a sentence, heading or short line ends; the second list is sorted, for bisect.
    """
    dropped: list[int] = []
    kept: list[str] = []
    last = 0
    for gap in BREAKS.finditer(text):
        start, end = gap.span()
        if text[start] == "\n" and (start == 0 or _ends_line(text, start, end)) and end == start + 1:
            continue
        kept.append(text[last:start])
        dropped.extend(range(start, end))
        last = end
    if not dropped:
        return text, dropped
    kept.append(text[last:])
    return "".join(kept), dropped


def _ends_line(text: str, start: int, end: int) -> bool:
    line = text.rfind("\n", 0, start) + 1
    return text[start - 1] in ENDS or start - line < 24 or HEADING.match(text, end) is not None


class Reader:
    """Reads one text from start to end into places; one object a text."""

    def __init__(self, flat: str, lexicon: Lexicon, year: int | None) -> None:
        self.flat, self.lexicon, self.year = flat, lexicon, year
        self.places: list[Place] = []
        self.headings: list[tuple[int, int]] = []
        self.item = self.level = 0
        self.recent: list[int] = []
        self.ahead_level = 0
        self.time = THIS_YEAR
        self.opens: list[tuple[Part, int]] = []
        self.begin_sentence(0)

    def begin_sentence(self, start: int) -> None:
        """Start a sentence at `start`."""
        before = [(topic, 0.2 + 0.06 * k) for k, topic in enumerate(self.recent)]
        if self.item:
            before.append((self.item, 0.26))
        before.extend((topic, 0.3) for _, topic in reversed(self.headings) if topic)
        self.part = Part(STOP, start)
        self.sentence = Sentence([self.part], before, self.ahead_level > 0)
        self.time = THIS_YEAR
        self.opens.clear()

    def begin_part(self, mark: int, start: int) -> Part:
        """Start a part after `mark` and return it."""
        part = Part(mark, start, index=len(self.sentence.parts))
        self.sentence.parts.append(part)
        self.part = part
        return part

    def end_sentence(self, start: int) -> None:
        """Close the sentence: remember what it spoke of, and begin the next at `start`."""
        topic = 0
        for part in self.sentence.parts:
            topic |= part.topic
        self.sentence.topic = topic
        if self.level:
            if self.level == 9:
                self.item = topic
            else:
                self.headings.append((self.level, topic))
            self.level = 0
        elif topic:
            self.recent = [topic, *self.recent[:2]]
        self.begin_sentence(start)

    def line(self, start: int) -> None:
        """Begin a line at `start`: a heading opens a section, other lines go on in the one they stand in."""
        heading = HEADING.match(self.flat, start)
        self.recent = []
        self.item = 0
        if heading is None:
            return
        level = 1 if heading[1] or heading[4] else 2 if heading[2] else 3
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.level = level
        if self.ahead_level >= level:
            self.ahead_level = 0
        end = self.flat.find("\n", start)
        title = self.flat[start : end if 0 <= end < start + 60 else start + 60].split("。", 1)[0]
        later = self.year is not None and f"{self.year + 1}年" in title
        if not self.ahead_level and (AHEAD.search(title) or later):
            self.ahead_level = level
        self.sentence.ahead = self.ahead_level > 0

    def mark(self, mark: int, start: int) -> None:
        """Take a punctuation mark that ends at `start`."""
        part = self.part
        if mark == LIST:
            if self._after_figure(part):
                self.begin_part(LIST, start)
            else:
                part.items.append(len(part.tokens))
        elif mark in (COMMA, SEMICOLON):
            if part.tokens or part.index == 0 or self._after_figure(part):
                self.begin_part(mark, start)
        elif mark == STOP:
            self.end_sentence(start)
        elif mark == LINE:
            self.end_sentence(start)
            self.line(start)
        elif mark == OPEN:
            self.opens.append((part, start))
            inner = Part(LIST, start, parent=part, index=len(self.sentence.parts))
            self.part = inner
        elif mark == CLOSE and self.opens:
            outer, opened = self.opens.pop()
            if self.places and self.places[-1].start >= opened:
                self.begin_part(LIST, start)
            else:
                self.part = outer

    def _after_figure(self, part: Part) -> bool:
        return bool(self.places) and self.places[-1].post is part

    def word(self, start: int, end: int, word: Word) -> None:
        """Take a word of the lexicon."""
        part = self.part
        signals = word.signals
        if signals & (YEAR | ITEM | LAST_YEAR | THIS_YEAR | TARGET):
            if signals & YEAR:
                self._year(word.year, start, end)
                return
            if signals & ITEM:
                if start and self.flat[start - 1] not in "。；;：:\n，,":
                    return
                if self.sentence.topic or len(self.sentence.parts) > 1 or part.tokens:
                    self.end_sentence(start)
                self.recent, self.item, self.level = [], 0, 9
                self.begin_sentence(end)
                return
            if signals & LAST_YEAR and start and self.flat[start - 1] in "较比与同从由":
                part.signals |= COMPARE
            elif signals & TARGET:
                self.time = TARGET
                if word.text in ("下一步", "下步", "明年"):
                    self.ahead_level = self.ahead_level or 1
                    self.sentence.ahead = True
            else:
                self.time = signals & (LAST_YEAR | THIS_YEAR)
            if not word.any:
                return
        part.tokens.append((start, end, word))
        part.topic |= word.topic
        part.act |= word.act
        part.noun |= word.noun
        part.without |= word.without
        part.any |= word.any
        part.signals |= signals

    def _year(self, year: int, start: int, end: int) -> None:
        if self.year is None or self.flat.startswith(("以来", "起", "底以来"), end) or (start and self.flat[start - 1] in "—－-～~至较比与同"):
            if start and self.year is not None and self.flat[start - 1] in "较比与同":
                self.part.signals |= COMPARE
            return
        self.time = THIS_YEAR if year == self.year else LAST_YEAR if year < self.year else TARGET

    def figure(self, figure: Figure, start: int, end: int) -> None:
        """Take a figure: what stands between it and the one before is shared out between the two."""
        part = self.part
        if part.parent is not None and part.index == len(self.sentence.parts):
            if part.tokens:
                self.sentence.parts.append(part)
            else:
                part = part.parent
        elif self._after_figure(part) and part.tokens:
            part = self._share(part)
        elif self._after_figure(part):
            part.parent = self.places[-1].pre
        post = self.begin_part(0, end)
        self.places.append(Place(figure, start, end, part, post, self.sentence, self.time))

    def _share(self, gap: Part) -> Part:
        """Split `gap`, which stands between two figures without a mark, at its first act; return the second's part."""
        joint = self.flat.startswith(JOINTS, gap.start)
        for k, (start, _, word) in enumerate(gap.tokens):
            if joint or word.signals & ACT:
                later = Part(LIST if joint else 0, start, gap.tokens[k:], index=len(self.sentence.parts))
                self.sentence.parts.append(later)
                gap.tokens = gap.tokens[:k]
                for part in (gap, later):
                    total(part)
                return later
        return gap


def total(part: Part) -> None:
    """Work out anew what the words of `part` say together."""
    part.topic = part.act = part.noun = part.without = part.any = part.signals = 0
    for _, _, word in part.tokens:
        part.topic |= word.topic
        part.act |= word.act
        part.noun |= word.noun
        part.without |= word.without
        part.any |= word.any
        part.signals |= word.signals


def read_places(text: str, figures: Sequence[Figure], lexicon: Lexicon, year: int | None) -> tuple[str, list[Place]]:
    """Return (flat text, a place for each figure in text order)."""
    flat, dropped = flatten(text)
    flat = flat.replace("(", "（").replace(")", "）").replace("＋", "+")
    ordered = sorted(figures, key=lambda f: f.start)
    spans = [(f.start - bisect_left(dropped, f.start), f.end - bisect_left(dropped, f.end)) for f in ordered]
    reader = Reader(flat, lexicon, year)
    reader.line(0)
    n, count = 0, len(spans)
    next_start, next_end = spans[0] if spans else (len(flat) + 1, 0)
    title_end = -1
    busy_end = 0
    for last, word in lexicon.automaton.iter_long(flat):
        end = last + 1
        start = end - word.size
        while next_start < end:
            if start < next_start and not word.mark:
                break
            reader.figure(ordered[n], next_start, next_end)
            busy_end = next_end
            n += 1
            next_start, next_end = spans[n] if n < count else (len(flat) + 1, 0)
        if start < busy_end or end > next_start or start < title_end:
            continue
        if word.mark:
            if word.mark == TITLE:
                title_end = flat.find("》", start) + 1
            elif word.mark != UNTITLE:
                reader.mark(word.mark, end)
        else:
            reader.word(start, end, word)
    while n < count:
        reader.figure(ordered[n], next_start, next_end)
        n += 1
        next_start, next_end = spans[n] if n < count else (len(flat) + 1, 0)
    reader.end_sentence(len(flat))
    return flat, reader.places


__all__ = ["DOMAIN", "OTHER_NOUN", "Part", "Place", "Sentence", "flatten", "read_places"]
