"""What the report says more than once, and in what measure words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from math import inf
from typing import NamedTuple

from desktop.checks import Checked, Context, check, finding, relations
from desktop.checks.changes import is_change
from desktop.checks.ranges import Range, slip, stated
from desktop.checks.saying import MARK, Said, Sentence, segment, sentences
from desktop.model import Finding

_ALIKE = 0.6  # of the characters that name the one, as many name the other where both name the same
_FEWEST = 3
_FURTHEST = 2.0
_FULL_NAME = 5
_YEAR = re.compile(r"(?:全年|年内|今年|本年)[^，；：]*$")
# A count of several things at once, none of which has a number of its own.
_OF_SEVERAL = re.compile(r"[^，；：、（]、[^，；：]*$")
_PLAIN = re.compile(
    r"20\d\d年?度?|全年|年内|今年|本年度?|一年来|共计|共|累计|总计|我[区县市旗]|全[区县市旗]|[区县市旗]政府|到|至|达|有|为|了|的|均|已|是|率先|先后|保持"
)


class _Place(NamedTuple):
    """A figure in the sentence of a number, which states `counts`; `counted`: the one before it, of which a rate is."""

    sentence: int
    said: Said
    counts: frozenset[float]
    counted: float | None


@check("stated_twice")
def stated_twice(context: Context) -> Iterator[Finding]:
    """Raise a finding where a quantity that is stated first and again has two values."""
    known = relations.load()
    places: dict[Checked, _Place] = {}
    for number, sentence in enumerate(sentences(context)):
        counts = frozenset(said.figure.value for said in sentence)
        for index, said in enumerate(sentence):
            places[said.figure] = _Place(number, said, counts, _counted(sentence, index))
    unnamed = [
        place for figure, place in places.items() if figure.indicator is None and _YEAR.search(place.said.before)
    ]
    for indicator, figures in context.by_indicator.items():
        if context.catalogue[indicator].combine != "first" or indicator in known.several:
            continue
        first = places[figures[0]]
        for again in (*(places[figure] for figure in figures[1:]), *(each for each in unnamed if _says(each, first))):
            if _contradict(first, again, context):
                one, other = first.said.figure, again.said.figure
                yield finding(
                    "stated_twice", "warning", (one, other),
                    indicator=indicator, expected=one.value, found=other.value,
                )  # fmt: skip
                break


@check("unit_of_indicator")
def unit_of_indicator(context: Context) -> Iterator[Finding]:
    """Raise a finding where a figure's measure word is none that its indicator is counted in."""
    known = relations.load()
    for figure in context.figures:
        if figure.indicator is None or not figure.unit:
            continue
        indicator = context.catalogue[figure.indicator]
        units = {indicator.unit, *indicator.units, *(unit for wording in indicator.when for unit in wording.units)}
        if not any(known.alike(figure.unit, unit) for unit in units):
            yield finding(
                "unit_of_indicator", "warning", (figure,), indicator=indicator.id, unit=figure.unit,
                expected=indicator.unit,
            )  # fmt: skip


def _contradict(first: _Place, again: _Place, context: Context) -> bool:
    """Return whether two figures of one indicator say the same of the whole report with two values."""
    one, other = first.said, again.said
    if first.sentence == again.sentence or {*first.counts, *again.counts} & _made(one.figure, other.figure):
        return False
    if one.is_percent and again.counted is not None and again.counted not in first.counts:
        return False
    if not relations.load().alike(one.figure.unit, other.figure.unit):
        return False
    if _bounds(one.figure, context).meets(_bounds(other.figure, context)):
        return False
    low, high = sorted((one.figure.value, other.figure.value))
    if high > low * _FURTHEST and not one.is_percent and not _shifted(low, high) and not slip(low, high):
        return False
    if any(_is_narrow(said) for said in (one, other)):
        return False
    return _named_alike(_naming(one), _naming(other))


def _bounds(figure: Checked, context: Context) -> Range:
    """Return the numbers that a figure may stand for where it may be any number above (超过), or below (不足)."""
    low, high = stated(figure, context)
    return Range(0.0 if figure.approx == "less" else low, inf if figure.approx == "more" else high)


def _says(unnamed: _Place, named: _Place) -> bool:
    """Return whether a figure of no indicator is named, in full, by words that name one of an indicator."""
    naming = _naming(unnamed.said)
    return len(naming) >= _FULL_NAME and naming in _naming(named.said)


def _counted(sentence: Sentence, index: int) -> float | None:
    """Return the count that stands before a figure in its part of the sentence."""
    counts = [k for k in segment(sentence, index) if k < index and not sentence[k].is_percent]
    return sentence[counts[-1]].figure.value if counts else None


def _is_narrow(said: Said) -> bool:
    """Return whether a figure is a change, or of less or of more than the one thing and the whole year."""
    if is_change(said) or _OF_SEVERAL.search(said.before):
        return True
    return relations.load().words["narrow"].search(_clause(said)) is not None


def _shifted(low: float, high: float) -> bool:
    """Return whether the one number is the other with its point moved, or with one more digit."""
    few, many = f"{low:.0f}", f"{high:.0f}"
    return len(many) == len(few) + 1 and any(many[:k] + many[k + 1 :] == few for k in range(len(many)))


def _clause(said: Said) -> str:
    """Return the figure's clause, with the one before it where it says no more than a verb."""
    pieces = MARK.split(said.before)
    return "".join(pieces[-2:] if len(pieces[-1]) < _FEWEST else pieces[-1:]) + MARK.split(said.after)[0]


def _naming(said: Said) -> str:
    """Return the words that name what is counted, without those that every sentence has."""
    return _PLAIN.sub("", _clause(said))


def _named_alike(one: str, other: str) -> bool:
    """Return whether most of the characters of the shorter name are in the longer one too."""
    fewest = min(len(one), len(other))
    if fewest < _FEWEST:
        return False
    return sum((Counter(one) & Counter(other)).values()) >= _ALIKE * fewest


def _made(one: Checked, other: Checked) -> set[float]:
    """Return their sum and their difference: told beside them, they are parts, or a part and its whole."""
    return {round(one.value + other.value, 6), round(abs(one.value - other.value), 6)}
