"""Editing where one looks: what else a field may be, places, second indicators, cells' own numbers, whole sentences."""

from __future__ import annotations

import pytest
from handling import CTRL, SHIFT, Key, press, said, select_text, type_in, undecided
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget

from db import queries
from desktop.ui.desk.figure_model import BACKGROUND, Column
from desktop.ui.desk.suggesting import likely, units, values
from desktop.ui.theme import theme


def stored(desk, figure_id):
    return queries.figure(desk.session.store, figure_id)


def offers(desk):
    shown = desk.table.findChild(QListWidget, "field_offers")
    return [shown.item(i).text() for i in range(shown.count())] if shown.isVisible() else []


def test_arrows_put_what_else_a_value_may_be_into_the_field(desk):
    figure = next(f for f in desk.model.figures() if f.value > 20)
    desk.table.choose(figure.id)
    type_in("7")
    assert offers(desk) == [], "who types has no use for offers"
    press(Key.Key_Return)
    desk.table.choose(figure.id)
    press(Key.Key_F2)
    assert offers(desk) == [f"{figure.value:.15g}"] == values(stored(desk, figure.id))
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert stored(desk, figure.id).value == figure.value
    assert offers(desk) == []


def test_a_click_takes_what_is_on_offer_into_the_field(desk):
    figure = next(f for f in undecided(desk) if f.indicator and units(f, desk.session.catalogue))
    desk.table.choose(figure.id)
    press(Key.Key_F2, SHIFT)
    first = offers(desk)[0]
    shown = desk.table.findChild(QListWidget, "field_offers")
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=shown.visualItemRect(shown.item(0)).center())
    assert QApplication.focusWidget().text() == first
    press(Key.Key_Escape)
    assert stored(desk, figure.id).unit == figure.unit and not offers(desk)


def test_the_place_of_a_figure_is_set_by_what_is_selected(desk, window):
    text = desk.opened.text
    figure = next(f for f in undecided(desk) if text[f.start : f.end].startswith(("1", "2")) and f.value > 100)
    desk.table.choose(figure.id)
    press(Key.Key_F6, SHIFT)
    assert "Shift+F6" in said(window), "nothing is selected"
    select_text(desk, figure.start + 1, figure.end)
    press(Key.Key_F6, SHIFT)
    after = stored(desk, figure.id)
    assert (after.start, after.end, after.state) == (figure.start + 1, figure.end, "verified")
    assert after.value != figure.value and after.unit == figure.unit
    assert desk.text.selected() is None
    press(Key.Key_Z, CTRL)
    assert (stored(desk, figure.id).start, stored(desk, figure.id).value) == (figure.start, figure.value)
    select_text(desk, 0, 2)
    press(Key.Key_F6, SHIFT)
    assert stored(desk, figure.id).start == figure.start and "没有" in said(window)


def test_one_number_stands_for_two_indicators(desk, window):
    figure = next(f for f in undecided(desk) if f.indicator)
    before = len(desk.model.figures())
    desk.table.choose(figure.id)
    press(Key.Key_F6, CTRL)
    assert figure.quote in desk.picker.findChild(object, "picker_search").accessibleName()
    second = next(offer for offer in desk.picker._model.offers if offer.id != figure.indicator)
    type_in(second.id)
    press(Key.Key_Return)
    both = [f for f in desk.model.figures() if (f.start, f.end) == (figure.start, figure.end)]
    assert len(desk.model.figures()) == before + 1
    assert {f.indicator for f in both} == {figure.indicator, second.id}
    assert {f.state for f in both} == {"verified"} and {f.value for f in both} == {figure.value}
    press(Key.Key_F6, CTRL)
    desk.table.choose(figure.id)
    desk.picker.picked.emit("split", second.id)
    assert "已有这个指标" in said(window)
    press(Key.Key_Escape)
    press(Key.Key_Z, CTRL)
    assert len(desk.model.figures()) == before and stored(desk, figure.id).state in ("extracted", "auto")


