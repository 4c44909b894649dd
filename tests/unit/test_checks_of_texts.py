"""Headings, titles and places in the text: what trips each check, and what nearly does."""

import pytest

from desktop import checks, indicators
from desktop.checks import Compared, Copy
from desktop.model import Facts, Figure
from tests import planting_texts

OWN = Facts("丛台区", "邯郸市", "河北省", "county", "130403", 2023)


def raised(check, text, facts=OWN, figures=(), **compared):
    context = checks.context(figures, indicators.load(), text, Compared(facts=facts, **compared))
    return [finding for finding in checks.run(context) if finding.check == check]


def headings(*marks):
    return "\n".join(f"{mark}推进工作\n全年开展检查3次。" for mark in marks)


@pytest.mark.parametrize(
    ("marks", "gap"),
    [
        (("（一）", "（二）", "（三）"), None),
        (("（一）", "（二）", "（四）"), ("（二）", "（四）")),
        (("(五)", "(七)"), ("(五)", "(七)")),
        (("一、", "二、", "四、"), ("二、", "四、")),
        (("1.", "2.", "4."), ("2.", "4.")),
        (("1．", "3．"), ("1．", "3．")),
        (("（1）", "（3）"), ("（1）", "（3）")),
        (("第一部分", "第三部分"), ("第一部分", "第三部分")),
        (("九、", "十、", "十一、", "十三、"), ("十一、", "十三、")),
        (("一、", "（一）", "（二）", "二、", "（一）", "（二）"), None),  # counted anew under each
        (("一、", "（一）", "（二）", "二、", "（三）", "（四）"), None),  # counted on
        (("一、", "（一）", "（三）", "二、", "（一）"), ("（一）", "（三）")),
        (("（一）", "1.", "2.", "（二）", "1.", "2.", "3."), None),
        (("（一）", "（二）", "（二）", "（三）"), None),  # a number twice is none missing
        (("一、", "六、"), None),  # too far apart to be one sequence
        (("2.", "3."), None),
    ],
)
def test_headings_that_skip_a_number(marks, gap):
    found = raised("heading_gap", headings(*marks))
    assert [(one.values["expected"], one.values["found"]) for one in found] == ([gap] if gap else [])


@pytest.mark.parametrize(
    "inside", ["（二）抓培训。", "(二)抓培训。", "㈡抓培训。", "（ 二 — 3 — ）抓培训。", "（\n二）抓培训。"]
)
def test_a_number_that_stands_inside_a_line_is_not_missing(inside):
    assert not raised("heading_gap", f"（一）推进工作。开展检查。{inside}\n（三）落实责任。")


def test_headings_in_a_text_that_lost_its_line_breaks():
    text = "（一）推进工作。开展检查。（二）抓培训。办班。（四）落实责任。"
    (gap,) = raised("heading_gap", text)
    assert gap.span is not None and text[slice(*gap.span)] == "（四）落实责任。"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("丛台区2023年法治政府建设年度报告", "2023年，丛台区推进工作。较2022年增长。", None),
        ("丛台区2022年法治政府建设年度报告", "2023年，丛台区推进工作。较2022年增长。2023年新增3件。", ("2022", "2023")),
        ("丛台区2022年法治政府建设年度报告", "2023年，丛台区推进工作。", ("2022", "2023")),
        ("丛台区二〇二二年法治政府建设年度报告", "2023年，丛台区推进工作。", ("2022", "2023")),
        (
            "丛台区2023年法治政府建设年度报告",
            f"一年来，丛台区推进工作。{'落实责任。' * 40}2024年，继续推进。",
            None,
        ),
        ("丛台区2023年法治政府建设年度报告", "落实《实施方案（2021—2025年）》，丛台区推进工作。", None),
        ("丛台区2023年法治政府建设年度报告", "按照2021—2025年规划，推进工作。", None),
        ("丛台区法治政府建设年度报告", "2023年，丛台区推进工作。", None),
        ("丛台区2023年报告", "莲池区推进工作。莲池区落实责任。莲池区各部门履职。", ("丛台区", "莲池区")),
        ("丛台区2023年报告", "莲池区推进工作。莲池区落实责任。丛台各部门履职。", None),
        ("丛台区2023年报告", "全区推进工作。与莲池区、竞秀区、徐水区交流。", None),
    ],
)
def test_a_title_that_says_something_else_than_the_text(title, text, expected):
    facts = Facts("丛台区", "邯郸市", "河北省", "county", "130403", 2023, title)
    found = raised("title_against_text", f"{title}\n\n{text}", facts)
    assert [(one.values["expected"], one.values["found"]) for one in found] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("推进“数字保定”平台应用。", "数字保定"),
        ("推进“数字邯郸”平台应用。", None),
        ("推进“数字河北”平台应用。", None),
        ("推进“数字浙江”平台应用。", "数字浙江"),
        ("推进“数字莲池”平台应用。", "数字莲池"),
        ("推进“智慧公安”“数字惠民”建设，建设法治资源库。", None),
        ("推进“平安丛台”建设。", None),
        ("在保定市委、市政府的坚强领导下推进工作。", "保定市"),
        ("莲池区各部门认真履行职责。", "莲池区"),
        ("复兴区各部门与丛台区联合执法。", None),
        ("邯山区各部门认真履行职责。", None),  # of the same city
        ("唐山市中级人民法院审结案件3件。", None),
        ("赴唐山市学习先进经验。", None),
        ("落实《唐山市优化营商环境条例》要求。", None),
        ("与唐山市签订通办协议。", None),
        ("唐山市、保定市等地前来交流。", None),
        ("各县市区和县直部门落实责任，县级市场监管部门加强检查。", None),
        ("推进工作的唐山市\n", None),  # a heading or debris of a page, no sentence
        ("坚持依法行政，各项工作取得新进展，为唐山市高质\n量发展提供保障。", "唐山市"),
    ],
)
def test_another_place_named_where_its_own_should_be(text, found):
    said = raised("foreign_place", f"2023年，丛台区推进工作。\n{text}\n")
    assert [one.values["found"] for one in said] == ([found] if found else [])
    for one in said:
        assert f"2023年，丛台区推进工作。\n{text}"[slice(*one.span)] == found


