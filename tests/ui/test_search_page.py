"""Search over all texts in the window: from two characters, filtered, a key away from the desk."""

from __future__ import annotations

import pytest
from handling import CTRL, Key, press, type_in

from db import queries
from db.rows import Hit
from desktop.ui.in_context import CONTEXT_ROLE
from desktop.ui.search.hit_model import Column, HitModel


@pytest.fixture
def page(window):
    press(Key.Key_F, CTRL)
    return window.pages.search


def found(page, qtbot):
    qtbot.waitUntil(lambda: not page._wait.isActive() and not page.searching.busy, timeout=10_000)
    return page.hits.rows


def test_two_characters_are_enough_and_one_is_not(page, qtbot):
    assert page.phrase.hasFocus()
    type_in("复")
    assert found(page, qtbot) == [] and "两个字" in page.findChild(object, "search_told").text()
    type_in("议")
    hits = found(page, qtbot)
    assert hits and all("复议" in hit.line for hit in hits)
    before, quote, after = page.hits.index(0, Column.LINE).data(CONTEXT_ROLE)
    assert quote == "复议" and before + quote + after == hits[0].line
    assert f"{len(hits)} 处" in page.findChild(object, "search_told").text()


def test_a_report_is_named_once_and_filters_narrow(page, qtbot):
    type_in("行政")
    hits = found(page, qtbot)
    names = [page.hits.index(row, Column.DISTRICT).data() for row in range(len(hits))]
    assert names.count("") == len(hits) - len({hit.report_id for hit in hits})
    page.year.setCurrentIndex(page.year.findData(2023))
    assert {hit.year for hit in found(page, qtbot)} == {2023}
    page.district.setText(hits[0].district)
    assert {hit.district for hit in found(page, qtbot)} == {hits[0].district}
    page.state.setCurrentIndex(page.state.findData("verified"))
    assert found(page, qtbot) == []


def test_enter_goes_to_the_lines_and_then_to_the_place_at_the_desk(page, window, qtbot):
    type_in("行政复议")
    press(Key.Key_Return)
    found(page, qtbot)
    assert page.table.hasFocus()
    press(Key.Key_Down)
    hit = page.hits.rows[page.table.currentIndex().row()]
    press(Key.Key_Return)
    desk = window.pages.desk
    assert desk.opened.report.id == hit.report_id
    assert desk.opened.text[hit.start : hit.end] == "行政复议"
    assert desk.text.viewport().rect().contains(_place(desk, hit.start))
    press(Key.Key_F, CTRL)
    assert page.phrase.selectedText() == "行政复议", "it can be typed over"


def _place(desk, offset):
    from PySide6.QtGui import QTextCursor

    cursor = QTextCursor(desk.text.document())
    cursor.setPosition(desk.text._offsets.to_utf16(offset))
    return desk.text.cursorRect(cursor).center()


def test_the_last_of_several_searches_is_the_one_that_is_shown(page, qtbot):
    page.phrase.setText("诉讼")
    page.search()
    page.phrase.setText("公开")
    page.search()
    assert all("公开" in hit.line for hit in found(page, qtbot)) and page.hits.rows


def test_the_model_of_lines(window, qtmodeltester):
    from db.phrases import patterns

    model = HitModel()
    qtmodeltester.check(model)
    report = queries.reports(window.session.store)[0]
    hits = [
        Hit(report.id, None, None, None, "in_review", 3, 5, "收到行政复议申请"),
        Hit(9, "甲县", None, 2023, "verified", 1, 3, "无"),
    ]
    model.show(hits, patterns("复议"))
    qtmodeltester.check(model)
    assert model.index(0, Column.DISTRICT).data() == "地区未知" and model.index(0, Column.YEAR).data() == "年度未知"
    assert model.index(1, Column.LINE).data(CONTEXT_ROLE) == ("", "", "无")
