"""A catalogue's words -> one automaton that finds them all in a single pass, and what each of them may say.

Every wording of every indicator is a sense and has three neighbouring bits: for being said as a topic (the lowest), as
an act, as a noun. So what a clause says of all indicators at once is one number, an `or` over its words; a set of
senses has their topic bits, and in `say >> 1` and `say >> 2` acts and nouns stand in the places of topics.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from desktop.indicators import NO_ACT, Catalogue, Indicator, LookAlike, Wording

# What a word says of time, scope and kind of a figure, whatever it measures.
LAST_YEAR, THIS_YEAR, COMPARE, TARGET, EACH, OF_WHICH, RESPECTIVELY = 1, 2, 4, 8, 16, 32, 64
ELSEWHERE, NARROW, YEAR, ITEM, DOMAIN = 256, 512, 1024, 2048, 4096
ACT, OTHER_NOUN, PLAIN, LIGHT, AFTER = 8192, 16384, 32768, 65536, 131072
CHANGE, ACTOR, HOME, OTHER_ACT, PAST, ASIDE = 262144, 524288, 1 << 20, 1 << 21, 1 << 22, 1 << 23
OVER_YEARS, FINISHED, OF_BODY, MARK = 1 << 24, 1 << 25, 1 << 26, 1 << 27
TIMES = YEAR | LAST_YEAR | THIS_YEAR | TARGET | OVER_YEARS
# What any of several signals is asked for at once.
MARKS_AND_TIMES, ACTS, SUBJECTS, REGIONS = MARK | TIMES, ACT | LIGHT, DOMAIN | ACTOR, ELSEWHERE | HOME
NOT_THIS_LEVEL = PAST | CHANGE | COMPARE | EACH
SIGNALS = {
    "last_year": LAST_YEAR, "this_year": THIS_YEAR, "compare": COMPARE, "target": TARGET, "each": EACH,
    "of_which": OF_WHICH, "respectively": RESPECTIVELY, "every_other": ELSEWHERE,
    "narrow": NARROW | OF_BODY, "narrow_field": NARROW, "domains": DOMAIN,
    "other_acts": ACT | OTHER_ACT, "other_nouns": OTHER_NOUN,
    "after": TARGET | AFTER, "plain": PLAIN, "change": CHANGE, "home": HOME, "aside": ASIDE, "actors": ACTOR,
    "light": LIGHT, "over_years": OVER_YEARS, "finished": FINISHED,
}  # fmt: skip

# How strongly a mark parts what stands before it from what stands after.
LIST, COMMA, SEMICOLON, STOP, LINE, OPEN, CLOSE, TITLE, UNTITLE = 1, 2, 3, 4, 5, 6, 7, 8, 9
MARKS = {
    LIST: "、", COMMA: "，,：:\t", SEMICOLON: "；;", STOP: "。！？!?", LINE: "\n", OPEN: "（(", CLOSE: "）)",
    TITLE: "《", UNTITLE: "》",
}  # fmt: skip
BREAKS = (STOP, LINE, TITLE, UNTITLE)
NEGATIONS = "不未无非免"


@dataclass(slots=True, eq=False)
class Word:
    """One word: what it says, the senses it rules out, what it signals, and for a mark its strength.

    `also` are the senses that it is the second noun of.
    """

    text: str
    size: int
    say: int = 0
    also: int = 0
    without: int = 0
    signals: int = 0
    mark: int = 0
    year: int = 0


@dataclass(slots=True, eq=False)
class Sense:
    """One wording of one indicator: its bits as topic, act and noun, `bits` those of them that it asks for.

    It may go without an act where one of its acts is `-`; `subject` is its first topic. `indicator` is empty where it
    is a look-alike's.
    """

    topic: int
    act: int
    noun: int
    bits: int
    asks_topic: bool
    asks_act: bool
    asks_noun: bool
    asks_also: bool
    may_lack_act: bool
    weight: float
    below: float
    fallback: bool
    subject: str
    indicator: str


@dataclass(slots=True, eq=False)
class Lexicon:
    """A compiled catalogue: its `senses` in the order of their bits; `units` maps a measure word to its senses.

    `automaton` finds the longest word at each place, the first `breaks` of them may end a sentence. `words` has each of
    its `count` words, after them what each says in a document's title; those that are None are made when first met, of
    two others (`joints`: for each, after the `plain` words, its length and the places of first, second, first, ...).

    `topics`, `acts`, `nouns` and `things` (topics and nouns) are all bits of that kind. `free` is what senses do not
    ask for, as if it were said; `no_act` and `no_noun` are the senses that ask for none, `cuts` those that count
    a change.
    """

    automaton: AhoCorasick
    words: list[Word | None]
    count: int
    plain: int
    joints: list[tuple[int, ...]]
    breaks: int
    comma: int
    department: Word | None
    after: tuple[str, ...]
    senses: list[Sense]
    units: dict[str, int]
    topics: int
    acts: int
    nouns: int
    things: int
    free: int
    no_act: int
    no_noun: int
    cuts: int

    def make(self, place: int) -> Word:
        """Return the word at `place`, made now if it was not met before."""
        if (word := self.words[place]) is None:
            if place < self.count:
                length, *parts = self.joints[place - self.plain]
                word = _joined(length, [self.make(part) for part in parts])
            else:
                whole = self.make(place - self.count)
                word = Word(whole.text, whole.size, whole.say & self.topics)
            self.words[place] = word
        return word

    def titled(self, place: int) -> int:
        """Return the place of what the word at `place` says in a document's title, 0 where that is nothing."""
        return place + self.count if place < self.count and self.make(place).say & self.topics else 0


