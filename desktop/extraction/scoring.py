"""Which wordings fit a figure, and how well: evidence counts by where it stands (the clause, its list, before, after)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import (
    ACT,
    ACTOR,
    CHANGE,
    COMPARE,
    DOMAIN,
    EACH,
    LAST_YEAR,
    LIGHT,
    LIST,
    OTHER_NOUN,
    PLAIN,
    SEMICOLON,
    TARGET,
    Lexicon,
    Word,
)
from desktop.indicators import NO_ACT, Wording

# What may stand between a word and its number without parting them.
GLUE = (
    "共计累达到为约有了的各类均已全部年先后分别等及和与其该对将在中于总数量近超逾个今增加升降低减扩提高下上至案件事项工作"
    "活动开展组织举办进行完成实现推动落实、“”\"' ：:是仅也都实际圆满成功余多，"
)
AFTER_GLUE = GLUE + "以内左右"
CLAUSE_END = "，。；、：\n,;（）()！"
PERSONS = ("名", "人", "位")
CHANGED = re.compile(
    r"(?:增长|下降|增加|减少|上升|降低|增幅|降幅|提高|提升|回落|涨幅|减幅|翻了|多收|少收|净增|递增|递减|高于|低于|高出|增|降)"
    r"(?:率|幅度|幅|比例)?(?:了|达|为|达到|约|近|超过|超|逾|均)*\Z"
)
REACHED = re.compile(r"(?:至|到|为|达|达到)(?:了|约|近|超|超过|逾)*\Z")
FROM = re.compile(
    r"(?:由|从)(?:原来|原先|去年|上年|\d{4}年|法定|原有|此前|最初|过去|以前|年初|最长|原)*(?:底|末|同期)?的?\Z"
)
TO = re.compile(r"[^。；\n]{0,14}?(?:至|到|为)")
AVERAGE = re.compile(r"平均(?:水平|值|率|数)?(?:的|为|是|达)?\Z")
WORTH_KEEPING = 0.3


@dataclass(slots=True, eq=False)
class Guess:
    """One wording that fits a figure: its bit, its indicator, its score."""

    bit: int
    wording: Wording
    indicator: str
    score: float


@dataclass(slots=True, eq=False)
class Reading:
    """What is thought of one figure: guesses best first, and why it may be none of them."""

    place: Place
    guesses: list[Guess] = field(default_factory=list)
    refused: str = ""


def refusal(place: Place, flat: str) -> str:
    """Return why the figure is not this year's level (change, last_year, target, each, from ...), else an empty string."""
    if place.sentence.ahead or place.time & TARGET:
        return "target"
    if place.time & LAST_YEAR:
        return "last_year"
    pre, at = place.pre, place.start
    signals = pre.signals
    if signals & CHANGE and CHANGED.search(flat, max(pre.start, at - 16), at):
        return "change"
    if signals & COMPARE and not REACHED.search(flat, max(pre.start, at - 6), at):
        return "change"
    if signals & EACH:
        return "each"
    left = flat[max(pre.start, at - 12) : at]
    if ("由" in left or "从" in left) and FROM.search(left) and TO.match(flat, place.end):
        return "from"
    if "平均" in left and AVERAGE.search(left):
        return "elsewhere"
    return "change" if place.figure.unit == "百分点" else ""


def guess(place: Place, flat: str, lexicon: Lexicon) -> list[Guess]:
    """Return the wordings that fit the figure at `place`, best first."""
    unit = lexicon.units.get(place.figure.unit, 0)
    if not unit:
        return []
    near = Near(place, flat)
    found = near.candidates(lexicon, unit)
    guesses = []
    while found:
        bit = found & -found
        found ^= bit
        index = bit.bit_length() - 1
        wording = lexicon.wordings[index]
        score = near.score(bit, wording)
        if score > WORTH_KEEPING:
            guesses.append(Guess(bit, wording, lexicon.owners[index].id, score))
    if len(guesses) > 1:
        guesses.sort(key=_worst_first, reverse=True)
    return guesses


def _worst_first(guess: Guess) -> float:
    return guess.score


