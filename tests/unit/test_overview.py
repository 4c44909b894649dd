"""Where the store stands: rows for the matrix, marks, pace; and the board that filters them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from store_samples import ADVISERS, LAWSUITS, ME, RECEIVED, YOU, add, by_indicator, decide, entry, facts

from db import overview, sheaves
from db.overview import Marks, Standing
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.model import Finding
from desktop.ui.reports.board import Board, narrowed
from desktop.workflow.overseeing import per_hour

THEMES = {"received": "disputes", "accepted": "disputes", "advisers": "services", "lawsuits": "disputes"}


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.hebao") as made:
        yield made


def standing(report_id, **changed):
    row = Standing(
        report_id, "甲县", "990101", "云川市", "临江省", 2024, "unreviewed", 1, 0, 4, 0, 0, 0, f"{report_id}.txt"
    )
    return row._replace(**changed)


def test_reports_are_counted_and_withdrawn_ones_told(store):
    first, second = add(store), add(store, entry("二.txt", of=facts("红叶县", 2023, None)))
    figures = by_indicator(store, first)
    decide(store, "accept", figures["received"].id)
    decide(store, "query", figures["lawsuits"].id, "再看")
    decide(store, "withdraw", second)
    rows = {row.id: row for row in overview.standings(store)}
    assert (rows[first].decided, rows[first].waiting, rows[first].auto) == (1, 5, 0) and rows[first].figures == 6
    assert rows[second].withdrawn and rows[second].place == (None, "红叶县")
    assert overview.standings(store, [first]) == [rows[first]]
    assert overview.order(store) == [first] and overview.size(store) == 2
    assert overview.places(store) == (["红叶县", "青禾县"], [2023, 2024])


@pytest.mark.parametrize("damage", ["year = '二零二四'", "state = 'open'", "district = x'00'", "findings = 1.5"])
def test_a_report_of_the_wrong_kind_is_refused_by_its_number(store, damage):
    add(store)
    store._connection.execute(f"UPDATE report SET {damage}")
    with pytest.raises(UserError) as refused:
        overview.standings(store)
    assert refused.value.message_id == "store_part_damaged"


def test_marks_tell_open_findings_reviewers_themes_and_bands(store):
    found = [
        Finding("stated_twice", "error", ((29, 33),), {}, None, "f-1"),
        Finding("heading_gap", "notice", (), {}, (0, 2), "f-2"),
    ]
    first, second = add(store, entry(findings=found)), add(store, entry("二.txt"))
    decide(store, "accept", by_indicator(store, first)["received"].id)
    decide(store, "accept", by_indicator(store, first)["lost"].id, reviewer=YOU)
    decide(store, "dismiss", "f-2", first, "排版")
    marks = overview.marks(store, THEMES)
    assert marks[first].checks == ("stated_twice",) and set(marks[first].reviewers) == {ME, YOU}
    assert marks[first].themes == ("disputes", "services") and marks[first].bands == (1, 2)
    assert marks[second] == Marks((), (), ("disputes", "services"), (1, 2, 3))
    assert overview.marks(store, THEMES, [second]) == {second: marks[second]}


def test_what_waits_is_counted_by_indicator_whichever_are_fewer(store):
    first = add(store)
    add(store, entry("二.txt"))  # does not count: the first is of the same district and year
    wanted = {"received": 1, "accepted": 1, "advisers": 1, "lawsuits": 1, "lost": 1}
    assert sheaves.waiting(store) == wanted
    for figure in by_indicator(store, first).values():
        if figure.indicator != "lost":
            decide(store, "accept", figure.id)
    assert sheaves.waiting(store) == {"lost": 1}


def test_a_line_brings_the_words_around_its_figure(store):
    report_id = add(store, entry(findings=[Finding("stated_twice", "error", ((29, 33),), {}, None, "f-1")]))
    (line,) = sheaves.lines(store, "received")
    assert (line.report_id, line.quote, line.value, line.doubted) == (report_id, "151件", RECEIVED.value, True)
    assert line.before.endswith("全年收到行政复议申请") and line.after.startswith("，受理140件")
    decide(store, "reject", line.figure_id)
    assert list(sheaves.lines(store, "received")) == []
    assert [line.quote for line in sheaves.lines(store, "lawsuits")] == ["３８件"] and LAWSUITS.unit == "件"
    assert ADVISERS.indicator == "advisers"


def test_the_pace_is_counted_while_at_work_and_not_in_the_breaks():
    begun = datetime(2025, 3, 3, 9, 0, tzinfo=UTC)
    steady = [begun + timedelta(seconds=10 * n) for n in range(31)]
    assert per_hour(steady) == pytest.approx(360)
    after_lunch = [at + timedelta(hours=4) for at in steady]
    assert per_hour([*steady, *after_lunch]) == pytest.approx(360)
    assert per_hour(steady[:5]) is None and per_hour([]) is None


def test_todays_decisions_are_counted_once_each(store):
    figures = by_indicator(store, add(store))
    decide(store, "accept", figures["received"].id)
    decide(store, "query", figures["received"].id, "再看")
    decide(store, "accept", figures["lost"].id)
    decide(store, "accept", figures["advisers"].id, reviewer=YOU)
    assert workflow.pace(store, ME).today == 2 and workflow.pace(store, YOU).today == 1
    assert workflow.pace(store, "无名").today == 0
    workflow.undo(store, reviewer=ME)
    assert workflow.pace(store, ME).today == 1, "what was undone is not decided"
    workflow.redo(store, reviewer=ME)
    assert workflow.pace(store, ME).today == 2
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    assert workflow.pace(store, ME, now=tomorrow).today == 0


def test_facets_narrow_each_other_and_count_their_own_alternatives():
    board = Board()
    board.load(
        [
            standing(1),
            standing(2, year=2023, state="verified"),
            standing(3, year=2023, city="雾川市", findings=2),
            standing(4, district=None, adcode=None, city=None, province=None),
            standing(5, withdrawn=1),
        ]
    )
    board.mark({3: Marks(("stated_twice",), ("王敏",), ("disputes",), (0, 3))})
    found = board.find()
    assert [row.id for row in found.fitting] == [1, 2, 3, 4], "withdrawn ones are shown on demand"
    assert found.counts["state"] == {"unreviewed": 3, "verified": 1, "finding": 1, "unplaced": 1, "withdrawn": 1}
    assert found.counts["year"] == {2024: 2, 2023: 2} and found.counts["check"] == {"stated_twice": 1}
    board.chosen = {"year": {2023}}
    found = board.find()
    assert [row.id for row in found.fitting] == [2, 3]
    assert found.counts["year"] == {2024: 2, 2023: 2}, "the other years can still be chosen"
    assert found.counts["state"] == {"unreviewed": 1, "verified": 1, "finding": 1}
    board.chosen = {"year": {2023}, "state": {"verified"}}
    assert [row.id for row in board.find().fitting] == [2]
    board.chosen = {"state": {"withdrawn"}}
    assert [row.id for row in board.find().fitting] == [5]
    board.chosen, board.wanted = {"place": {"临江省", "临江省/雾川市"}}, "甲"
    assert [row.id for row in board.find().fitting] == [3], "a city narrows its province"
    assert narrowed({"临江省", "临江省/雾川市", "汀原省"}) == {"临江省/雾川市", "汀原省"}


def test_a_report_is_taken_anew_in_its_place_unless_it_moves():
    board = Board()
    board.load([standing(1), standing(2, year=2023)])
    assert board.replace([standing(2, year=2023, state="verified")], {}) is not None
    assert board.row(2).state == "verified" and board.find().counts["state"] == {"unreviewed": 1, "verified": 1}
    assert board.replace([standing(2, year=2022)], {}) is None
    assert board.replace([standing(9)], {}) is None and board.row(9) is None
