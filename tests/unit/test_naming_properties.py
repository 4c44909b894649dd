"""Naming on any text whatever: a figure in is a figure out, unchanged but for what was found of it."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop import indicators
from desktop.extraction.naming import name_figures
from desktop.model import Facts, Figure

WORDS = "收到 行政复议申请 ， ； 。 、 （ ） 《 》 其中 分别为 12件 9次 80% 3名 一是 （二） 一、 2023年 下一步"
MORE = "全市 该地 案卷 由 从 到 增长 和 法律顾问 x 😀 澄岚区 每"
PIECES = st.sampled_from([*WORDS.split(), *MORE.split(), "\n", "  ", "\n— 3 —\n"])


def figures_of(text: str) -> list[Figure]:
    """Return every 12件, 9次, 80% and 3名 of `text` as a figure."""
    found = []
    for quote, value, unit in (("12件", 12.0, "件"), ("9次", 9.0, "次"), ("80%", 80.0, "%"), ("3名", 3.0, "名")):
        start = text.find(quote)
        while start >= 0:
            found.append(Figure(start, start + len(quote), value, unit, None, "percent" if unit == "%" else "count"))
            start = text.find(quote, start + 1)
    return sorted(found, key=lambda figure: figure.start)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_figures_come_back_in_order_with_words_of_the_text(text):
    figures = figures_of(text)
    named = name_figures(text, figures, indicators.load(), Facts(district="临溪区", level="county", year=2024))
    assert [(f.start, f.end, f.value, f.unit) for f in named] == [(f.start, f.end, f.value, f.unit) for f in figures]
    for figure in named:
        assert 0 <= figure.confidence <= 1
        assert figure.indicator is None or figure.indicator in indicators.load()
        squeezed = "".join(text.split())
        assert all(word in squeezed for word in figure.because)
