"""The checks inside a report, each on sentences that trip it and on some that nearly do; what closes, closes."""

import functools

import pytest

from desktop import checks, districts, indicators
from desktop.checks import Compared, YearCell, relations
from desktop.checks.closing import closed
from desktop.checks.ranges import Range, slip, stated
from desktop.checks.saying import sentences
from desktop.extraction import extract
from desktop.model import Document, Facts
from desktop.workflow import finding_sentence

LAST_YEAR = {
    "reconsideration_received": YearCell(151, "件", None),
    "one_thing_items": YearCell(37, "项", None),
    "litigation_lost_rate": YearCell(10.9, "%", None),
    "penalties": YearCell(651, "件", None),
    "service_cases_handled": YearCell(114_000, "件", None),
    "legal_aid_cases": YearCell(200, "件", "more"),
    "notary_cases": YearCell(0, "件", None),
    "publicity_activities": YearCell(100, "场", None),
}


@functools.cache
def read(text, *, years=False):
    compared = Compared(facts=Facts(year=2024), years={2023: LAST_YEAR} if years else {})
    return checks.context(extraction(text).figures, indicators.load(), text, compared)


def extraction(text):
    return extract(Document("a.txt", "txt", "0" * 64, text), indicators.load(), districts.load())


def found(text, *, years=False):
    return [finding.check for finding in checks.run(read(text, years=years))]


