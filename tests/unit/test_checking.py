"""Checks over a store: what they compare a report with, what is kept of them, and which reports a change concerns."""

import pickle
import shutil
from pathlib import Path

import pytest
from store_samples import TEXT, add, decide, entry, facts, figure, stated

from db import queries
from db.store import Store
from desktop import workflow
from desktop.extraction.spans import read_figures
from desktop.progress import Progress
from desktop.workflow.checking import judge
from desktop.workflow.comparing import gather

RECEIVED = "reconsideration_received"
MEDIATION = "青禾县2024年报告。全年受理人民调解案件918件，调解成功891件，成功率97.1%。收到行政复议申请151件。"
NAMES = ("people_mediation_accepted", "people_mediation_succeeded", "people_mediation_rate", RECEIVED)
PARAGRAPH = (
    "围绕招商引资和项目建设，组建由律师、公证员和人民调解员参加的服务专班，逐户走访园区企业，梳理用工、合同、知识产权等方面的风险点，"
    "形成清单后逐项销号，企业反映的问题当场能答复的当场答复，不能答复的三个工作日内回访。"
)


def closing(confidence=0.97):
    figures = [f for f in read_figures(MEDIATION)[0] if f.unit in ("件", "%")]
    named = [f._replace(indicator=name, confidence=confidence) for f, name in zip(figures, NAMES, strict=True)]
    return entry("调解.txt", text=MEDIATION, figures=named)


def found(store, report_id, *, dismissed=False):
    return [row.finding.check for row in queries.findings(store, report_id) if row.dismissed <= dismissed]


def check(store, *report_ids):
    workflow.check_reports(store, report_ids)


def states(store, report_id):
    return {f.indicator: f.state for f in queries.figures(store, report_id)}


def test_the_other_years_are_compared_and_checked_again_with_a_cell_of_one(store):
    first, second = add(store, stated(2023, 151)), add(store, stated(2024, 1510))
    check(store, second)
    assert found(store, first) == found(store, second) == ["series_jump"]
    touched = workflow.correct_value(store, figure(store, second, RECEIVED).id, "150", reviewer="王敏")
    check(store, *touched.reports)
    assert found(store, first) == found(store, second) == []
    assert queries.report(store, first).findings == queries.report(store, second).findings == 0


def test_a_number_that_a_person_entered_for_a_cell_is_what_other_years_are_compared_with(store):
    first, second = add(store, stated(2023, 151)), add(store, stated(2024, 1510))
    touched = decide(store, "enter_cell", first, RECEIVED, 1499, "附表")
    check(store, *touched.reports)
    assert found(store, second) == []


def test_what_a_person_said_of_a_cell_is_compared_in_place_of_its_figures(store):
    add(store, stated(2023, 151))
    report_id = add(store, stated(2024, 1510))
    for value, expected in ((150, []), (1520, ["series_jump"]), (15200, ["series_jump"])):
        check(store, *decide(store, "enter_cell", report_id, RECEIVED, value, "附表").reports)
        assert found(store, report_id) == expected
        assert not any(row.finding.figures for row in queries.findings(store, report_id))
        for row in queries.findings(store, report_id):
            decide(store, "dismiss", row.finding.fingerprint, report_id, "附表如此")
    check(store, *decide(store, "assert_not_reported", report_id, RECEIVED).reports)
    assert found(store, report_id) == []


def test_a_district_without_a_code_is_one_whether_its_city_is_named_or_not(store):
    add(store, stated(2022, 150, adcode=None))
    unnamed = stated(2023, 151, adcode=None)
    object.__setattr__(unnamed.extraction.facts, "city", None)
    add(store, unnamed)
    last = add(store, stated(2024, 1510, adcode=None))
    check(store, *(report.id for report in queries.reports(store)))
    assert [len(found(store, report.id)) for report in queries.reports(store)] == [0, 0, 1]
    assert found(store, last) == ["series_jump"]


def test_a_gap_is_told_where_other_districts_have_the_year(store):
    add(store, stated(2021, 150))
    last = add(store, stated(2023, 151))
    check(store, last)
    assert found(store, last) == []
    add(store, stated(2022, 160, district="白榆县", adcode="990102"))
    check(store, last)
    assert found(store, last) == ["series_gap"]
    check(store, add(store, stated(2022, 155)))
    assert found(store, last) == []


