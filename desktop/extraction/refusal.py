"""Why a figure is not this year's level: a change, last year's, a target, so many each, what another came from."""

from __future__ import annotations

import re

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
FORMER = re.compile(r"(?:平均(?:水平|值|率|数)?(?:的|为|是|达)?|原为|原有|原来|此前为|原先)\Z")


def refusal(place: Place, flat: str, lexicon: Lexicon) -> str:
    """Return why the figure is not this year's level (change, last_year, target, ...), or an empty string."""
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
    return "change" if place.unit == "百分点" else ""


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
