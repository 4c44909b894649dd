"""Numerals that name a time: years, months, days and hours, rhythms, anniversaries."""

from __future__ import annotations

import re

from desktop.extraction.claims import Claim, Rule, is_year
from desktop.extraction.numerals import ARABIC, HAN

DATE = re.compile(
    r"(?:19|20)[0-9]{2}([-/.—])[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9件个项条次人名份家万%])"
    r"(?: ?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?"
    r"|[0-9]{1,2}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])(?:[-—~～至][0-9]{1,2}[:：][0-5][0-9])?"
)
"""Dates and times of day written in figures alone."""

_RHYTHM = re.compile("[0-9.]+(?:[-—–~～至到][0-9.]+)?(?:个?月|年|天|周|日|个?工作日|个?季度|个?小时|分钟)")
_WITHIN_DEADLINE = re.compile("以?之?内|前?办|压|缩|减|降|提速|答复|审|的?(?:法定|承诺|办理)?时限")
_DEADLINE_BEFORE = re.compile(
    "(?:由|从|至|到|为|在|过|于|短|快|限|仅|需|约|近|定|均|计|用时|耗时|平均)(?:法定|原来|原有|原|的|了)*\\Z"
)
_NAMED_YEARS = ("行动", "攻坚", "计划", "规划", "级", "提升", "大变样", "会战", "活动")
_NOT_FOREMOST = frozenset("提目当此以之年先日会空跟面生课事")


def _year(text: str, start: int, end: int) -> Claim | None:
    if text.startswith(_NAMED_YEARS, end + 1) and not is_year(text, start, end):
        return "name", end
    if text[end - 1] in "百千万亿" and text[start] in HAN:
        return "name", end
    return "date", end


def _month(text: str, start: int, end: int) -> Claim | None:
    return "date", end


def _day(text: str, start: int, end: int) -> Claim | None:
    if text[end - 1] in "百千":
        return "name", end
    if text[start - 1] == "月" or text[start:end] == "一":
        return "date", end
    deadline = _WITHIN_DEADLINE.match(text, end + 1) or _DEADLINE_BEFORE.search(text, start - 10, start)
    return None if deadline else ("date", end)


def _quarter(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "度" else None


def _degree(text: str, start: int, end: int) -> Claim | None:
    return ("date" if is_year(text, start, end) else "name"), end


def _hour(text: str, start: int, end: int) -> Claim | None:
    return ("date" if text[start] in ARABIC or text[end - 1] == "十" else "name"), end


def _minutes(text: str, start: int, end: int) -> Claim | None:
    if text[start - 1] == "时":
        return "date", end
    return ("name", end) if text[start:end] == "十" or text[end + 1] == "制" else None


def _anniversary(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "年" else ("name", end) if text[end + 1] == "岁" else None


def _new_year(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] in "旦宵" else None


def _century(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "纪" else None


def _every(text: str, start: int, end: int) -> Claim | None:
    """What a rate is counted by (`每10万人`) or a rhythm (`每3至6个月`)."""
    rhythm = _RHYTHM.match(text, start)
    return ("date", rhythm.end()) if rhythm else ("name", end)


def _foremost(text: str, start: int, end: int) -> Claim | None:
    """`前三季度` is a time, `前10名` a rank; 目前, 此前, 提前 and their like only stand in front of a number."""
    if text[start - 2] in _NOT_FOREMOST:
        return None
    if text.startswith(("季度", "个月", "个季度", "年", "月"), end):
        return "date", end
    return "ordinal", end


AFTER: dict[str, Rule] = {
    "年": _year, "月": _month, "日": _day, "季": _quarter, "度": _degree, "时": _hour, "分": _minutes,
    "周": _anniversary, "元": _new_year, "世": _century,
}  # fmt: skip

BEFORE: dict[str, Rule] = {"每": _every, "前": _foremost}