def test_a_cell_gets_its_own_number_with_a_reason(desk, window):
    figure = next(f for f in undecided(desk) if f.indicator)
    desk.table.choose(figure.id)
    press(Key.Key_F4, SHIFT)
    assert desk.picker._model.offers[0].id == figure.indicator, "that of the current figure stands first"
    press(Key.Key_Return)
    type_in("x")
    press(Key.Key_Return)
    press(Key.Key_Return)
    refusal = desk.detail.cell.findChild(object, "cell_error")
    assert refusal.isVisible() and "x" in refusal.text() and desk.detail.cell.number.hasFocus()
    desk.detail.cell.number.selectAll()
    type_in("12万")
    press(Key.Key_Return)
    press(Key.Key_Return)
    assert "理由" in refusal.text() and desk.detail.cell.reason.hasFocus()
    type_in("see annex 2")
    press(Key.Key_Return)
    cells = queries.report_cells(desk.session.store, desk.session.catalogue, desk.opened.report.id)
    cell = next(c for c in cells if c.indicator == figure.indicator)
    assert (cell.value, cell.state, cell.comment, cell.entered) == (120000, "verified", "see annex 2", True)
    shown = desk.findChild(object, "not_reported")
    assert shown.isVisible() and "120,000" in shown.text() and "see annex 2" in shown.text()
    assert desk.table.hasFocus() and "已填写" in said(window)
    press(Key.Key_F4, SHIFT)
    press(Key.Key_Return)
    desk.detail.cell.number.clear()
    press(Key.Key_Return)
    assert shown.isHidden() and "已收回" in said(window)
    press(Key.Key_F4, SHIFT)
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert desk.detail.cell.isHidden() and desk.table.hasFocus()


def test_the_rows_of_the_sentence_are_tinted_like_the_sentence(desk):
    figure = desk.current()
    around = desk.text.extraSelections()[0]
    tinted = {row for row in range(desk.model.rowCount()) if desk.model.index(row, 0).data(BACKGROUND) is not None}
    low, high = desk.opened.sentence(figure.start, figure.end)
    assert tinted == {row for row, f in enumerate(desk.model.figures()) if low <= f.start < high}
    assert all(desk.model.index(row, Column.NUMBER).data() == f"› {row + 1}" for row in tinted)
    ground = desk.model.index(min(tinted), Column.VALUE).data(BACKGROUND)
    assert ground.name() == around.format.background().color().name() == theme().sentence


def test_a_sentence_without_what_waits_leads_on(desk, window):
    figure = desk.current()
    press(Key.Key_Space)
    assert stored(desk, figure.id).state == "verified" and "已接受本句" in said(window)
    desk.table.choose(figure.id)
    verified = [f.id for f in desk.model.figures() if f.state == "verified"]
    press(Key.Key_Space)
    assert desk.current().id != figure.id
    assert [f.id for f in desk.model.figures() if f.state == "verified"] == verified


def test_a_sentence_accepted_leaves_a_query_alone(desk):
    opened = desk.opened
    figure = next(f for f in undecided(desk) if len(opened.within(opened.sentence(f.start, f.end))) > 1)
    desk.table.choose(figure.id)
    press(Key.Key_F7)
    type_in("check")
    press(Key.Key_Return)
    neighbour = next(f for f in opened.within(opened.sentence(figure.start, figure.end)) if f.id != figure.id)
    desk.table.choose(neighbour.id)
    press(Key.Key_Space)
    assert stored(desk, neighbour.id).state == "verified" and stored(desk, figure.id).state == "queried"


def test_after_a_correction_the_sentence_is_gone_through_first(desk):
    opened = desk.opened
    figure = next(f for f in undecided(desk) if len(opened.within(opened.sentence(f.start, f.end))) > 2)
    here = opened.within(opened.sentence(figure.start, figure.end))
    desk.table.choose(here[1].id)
    type_in("7")
    press(Key.Key_Return)
    assert desk.current().id == here[2].id


@pytest.mark.parametrize("indicator", ["reconsideration_received", "litigation_lost"])
def test_what_the_sentence_speaks_of_is_offered_first(desk, indicator):
    figure = next((f for f in desk.model.figures() if f.indicator == indicator), None)
    if figure is None:
        pytest.skip("this sample does not state it")
    assert indicator in likely(desk.opened, figure, desk.session.catalogue)[:3]


def test_the_next_item_is_read_before_it_is_asked_for(desk, qtbot, monkeypatch):
    asked = []
    original = queries.other_years
    monkeypatch.setattr(queries, "other_years", lambda *a: asked.append(a[2]) or original(*a))
    desk._gathered.forget()
    desk.table.choose(desk.current().id)
    below = desk.model.figure(desk.table.currentIndex().row() + 1)
    qtbot.waitUntil(lambda: below.indicator is None or below.indicator in asked)
    asked.clear()
    press(Key.Key_Down)
    assert below.indicator not in asked


def test_a_sentence_is_accepted_from_the_text_as_well(desk):
    figure = desk.current()
    desk.text.setFocus()
    press(Key.Key_Space)
    assert stored(desk, figure.id).state == "verified"