def test_a_value_far_from_the_years_districts(store):
    for k in range(24):
        add(store, stated(2024, 140 + k, district=f"第{k}县", adcode=f"99{k + 10}01", name=f"{k}.txt"))
    last = add(store, stated(2024, 151_000))
    check(store, last)
    assert found(store, last) == ["peer_outlier"]


def test_a_paragraph_of_another_district_is_told_of_both_and_of_none_once_one_is_withdrawn(store):
    copied = PARAGRAPH.replace("走访", "上门走访").replace("三个工作日", "五个工作日")
    one = add(store, entry("a.txt", text=f"{TEXT}\n{PARAGRAPH}\n", figures=()))
    check(store, one)
    other = add(store, entry("b.txt", text=f"{copied}\n{TEXT}\n", figures=(), of=facts("白榆县", 2023, "990102")))
    check(store, other)
    assert found(store, one) == found(store, other) == ["copied_passage"]
    row = queries.findings(store, one)[0].finding
    assert queries.text(store, one)[slice(*row.span)] == PARAGRAPH
    assert (row.values["district"], row.values["year"], row.values["n"]) == ("白榆县", "2023", 1)
    touched = workflow.withdraw(store, other, reviewer="王敏")
    check(store, *touched.reports)
    assert found(store, one) == found(store, other) == []


@pytest.mark.parametrize(
    ("years", "places"),
    [((2023, 2024), ("青禾县",) * 2), ((2024,) * 6, ("甲县", "乙县", "丙县", "丁县", "戊县", "己县"))],
)
def test_what_a_district_repeats_itself_and_what_many_say_is_not_copied(store, years, places):
    for k, place in enumerate(places):
        of = facts(place, years[k], f"9901{10 + places.index(place)}")
        add(store, entry(f"{k}.txt", text=f"{k}{TEXT}\n{PARAGRAPH}\n", figures=(), of=of))
    ids = [report.id for report in queries.reports(store)]
    check(store, *ids)
    assert not [name for report_id in ids for name in found(store, report_id)]


def test_one_report_in_two_files_is_told_from_two_reports(store):
    first = add(store, entry("a.txt", text=f"{TEXT}\n{PARAGRAPH}\n", figures=()))
    check(store, add(store, entry("b.txt", text=f"{TEXT} \n\n{PARAGRAPH}  \n", figures=())))
    assert found(store, first) == ["same_source"]
    check(store, add(store, entry("c.txt", figures=())))
    assert found(store, first) == ["same_source", "same_district_year"]


def test_a_dismissed_finding_stays_so_until_what_it_rests_on_changes(store):
    add(store, stated(2023, 151))
    report_id = add(store, stated(2024, 1510))
    check(store, report_id)
    mark = queries.findings(store, report_id)[0].finding.fingerprint
    decide(store, "dismiss", mark, report_id, "附表如此")
    check(store, report_id)
    assert found(store, report_id) == [] and found(store, report_id, dismissed=True) == ["series_jump"]
    assert queries.report(store, report_id).findings == 0
    store.undo(reviewer="王敏")
    assert queries.report(store, report_id).findings == 1
    store.redo(reviewer="王敏")
    touched = workflow.correct_value(store, figure(store, report_id, RECEIVED).id, "1511", reviewer="王敏")
    check(store, *touched.reports)
    assert found(store, report_id) == ["series_jump"]


def test_a_figure_of_an_indicator_that_is_gone_still_counts_in_a_sum_but_is_not_auto(store):
    one = closing()
    *kept, last = one.extraction.figures
    rate = kept[2]._replace(indicator="gone")
    report_id = add(store, entry("调解.txt", text=MEDIATION, figures=[*kept[:2], rate, last]))
    check(store, report_id)
    assert found(store, report_id) == [] and states(store, report_id)["gone"] == "extracted"
    assert states(store, report_id)[NAMES[0]] == "auto"


