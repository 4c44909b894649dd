"""Finding an indicator by what a reviewer types: Chinese, pinyin or its initials, English, or an id."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop.indicators import Catalogue, Indicator


@dataclass(frozen=True, slots=True)
class Keys:
    """The forms under which one indicator is found, all in lower case."""

    indicator: Indicator
    chinese: str
    initials: str
    pinyin: str
    english: str


def keys(catalogue: Catalogue) -> tuple[Keys, ...]:
    """Return the search forms of every indicator, in catalogue order."""
    return tuple(_keys(indicator) for indicator in catalogue.values())


def _keys(indicator: Indicator) -> Keys:
    initials, pinyin = spelled(indicator.name_zh)
    english = f"{indicator.name_en} {indicator.id}".lower()
    return Keys(indicator, indicator.name_zh.lower(), initials, pinyin, english)


@functools.cache
def spelled(name: str) -> tuple[str, str]:
    """Return the pinyin initials of a Chinese name and its whole pinyin; the first call loads pypinyin."""
    from pypinyin import lazy_pinyin

    syllables = [syllable.lower() for syllable in lazy_pinyin(name)]
    return "".join(syllable[:1] for syllable in syllables), "".join(syllables)


def matching(typed: str, catalogue: Catalogue) -> list[Indicator]:
    """Return the indicators that every word typed fits, best first; all of them, in their order, for nothing typed."""
    words = typed.lower().split()
    if not words:
        return list(catalogue.values())
    scored = []
    for place, entry in enumerate(keys(catalogue)):
        scores = [_score(word, entry) for word in words]
        if None not in scores:
            scored.append((sum(score for score in scores if score is not None), place, entry.indicator))
    return [indicator for _, _, indicator in sorted(scored, key=lambda found: found[:2])]


def _score(word: str, entry: Keys) -> int | None:
    """Return how well a word fits, 0 best; None where it does not."""
    if any(ord(character) > 0x2E7F for character in word):
        if word in entry.chinese:
            return 0 if entry.chinese.startswith(word) else 1
        if _in_order(word, entry.chinese):
            return 3
        return 6 if word in entry.indicator.definition else None
    if word in entry.initials:
        return 0 if entry.initials.startswith(word) else 1
    if entry.english.startswith(word) or f" {word}" in entry.english:
        return 2
    if word in entry.english or word in entry.pinyin:
        return 4
    return 5 if len(word) > 1 and _in_order(word, entry.initials) else None


def _in_order(wanted: Sequence[str], text: Iterable[str]) -> bool:
    rest = iter(text)
    return all(character in rest for character in wanted)
