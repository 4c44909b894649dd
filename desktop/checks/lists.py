"""The lists of a sentence: which figures are counted side by side, and whether words say that they are all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.checks import relations
from desktop.checks.changes import is_before, is_change
from desktop.checks.saying import MARK, UNCLAIMED, Said, Sentence, segment

SOME = re.compile("其中")
_AND = re.compile("^(?:和|及|与|以及)")
_LONGEST_LABEL = 24


def wholes(sentence: Sentence, index: int) -> list[Said]:
    """Return the figures that can be the total of the one at `index`, the nearest first."""
    own = segment(sentence, index)
    if own.start == index and index and SOME.search(sentence[index].before):
        own = segment(sentence, index - 1)
    alike, unit = relations.load().alike, sentence[index].figure.unit
    before = [sentence[k] for k in range(index - 1, own.start - 1, -1)]
    return [
        said
        for said in before
        if not said.is_percent and not is_change(said) and not is_before(said) and alike(said.figure.unit, unit)
    ]


def listed(sentence: Sentence, first: int) -> list[int]:
    """Return the places of the figures that one list counts, from the one at `first` on.

    A list goes on while its items are parted alike, are counted alike and are no further step of what was counted.
    """
    places, mark = [first], ""
    alike, unit = relations.load().alike, sentence[first].figure.unit
    for index in range(first + 1, len(sentence)):
        said = sentence[index]
        if said.is_percent and re.match("[，（]占", said.before):
            continue
        parted = parting(said)
        last = relations.load().words["others"].search(said.before) is not None
        if not parted or (mark == "、" and parted == "，" and not last) or not alike(said.figure.unit, unit):
            break
        if SOME.search(said.before) or is_before(said) or staged(said.label) or is_change(said):
            break
        mark = mark or parted
        places.append(index)
    return places


def parting(said: Said) -> str:
    """Return the one mark that parts an item from the one before it, empty where it is more than that."""
    if len(said.before) > _LONGEST_LABEL:
        return ""
    marks = MARK.findall(said.before)
    if not marks:
        return "、" if _AND.match(said.before) else ""
    return str(marks[0]) if len(marks) == 1 and marks[0] in "，、" else ""


def staged(label: str) -> bool:
    """Return whether a label tells a further step of what was counted before it."""
    return relations.load().words["stages"].search(label) is not None


def is_all(sentence: Sentence, places: Sequence[int], *, said_all: bool) -> bool:
    """Return whether nothing is left out: `said_all` without 等, 其他 as the last part, or two that make a whole."""
    known = relations.load()
    labels = [sentence[k].label for k in places]
    last = sentence[places[-1]]
    rest = last.after + "".join(said.before + said.after for said in sentence[places[-1] + 1 :])
    if last.after.startswith("等") or known.words["left_over"].search(rest):
        return False
    if said_all or known.words["others"].search(labels[-1]):
        return True
    return any(_both(labels, one, other) for one, other in known.pairs)


def has_unclaimed(sentence: Sentence, places: Sequence[int]) -> bool:
    """Return whether a number that no figure claims stands in a list, or right behind it."""
    texts = (sentence[places[-1]].after, *(sentence[k].before for k in places))
    return any(UNCLAIMED.search(text) for text in texts)


def _both(labels: Sequence[str], one: re.Pattern[str], other: re.Pattern[str]) -> bool:
    first = next((k for k, label in enumerate(labels) if one.search(label)), None)
    return first is not None and any(k != first and other.search(label) for k, label in enumerate(labels))
