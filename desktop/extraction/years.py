"""The year that a report is on, which is not the year of its issue."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from desktop.extraction.places import narrowed

OPENING = 1500
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"零": "0", "O": "0", "0": "0"}
_YEAR = r"(?:(?:19|20)\d\d|[二一][〇零0O九][〇零0O一二三四五六七八九]{2}(?=年))"
# A year as a year: no part of a longer number, of a range (2021-2025年) or of a date with its month.
_ALONE = (
    rf"(?<![\d.]){_YEAR}(?! ?年? ?[-—~～至到] ?(?:19|20)\d\d)"
    r"(?!\d| ?年 ?(?:\d{1,2}|[一二三四五六七八九十]{1,3}) ?月)"
)
_AFTER_RANGE = r"(?<!\d[-—~～至到])(?<!年[-—~～至到])"
IN_TITLE = re.compile(rf"{_AFTER_RANGE}({_ALONE})(?! ?[〕\]】〉] ?第? ?\d)")
_REPORTED = re.compile(
    rf"(?:现将|现就|现对|下面|汇报|报告|总结|公布|公开)[^。\n]{{0,40}}?{_AFTER_RANGE}({_ALONE}) ?年?"
    r"[^。\n]{0,45}?(?:报告|汇报|总结|公布|公示|公开|通报)"
)
_CLAUSE = re.compile(rf"(?:^|[\n。;,:、(\s])(?:在|过去的|刚刚过去的|截至|自|从|至)?{_AFTER_RANGE}({_ALONE}) ?年")
_ANY = re.compile(rf"{_AFTER_RANGE}({_ALONE}) ?年")
_QUOTED = re.compile(r"《[^》]{0,80}》|[〔\[【][^〕\]】]{0,12}[〕\]】] ?第? ?\d{1,4} ?号")
_DATED = re.compile(r"((?:19|20)\d\d) ?[-年./] ?(\d{1,2}) ?[-月./]")
_DATED_HAN = re.compile(rf"({_YEAR})年([一二三四五六七八九十]{{1,3}})月")
_MONTHS = {name: month for month, name in enumerate([*"一二三四五六七八九十", "十一", "十二"], 1)}
_LAST_YEAR, _THIS_YEAR = re.compile(r"去年以?来?[,，]|过去的一年|上一?年度"), re.compile(r"今年以来|本年度")


def read_year(titles: Sequence[str], text: str, start: int, dates: Sequence[str], doc_number: str | None) -> int | None:
    """Return the year reported on: of a title, else of the opening after `start`, else the text's most frequent.

    Where the text names none, the dates of issue tell (in their order of trust) and last the number of the document: a
    report that is issued early in a year is on the year before.
    """
    for title in titles:
        if found := IN_TITLE.search(narrowed(title)):
            return _number(found.group(1))
    opening = _QUOTED.sub("", narrowed(text[start : start + OPENING]))
    for pattern in (_REPORTED, _CLAUSE):
        if found := pattern.search(opening):
            return _number(found.group(1))
    narrow = _QUOTED.sub("", narrowed(text))
    counts = Counter(_number(year) for year in _ANY.findall(narrow))
    issued = _issued(dates, doc_number)
    if counts:
        best, times = counts.most_common(1)[0]
        if times > 1 or issued is None:
            return best
    if issued is None:
        return None
    year, month = issued
    if month is None or month <= 6:
        return year if month is not None and _THIS_YEAR.search(opening) and month > 4 else year - 1
    return year - 1 if _LAST_YEAR.search(opening) else year


def _issued(dates: Sequence[str], doc_number: str | None) -> tuple[int, int | None] | None:
    """Return (year, month) of issue; the month is None where the document's number alone tells the year."""
    for date in dates:
        if found := _DATED.search(date):
            return int(found.group(1)), int(found.group(2))
        if found := _DATED_HAN.search(date):
            return _number(found.group(1)), _MONTHS.get(found.group(2), 1)
    found = re.search(r"(?:19|20)\d\d", narrowed(doc_number or ""))
    return (int(found.group()), None) if found else None


def _number(year: str) -> int:
    return int("".join(_DIGITS.get(character, character) for character in year))
