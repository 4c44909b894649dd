"""Lists whose nouns stand before their figures (许可、处罚、检查分别为1906、254、4417件): to each figure its noun."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import ACT, LIST, RESPECTIVELY, Lexicon
from desktop.extraction.spoken import Found

JOINTS = "、和与及，"


def align_lists(places: Sequence[Place], flat: str, lexicon: Lexicon) -> None:
    """Give each figure of a bare list (nothing but 、 between its figures) the item of the nouns before it."""
    before: list[list[Found]] = []
    done = 0
    for k in [k for k, (last, place) in enumerate(pairwise(places)) if 0 < place.start - last.end <= 2]:
        run = _run(places, k, flat) if k >= done else ()
        if len(run) > 1:
            if not (k and places[k - 1].sentence is places[k].sentence):
                before = []
            items = _items(run, flat, before) or _items_before(run, places[:k])
            if items:
                before = items
                whole = _whole(run[0].pre, items, lexicon.acts)
                for place, tokens in zip(run, items, strict=True):
                    place.pre = _item(place, whole, tokens)
            done = k + len(run)


def _run(places: Sequence[Place], first: int, flat: str) -> list[Place]:
    run = [places[first]]
    for k in range(first + 1, len(places)):
        place, last = places[k], run[-1]
        if not 0 < place.start - last.end <= 2 or place.sentence is not last.sentence:
            break
        if flat[last.end : place.start].strip(JOINTS):
            break
        if last.unit != place.unit and not run[0].pre.signals & RESPECTIVELY:
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


def _items_before(run: Sequence[Place], earlier: Sequence[Place]) -> list[list[Found]]:
    """Return the words of each figure's item where 分别 goes back to a list before: as many items, or as many figures.

    执法、监督两类证件持证人分别为: what the number of items counts, and what follows it, is said of each of them.
    """
    base, count = run[0].pre, len(run)
    last = [place for place in earlier[-count:] if place.sentence is run[0].sentence]
    counted = len(last) == count and all(place.post.tokens for place in last)
    if not base.signals & RESPECTIVELY:
        bare = base.signals & ACT and len(base.tokens) == 1 and not run[1].pre.tokens
        return [[*place.post.tokens, *base.tokens] for place in last] if counted and bare else []
    parts = run[0].sentence.parts[: base.index + 1]
    for k in range(base.index - 1, max(base.index - 4, -1), -1):
        part = parts[k]
        if len(part.items) == count - 1:
            cuts = [0, *part.items, len(part.tokens)]
            between = [token for each in parts[k + 1 :] for token in each.tokens]
            return [[*part.tokens[a:b], *between] for a, b in pairwise(cuts)]
    return [[*place.post.tokens, *base.tokens] for place in last] if counted else []


def _whole(base: Part, items: list[list[Found]], acts: int) -> Part:
    """Return the whole list; where several items have acts of their own, they lend none to the others."""
    if not base.tokens or sum(any(word.say & acts for _, word in item) for item in items) < 2:
        return base
    whole = Part(base.mark, base.start, base.index)
    whole.tokens = base.tokens
    whole.total()
    whole.say &= ~acts
    whole.signals &= ~ACT
    return whole


def _item(place: Place, base: Part, tokens: list[Found]) -> Part:
    part = Part(LIST, base.start, place.pre.index)
    part.tokens, part.shared = tokens, base
    part.total()
    return part
