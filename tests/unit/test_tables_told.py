"""Tables in a text: what their rows and columns say is said of their numbers, at the places where these stand."""

from __future__ import annotations

import pytest

from desktop import districts, indicators
from desktop.extraction import extract
from desktop.extraction.tables import tell
from desktop.model import Document, Extraction

TITLE = "临溪区2024年法治政府建设情况报告\n"

BY_BODY = """单位	行政许可（件）	行政处罚（件）	罚没款（万元）
区公安局	2107	1316	86.5
区市场监管局	3862	148	40
合计	5969	1464	126.5
"""
BY_YEAR = """项目                 2023年        2024年
收到复议申请         486件         371件
行政处罚（普通程序） 1839件        2210件
"""
WITH_UNITS = """| 序号 | 指标 | 单位 | 数量 |
| --- | --- | --- | --- |
| 1 | 收到行政复议申请 | 件 | 151 |
| 2 | 负责人出庭应诉率 | % | 98.5 |
"""
CAPTIONED = """2024年行政复议案件办理情况（单位：件）
办理结果	数量
撤销	3
调解和解终止	17
"""
RATES = """类别	受理数	成功率
人民调解	1620	99
行政调解	540	85
"""


def read(text: str) -> Extraction:
    """Return all that is read from a report with `text` under its title."""
    return extract(Document("", "txt", "", TITLE + text), indicators.load(), districts.load())


def told(text: str) -> list[tuple[str, float, str, str | None]]:
    """Return (words, value, unit, indicator) of each figure."""
    whole = TITLE + text
    return [(whole[f.start : f.end], f.value, f.unit, f.indicator) for f in read(text).figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (BY_BODY, [
            ("2107", 2107, "件", None), ("1316", 1316, "件", None), ("86.5", 865000, "元", None),
            ("3862", 3862, "件", None), ("148", 148, "件", None), ("40", 400000, "元", None),
            ("5969", 5969, "件", "permits"), ("1464", 1464, "件", "penalties"),
            ("126.5", 1265000, "元", "fines_amount"),
        ]),
        (BY_YEAR, [
            ("486件", 486, "件", None), ("371件", 371, "件", "reconsideration_received"),
            ("1839件", 1839, "件", None), ("2210件", 2210, "件", "penalties"),
        ]),
        (WITH_UNITS, [
            ("151", 151, "件", "reconsideration_received"), ("98.5", 98.5, "%", "appearance_rate"),
        ]),
        (CAPTIONED, [("3", 3, "件", "reconsideration_corrected"), ("17", 17, "件", "reconsideration_mediated")]),
        (RATES, [
            ("1620", 1620, "件", "people_mediation_accepted"), ("99", 99, "%", "people_mediation_rate"),
            ("540", 540, "件", "admin_mediation_accepted"), ("85", 85, "%", "admin_mediation_rate"),
        ]),
    ],
)  # fmt: skip
def test_numbers_say_what_their_row_and_column_do(text, expected):
    assert told(text) == expected


def test_numbers_that_a_total_sums_up_are_parts_and_surely_so():
    figures = read(BY_BODY).figures
    assert [figure.indicator is None for figure in figures] == [True] * 6 + [False] * 3
    assert all(figure.confidence >= 0.95 for figure in figures)


def test_prose_around_a_table_is_read_as_without_it():
    before, after = "全年办理法律援助案件286件。\n", "办理公证533件，挽回损失140.7万元。\n"
    assert [told(before + BY_YEAR + after)[k][:2] for k in (0, -2, -1)] == [
        ("286件", 286), ("533件", 533), ("140.7万元", 1407000),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["浏览量	152\n字号	16\n", "联系人：张某      电话：88886666\n地址：东街1号      邮编：100000\n"]
)
def test_other_lines_in_columns_are_no_tables_of_figures(text):
    assert told(text) == []


def test_every_numeral_of_a_table_has_a_class_at_its_place():
    text = TITLE + WITH_UNITS + BY_YEAR
    numerals = [(text[n.start : n.end], n.numeral_class) for n in read(WITH_UNITS + BY_YEAR).numerals]
    assert ("151", "figure") in numerals and ("1", "clause_number") in numerals and ("2023", "date") in numerals
    starts = [n.start for n in read(WITH_UNITS + BY_YEAR).numerals]
    assert starts == sorted(starts) and len(starts) == len(set(starts))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "全年办理案件12件。\n",
        "　　一、工作情况\n　　全年办理案件12件。\n",
        "首页 | 政务公开\n正文12件\n",
        "收到申请  151  件，受理\n其中网上  12  件，结案\n",
    ],
)
def test_a_text_without_tables_stays_as_it_is(text):
    assert tell(text) is None
