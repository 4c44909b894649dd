"""What a chart is to show, out of a store: peers by place and rank, kept charts, what stands behind a point."""

from __future__ import annotations

from dataclasses import asdict, replace

import pytest
from store_samples import ME, RECEIVED, YOU, entry, facts

from db import overview, queries
from db.store import Store
from desktop import charts, workflow
from desktop.errors import UserError
from desktop.model import Facts, Finding
from desktop.progress import Progress
from desktop.workflow import Wanted

INDICATOR = "reconsideration_received"
PLACES = {  # two cities of one province, a city itself, another province
    "990101": 100.0, "990102": 200.0, "990103": 300.0, "990104": 400.0, "990201": 1000.0, "990202": 2000.0,
    "990100": 9999.0, "980101": 5.0,
}  # fmt: skip


def figure(value: float):
    return RECEIVED._replace(value=value, indicator=INDICATOR)


def add(store: Store, of: Facts, value: float, findings=()) -> int:
    name = f"{of.district}{of.adcode}{of.year}.txt"
    made = entry(name, of=of, figures=[figure(value)], findings=findings)
    return store.add_reports([made], program="1", catalogue="1")[0]


@pytest.fixture
def study(store):
    for code, value in PLACES.items():
        for year in (2022, 2024):
            add(store, facts(f"青{code[-1]}县", year, code), value + year - 2022)
    return store


@pytest.mark.parametrize(
    ("against", "whose", "median", "districts"),
    [("city", "云川市", 250.0, 4), ("province", "临江省", 350.0, 6), ("all", "全库同级", 300.0, 7)],
)
def test_peers_are_of_the_same_place_and_rank(study, against, whose, median, districts):
    data = workflow.series(study, Wanted(("990101",), (INDICATOR,), against))
    assert data.against == whose
    assert [(s.year, s.median, s.districts) for s in data.panels[0].spreads] == [
        (2022, median, districts),
        (2024, median + 2, districts),
    ], "2023 has no report, and no quartiles"


def test_a_city_is_held_against_cities_alone(study):
    assert not workflow.series(study, Wanted(("990100",), (INDICATOR,), "all")).panels[0].spreads


def test_a_rejected_figure_is_no_peer_and_a_finding_is_counted_at_its_point(store):
    for n in range(4):
        add(store, facts(f"临{n}县", 2024, None), 10.0 * n)
    span = ((RECEIVED.start, RECEIVED.end),)
    doubt = Finding("series_jump", "warning", span, {"before": 1.0, "after": 2.0}, fingerprint="a")
    doubted = add(store, facts("青禾县", 2024, None), 500.0, [doubt])
    data = workflow.series(store, Wanted(("青禾县",), (INDICATOR,), "city"))
    assert data.panels[0].spreads[0].districts == 5
    assert [point.findings for point in data.points] == [1]
    rejected = next(f for f in queries.figures(store, doubted - 1))
    workflow.reject(store, rejected.id, reviewer=ME)
    data = workflow.series(store, Wanted(("青禾县",), (INDICATOR,), "city"))
    assert data.panels[0].spreads[0].districts == 4


def test_districts_of_one_name_are_told_apart(store):
    for code in ("990101", "990201"):
        add(store, replace(facts("鼓楼区", 2024, code), city=f"云{code[3]}市"), 7.0)
    data = workflow.series(store, Wanted(("990101", "990201"), (INDICATOR,)))
    assert data.districts == ("鼓楼区 (云1市)", "鼓楼区 (云2市)")
    assert [line.points[0].value for line in data.panels[0].lines] == [7.0, 7.0]


def test_a_chart_is_drawn_with_its_peers_in_the_data(study, tmp_path):
    wanted = Wanted(("990101", "990102"), (INDICATOR,), "city", 2023, 2024)
    picture, data = workflow.chart(study, wanted, tmp_path / "图.svg")
    words = data.read_text(encoding="utf-8-sig")
    assert picture.stat().st_size > 5000 and "云川市" in words and ",median,4" in words and ",2022," not in words
    with pytest.raises(UserError, match="chart_without_cells"):
        workflow.chart(study, replace(wanted, first=2023, last=2023), tmp_path / "空.svg")
    with pytest.raises(UserError, match="district_unknown"):
        workflow.chart(study, replace(wanted, districts=("无名县",)), tmp_path / "空.svg")


def test_what_stands_behind_a_point(store):
    doubt = Finding("rate_above_100", "error", ((29, 33),), {"indicator": INDICATOR, "found": 151.0}, fingerprint="abc")
    store.add_reports([entry(figures=[figure(151.0)], findings=[doubt])], program="1", catalogue="1")
    (point,) = workflow.series(store, Wanted(("990101",), (INDICATOR,))).points
    told = workflow.behind(store, point)
    assert told.printed == ("151件",) and told.sentences == ("全年收到行政复议申请151件，受理140件。",)
    assert len(told.findings) == 1 and told.findings[0]
    workflow.dismiss(store, 1, "abc", "已核实", reviewer=ME)
    assert not workflow.behind(store, point).findings
    gone = charts.Point("lawyers", 2024, 1.0, "verified", None, point.report_id)
    assert workflow.behind(store, gone) == workflow.Behind((), (), ())


def test_kept_charts_are_changes_of_the_log(store, tmp_path):
    one, other = Wanted(("990101",), (INDICATOR,)), Wanted(("青禾县", "临1县"), (), "province", 2020, None)
    workflow.keep_chart(store, " 一 图 ", one, reviewer=ME)
    workflow.keep_chart(store, "二", other, reviewer=YOU)
    assert workflow.kept_charts(store) == {"一 图": one, "二": other}
    workflow.keep_chart(store, "一 图", other, reviewer=ME)
    workflow.undo(store, reviewer=ME)
    assert workflow.kept_charts(store)["一 图"] == one
    with pytest.raises(UserError, match="chart_name_taken"):
        workflow.rename_chart(store, "一 图", "二", reviewer=ME)
    workflow.rename_chart(store, "一 图", "三", reviewer=ME)
    assert workflow.kept_charts(store) == {"二": other, "三": one}
    workflow.forget_chart(store, "二", reviewer=ME)
    workflow.undo(store, reviewer=ME)
    workflow.undo(store, reviewer=ME)
    assert workflow.kept_charts(store) == {"一 图": one, "二": other}
    workflow.redo(store, reviewer=ME)
    store.close()
    with Store.open(store.path, read_only=True) as again:
        assert set(workflow.kept_charts(again)) == {"二", "三"}
    assert list(workflow.self_test(store.path, Progress())) == []


@pytest.mark.parametrize("changed", [{"against": "world"}, {"districts": 5}, {"first": "soon"}, {"last": []}])
def test_what_cannot_have_been_kept_is_no_chart(changed):
    kept = asdict(Wanted(("990101",), (INDICATOR,), "all", 2020, 2024))
    assert Wanted.of(kept) == Wanted(("990101",), (INDICATOR,), "all", 2020, 2024)
    assert Wanted.of({**kept, **changed}) is None
    assert Wanted.of({}) is None and Wanted.of(None) is None and Wanted.of("x") is None


def test_districts_are_listed_once_in_the_order_of_the_matrix(study):
    add(study, facts("无码县", 2024, None), 1.0)
    add(study, replace(facts("无年县", None, None)), 1.0)
    listed = overview.districts(study)
    assert [district.key for district in listed] == [*sorted(PLACES), "无码县"]
    assert listed[0].place == "临江省云川市" and listed[-1].adcode is None
