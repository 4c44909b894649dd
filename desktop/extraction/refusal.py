"""Why a figure is not this year's level: a change, last year's, a target, so many each, what another came from."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import CHANGE, COMPARE, EACH, LAST_YEAR, NOT_THIS_LEVEL, PAST, TARGET, Lexicon

CHANGED = re.compile(
    r"(?:增长|下降|增加|减少|上升|降低|增幅|降幅|提高|提升|回落|涨幅|减幅|翻了|多收|少收|净增|递增|递减|高于|低于|高出|增|降)"
    r"(?:率|幅度|幅|比例)?(?:全[市省国州盟区县旗])?(?:平均)?(?:水平|值|数|线)?的?(?:了|达|为|达到|约|近|超过|超|逾|均)*\Z"
)
REACHED = re.compile(r"(?:至|到|为|达|达到)(?:了|约|近|超|超过|逾)*\Z")
FROM = re.compile(r"(?:由|从)[^，。；、由从]{0,10}\Z")
TO = re.compile(r"[^。；，\n\d]{0,8}?(?:至|到|为|成)")
SET = re.compile(r"(?:[省市州盟]定|省里要求|市里要求)(?:目标|任务|标准)?(?:值|数)?(?:的|为|是)?\Z")
# A few of many bodies, those that do not do a thing, a mark that some reach: none of them is the district's level.
# The first character is consumed alone, so that the search skips everything else in one go.
FEW = re.compile(
    r"[个少有一某](?:(?<=个)别|(?<=少)数|(?<=有)的|(?<=[一某])些)"
    r"(?:地方|县|区|市|镇|乡|街道|部门|单位|行政机关|机关|执法|村|社区|干部|领域)"
)
NOT_DOING = re.compile(r"未(?!成年|来)[^，。；、]{1,14}的(?:仅|只|仍|还|共|达)?(?:有|占|达)?\Z")
BODIES_WITH = re.compile(r"[个家](?:[乡镇街县区]|部门|单位|执法|机关|苏木|村|社区)[^，。；]*\Z")
BODIES_LACKING = re.compile(
    r"[^，。；]{0,6}?(?:[乡镇街县区村]|部门|单位|机关|苏木|社区|执法|街道)[^，。；]{0,12}?"
    r"(?:仍|尚未|还未|未(?!来|成年)|没有|存在|薄弱|缺乏|短缺|空白)"
)
REACHING = re.compile(r"(?:以上|以下|以内)的(?:占|比例|比重)")
BODY_UNITS, LAST_SIGNS = frozenset("个家"), frozenset("的有占达仅为")
FORMER = re.compile(r"(?:平均(?:水平|值|率|数)?(?:的|为|是|达)?|原为|原有|原来|此前为|原先)\Z")


def refusal(place: Place, flat: str, lexicon: Lexicon, few: Sequence[int]) -> str:
    """Return why the figure is not this year's level (change, last_year, target, ...), or an empty string.

    `few` are the places where the text speaks of a few bodies (FEW).
    """
    pre, at, time = place.pre, place.start, place.time
    sentence = place.sentence
    if time & TARGET or (sentence.ahead and not (sentence.wanting and place.figure.kind == "percent")):
        return "target"
    if time & LAST_YEAR:
        return "last_year"
    if pre.signals & NOT_THIS_LEVEL and (why := _signalled(pre, at, flat, lexicon)) is not None:
        return why
    if place.post.tokens and flat.find("不等", place.end, place.end + 10) >= 0:
        return "each"
    left = flat[at - 12 if at - 12 > pre.start else pre.start : at]
    if ("由" in left or "从" in left) and FROM.search(left) and TO.match(flat, place.end):
        return "from"
    if ("定" in left or "要求" in left) and SET.search(left):
        return "target"
    if left[-2:] == "最快" and flat.find("平均", place.end, place.end + 4) >= 0:
        return "former"
    if ("平均" in left or "原" in left or "此前" in left) and place.figure.kind != "duration" and FORMER.search(left):
        return "former"
    if place.unit == "百分点":
        return "change"
    return "few" if _of_few(place, left, flat, few) else ""


def _of_few(place: Place, left: str, flat: str, few: Sequence[int]) -> bool:
    """Return whether the figure is of a few bodies, counts those that lack a thing, or is a mark that some reach."""
    start, end, approx = place.start, place.end, place.figure.approx
    if approx and REACHING.match(flat, end):
        return True
    if place.unit in BODY_UNITS and flat[end : end + 1] not in "，。；、" and BODIES_LACKING.match(flat, end):
        return True
    if left[-1:] in LAST_SIGNS:
        if (
            "的" in left[-4:]
            and "未" in flat[max(start - 22, 0) : start]
            and NOT_DOING.search(flat, max(start - 22, 0), start)
        ):
            return True
        if left.endswith(("仅", "只有", "仅有", "仅为")):
            approx = "less"
    if approx == "less" and place.figure.kind == "count" and BODIES_WITH.search(flat, max(start - 24, 0), start):
        return True
    return bool(few) and any(place.pre.start <= at < start for at in few)


def _signalled(pre: Part, at: int, flat: str, lexicon: Lexicon) -> str | None:
    """Return why by the words of time and change in the part before the figure at `at`; None where they do not tell."""
    signals = pre.signals
    if signals & PAST:
        return "last_year"
    if signals & CHANGE and CHANGED.search(flat, max(pre.start, at - 16), at):
        return "" if pre.say >> 2 & pre.say & lexicon.cuts else "change"
    if signals & COMPARE and not REACHED.search(flat, max(pre.start, at - 6), at):
        return "change"
    return "each" if signals & EACH else None
