"""Totals against the parts that the report says they have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from desktop.checks import Checked, Context, check, finding, relations
from desktop.checks.lists import SOME, has_unclaimed, is_all, listed, parting, staged, wholes
from desktop.checks.ranges import Relation, slip, stated, total
from desktop.checks.saying import Sentence, sentences
from desktop.model import Finding, Severity

# 其中 is of the total only where nothing else is spoken of since: 审计项目14个，发现问题若干，其中重大问题20个 is not.
_NEXT_TO = re.compile(r"[^，；：、（）。]*[，；：、（）。]*其中")
_ALL = re.compile(r"^[，（：]?(?:包括|包含|分为|分别是|分别为|由|：)|^：")
_SEVERALLY = re.compile(r"^，(?P<names>[^，；]+)分别(?:为|是|有)?$")
_WHOLE = re.compile(r"共|合计|总计|总量|总数")
_TOGETHER = re.compile(r"^[^，；]{0,6}[，、](?:以上)?(?:合计|总计|共计)(?P<what>[^，；]{0,8})$")
_NEARLY = 0.75  # parts below this share of the total are not thought to be meant as all of it


@dataclass(frozen=True, slots=True)
class Sum:
    """A total and its parts in text order; `complete`: the report says that these are all."""

    total: Checked
    parts: tuple[Checked, ...]
    complete: bool

    def relation(self, context: Context) -> Relation:
        """Return what the parts add up to, and the total as stated."""
        made = total([stated(part, context) for part in self.parts])
        return Relation((self.total, *self.parts), made, stated(self.total, context))


@check("parts_of_total")
def parts_of_total(context: Context) -> Iterator[Finding]:
    """Raise a finding where parts are more than their total, or, where they are said to be all of it, less."""
    for told in sums(context):
        relation = told.relation(context)
        if relation.expected.above(relation.found) or (told.complete and not relation.holds):
            yield _finding("parts_of_total", told)


@check("parts_below_total")
def parts_below_total(context: Context) -> Iterator[Finding]:
    """Raise a finding where parts would make the total if one digit of one of them were another."""
    for told in sums(context):
        if not told.complete and len(told.parts) > 1 and _slipped(told):
            yield _finding("parts_below_total", told)


def sums(context: Context) -> list[Sum]:
    """Return the totals whose parts the report tells: those that close, else those that it says belong together."""
    return context.once("sums", lambda each: list(_sums(each)))


def _sums(context: Context) -> Iterator[Sum]:
    for sentence in sentences(context):
        for index, said in enumerate(sentence):
            if index and (told := _after_total(sentence, index, context)) is not None:
                yield told
            elif index > 1 and (found := _TOGETHER.match(said.before)) is not None:
                yield from _before_total(sentence, index, found["what"])


def _finding(check_id: str, told: Sum) -> Finding:
    found, whole = sum(part.value for part in told.parts), told.total.value
    severity: Severity = "error" if check_id == "parts_of_total" else "notice"
    return finding(check_id, severity, (told.total, *told.parts), expected=whole, found=round(found, 6))


def _after_total(sentence: Sentence, index: int, context: Context) -> Sum | None:
    """Return the total before the figure at `index` with the parts from it on, where the words say that they are."""
    said = sentence[index]
    some, severally = SOME.search(said.before), _SEVERALLY.match(said.before)
    said_all = severally is not None or _ALL.match(said.before) is not None
    if not some and not said_all:
        return None
    totals = wholes(sentence, index)
    places = listed(sentence, index)
    if any(sentence[k].figure.indicator in relations.load().overlapping for k in places):
        places = places[:1]
    if severally and (not _WHOLE.search(totals[0].label if totals else "") or staged(severally["names"])):
        return None
    if not totals or (said_all and not some and len(places) < 2):
        return None
    parts = tuple(sentence[k].figure for k in places)
    lists = _lists(parts)
    tries = [Sum(whole.figure, some_parts, complete=False) for whole in totals for some_parts in lists]
    closing = next((told for told in tries if told.relation(context).closes), None)
    if closing is not None:
        return closing
    above = [told.relation(context).expected.above(told.relation(context).found) for told in tries]
    if not all(above[len(lists) :: len(lists)]) or (not above[0] and has_unclaimed(sentence, places)):
        return None
    if some and not _NEXT_TO.match(said.before):
        return None
    return replace(tries[0], complete=len(parts) > 1 and is_all(sentence, places, said_all=said_all and not some))


def _lists(parts: tuple[Checked, ...]) -> list[tuple[Checked, ...]]:
    """Return the lists that a list may be meant as: all of it, its beginning, or all but one that is in the others."""
    beginnings = [parts[:size] for size in range(len(parts), 1, -1)]
    all_but_one = [parts[:k] + parts[k + 1 :] for k in range(len(parts) - 1)] if len(parts) > 2 else []
    return [*beginnings, *all_but_one] or [parts]


def _before_total(sentence: Sentence, index: int, what: str) -> Iterator[Sum]:
    """Yield the total at `index` (合计16405条) with the parts listed before it, where it is of no other things."""
    whole = sentence[index].figure
    first = index - 1
    while first > 0 and parting(sentence[first]):
        first -= 1
    places = [k for k in listed(sentence, first) if k < index]
    parts = tuple(sentence[k].figure for k in places)
    if len(parts) < 2 or places[-1] != index - 1:
        return
    alike = all(relations.load().alike(part.unit, whole.unit) for part in parts)
    named = not what or what[:2] in sentence[first].before
    told = Sum(whole, parts, complete=alike and named)
    if told.complete or sum(part.value for part in parts) == whole.value:
        yield told


def _slipped(told: Sum) -> bool:
    """Return whether the parts fall short of most of a total by what one wrong digit, or two swapped, can make."""
    figures = (told.total, *told.parts)
    whole, made = told.total.value, sum(part.value for part in told.parts)
    if any(figure.approx or figure.value % 1 for figure in figures) or not _NEARLY * whole <= made < whole:
        return False
    short = whole - made
    corrected = [(whole, made), *((part.value, part.value + short) for part in told.parts)]
    return any(slip(one, other) for one, other in corrected)