def test_figures_that_arithmetic_closes_are_auto_and_a_person_always_wins(store):
    report_id = add(store, closing())
    check(store, report_id)
    auto = dict.fromkeys(NAMES[:3], "auto") | {RECEIVED: "extracted"}
    assert states(store, report_id) == auto
    assert workflow.status(store)["figures"] == {"extracted": 1, "auto": 3, "verified": 0, "rejected": 0, "queried": 0}
    cells = {cell.indicator: cell.state for cell in queries.report_cells(store, workflow.catalogue(store), report_id)}
    assert cells == auto
    part = figure(store, report_id, NAMES[1]).id
    workflow.accept(store, part, reviewer="王敏")
    check(store, report_id)
    assert states(store, report_id) == auto | {NAMES[1]: "verified"}
    workflow.undo(store, reviewer="王敏")
    assert states(store, report_id) == auto
    assert queries.report(store, report_id).decided == 0


def test_figures_that_close_no_more_are_extracted_again(store):
    report_id = add(store, closing())
    check(store, report_id)
    workflow.comment(store, figure(store, report_id, NAMES[0]).id, "看附表", reviewer="李静")
    workflow.correct_value(store, figure(store, report_id, NAMES[1]).id, "881", reviewer="王敏")
    check(store, report_id)
    assert states(store, report_id) == dict.fromkeys(NAMES, "extracted") | {NAMES[1]: "verified"}
    assert "rate_of_parts" in found(store, report_id)
    workflow.undo(store, reviewer="王敏")
    check(store, report_id)
    assert states(store, report_id) == dict.fromkeys(NAMES[:3], "auto") | {RECEIVED: "extracted"}
    workflow.undo(store, reviewer="李静")  # the comment
    assert states(store, report_id)[NAMES[0]] == "auto"
    workflow.withdraw(store, report_id, reviewer="王敏")
    check(store, report_id)
    assert "auto" not in states(store, report_id).values()


def test_what_the_machine_is_unsure_of_is_never_auto(store):
    report_id = add(store, closing(confidence=0.9))
    check(store, report_id)
    assert "auto" not in states(store, report_id).values()


def test_checking_one_by_one_comes_to_the_same_as_checking_all(store):
    for k, year in enumerate((2024, 2021, 2023, 2022)):
        value = 1510 if year == 2023 else 150 + k
        check(store, add(store, stated(year, value)))
        check(
            store,
            add(store, entry(f"{k}.txt", text=f"{TEXT}{k}\n{PARAGRAPH}", of=facts(f"第{k}县", year, f"99020{k}"))),
        )
    before = {report.id: queries.findings(store, report.id) for report in queries.reports(store)}
    workflow.check_all(store, Progress())
    assert before == {report.id: queries.findings(store, report.id) for report in queries.reports(store)}
    assert any(before.values())


def test_many_reports_are_read_together(store):
    def reads():
        seen = []
        store._connection.set_trace_callback(seen.append)
        for _ in workflow.judge_reports(store, [report.id for report in queries.reports(store)], Progress()):
            pass
        store._connection.set_trace_callback(None)
        return len(seen)

    add(store, stated(2024, 150))
    few = reads()
    for k in range(40):
        add(store, stated(2023 + k % 2, 150, district=f"第{k // 2}县", adcode=f"99{10 + k // 2}01", name=f"{k}.txt"))
    assert reads() <= few + 12


def test_progress_counts_every_report_and_all_are_marked_as_checked(store):
    ids = [add(store, stated(year, 150)) for year in (2022, 2023, 2024)]
    assert queries.unchecked(store) == ids
    progress = Progress()
    workflow.check_all(store, progress)
    assert (progress.done, progress.total) == (3, 3)
    assert queries.unchecked(store) == []


def test_a_store_of_the_first_schema_gets_the_index_of_passages(tmp_path):
    old = Path(__file__).parent.parent / "data" / "stores" / "schema-1.hebao"
    shutil.copy(old, tmp_path / "a.hebao")
    with Store.open(tmp_path / "a.hebao") as store:
        one = add(store, entry("a.txt", text=f"{TEXT}\n{PARAGRAPH}\n", figures=(), of=facts("白榆县", 2023, "990102")))
        check(store, one)
        assert found(store, one) == []
        check(store, *(report.id for report in queries.reports(store)))


def test_what_is_gathered_is_plain_data_that_any_process_may_judge(store):
    add(store, stated(2023, 151))
    report_id, known = add(store, stated(2024, 1510)), workflow.catalogue(store)
    (gathered,) = gather(store, known, [report_id])
    assert judge(pickle.loads(pickle.dumps(gathered)), known) == judge(gathered, known)
    assert [one.check for one in judge(gathered, known).findings] == ["series_jump"]
