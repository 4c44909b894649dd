"""A text and its figures -> for each figure its sentence in parts (clauses, items of lists), and what was spoken of before.

A part is what stands between two marks or figures. What a part says is kept as the bit sets of desktop.extraction.lexicon.
Only sentences that have figures are taken apart; of the others it is enough to know what they speak of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.extraction.flat import AHEAD, flatten, heading
from desktop.extraction.lexicon import (
    ACT,
    AFTER,
    CLOSE,
    COMPARE,
    ITEM,
    LAST_YEAR,
    LIGHT,
    LINE,
    LIST,
    OPEN,
    STOP,
    TARGET,
    THIS_YEAR,
    TIMES,
    TITLE,
    UNTITLE,
    YEAR,
    Lexicon,
    Word,
)
from desktop.model import Figure

Token = tuple[int, int, Word]
Found = tuple[int, Word]
JOINTS = ("和", "及", "与", "以及", "并", "或")
AGAINST = "较比与同"
BEFORE_ITEM = "。；;：:\n，, "
NEAREST, STEP, OPENING, TITLED = 0.2, 0.06, 0.26, 0.3


class Part:
    """What stands between two marks or figures: its words, what they say together, and the mark before it.

    `items` are the places in `tokens` where 、 stood; `parent` is what a bracket or a second figure goes on from,
    `shared` the whole list that an item of it was cut from.
    """

    __slots__ = (
        "act", "any", "index", "items", "mark", "noun", "parent", "shared", "signals", "start", "tokens", "topic",
        "without",
    )  # fmt: skip

    def __init__(self, mark: int, start: int, index: int, tokens: list[Token] | None = None) -> None:
        self.mark, self.start, self.index = mark, start, index
        self.tokens = [] if tokens is None else tokens
        self.topic = self.act = self.noun = self.without = self.any = self.signals = 0
        self.items: list[int] | None = None
        self.parent: Part | None = None
        self.shared: Part | None = None


@dataclass(slots=True, eq=False)
class Sentence:
    """One sentence: its parts in order, and what was spoken of before it, nearest first, as (topics, distance)."""

    parts: list[Part]
    before: list[tuple[int, float]]
    ahead: bool


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


def total(part: Part) -> None:
    """Work out what the words of `part` say together."""
    topic = act = noun = without = signals = 0
    for _, _, word in part.tokens:
        topic |= word.topic
        act |= word.act
        noun |= word.noun
        without |= word.without
        signals |= word.signals
    part.topic, part.act, part.noun, part.without = topic, act, noun, without
    part.any = topic | act | noun
    part.signals |= signals


class Context:
    """What has been spoken of so far: headings, the sentence that opens an item (一是…), the sentences before."""

    def __init__(self, year: int | None) -> None:
        self.year = year
        self.headings: list[tuple[int, Spoken]] = []
        self.opening: Spoken | None = None
        self.recent: list[Spoken] = []
        self.level = 0
        self.ahead = 0

    def line(self, flat: str, start: int) -> None:
        """Begin a line at `start`: a heading opens a section, other lines go on in the one they stand in."""
        self.recent = []
        self.opening = None
        level, title = heading(flat, start)
        if not level:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.level = level
        if self.ahead >= level:
            self.ahead = 0
        if not self.ahead and (AHEAD.search(title) or (self.year is not None and f"{self.year + 1}年" in title)):
            self.ahead = level

    def item(self) -> None:
        """Begin an item (一是) of the paragraph."""
        self.recent, self.opening, self.level = [], None, ITEM

    def take(self, found: list[Found]) -> None:
        """Remember the words of a sentence that has ended."""
        if self.level == ITEM:
            self.opening = Spoken(found)
        elif self.level:
            self.headings.append((self.level, Spoken(found)))
        elif found:
            self.recent = [Spoken(found), *self.recent[:2]]
        self.level = 0

    def before(self) -> list[tuple[int, float]]:
        """Return what was spoken of before the sentence that begins now, nearest first, as (topics, distance)."""
        zones = [(spoken.topic(), NEAREST + STEP * k) for k, spoken in enumerate(self.recent)]
        if self.opening is not None:
            zones.append((self.opening.topic(), OPENING))
        for _, spoken in reversed(self.headings):
            zones.append((spoken.topic(), TITLED))
        return [zone for zone in zones if zone[0]]


class Spoken:
    """The words of a sentence that has ended; what they speak of is worked out when it is first asked."""

    __slots__ = ("found", "known")

    def __init__(self, found: list[Found]) -> None:
        self.found, self.known = found, -1

    def topic(self) -> int:
        """Return the topics that the sentence speaks of."""
        if self.known < 0:
            self.known = 0
            for _, word in self.found:
                self.known |= word.topic
        return self.known


class SentenceReader:
    """Takes one sentence with figures apart."""

    def __init__(self, flat: str, sentence: Sentence, year: int | None, start: int) -> None:
        self.flat, self.sentence, self.year = flat, sentence, year
        self.parts = sentence.parts
        self.places: list[Place] = []
        self.time = THIS_YEAR
        self.opens: list[tuple[Part, int]] = []
        self.part = self.begin(STOP, start)

    def begin(self, mark: int, start: int) -> Part:
        """Begin a part after `mark` and return it."""
        self.part = part = Part(mark, start, len(self.parts))
        self.parts.append(part)
        return part

    def read(self, found: list[Found], figures: list[tuple[Figure, int, int]]) -> list[Place]:
        """Return a place for each of `figures` (figure, start, end), all within the sentence of the words `found`."""
        waiting = iter(figures)
        figure = next(waiting)
        _, first, last = figure
        busy, endless = 0, len(self.flat) + 1
        for at, word in found:
            end = at + 1
            start = end - word.size
            while start >= first:
                self.figure(*figure)
                busy = last
                figure = next(waiting, (figure[0], endless, endless))
                _, first, last = figure
            if start < busy or end > first:
                continue
            if word.mark:
                self.mark(word.mark, end)
                continue
            if word.signals & TIMES and not self.when(word, start, end):
                continue
            self.part.tokens.append((start, end, word))
        while first < endless:
            self.figure(*figure)
            figure = next(waiting, (figure[0], endless, endless))
            first = figure[1]
        for part in self.parts:
            total(part)
        return self.places

    def mark(self, mark: int, end: int) -> None:
        """Take a mark that ends at `end`."""
        part = self.part
        if mark == LIST:
            if self._after_figure(part):
                self.begin(LIST, end)
            else:
                part.items = [*(part.items or ()), len(part.tokens)]
        elif mark == OPEN:
            self.opens.append((part, end))
            self.part = Part(LIST, end, len(self.parts))
            self.part.parent = part
        elif mark == CLOSE:
            if self.opens:
                outer, opened = self.opens.pop()
                if self.places and self.places[-1].start >= opened:
                    self.begin(LIST, end)
                else:
                    self.part = outer
        elif part.tokens or part.index == 0 or self._after_figure(part):
            self.begin(mark, end)

    def _after_figure(self, part: Part) -> bool:
        return bool(self.places) and self.places[-1].post is part

    def when(self, word: Word, start: int, end: int) -> bool:
        """Take a word of time; return whether it says anything of an indicator as well."""
        against = start > 0 and self.flat[start - 1] in AGAINST
        if word.signals & YEAR:
            if against:
                self.part.signals |= COMPARE
            elif self.year is not None and not self.flat.startswith(("以来", "起", "底以来"), end):
                if not (start and self.flat[start - 1] in "—－-～~至"):
                    self.time = THIS_YEAR if word.year == self.year else LAST_YEAR if word.year < self.year else TARGET
        elif word.signals & LAST_YEAR and self.flat.startswith(("以来", "至今", "起"), end):
            pass
        elif word.signals & LAST_YEAR and (against or (start and self.flat[start - 1] in "从由")):
            self.part.signals |= COMPARE
        elif word.signals & TARGET:
            self.time = TARGET
        else:
            self.time = word.signals & (LAST_YEAR | THIS_YEAR)
        return bool(word.any)

    def figure(self, figure: Figure, start: int, end: int) -> None:
        """Take a figure: what stands between it and the one before is shared out between the two."""
        part = self.part
        if part.parent is not None and part.index == len(self.parts):
            if part.tokens:
                self.parts.append(part)
            else:
                part = part.parent
        elif self._after_figure(part):
            if part.tokens:
                part = self._share(part)
            else:
                part.parent = self.places[-1].pre
        self.places.append(Place(figure, start, end, part, self.begin(0, end), self.sentence, self.time))

    def _share(self, gap: Part) -> Part:
        """Split `gap`, which stands between two figures without a mark, at its first act; return the second's part."""
        joint = self.flat.startswith(JOINTS, gap.start)
        for k, (start, _, word) in enumerate(gap.tokens):
            if joint or word.signals & (ACT | LIGHT):
                later = self.begin(LIST if joint else 0, start)
                later.tokens, gap.tokens = gap.tokens[k:], gap.tokens[:k]
                return later
        return gap


