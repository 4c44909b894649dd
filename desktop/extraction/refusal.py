"""Why a figure is not this year's level: a change, last year's, a target, so many each, what another came from."""

from __future__ import annotations

import re

from desktop.extraction.clauses import Place
from desktop.extraction.lexicon import CHANGE, COMPARE, EACH, LAST_YEAR, PAST, TARGET, Lexicon

CHANGED = re.compile(
    r"(?:增长|下降|增加|减少|上升|降低|增幅|降幅|提高|提升|回落|涨幅|减幅|翻了|多收|少收|净增|递增|递减|高于|低于|高出|增|降)"
    r"(?:率|幅度|幅|比例)?(?:了|达|为|达到|约|近|超过|超|逾|均)*\Z"
)
REACHED = re.compile(r"(?:至|到|为|达|达到)(?:了|约|近|超|超过|逾)*\Z")
FROM = re.compile(r"(?:由|从)[^，。；、由从]{0,10}\Z")
TO = re.compile(r"[^。；，\n\d]{0,8}?(?:至|到|为|成)")
FORMER = re.compile(r"(?:平均(?:水平|值|率|数)?(?:的|为|是|达)?|原为|原有|原来|此前为|原先)\Z")


def refusal(place: Place, flat: str, lexicon: Lexicon) -> str:
    """Return why the figure is not this year's level (change, last_year, target, ...), or an empty string."""
    if place.sentence.ahead or place.time & TARGET:
        return "target"
    pre, at = place.pre, place.start
    signals = pre.signals
    if place.time & LAST_YEAR or signals & PAST:
        return "last_year"
    if signals & CHANGE and CHANGED.search(flat, max(pre.start, at - 16), at):
        return "" if pre.noun & pre.topic & lexicon.cuts else "change"
    if signals & COMPARE and not REACHED.search(flat, max(pre.start, at - 6), at):
        return "change"
    if signals & EACH:
        return "each"
    left = flat[max(pre.start, at - 12) : at]
    if ("由" in left or "从" in left) and FROM.search(left) and TO.match(flat, place.end):
        return "from"
    if ("平均" in left or "原" in left or "此前" in left) and FORMER.search(left):
        return "former"
    return "change" if place.figure.unit == "百分点" else ""
