"""Naming the figures that make a cell, at the desk: by keys, by mouse, and what is said of it everywhere."""

from __future__ import annotations

import pytest
from handling import CTRL, REVIEWER, Key, press, said, type_in, undecided
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db import queries
from db.store import Store
from desktop import workflow
from desktop.progress import Progress
from desktop.text import say, set_language
from desktop.ui.desk.naming import Column, NamingModel
from desktop.ui.merging import dispute_words

INDICATOR = "reconsideration_received"


@pytest.fixture
def asked(desk):
    """Ask for the figures of a cell that one figure makes by itself; give that figure."""
    figure = next(f for f in undecided(desk) if f.indicator == INDICATOR)
    desk.table.choose(figure.id)
    open_panel()
    return figure


def open_panel():
    press(Key.Key_F4, CTRL)
    press(Key.Key_Return)


def cell_of(desk):
    cells = queries.report_cells(desk.session.store, desk.session.catalogue, desk.opened.report.id)
    return next(cell for cell in cells if cell.indicator == INDICATOR)


def words(desk, name):
    return desk.findChild(object, name).text()


def marked(desk):
    """Return where the strong mark stands in the text (UTF-16)."""
    selections = desk.text.extraSelections()  # Qt's cursors live no longer than their list
    return selections[1].cursor.selectionStart()


def test_figures_are_ticked_by_keys_and_their_sum_grows(desk, window, asked):
    panel = desk.naming
    assert panel.isVisible() and panel.search.hasFocus()
    first = [panel.model.index(0, column).data() for column in Column]
    assert panel.ticked() == [asked], "the one that makes the cell now is ticked"
    assert first[0] == f"{asked.value:g} {asked.unit}" and asked.quote in first[2]
    assert words(desk, "naming_sum") == first[0]
    before = marked(desk)
    press(Key.Key_Down)
    second = panel.model.rows[1].figure
    assert marked(desk) != before, "the text shows the figure of the line"
    press(Key.Key_Space)
    total = asked.value + second.value
    assert {figure.id for figure in panel.ticked()} == {asked.id, second.id}
    assert words(desk, "naming_sum").endswith(f" = {total:,.10g} 件")
    press(Key.Key_Tab)
    type_in("see both lines")
    press(Key.Key_Return)
    assert panel.isHidden() and desk.table.hasFocus() and marked(desk) == before
    made = cell_of(desk)
    assert (made.value, made.comment, len(made.named)) == (total, "see both lines", 2)
    assert "已指定" in said(window) and f"{total:,.10g}" in said(window)
    assert f"{total:,.10g} 件 (see both lines)" in words(desk, "not_reported")
    press(Key.Key_Z, CTRL)
    assert cell_of(desk).value == asked.value and "指定数据" in said(window)


def test_typing_narrows_the_list_and_escape_leaves_all_as_it_was(desk, asked):
    panel = desk.naming
    everything = panel.model.rowCount()
    type_in("行政诉讼")
    assert 0 < panel.model.rowCount() < everything
    assert all("行政诉讼" in "".join(line.words) + line.indicator for line in panel.model.rows)
    panel.search.clear()
    type_in("ms")  # pinyin initials: what is read as such an indicator
    assert {line.figure.indicator for line in panel.model.rows} != {INDICATOR} and panel.model.rowCount() < everything
    press(Key.Key_Space)
    press(Key.Key_Escape)
    assert panel.isHidden() and desk.table.hasFocus() and desk.opened.cells == {}
    open_panel()
    desk.table.setFocus()
    assert panel.isHidden(), "the keys would act on figures that it hides"


def test_a_click_ticks_a_line_once_wherever_it_falls(desk, asked):
    panel = desk.naming
    for column in Column:
        place = panel.table.visualRect(panel.model.index(2, column))
        QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=place.center())
    assert {line.figure.id for line in panel.model.rows[:3]} & panel.model.ticked == {
        asked.id, panel.model.rows[2].figure.id,
    }  # fmt: skip
    box = panel.table.visualRect(panel.model.index(2, Column.FIGURE))
    QTest.mouseClick(panel.table.viewport(), Qt.MouseButton.LeftButton, pos=box.topLeft() + box.center() / 8)
    assert panel.ticked() == [asked] and panel.isVisible()


