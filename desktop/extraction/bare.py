"""Numbers without a unit behind them: what they are by their own form and by the words in front."""

from __future__ import annotations

import re

from desktop.extraction.classes import is_year
from desktop.extraction.counting import CERTAIN, DOUBTFUL, FAIR, is_hotline
from desktop.extraction.measures import Measure, money_sign
from desktop.extraction.numerals import is_inexact, value_of
from desktop.model import Kind, NumeralClass

_COUNTED_NOUN = re.compile(
    "(?:(?P<group>人次|场次|件次|批次)|(?P<one>人|次|件|户|家|场|份|条|项|个|起|宗)数量?|(?P<rate>率|比例|占比)|(?:办件|受理|申请|收案)量)"
    "(?:已|分别|均|都|共|累计|总计|保持|控制|降)*(?:为|达到|达|是|共|至)?(?:近|约|超|逾|超过|突破)?[:：]?\\Z"
)
_IN_BRACKETS = re.compile("[（(](个|件|项|条|次|人次|人|名|份|家|场|期|起|宗|万?元|%|小时|天)[）)][:：]?\\Z")
_ROAD = re.compile("国道|省道|县道|乡道|高速|频道|高校|年")
_DAY_OF_THE_YEAR = re.compile(r"(?:3\.15|12\.4|4\.15|6\.26|11\.9|5\.12|9\.18|6\.5|12\.13|1\.10|3\.8|5\.1|7\.1|8\.1|10\.1|12\.2|5\.10|5\.15|6\.14|6\.16|9\.20)\Z")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])\Z")
_VERSION = re.compile(r"[1-9]\.0\Z")
_PAGE_LINE = 8  # lines at least this long stand around a page number, shorter ones around a table's cell


def class_by_form(text: str, start: int, end: int) -> NumeralClass | None:
    """Return what a number without a unit is by its form: a hotline, a year, an id, a page number; None where it says nothing."""
    if is_hotline(text, start, end):
        return "name"
    if is_year(text, start, end):
        return "date"
    token = text[start:end]
    digits = token.isdigit()
    if digits and (len(token) > 6 or (token[0] == "0" and len(token) > 1)):
        return "furniture"
    if digits and len(token) <= 3 and text[start - 1] == "\n" == text[end]:
        before = start - 1 - text.rfind("\n", 0, start - 1)
        after = text.find("\n", end + 1) - end
        return "furniture" if (before == 1 or before >= _PAGE_LINE) and (after <= 1 or after >= _PAGE_LINE) else None
    if _YEAR_AND_MONTH.match(text, start, end):
        return "date"
    if _DAY_OF_THE_YEAR.match(text, start, end) or _VERSION.match(text, start, end) or _ROAD.match(text, end):
        return "name"
    if token.count(".") > 1:
        return "date" if is_year(text, start, start + 4) else "furniture"
    return None


def measure_before(text: str, start: int, end: int) -> tuple[Measure, float] | None:
    """Return the quantity of a number whose unit stands in front or is left out, with how sure that is, or None.

    `参训人次达1200`, `好评率为99.8`, `收案数（件）：151`, `￥1200`; with a scale (`办件4.1万`) it is one even without a unit.
    """
    token = text[start:end]
    value = value_of(token)
    if value is None:
        return None
    approx = "more" if is_inexact(token) or text[end] in "余多+" else None
    sign = money_sign(text, start)
    if sign:
        return (value, None, sign, "money", end), CERTAIN
    stop = end + (text[end] in "余多+")
    found = _IN_BRACKETS.search(text, start - 12, start)
    if found:
        unit = found[1].removeprefix("万")
        kind: Kind = "percent" if unit == "%" else "money" if unit == "元" else "duration" if unit in "小时天" else "count"
        return (value * (10_000 if found[1] == "万元" else 1), "more" if approx else None, unit, kind, stop), FAIR
    found = _COUNTED_NOUN.search(text, start - 14, start)
    if found and found["rate"]:
        return ((value, None, "%", "percent", end), FAIR) if value <= 100 else None
    if found:
        return (value, "more" if approx else None, found["group"] or found["one"] or "件", "count", stop), FAIR
    if value >= 100 and (not token[-1].isdigit() or stop > end):
        return (value, "more" if approx else None, "", "count", stop), DOUBTFUL
    return None
