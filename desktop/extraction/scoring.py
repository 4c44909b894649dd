"""Which wordings fit a figure, and how well: evidence counts by where it stands (the clause, its list, before, after)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import (
    ACT,
    COMMA,
    COMPARE,
    DOMAIN,
    LIGHT,
    EACH,
    ELSEWHERE,
    LAST_YEAR,
    LIST,
    OTHER_NOUN,
    PLAIN,
    SEMICOLON,
    TARGET,
    Lexicon,
    Word,
)
from desktop.indicators import Wording

PERSONS = ("名", "人", "位")
GLUE = "共计累达到为约有了的各类均已全部年先后分别等及和与其该对将在中于总数量近超逾个今增加升降低减扩提高下上至到案件事项工作活动开展组织举办进行完成实现推动落实、“”\"' ：:是仅也都实际圆满成功余多，"
CHANGE = re.compile(
    r"(?:增长|下降|增加|减少|上升|降低|增幅|降幅|提高|提升|回落|涨幅|减幅|翻了|多收|少收|净增|递增|递减|高于|低于|高出|增|降)"
    r"(?:率|幅度|幅|比例)?(?:了|达|为|达到|约|近|超过|超|逾|均)*\Z"
)
REACHED = re.compile(r"(?:至|到|为|达|达到)(?:了|约|近|超|超过|逾)*\Z")
AVERAGE = re.compile(r"平均(?:水平|值|率|数)?(?:的|为|是|达)?\Z")
FROM = re.compile(r"(?:由|从)(?:原来|原先|去年|上年|\d{4}年|法定|原有|此前|最初|过去|以前|年初|最长|原)*(?:底|末|同期)?的?\Z")
TO = re.compile(r"[^。；\n]{0,14}?(?:至|到|为)")


@dataclass(slots=True, eq=False)
class Guess:
    """One wording that fits a figure: its bit, its score, and the parts that its evidence stands in."""

    bit: int
    wording: Wording
    indicator: str
    score: float
    local: bool


@dataclass(slots=True, eq=False)
class Reading:
    """What is thought of one figure: guesses best first, and why it may be none of them."""

    place: Place
    guesses: list[Guess] = field(default_factory=list)
    null: str = ""


def refusal(place: Place, flat: str) -> str:
    """Return why the figure cannot be this year's level (change, last_year, target, each, from), or an empty string."""
    if place.figure.unit in ("百分点", "个百分点"):
        return "change"
    if place.sentence.ahead or place.time & TARGET:
        return "target"
    pre = place.pre
    begin = max(pre.start, place.start - 16)
    left = flat[begin : place.start]
    signals = pre.signals
    if CHANGE.search(left):
        return "change"
    if FROM.search(left) and TO.match(flat, place.end):
        return "from"
    if signals & COMPARE and not REACHED.search(left):
        return "change"
    if AVERAGE.search(left):
        return "elsewhere"
    if place.time & LAST_YEAR:
        return "last_year"
    if signals & EACH:
        return "each"
    return ""


def guess(place: Place, flat: str, lexicon: Lexicon) -> list[Guess]:
    """Return the wordings that fit the figure at `place`, best first."""
    unit = lexicon.units.get(place.figure.unit, 0)
    if not unit:
        return []
    near = _Near(place, flat)
    found = near.candidates(lexicon, unit)
    guesses = []
    while found:
        bit = found & -found
        found ^= bit
        index = bit.bit_length() - 1
        wording = lexicon.wordings[index]
        score, local = near.score(bit, wording)
        if score > 0.3:
            guesses.append(Guess(bit, wording, lexicon.owners[index].id, score, local))
    guesses.sort(key=lambda g: -g.score)
    return guesses


