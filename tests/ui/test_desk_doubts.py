"""What speaks against figures: findings, other readings of the machine, numerals nothing claims; and the history."""

from __future__ import annotations

from dataclasses import replace

import pytest
from handling import CTRL, SHIFT, Key, click_text, press, said, show, type_in
from planted import keep, plant
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QApplication, QToolButton

from db import queries
from desktop import settings
from desktop.ui.desk.figure_model import Column
from desktop.ui.desk.order import doubtful, following
from desktop.ui.desk.text_pane import numeral_format


@pytest.fixture
def planted():
    return plant("jichuan-2024.txt", 2)


@pytest.fixture
def planted_desk(shell, planted, tmp_path, qtbot):
    """The desk with a report in whose extraction errors were planted."""
    settings.remember("reviewer", "王敏")
    window = show(shell, keep(tmp_path / "植入.hebao", planted), qtbot)
    window.pages.show_desk()
    return window.pages.desk


def part(desk, name):
    return desk.detail.findChild(object, f"detail_{name}").text()


@pytest.fixture
def doubted(desk, qtbot):
    """A figure whose finding compares it with another, made the current one: more was accepted than came in."""
    received, accepted = (
        next(f for f in desk.model.figures() if f.indicator == f"reconsideration_{what}")
        for what in ("received", "accepted")
    )
    desk.table.choose(accepted.id)
    type_in(f"{received.value * 3:g}")
    press(Key.Key_Return)
    qtbot.waitUntil(lambda: not desk.session.checking.busy and accepted.id in desk.opened.by_figure)
    desk.table.choose(accepted.id)
    QApplication.processEvents()
    return accepted, desk.opened.by_figure[accepted.id][0]


def test_a_finding_leads_to_each_of_its_figures_by_key_and_by_link(desk, doubted):
    figure, row = doubted
    others = [f for f in desk.opened.figures if (f.start, f.end) in row.finding.figures and f.id != figure.id]
    seen = set()
    for _ in row.finding.figures:
        press(Key.Key_F9)
        seen.add(desk.current().id)
    assert {f.id for f in others} <= seen
    desk.table.choose(figure.id)
    for other in others:
        assert f"figure:{other.id}" in part(desk, "findings")
    desk.detail.findChild(object, "detail_findings").linkActivated.emit(f"figure:{others[0].id}")
    assert desk.current().id == others[0].id and desk.table.hasFocus()


def test_a_finding_is_dismissed_with_a_reason_and_brought_back(desk, window, doubted):
    figure, row = doubted
    press(Key.Key_F9, SHIFT)
    press(Key.Key_Return)
    refusal = desk.detail.note.findChild(object, "note_error")
    assert refusal.isVisible() and "理由" in refusal.text()
    type_in("已与原件核对")
    press(Key.Key_Return)
    kept = next(r for r in queries.findings(desk.session.store, desk.opened.report.id)
                if r.finding.fingerprint == row.finding.fingerprint)  # fmt: skip
    assert kept.dismissed and kept.reason == "已与原件核对"
    assert figure.id not in desk.model.findings() or len(desk.opened.by_figure[figure.id]) > 1
    assert "已与原件核对" in part(desk, "findings") and "恢复" in part(desk, "findings")
    press(Key.Key_Z, CTRL)
    assert said(window).startswith("已撤销：忽略疑点") and "·" in said(window)
    press(Key.Key_Y, CTRL)
    desk.table.choose(figure.id)
    desk.detail.findChild(object, "detail_findings").linkActivated.emit(f"restore:{row.finding.fingerprint}")
    rows = queries.findings(desk.session.store, desk.opened.report.id)
    assert not any(r.dismissed for r in rows)


def test_a_finding_of_the_whole_report_is_shown_followed_and_dismissed(window):
    store = window.session.store
    loose = next(r for r in queries.reports(store) for f in queries.findings(store, r.id) if f.finding.span)
    window.pages.open_report(loose.id)
    desk = window.pages.desk
    row = next(r for r in desk.opened.loose_findings if r.finding.span)
    line = desk.findChild(object, "report_findings")
    assert line.isVisible() and "▲" in line.text()
    line.linkActivated.emit(f"span:{row.finding.span[0]}-{row.finding.span[1]}")
    assert desk.text.selected() == row.finding.span
    line.linkActivated.emit(f"dismiss:{row.finding.fingerprint}")
    type_in("按原件排版如此")
    press(Key.Key_Return)
    assert "恢复" in line.text() and "按原件排版如此" in line.text()
    figure = next(f for f in desk.model.figures() if f.id not in desk.opened.by_figure)
    desk.table.choose(figure.id)
    press(Key.Key_F9, SHIFT)
    assert "恢复" not in line.text(), "brought back by its key, where the figure has no finding of its own"