def printed(text, finding):
    return [text[start:end] for start, end in finding.figures]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # A rate against its part and whole: rounded or cut off as printed.
        ("受理人民调解案件918件，调解成功891件，调解成功率97.1%。", []),
        ("受理人民调解案件918件，调解成功891件，调解成功率97.0%。", []),
        ("受理人民调解案件918件，调解成功891件，调解成功率97%。", []),
        ("受理人民调解案件918件，调解成功891件，调解成功率97.2%。", ["rate_of_parts"]),
        ("受理人民调解案件918件，调解成功891件，调解成功率９７．１０％。", ["rate_of_parts"]),
        ("受理人民调解案件918件，调解成功891件，调解成功率百分之七十九点一。", ["rate_of_parts"]),
        ("受理人民调解案件900余件，调解成功891件，调解成功率97.1%。", []),
        ("受理人民调解案件918件。调解成功891件，调解成功率79.1%。", []),  # what succeeded has another sentence's topic
        # Each of two kinds of mediation has its own.
        ("受理行政调解案件530件，成功281件，成功率53%；人民调解案件682件，调解成功660件，成功率96.8%。", []),
        ("人民调解、行政调解分别受理1000件、500件，成功900件、300件，成功率分别为90%和60%。", []),
        # 占 and 率 said of figures of no indicator.
        ("评查行政执法案卷280卷，其中优秀案卷70卷，占25%。", []),
        ("评查行政执法案卷280卷，其中优秀案卷70卷，占52%。", ["rate_of_parts"]),
        ("执法监督中发现问题121个，已整改118个，整改率97.5%。", []),
        ("执法监督中发现问题121个，已整改118个，整改率79.5%。", ["rate_of_parts"]),
        ("审结行政复议案件37件，法定期限内办结率100%。", []),
        ("办理应诉案件58件，负责人出庭45件，出庭率98.1%。", []),  # of how many they had to appear is not said
        ("负责人应出庭50次，实际出庭45次，出庭率90%。", []),
        ("负责人应出庭50次，实际出庭45次，出庭率98.1%。", ["rate_of_parts"]),
        # Joint inspections beside the others, or part of them.
        ("部门内抽查任务62项、跨部门联合抽查任务33项，跨部门联合抽查占34.7%。", []),
        ("开展双随机抽查72次，其中跨部门联合抽查27次，占37.5%。", []),
        ("开展双随机抽查72次，其中跨部门联合抽查27次，占73.5%。", ["rate_of_parts"]),
        # Above 100%: not a change.
        ("行政机关负责人出庭应诉率100%。", []),
        ("行政机关负责人出庭应诉率101%。", ["rate_above_100"]),
        ("收到行政复议申请61件，同比增长120%。", []),
        ("随机抽查任务完成率113%，超额完成全年计划。", []),
        ("开展案卷评查2次，优秀率136%。", ["rate_above_100"]),  # of no indicator, but a rate
        ("一般公共预算收入完成预算的103%。", []),
        # Of the whole that makes it, not of that which its indicator has.
        ("政务服务事项1652项，其中依申请事项1268项，公共服务事项236项，可全程网办1178项，网办率92.9%。", []),
        (
            "政务服务事项1652项，其中依申请事项1268项，公共服务事项236项，可全程网办1178项，网办率29.9%。",
            ["rate_of_parts"],
        ),
    ],
)
def test_rates(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公示执法数据8195条，其中，行政许可7834条，行政处罚361条。", []),
        ("公示执法数据8195条，其中，行政许可7834条，行政处罚461条。", ["parts_of_total"]),
        ("公示执法数据5 320条,其中行政许可4 612条、行政处罚608条。", ["parts_below_total"]),
        ("公示执法数据8195条，其中行政许可5000条、行政处罚361条。", []),  # far from all
        ("审结115件，其中直接纠错9件，调解和解终止33件。", []),
        ("收到行政复议申请61件，其中不予受理21件，受理40件，审结37件。", []),  # 审结 is a further step
        ("审结二十五件，其中维持十四件、撤销三件、终止八件，结转下年三件。", []),
        ("清理规范性文件168件，其中废止24件，修改6件，继续有效144件。", []),  # what is amended is in force
        ("清理规范性文件168件，其中废止24件，继续有效134件。", ["parts_of_total"]),
        ("审查文件187件，包括规范性文件6件、重大决策13件、合同协议168件。", []),
        ("审查文件187件，包括规范性文件6件、重大决策13件、合同协议186件。", ["parts_of_total"]),
        ("审查文件187件，包括规范性文件6件、重大决策13件、合同协议68件等。", []),
        ("编制应急预案53个，其中总体预案1个、专项预案27个、其他预案25个。", []),
        ("编制应急预案53个，其中总体预案1个、专项预案17个、其他预案25个。", ["parts_of_total"]),
        ("全年办理行政复议案件168件，其中上年结转8件，新收151件。", ["parts_of_total"]),
        ("全年办理行政复议案件159件，其中上年结转8件，新收151件。", []),
        ("公示行政许可15326条、行政处罚1042条、行政强制37条，合计公示16405条。", []),
        ("公示行政许可15326条、行政处罚1042条、行政强制37条，合计公示16450条。", ["parts_of_total"]),
        ("审核规范性文件19件、重大决策6件、合同72件，总计提出意见238条。", []),  # a total of something else
        ("举办普法活动共90场，进机关、进乡村、进校园分别为20场、30场、40场。", []),
        ("举办普法活动共90场，进机关、进乡村、进校园分别为20场、30场、50场。", ["parts_of_total"]),
        ("共收到申请28件，受理、审结分别为26件、23件。", []),  # two steps, no parts
        ("发放宣传资料7.3万份，其中宪法读本5.2万份、民法典读本2.1万份。", []),
        ("发放宣传资料5.2万余份，其中宪法读本3.2万份、民法典读本2.1万份。", []),
        ("政务服务事项1036项，其中网上可办1018项、自助终端可办92项。", []),  # one item may be both
        ("全区行政执法人员528名，其中乡镇综合执法人员152名。", []),
        ("持证律师28名，其中女律师52名。", ["parts_of_total"]),
        ("办理行政复议案件126件，审结118件，其中维持52件，驳回42件，撤销16件，终止28件。", ["parts_of_total"]),
        ("办理行政复议案件126件，审结78件，其中维持52件，驳回42件，撤销16件，终止16件。", []),  # of the first
        ("持证律师28名，律师队伍不断壮大，其中女律师52名。", []),  # of what, is not said
    ],
)
def test_totals_and_parts(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到行政复议申请61件，受理40件，不予受理21件。", []),
        ("收到行政复议申请61件，受理45件，不予受理21件。", ["accepted_of_received"]),
        ("收到行政复议申请66件，受理40件，不予受理21件。", ["accepted_of_received"]),
        ("收到行政复议申请66件，受理40件，不予受理21件，5件转送其他机关。", []),
        ("收到行政复议申请61件，受理40件。", []),
        ("收到行政复议申请61件，受理74件。", ["accepted_of_received"]),
        ("收到行政复议申请60余件，受理64件。", []),
        ("受理行政复议案件40件，审结37件。", []),
        ("受理行政复议案件40件，审结73件。", ["concluded_of_accepted"]),
        ("受理行政复议案件88件；审结91件（含上年结转12件）。", []),
        ("法院审结行政诉讼案件13件，行政机关败诉2件。", []),
        ("法院审结行政诉讼案件13件，行政机关败诉20件。", ["lost_of_concluded"]),
        ("受理人民调解案件918件，调解成功981件。", ["part_above_whole"]),
        ("受理人民调解案件918件，调解成功918件。", []),
        ("农业部门26名执法人员全部持证上岗，配备法制审核人员34名。", []),  # of one department
    ],
)
def test_the_course_of_cases(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("办理诉讼案件50起，参与庭审47次。\n2024年办理行政案件57件，结案51件。", ["stated_twice"]),
        ("办理诉讼案件50起，参与庭审47次。\n2024年办理行政案件50件，结案41件。", []),
        ("行政机关负责人出庭应诉率97.4%。\n全年负责人出庭应诉率提高到94.7%。", ["stated_twice"]),
        ("发出风险提示16份。\n落实行政案件败诉风险预警告知书10份。", []),  # two kinds of paper
        ("作出行政处罚2653件。\n市场监管领域作出行政处罚2635件。", []),  # of one field
        ("作出行政处罚2653件。\n作出行政处罚近2700件。", []),
        ("公开政府信息5743条。\n全年公开政府信息7543条。", ["stated_twice"]),
        ("公开政府信息5743条。\n全年公开政府信息57430条。", ["stated_twice"]),
        ("公开政府信息5743条。\n上半年公开政府信息2100条。", []),
        ("9个乡镇聘请了法律顾问。\n31个部门聘请了法律顾问。", []),
        ("受理法律援助案件371件。\n受理法律援助案件317件，另有54件由他处受理。", []),  # a part: the rest is told
    ],
)
def test_the_same_stated_twice(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("收到行政复议申请187件，较上年增长12.4%。", ["stated_change"]),
        ("收到行政复议申请187件，较上年增长23.8%。", []),
        ("收到行政复议申请187件，较上年增加36件。", []),
        ("收到行政复议申请187件，较上年减少36件。", ["stated_change"]),
        ("187件行政复议申请被收到，较上年增长12.4％。", ["stated_change"]),
        ("收到行政复议申请同比增长41.7%，达187件。", ["stated_change"]),
        ("法院审结行政诉讼案件53件，败诉5件，败诉率9.4%，较上年下降1.5个百分点。", []),
        ("法院审结行政诉讼案件53件，败诉5件，败诉率9.4%，较上年下降2.5个百分点。", ["stated_change"]),
        ("作出行政处罚612件，较上年下降6.0%。", []),
        ("作出行政处罚612件，罚款较上年下降9.0%。", []),  # the change of something else
        ("政务大厅办件12.7万件，同比增长11.4%。", []),
        ("受理法律援助案件231件，同比增长1.4%。", []),  # last year's is approximate
        ("“一件事一次办”事项由去年的31项扩大到44项。", ["last_year_level"]),
        ("“一件事一次办”事项由去年的37项扩大到44项。", []),
        ("收到行政复议申请187件（上年151件）。", []),
        ("收到行政复议申请187件（上年115件）。", ["last_year_level"]),
        # Against another year, or of a part of one.
        ("收到行政复议申请187件，较2023年增长12.4%。", ["stated_change"]),
        ("收到行政复议申请187件，较２０２３年增长12.4%。", ["stated_change"]),
        ("收到行政复议申请187件，较2020年增长56.7%。", []),
        ("“一件事一次办”事项由2021年的31项扩大到44项。", []),
        ("截至11月底，收到行政复议申请187件，较上年增长56.7%。", []),
        ("截至2024年12月底，收到行政复议申请187件，较上年增长56.7%。", ["stated_change"]),
        # As many times as much; of nothing, no share; of what adds up.
        ("收到行政复议申请187件，较上年增长0.24倍。", []),
        ("收到行政复议申请187件，较上年增长1.2倍。", []),
        ("收到行政复议申请187件，较上年增长2.2倍。", ["stated_change"]),
        ("办理公证事项26件，较上年增长30%。", []),
        ("办理公证事项26件，较上年增加20件。", ["stated_change"]),
        ("开展法治宣传活动126场次，较上年增长2%。", []),
        ("收到行政复议申请187件。市级机关收到行政复议申请36件，较上年增长80%。", []),
    ],
)
def test_changes_against_last_year(text, expected):
    assert found(text, years=True) == expected
    assert found(text) == []


