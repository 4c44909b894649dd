"""Which wordings fit a figure, and how well: evidence counts by where it stands (its clause, its list, elsewhere)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import (
    ACT,
    ACTOR,
    ASIDE,
    ASKS_ACT,
    ASKS_ALSO,
    ASKS_NOUN,
    ASKS_TOPIC,
    COMMA,
    DOMAIN,
    LIGHT,
    LIST,
    OF_WHICH,
    OTHER_ACT,
    OTHER_NOUN,
    PLAIN,
    SEMICOLON,
    Lexicon,
    Word,
)
from desktop.indicators import Wording

# What may stand between a word and its number without parting them.
GLUE = (
    "共计累达到为约有了的各类均已全部年先后分别等及和与其该对将在中于总数量近超逾个今增加升降低减扩提高下上至案件事项工作"
    "活动开展组织举办进行完成实现推动落实、“”\"' ：:是仅也都实际圆满成功余多，"
)
AFTER_GLUE = GLUE + "以内左右"
CLAUSE_END = "，。；、：\n,;（）()！"
PERSONS = ("名", "人", "位")
BENEFIT = ("为", "给", "向")
WORTH_KEEPING = 0.45


class Guess:
    """One wording that fits a figure: its bit, its indicator, its score."""

    __slots__ = ("bit", "indicator", "score", "wording")

    def __init__(self, bit: int, wording: Wording, indicator: str, score: float) -> None:
        self.bit, self.wording, self.indicator, self.score = bit, wording, indicator, score


@dataclass(slots=True, eq=False)
class Reading:
    """What is thought of one figure: guesses best first, and why it may be none of them."""

    place: Place
    guesses: list[Guess] = field(default_factory=list)
    refused: str = ""


def guess(place: Place, flat: str, lexicon: Lexicon) -> list[Guess]:
    """Return the wordings that fit the figure at `place`, best first."""
    found = lexicon.units.get(place.figure.unit, 0) & place.sentence.visible
    if not found:
        return []
    near = Near(place, flat, lexicon)
    found = near.possible(found)
    guesses: list[Guess] = []
    value = place.figure.value
    while found:
        bit = found & -found
        found ^= bit
        index = bit.bit_length() - 1
        wording = lexicon.wordings[index]
        score = near.score(bit, wording, lexicon.asks[index])
        if score > WORTH_KEEPING and value < wording.below:
            guesses.append(Guess(bit, wording, lexicon.owners[index].id, score))
    if len(guesses) > 1:
        guesses.sort(key=_score, reverse=True)
    return guesses


def _score(guess: Guess) -> float:
    return guess.score


def _opens_with_actor(part: Part) -> bool:
    """Return whether an actor does what the part says, or is brought in by it to do what follows (聘请法律顾问，…)."""
    if part.tokens[-1][1].signals & ACTOR:
        return True
    for _, word in part.tokens:
        if word.signals & ACTOR:
            return True
        if word.signals & (ACT | LIGHT):
            return False
    return False


class Near:
    """The parts around one figure, by how near they are."""

    actor = domain = first = bare = speaking = 0
    benefits = False
    fit = unfit = 0.0
    countable = -1
    head: Part | None = None
    tail: Part | None = None
    follow: Part | None = None
    going_on: Part | None = None
    acted: Word | None = None
    ahead_word: Word | None = None
    behind_word: Word | None = None
    ahead_hole = behind_hole = 0
    chain: Sequence[Part] = ()
    earlier: Sequence[Part] = ()

    def __init__(self, place: Place, flat: str, lexicon: Lexicon) -> None:
        self.place, self.flat, self.lexicon = place, flat, lexicon
        pre, post = place.pre, place.post
        topic, act, noun, without, any_, signals = pre.topic, pre.act, pre.noun, pre.without, pre.any, pre.signals
        self.own = own = [pre]
        if post.tokens and post is not pre:
            own.append(post)
        if pre.parent is not None and not pre.tokens:
            own.append(pre.parent)
        for part in own[1:]:
            topic |= part.topic
            act |= part.act
            noun |= part.noun
            without |= part.without
            any_ |= part.any
            signals |= part.signals
        self.topic, self.act, self.noun, self.without, self.any, self.signals = topic, act, noun, without, any_, signals
        self.percent = place.figure.kind == "percent"
        if place.figure.unit in PERSONS and flat[place.start - 1 : place.start] in BENEFIT:
            self.benefits = True
        self._around(pre, post)
        if signals & ACT:
            self.acted = self._acted(post)
        if pre.items and not any(pre.tokens[k][1].act for k in pre.items if k < len(pre.tokens)):
            for _, word in pre.tokens[: pre.items[0]]:
                self.first |= word.noun
        self._ahead()
        self._behind()
        self._weigh_head()

    def _around(self, pre: Part, post: Part) -> None:
        """Find the list that the figure stands in, the parts before and after it, and whom and what those speak of."""
        parts = self.place.sentence.parts
        first = pre.index
        while first > 0 and parts[first].mark <= LIST:
            first -= 1
        last, end = post.index, len(parts)
        while last + 1 < end and parts[last + 1].mark <= LIST:
            last += 1
        if parts[first] is not pre:
            self.head = parts[first] if pre.shared is None else pre.shared
            self.chain = [p for p in parts[first : pre.index] if p not in self.own]
            if pre.shared is not None:
                self.chain = [pre.shared]
        if last != post.index:
            self.tail = parts[last]
            self.chain = [*self.chain, parts[last]]
            if not parts[post.index + 1].mark:
                self.follow = parts[post.index + 1]
        stop = last + 1
        while stop < end and stop < last + 4 and parts[stop].mark != SEMICOLON:
            stop += 1
        self.later = parts[last + 1 : stop]
        if self.later and self.later[0].mark == COMMA and (last + 2 >= end or parts[last + 2].mark):
            self.going_on = self.later[0]
        if first:
            self.earlier = parts[first - 1 :: -1]
            if parts[first].mark != SEMICOLON:
                self._subject()

    def _subject(self) -> None:
        """Find whom and what the clauses before speak of, unless the figure's own clause says it."""
        wanted = (DOMAIN | ACTOR) & ~self.signals
        for part in self.earlier:
            if part.signals & wanted:
                if part.signals & wanted & DOMAIN:
                    self.domain = part.any
                if part.signals & wanted & ACTOR and _opens_with_actor(part):
                    self.actor = part.any
                wanted &= ~part.signals
            if part.mark == SEMICOLON:
                wanted &= ~ACTOR
            if not wanted:
                break

    def _acted(self, post: Part) -> Word | None:
        """Return the act that governs the figure: the one after it, or the nearest before it (light ones aside)."""
        if post.signals & ACT:
            for _, word in post.tokens:
                if word.signals & ACT:
                    return word
        for part in self.own:
            if part.signals & ACT:
                for _, word in reversed(part.tokens):
                    if word.signals & ACT:
                        return word
        return None

    def _ahead(self) -> None:
        """Find the word that follows the figure, and how much unknown text lies between."""
        end, post, flat = self.place.end, self.place.post, self.flat
        if post.tokens:
            at, word = post.tokens[0]
            start = at + 1 - word.size
            if start > end:
                self.ahead_hole = len(flat[end:start].strip(GLUE))
            for later, follower in post.tokens[1:]:
                if (
                    follower.act
                    or follower.signals & (ACT | LIGHT)
                    or flat[at + 1 : later + 1 - follower.size].strip("“”")
                ):
                    break
                at = later
                if follower.signals & OTHER_NOUN:
                    word = follower
            self.ahead_word = word
        elif flat[end : end + 1] not in CLAUSE_END:
            stop = end + 1
            while stop < end + 8 and flat[stop : stop + 1] not in CLAUSE_END:
                stop += 1
            self.ahead_hole = len(flat[end:stop].strip(AFTER_GLUE))

    def _behind(self) -> None:
        """Find the word that the figure follows, and how much unknown text lies between."""
        pre, start = self.place.pre, self.place.start
        inherited = not pre.tokens and pre.parent is not None
        if pre.parent is not None and inherited:
            pre = pre.parent
        tokens = pre.tokens
        if not tokens:
            self.behind_hole = len(self.flat[pre.start : start].strip(GLUE))
            return
        at, word = tokens[-1]
        if pre.shared is None:
            if at + 1 < start and not inherited:
                self.behind_hole = len(self.flat[at + 1 : start].strip(GLUE))
            if word.signals & PLAIN and len(tokens) > 1 and tokens[-2][0] == at - word.size:
                word = tokens[-2][1]
        self.behind_word = word

    def possible(self, found: int) -> int:
        """Return those of `found` that nothing at the figure rules out and that find their noun near it."""
        lexicon = self.lexicon
        found &= self.countable & ~self.without
        if self.acted is not None:
            found &= self.act | lexicon.no_act
        if not found:
            return 0
        noun = self.noun | lexicon.any_noun
        for part in self.chain:
            noun |= part.noun
        if self.head is not None:
            noun |= self.head.noun
        for part in self.earlier[:3]:
            noun |= part.noun
        if self.follow is not None:
            noun |= self.follow.noun
        for part in self.later[:2]:
            noun |= part.noun
        found &= noun
        here = found & self.any
        return here if here & self.noun else found

    def score(self, bit: int, wording: Wording, asks: int) -> float:
        """Return how well the wording `bit` fits: its weight less what its evidence lacks in nearness."""
        score = wording.weight
        if bit & self.fitting:
            score -= self.fit
        elif not (self.bare > 1 and not bit & self.any):
            score -= 0.05 if bit & self.speaking else self.unfit
        if not bit & self.any:
            score -= 0.12 + (min(0.2 * (self.bare - 1), 0.6) if self.bare > 1 else 0.0)
        acted = self.acted
        if asks & ASKS_ACT:
            if acted is None or not bit & acted.act:
                score -= self._act(bit, bool(bit & self.lexicon.any_act))
        elif acted is not None and not bit & (acted.noun | acted.topic):
            score -= 0.3 if acted.signals & OTHER_ACT else 0.12
        if score < WORTH_KEEPING:
            return 0.0
        if asks & ASKS_NOUN and (not bit & self.noun or self.first):
            score -= self._noun(bit)
        if asks & ASKS_TOPIC:
            if not bit & self.topic:
                score -= self._topic(bit)
        elif self.domain and not bit & self.domain:
            score -= 0.2
        if self.actor and not bit & self.actor:
            score -= 0.5
        if self.benefits:
            score -= 0.3
        if asks & ASKS_ALSO and not self._also(bit, bool(asks & ASKS_TOPIC)):
            return 0.0
        return score

    def _topic(self, bit: int) -> float:
        foreign = 0.15 if self.signals & DOMAIN else 0.0
        for part in self.chain:
            if bit & part.topic:
                return 0.03 + foreign
        for k, part in enumerate(self.earlier):
            if part.signals & ASIDE:
                continue
            if bit & part.topic:
                return min(0.04 + 0.03 * k, 0.15) + foreign
            if part.signals & DOMAIN:
                foreign = min(foreign + 0.12, 0.4)
        if self.follow is not None and bit & self.follow.topic:
            return 0.06
        before = 1.0
        if foreign:
            foreign += 0.2
        for zone, distance, _ in self.place.sentence.before:
            if bit & zone:
                before = distance + foreign
                break
            foreign = min(foreign + 0.06, 0.4)
        for part in self.later:
            if bit & part.topic:
                return min(before, (0.2 if part is self.going_on else 0.5) + foreign)
        return before

    def _also(self, bit: int, carried: bool) -> bool:
        """Return whether the second noun stands in the figure's clause, or in the one that says what is spoken of."""
        parts = (*self.own, *self.chain, *self.earlier[:5]) if carried else self.own
        return any(bit & word.also for part in parts for _, word in part.tokens)

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
        if self.head is not None:
            if bit & self.head.act:
                return 0.05
            if self.head.signals & ACT:
                return 0.6
        if self.going_on is not None and bit & self.going_on.act:
            return 0.2
        broken = (self.head is not None and self.head.signals & OF_WHICH) or self.signals & OF_WHICH
        for k, part in enumerate(self.earlier[:6]):
            if bit & part.act:
                return min(0.15 + 0.06 * k, 0.3)
            if part.signals & OF_WHICH:
                broken = True
            elif part.signals & (ACT | LIGHT) and not broken:
                return 0.08 if may_lack else 0.45
        return 0.05 if may_lack else 0.6

    def _noun(self, bit: int) -> float:
        if bit & self.noun:
            return (0.05 if self.percent else 0.15) if self.first and not bit & self.first else 0.0
        if self.tail is not None and bit & self.tail.noun:
            return 0.06
        if self.head is not None and bit & self.head.noun:
            return 0.25 if self.noun else 0.1
        for part in self.chain:
            if not part.mark and bit & part.noun:
                return 0.25 if self.noun else 0.1
        for k, part in enumerate(self.earlier[:3]):
            if bit & part.noun:
                return (0.3 if self.noun else 0.15) + 0.06 * k
        if self.follow is not None and bit & self.follow.noun:
            return 0.12
        if not self.percent:
            for part in self.later[:2]:
                if bit & part.noun:
                    return 0.5 if self.noun and part is not self.going_on else 0.3
        return 0.6

    def _weigh_head(self) -> None:
        """Work out what it costs a wording that the counted noun is not one of its own.

        `fitting` wordings pay `fit`, those of `speaking` (it is what they speak of) 0.05, the others `unfit`; where the
        noun is known to count something else, only `countable` wordings are looked at.
        """
        word, hole = self.ahead_word, self.ahead_hole
        if word is not None and hole <= 2:
            self.fitting, self.speaking = word.act | word.noun, word.topic
            if word.signals & OTHER_NOUN:
                self.countable = self.fitting
            self.unfit = 0.2 if (word.noun | word.topic) and not word.signals & PLAIN else 0.05
            return
        if hole > 1:
            self.fitting, self.unfit = 0, 0.2
            return
        word, hole = self.behind_word, self.behind_hole
        self.bare = hole
        if word is None:
            self.fitting, self.unfit = 0, min(0.1 * hole, 0.4)
            return
        self.fitting = word.any | self.first
        self.fit = self.unfit = min(0.04 * max(hole - 1, 0), 0.3)
        if word.signals & OTHER_NOUN and hole <= 1:
            self.countable = self.fitting
        elif (word.noun | word.topic) and not word.signals & PLAIN:
            self.unfit = 0.2
