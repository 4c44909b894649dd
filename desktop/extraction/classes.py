"""Rules for numerals that are no figures: dates, documents, clauses, ordinals, names, furniture.

Each rule is kept under the character directly in front of the numeral (BEFORE) or directly behind it (AFTER) and is
asked only there. It says what class the numeral has and how far that reaches (`〔2025〕20号` is one document number),
or None. Times are in `dates`, addresses and pages in `addresses`.
"""

from __future__ import annotations

import re

from desktop.extraction import addresses, dates
from desktop.extraction.claims import BREAKS, Claim, Rule, a_name, is_year
from desktop.extraction.numerals import ARABIC, HAN
from desktop.extraction.units import NOUNS, unit_at

_LINE_BREAKS = frozenset("\n。；;：:！？!?”）)")
_DOCUMENT = re.compile(
    r"[〔\[【（(［](?:19|20)[0-9]{2}[〕\]】）)］][^\s，。、；：:“”（）()]{0,16}?[0-9]+(?:-[0-9]+)?号"
)


def _number_sign(text: str, start: int, end: int) -> Claim | None:
    if text[start - 1] == "月":
        return "date", end
    return ("name" if text[end + 1] in "楼窗门线机车院厅馆店柜桌" else "document_number"), end


def _session(text: str, start: int, end: int) -> Claim | None:
    return "ordinal", end


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


def _enumerated_by(text: str, start: int, end: int) -> Claim | None:
    """`一是`, `二要`: an enumerator where nothing but a stop stands in front."""
    alone = text[start] in HAN and text[start - 1] in BREAKS
    return ("clause_number", end) if alone or text[start - 1] == "其" else None


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


def _bracket_behind(text: str, start: int, end: int) -> Claim | None:
    """`2（行政相对人和行政机关）+N` is a slogan spread over its explanation."""
    close = text.find("）" if text[end] == "（" else ")", end, end + 40)
    return ("name", end) if close > 0 and text[close + 1] == "+" else None


def _large(text: str, start: int, end: int) -> Claim | None:
    """`20大`, `8大行动`: names; but `9大类` counts."""
    return None if unit_at(text, end) else ("name", end)


def _road(text: str, start: int, end: int) -> Claim | None:
    return ("name", end) if text[end + 1] in ("道" if text[end] == "国" else "公车") else None


def _middle_dot(text: str, start: int, end: int) -> Claim | None:
    return ("name", end + 3) if text[end + 1] in ARABIC or text[end + 1] in HAN else None


def _plus_behind(text: str, start: int, end: int) -> Claim | None:
    if end - start > 2:
        return None
    entry = unit_at(text, end + 1)
    return None if entry and entry[0] not in NOUNS else ("name", end)


def _plus_before(text: str, start: int, end: int) -> Claim | None:
    """`1+3`, `互联网+12345`; but `98.5%（+3.2%）` is a change."""
    return None if text[end] == "%" or text[start - 2] in "（(：: ，,\n" else ("name", end)


AFTER: dict[str, Rule] = {
    **dates.AFTER,
    **addresses.AFTER,
    "号": _number_sign, "届": _session, "大": _large, "国": _road, "路": _road, "+": _plus_behind,
    **dict.fromkeys("是要", _enumerated_by),
    **dict.fromkeys(".、）)，,", _enumerator),
    **dict.fromkeys("〕]】］", _in_brackets),
    **dict.fromkeys("（(", _bracket_behind),
    **dict.fromkeys("·•", _middle_dot),
    **dict.fromkeys("级后岁版楼层线代强番比星×*", a_name),
}  # fmt: skip

BEFORE: dict[str, Rule] = {
    **dates.BEFORE,
    **addresses.BEFORE,
    "第": _ordinal, "其": _enumerator, "+": _plus_before,
    **dict.fromkeys("〔[【［（(", _bracket_before),
    **dict.fromkeys("×*·•", a_name),
}  # fmt: skip