@lru_cache(maxsize=8)
def compile_catalogue(catalogue: Catalogue) -> Lexicon:
    """Return the lexicon of `catalogue`, made once for each catalogue object."""
    meanings: list[Indicator | LookAlike] = [*catalogue.values(), *catalogue.look_alikes]
    wordings = [(wording, meaning) for meaning in meanings for wording in meaning.when]
    senses = [_sense(index, wording, owner) for index, (wording, owner) in enumerate(wordings)]
    topics = sum(sense.topic for sense in senses)
    acts, nouns = topics << 1, topics << 2
    after = tuple(catalogue.signals.get("after", ()))
    words: dict[str, Word] = {}
    for sense, (wording, _) in zip(senses, wordings, strict=True):
        _enter(words, sense, wording)
    _signal(words, catalogue.signals, acts, nouns)
    _absorb(words, topics)
    joints = _joints(words)
    cuts = _cuts(words, joints) & topics
    _mark(words)
    for text in [text for text in joints if text.endswith(after)]:
        words[text] = _joined(len(text), joints.pop(text))
    ordered = sorted(words.values(), key=_breaks, reverse=True)
    places = {word.text: place for place, word in enumerate(ordered)}
    count = len(ordered) + len(joints)
    return Lexicon(
        automaton=AhoCorasick([*places, *joints], matchkind=MatchKind.LeftmostLongest),
        words=[*ordered, *[None] * (2 * count - len(ordered))],
        count=count,
        plain=len(ordered),
        joints=[(len(text), *[places[word.text] for word in parts]) for text, parts in joints.items()],
        breaks=sum(map(_breaks, ordered)),
        comma=places["，"],
        department=words.get("部门"),
        after=after,
        senses=senses,
        units=_units(senses, wordings),
        topics=topics,
        acts=acts,
        nouns=nouns,
        things=topics | nouns,
        free=sum(_free(sense) for sense in senses),
        no_act=sum(sense.topic for sense in senses if not sense.asks_act),
        no_noun=sum(sense.topic for sense in senses if not sense.asks_noun),
        cuts=cuts,
    )


def _sense(index: int, wording: Wording, owner: Indicator | LookAlike) -> Sense:
    topic, act, noun = 1 << 3 * index, 2 << 3 * index, 4 << 3 * index
    return Sense(
        topic,
        act,
        noun,
        (topic if wording.topic else 0) | (act if wording.act else 0) | (noun if wording.noun else 0),
        bool(wording.topic),
        bool(wording.act),
        bool(wording.noun),
        bool(wording.also),
        not wording.act or NO_ACT in wording.act,
        wording.weight,
        wording.below,
        wording.fallback,
        wording.topic[0] if wording.topic else "",
        owner.id,
    )


def _enter(words: dict[str, Word], sense: Sense, wording: Wording) -> None:
    """Enter the words of one wording."""
    for text in wording.topic:
        _word(words, text).say |= sense.topic
    for text in wording.act:
        if text != NO_ACT:
            _word(words, text).say |= sense.act
    for text in wording.noun:
        _word(words, text).say |= sense.noun
    for text in wording.also:
        _word(words, text).also |= sense.topic
    for text in wording.without:
        _word(words, text).without |= sense.topic


def _word(words: dict[str, Word], text: str) -> Word:
    if (word := words.get(text)) is None:
        word = words[text] = Word(text, len(text))
    return word


def _breaks(word: Word) -> bool:
    return word.mark in BREAKS or bool(word.signals & (ITEM | AFTER))


def _signal(words: dict[str, Word], signals: Mapping[str, tuple[str, ...]], acts: int, nouns: int) -> None:
    """Enter what words signal; a word is an act where an indicator asks it as one and none as a noun."""
    for word in words.values():
        if word.say & acts and not word.say & nouns:
            word.signals |= ACT
    for name, texts in signals.items():
        for text in texts:
            _word(words, text).signals |= SIGNALS[name]
    for word in words.values():
        if word.signals & LIGHT:
            light = word.signals & ACT and not word.say & nouns
            word.signals &= ~ACT if light else ~(ACT | LIGHT)
        elif word.say & nouns:
            word.signals &= ~ACT


