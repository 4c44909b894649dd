"""What stands around a number that makes it a quantity: the measure word behind it, the modifiers on both sides."""

from __future__ import annotations

import re

from desktop.extraction.numerals import is_inexact, value_of
from desktop.extraction.units import INDEX
from desktop.extraction.words import MODIFIER_ENDS, MODIFIERS, STUCK, SUFFIXES, UNITS_WITH_MUCH
from desktop.model import Approx, Kind

Measure = tuple[float, Approx | None, str, Kind, int]
"""Value, approximation as said inside or behind, unit, kind, and where the unit ends."""

_LOOSE = frozenset("余多+几来")
_SUFFIX_STARTS = frozenset(word[0] for word in SUFFIXES)
_TENTH = re.compile("成(?!立|为|功|效|员|果|熟|交|本|都|长|型|绩|就|品|套|不变|文)")
_AND_A_HALF = re.compile("(多|半)(小时|月|工作日|星期|钟头|百分点)")
_MONEY_SIGNS = {"￥": "元", "¥": "元", "$": "美元", "＄": "美元"}
BEFORE_NUMBERS = MODIFIER_ENDS | {"上"} | set(_MONEY_SIGNS)


def measure(text: str, start: int, end: int) -> Measure | None:
    """Return the quantity that the numeral at start:end makes with what stands behind it, or None without a unit."""
    token = text[start:end]
    approx: Approx | None = None
    if token.isdecimal():
        value = float(token)
    else:
        number = value_of(token)
        if number is None:
            return None
        value = number
        if "分" in token:
            return value, SUFFIXES.get(text[end : end + 2]), "‰" if token.startswith("千") else "%", "percent", end
        if is_inexact(token):
            approx = "more"
    sign = text[end]
    if sign in _LOOSE:
        approx = "about" if sign == "来" else "more"
        end += 1
        sign = text[end]
    # What unit_at does, without the call: this is the innermost step of all.
    shelf = INDEX.get(sign)
    if shelf is None:
        return _tenths(text, value, approx, end) if sign == "成" else None
    entry = shelf[1]
    for longer in shelf[0].get(text[end + 1], ()):
        word = longer[0]
        if text.startswith(word, end) and text[end + len(word)] not in longer[3]:
            entry = longer
            break
    else:
        if entry is None or text[end + 1] in entry[3]:
            return None
    word, unit, kind, _ = entry
    stop = end + len(word)
    following = text[stop]
    if following in _SUFFIX_STARTS:
        approx = approx or SUFFIXES.get(text[stop : stop + 2])
    elif following in "多半":
        return _with_a_half(text, value, approx, unit, kind, stop)
    return value, approx, unit, kind, stop


def _tenths(text: str, value: float, approx: Approx | None, at: int) -> Measure | None:
    if not 0 < value < 10 or not _TENTH.match(text, at):
        return None
    stop = at + 1
    half = 5 if text[stop] in "五半" and text[stop + 1] not in "个项" else 0
    stop += half > 0
    if text[stop] == "多":
        approx = approx or "more"
    return round(value * 10, 6) + half, approx or SUFFIXES.get(text[stop : stop + 2]), "%", "percent", stop


def _with_a_half(text: str, value: float, approx: Approx | None, unit: str, kind: Kind, stop: int) -> Measure:
    """Read `2个半小时` (2.5), `3个多月` (more than 3), `2天半`."""
    found = _AND_A_HALF.match(text, stop) if unit == "个" else None
    if found:
        inner: Kind = "percent" if found[2] == "百分点" else "duration"
        if found[1] == "半":
            return value + 0.5, approx, found[2], inner, found.end()
        return value, "more", found[2], inner, found.end()
    if kind == "duration" and text[stop] == "半":
        return value + 0.5, approx, unit, kind, stop + 1
    if text[stop] == "多" and (kind == "duration" or unit in UNITS_WITH_MUCH):
        approx = approx or "more"
    return value, approx, unit, kind, stop


def modified(text: str, start: int) -> tuple[int, Approx | None]:
    """Return where a figure begins whose number begins at `start`, and what a modifier in front says of it.

    There is one only behind a character of BEFORE_NUMBERS.
    """
    before = text[start - 1]
    if before in MODIFIER_ENDS:
        for length in (3, 2, 1):
            word = text[start - length : start]
            if word in MODIFIERS and not (length == 1 and STUCK.search(text, start - 3, start)):
                return start - length, MODIFIERS[word]
    elif before == "上" and text[start] in "百千万亿":
        return start - 1, "more"
    elif before in _MONEY_SIGNS:
        return start - 1, None
    return start, None


def money_sign(text: str, start: int) -> str | None:
    """Return the currency that a sign in front of the number at `start` names, or None."""
    return _MONEY_SIGNS.get(text[start - 1])
