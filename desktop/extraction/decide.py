"""One joint decision over a report: totals against parts, wide against narrow figures, sure ones against makeshift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from operator import attrgetter

from desktop.extraction.clauses import Guess, Place, Sentence
from desktop.extraction.lexicon import ELSEWHERE, FINISHED, HOME, NARROW, OF_BODY, OF_WHICH, OVER_YEARS, SEMICOLON
from desktop.indicators import Catalogue

ENOUGH = 0.55
CLOSE = 0.1
SURE = 1.1


def decide(places: Sequence[Place], catalogue: Catalogue) -> None:
    """Decide which guess each figure keeps (`kept`; None: it fits no indicator); `places` are in text order."""
    for place in places:
        if place.guesses and place.guesses[0][0] >= ENOUGH:
            place.kept = place.guesses[0]
    _go_on(places)
    _drop_look_alikes(places)
    _drop_makeshift(places, catalogue)
    _drop_over_years(places)
    for _, each in groupby(places, attrgetter("sentence")):
        group = list(each)
        if len(group) > 1:
            _drop_repeats(group, catalogue)
            _drop_parts(group)
        if len(group) > 2:
            _drop_summands(group)
    _drop_narrow(places, catalogue)


def _by_indicator(places: Iterable[Place]) -> dict[str, list[Place]]:
    """Return the figures that have an indicator, by it."""
    groups: dict[str, list[Place]] = {}
    for place in places:
        if place.kept is not None:
            groups.setdefault(place.kept[1].indicator, []).append(place)
    return groups


def _go_on(places: Sequence[Place]) -> None:
    """Where two guesses are close, take the one that goes on with what the figure before it is about."""
    for last, place in pairwise(places):
        if place.kept is None or last.kept is None or place.sentence is not last.sentence:
            continue
        score, sense = place.kept
        subject, told = last.kept[1].subject, last.kept[1].indicator
        if not subject or sense.subject == subject:
            continue
        for guess in place.guesses:
            if guess[0] < score - CLOSE:
                break
            if guess[1].subject == subject and guess[1].indicator != told:
                place.kept = guess
                break


def _drop_look_alikes(places: Sequence[Place]) -> None:
    """Drop what is said like an indicator and is known to be none."""
    for place in places:
        if place.kept is not None and not place.kept[1].indicator:
            place.kept, place.refused = None, "look_alike"


def _drop_over_years(places: Sequence[Place]) -> None:
    """Drop what was done over several years where the report also says what was done this year.

    “七五”普法以来累计宣传2360场次，其中今年384场次: the year's figure takes its name from the other.
    """
    for k, place in enumerate(places):
        if place.kept is None or not place.pre.signals & OVER_YEARS:
            continue
        indicator = place.kept[1].indicator
        for later in places[k + 1 : k + 3]:
            heir = next((guess for guess in later.guesses if guess[1].indicator == indicator), None)
            if heir is not None and later.sentence is place.sentence and not later.pre.signals & OVER_YEARS:
                place.kept, later.kept = None, heir
                break
        else:
            others = (other for other in places if other.kept is not None and other.kept[1].indicator == indicator)
            if any(not other.pre.signals & OVER_YEARS for other in others):
                place.kept = None


def _drop_repeats(places: Sequence[Place], catalogue: Catalogue) -> None:
    """Of one sentence, under `first`, drop what a bare verb says further of the same cases (接件26万件，办结25万件)."""
    for n, place in enumerate(places):
        if place.kept is None or not n or not place.pre.signals & FINISHED:
            continue
        sense = place.kept[1]
        if catalogue[sense.indicator].combine != "first" or _says(place, sense.topic | sense.noun):
            continue
        if any(
            other.kept is not None
            and other.kept[1].indicator == sense.indicator
            and other.unit == place.unit
            and place.figure.value <= other.figure.value
            for other in places[:n]
        ):
            place.kept = None


def _says(place: Place, bits: int) -> int:
    """Return which of `bits` the clause of the figure says."""
    return bits & (place.pre.say | place.post.say)


def _drop_makeshift(places: Sequence[Place], catalogue: Catalogue) -> None:
    """Drop a fallback where the report (under `sum`: the sentence) has a surer figure of the same indicator."""
    makeshift = [place for place in places if place.kept is not None and place.kept[1].fallback]
    if not makeshift:
        return
    sure = _by_indicator(place for place in places if place.kept is not None and not place.kept[1].fallback)
    for place in makeshift:
        indicator = place.kept[1].indicator if place.kept else ""
        same = sure.get(indicator, ())
        if same and (
            catalogue[indicator].combine == "first" or any(other.sentence is place.sentence for other in same)
        ):
            place.kept = None


def _drop_parts(places: Sequence[Place]) -> None:
    """Of one sentence, drop what 其中 or a bracket introduces where it has the indicator of the figure before it."""
    sentence = places[0].sentence
    if not sentence.signals & OF_WHICH and all(place.whole is None for place in places):
        return
    # What the figures before brackets are, before any is dropped.
    wholes = [place.whole.kept if place.whole is not None else None for place in places]
    for n, place in enumerate(places):
        if place.kept is None or not n:
            continue
        indicator, whole = place.kept[1].indicator, wholes[n]
        if whole is not None and whole[1].indicator == indicator:
            place.kept = None
        elif sentence.signals & OF_WHICH:
            begin, end = _total_of(sentence, place.pre.index)
            for other in places[:n]:
                if other.kept is not None and other.kept[1].indicator == indicator and begin <= other.pre.index < end:
                    (other if _is_truer(place, place.kept, other, other.kept) else place).kept = None
                    break


def _is_truer(part: Place, guess: Guess, whole: Place, other: Guess) -> bool:
    """Return whether the part names the indicator's noun and its whole does not (政府文件39件，其中规范性文件6件)."""
    if not _says(part, guess[1].noun) or _says(whole, guess[1].noun):
        return False
    return other[1].weight < SURE and guess[1].weight > other[1].weight + 0.05


