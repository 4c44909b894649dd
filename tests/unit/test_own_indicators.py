"""An own indicator works on every report of the store, and on whatever leaves it; what people decided stays."""

import csv

import pytest

from db import queries
from desktop import indicators, workflow
from desktop.errors import UserError
from desktop.indicators import own_part
from desktop.progress import Cancelled, Progress
from desktop.text import say_error, set_language

ME = "王敏"
TEXT = (
    "{district}{year}年法治政府建设年度报告\n"
    "{year}年，{district}收到行政复议申请{n}件，受理{n}件。全区新建法治公园{parks}个。另有法治广场30个。\n"
)
PARKS = {
    "id": "law_parks",
    "name_zh": "法治公园数",
    "unit": "个",
    "units": "处 座",
    "when": [{"noun": "法治公园", "act": "@收到 新建 建成"}],
}


@pytest.fixture
def store(tmp_path):
    for name, district, year, n, parks in (
        ("a.txt", "青禾区", 2023, 40, 11), ("b.txt", "青禾区", 2024, 51, 12), ("c.txt", "白溪区", 2024, 62, 5),
    ):  # fmt: skip
        text = TEXT.format(district=district, year=year, n=n, parks=parks)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with workflow.open_store(tmp_path / "库.hebao") as opened:
        imported = workflow.import_paths(opened, [tmp_path / name for name in ("a.txt", "b.txt", "c.txt")], Progress())
        assert len(imported.added) == 3
        yield opened


def read_again(store):
    for again in list(workflow.extract_again(store, workflow.outdated(store), Progress())):
        workflow.keep_again(store, again)


def named(store, indicator="law_parks"):
    figures = [f for report in queries.reports(store) for f in queries.figures(store, report.id)]
    return sorted(f.value for f in figures if f.indicator == indicator)


def figure(store, value):
    figures = [f for report in queries.reports(store) for f in queries.figures(store, report.id)]
    return next(f for f in figures if f.value == value)


def test_without_own_indicators_the_catalogue_is_that_of_hebao(store):
    assert workflow.catalogue(store) is indicators.load()
    assert workflow.outdated(store) == [] and named(store) == []


def test_an_own_indicator_works_on_every_report_at_once(store):
    touched = workflow.add_indicator(store, PARKS, reviewer=ME)
    assert touched.indicators == {"law_parks"} and len(workflow.outdated(store)) == 3
    read_again(store)
    assert named(store) == [5, 11, 12]
    assert workflow.outdated(store) == []
    assert {row.catalogue for row in queries.reports(store)} == {workflow.catalogue(store).version}


def test_the_catalogue_is_the_same_object_until_own_indicators_change(store):
    workflow.add_indicator(store, PARKS, reviewer=ME)
    known = workflow.catalogue(store)
    assert workflow.catalogue(store) is known and known["law_parks"].units == ("个", "处", "座")
    workflow.change_indicator(store, {**PARKS, "combine": "sum"}, reviewer=ME)
    changed = workflow.catalogue(store)
    assert changed is not known and changed["law_parks"].combine == "sum"
    assert own_part(changed.version) != own_part(known.version)


def test_changing_removing_and_undoing_are_read_again(store):
    workflow.add_indicator(store, PARKS, reviewer=ME)
    read_again(store)
    workflow.change_indicator(store, {**PARKS, "when": [{"noun": "法治广场"}]}, reviewer=ME)
    read_again(store)
    assert named(store) == [30, 30, 30]
    workflow.remove_indicator(store, "law_parks", reviewer=ME)
    read_again(store)
    assert named(store) == [] and workflow.catalogue(store) is indicators.load()
    touched = workflow.undo(store, reviewer=ME)
    assert touched is not None and touched.verb == "remove_indicator" and touched.indicators == {"law_parks"}
    read_again(store)
    assert named(store) == [30, 30, 30]
    assert store.catalogue == workflow.catalogue(store).version