def with_indicator(text, indicator, **changed):
    """Return the checks of a text whose last figure a reviewer gave this indicator."""
    *figures, last = extraction(text).figures
    context = checks.context([*figures, last._replace(indicator=indicator, **changed)], indicators.load(), text)
    return [finding.check for finding in checks.run(context)]


def test_a_change_is_no_level():
    text = "行政诉讼败诉率较去年下降6.67%。"
    assert with_indicator(text, "litigation_lost_rate") == ["change_as_level"]
    assert with_indicator(text, "service_time_cut_rate") == []  # what it measures is a change
    assert with_indicator("行政诉讼败诉率较去年下降到6.67%。", "litigation_lost_rate") == []


def test_a_unit_that_is_not_the_indicators():
    text = "全年办理公证412件。"
    assert with_indicator(text, "notary_cases") == []
    assert with_indicator(text, "notary_cases", unit="起") == []
    assert with_indicator(text, "notary_cases", unit="公里") == ["unit_of_indicator"]
    assert with_indicator(text, "notary_cases", unit="") == []


def test_a_rejected_part_leaves_the_list_open():
    text = "审查文件187件，包括规范性文件6件、重大决策13件、合同协议168件。"
    figures = extraction(text).figures
    for rejected in range(4):
        left = [figure for number, figure in enumerate(figures) if number != rejected]
        assert checks.run(checks.context(left, indicators.load(), text)) == []