def test_one_that_was_rejected_since_is_told_and_naming_anew_settles_it(desk, asked):
    press(Key.Key_Down)
    press(Key.Key_Space)
    press(Key.Key_Return)
    second = next(f for f in desk.model.figures() if f.id != asked.id and f.anchor in cell_of(desk).named)
    desk.table.choose(second.id)
    assert desk.session.indicator_name(INDICATOR) in words(desk, "detail_indicator")
    press(Key.Key_Delete)
    assert cell_of(desk).state == "queried" and "不再计入" in words(desk, "not_reported")
    desk.table.choose(asked.id)
    open_panel()
    assert desk.naming.ticked() == [asked] and "1 项" in words(desk, "naming_notice")
    press(Key.Key_Return)
    assert (cell_of(desk).value, len(cell_of(desk).named)) == (asked.value, 1) and cell_of(desk).state != "queried"
    history = words(desk, "detail_history")
    assert f"“{asked.quote}”" in history and "指定数据" in history


def test_one_that_goes_while_the_panel_is_open_is_told_and_nothing_is_named(desk, window, asked):
    desk.session.decide(workflow.reject, asked.id)
    assert desk.naming.isVisible()
    press(Key.Key_Return)
    assert said(window) == say("naming_gone", n=1)
    assert INDICATOR not in queries.said_of_cells(desk.session.store, desk.opened.report.id)


def test_no_tick_takes_the_naming_back_and_says_nothing_where_none_stood(desk, window, asked):
    press(Key.Key_Space)
    assert "没有勾选" in words(desk, "naming_sum")
    press(Key.Key_Return)
    assert desk.naming.isHidden() and desk.opened.cells == {}
    open_panel()
    press(Key.Key_Return)
    assert INDICATOR in desk.opened.cells
    other = next(f for f in undecided(desk) if f.indicator == INDICATOR or f.id == asked.id)
    desk.table.choose(other.id)
    open_panel()
    press(Key.Key_Space)
    press(Key.Key_Return)
    assert desk.opened.cells == {} and "已收回指定" in said(window)


def test_what_stands_of_the_cell_is_told_before_figures_take_its_place(desk, asked):
    press(Key.Key_Escape)
    workflow.enter_cell(desk.session.store, desk.opened.report.id, INDICATOR, "12", "附表", reviewer=REVIEWER)
    desk.refresh()
    press(Key.Key_F4, CTRL)
    assert "12 件" in desk.picker._model.index(0).data()
    press(Key.Key_Return)
    assert "12 件" in words(desk, "naming_notice") and desk.naming.ticked() == [asked]


def test_a_figure_left_out_of_the_cell_of_its_indicator_is_told_so(desk, asked):
    press(Key.Key_Space)
    press(Key.Key_Down)
    press(Key.Key_Space)
    press(Key.Key_Return)
    desk.table.choose(asked.id)
    desk.refresh()
    desk.point_back()
    assert "不计入这一项" in words(desk, "detail_indicator")
    assert asked.id not in desk.opened.makers


def test_the_sides_of_a_dispute_say_which_figures_each_named(desk, window, tmp_path):
    store, report = window.session.store, desk.opened.report
    figures = [f.id for f in desk.model.figures()[:3]]
    to = tmp_path / "同事.hebao"
    part = workflow.Part((report.district,))
    workflow.hand_out(store, {to: "李静"}, part, Progress(), reviewer=REVIEWER, sources=False)
    with Store.open(to) as theirs:
        there = next(r for r in queries.reports(theirs) if r.source_sha256 == report.source_sha256)
        named = [f.id for f in queries.figures(theirs, there.id)[:1]]
        workflow.name_figures(theirs, there.id, INDICATOR, named, reviewer="李静")
    workflow.name_figures(store, report.id, INDICATOR, figures, reviewer=REVIEWER)
    workflow.merge(store, to, Progress(), back_up=False)
    [dispute] = [one for one in queries.disputes(store) if one.kind == "cell"]
    told = {side.reviewer: dispute_words.said(window.session, dispute, side) for side in dispute.sides}
    first = desk.model.figures()[0]
    assert told["李静"].startswith(f"{first.value:,.10g} {first.unit}")
    assert told[REVIEWER].count(" + ") == 2 and " = " in told[REVIEWER]


def test_the_model_of_figures_to_name(desk, asked, qtmodeltester):
    qtmodeltester.check(NamingModel())
    qtmodeltester.check(desk.naming.model)
    assert all(field.accessibleName() for field in (desk.naming.search, desk.naming.reason, desk.naming.table))
    told = desk.naming.model.index(0, Column.FIGURE).data(Qt.ItemDataRole.AccessibleTextRole)
    assert told.startswith(f"{asked.value:g}") and told != desk.naming.model.index(0, 0).data()
    desk.naming.model.turn(0)
    assert desk.naming.model.index(0, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked


def test_the_panel_goes_with_the_language(desk, asked):
    try:
        set_language("en")
        desk.retranslate()
        assert desk.naming.isHidden()
    finally:
        set_language("zh")
        desk.retranslate()
