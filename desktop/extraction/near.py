"""What stands around a figure, by how near it is: its clause, the list it is part of, the clauses before and after."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import (
    ACT,
    ACTOR,
    COMMA,
    DOMAIN,
    LIGHT,
    LIST,
    OTHER_NOUN,
    PLAIN,
    SEMICOLON,
    Lexicon,
    Word,
)

# What may stand between a word and its number without parting them.
GLUE = (
    "共计累达到为约有了的各类均已全部年先后分别等及和与其该对将在中于总数量近超逾个今增加升降低减扩提高下上至案件事项工作"
    "活动开展组织举办进行完成实现推动落实、“”\"' ：:是仅也都实际圆满成功余多，"
)
AFTER_GLUE = GLUE + "以内左右"
CLAUSE_END = "，。；、：\n,;（）()！"
PERSONS = ("名", "人", "位")
BENEFIT = ("为", "给", "向")


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

    __slots__ = (
        "act", "acted", "actor", "ahead_hole", "ahead_word", "any", "bare", "behind_hole", "behind_word", "benefits",
        "chain", "countable", "domain", "earlier", "first", "fit", "fitting", "flat", "follow", "going_on", "head",
        "later", "lexicon", "noun", "own", "percent", "place", "signals", "speaking", "tail", "topic", "unfit",
        "without",
    )  # fmt: skip

    def __init__(self, place: Place, flat: str, lexicon: Lexicon) -> None:
        self.place, self.flat, self.lexicon = place, flat, lexicon
        self.actor = self.domain = self.first = self.bare = self.speaking = self.ahead_hole = self.behind_hole = 0
        self.fit = self.unfit = 0.0
        self.countable = -1
        self.head: Part | None = None
        self.tail: Part | None = None
        self.follow: Part | None = None
        self.going_on: Part | None = None
        self.acted: Word | None = None
        self.ahead_word: Word | None = None
        self.behind_word: Word | None = None
        self.chain: Sequence[Part] = ()
        self.earlier: Sequence[Part] = ()
        pre, post = place.pre, place.post
        topic, act, noun, without, any_, signals = pre.topic, pre.act, pre.noun, pre.without, pre.any, pre.signals
        self.own = own = [pre]
        if post.tokens and post is not pre:
            own.append(post)
        if pre.parent is not None and not pre.tokens:
            own.append(pre.parent)
        if len(own) > 1:
            for part in own[1:]:
                topic |= part.topic
                act |= part.act
                noun |= part.noun
                without |= part.without
                any_ |= part.any
                signals |= part.signals
        self.topic, self.act, self.noun, self.without, self.any, self.signals = topic, act, noun, without, any_, signals
        self.percent = place.figure.kind == "percent"
        self.benefits = place.figure.unit in PERSONS and flat[place.start - 1 : place.start] in BENEFIT
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
        wanted = (DOMAIN | ACTOR) & ~self.signals & self.place.sentence.signals
        if not wanted:
            return
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
        if hole > 1:
            self.fit = self.unfit = min(0.04 * (hole - 1), 0.3)
        if word.signals & OTHER_NOUN and hole <= 1:
            self.countable = self.fitting
        elif (word.noun | word.topic) and not word.signals & PLAIN:
            self.unfit = 0.2
