"""A text and its figures -> for each figure its sentence in parts (clauses, items of lists) and what went before.

A part is what stands between two marks or figures; what it says is kept as the bit sets of desktop.extraction.lexicon.
Only sentences that have figures are taken apart; of the others it is enough to know what they speak of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from desktop.extraction.flat import flatten
from desktop.extraction.lexicon import (
    ACT,
    AFTER,
    CHANGE,
    COMPARE,
    LAST_YEAR,
    LIGHT,
    LIST,
    OPEN,
    OTHER_NOUN,
    PAST,
    SEMICOLON,
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
from desktop.extraction.spoken import Context, Found, Match, Spoken, Zone
from desktop.model import Figure

Spot = tuple[Figure, int, int]
JOINTS = ("和", "及", "与", "以及", "并", "或")
SINCE = ("以来", "至今", "起", "底以来", "以前", "之前", "底前", "前", "印发", "制定", "出台", "新修订", "版")
AGAINST = "较比与同从由"
BEFORE_ITEM = "。；;：:\n，, "
LONGEST_HEADING = 60


class Part:
    """What stands between two marks or figures: its words, what they say together, and the mark before it.

    `items` are the places in `tokens` where 、 stood; `parent` is what a bracket or a second figure goes on from,
    `shared` the whole list that an item of it was cut from.
    """

    __slots__ = (
        "act", "any", "index", "items", "mark", "noun", "parent", "shared", "signals", "start", "tokens", "topic",
        "without",
    )  # fmt: skip

    def __init__(self, mark: int, start: int, index: int, tokens: list[Found]) -> None:
        self.mark, self.start, self.index, self.tokens = mark, start, index, tokens
        self.topic = self.act = self.noun = self.without = self.any = self.signals = 0
        self.items: Sequence[int] = ()
        self.parent: Part | None = None
        self.shared: Part | None = None

    def total(self) -> None:
        """Work out what the words of the part say together; it has at least one."""
        tokens = self.tokens
        word = tokens[0][1]
        topic, act, noun, without, any_ = word.topic, word.act, word.noun, word.without, word.any
        signals = self.signals | word.signals
        for _, word in tokens[1:]:
            signals |= word.signals
            if word.any:
                topic |= word.topic
                act |= word.act
                noun |= word.noun
                any_ |= word.any
            if word.without:
                without |= word.without
        self.topic, self.act, self.noun, self.without = topic, act, noun, without
        self.any, self.signals = any_, signals


class Sentence:
    """One sentence: its parts in order, what was spoken of before it, and whether it speaks of what is to come."""

    __slots__ = ("ahead", "before", "parts", "signals", "visible")

    def __init__(self, before: list[Zone], ahead: bool) -> None:
        self.parts: list[Part] = []
        self.before, self.ahead = before, ahead
        self.visible = self.signals = 0

    def total(self, lexicon: Lexicon) -> None:
        """Work out which wordings find all that they ask somewhere in the sentence or, their topic, before it."""
        topic, act, noun = lexicon.any_topic, lexicon.any_act, lexicon.any_noun
        signals = 0
        for part in self.parts:
            if part.tokens:
                part.total()
                signals |= part.signals
                if part.any:
                    topic |= part.topic
                    act |= part.act
                    noun |= part.noun
        self.signals = signals
        for zone, _, _ in self.before:
            topic |= zone
        self.visible = topic & act & noun


class Place:
    """One figure in its sentence: the parts before and after it, and the time that is spoken of there.

    `whole` is the figure before the bracket that this one stands in, if any (演练316场（县级12场）).
    """

    __slots__ = ("end", "figure", "post", "pre", "sentence", "start", "time", "whole")

    def __init__(self, spot: Spot, pre: Part, post: Part, sentence: Sentence, time: int) -> None:
        self.figure, self.start, self.end = spot
        self.whole: Place | None = None
        self.pre, self.post, self.sentence, self.time = pre, post, sentence, time


class SentenceReader:
    """Takes one sentence with figures apart."""

    def __init__(self, flat: str, sentence: Sentence, year: int | None, start: int) -> None:
        self.flat, self.sentence, self.year = flat, sentence, year
        self.parts = sentence.parts
        self.places: list[Place] = []
        self.time = THIS_YEAR
        self.opens: list[tuple[Part, int, int, Place | None]] = []
        self.after_figure = False
        self.part = self.begin(STOP, start)

    def begin(self, mark: int, start: int) -> Part:
        """Begin a part after `mark` and return it."""
        self.part = part = Part(mark, start, len(self.parts), [])
        self.parts.append(part)
        self.after_figure = False
        return part

    def read(self, found: list[Found], spots: list[Spot]) -> list[Place]:
        """Return a place for each of `spots`, all of them within the sentence of the words `found`."""
        next_spot, count = 0, len(spots)
        first, last = spots[0][1], spots[0][2]
        busy, endless = 0, len(self.flat) + 1
        tokens = self.part.tokens
        for item in found:
            at, word = item
            if at >= first:
                while at >= first:
                    self.figure(spots[next_spot])
                    busy = last
                    next_spot += 1
                    first, last = spots[next_spot][1:] if next_spot < count else (endless, endless)
                tokens = self.part.tokens
            if at < busy:
                continue
            if not word.mark:
                if not word.signals & TIMES or self.when(word, at):
                    tokens.append(item)
            elif word.mark <= SEMICOLON and word.mark != LIST:
                self.clause(word.mark, at + 1)
                tokens = self.part.tokens
            else:
                self.mark(word.mark, at + 1)
                tokens = self.part.tokens
        for spot in spots[next_spot:]:
            self.figure(spot)
        return self.places

    def clause(self, mark: int, end: int) -> None:
        """Take a ， or ； that ends at `end`."""
        part = self.part
        if mark == SEMICOLON and self.time & LAST_YEAR:
            self.time = THIS_YEAR
        if self.after_figure or part.tokens or part.signals or not part.index:
            self.begin(mark, end)
        elif part.mark == LIST:
            part.mark, part.start = mark, end

    def mark(self, mark: int, end: int) -> None:
        """Take a 、 or a bracket that ends at `end`."""
        part = self.part
        if mark == LIST:
            if self.after_figure:
                self.begin(LIST, end)
            else:
                part.items = [*part.items, len(part.tokens)]
        elif mark == OPEN:
            self.opens.append((part, end, self.time, self.places[-1] if self.places else None))
            self.part = Part(LIST, end, len(self.parts), [])
            self.part.parent = part
            self.after_figure = False
        elif self.opens:
            outer, opened, self.time, _ = self.opens.pop()
            if self.places and self.places[-1].start >= opened:
                self.begin(LIST, end)
            else:
                self.part = outer
                self.after_figure = bool(self.places) and self.places[-1].post is outer

    def when(self, word: Word, at: int) -> bool:
        """Take a word of time; return whether it says anything of an indicator as well.

        At the head of a clause it holds until another time is named; inside one it holds for that clause alone.
        """
        flat, start, end = self.flat, at + 1 - word.size, at + 1
        before = flat[start - 1 : start] or " "
        if word.signals & (YEAR | LAST_YEAR) and before in AGAINST:
            self.part.signals |= COMPARE
            return bool(word.any)
        time = word.signals & (LAST_YEAR | THIS_YEAR | TARGET)
        if word.signals & YEAR:
            if self.year is None or before in "—－-～~至到" or flat[end : end + 1].isdigit():
                return False
            time = THIS_YEAR if word.year == self.year else LAST_YEAR if word.year < self.year else TARGET
        if time & LAST_YEAR and flat.startswith(SINCE, end):
            return bool(word.any)
        if time & TARGET or (
            not self.part.tokens and start - self.part.start <= 1 and not flat.startswith("结转", end)
        ):
            self.time = time
        elif time & LAST_YEAR:
            self.part.signals |= PAST
        else:
            self.time = time
        return bool(word.any)

    def figure(self, spot: Spot) -> None:
        """Take a figure: what stands between it and the one before is shared out between the two."""
        part = self.part
        if self.after_figure:
            if part.tokens:
                part = self._share(part)
            else:
                part.parent = self.places[-1].pre
        elif part.parent is not None and part.index == len(self.parts):
            if part.tokens:
                self.parts.append(part)
            else:
                part = part.parent
        post = self.begin(0, spot[2])
        self.after_figure = True
        place = Place(spot, part, post, self.sentence, self.time)
        if self.opens:
            place.whole = self.opens[-1][3]
        self.places.append(place)

    def _share(self, gap: Part) -> Part:
        """Split `gap`, which stands between two figures without a mark, at its first act; return the second's part.

        Where only a change stands between them (31件增加到44件), the second goes on from what stands before the first.
        """
        if all(word.signals & CHANGE for _, word in gap.tokens):
            later = self.begin(0, gap.start)
            later.parent, later.signals, gap.tokens = self.places[-1].pre, CHANGE, []
            return later
        joint = self.flat.startswith(JOINTS, gap.start)
        for k, (at, word) in enumerate(gap.tokens):
            if joint or word.signals & (ACT | LIGHT):
                later = self.begin(LIST if joint else 0, at + 1 - word.size)
                later.tokens, gap.tokens = gap.tokens[k:], gap.tokens[:k]
                return later
        at, word = gap.tokens[0]
        if word.signals & OTHER_NOUN and not word.any and at + 1 - word.size <= gap.start + 1:
            later = self.begin(0, at + 1)
            later.tokens, gap.tokens = gap.tokens[1:], gap.tokens[:1]
            later.parent = self.places[-1].pre
            return later
        return gap


class TextReader:
    """Reads a text from start to end: finds its sentences, and has those with figures taken apart."""

    def __init__(self, flat: str, spots: list[Spot], lexicon: Lexicon, year: int | None) -> None:
        self.flat, self.spots, self.lexicon, self.year = flat, spots, lexicon, year
        self.starts = {start for _, start, _ in spots}
        self.context = Context(year)
        self.places: list[Place] = []
        self.matches: list[Match] = []
        self.before = -1
        self.after = [word for word in lexicon.after if word in flat]
        self.next_spot = self.begun = self.untitled = 0

    def read(self) -> list[Place]:
        """Return a place for each figure; of lines without figures only the headings are looked at."""
        flat, breaks, find = self.flat, self.lexicon.breaks, self.lexicon.automaton.find_matches_as_indexes
        start, size = 0, len(self.flat)
        while start < size:
            end = flat.find("\n", start)
            end = size if end < 0 else end
            headed = self.context.line(flat, start)
            if self.next_spot < len(self.spots) and self.spots[self.next_spot][1] < end:
                last = end
            elif headed:
                last = min(end, start + LONGEST_HEADING)
            else:
                last = start
                if any(flat.find(word, start, end) >= 0 for word in self.after):
                    self.context.plan()
            if last > start:
                self.begun, self.before = start, start - 1
                keep = self.matches.append
                for match in find(flat[start:last]):
                    if match[0] < breaks:
                        self.at_break(match)
                        keep = self.matches.append
                    else:
                        keep(match)
                self.end_sentence(end)
            start = end + 1
        return self.places

    def at_break(self, match: Match) -> None:
        """Take a word or mark that ends a sentence or bounds a title."""
        word, at = self.lexicon.words[match[0]], self.before + match[2]
        flat = self.flat
        if word.mark == STOP:
            if flat.startswith("其中", at + 1):
                self.matches.append((self.lexicon.comma, *match[1:]))
            else:
                self.end_sentence(at + 1)
        elif word.mark == TITLE:
            close = flat.find("》", at) + 1
            self.untitled = close if close and close not in self.starts else 0
        elif word.mark == UNTITLE:
            if at + 1 == self.untitled:
                self._entitle(flat.rfind("《", 0, at))
        elif word.signals & AFTER:
            self.matches.append(match)
            if at < word.size or flat[at - word.size] in BEFORE_ITEM:
                self.context.plan()
        elif at < 2 or flat[at - 2] in BEFORE_ITEM:
            self.end_sentence(at - 1)
            self.context.item()
            self.begun = at + 1

    def end_sentence(self, end: int) -> None:
        """Close the sentence that ends at `end`."""
        spoken = Spoken(self.matches, self.lexicon.words, self.before)
        first, spots = self.next_spot, self.spots
        last = first
        while last < len(spots) and spots[last][1] < end:
            last += 1
        if last > first:
            self.next_spot = last
            sentence = Sentence(self.context.before(), self.context.ahead > 0)
            reader = SentenceReader(self.flat, sentence, self.year, self.begun)
            self.places += reader.read(spoken.found(), spots[first:last])
            sentence.total(self.lexicon)
        self.context.take(spoken)
        self.matches = []
        self.begun = end

    def _entitle(self, opened: int) -> None:
        """Leave of the words since `opened`, which stand in a document's title, only what they speak of."""
        matches, words = self.matches, self.lexicon.words
        first = len(matches)
        while first and self.before + matches[first - 1][2] >= opened:
            first -= 1
        matches[first:] = [(words[i].titled, start, end) for i, start, end in matches[first:] if words[i].titled]


def read_places(text: str, figures: Sequence[Figure], lexicon: Lexicon, year: int | None) -> tuple[str, list[Place]]:
    """Return (flat text, a place for each figure in text order)."""
    inside = {f.start + text[f.start : f.end].find("\n") for f in figures if "\n" in text[f.start : f.end]}
    flat, dropped = flatten(text, frozenset(inside))
    ordered = sorted(figures, key=_start)
    if dropped:
        spots = [(f, f.start - bisect_left(dropped, f.start), f.end - bisect_left(dropped, f.end)) for f in ordered]
    else:
        spots = [(f, f.start, f.end) for f in ordered]
    return flat, TextReader(flat, spots, lexicon, year).read()


def _start(figure: Figure) -> int:
    return figure.start
