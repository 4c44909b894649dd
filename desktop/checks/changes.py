"""Changes against last year that the report states in words, and last year's levels that it names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from desktop.checks import Checked, Context, YearCell, check, finding, relations
from desktop.checks.ranges import Range, Relation, stated
from desktop.checks.saying import Said, sentences
from desktop.model import Finding

_DOWN = "下降|减少|降低|下滑|回落|缩减|降幅|少|减|降"
_DIRECTION = rf"(?:增长|增加|增多|上升|提高|提升|扩大|上涨|攀升|新增|增幅|多|增|升|(?P<down>{_DOWN}))"
_LAST_YEAR = r"(?:上年|去年|上一年度?|(?P<year>[2２][0０]\d\d)年)(?:同期|度)?"
_AGAINST = rf"(?:同比|(?:与|较|比){_LAST_YEAR}(?:相比)?，?(?:同比)?)"
# What may stand between the change's verb and its number; not 到 or 至, behind which a level stands.
_HOW = r"(?:幅度|率)?(?:整改|了|约|近|为|达|：)*"
_CHANGE = re.compile(rf"{_AGAINST}[^，；。]{{0,12}}{_DIRECTION}{_HOW}$")
# The change of the figure just before it, and of nothing else.
_OF_LAST = re.compile(rf"^(?:[^，；、（]{{0,14}}，|[，（、])?(?:总量|数量|办理量)?{_AGAINST}{_DIRECTION}{_HOW}$")
_LEVEL_AFTER = re.compile(r"^，?(?:总数)?(?:达到?|为|共)$")
_FROM = re.compile(rf"(?:由|从){_LAST_YEAR}(?:的)?$")
_TO = re.compile(r"^(?:增长|增加|扩大|提高|上升|提升|增|升|扩展|拓展|调整|下降|减少|降低|降|减)(?:到|至|为)$")
_BEFORE = re.compile(r"(?:上年|去年|同期)[^，；]{0,3}$")
_BESIDE = re.compile(rf"^[，（]{_LAST_YEAR}(?:为|是|仅为)?$")
# What a change of as much as there was is in each unit that is a share of that.
_RELATIVE = {"%": 100.0, "倍": 1.0}
# What a number printed in 万 with up to two decimals may be rounded to.
_PLACES = (10_000, 1_000, 100)


@dataclass(frozen=True, slots=True)
class Change:
    """A level of this year, the change that is stated of it, and its sign."""

    level: Checked
    change: Checked
    sign: int


def is_change(said: Said) -> bool:
    """Return whether a figure tells how something changed, not how much there is of it."""
    return said.figure.unit == "百分点" or _CHANGE.search(said.before) is not None


def is_before(said: Said) -> bool:
    """Return whether a figure tells of last year or of the same time in it."""
    return _BEFORE.search(said.before) is not None


@check("change_as_level")
def change_as_level(context: Context) -> Iterator[Finding]:
    """Raise a finding where a figure that the report states as a change stands for an indicator's level."""
    by_nature = relations.load().changes_by_nature
    for said in (said for sentence in sentences(context) for said in sentence):
        indicator = said.figure.indicator
        if indicator is not None and indicator not in by_nature and is_change(said):
            yield finding(
                "change_as_level", "warning", (said.figure,), indicator=indicator, found=said.figure.value
            )  # fmt: skip


@check("stated_change")
def stated_change(context: Context) -> Iterator[Finding]:
    """Raise a finding where a stated change is not what this year's level and last year's cell make."""
    last = _last_year(context)
    for change in _changes(context) if last else ():
        cell = _comparable(last, change.level, context)
        if cell is None:
            continue
        possible = list(_possible(change, cell, context))
        if possible and not any(relation.holds for relation in possible):
            expected = _expected(change, cell)
            yield finding(
                "stated_change", "warning", (change.level, change.change),
                indicator=str(change.level.indicator), last=cell.value, level=change.level.value,
                expected=round(expected, 2), found=change.sign * change.change.value, unit=change.change.unit,
            )  # fmt: skip


@check("last_year_level")
def last_year_level(context: Context) -> Iterator[Finding]:
    """Raise a finding where last year's level as this report tells it is not that of last year's report."""
    cells = _last_year(context)
    for level, told in _levels(context) if cells else ():
        cell = _comparable(cells, level, context)
        if cell is not None and not stated(told, context).meets(_of_cell(cell)):
            yield finding(
                "last_year_level", "warning", (told, level),
                indicator=str(level.indicator), expected=cell.value, found=told.value,
            )  # fmt: skip


