"""One joint decision over a report: totals against parts, wide against narrow figures, sure ones against makeshift."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop.extraction.lexicon import NARROW, OF_WHICH, SEMICOLON
from desktop.extraction.scoring import Guess, Reading
from desktop.indicators import Catalogue

ENOUGH = 0.55
CLOSE = 0.1


def decide(readings: Sequence[Reading], catalogue: Catalogue) -> list[Guess | None]:
    """Return the guess that each figure keeps (None: it fits no indicator), in the order of `readings`."""
    kept = [r.guesses[0] if r.guesses and r.guesses[0].score >= ENOUGH else None for r in readings]
    _go_on(readings, kept)
    _drop_makeshift(readings, kept, catalogue)
    for indexes in _sentences(readings):
        if len(indexes) > 1:
            _drop_parts(readings, kept, indexes)
        if len(indexes) > 2:
            _drop_summands(readings, kept, indexes)
    _drop_narrow(readings, kept, catalogue)
    return kept


def _sentences(readings: Sequence[Reading]) -> Iterable[list[int]]:
    group: list[int] = []
    for k, reading in enumerate(readings):
        if group and readings[group[-1]].place.sentence is not reading.place.sentence:
            yield group
            group = []
        group.append(k)
    if group:
        yield group


def _go_on(readings: Sequence[Reading], kept: list[Guess | None]) -> None:
    """Where two guesses are close, take the one that goes on with what the figure before it is about."""
    for k in range(1, len(readings)):
        best, last = kept[k], kept[k - 1]
        if best is None or last is None or readings[k].place.sentence is not readings[k - 1].place.sentence:
            continue
        subject = last.wording.topic[:1]
        if not subject or best.wording.topic[:1] == subject:
            continue
        for guess in readings[k].guesses:
            if guess.score < best.score - CLOSE:
                break
            if guess.wording.topic[:1] == subject and guess.indicator != last.indicator:
                kept[k] = guess
                break


def _drop_makeshift(readings: Sequence[Reading], kept: list[Guess | None], catalogue: Catalogue) -> None:
    """Drop a fallback where the report (under `sum`: the sentence) has a surer figure of the same indicator."""
    sure: dict[str, list[int]] = {}
    for k, guess in enumerate(kept):
        if guess is not None and not guess.wording.fallback:
            sure.setdefault(guess.indicator, []).append(k)
    for k, guess in enumerate(kept):
        if guess is None or not guess.wording.fallback or guess.indicator not in sure:
            continue
        same = sure[guess.indicator]
        if catalogue[guess.indicator].combine == "first" or any(
            readings[i].place.sentence is readings[k].place.sentence for i in same
        ):
            kept[k] = None


def _drop_parts(readings: Sequence[Reading], kept: list[Guess | None], indexes: list[int]) -> None:
    """Drop what 其中 or a bracket introduces where it has the indicator of the figure before it."""
    said = {id(readings[k].place): kept[k] for k in indexes}
    sentence = readings[indexes[0]].place.sentence
    parts = sentence.parts
    for n, k in enumerate(indexes):
        guess = kept[k]
        if guess is None or not n:
            continue
        whole = said.get(id(readings[k].place.whole))
        if whole is not None and whole.indicator == guess.indicator:
            kept[k] = None
            continue
        if not sentence.signals & OF_WHICH:
            continue
        index = readings[k].place.pre.index
        while index > 0 and not parts[index].signals & OF_WHICH and parts[index].mark != SEMICOLON:
            index -= 1
        if not parts[index].signals & OF_WHICH:
            continue
        begin = index - 1
        while begin > 0 and parts[begin].mark != SEMICOLON:
            begin -= 1
        for i in indexes[:n]:
            earlier = kept[i]
            if (
                earlier is not None
                and earlier.indicator == guess.indicator
                and begin <= readings[i].place.pre.index < index
            ):
                kept[k] = None
                break


def _drop_summands(readings: Sequence[Reading], kept: list[Guess | None], indexes: list[int]) -> None:
    """Drop the parts of a total that the sentence states, before them or after them."""
    groups: dict[str, list[int]] = {}
    for k in indexes:
        guess = kept[k]
        if guess is not None:
            groups.setdefault(guess.indicator, []).append(k)
    for group in groups.values():
        if len(group) < 3:
            continue
        values = [readings[k].place.figure.value for k in group]
        if values[0] == sum(values[1:]):
            parts = group[1:]
        elif values[-1] == sum(values[:-1]):
            parts = group[:-1]
        else:
            continue
        for k in parts:
            kept[k] = None


def _drop_narrow(readings: Sequence[Reading], kept: list[Guess | None], catalogue: Catalogue) -> None:
    """Under `first`, drop a figure of one department or domain where the report also gives a wider one."""
    groups: dict[str, list[int]] = {}
    for k, guess in enumerate(kept):
        if guess is not None and catalogue[guess.indicator].combine == "first":
            groups.setdefault(guess.indicator, []).append(k)
    for group in groups.values():
        if len(group) < 2:
            continue
        narrow = [k for k in group if readings[k].place.pre.signals & NARROW]
        if len(narrow) < len(group):
            for k in narrow:
                kept[k] = None