def test_open_numerals_are_marked_walked_and_passed_over_for_good(planted_desk):
    desk = planted_desk
    numerals = desk.opened.open_numerals
    assert numerals
    position = desk.text._offsets.to_utf16(numerals[0].start)
    block = desk.text.document().findBlock(position)
    marks = [f for f in block.layout().formats() if f.start == position - block.position()]
    assert QTextCharFormat(marks[0].format).underlineStyle() == numeral_format().underlineStyle()
    for numeral in [*numerals, numerals[0]]:
        press(Key.Key_F5)
        assert desk.numeral == numeral and desk.current() is None
    assert "没有数据认领它" in part(desk, "numeral") and "F6" in part(desk, "numeral")
    press(Key.Key_Return)
    assert numerals[0] not in desk.opened.open_numerals
    desk.opened = None
    desk.open_report(queries.reports(desk.session.store)[0].id)
    assert numerals[0] not in desk.opened.open_numerals, "it is remembered in the store"
    press(Key.Key_Z, CTRL)
    assert numerals[0] in desk.opened.open_numerals


def test_all_numerals_that_are_no_figures_can_be_walked_through(planted_desk):
    desk = planted_desk
    unclaimed = desk.opened.unclaimed
    assert {numeral.numeral_class for numeral in unclaimed} > {"open", "date"}
    seen = []
    for _ in unclaimed:
        press(Key.Key_F5, SHIFT)
        seen.append(desk.numeral)
    assert sorted(seen) == sorted(unclaimed)
    before = len(desk.opened.open_numerals)
    desk.show_numeral(next(n for n in unclaimed if n.numeral_class == "date"))
    press(Key.Key_Return)
    assert len(desk.opened.open_numerals) == before, "what a rule left out needs no decision"


def test_a_numeral_becomes_a_figure_with_its_unit_and_an_indicator(planted_desk):
    desk = planted_desk
    numeral = desk.opened.open_numerals[0]
    click_text(desk, numeral.start)
    assert desk.numeral == numeral
    press(Key.Key_F6)
    assert desk.picker.isVisible()
    first = desk.picker._model.offers[0]
    press(Key.Key_Return)
    made = next(f for f in desk.model.figures() if f.start <= numeral.start < f.end)
    assert (made.origin, made.state, made.indicator) == ("person", "verified", first.id)
    assert made.unit and made.end > numeral.end
    assert numeral not in desk.opened.unclaimed


def test_the_value_and_the_unit_of_a_numeral_are_not_edited(planted_desk):
    desk = planted_desk
    before = [(f.id, f.value) for f in desk.model.figures()]
    press(Key.Key_F5)
    for key in (Key.Key_F2, Key.Key_F3, Key.Key_5, Key.Key_F7, Key.Key_F8):
        press(key)
    assert desk.table.hasFocus() and desk.picker.isHidden()
    assert [(f.id, f.value) for f in desk.model.figures()] == before
    press(Key.Key_Down)
    assert desk.current() is not None and desk.numeral is None


def read_otherwise(desk, report, figure, **other):
    """Let the machine read the report again, one figure of it otherwise than before."""
    given = tuple(f._replace(**other) if f.start == figure.start else f for f in report.given.figures)
    store, report_id = desk.session.store, desk.opened.report.id
    store.replace_extraction(report_id, replace(report.given, figures=given), program="9", catalogue="9")
    desk.refresh()


def test_where_the_machine_reads_otherwise_since_all_readings_stand_side_by_side(planted_desk, planted):
    desk = planted_desk
    figure = next(f for f in desk.model.figures() if f.value > 20)
    desk.table.choose(figure.id)
    type_in("19")
    press(Key.Key_Return)
    desk.table.choose(figure.id)
    assert figure.id not in desk.opened.anew, "that a person corrected it is no doubt"
    assert f"{figure.value:g}" in part(desk, "machine")
    read_otherwise(desk, planted, figure, value=figure.value + 1)
    press(Key.Key_Up)
    desk.table.choose(figure.id)
    assert figure.id in desk.opened.anew
    shown = part(desk, "machine")
    for value in (figure.value, 19, figure.value + 1):
        assert f"{value:g} {figure.unit}" in shown
    assert "take:then" in shown and "take:now" in shown and "keep:" in shown
    assert queries.figure(desk.session.store, figure.id).value == 19, "the person's stays"


