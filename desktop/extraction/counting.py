"""Whether a number that has a unit counts anything: names, slogans, spans of time and articles do not.

Arabic numbers count unless something speaks against it; small Chinese ones (`三项`, `一个`) only where something
speaks for it, since slogans, articles and fixed names are made with them. What decides, in this order: the name that
the number begins, the noun behind it, the verb in front of it, the place at the end of a clause.
"""

from __future__ import annotations

import re

from desktop.extraction.units import NOUNS, unit_at
from desktop.extraction.words import (
    ABSTRACT,
    ABSTRACT_UNITS,
    ARABIC_SLOGANS,
    CHINESE_SLOGANS,
    COUNTED_HEADS,
    COUNTED_NOUN,
    COUNTING_VERBS,
    FIXED_NAMES,
    HOTLINE_HEADS,
    HOTLINES,
    ONE_OF,
)
from desktop.model import Kind, NumeralClass

CERTAIN, LIKELY, FAIR, DOUBTFUL, NOT_COUNTED = 1.0, 0.96, 0.8, 0.5, 0.0

_CHAINED = frozenset("一二三四五六七八九十两N")  # 三员两站一基地
_ENDS = frozenset("，。；、,;）)\n！!”：:")
_NAMED_SPAN = re.compile(
    "的?[”’]?[^，。；、\n0-9]{0,6}?(?:服务圈|生活圈|办事圈|调解圈|响应圈|便民圈|普法圈|法律圈|执法圈|治理圈|圈)|不打烊|自助|值班|值守|在线|全天|热线|监控|开放|待命|营业|倒计时|无休"
    "|(?:集中)?(?:攻坚|行动|会战|大会战|冲刺|整治)|[”’]"
)
_ROUND_THE_CLOCK = re.compile(
    "服务|法律|受理|响应|接听|接受|咨询|巡逻|巡查|可|为|公共|接警|运|自助|政务|线上|人工|提供|监|畅通|备勤|轮|营|连"
)
_SPAN_OF_TIME = re.compile(
    "(?:为期|历时|历经|过去|最近|连续|持续|间隔|每|每隔|不足|将近|近|任期|试点|整改期|有效期|保留|公示|聘期)\\Z"
)
_RATHER_TIME = frozenset(("月", "周", "星期", "天", "日", "季度"))
_HOTLINE = re.compile(
    "[^，。；\n]{0,8}?(?:热线|平台|专线|电话|便民|举报|投诉|法网|窗口|工单|指挥|联动|接警|报警|急救)|[”’、]|等"
)
_NOT_BEFORE_ONE = frozenset("每跑再又这那同另某任哪首第之各唯其最统单专逐合万上下、，。；：:“‘\n ")


def is_hotline(text: str, start: int, end: int) -> bool:
    """Tell a hotline's number by its form: 110, 12345, 96xxx."""
    token = text[start:end]
    return token in HOTLINES or (len(token) == 5 and token.isdecimal() and token.startswith(HOTLINE_HEADS))


def names_hotline(text: str, start: int, end: int, unit: str) -> bool:
    """Tell `12345市长热线` from `12345件`; `unit` is what seemed to be one."""
    return unit not in "件条起宗份%" and is_hotline(text, start, end) and _HOTLINE.match(text, end) is not None


def names_a_time(text: str, start: int, stop: int, unit: str, value: float) -> NumeralClass | None:
    """Return the class of a duration that only names a time or a service (`24小时自助`, `为期3个月`), else None."""
    if _NAMED_SPAN.match(text, stop) or text.startswith("24小时", stop) or value == 365:
        return "name"
    if unit in ("年头", "年度"):
        return "date"
    if value == 24 and (text[start - 1] in "天×" or _ROUND_THE_CLOCK.match(text, stop)):
        return "name"
    if text[start - 1] == "每" or (unit in _RATHER_TIME and _SPAN_OF_TIME.search(text, start - 4, start)):
        return "date"
    return None


def is_slogan(text: str, start: int, end: int, unit: str, stop: int) -> bool:
    """Tell what an Arabic number of at most ten may make with the words around it: `4个意识`, `2个维护`, `1户1档`."""
    if unit in "个项" and text.startswith(ARABIC_SLOGANS, stop):
        return True
    return text[start:end] == "1" and (text[end + 1] == "1" or text[start - 2] == "1") and text[end] not in "、，,.。"


def counts(text: str, start: int, end: int, value: float, unit: str, kind: Kind, stop: int) -> float:
    """Return how sure it is that the Chinese number at start:end, with a unit that ends at `stop`, counts something."""
    if text.startswith(FIXED_NAMES, start) or (value <= 10 and text[stop] in _CHAINED):
        return NOT_COUNTED
    if kind in ("percent", "money"):
        return LIKELY if kind == "percent" or value > 1 else NOT_COUNTED
    if unit in NOUNS and text[end] == unit[0]:
        return FAIR if value > 10 else NOT_COUNTED
    if value > 10:
        return NOT_COUNTED if unit == "字" or text.startswith(CHINESE_SLOGANS, stop) else LIKELY
    if kind == "duration":
        return _short_time(text, start, value, unit, stop)
    if text[end] in "余多几" or text[start - 1] in "近约超逾":
        return LIKELY
    if end - start == 1 and text[start] == "二":
        return NOT_COUNTED  # 二次供水; two of a thing are 两
    if value == 1:
        return _one(text, start, unit, stop)
    return _few(text, start, unit, stop)


def _short_time(text: str, start: int, value: float, unit: str, stop: int) -> float:
    if value == 1 and unit in ("天", "日", "周", "秒") and text[stop] not in "内之":
        return NOT_COUNTED
    return FAIR


def _one(text: str, start: int, unit: str, stop: int) -> float:
    """`一` counts where it ends the clause behind what it counts (`制发建议书一份，`), else it is an article."""
    if text[stop] not in _ENDS or unit not in ONE_OF:
        return NOT_COUNTED
    context = text[start - 6 : start]
    if context[-1] in _NOT_BEFORE_ONE or "每" in context or "最多" in context:
        return NOT_COUNTED
    return DOUBTFUL if context.endswith(("至少", "开展", "出现", "组织")) else FAIR


def _few(text: str, start: int, unit: str, stop: int) -> float:
    """Two to ten of something in Chinese numerals."""
    session = unit == "次" and text[start - 1] in "届大协委" and text.startswith(("会议", "全会"), stop)
    if session or text.startswith(CHINESE_SLOGANS, stop):
        return NOT_COUNTED
    verb = text[start - 2 : start] in COUNTING_VERBS or text[start - 1] in "了共计达各有近约超将"
    if unit not in ABSTRACT_UNITS:
        return LIKELY if verb or not text.startswith(ABSTRACT, stop) else DOUBTFUL
    if unit == "类":
        return DOUBTFUL if text[stop - 2] == "大" or verb else NOT_COUNTED
    clause = text[stop : stop + 10]
    closed = next((place for place, character in enumerate(clause) if character in _ENDS), None)
    clause = clause[:closed]
    abstract = text.startswith(ABSTRACT, stop)
    if COUNTED_NOUN.match(clause) or (closed and clause[-1] in COUNTED_HEADS):
        return LIKELY
    if COUNTED_NOUN.search(clause) and (verb or not abstract):
        return LIKELY
    if abstract:
        return NOT_COUNTED
    noun = unit_at(text, stop)
    if (noun and noun[0] in NOUNS) or (verb and clause):
        return FAIR
    ends = not clause and text[start - 1] not in "、，。；：:“‘\n这那每"
    return DOUBTFUL if ends else NOT_COUNTED
