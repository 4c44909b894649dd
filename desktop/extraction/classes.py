"""Rules for numerals that are no figures: dates, documents, clauses, ordinals, names, furniture.

Each rule is kept under the character directly in front of the numeral (BEFORE) or directly behind it (AFTER) and is asked only
there. It says what class the numeral has and how far that reaches (`〔2025〕20号` is one document number), or None.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from desktop.extraction.numerals import ARABIC, HAN
from desktop.extraction.units import NOUNS, unit_at
from desktop.extraction.words import FURNITURE_LABELS
from desktop.model import NumeralClass

Claim = tuple[NumeralClass, int]
"""A class and where it ends: every numeral that begins before that offset has it."""

Rule = Callable[[str, int, int], Claim | None]
"""(flattened text, start, end of the numeral) -> what claims it; line feeds stand around the text."""

DASHES = frozenset("-—–―─－−~～")
BREAKS = frozenset("\n。；;：:！？!?，,、”）)》」］]> …")
_LINE_BREAKS = frozenset("\n。；;：:！？!?”）)")
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}([-/.—])[0-9]{1,2}(?:\1[0-9]{1,2})?(?![0-9件个项条次人名份家万%])(?: ?[0-9]{1,2}[:：][0-9]{2}(?:[:：][0-9]{2})?)?"
    r"|[0-9]{1,2}[:：][0-5][0-9](?:[:：][0-5][0-9])?(?![0-9])(?:[-—~～至][0-9]{1,2}[:：][0-5][0-9])?"
)
_PHONE = re.compile(r"0[0-9]{2,3}[-—－][0-9]{7,8}(?:[-—－][0-9]{1,5})?|[0-9]{3,4}[-—][0-9]{3,4}[-—][0-9]{3,4}|400-?[0-9]{3}-?[0-9]{4}")
_DOCUMENT = re.compile(r"[〔\[【（(［](?:19|20)[0-9]{2}[〕\]】）)］][^\s，。、；：:“”（）()]{0,16}?[0-9]+(?:-[0-9]+)?号")
_FILED = re.compile("[0-9]{6,}(?:号(?:-[0-9]+)?)?(?![0-9件个条])")
_PAGE = re.compile(r"[-—–―─－−]{1,2}[0-9]{1,3}[-—–―─－−]{1,2}(?![0-9])")
_PAGE_OF_PAGES = re.compile("[0-9]{1,3}/[0-9]{1,3}(?=\n)")
_RHYTHM = re.compile("[0-9.]+(?:[-—–~～至到][0-9.]+)?(?:个?月|年|天|周|日|个?工作日|个?季度|个?小时|分钟)")
_ASCII_RUN = re.compile(r"[A-Za-z0-9._/\-=&?%#@:+~]+")
_ASCII_TAIL = re.compile(r"[A-Za-z0-9._/\-=&?%#@:+~]+\Z")
_WITHIN_DEADLINE = re.compile(r"以?之?内|前?办|压|缩|减|降|提速|答复|审|的?(?:法定|承诺|办理)?时限")
_DEADLINE_BEFORE = re.compile(r"(?:由|从|至|到|为|在|过|于|短|快|限|仅|需|约|近|定|均|计|用时|耗时|平均)(?:法定|原来|原有|原|的|了)*\Z")
_NAMED_YEARS = ("行动", "攻坚", "计划", "规划", "级", "提升", "大变样", "会战", "活动")
_LABEL = re.compile("(?:" + "|".join(sorted(FURNITURE_LABELS, key=len, reverse=True)) + r")[】\]]?[:：]\[?\Z")
_LABELLED = re.compile(r"[0-9Xx\-/.:：年月日时分秒次 ]+")


def is_year(text: str, start: int, end: int) -> bool:
    """Tell a number that could be a year of our time by its form alone."""
    return end - start == 4 and text[start] in "12" and _YEAR.match(text, start, end) is not None


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


def _number_sign(text: str, start: int, end: int) -> Claim | None:
    if text[start - 1] == "月":
        return "date", end
    return ("name" if text[end + 1] in "楼窗门线机车院厅馆店柜桌" else "document_number"), end


def _session(text: str, start: int, end: int) -> Claim | None:
    return "ordinal", end


def _name(text: str, start: int, end: int) -> Claim | None:
    return "name", end


def _quarter(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "度" else None


def _degree(text: str, start: int, end: int) -> Claim | None:
    return ("date" if is_year(text, start, end) else "name"), end


def _hour(text: str, start: int, end: int) -> Claim | None:
    return ("date" if text[start] in ARABIC or text[end - 1] == "十" else "name"), end


def _page(text: str, start: int, end: int) -> Claim | None:
    return ("furniture", end) if text[start - 1] in "第共/" else None


def _anniversary(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "年" else ("name", end) if text[end + 1] == "岁" else None


def _new_year(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] in "旦宵" else None


def _large(text: str, start: int, end: int) -> Claim | None:
    """`20大`, `8大行动`: names; but `9大类` counts."""
    return None if unit_at(text, end) else ("name", end)


def _every(text: str, start: int, end: int) -> Claim | None:
    """What a rate is counted by (`每10万人`) or a rhythm (`每3至6个月`)."""
    rhythm = _RHYTHM.match(text, start)
    return ("date", rhythm.end()) if rhythm else ("name", end)


def _plus_behind(text: str, start: int, end: int) -> Claim | None:
    if end - start > 2:
        return None
    entry = unit_at(text, end + 1)
    return None if entry and entry[0] not in NOUNS else ("name", end)


def _bracket_behind(text: str, start: int, end: int) -> Claim | None:
    """`2（行政相对人和行政机关）+N` is a slogan spread over its explanation."""
    close = text.find("）" if text[end] == "（" else ")", end, end + 40)
    return ("name", end) if close > 0 and text[close + 1] == "+" else None


def _middle_dot(text: str, start: int, end: int) -> Claim | None:
    return ("name", end + 3) if text[end + 1] in ARABIC or text[end + 1] in HAN else None


def _plus_before(text: str, start: int, end: int) -> Claim | None:
    """`1+3`, `互联网+12345`; but `98.5%（+3.2%）` is a change."""
    return None if text[end] == "%" or text[start - 2] in "（(：: ，,\n" else ("name", end)


def _times_sign(text: str, start: int, end: int) -> Claim | None:
    return "name", end


def _letter_behind(text: str, start: int, end: int) -> Claim | None:
    return None if unit_at(text, end) else ("name", end)


def _letter_before(text: str, start: int, end: int) -> Claim | None:
    tail = _ASCII_TAIL.search(text, start - 24, start)
    before = tail.group() if tail else ""
    run = _ASCII_RUN.match(text, start)
    stop = run.end() if run else end
    if any(sign in before for sign in "/.@=") and any(c in _LETTERS for c in before):
        return "furniture", stop
    if before.isalpha() and len(before) > 2 and unit_at(text, end):
        return None  # 整治APP12款
    return "name", max(end, stop if text[end : end + 1] in _LETTERS else end)


def _sign_before(text: str, start: int, end: int) -> Claim | None:
    """Within an address of the web, or the second part of a slogan such as `互联网+12345`."""
    tail = _ASCII_TAIL.search(text, start - 24, start)
    if tail and any(c in _LETTERS for c in tail.group()):
        run = _ASCII_RUN.match(text, start)
        return "furniture", run.end() if run else end
    return None


def _dash_behind(text: str, start: int, end: int) -> Claim | None:
    found = _DATE.match(text, start)
    if found:
        return "date", found.end()
    phone = _PHONE.match(text, start)
    return ("furniture", phone.end()) if phone else None


def _dash_before(text: str, start: int, end: int) -> Claim | None:
    first = start - 1
    if text[first - 1] in DASHES:
        first -= 1
    page = _PAGE.match(text, first)
    if page and text[first - 1] not in ARABIC and text[first - 1] not in _LETTERS:
        return "furniture", page.end()
    return _sign_before(text, start, end)


def _colon_behind(text: str, start: int, end: int) -> Claim | None:
    if text[end + 1] not in ARABIC:
        return None
    found = _DATE.match(text, start)
    return ("date", found.end()) if found else ("name", end + 2)


def _colon_before(text: str, start: int, end: int) -> Claim | None:
    if text[start - 2] in _LETTERS:
        return _sign_before(text, start, end)
    if not _LABEL.search(text, start - 12, start):
        return None
    whole = _LABELLED.match(text, start)
    return "furniture", whole.end() if whole else end


def _enumerator(text: str, start: int, end: int) -> Claim | None:
    """`1.`, `1、`, `一、`, `1）` at the head of a line or of a sentence."""
    before, sign = text[start - 1], text[end]
    if sign in "，,":
        return ("clause_number", end) if before == "其" or (before == "第" and text[start - 2] in BREAKS) else None
    if end - start > 3 or sign not in "、.)）" or (text[end + 1] in ARABIC and sign != "、"):
        return None
    if before == "其":
        return ("clause_number", end) if sign == "、" else None
    if before in "（(" and sign in "）)":
        return _in_brackets(text, start, end)
    if sign == "." and end - start < 3 and text[start] in ARABIC and text[end + 1] not in "\n ，。；、”）)":
        return "clause_number", end
    if before not in _LINE_BREAKS or (sign in "）)" and before not in "\n。；;：:"):
        return None
    # `：1、2、3号` enumerates numbers, not clauses.
    if sign == "、" and before != "\n" and text[end + 1] in (ARABIC if text[start] in ARABIC else HAN):
        return None
    return "clause_number", end


def _in_brackets(text: str, start: int, end: int) -> Claim | None:
    if text[end] not in "〕]】）)］":
        return None
    if is_year(text, start, end):
        return "date", end
    return ("clause_number", end) if end - start <= 3 and text[end - 1] not in "百千万亿" else None


def _bracket_before(text: str, start: int, end: int) -> Claim | None:
    if text[start] in ARABIC:
        document = _DOCUMENT.match(text, start - 1)
        if document:
            return "document_number", document.end()
    return _in_brackets(text, start, end)


def _ordinal(text: str, start: int, end: int) -> Claim | None:
    sign = text[end]
    if sign in "条款章节编":
        return "clause_number", end
    if sign == "号" or (sign in "-—" and text[end + 1] in ARABIC):
        return "document_number", end
    if sign == "页":
        return "furniture", end
    if sign == "年" or (sign == "季" and text[end + 1] == "度"):
        return "date", end
    return (_enumerator(text, start, end) if sign in "，," else None) or ("ordinal", end)


def _foremost(text: str, start: int, end: int) -> Claim | None:
    """`前三季度` is a time, `前10名` a rank; 目前, 此前, 提前 and their like only stand in front of a number."""
    if text[start - 2] in "提目当此以之年先日会空跟面生课事":
        return None
    if text.startswith(("季度", "个月", "个季度", "年", "月"), end):
        return "date", end
    return "ordinal", end


def _filed(text: str, start: int, end: int) -> Claim | None:
    """`ICP备05012345号-1`, `网安备41010202000123号`: the number under which a web site is filed."""
    filed = _FILED.match(text, start)
    return ("furniture", filed.end()) if filed else None


def _minutes(text: str, start: int, end: int) -> Claim | None:
    if text[start - 1] == "时":
        return "date", end
    return ("name", end) if text[start:end] == "十" or text[end + 1] == "制" else None


def _century(text: str, start: int, end: int) -> Claim | None:
    return ("date", end) if text[end + 1] == "纪" else None


def _enumerated_by(text: str, start: int, end: int) -> Claim | None:
    """`一是`, `二要`: an enumerator where nothing but a stop stands in front."""
    return ("clause_number", end) if text[start] in HAN and text[start - 1] in BREAKS or text[start - 1] == "其" else None


def _road(text: str, start: int, end: int) -> Claim | None:
    return ("name", end) if text[end + 1] in ("道" if text[end] == "国" else "公车") else None


def _slash_behind(text: str, start: int, end: int) -> Claim | None:
    found = _DATE.match(text, start)
    if found:
        return "date", found.end()
    page = _PAGE_OF_PAGES.match(text, start) if text[start - 1] == "\n" else None
    return ("furniture", page.end()) if page else None


AFTER: dict[str, Rule] = {
    "年": _year, "月": _month, "日": _day, "号": _number_sign, "届": _session, "季": _quarter, "度": _degree, "时": _hour,
    "页": _page, "周": _anniversary, "元": _new_year, "大": _large, "分": _minutes, "世": _century, "+": _plus_behind, "·": _middle_dot, "•": _middle_dot, "国": _road, "路": _road,
    "/": _slash_behind, ".": _enumerator, "、": _enumerator, "）": _enumerator, ")": _enumerator, "，": _enumerator, ",": _enumerator,
    "是": _enumerated_by, "要": _enumerated_by, "（": _bracket_behind, "(": _bracket_behind,
    **dict.fromkeys("级后岁版楼层线代强番比星", _name),
    **dict.fromkeys("×*", _times_sign),
    **dict.fromkeys(_LETTERS, _letter_behind),
    **dict.fromkeys(DASHES, _dash_behind),
    **dict.fromkeys(":：", _colon_behind),
    **dict.fromkeys("〕]】］", _in_brackets),
}  # fmt: skip

BEFORE: dict[str, Rule] = {
    "第": _ordinal, "前": _foremost, "备": _filed, "每": _every, "+": _plus_before, "其": _enumerator, "#": _sign_before, "/": _sign_before,
    "_": _sign_before, "=": _sign_before, "&": _sign_before, ".": _sign_before, "@": _sign_before,
    **dict.fromkeys("×*·•", _times_sign),
    **dict.fromkeys(_LETTERS, _letter_before),
    **dict.fromkeys(DASHES, _dash_before),
    **dict.fromkeys(":：", _colon_before),
    **dict.fromkeys("〔[【［（(", _bracket_before),
}  # fmt: skip


def claim_of(text: str, start: int, end: int) -> Claim | None:
    """Return what claims the numeral at start:end for something else than a figure, by the characters around it, or None."""
    rule = BEFORE.get(text[start - 1])
    claimed = rule(text, start, end) if rule else None
    if claimed is None:
        rule = AFTER.get(text[end])
        claimed = rule(text, start, end) if rule else None
    return claimed
