"""Numerals: what counts as one, and its value.

A numeral is a run of digits with its separators (`8,640`, `36.5`), a run of Chinese numerals (`三百二十`), a mix
(`12万`, `3万5千`, `590余万`), a fraction (`百分之九十五`), or one sign that stands for a number (`①`, `Ⅱ`). A Chinese
numeral is one wherever it stands, inside words as well (百姓, 统一, 进一步): so none is passed over, and those in words
have the class `name`. 半 is one only where it measures time (`半小时`); 几, 数, 双 are none.
"""

from __future__ import annotations

import re

_HAN = "一二三四五六七八九十百千万亿两零〇廿卅"
_SMALL = "零〇一二三四五六七八九"
_FORMAL = "壹贰叁肆伍陆柒捌玖"
_MARKS = "①-⒛㈠-㈩Ⅰ-ⅿ"
_SCALE = "[余多]?(?:[百千]?[万亿]+|[百千](?![米克瓦分姓]))"

# The first character is consumed alone, so that the search skips everything else in one go.
TOKEN = re.compile(
    rf"[0-9{_HAN}半{_FORMAL}{_MARKS}](?:"
    r"(?<=[0-9])(?:[0-9]{0,2}(?:[,，][0-9]{3})+(?![0-9%])|[0-9]*)(?:\.[0-9]+)*"
    rf"(?:{_SCALE}(?:[0-9]+(?:\.[0-9]+)?[百千万])*)?"
    rf"|(?<=[{_HAN}])[{_HAN}]*(?:[余多][百千万亿]+|点[{_SMALL}]+(?:[百千万亿]+|(?=个百分点|倍|小时|公里))|分之(?:[{_HAN}]+(?:点[{_HAN}]+)?|[0-9]+(?:\.[0-9]+)?))?"
    r"|(?<=半)(?=个?多?(?:小时|天|工作日|月|日))"
    rf"|(?<=[{_FORMAL}])[拾佰仟萬万亿零{_FORMAL}]*[拾佰仟萬万亿]+[拾佰仟萬万亿零{_FORMAL}]*"
    rf"|(?<=[{_MARKS}]))"
)

ARABIC = frozenset("0123456789")
HAN = frozenset(_HAN)
FORMAL = frozenset(_FORMAL)
MARKS = frozenset(map(chr, (*range(0x2460, 0x249C), *range(0x3220, 0x322A), *range(0x2160, 0x2180))))

_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}
_SCALES = _UNITS | _GROUPS
_TO_EVERYDAY = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟萬", "一二三四五六七八九十百千万")
_SINGLE = {character: float(number) for character, number in (_DIGITS | _SCALES).items()}
_SCALED = re.compile(r"([0-9]+(?:\.[0-9]+)?)[余多]?([百千万亿]*)")


def value_of(token: str) -> float | None:
    """Return the number that `token`, a match of TOKEN, stands for; None where it is none (`七五`, `1.2.3`)."""
    if len(token) == 1 and token in _SINGLE:
        return _SINGLE[token]
    first = token[0]
    if first in ARABIC:
        if token.isdecimal():
            return float(token)
        return _arabic(token)
    if token.isdigit():  # circled digits: they number items, they count nothing
        return None
    if first == "半":
        return 0.5
    if "分" in token:
        return _fraction(token)
    if "点" in token:
        return _with_decimals(token)
    return chinese(token.translate(_TO_EVERYDAY) if first in FORMAL else token)


def scale_of(token: str) -> float:
    """Return what the scale at the end of a token is worth: 10,000 of `12万`, 1 of `12`."""
    worth = 1.0
    for character in reversed(token):
        if character not in _GROUPS:
            break
        worth *= _GROUPS[character]
    return worth


def is_inexact(token: str) -> bool:
    """Tell whether a token says of itself that it is more: `590余万`, `十多万`."""
    return "余" in token or "多" in token


def _arabic(token: str) -> float | None:
    plain = token.replace(",", "").replace("，", "")
    if plain.count(".") > 1 and not any(character in _SCALES for character in plain):
        return None
    total = 0.0
    for number, scales in _SCALED.findall(plain):
        part = float(number)
        for scale in scales:
            part *= _SCALES[scale]
        total += part
    return round(total, 6)


def _fraction(token: str) -> float | None:
    """Return a fraction as a percentage: `百分之五` 5, `三分之二` 66.67 (not rounded); of 千分之 the per mille."""
    whole, part = token.split("分之")
    below = chinese(whole)
    if part[0] in ARABIC:
        above: float | None = float(part)
    else:
        above = _with_decimals(part) if "点" in part else chinese(part)
    if below is None or above is None or below == 0:
        return None
    if below == 1000:
        return above
    return above if below == 100 else above * 100 / below


def _with_decimals(token: str) -> float | None:
    """Return the value of `九十五点五`, `三点五亿`."""
    integer, rest = token.split("点")
    decimals = rest.rstrip("百千万亿")
    front = chinese(integer)
    if front is None or not decimals or any(character not in _DIGITS for character in decimals):
        return None
    worth = 1
    for scale in rest[len(decimals) :]:
        worth *= _SCALES[scale]
    written = "".join(str(_DIGITS[character]) for character in decimals)
    return round(float(f"{front:.0f}.{written}") * worth, 6)


def chinese(token: str) -> float | None:
    """Return the value of a run of Chinese numerals, the lower one of `三四` (three or four); None of a word."""
    token = token.replace("余", "").replace("多", "").replace("廿", "二十").replace("卅", "三十")
    total = section = 0
    digit: int | None = None
    last_unit = 10_000
    zero = False
    for place, character in enumerate(token):
        if character in _DIGITS:
            number = _DIGITS[character]
            if number == 0:
                zero = True
            elif digit is not None:
                # `三四家`, `五六十个`: two neighbours are a span; anything else (`七五`, `四三`) is no quantity.
                if number != digit + 1 or zero:
                    return None
                continue
            else:
                digit = number
        elif character in _UNITS:
            unit = _UNITS[character]
            if unit >= last_unit or (digit is None and place > 0 and character != "十"):
                return None
            section += (1 if digit is None else digit) * unit
            digit, last_unit, zero = None, unit, False
        else:
            section += digit or 0
            if section == 0 and total == 0 and place > 0:
                return None
            group = _GROUPS[character]
            # 一亿二千万 adds what stands below the 亿; 万亿 multiplies what stands above it.
            if total >= group:
                if section == 0:
                    return None
                total += section * group
            else:
                total = (total + section or 1) * group
            section, digit, last_unit, zero = 0, None, 10_000, False
    return _closed(token, total, section, digit, last_unit, zero)


def _closed(token: str, total: int, section: int, digit: int | None, last_unit: int, zero: bool) -> float | None:
    """Return the value once the run is over: a last digit without a unit counts what stands one place below."""
    if digit is not None:
        before = token[-2] if len(token) > 1 else ""
        if not zero and before in ("百", "千", "万", "亿"):
            digit *= _SCALES[before] // 10
        section += digit
    elif not total and not section:
        return 0.0 if token in ("零", "〇") else None
    return float(total + section)
