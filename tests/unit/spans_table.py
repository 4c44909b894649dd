"""Sentences with their figures marked in place, one a line: `收到申请{151件}`, `归集数据{12万余条|120000 条 more}`.

Plain marks say value and unit themselves; others give value, unit and approx behind the stroke. `{?两级|2 级}` may
be found or not. ⏎ is a line feed; lines that begin with # are headings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

_MARK = re.compile(r"\{(\??)([^{}|]+)(?:\|([^{}]+))?\}")
_PLAIN = re.compile(r"(\d+(?:\.\d+)?)([^\d.万亿余多]+)")
_MONEY = ("元", "美元", "欧元", "港元")
_DURATIONS = ("小时", "天", "工作日", "分钟", "月", "日", "秒", "周", "自然日")


@dataclass(frozen=True)
class Expected:
    """One figure as the guide labels it."""

    start: int
    end: int
    quote: str
    value: float
    unit: str
    approx: str | None
    kind: str
    optional: bool


def parse(line: str) -> tuple[str, list[Expected]]:
    """Return the text of a marked line and the figures in it; ValueError where a mark does not say its value."""
    line = line.replace("⏎", "\n")
    text, last, found = "", 0, []
    for mark in _MARK.finditer(line):
        text += line[last : mark.start()]
        last = mark.end()
        quote = mark[2]
        found.append(_expected(quote, mark[3], len(text), mark[1] == "?"))
        text += quote
    return text + line[last:], found


def _expected(quote: str, said: str | None, start: int, optional: bool) -> Expected:
    words = (said or "").split()
    approx = next((w for w in words if w in ("more", "about", "less")), None)
    if words:
        value, unit = float(words[0]), words[1]
    elif plain := _PLAIN.fullmatch(quote):
        value, unit = float(plain[1]), plain[2]
    else:
        raise ValueError(f"say the value of {quote!r}")
    kind = (
        "percent" if unit in ("%", "‰", "百分点") else "money" if unit in _MONEY
        else "duration" if unit in _DURATIONS else "count"
    )  # fmt: skip
    return Expected(start, start + len(quote), quote, value, unit, approx, kind, optional)


def lines(folder: Path, *names: str) -> list[str]:
    """Return the sentences of tables, headings and blank lines aside."""
    texts = [(folder / f"{name}.txt").read_text(encoding="utf-8") for name in names]
    return [line for text in texts for line in text.splitlines() if line and not line.startswith("#")]
