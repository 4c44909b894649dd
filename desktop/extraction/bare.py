"""Numbers without a unit behind them: what they are by their own form and by the words in front."""

from __future__ import annotations

import re

from desktop.extraction.claims import is_year
from desktop.extraction.counting import CERTAIN, DOUBTFUL, FAIR, is_hotline
from desktop.extraction.measures import Measure, money_sign
from desktop.extraction.numerals import is_inexact, value_of
from desktop.extraction.words import SUFFIXES
from desktop.model import Approx, Kind, NumeralClass

_COUNTED_NOUN = re.compile(
    "(?:(?P<group>人次|场次|件次|批次)|(?P<one>人|次|件|户|家|场|份|条|项|个|起|宗)数量?|(?P<rate>率|比例|占比|满意度|安全感|知晓度|覆盖面)|(?P<mark>得分|评分|均分|分值|成绩)|(?:办件|受理|申请|收案)量)"
    "(?:已|分别|均|都|共|累计|总计|保持|控制|降)*(?:为|达到|达|是|共|至)?(?:近|约|超|逾|超过|突破)?[:：]?\\Z"
)
_IN_BRACKETS = re.compile("[（(](个|件|项|条|次|人次|人|名|份|家|场|期|起|宗|万?元|%|小时|天)[）)][:：]?\\Z")
_BRACKETS_BEHIND = re.compile("[余多+]?[（(](人次|[个件项条次人名份家场期起宗])[）)]")
_REACHES = "(?:已|累计|共计?|总计|达|到|为|近|约|超|过|逾|突|破)*\\Z"
_VIEWS = re.compile(f"(?:阅读|浏览|点击|播放|访问|观看|转发|点赞)(?:总|人)?[量数次]*{_REACHES}")
_MONEY_NOUN = re.compile(
    f"(?:资金|罚款|罚没款?|金额|标的额?|补贴|补助|奖金|经费|投资|损失|赔偿金?|债务|贷款|税费|投入){_REACHES}"
)
_FRACTION = re.compile("([1-9])/([2-9]|10)(?=以上|以下|左右|的|，|。|、|强|多)")
_CAPTION = re.compile("(?:附件|附表|附录|表|图|注|编号)\\Z")
_ROAD = re.compile("国道|省道|县道|乡道|高速|频道|高校|年")
_DAY_OF_THE_YEAR = re.compile(r"(?:1[0-2]|[1-9])\.(?:[12][0-9]|3[01]|[1-9])\Z")
_COMMEMORATED = re.compile("国家|世界|全国|全民|国际|宪法|消防|禁毒|知识产权|环境|防灾|安全|消费|普法|宣传|活动|[”’]")
_YEAR_AND_MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])\Z")
_VERSION = re.compile(r"[1-9]\.0\Z")
_KINDS: dict[str, Kind] = {"%": "percent", "元": "money", "小时": "duration", "天": "duration"}
_PAGE_LINE = 8  # lines at least this long stand around a page number, shorter ones around a table's cell


def class_by_form(text: str, start: int, end: int) -> NumeralClass | None:
    """Return what a number without a unit is by its form (a hotline, a year, an id, a page number), or None."""
    if is_hotline(text, start, end):
        return "name"
    if is_year(text, start, end):
        return "date"
    token = text[start:end]
    digits = token.isdecimal()
    if digits and (len(token) > 6 or (token[0] == "0" and len(token) > 1)):
        return "furniture"
    if digits and len(token) <= 3 and text[start - 1] == "\n" == text[end]:
        before = start - 1 - text.rfind("\n", 0, start - 1)
        after = text.find("\n", end + 1) - end
        return "furniture" if (before == 1 or before >= _PAGE_LINE) and (after <= 1 or after >= _PAGE_LINE) else None
    if _YEAR_AND_MONTH.match(text, start, end):
        return "date"
    if _DAY_OF_THE_YEAR.match(text, start, end) and (_COMMEMORATED.match(text, end) or text[start - 1] in "“‘"):
        return "name"
    if token == "0" and text[start - 1] not in "为达是至：:":
        return "name"
    if text[end] in "余多" and text[end + 1] in "年岁":
        return "date" if text[end + 1] == "年" else "name"
    if text[end] == "\n" and text[start - 1] in ".…·":
        return "furniture"  # the page of a heading in a table of contents
    if _VERSION.match(text, start, end) or _ROAD.match(text, end):
        return "name"
    if _CAPTION.search(text, start - 2, start):
        return "name"
    if token.count(".") > 1:
        return "date" if is_year(text, start, start + 4) else "furniture"
    return None


def measure_before(text: str, start: int, end: int) -> tuple[Measure, float] | None:
    """Return the quantity of a number whose unit stands in front or is left out, with how sure that is, or None.

    `参训人次达1200`, `好评率为99.8`, `收案数（件）：151`, `￥1200`; with a scale (`办件4.1万`) it is one
    even without a unit.
    """
    token = text[start:end]
    value = value_of(token)
    if value is None:
        return None
    approx: Approx | None = "more" if is_inexact(token) or text[end] in "余多+" else None
    fraction = _FRACTION.match(text, start)
    if fraction and int(fraction[1]) < int(fraction[2]):
        approx = SUFFIXES.get(text[fraction.end() : fraction.end() + 2])
        return (int(fraction[1]) * 100 / int(fraction[2]), approx, "%", "percent", fraction.end()), FAIR
    sign = money_sign(text, start)
    if sign:
        return (value, None, sign, "money", end), CERTAIN
    stop = end + (text[end] in "余多+")
    behind = _BRACKETS_BEHIND.match(text, end)
    if behind:
        return (value, approx, behind[1], "count", behind.end()), FAIR
    found = _IN_BRACKETS.search(text, start - 12, start)
    if found:
        unit = found[1].removeprefix("万")
        kind: Kind = _KINDS.get(unit, "count")
        return (value * (10_000 if found[1] == "万元" else 1), approx, unit, kind, stop), FAIR
    found = _COUNTED_NOUN.search(text, start - 14, start)
    if found and found["rate"]:
        return ((value, None, "%", "percent", end), FAIR) if value <= 100 else None
    if found:
        return (value, approx, found["group"] or found["one"] or ("分" if found["mark"] else "件"), "count", stop), FAIR
    if value >= 100 and (not token[-1].isdigit() or stop > end):
        if _VIEWS.search(text, start - 12, start):
            return (value, approx, "次", "count", stop), FAIR
        if _MONEY_NOUN.search(text, start - 12, start):
            return (value, approx, "元", "money", stop), FAIR
        return (value, approx, "", "count", stop), DOUBTFUL
    return None
