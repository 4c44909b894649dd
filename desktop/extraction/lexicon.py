"""A catalogue's words -> one automaton that finds them all in a single pass, and what each of them may say.

Every wording of every indicator is one bit. A word carries four bit sets: the wordings that it is a topic, an act or a
noun of, and those that it rules out; so what a clause says of all indicators at once is an `or` over its words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ahocorasick_rs import AhoCorasick, MatchKind

from desktop.indicators import NO_ACT, Catalogue, Indicator, Wording

# What a word says of time, scope and kind of a figure, whatever it measures.
LAST_YEAR, THIS_YEAR, COMPARE, TARGET, EACH, OF_WHICH, RESPECTIVELY = 1, 2, 4, 8, 16, 32, 64
ELSEWHERE, NARROW, YEAR, ITEM, DOMAIN = 256, 512, 1024, 2048, 4096
ACT, OTHER_NOUN, PLAIN, LIGHT, AFTER = 8192, 16384, 32768, 65536, 131072
CHANGE, ACTOR, HOME, OTHER_ACT, PAST, ASIDE = 262144, 524288, 1 << 20, 1 << 21, 1 << 22, 1 << 23
ASKS_TOPIC, ASKS_ACT, ASKS_NOUN, ASKS_ALSO = 1, 2, 4, 8
TIMES = YEAR | LAST_YEAR | THIS_YEAR | TARGET
SIGNALS = {
    "last_year": LAST_YEAR, "this_year": THIS_YEAR, "compare": COMPARE, "target": TARGET, "each": EACH,
    "of_which": OF_WHICH, "respectively": RESPECTIVELY, "every_other": ELSEWHERE,
    "narrow": NARROW, "narrow_field": NARROW, "domains": DOMAIN,
    "other_acts": ACT | OTHER_ACT, "other_nouns": OTHER_NOUN,
    "after": TARGET | AFTER, "plain": PLAIN, "change": CHANGE, "home": HOME, "aside": ASIDE, "actors": ACTOR,
    "light": LIGHT,
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
    """One word: the wordings (bits) it speaks for or against, what it signals, and for a mark its strength.

    `titled` is the place in the lexicon's `words` of what the word says in a document's title, 0 where that is nothing.
    """

    text: str
    size: int
    topic: int = 0
    act: int = 0
    noun: int = 0
    also: int = 0
    without: int = 0
    any: int = 0
    signals: int = 0
    mark: int = 0
    year: int = 0
    titled: int = 0


@dataclass(slots=True, eq=False)
class Lexicon:
    """A compiled catalogue: bit i is `wordings[i]` of `owners[i]`; `units` maps a measure word to its wordings.

    `automaton` finds the longest of `words` at each place; the first `breaks` of them may end a sentence.
    """

    automaton: AhoCorasick
    words: list[Word]
    breaks: int
    wordings: list[Wording]
    owners: list[Indicator]
    asks: list[int]
    units: dict[str, int]
    comma: int
    after: tuple[str, ...]
    any_topic: int
    any_act: int
    any_noun: int
    no_act: int
    cuts: int


@lru_cache(maxsize=8)
def compile_catalogue(catalogue: Catalogue) -> Lexicon:
    """Return the lexicon of `catalogue`, made once for each catalogue object."""
    wordings = [wording for indicator in catalogue.values() for wording in indicator.when]
    owners = [indicator for indicator in catalogue.values() for _ in indicator.when]
    words: dict[str, Word] = {}
    for text, bit, slot in _slots(wordings):
        word = words.setdefault(text, Word(text, len(text)))
        setattr(word, slot, getattr(word, slot) | bit)
    _signal(words, catalogue.signals)
    _absorb(words)
    _join(words)
    _mark(words)
    ordered = sorted(words.values(), key=_breaks, reverse=True)
    automaton = AhoCorasick([word.text for word in ordered], matchkind=MatchKind.LeftmostLongest)
    for word in words.values():
        word.any = word.topic | word.act | word.noun
        if word.topic:
            word.titled = len(ordered)
            ordered.append(Word(word.text, word.size, topic=word.topic, any=word.topic))
    return Lexicon(
        automaton,
        ordered,
        sum(map(_breaks, words.values())),
        wordings,
        owners,
        [_asks(wording) for wording in wordings],
        _units(wordings, owners),
        ordered.index(words["，"]),
        tuple(catalogue.signals.get("after", ())),
        *_content(wordings),
        _cuts(words),
    )


def _breaks(word: Word) -> bool:
    return word.mark in BREAKS or bool(word.signals & (ITEM | AFTER))


def _signal(words: dict[str, Word], signals: Mapping[str, tuple[str, ...]]) -> None:
    """Enter what words signal; a word is an act where an indicator asks it as one and none as a noun."""
    for word in words.values():
        if word.act and not word.noun:
            word.signals |= ACT
    for name, texts in signals.items():
        for text in texts:
            words.setdefault(text, Word(text, len(text))).signals |= SIGNALS[name]
    for word in words.values():
        if word.signals & LIGHT:
            light = word.signals & ACT and not word.noun
            word.signals &= ~ACT if light else ~(ACT | LIGHT)
        elif word.noun:
            word.signals &= ~ACT


def _mark(words: dict[str, Word]) -> None:
    """Enter years, item markers (一是) and punctuation marks."""
    for year in range(2005, 2041):
        words[f"{year}年"] = Word(f"{year}年", 5, signals=YEAR, year=year)
    for number in "一二三四五六七八九十":
        words[f"{number}是"] = Word(f"{number}是", 2, signals=ITEM)
    for mark, texts in MARKS.items():
        for text in texts:
            words[text] = Word(text, 1, mark=mark)


def _slots(wordings: Iterable[Wording]) -> Iterator[tuple[str, int, str]]:
    for index, wording in enumerate(wordings):
        for slot in ("topic", "act", "noun", "also", "without"):
            for word in getattr(wording, slot):
                if word != NO_ACT:
                    yield word, 1 << index, slot


def _units(wordings: list[Wording], owners: list[Indicator]) -> dict[str, int]:
    units: dict[str, int] = {}
    for index, (wording, owner) in enumerate(zip(wordings, owners, strict=True)):
        for unit in wording.units or owner.units:
            units[unit] = units.get(unit, 0) | 1 << index
    return units


def _asks(wording: Wording) -> int:
    return (
        ASKS_TOPIC * bool(wording.topic)
        | ASKS_ACT * bool(wording.act)
        | ASKS_NOUN * bool(wording.noun)
        | ASKS_ALSO * bool(wording.also)
    )


def _content(wordings: list[Wording]) -> tuple[int, int, int, int]:
    """Return the wordings that ask no topic, that may lack an act, that ask no noun, that ask no act at all."""
    topic = act = noun = no_act = 0
    for index, wording in enumerate(wordings):
        topic |= (not wording.topic) << index
        act |= (not wording.act or NO_ACT in wording.act) << index
        noun |= (not wording.noun) << index
        no_act |= (not wording.act) << index
    return topic, act, noun, no_act


def _cuts(words: dict[str, Word]) -> int:
    """Return the wordings that count a change itself (时限压缩、减少 of so many percent)."""
    cuts = 0
    for word in words.values():
        if word.signals & CHANGE:
            cuts |= word.noun
    return cuts


def _absorb(words: dict[str, Word]) -> None:
    """Let each word speak for the words inside it too, since only the longest at a place is found (不予受理 aside)."""
    inner = [word for word in words.values() if word.size > 1]
    said = [
        (word.topic, word.act, word.noun, word.also, word.without, word.signals & (OTHER_NOUN | DOMAIN | ACTOR))
        for word in inner
    ]
    automaton = AhoCorasick([word.text for word in inner])
    for word in words.values():
        own = word.topic | word.act | word.noun
        matches = automaton.find_matches_as_indexes(word.text, overlapping=True)
        found = [(start, end, said[index]) for index, start, end in matches if end - start < word.size]
        for start, end, (topic, act, noun, also, without, signals) in found:
            if start and (word.text[start - 1] in NEGATIONS or (end < word.size and _crossed(start, end, found))):
                continue
            if not own and (word.signals == PLAIN or word.signals & OTHER_ACT):
                continue
            word.topic |= topic
            word.also |= also
            word.without |= without
            if own or not word.signals & (OTHER_NOUN | ACT):
                word.act |= act
                word.noun |= noun
            word.signals |= signals if end == word.size else signals & DOMAIN


def _crossed(start: int, end: int, found: Sequence[tuple[int, int, tuple[int, ...]]]) -> bool:
    """Return whether a word that begins before `start` ends inside start..end (复议 crosses 议案 in 复议案件)."""
    return any(first < start < last < end and last - first >= end - start for first, last, _ in found)


def _join(words: dict[str, Word]) -> None:
    """Add the words that two overlapping words make (调解成功 + 成功率), which say what both say."""
    starts: dict[str, list[Word]] = {}
    for word in words.values():
        for size in range(2, word.size):
            starts.setdefault(word.text[:size], []).append(word)
    joined: dict[str, Word] = {}
    for first in words.values():
        for size in range(2, first.size):
            for second in starts.get(first.text[-size:], ()):
                text = first.text + second.text[size:]
                if text in words or second.text in first.text:
                    continue
                entry = joined.setdefault(text, Word(text, len(text)))
                for slot in ("topic", "act", "noun", "also", "without"):
                    setattr(entry, slot, getattr(entry, slot) | getattr(first, slot) | getattr(second, slot))
                entry.signals |= second.signals | first.signals & (DOMAIN | NARROW | CHANGE)
    words.update(joined)
