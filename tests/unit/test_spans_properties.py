"""What holds for any text and for any number in any form; that the time it takes grows with the text alone."""

from __future__ import annotations

import re
import string
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from spans_table import lines, parse
from test_numerals import written_out

from desktop.extraction.folding import PAD, flatten
from desktop.extraction.numerals import HAN
from desktop.extraction.spans import read_figures

FIGURES = Path(__file__).resolve().parents[1] / "data" / "figures"
_WIDE = str.maketrans(string.digits, "０１２３４５６７８９")
UNITS = [
    "件",
    "项",
    "次",
    "人",
    "名",
    "份",
    "家",
    "个",
    "场",
    "条",
    "人次",
    "件次",
    "户次",
    "批次",
    "起",
    "卷",
    "部",
    "期",
    "支",
    "处",
]
SNIPPETS = [
    "2024年", "12月", "，", "。", "、", "\n", " ", "　", "“", "”", "《", "》", "（", "）", "一是", "（一）",
    "一、", "1.", "第", "条", "号", "151件", "3至5个", "由", "至", "12万余", "百分之", "九十五", "%", "％",
    "元", "余", "多", "近", "约", "超过", "个", "工作日", "半", "成", "几", "分之", "+N", "12345", "热线",
    "- 3 -", "— 7 —", "统一", "进一步", "三项制度", "〔2024〕12号", "浏览次数：", "http://a.cn/1", "３",
    "⼀", "①", "点", "零", "-", "/", ":", "：", "、5", "1906、254、", "件", "月", "日", "和",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=200), st.lists(st.sampled_from(SNIPPETS), max_size=40).map("".join))


def chinese_form(number: int) -> str:
    return written_out(number, True) if number > 10 else str(number)


FORMS: dict[str, Callable[[int], str]] = {
    "plain": str,
    "wide": lambda number: str(number).translate(_WIDE),
    "grouped": lambda number: f"{number:,}",
    "grouped_wide": lambda number: f"{number:,}".replace(",", "，"),
    "spaced": lambda number: f" {number} ",
    "chinese": chinese_form,
}


@settings(max_examples=400)
@given(TEXTS)
@example("0至①")
@example("①②件，²³件，٣件，第⑤")
def test_any_text(text: str) -> None:
    figures, numerals = read_figures(text)
    for spans in (figures, numerals):
        last = 0
        for span in spans:
            assert last <= span.start < span.end <= len(text)
            last = span.end
    for figure in figures:
        assert figure.value >= 0
        assert 0 < figure.confidence <= 1
        assert figure.indicator is None
        inside = [n for n in numerals if figure.start <= n.start and n.end <= figure.end]
        assert any(n.numeral_class == "figure" for n in inside)
    for numeral in numerals:
        if numeral.numeral_class == "figure":
            assert any(f.start <= numeral.start and numeral.end <= f.end for f in figures)
    claimed = {place for n in numerals for place in range(n.start, n.end)}
    assert {place for place, c in enumerate(text) if c in "0123456789０１２３４５６７８９" or c in HAN} <= claimed


@settings(max_examples=300)
@given(
    st.integers(2, 999_999).filter(lambda n: not 1900 <= n <= 2099),
    st.sampled_from(sorted(FORMS)),
    st.sampled_from([("", None), ("余", "more"), ("多", "more")]),
    st.sampled_from(
        [
            ("", None),
            ("近", "less"),
            ("约", "about"),
            ("超", "more"),
            ("超过", "more"),
            ("不足", "less"),
            ("突破", "more"),
        ]
    ),
    st.sampled_from(UNITS),
)
def test_a_number_in_any_form(
    number: int, form: str, inner: tuple[str, str | None], before: tuple[str, str | None], unit: str
) -> None:
    written = FORMS[form](number)
    quote = f"{before[0]}{written.lstrip()}{inner[0]}{unit}" if before[0] else f"{written.lstrip()}{inner[0]}{unit}"
    text = f"全区共办理行政复议案件{' ' if form == 'spaced' else ''}{quote}，同比增长。"
    figures, _ = read_figures(text)
    assert [(f.value, f.unit, f.approx) for f in figures] == [(number, unit, before[1] or inner[1])]
    assert text[figures[0].start : figures[0].end] == quote