def _total_of(sentence: Sentence, index: int) -> tuple[int, int]:
    """Return the span of the parts before the 其中 that rules the part at `index`; (0, 0) if none does."""
    parts = sentence.parts
    while index > 0 and not parts[index].signals & OF_WHICH and parts[index].mark != SEMICOLON:
        index -= 1
    if not parts[index].signals & OF_WHICH:
        return 0, 0
    begin = index - 1
    while begin > 0 and parts[begin].mark != SEMICOLON:
        begin -= 1
    return begin, index


def _drop_summands(places: Sequence[Place]) -> None:
    """Of one sentence, drop the parts of a total that it states, before them or after them."""
    for n, place in enumerate(places):
        if place.total and place.kept is not None:
            left, i = place.figure.value, n
            while i and left > 0 and places[i - 1].unit == place.unit:
                i -= 1
                left -= places[i].figure.value
            for part in places[i:n] if not left else ():
                if part.kept is not None and part.kept[1].indicator == place.kept[1].indicator:
                    part.kept = None
    told = [place.kept[1].indicator for place in places if place.kept is not None]
    if len(told) < len(set(told)) + 2:
        return
    for group in _by_indicator(places).values():
        if len(group) < 3:
            continue
        values = [place.figure.value for place in group]
        if values[0] == sum(values[1:]):
            parts = group[1:]
        elif values[-1] == sum(values[:-1]) and group[-1].pre.shared is None:
            parts = group[:-1]
        else:
            continue
        for place in parts:
            place.kept = None


def _drop_narrow(places: Sequence[Place], catalogue: Catalogue) -> None:
    """Under `first`, drop a figure of one department or domain where the report also gives a wider one."""
    named = [place for place in places if place.kept is not None]
    narrow = [place for place in named if _is_narrow(place)]
    if not narrow:
        return
    wide = {place.kept[1].indicator for place in named if place.kept and place not in narrow}
    for place in narrow:
        indicator = place.kept[1].indicator if place.kept else ""
        if indicator in wide and catalogue[indicator].combine == "first":
            place.kept = None


def _is_narrow(place: Place) -> bool:
    """Return whether the figure is of one department, domain or campaign: said in its clause or in those before."""
    sentence, index = place.sentence, place.pre.index
    if sentence.narrow or place.pre.signals & NARROW:
        return True
    if not sentence.signals & OF_BODY:
        return False
    parts = sentence.parts
    while index >= 0 and not parts[index].signals & (HOME | ELSEWHERE):
        if parts[index].signals & OF_BODY:
            return True
        if parts[index].mark >= SEMICOLON:
            return False
        index -= 1
    return False
