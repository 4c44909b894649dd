"""Lists whose nouns stand before their figures (许可、处罚、检查分别为1906、254、4417件): to each figure its noun."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import ACT, LIST, RESPECTIVELY
from desktop.extraction.spoken import Found

JOINTS = "、和与及，"


def align_lists(places: Sequence[Place], flat: str) -> None:
    """Give each figure of a bare list (nothing but 、 between its figures) the item of the nouns before it."""
    before: list[list[Found]] = []
    k = 0
    while k < len(places):
        run = _run(places, k, flat)
        if len(run) > 1:
            if not (k and places[k - 1].sentence is places[k].sentence):
                before = []
            items = _items(run, flat, before)
            if items:
                before = items
                whole = _whole(run[0].pre, items)
                for place, tokens in zip(run, items, strict=True):
                    place.pre = _item(place, whole, tokens)
        k += len(run)


def _run(places: Sequence[Place], first: int, flat: str) -> list[Place]:
    run = [places[first]]
    for k in range(first + 1, len(places)):
        place, last = places[k], run[-1]
        if not 0 < place.start - last.end <= 2 or place.sentence is not last.sentence:
            break
        if flat[last.end : place.start].strip(JOINTS):
            break
        if last.figure.unit != place.figure.unit and not run[0].pre.signals & RESPECTIVELY:
            break
        run.append(place)
    return run


def _items(run: Sequence[Place], flat: str, before: list[list[Found]]) -> list[list[Found]]:
    """Return the words of each figure's item, or [] where the nouns before do not number the same."""
    base, count = run[0].pre, len(run)
    cuts = [0, *base.items, len(base.tokens)]
    items = [base.tokens[a:b] for a, b in pairwise(cuts)]
    items = [item for item in items if item]
    if items and len(items) == count - 1:
        for k in range(len(items[-1]) - 1):
            (at, _), (later, word) = items[-1][k], items[-1][k + 1]
            if flat[at + 1 : later + 1 - word.size].lstrip("”“")[:1] in ("和", "与", "及"):
                items[-1:] = [items[-1][: k + 1], items[-1][k + 1 :]]
                break
    if len(items) >= count:
        return items[-count:]
    if len(before) == count:
        return [[*old, *base.tokens] for old in before]
    return []


def _whole(base: Part, items: list[list[Found]]) -> Part:
    """Return the whole list; where several items have acts of their own, they lend none to the others."""
    if sum(any(word.act for _, word in item) for item in items) < 2:
        return base
    whole = Part(base.mark, base.start, base.index, base.tokens)
    whole.total()
    whole.act = 0
    whole.signals &= ~ACT
    return whole


def _item(place: Place, base: Part, tokens: list[Found]) -> Part:
    part = Part(LIST, base.start, place.pre.index, tokens)
    part.shared = base
    part.total()
    return part