def test_decisions_stay_when_every_report_is_read_again(store):
    accepted, corrected, rejected = figure(store, 11), figure(store, 12), figure(store, 5)
    workflow.accept(store, accepted.id, reviewer=ME)
    workflow.correct_value(store, corrected.id, "13", reviewer=ME)
    workflow.reject(store, rejected.id, reviewer=ME, reason="镇级")
    workflow.add_indicator(store, PARKS, reviewer=ME)
    read_again(store)
    now = {i: queries.figure(store, i) for i in (accepted.id, corrected.id, rejected.id)}
    assert (now[accepted.id].state, now[accepted.id].indicator) == ("verified", None), "as the person accepted it"
    assert now[accepted.id].machine.indicator == "law_parks", "shown beside it"
    assert (now[corrected.id].state, now[corrected.id].value) == ("verified", 13)
    assert (now[rejected.id].state, now[rejected.id].reason) == ("rejected", "镇级")


def test_a_report_imported_later_is_read_with_it(store, tmp_path):
    workflow.add_indicator(store, PARKS, reviewer=ME)
    read_again(store)
    (tmp_path / "d.txt").write_text(TEXT.format(district="石桥区", year=2024, n=7, parks=3), encoding="utf-8")
    workflow.import_paths(store, [tmp_path / "d.txt"], Progress())
    assert named(store) == [3, 5, 11, 12] and workflow.outdated(store) == []


def test_reading_again_stops_between_reports_and_goes_on_with_the_rest(store):
    workflow.add_indicator(store, PARKS, reviewer=ME)
    progress = Progress()
    reading = workflow.extract_again(store, workflow.outdated(store), progress)
    workflow.keep_again(store, next(reading))
    progress.cancel()
    with pytest.raises(Cancelled):
        next(reading)
    assert len(workflow.outdated(store)) == 2
    read_again(store)
    assert named(store) == [5, 11, 12]


def test_it_can_be_decided_charted_exported_and_checked_like_any_other(store, tmp_path):
    workflow.add_indicator(store, {**PARKS, "definition": "建成开放的"}, reviewer=ME)
    read_again(store)
    squares = figure(store, 30)
    workflow.check_reports(store, workflow.correct_indicator(store, squares.id, "law_parks", reviewer=ME).reports)
    assert queries.figure(store, squares.id).indicator == "law_parks"
    assert list(workflow.findings(store)) == []
    cases = figure(store, 62)
    workflow.check_reports(store, workflow.correct_indicator(store, cases.id, "law_parks", reviewer=ME).reports)
    (finding,) = workflow.findings(store)
    assert finding["check"] == "unit_of_indicator" and "法治公园数" in finding["message"]["zh"]
    workflow.accept(store, figure(store, 12).id, reviewer=ME)
    files = workflow.export(store, tmp_path / "表.csv", shape="wide", state="all")
    with files[0].open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert "12" in {row["law_parks"] for row in rows}
    assert any("法治公园数" in path.read_text(encoding="utf-8-sig") for path in files[1:]), "the codebook has it"
    assert workflow.indicator_named(store, "法治公园数").id == "law_parks"
    assert workflow.status(store)["cells"]["verified"] == 2
    series = workflow.series(store, workflow.Wanted(("青禾区",), ("law_parks",)))
    assert {point.value for point in series.points} >= {12}


