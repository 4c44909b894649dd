"""How a value is printed: digits of many kinds, everyday Chinese numerals, scales, modifiers; with its labels."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from typing import Any

DIGITS = "零一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789,.", "０１２３４５６７８９，．")
DURATIONS = {"小时", "个工作日", "天", "分钟"}
OF_ONE = frozenset("次件个期场部类名份家条项支处所卷本")
MORE = ("超", "超过", "逾", "突破")
ROUGH = {"more", "chinese_more", "wan_more", "about", "less", "over", "above"}
APPROX = {"above": "more", "atleast": "more", "over": "more", "within": "less", "under": "less"}


@dataclass(frozen=True)
class Written:
    """A figure as printed, with its labels."""

    text: str
    value: float
    unit: str
    approx: str | None
    kind: str

    def labels(self) -> dict[str, Any]:
        """Return the labels of the gold file, place and indicator aside."""
        return {
            "quote": self.text, "value": self.value, "unit": self.unit, "approx": self.approx, "kind": self.kind
        }  # fmt: skip


def chinese(number: int) -> str:
    """Return a whole number below 100,000,000 in everyday Chinese numerals."""
    if number >= 10000:
        high, low = divmod(number, 10000)
        return chinese(high) + "万" + (("零" if low < 1000 else "") + chinese(low) if low else "")
    if number < 20:
        return DIGITS[number] if number < 10 else "十" + (DIGITS[number - 10] if number > 10 else "")
    written, pending = "", False
    for place, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit:
            written += ("零" if pending and written else "") + DIGITS[digit] + word
            pending = False
        else:
            pending = True
    return written


def counted(number: int, unit: str) -> str:
    """Return Chinese numerals as they stand before a measure word: 两次, not 二次."""
    return "两" if number == 2 and unit[0] in OF_ONE else chinese(number)


def percent(value: float, form: str, flags: frozenset[str]) -> Written:
    """Return a percentage; `tens` as 三成 where it is one."""
    if "tens" in flags:
        value = max(10.0, value // 10 * 10)
        return framed(f"{counted(int(value) // 10, '个')}成", value, "%", "percent", flags)
    if form == "chinese":
        whole, _, rest = f"{value:g}".partition(".")
        point = "点" + "".join(DIGITS[int(digit)] for digit in rest) if rest else ""
        number = "百" if whole == "100" else chinese(int(whole))
        return framed(f"百分之{number}{point}", value, "%", "percent", flags)
    printed = f"{value:g}"
    if form == "full_width":
        printed = printed.translate(FULL_WIDTH)
    return framed(printed + ("％" if form in ("full_width", "wide_sign") else "%"), value, "%", "percent", flags)


def money(value: float, unit: str, form: str, gap: str) -> Written:
    """Return an amount given in its unit's own scale (万元, 亿元, 万美元)."""
    scale = 100_000_000 if unit[0] == "亿" else 10_000
    base, approx, more = unit[1:], None, ""
    amount = round(value / scale, 2)
    if form == "more" and amount >= 20:
        amount, approx, more = float(int(amount) // 10 * 10), "more", "余"
    printed = f"{amount:,g}" if form == "thousands" and amount == int(amount) else f"{amount:g}"
    if form == "full_width":
        printed = printed.translate(FULL_WIDTH)
    return Written(f"{printed}{gap}{more}{unit}", round(amount * scale, 2), base, approx, "money")


def count(value: float, unit: str, form: str, flags: frozenset[str], gap: str, rng: random.Random) -> Written:
    """Return a count or a duration in one of the forms; a form that does not fit it is plain."""
    kind = "duration" if unit in DURATIONS else "count"
    label = unit.removeprefix("个") if unit in ("个工作日", "个百分点", "个月") else unit
    if unit == "个百分点":
        return Written(f"{value:g}{gap}{unit}", value, label, None, "percent")
    if "range" in flags:
        spread = f"{value:g}{rng.choice('至到-—')}{value + rng.randint(1, 3):g}"
        return Written(f"{spread}{gap}{unit}", value, label, None, kind)
    if value != int(value):
        return framed(f"{value:g}{gap}{unit}", value, label, kind, flags)
    n = int(value)
    if flags & set(APPROX):
        n = round(n, -1) if n >= 60 else n
        return framed(f"{n}{gap}{unit}", float(n), label, kind, flags)
    if form in ROUGH and n >= (20 if "more" in form else 50):
        return replace(_rounded(n, unit, label, form, gap, rng), kind=kind)
    if form == "chinese" and 1 < n < 10000:
        return Written(counted(n, unit) + unit, value, label, None, kind)
    if form == "wan" and n >= 10000 and n % 100 == 0:
        return Written(f"{n / 10000:g}{gap}万{unit}", value, label, None, kind)
    printed = f"{n:,}" if form in ("thousands", "full_thousands") and n >= 1000 else str(n)
    if form in ("full_width", "full_thousands"):
        printed = printed.translate(FULL_WIDTH)
    return Written(f"{printed}{gap}{unit}", value, label, None, kind)


def _rounded(n: int, unit: str, label: str, form: str, gap: str, rng: random.Random) -> Written:
    """Return a count that the report only gives roughly."""
    if form == "wan_more" and n >= 10000:
        tenths = n // 1000
        return Written(f"{tenths / 10:g}{gap}万余{unit}", tenths * 1000.0, label, "more", "count")
    n -= n % 10 ** max(1, len(str(n)) - (1 if form == "chinese_more" else 2))
    if form == "chinese_more":
        return Written(f"{chinese(n)}余{unit}", float(n), label, "more", "count")
    digits = f"{n / 10000:g}{gap}万" if n >= 10000 else f"{n}{gap}"
    if form == "less":
        return Written(f"近{digits}{unit}", float(n), label, "less", "count")
    if form == "about":
        word = rng.choice(("约", ""))
        return Written(f"{word}{digits}{unit}{'' if word else '左右'}", float(n), label, "about", "count")
    if form == "over":
        return Written(f"{rng.choice(MORE)}{digits}{unit}", float(n), label, "more", "count")
    if form == "above":
        return Written(f"{digits}{unit}以上", float(n), label, "more", "count")
    return Written(f"{digits}{'多' if rng.random() < 0.2 else '余'}{unit}", float(n), label, "more", "count")


def framed(printed: str, value: float, unit: str, kind: str, flags: frozenset[str]) -> Written:
    """Return the figure with the modifier that its slot asks for."""
    for flag, approx in APPROX.items():
        if flag in flags:
            before = {"atleast": "不少于", "over": "超", "under": "不足"}.get(flag, "")
            after = {"above": "以上", "within": "以内"}.get(flag, "")
            return Written(before + printed + after, value, unit, approx, kind)
    return Written(printed, value, unit, None, kind)