def _changes(context: Context) -> Iterator[Change]:
    """Yield the changes since last year that are stated of one level, right behind it or right before it."""
    partial = relations.load().words["partial"].search
    for sentence in sentences(context):
        for index, said in enumerate(sentence):
            if partial(said.before):
                break
            found = _CHANGE.search(said.before)
            if found is None or not _is_last_year(found, context):
                continue
            earlier = sentence[index - 1] if index and _OF_LAST.match(said.before) else None
            later = sentence[index + 1] if index + 1 < len(sentence) else None
            if earlier is not None and earlier.figure.indicator and not is_change(earlier):
                yield Change(earlier.figure, said.figure, _sign(found))
            elif later is not None and later.figure.indicator and _LEVEL_AFTER.match(later.before):
                yield Change(later.figure, said.figure, _sign(found))


def _levels(context: Context) -> Iterator[tuple[Checked, Checked]]:
    """Yield (this year's level, last year's as told beside it): 由去年的31项扩大到44项, 58.3%（上年为41.9%）."""
    for sentence in sentences(context):
        for one, other in pairwise(sentence):
            found, level, told = _FROM.search(one.before), other.figure, one.figure
            if found is None or not _TO.match(other.before):
                found, level, told = _BESIDE.match(other.before), one.figure, other.figure
            if found and told.indicator is None and _is_last_year(found, context):
                yield level, told


def _sign(found: re.Match[str]) -> int:
    return -1 if found["down"] else 1


def _last_year(context: Context) -> dict[str, YearCell]:
    year = context.facts.year
    return dict(context.years.get(year - 1, {})) if year is not None else {}


def _is_last_year(found: re.Match[str], context: Context) -> bool:
    """Return whether words name the year before the report's, if they name one: 较2020年 is of another."""
    return found["year"] is None or int(found["year"]) + 1 == context.facts.year


def _comparable(cells: Mapping[str, YearCell], level: Checked, context: Context) -> YearCell | None:
    """Return last year's cell of a level's indicator where the two say the same of the whole year, both exactly.

    What a cell adds up may have other parts each year; what is not stated first may be of a part.
    """
    cell = cells.get(level.indicator or "")
    if cell is None or cell.approx or level.approx or not relations.load().alike(cell.unit, level.unit):
        return None
    first = context.of(str(level.indicator))[0]
    sums = context.catalogue[str(level.indicator)].combine == "sum"
    return None if sums or first.value != level.value else cell


def _of_cell(cell: YearCell) -> Range:
    """Return the numbers that last year's cell may stand for; large round ones were printed in 万."""
    if cell.unit == "%":
        slack = 0.5 * 10.0 ** -len(f"{cell.value:.10g}".partition(".")[2])
    else:
        slack = next((place / 2 for place in _PLACES if cell.value >= 10_000 and cell.value % place == 0), 0.0)
    return Range(cell.value - slack, cell.value + slack)


def _expected(change: Change, cell: YearCell) -> float:
    """Return the change that the two levels make, in the unit that it is stated in."""
    difference, scale = change.level.value - cell.value, _RELATIVE.get(change.change.unit)
    return difference / cell.value * scale if scale and cell.value else difference


def _possible(change: Change, cell: YearCell, context: Context) -> Iterator[Relation]:
    """Yield the ways to understand a change, none where last year's level was 0 and it is told as a share of that.

    Of a rate, percent may be percent of it or percentage points; 增长1.2倍 may be to 1.2 times as much.
    """
    figures = (change.level, change.change)
    level, before = stated(change.level, context), _of_cell(cell)
    printed = stated(change.change, context)
    found = printed if change.sign > 0 else Range(-printed.high, -printed.low)
    difference = Range(level.low - before.high, level.high - before.low)
    scale = _RELATIVE.get(change.change.unit)
    if scale and before.low > 0:
        relative = Range(difference.low / before.high * scale, difference.high / before.low * scale)
        yield Relation(figures, relative, found)
        if change.change.unit == "倍":
            yield Relation(figures, Range(relative.low + 1, relative.high + 1), found)
    if not scale or (change.change.unit == "%" and change.level.unit == "%"):
        yield Relation(figures, difference, found)