def test_what_it_would_take_is_tried_without_writing(store):
    known = workflow.define(store, workflow.cleaned(PARKS), new=True)
    ids = [report.id for report in queries.reports(store)]
    tried = list(workflow.try_indicator(store, known, "law_parks", ids, Progress()))
    assert sorted(taken.quote for one in tried for taken in one.taken) == ["11个", "12个", "5个"]
    assert all("法治公园" in taken.sentence and taken.before is None for one in tried for taken in one.taken)
    assert named(store) == [] and queries.own_indicators(store) == [] and workflow.outdated(store) == []


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"name_zh": "  "}, "indicator_name_missing"),
        ({"name_zh": "行政复议受理件数"}, "indicator_name_taken"),
        ({"id": "permits"}, "indicator_exists"),
        ({"id": "法治公园"}, "indicator_id_malformed"),
        ({"id": ""}, "indicator_id_malformed"),
        ({"unit": ""}, "indicator_unit_missing"),
        ({"unit": "朵"}, "indicator_unit_unknown"),
        ({"units": "个 朵"}, "indicator_unit_unknown"),
        ({"unit": "%", "units": ""}, "indicator_unit_of_other_kind"),
        ({"when": []}, "indicator_words_missing"),
        ({"when": [{"without": "去年"}]}, "indicator_words_missing"),
        ({"when": [{"act": "-"}]}, "indicator_words_missing"),
        ({"when": [{"noun": "法治公园"}, {"noun": "@公圆"}]}, "indicator_group_unknown"),
        ({"units": "@公圆"}, "indicator_group_unknown"),
    ],
)
def test_what_is_wrong_with_it_is_said_in_a_sentence(store, changed, message):
    with pytest.raises(UserError) as refused:
        workflow.add_indicator(store, {**PARKS, **changed}, reviewer=ME)
    assert refused.value.message_id == message
    for language in ("zh", "en"):
        set_language(language)
        assert say_error(refused.value)
    assert queries.own_indicators(store) == []


def test_only_own_indicators_are_changed_or_removed(store):
    for verb, argument in ((workflow.change_indicator, {**PARKS, "id": "permits"}), (workflow.remove_indicator, "x")):
        with pytest.raises(UserError, match="indicator_not_own"):
            verb(store, argument, reviewer=ME)
    workflow.add_indicator(store, PARKS, reviewer=ME)
    with pytest.raises(UserError, match="indicator_exists"):
        workflow.add_indicator(store, {**PARKS, "name_zh": "另一个"}, reviewer=ME)


def test_its_weight_says_which_of_two_indicators_that_fit_is_taken(store, tmp_path):
    (tmp_path / "e.txt").write_text("石桥区2024年法治政府建设年度报告\n全年举办法治讲座30场。\n", encoding="utf-8")
    (added,) = workflow.import_paths(store, [tmp_path / "e.txt"], Progress()).added
    has = queries.figures(store, added)[0].indicator
    assert has is not None
    taken = {}
    for weight in (1.25, 0.8):
        lectures = {**PARKS, "unit": "场", "units": "", "when": [{"noun": "法治讲座", "weight": weight}]}
        known = workflow.define(store, workflow.cleaned(lectures), new=True)
        (tried,) = workflow.try_indicator(store, known, "law_parks", [added], Progress())
        taken[weight] = [one.before for one in tried.taken]
    assert taken == {1.25: [has], 0.8: []}


def test_words_are_kept_one_space_apart_and_empty_ways_left_out():
    clean = workflow.cleaned(
        {**PARKS, "units": "处　处 个", "when": [{"noun": " 法治公园　 公园 ", "act": ""}, {"act": " "}]}
    )
    assert clean["units"] == "个 处" and clean["when"] == [{"noun": "法治公园 公园"}]
    assert clean["name_en"] == "法治公园数" and (clean["theme"], clean["combine"]) == ("own", "first")


def test_groups_that_another_hebao_had_are_passed_over(store):
    lines = [{"noun": "法治公园 @没有的组"}, {"noun": "@没有的组"}]
    definition = {name: value for name, value in workflow.cleaned({**PARKS, "when": lines}).items() if name != "id"}
    with store.edit("set", reviewer=ME) as edit:
        edit.set_indicator("law_parks", definition)
    assert [wording.noun for wording in workflow.catalogue(store)["law_parks"].when] == [("法治公园",)]


@pytest.mark.parametrize(
    ("chinese", "english", "proposed"),
    [
        ("法治公园数", "Law parks", "law_parks"),
        ("公园", "", "gong_yuan"),
        ("许可", "Permits", "permits_2"),
        ("", "", ""),
        ("", "12345 hotline calls", "own_12345_hotline_calls"),
    ],
)
def test_an_id_is_proposed_that_is_free(chinese, english, proposed):
    assert workflow.proposed_id(chinese, english, indicators.load()) == proposed


def test_every_unit_of_the_catalogue_is_of_its_indicators_kind():
    kinds = workflow.unit_kinds()
    assert {kinds[i.unit] == i.kind for i in indicators.load().values()} == {True}