def read_places(text: str, figures: Sequence[Figure], lexicon: Lexicon, year: int | None) -> tuple[str, list[Place]]:
    """Return (flat text, a place for each figure in text order)."""
    flat, dropped = flatten(text)
    ordered = sorted(figures, key=lambda f: f.start)
    queue = [(f, f.start - bisect_left(dropped, f.start), f.end - bisect_left(dropped, f.end)) for f in ordered]
    starts = {start for _, start, _ in queue}
    queue.append((ordered[0], len(flat) + 2, len(flat) + 2)) if ordered else None
    context = Context(year)
    context.line(flat, 0)
    places: list[Place] = []
    found: list[Found] = []
    n = begun = untitled = 0

    def end_sentence(end: int) -> None:
        nonlocal n, begun, found
        first = n
        while n < len(queue) - 1 and queue[n][1] < end:
            n += 1
        if n > first:
            sentence = Sentence([], context.before(), context.ahead > 0)
            places.extend(SentenceReader(flat, sentence, year, begun).read(found, queue[first:n]))
        context.take(found)
        found = []
        begun = end

    for item in lexicon.automaton.iter_long(flat):
        word = item[1]
        if not word.breaks:
            found.append(item)
            continue
        end = item[0] + 1
        if word.mark == TITLE:
            close = flat.find("》", end) + 1
            untitled = close if close and close not in starts else 0
        elif word.mark == UNTITLE:
            if end == untitled:
                opened = flat.rfind("《", 0, end)
                while found and found[-1][0] >= opened:
                    found.pop()
        elif word.mark == STOP:
            end_sentence(end)
        elif word.mark == LINE:
            end_sentence(end)
            context.line(flat, end)
        elif word.signals & AFTER:
            context.ahead = context.ahead or 1
        elif end < 3 or flat[end - 3] in BEFORE_ITEM:
            end_sentence(end - 2)
            context.item()
            begun = end
    end_sentence(len(flat) + 1)
    return flat, places


__all__ = ["LINE", "Part", "Place", "Sentence", "Token", "read_places", "total"]