def _mark(words: dict[str, Word]) -> None:
    """Enter years, item markers (一是) and punctuation marks."""
    for year in range(2005, 2041):
        words[f"{year}年"] = Word(f"{year}年", 5, signals=YEAR, year=year)
    for number in "一二三四五六七八九十":
        words[f"{number}是"] = Word(f"{number}是", 2, signals=ITEM)
    for mark, texts in MARKS.items():
        for text in texts:
            words[text] = Word(text, 1, signals=MARK, mark=mark)


def _units(senses: Sequence[Sense], wordings: Sequence[tuple[Wording, Indicator | LookAlike]]) -> dict[str, int]:
    units: dict[str, int] = {}
    for sense, (wording, owner) in zip(senses, wordings, strict=True):
        for unit in wording.units or owner.units:
            units[unit] = units.get(unit, 0) | sense.topic
    return units


def _free(sense: Sense) -> int:
    """Return what the sense does not ask for, as if it were said."""
    return (
        (0 if sense.asks_topic else sense.topic)
        | (sense.act if sense.may_lack_act else 0)
        | (0 if sense.asks_noun else sense.noun)
    )


def _cuts(words: Mapping[str, Word], joints: Mapping[str, Sequence[Word]]) -> int:
    """Return the senses that count a change itself (时限压缩、减少 of so many percent)."""
    cuts = 0
    for word in words.values():
        if word.signals & CHANGE:
            cuts |= word.say >> 2
    for text, parts in joints.items():
        if any(word.signals & CHANGE for word in parts):
            cuts |= _joined(len(text), parts).say >> 2
    return cuts


def _absorb(words: Mapping[str, Word], topics: int) -> None:
    """Let each word speak for the words inside it too, since only the longest at a place is found (不予受理 aside)."""
    inner = [word for word in words.values() if word.size > 1]
    said = [(word.say, word.also, word.without, word.signals & (OTHER_NOUN | DOMAIN | ACTOR)) for word in inner]
    automaton = AhoCorasick([word.text for word in inner])
    for word in words.values():
        own = word.say
        matches = automaton.find_matches_as_indexes(word.text, overlapping=True)
        found = [(start, end, said[index]) for index, start, end in matches if end - start < word.size]
        for start, end, (say, also, without, signals) in found:
            if start and (word.text[start - 1] in NEGATIONS or (end < word.size and _crossed(start, end, found))):
                continue
            if not own and (word.signals & ~(NARROW | OF_BODY) == PLAIN or word.signals & OTHER_ACT):
                continue
            word.say |= say if own or not word.signals & (OTHER_NOUN | ACT) else say & topics
            word.also |= also
            word.without |= without & ~own
            word.signals |= signals if end == word.size else signals & DOMAIN


def _crossed(start: int, end: int, found: Sequence[tuple[int, int, tuple[int, ...]]]) -> bool:
    """Return whether a word that begins before `start` ends inside start..end (复议 crosses 议案 in 复议案件)."""
    return any(first < start < last < end and last - first >= end - start for first, last, _ in found)


def _joints(words: Mapping[str, Word]) -> dict[str, list[Word]]:
    """Return the words that two overlapping words make (调解成功 + 成功率), with their parts: first, second, first, ...

    Where no second one says more than the first, the first alone will do.
    """
    starts: dict[str, list[Word]] = {}
    for word in words.values():
        for size in range(2, word.size):
            starts.setdefault(word.text[:size], []).append(word)
    joints: dict[str, list[Word]] = {}
    telling: set[str] = set()
    for first in words.values():
        for size in range(2, first.size):
            for second in starts.get(first.text[-size:], ()):
                text = first.text + second.text[size:]
                if text not in words and second.text not in first.text:
                    joints.setdefault(text, []).extend((first, second))
                    if second.say & ~first.say or second.without & ~first.without or second.also & ~first.also:
                        telling.add(text)
    return {text: parts for text, parts in joints.items() if text in telling}


def _joined(length: int, parts: Sequence[Word]) -> Word:
    """Return the word of so many characters that each first and second of `parts` make; it says what they say."""
    first, second = parts[0].text, parts[1].text
    joined = Word(first + second[len(first) - length :], length)
    for word in parts:
        joined.say |= word.say
        joined.also |= word.also
        joined.without |= word.without
    for begin, end in zip(parts[::2], parts[1::2], strict=True):
        joined.signals |= end.signals | begin.signals & (DOMAIN | NARROW | CHANGE)
    return joined
