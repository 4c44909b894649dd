"""What stands around a figure, by how near it is: its clause, the list it is part of, the clauses before and after."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import (
    ACT,
    ACTOR,
    ACTS,
    COMMA,
    DOMAIN,
    LIGHT,
    LIST,
    OF_WHICH,
    OTHER_ACT,
    OTHER_NOUN,
    PLAIN,
    RESPECTIVELY,
    SEMICOLON,
    SUBJECTS,
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
PERSONS = frozenset("名人位")
BENEFIT = frozenset("为给向")


def _opens_with_actor(part: Part) -> bool:
    """Return whether an actor does what the part says, or is brought in by it to do what follows (聘请法律顾问，…)."""
    if part.tokens[-1][1].signals & ACTOR:
        return True
    for _, word in part.tokens:
        if word.signals & ACTOR:
            return True
        if word.signals & ACTS:
            return False
    return False


class Near:
    """What stands around one figure.

    `found` are the senses that it may have; `say` is what the figure's own clause says, `chain` the list before it and
    its end; the parts `opening` to `closing` are that list, `head` and `tail` its ends where they are not the figure's
    own. `domain` and `actor` are what the clauses before speak of where the figure's own does not say it.
    """

    __slots__ = (
        "acted", "actor", "bare", "base", "benefits", "chain", "closing", "countable", "domain", "first", "fit",
        "fitting", "flat", "found", "head", "lexicon", "opening", "parts", "place", "say", "sentence", "signals",
        "speaking", "tail", "unfit", "without",
    )  # fmt: skip

    def __init__(self, place: Place, found: int, flat: str, lexicon: Lexicon) -> None:
        self.place, self.found, self.flat, self.lexicon = place, found, flat, lexicon
        pre, post = place.pre, place.post
        say, signals, without = pre.say, pre.signals, pre.without
        self.base = pre
        if not pre.tokens and pre.parent is not None:
            self.base = base = pre.parent
            say, signals, without = base.say, signals | base.signals, base.without
        if post.tokens:
            say |= post.say
            signals |= post.signals
            without |= post.without
        self.say, self.signals, self.without = say, signals, without
        self.acted = self._acted(post) if signals & ACT else None
        self.first = self._first_item(pre) if pre.items else 0
        self.benefits = place.unit in PERSONS and flat[place.start - 1 : place.start] in BENEFIT

    def _first_item(self, pre: Part) -> int:
        """Return the senses that the nouns of the first of several items are said of, where none of them is done."""
        acts, items = self.lexicon.acts, pre.items
        if any(pre.tokens[k][1].say & acts for k in items if k < len(pre.tokens)):
            return 0
        first = 0
        for _, word in pre.tokens[: items[0]]:
            first |= word.say
        return first >> 2 & self.lexicon.topics

    def look_around(self) -> None:
        """Find the list that the figure stands in, what it says, and whom and what the clauses before it speak of."""
        self.sentence = sentence = self.place.sentence
        self.parts = parts = sentence.parts
        self.head = self.tail = None
        pre, post = self.place.pre, self.place.post
        chain, first = 0, pre.index
        while parts[first].mark <= LIST:
            first -= 1
            chain |= parts[first].say
        if pre.shared is not None:
            self.head, chain = pre.shared, pre.shared.say
        elif parts[first] is not pre:
            self.head = parts[first]
        last, end = post.index, len(parts) - 1
        while last < end and parts[last + 1].mark <= LIST:
            last += 1
        if last != post.index:
            self.tail = parts[last]
            chain |= parts[last].say
        self.opening, self.closing, self.chain = first, last, chain
        self.actor = self.domain = 0
        if first and parts[first].mark != SEMICOLON:
            wanted = SUBJECTS & ~self.signals & sentence.signals
            if wanted:
                self._subject(wanted)

    def _subject(self, wanted: int) -> None:
        """Find whom and what the clauses before speak of, as far as it is `wanted`."""
        for part in self.parts[self.opening - 1 :: -1]:
            if found := part.signals & wanted:
                if found & DOMAIN:
                    self.domain = self._senses(part.say)
                if found & ACTOR and _opens_with_actor(part):
                    self.actor |= self._senses(part.say)
                # An actor that a figure counts acts for another one (由8名律师组成): look on for that.
                wanted ^= found if part.mark else found & ~ACTOR
            if part.mark == SEMICOLON:
                wanted &= ~ACTOR
            if not wanted:
                break

    def _senses(self, say: int) -> int:
        """Return the senses whose topic, act or noun `say` has."""
        return say | say >> 1 | say >> 2

    def _acted(self, post: Part) -> Word | None:
        """Return the act that governs the figure: the one after it, or the nearest before it (light ones aside)."""
        led = post.signals & LIGHT
        for _, word in post.tokens:
            if word.signals & ACT and not (led and word.signals & OTHER_ACT):
                return word
        start = self.place.start
        for at, word in reversed(self.base.tokens):
            # 签订的96件合同全部审查: what an attribute says of the things counted is not done to them here.
            if word.signals & ACT and not (word.signals & OTHER_ACT and at + 2 == start and self.flat[at + 1] == "的"):
                return word
        return None

    def _ahead(self) -> tuple[Word | None, int]:
        """Return the word that follows the figure, and how much unknown text lies between."""
        end, tokens, flat = self.place.end, self.place.post.tokens, self.flat
        if not tokens:
            stop = end + 1
            while stop < end + 8 and flat[stop : stop + 1] not in CLAUSE_END:
                stop += 1
            return None, len(flat[end:stop].strip(AFTER_GLUE))
        at, word = tokens[0]
        start = at + 1 - word.size
        unit = self.place.unit
        if start == end and unit == "个" and word.text.startswith("部门"):
            word = self.lexicon.department or word  # 13个部门联合…: departments are counted, whatever they do
        hole = len(flat[end:start].strip(GLUE)) if start > end else 0
        if len(tokens) > 1:
            acts, acting, listed = self.lexicon.acts, word.signals & ACT, False
            for later, follower in tokens[1:]:
                if follower.signals & ACTS or follower.say & acts:
                    break
                if flat[at + 1 : later + 1 - follower.size].strip("“”、"):
                    break
                listed = listed or flat[at + 1 : at + 2] == "、"
                at = later
                if follower.signals & OTHER_NOUN:
                    if follower.say or not acting:
                        word = follower
                elif word.signals & OTHER_NOUN and unit in PERSONS and follower.say & self.lexicon.nouns:
                    word = follower
            if listed:
                return None, 0
        return word, hole

    def weigh_head(self) -> None:
        """Work out what it costs a sense that the counted noun is not one of its own.

        `fitting` senses pay `fit`, those of `speaking` (it is what they speak of) 0.05, the others `unfit`; where the
        noun is known to count something else, only `countable` senses are looked at. `bare` is how much unknown text
        stands between the figure and what it is taken to count.
        """
        things = self.lexicon.things
        self.countable: int | None = None
        self.fitting = self.speaking = self.bare = 0
        self.fit = 0.0
        place = self.place
        ends = not place.post.tokens and self.flat[place.end : place.end + 1] in CLAUSE_END
        word, hole = (None, 0) if ends else self._ahead()
        if word is not None and hole <= 2 and not (hole and self._counted_before()):
            say = self.speaking = word.say
            self.fitting = say >> 1 | say >> 2
            if word.signals & OTHER_NOUN:
                self.countable = self.fitting
            self.unfit = 0.2 if say & things and not word.signals & PLAIN else 0.05
            return
        if hole > 1 and not self._counted_before():
            self.unfit = 0.2
            return
        base, start = self.base, place.start
        if not base.tokens:
            self.bare = len(self.flat[base.start : start].strip(GLUE))
            self.unfit = min(0.1 * self.bare, 0.4)
            return
        at, word = base.tokens[-1]
        if word.signals & RESPECTIVELY and not word.say and len(base.tokens) > 1:
            word = base.tokens[-2][1]
        if base.shared is None:
            if at + 1 < start and base is place.pre:
                self.bare = len(self.flat[at + 1 : start].strip(GLUE))
            if word.signals & PLAIN and len(base.tokens) > 1 and base.tokens[-2][0] == at - word.size:
                word = base.tokens[-2][1]
        self.unfit = 0.0
        hole = self.bare
        self.fitting = self._senses(word.say) | self.first
        if hole > 1:
            self.fit = self.unfit = min(0.04 * (hole - 1), 0.3)
        if word.signals & OTHER_NOUN and hole <= 1:
            self.countable = self.fitting
        elif word.say & things and not word.signals & PLAIN:
            self.unfit = 0.2

    def _counted_before(self) -> bool:
        """Return whether a thing stands right before the figure (“法律明白人”1890名活跃在村头巷尾)."""
        tokens = self.place.pre.tokens
        if not tokens or self.flat.startswith(("以", "左"), self.place.end):
            return False
        at, word = tokens[-1]
        between = self.flat[at + 1 : self.place.start].strip('”’"')
        return not between and bool(word.say & self.lexicon.nouns) and not word.signals & (ACT | PLAIN)

    def leave_possible(self) -> None:
        """Leave of `found` what nothing at the figure rules out and finds its noun near it."""
        lexicon, say, found = self.lexicon, self.say, self.found
        acts, nouns = say >> 1, say >> 2
        if self.countable is not None:
            found &= self.countable
        without = self.without
        if not self.place.pre.tokens and self.head is not None:
            without |= self.head.without
        if without:
            found &= ~without
        if self.acted is not None:
            found &= acts | lexicon.no_act
        here = found & (say | acts | nouns)
        if here & nouns:
            found = here
        if found & (nouns | lexicon.no_noun) != found:
            found &= self._nouns_near()
        self.found = found

    def _nouns_near(self) -> int:
        """Return the senses whose noun stands near the figure, and those that ask for none."""
        say = self.say | self.chain
        if self.head is not None:
            say |= self.head.say
        for part in (*self.earlier(self.reach()), *self.later()[:2]):
            say |= part.say
        if (follow := self.follow()) is not None:
            say |= follow.say
        return say >> 2 | self.lexicon.no_noun

    def reach(self) -> int:
        """Return how many parts before the list may say the noun: more where 其中 goes back to their figures."""
        return 6 if self.signals & OF_WHICH else 3

    def earlier(self, count: int | None = None) -> Sequence[Part]:
        """Return the parts before the list that the figure stands in, nearest first; at most `count`."""
        first = self.opening
        if not first:
            return ()
        return self.parts[first - 1 :: -1] if count is None else self.parts[max(first - count, 0) : first][::-1]

    def listed(self) -> Sequence[Part]:
        """Return the parts of the list that the figure stands in: those before it, and the last one behind it."""
        pre = self.place.pre
        parts = self.parts[self.opening : pre.index] if pre.shared is None else [pre.shared]
        return parts if self.tail is None else [*parts, self.tail]

    def follow(self) -> Part | None:
        """Return the part that goes on without a mark behind the one after the figure, if any."""
        after = self.place.post.index + 1
        return self.parts[after] if after <= self.closing and not self.parts[after].mark else None

    def later(self) -> Sequence[Part]:
        """Return the three parts behind the list that the figure stands in, or those up to a semicolon."""
        found = self.parts[self.closing + 1 : self.closing + 4]
        for k, part in enumerate(found):
            if part.mark == SEMICOLON:
                return found[:k]
        return found

    def going_on(self, later: Sequence[Part]) -> Part | None:
        """Return the clause behind the list, the first of `later`, if no figure stands in it."""
        if not later or later[0].mark != COMMA:
            return None
        after = later[0].index + 1
        return later[0] if after >= len(self.parts) or self.parts[after].mark else None