class Near:
    """The parts around one figure, by how near they are."""

    __slots__ = (
        "act", "acted", "actor", "ahead_hole", "ahead_word", "any", "behind_hole", "behind_word", "benefits", "chain", "domain",
        "earlier", "first", "flat", "follow", "head", "later", "noun", "own", "percent", "place", "signals", "tail",
        "topic", "without",
    )  # fmt: skip

    def __init__(self, place: Place, flat: str) -> None:
        self.place, self.flat = place, flat
        pre, post = place.pre, place.post
        own = [pre] if not post.tokens or post is pre else [pre, post]
        if pre.parent is not None and not pre.tokens:
            own.append(pre.parent)
        self.own = own
        topic, act, noun, without, any_, signals = pre.topic, pre.act, pre.noun, pre.without, pre.any, pre.signals
        for part in own[1:]:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
            without |= part.without
            any_ |= part.any
            signals |= part.signals
        self.topic, self.act, self.noun, self.without, self.any, self.signals = topic, act, noun, without, any_, signals
        self._around(pre, post)
        self.percent = place.figure.kind == "percent"
        self.benefits = place.figure.unit in PERSONS and flat[place.start - 1 : place.start] in ("为", "给", "向")
        self.domain = 0
        if not signals & DOMAIN:
            for part in self.earlier:
                if part.signals & DOMAIN:
                    self.domain = part.any
                    break
        self.actor = 0
        if not signals & ACTOR:
            for part in self.earlier:
                if part.signals & ACTOR:
                    self.actor = part.any
                if part.signals & ACTOR or part.mark == SEMICOLON:
                    break
        self.acted = self._acted(post, pre)
        self.first = 0
        if pre.items:
            for _, _, word in pre.tokens[: pre.items[0]]:
                self.first |= word.noun
        self._ahead()
        self._behind()

    def _around(self, pre: Part, post: Part) -> None:
        """Find the list that the figure stands in, and the parts before and after it."""
        parts = self.place.sentence.parts
        first = pre.index
        while first > 0 and parts[first].mark <= LIST:
            first -= 1
        last, end = post.index, len(parts)
        while last + 1 < end and parts[last + 1].mark <= LIST:
            last += 1
        self.head = parts[first] if parts[first] is not pre else None
        self.tail = parts[last] if last != post.index and not parts[last].mark else None
        self.chain = [p for p in parts[first : pre.index] if p not in self.own] if first < pre.index else []
        if pre.shared is not None and pre.shared not in self.chain:
            self.chain.append(pre.shared)
        if self.tail is not None:
            self.chain.append(self.tail)
        self.earlier = parts[first - 1 :: -1] if first else []
        self.later = parts[last + 1 : last + 4]
        follow = parts[post.index + 1] if post.index + 1 < end else None
        self.follow = follow if follow is not None and not follow.mark else None

    def _acted(self, post: Part, pre: Part) -> Word | None:
        """Return the act that governs the figure: the one after it, or the nearest before it (light ones aside)."""
        if post.signals & ACT:
            for _, _, word in post.tokens:
                if word.signals & ACT:
                    return word
        for part in self.own:
            if part.signals & ACT and part is not post:
                for _, _, word in reversed(part.tokens):
                    if word.signals & ACT:
                        return word
        return None

    def _ahead(self) -> None:
        """Find the word that follows the figure, and how much unknown text lies between."""
        end, post, flat = self.place.end, self.place.post, self.flat
        self.ahead_word, self.ahead_hole = None, 0
        if post.tokens:
            start, _, self.ahead_word = post.tokens[0]
            self.ahead_hole = len(flat[end:start].strip(GLUE)) if start > end else 0
        elif flat[end : end + 1] not in CLAUSE_END:
            stop = end + 1
            while stop < end + 8 and flat[stop : stop + 1] not in CLAUSE_END:
                stop += 1
            self.ahead_hole = len(flat[end:stop].strip(AFTER_GLUE))

    def _behind(self) -> None:
        """Find the word that the figure follows, and how much unknown text lies between."""
        pre, start = self.place.pre, self.place.start
        if not pre.tokens and pre.parent is not None:
            pre = pre.parent
        self.behind_word, self.behind_hole = None, 0
        if not pre.tokens:
            self.behind_hole = len(self.flat[pre.start : start].strip(GLUE))
            return
        _, end, word = pre.tokens[-1]
        if pre.shared is None:
            if end < start:
                self.behind_hole = len(self.flat[end:start].strip(GLUE))
            if word.signals & PLAIN and len(pre.tokens) > 1 and pre.tokens[-2][1] == pre.tokens[-1][0]:
                word = pre.tokens[-2][2]
        self.behind_word = word

    def candidates(self, lexicon: Lexicon, unit: int) -> int:
        """Return the wordings of this unit whose every slot is filled somewhere in sight."""
        topic = self.topic | lexicon.any_topic
        act = self.act | lexicon.any_act
        noun = self.noun | lexicon.any_noun
        for parts in (self.chain, self.earlier, self.later):
            for part in parts:
                topic |= part.topic
                act |= part.act
                noun |= part.noun
        if self.follow is not None:
            topic |= self.follow.topic
            noun |= self.follow.noun
        for zone, _ in self.place.sentence.before:
            topic |= zone
        return unit & topic & act & noun & ~self.without

    def score(self, bit: int, wording: Wording) -> float:
        """Return how well the wording `bit` fits: its weight less what its evidence lacks in nearness."""
        score = wording.weight
        if not bit & self.any:
            score -= 0.12
        if wording.topic:
            if not bit & self.topic:
                score -= self._topic(bit)
        elif self.domain and not bit & self.domain:
            score -= 0.1
        if wording.noun and (not bit & self.noun or self.first):
            score -= self._noun(bit)
        if wording.act:
            if self.acted is None or not bit & self.acted.act:
                score -= self._act(bit, NO_ACT in wording.act)
        elif self.acted is not None and not bit & (self.acted.noun | self.acted.topic):
            score -= 0.3
        if wording.also and not any(bit & word.also for part in self.own for _, _, word in part.tokens):
            return 0.0
        if self.actor and not bit & self.actor:
            score -= 0.5
        if self.benefits:
            score -= 0.3
        return score - self._heads(bit)

    def _topic(self, bit: int) -> float:
        foreign = 0.15 if self.signals & DOMAIN else 0.0
        for part in self.chain:
            if bit & part.topic:
                return 0.03 + foreign
        for k, part in enumerate(self.earlier):
            if bit & part.topic:
                return min(0.04 + 0.03 * k, 0.15) + foreign
            if part.signals & DOMAIN:
                foreign = min(foreign + 0.12, 0.4)
        if self.follow is not None and bit & self.follow.topic:
            return 0.06
        before = 1.0
        for zone, distance in self.place.sentence.before:
            if bit & zone:
                before = distance + foreign
                break
            foreign = min(foreign + 0.06, 0.4)
        for part in self.later:
            if bit & part.topic:
                return min(before, 0.25 + foreign)
        return before

    def _act(self, bit: int, may_lack: bool) -> float:
        acted = self.acted
        if bit & self.act:
            return 0.05 if acted is None else 0.2
        if acted is not None:
            return 0.6
        if self.signals & LIGHT:
            return 0.08 if may_lack else 0.45
        if self.tail is not None and bit & self.tail.act:
            return 0.05
        if self.head is not None and bit & self.head.act:
            return 0.05
        for k, part in enumerate(self.earlier[:4]):
            if bit & part.act:
                return 0.15 + 0.06 * k
            if part.signals & (ACT | LIGHT):
                return 0.08 if may_lack else 0.45
        return 0.05 if may_lack else 0.6

    def _noun(self, bit: int) -> float:
        if bit & self.noun:
            return 0.12 if self.first and not bit & self.first else 0.0
        if self.tail is not None and bit & self.tail.noun:
            return 0.06
        if self.head is not None and bit & self.head.noun:
            return 0.25 if self.noun else 0.1
        for k, part in enumerate(self.earlier[:3]):
            if bit & part.noun:
                return (0.3 if self.noun else 0.15) + 0.06 * k
        if self.follow is not None and bit & self.follow.noun:
            return 0.12
        if not self.percent:
            for part in self.later[:2]:
                if bit & part.noun:
                    return 0.5 if self.noun else 0.3
        return 0.6

    def _heads(self, bit: int) -> float:
        """Return what it costs that the counted noun is not one of this wording's."""
        word, hole = self.ahead_word, self.ahead_hole
        if word is not None and hole <= 2:
            if bit & (word.act | word.noun):
                return 0.0
            if word.signals & OTHER_NOUN:
                return 0.55
            if bit & word.topic:
                return 0.05
            return 0.2 if (word.noun | word.topic) and not word.signals & PLAIN else 0.05
        if hole > 1:
            return 0.2
        word, hole = self.behind_word, self.behind_hole
        if hole > 1 and not bit & self.any:
            return min(0.15 * (hole - 1), 0.5)
        if word is None:
            return min(0.1 * hole, 0.4)
        if not bit & word.any:
            if word.signals & OTHER_NOUN:
                return 0.55
            if (word.noun | word.topic) and not word.signals & PLAIN:
                return 0.2
        return min(0.04 * max(hole - 1, 0), 0.3)