@pytest.mark.parametrize("facts", [Facts("青禾县", level="county"), Facts(level="county"), Facts(level="province")])
def test_no_place_is_foreign_to_a_report_whose_city_is_unknown(facts):
    assert not raised("foreign_place", "推进“数字保定”平台应用。", facts)


def test_a_place_is_told_once_and_the_finding_outlives_a_shift_of_the_text():
    twice = "推进“数字保定”平台应用。莲池区各部门履职。完善“数字保定”平台。"
    first, second = raised("foreign_place", twice)
    assert (first.values["found"], second.values["found"]) == ("数字保定", "莲池区")
    shifted = raised("foreign_place", "前言。" + twice)
    assert [one.fingerprint for one in shifted] == [first.fingerprint, second.fingerprint]


def test_a_former_city_and_former_names_are_at_home():
    chaohu = Facts("巢湖市", "合肥市", "安徽省", "county", "340181", 2013)
    assert not raised("foreign_place", "居巢区各部门认真履行职责。", chaohu)
    assert raised("foreign_place", "芜湖市各部门认真履行职责。", chaohu)


def test_passages_that_another_report_has_are_one_finding_for_each_report():
    figures = [Figure(2, 4, 12.0, "件", None, "count", None), Figure(50, 52, 3.0, "件", None, "count", None)]
    copies = [Copy(0, 10, "甲", "莲池区", 2023, 0.96, 2, 1), Copy(12, 20, "乙", "莲池区", 2023, 0.8, 3, 3)]
    (finding,) = raised("copied_passage", "", figures=figures, copies=copies)
    assert finding.figures == ((2, 4),) and finding.span == (0, 10)
    assert {name: finding.values[name] for name in ("n", "share", "numbers", "same")} == {
        "n": 2, "share": 80, "numbers": 5, "same": 4,
    }  # fmt: skip
    apart = [*copies, Copy(30, 40, "丙", "莲池区", 2022, 0.9, 0, 0)]
    assert len(raised("copied_passage", "", copies=apart)) == 2


@pytest.mark.parametrize(
    ("plant", "check", "least"),
    [
        (planting_texts.foreign_place, "foreign_place", 0.9),
        (planting_texts.title, "title_against_text", 0.9),
        (planting_texts.series_jump, "series_jump", 0.9),
        (planting_texts.peer_outlier, "peer_outlier", 0.7),
    ],
)
def test_planted_errors_are_found_and_the_reports_without_them_are_quiet(plant, check, least):
    planted = [plant(seed) for seed in range(60)]
    function = checks.checks()[check]
    assert sum(any(function(one.wrong)) for one in planted) >= least * len(planted)
    assert not [one for one in planted for finding in function(one.right)]


def test_places_that_belong_in_a_report_are_left_alone():
    planted = [planting_texts.foreign_place(seed, "belonging").wrong for seed in range(60)]
    assert not [one for context in planted for one in checks.checks()["foreign_place"](context)]