@pytest.mark.parametrize(("way", "value"), [("take:then", 0), ("take:now", 1), ("keep:", None)])
def test_either_reading_can_be_taken_or_the_decision_kept(planted_desk, planted, way, value):
    desk = planted_desk
    figure = next(f for f in desk.model.figures() if f.value > 20)
    desk.table.choose(figure.id)
    type_in("19")
    press(Key.Key_Return)
    read_otherwise(desk, planted, figure, value=figure.value + 1)
    desk.table.choose(figure.id)
    desk.detail.findChild(object, "detail_machine").linkActivated.emit(way)
    after = queries.figure(desk.session.store, figure.id)
    assert after.value == (19 if value is None else figure.value + value) and after.state == "verified"
    assert figure.id not in desk.opened.anew


def test_enter_keeps_the_decision_and_f12_takes_the_machine(planted_desk, planted):
    desk = planted_desk
    figures = [f for f in desk.model.figures() if f.value > 20][:2]
    for figure in figures:
        desk.table.choose(figure.id)
        type_in("19")
        press(Key.Key_Return)
        read_otherwise(desk, planted, figure, value=figure.value + 1)
    first, second = figures
    desk.table.choose(second.id)
    press(Key.Key_Return)
    assert second.id not in desk.opened.anew and queries.figure(desk.session.store, second.id).value == 19
    desk.table.choose(second.id)
    press(Key.Key_F12)
    assert queries.figure(desk.session.store, second.id).value == second.value + 1
    assert queries.figure(desk.session.store, first.id).value == 19


def test_the_history_tells_who_what_and_when_and_takes_one_change_back(desk, window):
    figure = desk.current()
    type_in("77")
    press(Key.Key_Return)
    other = desk.current()
    press(Key.Key_Return)
    desk.table.choose(figure.id)
    press(Key.Key_F8)
    type_in("see the annex")
    press(Key.Key_Return)
    QApplication.processEvents()
    told = part(desk, "history")
    for words in ("王敏", "改数值", f"{figure.value:,.10g} → 77", "批注", "see the annex"):
        assert words in told
    newest = queries.history(desk.session.store, desk.opened.report.id, figure.id)[-1]
    assert told.count("undo:") == 1 and f"undo:{newest.uuid}" in told, "only what stands can be taken back"
    desk.detail.findChild(object, "detail_history").linkActivated.emit(f"undo:{newest.uuid}")
    after = queries.figure(desk.session.store, figure.id)
    assert (after.comment, after.value) == ("", 77)
    assert queries.figure(desk.session.store, other.id).state == "verified"
    assert "撤销" in said(window)


def test_last_year_is_told_with_the_change_and_leads_there(desk):
    other = None
    for figure in desk.opened.figures:
        years = queries.other_years(desk.session.store, desk.opened.report.id, figure.indicator or "")
        if years and years[0].figure.value not in (0, figure.value):
            other = years[0]
            break
    desk.table.choose(figure.id)
    told = part(desk, "other_years")
    difference = figure.value - other.figure.value
    assert f"{difference:+,.10g}" in told and f"{difference / other.figure.value:+.1%}" in told
    desk.detail.findChild(object, "detail_other_years").linkActivated.emit(
        f"report:{other.report_id}-{other.figure.id}"
    )
    assert desk.opened.report.id == other.report_id and desk.current().id == other.figure.id


def test_what_rules_closed_is_shown_as_such_and_comes_last(desk):
    closed = [f for f in desk.model.figures() if f.state == "auto"]
    assert closed
    row = desk.model.row_of(closed[0].id)
    assert desk.model.index(row, Column.STATE).data() == "规则判定"
    waiting = [item.figure for item in following(desk.opened)]
    states = [desk.model.figure(desk.model.row_of(i)).state for i in waiting if i is not None]
    doubts = len(doubtful(desk.opened))
    assert "extracted" not in states[states.index("auto", doubts) :]


def test_every_part_of_the_desk_is_reached_by_tab_and_enter_follows_a_link_there(desk, doubted):
    figure = doubted[0]
    desk.table.setFocus()
    reached = []
    for _ in range(60):
        press(Key.Key_Tab)
        widget = QApplication.focusWidget()
        reached.append(widget.objectName() or widget.accessibleName() or widget.text())
        if widget.objectName() == "detail_findings":
            break
    assert all(reached) and reached[-1] == "detail_findings"
    before = queries.figure(desk.session.store, figure.id)
    press(Key.Key_Tab)  # on to its first link
    press(Key.Key_Return)
    assert desk.current().id != figure.id, "the link leads to the other figure"
    assert queries.figure(desk.session.store, figure.id) == before, "and accepts nothing"


def test_the_space_bar_on_a_button_is_the_button(desk):
    button = next(b for b in desk.bar.findChildren(QToolButton) if b.defaultAction() is not None
                  and b.defaultAction().objectName() == "comment")  # fmt: skip
    button.setFocus()
    states = [f.state for f in desk.model.figures()]
    press(Key.Key_Space)
    assert [f.state for f in desk.model.figures()] == states
    assert desk.detail.note.line.hasFocus()
