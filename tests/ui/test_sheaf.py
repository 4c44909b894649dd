"""Work by the sheaf through the real window: phrases, putting aside, one change, one undo."""

from __future__ import annotations

import pytest
from handling import CTRL, Key, press, said

from db import queries
from db.sheaves import Line
from desktop import workflow
from desktop.ui.sheaf.counted_model import Counted, CountedModel
from desktop.ui.sheaf.line_model import SHEET, Column, LineModel
from desktop.workflow.sheaves import bind, phrase


@pytest.fixture
def sheaf(window, qtbot):
    window.acts["page_sheaf"].trigger()
    page = window.pages.sheaf
    settled(page, qtbot)
    choose(page, "reconsideration_received", qtbot)
    return page


def settled(page, qtbot):
    qtbot.waitUntil(lambda: not page.counting.busy and not page.binding.busy, timeout=10_000)


def choose(page, indicator, qtbot):
    page.indicator_list.setCurrentIndex(page.indicators.index(page.indicators.row_of(indicator)))
    settled(page, qtbot)


def line(figure_id, before, quote, after="。", **changed):
    made = Line(
        figure_id, 1, "青禾县", 2024, "received", 5.0, "件", None, 0.9, "extracted", before, quote, after, False
    )
    return made._replace(**changed)


@pytest.mark.parametrize(
    ("before", "quote", "after", "expected"),
    [
        ("工作有序。全年收到行政复议申请", "151件", "，受理140件。", "全年收到行政复议申请N件"),
        ("全县2024年共收到行政复议\n申请 ", "１，２０３ 件", "（含上年结转", "全县N年共收到行政复议申请N件"),
        ("聘请法律顾问", "三十二名", "、专家5名", "聘请法律顾问N名"),
        ("办结案件120件，其中", "12件", "调解结案，占", "办结案件N件，其中N件调解结案"),
        ("", "3次", "", "N次"),
    ],
)
def test_a_phrase_is_the_clause_with_its_numbers_left_open(before, quote, after, expected):
    assert phrase(before, quote, after) == expected


def test_lines_are_bound_by_phrase_and_the_single_ones_come_last():
    lines = [line(1, "全年收到申请", "5件"), line(2, "受理了申请", "7件"), line(3, "全年收到申请", "61件")]
    bound = bind(lines)
    assert [(sheaf.phrase, [one.figure_id for one in sheaf.lines]) for sheaf in bound] == [
        ("全年收到申请N件", [1, 3]),
        ("", [2]),
    ]


def test_a_sheaf_is_accepted_together_as_one_change_and_what_is_put_aside_stays_out(sheaf, window, qtbot):
    store = window.session.store
    total = sheaf.indicators.lines[sheaf.indicator_list.currentIndex().row()].count
    lines = [one.figure_id for one in sheaf.lines.rows]
    assert len(lines) > 2 and sheaf.table.model().index(0, Column.WORDS).data()
    sheaf.lines.aside.clear()
    sheaf.table.setFocus()
    sheaf.go_to(1)
    press(Key.Key_Space)
    assert sheaf.table.currentIndex().row() == 2
    press(Key.Key_Return, CTRL)
    states = {i: queries.figure(store, i).state for i in lines}
    assert states.pop(lines[1]) in ("extracted", "auto") and set(states.values()) == {"verified"}
    assert said(window).startswith(f"一并接受 {len(lines) - 1} 项")
    left = sheaf.indicators.lines[sheaf.indicators.row_of("reconsideration_received")].count
    assert left == total - len(lines) + 1
    assert lines[1] in {one.figure_id for bound in sheaf._sheaves for one in bound.lines}
    window.acts["undo"].trigger()
    assert {queries.figure(store, i).state for i in lines} <= {"extracted", "auto"}
    assert window.pages.currentWidget() is window.pages.places["sheaf"] and f"{len(lines) - 1} 项" in said(window)
    settled(sheaf, qtbot)
    assert set(lines) <= {one.figure_id for bound in sheaf._sheaves for one in bound.lines}


def test_enter_opens_the_figure_at_the_desk(sheaf, window):
    current = sheaf.lines.rows[sheaf.table.currentIndex().row()]
    sheaf.table.setFocus()
    press(Key.Key_Return)
    desk = window.pages.desk
    assert desk.opened.report.id == current.report_id and desk.current().id == current.figure_id


def test_what_is_decided_at_the_desk_leaves_the_sheaf(sheaf, window):
    current = sheaf.lines.rows[0]
    window.session.decide(workflow.reject, current.figure_id)
    assert current.figure_id not in {one.figure_id for bound in sheaf._sheaves for one in bound.lines}


def test_doubted_lines_are_aside_from_the_start(sheaf, window, qtbot):
    doubted = next(
        (indicator.key for indicator in sheaf.indicators.lines if _doubted(window.session.store, indicator.key)), None
    )
    assert doubted is not None, "the samples have findings"
    choose(sheaf, doubted, qtbot)
    marked = {one.figure_id for bound in sheaf._sheaves for one in bound.lines if one.doubted}
    assert marked and marked <= sheaf.lines.aside


def _doubted(store, indicator):
    from db import sheaves

    return any(one.doubted for one in sheaves.lines(store, indicator))


def test_models_of_the_sheaf(qtmodeltester):
    counted = CountedModel()
    qtmodeltester.check(counted)
    counted.show([Counted("a", "甲", 3), Counted("b", "乙", None)])
    qtmodeltester.check(counted)
    model = LineModel()
    qtmodeltester.check(model)
    model.show([line(n, "收到", f"{n}件", value=float(n % 7)) for n in range(SHEET + 5)])
    model.aside.add(3)
    qtmodeltester.check(model)
    assert model.rowCount() == SHEET and 3 not in model.taken()
    model.sort(Column.VALUE)
    values = [one.value for one in model.rows]
    assert values == sorted(values)
    model.turn([0, 1])
    assert {model.rows[0].figure_id, model.rows[1].figure_id} <= model.aside
    model.turn([0, 1])
    assert model.aside == {3}
