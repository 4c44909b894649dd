"""A sentence and its figures -> for each figure the parts (clauses, items of lists) that it stands between.

A part is what stands between two marks or figures; what it says is kept as the bit sets of desktop.extraction.lexicon.
Sentences are found in desktop.extraction.sentences.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.extraction.lexicon import (
    ACTS,
    CHANGE,
    COMMA,
    COMPARE,
    LAST_YEAR,
    LIST,
    MARKS_AND_TIMES,
    OPEN,
    OTHER_NOUN,
    OVER_YEARS,
    PAST,
    SEMICOLON,
    STOP,
    TARGET,
    THIS_YEAR,
    YEAR,
    Lexicon,
    Sense,
    Word,
)
from desktop.extraction.spoken import Before, Found, Spoken
from desktop.model import Figure

Spot = tuple[Figure, int, int]
# How well a sense fits a figure, and the sense.
Guess = tuple[float, Sense]
JOINTS = ("和", "及", "与", "以及", "并", "或")
SINCE = ("以来", "至今", "起", "底以来", "以前", "之前", "底前", "前", "印发", "制定", "出台", "新修订", "版")
AGAINST = "较比与同从由"
PERSONS = ("名", "人", "位", "人次")
HERE = re.compile("^全[县市区旗州]")
TOTALS = ("合计", "共计", "总计", "共", "总共", "累计", "合计达", "共有", "两项合计", "三项合计", "合计有", "计")


class Part:
    """What stands between two marks or figures: its words, what they say together, and the mark before it.

    `items` are the places in `tokens` where 、 stood; `parent` is what a bracket or a second figure goes on from,
    `shared` the whole list that an item of it was cut from.
    """

    __slots__ = ("index", "items", "mark", "parent", "say", "shared", "signals", "start", "tokens", "without")

    def __init__(self, mark: int, start: int, index: int) -> None:
        self.mark, self.start, self.index = mark, start, index
        self.tokens: list[Found] = []
        self.say = self.signals = self.without = 0
        self.items: Sequence[int] = ()
        self.parent: Part | None = None
        self.shared: Part | None = None

    def total(self) -> None:
        """Work out what the words of the part say together."""
        if not self.tokens:
            return
        _, word = self.tokens[0]
        say, signals, without = word.say, self.signals | word.signals, word.without
        for _, word in self.tokens[1:]:
            say |= word.say
            signals |= word.signals
            without |= word.without
        self.say, self.signals, self.without = say, signals, without


class Sentence:
    """One sentence: its parts in order, what was spoken of before it, and whether it speaks of what is to come.

    `visible` are the senses that find all that they ask somewhere in the sentence or, their topic, before it;
    `wanting`: its section speaks of what is to come and, so far, only of what is wanting this year; `narrow`: of the
    work of one body.
    """

    __slots__ = ("ahead", "before", "narrow", "parts", "say", "signals", "visible", "wanting")

    def __init__(self, before: Before, ahead: bool, wanting: bool, narrow: bool) -> None:
        self.parts: list[Part] = []
        self.before, self.ahead, self.wanting, self.narrow = before, ahead, wanting, narrow
        self.visible = self.say = self.signals = 0

    def total(self, lexicon: Lexicon) -> None:
        """Work out what the parts say, each and all together."""
        said = signals = 0
        for part in self.parts:
            if part.tokens:
                part.total()
                said |= part.say
                signals |= part.signals
        self.say, self.signals = said, signals
        said |= lexicon.free
        self.visible = (said | self.before.say) & said >> 1 & said >> 2


class Place:
    """One figure in its sentence: the parts before and after it, and the time that is spoken of there.

    `whole` is the figure before the bracket that this one stands in, if any (演练316场（县级12场）); `guesses` (best
    first) are what it may be, `kept` the one decided on, `refused` why it may be none of them. `total`: it is said to
    be the sum of figures before it (共27支).
    """

    __slots__ = (
        "end", "figure", "guesses", "kept", "post", "pre", "refused", "sentence", "start", "time", "total", "unit",
        "whole",
    )  # fmt: skip

    def __init__(self, spot: Spot, pre: Part, post: Part, sentence: Sentence, time: int, whole: Place | None) -> None:
        self.figure, self.start, self.end = spot
        self.unit = self.figure.unit
        self.pre, self.post, self.sentence, self.time, self.whole = pre, post, sentence, time, whole
        self.guesses: Sequence[Guess] = ()
        self.kept: Guess | None = None
        self.total = False
        self.refused = ""


class SentenceReader:
    """Takes the sentences of a text that have figures apart, one by one."""

    def __init__(self, flat: str, lexicon: Lexicon, year: int | None) -> None:
        self.flat, self.lexicon, self.year = flat, lexicon, year

    def read(self, sentence: Sentence, start: int, spoken: Spoken, spots: Sequence[Spot]) -> list[Place]:
        """Return a place for each of `spots`, all of them in the `sentence` from `start` with the words `spoken`."""
        self.sentence, self.parts = sentence, sentence.parts
        self.places: list[Place] = []
        self.time = THIS_YEAR
        self.opens: list[tuple[Part, int, int, Place | None]] = []
        self.begin(STOP, start)
        words, make, before = self.lexicon.words, self.lexicon.make, spoken.before
        next_spot, count = 0, len(spots)
        _, first, last = spots[0]
        busy, endless = 0, len(self.flat) + 1
        tokens = self.part.tokens
        for index, _, end in spoken.matches:
            at = before + end
            if at >= first:
                while at >= first:
                    self.figure(spots[next_spot])
                    busy = last
                    next_spot += 1
                    first, last = spots[next_spot][1:] if next_spot < count else (endless, endless)
                tokens = self.part.tokens
            if at < busy:
                continue
            word = words[index] or make(index)
            if not word.signals & MARKS_AND_TIMES:
                tokens.append((at, word))
            elif word.mark:
                if at + 1 == first and word.text in "：:" and tokens:
                    continue  # 受理行政复议申请：142件
                self.mark(word.mark, at + 1)
                tokens = self.part.tokens
            elif self.when(word, at):
                tokens.append((at, word))
        for spot in spots[next_spot:]:
            self.figure(spot)
        return self.places

    def begin(self, mark: int, start: int) -> Part:
        """Begin a part after `mark` and return it."""
        self.part = part = Part(mark, start, len(self.parts))
        self.parts.append(part)
        self.after_figure = False
        return part

    def mark(self, mark: int, end: int) -> None:
        """Take a mark that ends at `end`."""
        part = self.part
        if mark in (COMMA, SEMICOLON):
            if mark == SEMICOLON and self.time & LAST_YEAR:
                self.time = THIS_YEAR
            if self.after_figure or part.tokens or part.signals or not part.index:
                self.part = part = Part(mark, end, len(self.parts))
                self.parts.append(part)
                self.after_figure = False
            elif part.mark == LIST:
                part.mark, part.start = mark, end
        elif mark == LIST:
            if self.after_figure and not self._goes_on(end):
                self.begin(LIST, end)
            else:
                part.items = [*part.items, len(part.tokens)]
        elif mark == OPEN:
            self.opens.append((part, end, self.time, self.places[-1] if self.after_figure else None))
            self.part = Part(LIST, end, len(self.parts))
            self.part.parent = part
            self.after_figure = False
        elif self.opens:
            outer, opened, self.time, _ = self.opens.pop()
            if self.places and self.places[-1].start >= opened:
                self.begin(LIST, end).parent = outer
            else:
                self.part = outer
                self.after_figure = bool(self.places) and self.places[-1].post is outer

    def _goes_on(self, end: int) -> bool:
        """Return whether the noun of the figure before goes on after the 、 that ends at `end` (96名镇街、部门干部)."""
        tokens = self.part.tokens
        return (
            bool(tokens)
            and self.places[-1].unit in PERSONS
            and not self.flat[end : end + 1].isdigit()
            and not any(word.say & self.lexicon.acts or word.signals & ACTS for _, word in tokens)
        )

    def when(self, word: Word, at: int) -> bool:
        """Take a word of time; return whether it says anything of an indicator as well.

        At the head of a clause it holds until another time is named; inside one it holds for that clause alone.
        """
        if word.signals & OVER_YEARS:
            self.part.signals |= OVER_YEARS
            return bool(word.say)
        flat, start, end = self.flat, at + 1 - word.size, at + 1
        before = flat[start - 1 : start] or " "
        if word.signals & (YEAR | LAST_YEAR) and before in AGAINST:
            self.part.signals |= COMPARE
            return bool(word.say)
        time = word.signals & (LAST_YEAR | THIS_YEAR | TARGET)
        if word.signals & YEAR:
            due = before == "到" and flat.startswith(("底", "末"), end)  # 到2025年底
            if self.year is None or (before in "—－-～~至到" and not due) or flat[end : end + 1].isdigit():
                return False
            time = THIS_YEAR if word.year == self.year else LAST_YEAR if word.year < self.year else TARGET
        if time & LAST_YEAR and flat.startswith(SINCE, end):
            return bool(word.say)
        if time & TARGET or (
            not self.part.tokens and start - self.part.start <= 1 and not flat.startswith("结转", end)
        ):
            self.time = time
        elif time & LAST_YEAR:
            self.part.signals |= PAST
        elif not self.time & TARGET:
            self.time = time
        return bool(word.say)

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
        total = self.flat[spot[1] - 1] in "计共达有" and self.flat.endswith(TOTALS, part.start, spot[1])
        if total and self.places and part.mark < SEMICOLON and HERE.sub("", self.flat[part.start : spot[1]]) in TOTALS:
            last = self.places[-1]
            like = next((p.pre for p in reversed(self.places) if p.unit == spot[0].unit), last.pre)
            if last.post.index == part.index - 1 and like.tokens:
                part.parent, part.tokens = like, []
        self.part = post = Part(0, spot[2], len(self.parts))
        self.parts.append(post)
        self.after_figure = True
        whole = self.opens[-1][3] if self.opens else None
        place = Place(spot, part, post, self.sentence, self.time, whole)
        place.total = total
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
            if joint or word.signals & ACTS:
                later = self.begin(LIST if joint else 0, at + 1 - word.size)
                later.tokens, gap.tokens = gap.tokens[k:], gap.tokens[:k]
                return later
        at, word = gap.tokens[0]
        if word.signals & OTHER_NOUN and not word.say and at + 1 - word.size <= gap.start + 1:
            later = self.begin(0, at + 1)
            later.tokens, gap.tokens = gap.tokens[1:], gap.tokens[:1]
            later.parent = self.places[-1].pre
            return later
        return gap
