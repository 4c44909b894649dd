"""The values of numerals in every form, and that what is written is read back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.extraction.numerals import TOKEN, chinese, value_of

_DIGITS = "零一二三四五六七八九"
VALUES = {
    "7": 7, "2024": 2_024, "36.5": 36.5, "0.35": 0.35, "8,640": 8_640, "1，234.5": 1234.5,
    "1,234,567": 1_234_567, "12万": 120_000, "140.7万": 1_407_000, "590余万": 5_900_000, "3百": 300,
    "5千": 5_000, "3万5千": 35_000, "1.2亿": 120_000_000, "1亿2000万": 120_000_000, "一": 1, "十": 10,
    "十一": 11, "二十": 20, "廿": 20, "一百": 100, "一百零五": 105, "一百一十": 110, "一百五": 150,
    "两百": 200, "三千〇二十": 3_020, "两千零八": 2_008, "一万零五百": 10_500, "三万五": 35_000,
    "两万三千": 23_000, "十二万三千四百五十六": 123_456, "一亿二千万": 120_000_000, "百": 100,
    "百万": 1_000_000, "千万": 10_000_000, "万亿": 1_000_000_000_000, "十余万": 100_000, "三百余万": 3_000_000,
    "三四": 3, "五六十": 50, "三四百": 300, "伍仟": 5_000, "叁万陆仟": 36_000, "百分之百": 100,
    "百分之九十五": 95, "百分之九十五点五": 95.5, "百分之3.5": 3.5, "三分之二": 200 / 3, "千分之三": 3,
    "万分之五": 0.05, "零": 0,
    "三点五亿": 350_000_000, "一点二万": 12_000,
}  # fmt: skip
WORDS = ["十四五六", "七五", "八五", "百千万", "千百", "万千", "一二三", "三三", "二〇二四", "一百千", "亿万"]


@pytest.mark.parametrize(("written", "value"), VALUES.items())
def test_value(written: str, value: float) -> None:
    found = TOKEN.match(written)
    assert found is not None
    assert found.group() == written
    assert value_of(written) == pytest.approx(value)


@pytest.mark.parametrize("word", WORDS)
def test_words_have_no_value(word: str) -> None:
    assert value_of(word) is None


@pytest.mark.parametrize("text", ["部门", "几个", "数据", "半数", "半径", "成立", "双随机", "余项"])
def test_no_numeral(text: str) -> None:
    assert TOKEN.search(text) is None


def below_ten_thousand(number: int, liang: bool) -> str:
    """Write 1 to 9999 as a schoolbook does, 两 in front of 百 and 千 where asked for."""
    written, pending = "", False
    for place, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, place)
        if digit == 0:
            pending = bool(written)
            continue
        figure = "两" if liang and digit == 2 and unit in ("千", "百") else _DIGITS[digit]
        written += ("零" if pending else "") + figure + unit
        pending = False
    return written


def written_out(number: int, liang: bool) -> str:
    """Write any whole number from 1 up to 10**12 in Chinese numerals."""
    above, rest = divmod(number, 10**8)
    middle, below = divmod(rest, 10**4)
    text = below_ten_thousand(above, liang) + "亿" if above else ""
    if middle:
        text += ("零" if text and middle < 1000 else "") + below_ten_thousand(middle, liang) + "万"
    if below:
        text += ("零" if text and below < 1000 else "") + below_ten_thousand(below, liang)
    return text.removeprefix("一") if text.startswith("一十") else text


@given(st.integers(1, 10**12 - 1), st.booleans())
def test_chinese_is_read_back(number: int, liang: bool) -> None:
    written = written_out(number, liang)
    assert chinese(written) == number
    found = TOKEN.match(written)
    assert found is not None
    assert found.group() == written


@given(st.integers(0, 10**9), st.sampled_from(["{}", "{:,}", "{:，}"]))
def test_digits_are_read_back(number: int, form: str) -> None:
    written = f"{number:,}".replace(",", "，") if form == "{:，}" else form.format(number)
    assert value_of(written) == number


@given(st.integers(1, 99_999), st.sampled_from(["百", "千", "万", "亿", "百万", "千万"]), st.integers(0, 2))
def test_scales_are_worked_out(number: int, scale: str, places: int) -> None:
    worth = {"百": 100, "千": 1000, "万": 10**4, "亿": 10**8, "百万": 10**6, "千万": 10**7}[scale]
    written = f"{number / 10**places:.{places}f}{scale}"
    assert value_of(written) == pytest.approx(number / 10**places * worth)


@given(st.text(alphabet="0123456789,，.一二三四五六七八九十百千万亿两零〇余多点分之半壹拾", max_size=20))
def test_no_run_of_numerals_crashes(text: str) -> None:
    for found in TOKEN.finditer(text):
        value = value_of(found.group())
        assert value is None or value >= 0