class _Near:
    """The parts around one figure, by how near they are."""

    def __init__(self, place: Place, flat: str) -> None:
        self.place, self.flat = place, flat
        pre, post = place.pre, place.post
        parts = place.sentence.parts
        own = [pre, post] if post is not pre else [pre]
        if pre.parent is not None and not pre.tokens:
            own.append(pre.parent)
        self.own = own
        topic = act = noun = without = any_ = 0
        for part in own:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
            without |= part.without
            any_ |= part.any
        self.topic, self.act, self.noun, self.without, self.any = topic, act, noun, without, any_
        first = pre.index
        while first > 0 and parts[first].mark in (LIST, 0):
            first -= 1
        last = post.index
        while last + 1 < len(parts) and parts[last + 1].mark in (LIST, 0):
            last += 1
        self.head = parts[first] if parts[first] is not pre else None
        self.tail = parts[last] if parts[last] is not post and parts[last].mark == 0 else None
        self.chain = [p for p in parts[first : pre.index] if p not in own]
        if pre.shared is not None and pre.shared not in self.chain:
            self.chain.append(pre.shared)
        if self.tail is not None:
            self.chain.append(self.tail)
        self.earlier = parts[first - 1 :: -1] if first else []
        self.later = parts[last + 1 : last + 4]
        self.percent = place.figure.kind == "percent"
        self.follow = None
        if post.index + 1 < len(parts) and parts[post.index + 1].mark == 0:
            self.follow = parts[post.index + 1]
        self.benefits = flat[place.start - 1 : place.start] in ("为", "给", "向") and place.figure.unit in PERSONS
        self.domain = 0
        if not any(p.signals & DOMAIN for p in own):
            for part in self.earlier:
                if part.signals & DOMAIN:
                    self.domain = part.any
                    break
        self.acted = self._main_act()
        self.first = 0
        if pre.items:
            for _, _, word in pre.tokens[: pre.items[0]]:
                self.first |= word.noun
        self.ahead_word, self.ahead_hole = self._after()
        self.behind_word, self.behind_hole = self._before()

    def _main_act(self) -> Word | None:
        """Return the act that governs the figure: the one after it, or the nearest before it; light ones last."""
        self.light = False
        for _, _, word in self.place.post.tokens:
            if word.signals & ACT and not word.signals & LIGHT:
                return word
        for part in (self.place.pre, self.own[-1]):
            for _, _, word in reversed(part.tokens):
                if word.signals & ACT:
                    if not word.signals & LIGHT:
                        return word
                    self.light = True
        return None

    def _after(self) -> tuple[Word | None, int]:
        """Return the word that follows the figure and how much unknown text lies between."""
        end, post = self.place.end, self.place.post
        if post.tokens:
            start, _, word = post.tokens[0]
            return word, len(self.flat[end:start].strip(GLUE))
        stop = end
        while stop < len(self.flat) and stop < end + 8 and self.flat[stop] not in "，。；、：\n,;（）()！":
            stop += 1
        return None, len(self.flat[end:stop].strip(GLUE + "以上左右以内"))

    def _before(self) -> tuple[Word | None, int]:
        pre = self.place.pre
        if not pre.tokens and pre.parent is not None:
            pre = pre.parent
        if not pre.tokens:
            return None, len(self.flat[pre.start : self.place.start].strip(GLUE))
        _, end, word = pre.tokens[-1]
        if pre.shared is not None:
            return word, 0
        if word.signals & PLAIN and len(pre.tokens) > 1 and pre.tokens[-2][1] == pre.tokens[-1][0]:
            word = pre.tokens[-2][2]
        return word, len(self.flat[end : self.place.start].strip(GLUE)) if end <= self.place.start else 0

    def candidates(self, lexicon: Lexicon, unit: int) -> int:
        """Return the wordings of this unit whose every slot is filled somewhere in sight."""
        topic, act, noun = self.topic, self.act, self.noun
        local = self.any
        for part in self.chain:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
            local |= part.any
        if self.earlier:
            local |= self.earlier[0].any
        for part in self.earlier:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
        for part in (*self.later, self.follow) if self.follow is not None else self.later:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
        for zone, _ in self.place.sentence.before:
            topic |= zone
        return (
            unit
            & (topic | lexicon.any_topic)
            & (act | lexicon.any_act)
            & (noun | lexicon.any_noun)
            & ~self.without
        )

    def score(self, bit: int, wording: Wording) -> tuple[float, bool]:
        """Return (score, whether anything at the figure itself speaks for it)."""
        local = bool(bit & self.any)
        score = wording.weight
        if wording.topic:
            score -= self._topic(bit)
        elif self.domain and not bit & self.domain:
            score -= 0.08
        if wording.act:
            score -= self._act(bit, "-" in wording.act)
        elif self.acted is not None and not bit & self.acted.any:
            score -= 0.3
        if wording.noun:
            score -= self._noun(bit)
        if wording.also and not any(bit & word.also for part in self.own for _, _, word in part.tokens):
            return 0.0, local
        score -= self._heads(bit)
        if not local:
            score -= 0.12
        if self.benefits:
            score -= 0.3
        return score, local

    def _topic(self, bit: int) -> float:
        if bit & self.topic:
            return 0.0
        foreign = 0.15 * any(p.signals & DOMAIN for p in self.own)
        for part in self.chain:
            if bit & part.topic:
                return 0.03 + foreign
        for k, part in enumerate(self.earlier):
            if bit & part.topic:
                return min(0.04 + 0.03 * k, 0.15) + foreign
            if part.signals & DOMAIN:
                foreign = min(foreign + 0.12, 0.4)
        pen = 1.0
        for zone, distance in self.place.sentence.before:
            if bit & zone:
                pen = distance + foreign
                break
            foreign = min(foreign + 0.06, 0.4)
        if self.follow is not None and bit & self.follow.topic:
            return 0.06
        for part in self.later:
            if bit & part.topic:
                return min(pen, 0.25 + foreign)
        return pen

    def _act(self, bit: int, may_lack: bool) -> float:
        acted = self.acted
        if acted is not None and bit & acted.act:
            return 0.0
        if bit & self.act:
            return 0.05 if acted is None else 0.2
        if acted is not None:
            return 0.6
        if self.light:
            return 0.08 if may_lack else 0.45
        if self.tail is not None and bit & self.tail.act:
            return 0.05
        if self.head is not None and self.head.tokens:
            if bit & self.head.act:
                return 0.05
        for k, part in enumerate(self.earlier[:4]):
            if bit & part.act:
                return 0.15 + 0.06 * k
            if any(word.signals & ACT for _, _, word in part.tokens):
                return 0.08 if may_lack else 0.45
        return 0.05 if may_lack else 0.6

    def _noun(self, bit: int) -> float:
        if bit & self.noun:
            return 0.12 if self.first and not bit & self.first else 0.0
        if self.tail is not None and bit & self.tail.noun:
            return 0.06
        if self.head is not None and bit & self.head.noun:
            return 0.1 if not self.noun else 0.25
        for k, part in enumerate(self.earlier[:3]):
            if bit & part.noun:
                return (0.15 if not self.noun else 0.3) + 0.06 * k
        if self.follow is not None and bit & self.follow.noun:
            return 0.12
        if not self.percent:
            for part in self.later[:2]:
                if bit & part.noun:
                    return 0.3 if not self.noun else 0.5
        return 0.6

    def _heads(self, bit: int) -> float:
        """Return the penalty for a counted noun that is not this wording's."""
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
        if word is None:
            return min(0.1 * hole, 0.4)
        if not bit & word.any:
            if word.signals & OTHER_NOUN:
                return 0.55
            if (word.noun | word.topic) and not word.signals & PLAIN:
                return 0.2
        return min(0.04 * max(hole - 1, 0), 0.3)


__all__ = ["COMMA", "ELSEWHERE", "SEMICOLON", "Guess", "Reading", "guess", "refusal"]