@settings(max_examples=200)
@given(st.integers(1000, 999_999).filter(lambda n: not 1900 <= n // 100 <= 2099), st.data())
def test_a_number_broken_anywhere(number: int, data: st.DataObject) -> None:
    written = f"{number:,}人次"
    at = data.draw(st.integers(1, len(written) - 1))
    break_ = data.draw(st.sampled_from(["\n", " \n", "\n\n— 7 —\n\n", "\r\n"]))
    broken = f"{written[:at]}{break_}{written[at:]}"
    text = f"今年以来，全区各级行政机关组织开展法治宣传活动，参与群众{broken}，发放宣传资料若干，成效明显。"
    figures, numerals = read_figures(text)
    assert [(f.value, f.unit) for f in figures] == [(number, "人次")]
    assert text[figures[0].start : figures[0].end].replace(break_, "") == written
    assert {n.numeral_class for n in numerals} == ({"figure", "furniture"} if "7 " in break_ else {"figure"})


@given(TEXTS)
def test_flattened_offsets_lead_back(text: str) -> None:
    flat = flatten(text)
    for at in range(PAD, len(flat.text) - PAD):
        origin = flat.origin(at)
        character = flat.text[at]
        assert character in ("\n", " ") or flatten(text[origin]).text[PAD] == character


@pytest.mark.parametrize(
    "piece", ["1", "一", "1,", "“", "1、", "百分之", "3至", " ", "\n1", "12件", "第", "— 7 —", "半", "1.", "约"]
)
def test_time_grows_with_the_text_alone(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        began = time.perf_counter()
        read_figures(text)
        return time.perf_counter() - began

    seconds(100)
    small, large = min(seconds(2000) for _ in range(3)), min(seconds(16_000) for _ in range(3))
    assert large < 30 * max(small, 0.002)


def _wrapped(text: str, width: int, footer: str) -> str:
    """Return one long paragraph as a page prints it, a footer after every ninth line."""
    cut = [text[place : place + width] for place in range(0, len(text), width)]
    return "".join(f"{line}{footer if number % 9 == 8 else chr(10)}" for number, line in enumerate(cut))


@pytest.mark.parametrize("width", [19, 23, 28, 34, 41])
@pytest.mark.parametrize("footer", ["\n", "\n\n— 7 —\n\n", "\n- 12 -\n", "\n第3页 共9页\n"])
def test_the_page_makes_no_difference(width: int, footer: str) -> None:
    """The same sentences give the same figures, however their lines are broken and whatever stands at the foot."""
    sentences = [parse(line)[0] for line in lines(FIGURES, "prose", "beside") if not re.search("⏎|1\\.|— 7", line)]
    text = "".join(sentence.rstrip("。") + "。" for sentence in sentences if sentence[0] not in "12“（-")
    wanted = [(f.value, f.unit, f.approx, f.kind) for f in read_figures(text)[0]]
    figures, _ = read_figures(_wrapped(text, width, footer))
    assert [(f.value, f.unit, f.approx, f.kind) for f in figures] == wanted
    assert len(wanted) > 300


@pytest.mark.parametrize("change", ["wide", "spaced", "ascii", "indented"])
def test_the_house_style_makes_no_difference(change: str) -> None:
    """Full-width digits, spaces beside digits, half-width punctuation and indentation change no figure."""
    for line in lines(FIGURES, "prose", "beside"):
        text = parse(line)[0]
        changed = {
            "wide": text.translate(_WIDE),
            "spaced": re.sub("(?<=[\u4e00-\u9fff])(?=[0-9])|(?<=[0-9])(?=[\u4e00-\u9fff])", " ", text),
            "ascii": text.translate(str.maketrans("；：（）", ";:()")),
            "indented": "\n".join(f"　　{paragraph}" for paragraph in text.split("\n")),
        }[change]
        wanted = [(f.value, f.unit, f.approx, f.kind) for f in read_figures(text)[0]]
        assert [(f.value, f.unit, f.approx, f.kind) for f in read_figures(changed)[0]] == wanted, text


def test_spans_are_those_of_the_text_as_given() -> None:
    text = "　　２０２４年，共受理 １５１ 件，参训3,15\n6人次。"
    figures, numerals = read_figures(text)
    assert [text[f.start : f.end] for f in figures] == ["１５１ 件", "3,15\n6人次"]
    assert [text[n.start : n.end] for n in numerals] == ["２０２４", "１５１", "3,15\n6"]