def test_evidence_stands_in_the_order_in_which_it_is_compared():
    text = "受理人民调解案件918件，调解成功891件，调解成功率79.1%。"
    (raised,) = checks.run(read(text))
    assert printed(text, raised) == ["918件", "891件", "79.1%"]
    assert dict(raised.values) == {"part": 891, "whole": 918, "expected": 97.06, "found": 79.1}


def test_a_sentence_names_both_indicators():
    (raised,) = checks.run(read("受理人民调解案件918件，调解成功981件。"))
    assert finding_sentence(raised, "zh") == "“人民调解成功件数”为 981，多于“人民调解受理件数”的 918。"
    assert "more than “People's mediation cases”, which is 918" in finding_sentence(raised, "en")


def test_arithmetic_that_closes():
    text = (
        "收到行政复议申请61件，其中不予受理21件，受理40件，审结37件。"
        "受理人民调解案件918件，调解成功891件，调解成功率97.1%。"
        "作出行政许可6835件、行政处罚713件，公示执法信息7548条。"
        "受理行政调解案件3154件，调解成功1151件，调解成功率63.5%。发放宣传资料5.2万余份，其中读本3万份、折页2.2万份。"
    )
    context = read(text)
    closing = [text[start:end] for start, end in sorted(closed(context))]
    assert closing == ["61件", "21件", "40件", "918件", "891件", "97.1%", "6835件", "713件", "7548条"]


def test_how_exactly_a_figure_is_stated():
    text = "140.7万元、12万余条、300件、近三成、97%、共计260余人次、36.50%。"
    context = read(text)
    assert [stated(figure, context) for figure in context.figures] == [
        pytest.approx(Range(1406500, 1407500)),
        pytest.approx(Range(120000, 132000)),
        Range(300, 300),
        pytest.approx(Range(20, 30)),
        pytest.approx(Range(96.5, 98)),
        pytest.approx(Range(260, 286)),
        pytest.approx(Range(36.495, 36.51)),
    ]


def test_a_number_corrected_by_hand_is_as_exact_as_it_is():
    figure = read("成功率97.06%。").figures[0]
    corrected = checks.context([checks.Checked(0, 5, 36.5, "%", None, None)], indicators.load(), "97.06%")
    assert stated(figure, read("成功率97.06%。")) == pytest.approx(Range(97.055, 97.07))
    assert stated(corrected.figures[0], corrected) == pytest.approx(Range(36.45, 36.6))


def test_slips_of_the_pen():
    assert slip(4612, 4712) and slip(164, 146)
    assert not slip(164, 41) and not slip(16, 10) and not slip(164, 416)


def test_sentences_are_read_without_layout():
    text = "收到申请(含网上)1\n26件,受理\n— 2 —\n98件。其中公安类30件\n（二）审结\n97件！"
    told = [[(said.before, said.after) for said in sentence] for sentence in sentences(read(text))]
    assert told == [
        [("收到申请（含网上）", "，受理"), ("，受理", "。其中公安类"), ("。其中公安类", "")],
        [("（二）审结", "")],
    ]


def test_relations_are_between_indicators_of_the_catalogue():
    known, catalogue = relations.load(), indicators.load()
    names = {*known.rates, *known.several, *known.overlapping, *known.changes_by_nature}
    names |= {name for rate in known.rates.values() for name in (rate.part, *rate.wholes)}
    names |= {name for rule in known.at_most for name in (rule.part, rule.whole)}
    names |= {name for rule in known.sums for name in (rule.total, *rule.parts)}
    assert names <= set(catalogue)
    assert all(catalogue[rate].unit == "%" for rate in known.rates)


def test_measure_words_that_mean_the_same():
    known = relations.load()
    assert known.alike("件", "起") and known.alike("次", "场") and known.alike("公里", "公里")
    assert not known.alike("件", "份") and not known.alike("人", "人次")
