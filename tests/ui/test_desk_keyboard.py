"""Everything at the desk by keyboard alone, on a real store; each decision is looked up in the store."""

from __future__ import annotations

import pytest
from handling import CTRL, SHIFT, Key, press, said, select_text, show, type_in, undecided
from PySide6.QtWidgets import QApplication, QLineEdit

from db import queries
from desktop import workflow
from desktop.sentences import sentence
from desktop.ui.shell import Shell


def stored(desk, figure_id):
    return queries.figure(desk.session.store, figure_id)


def test_a_value_is_corrected_by_keyboard_alone_and_found_in_the_export(window, tmp_path, qtbot):
    press(Key.Key_1, CTRL)
    press(Key.Key_Return)  # the chosen cell of the matrix
    desk = window.pages.desk
    assert window.pages.currentWidget() is window.pages.places["desk"]
    figure = next(f for f in undecided(desk) if f.indicator == "reconsideration_received")
    while desk.current().id != figure.id:
        press(Key.Key_Down if desk.model.row_of(figure.id) > desk.table.currentIndex().row() else Key.Key_Up)
    type_in("12万")
    press(Key.Key_Return)
    after = stored(desk, figure.id)
    assert (after.value, after.unit, after.state, after.reviewer) == (120000, figure.unit, "verified", "王敏")
    report = desk.opened
    written = workflow.export(desk.session.store, tmp_path / "表.xlsx", shape="long", state="verified")
    from python_calamine import load_workbook

    rows = load_workbook(str(written[0])).get_sheet_by_index(0).to_python()
    row = dict(zip(rows[0], next(r for r in rows[1:] if "reconsideration_received" in r), strict=True))
    assert row["value"] == 120000
    assert row["quotes"] == sentence(report.text, figure.start, figure.end)
    assert row["printed"] == figure.quote


def test_a_correction_is_undone_after_a_restart(desk, shell, store_path, qapp, qtbot):
    figure = desk.current()
    press(Key.Key_F2)
    type_in("7")
    press(Key.Key_Return)
    assert stored(desk, figure.id).value == 7
    shell.close()
    another = Shell(qapp, "zh", "light")
    again = show(another, store_path, qtbot)
    press(Key.Key_Z, CTRL)
    assert said(again).startswith("已撤销：改数值")
    desk = again.pages.desk
    assert desk.current().id == figure.id
    assert (desk.current().value, desk.current().state) == (figure.value, "extracted")
    press(Key.Key_Y, CTRL)
    assert said(again).startswith("已重做：改数值")
    assert stored(desk, figure.id).value == 7
    another.close()


def test_enter_accepts_and_goes_to_the_next_doubtful_one(desk):
    first = desk.current()
    assert desk.model.findings().get(first.id), "the report with findings opens at one of them"
    press(Key.Key_Return)
    assert stored(desk, first.id).state == "verified"
    second = desk.current()
    assert second.id != first.id and second.state == "extracted"
    press(Key.Key_Enter)
    assert stored(desk, second.id).state == "verified"


def test_shift_enter_accepts_and_goes_down_the_text(desk):
    desk.table.choose(desk.model.figure(4).id)
    press(Key.Key_Return, SHIFT)
    assert stored(desk, desk.model.figure(4).id).state == "verified"
    assert desk.table.currentIndex().row() == 5


def test_delete_rejects_at_once_and_shift_delete_with_a_reason(desk):
    first = desk.current()
    press(Key.Key_Delete)
    assert stored(desk, first.id).state == "rejected"
    second = desk.current()
    press(Key.Key_Delete, SHIFT)
    type_in("外区数据")
    press(Key.Key_Return)
    after = stored(desk, second.id)
    assert (after.state, after.reason) == ("rejected", "外区数据")
    assert desk.table.hasFocus()


def test_a_query_needs_a_comment_and_says_so_at_the_field(desk):
    figure = desk.current()
    press(Key.Key_F7)
    press(Key.Key_Return)
    refusal = desk.detail.note.findChild(object, "note_error")
    assert refusal.isVisible() and refusal.text() == "请写明待查的原因。"
    assert stored(desk, figure.id).state == "extracted"
    type_in("与原件再核对")
    press(Key.Key_Return)
    after = stored(desk, figure.id)
    assert (after.state, after.comment) == ("queried", "与原件再核对")


def test_a_comment_leaves_the_state_and_escape_leaves_everything(desk):
    figure = desk.current()
    press(Key.Key_F8)
    type_in("see page 3")
    press(Key.Key_Return)
    assert (stored(desk, figure.id).comment, stored(desk, figure.id).state) == ("see page 3", "extracted")
    press(Key.Key_F8)
    type_in("other")
    press(Key.Key_Escape)
    assert stored(desk, figure.id).comment == "see page 3"
    assert desk.detail.note.line.text() == "see page 3"
    assert desk.table.hasFocus()


def test_a_wrong_value_is_refused_with_its_sentence_at_the_field(desk):
    figure = desk.current()
    press(Key.Key_4)
    type_in("x")
    press(Key.Key_Return)
    refusal = desk.table.findChild(object, "field_error")
    assert refusal.isVisible() and "4x" in refusal.text()
    assert QApplication.focusWidget().accessibleDescription() == refusal.text()
    assert stored(desk, figure.id).value == figure.value
    press(Key.Key_Escape)
    assert refusal.isHidden() and desk.table.hasFocus()
    assert stored(desk, figure.id).state == "extracted"


def test_tab_takes_the_value_and_goes_on_to_the_unit(desk):
    figure = desk.current()
    type_in("81")
    press(Key.Key_Tab)
    assert stored(desk, figure.id).value == 81
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit) and field.text() == figure.unit
    field.selectAll()
    type_in("宗")
    press(Key.Key_Return)
    assert (stored(desk, figure.id).value, stored(desk, figure.id).unit) == (81, "宗")


@pytest.mark.parametrize(
    ("typed", "indicator"),
    [
        ("行政复议申请", "reconsideration_received"),
        ("xzfysl", "reconsideration_accepted"),
        ("reconsideration applications received", "reconsideration_received"),
    ],
)
def test_the_indicator_is_found_in_chinese_by_initials_and_in_english(desk, typed, indicator):
    figure = next(f for f in undecided(desk) if f.indicator not in (None, indicator))
    desk.table.choose(figure.id)
    press(Key.Key_F3)
    assert desk.picker.isVisible()
    type_in(typed)
    press(Key.Key_Return)
    after = stored(desk, figure.id)
    assert (after.indicator, after.state) == (indicator, "verified")
    assert desk.picker.isHidden() and desk.table.hasFocus()


def test_arrows_choose_in_the_picker_and_escape_leaves_it(desk):
    figure = desk.current()
    press(Key.Key_F3)
    offers = desk.picker._model.offers
    second = offers[1]
    press(Key.Key_Down)
    press(Key.Key_Return)
    assert stored(desk, figure.id).indicator == second.id
    desk.table.choose(figure.id)
    press(Key.Key_F3)
    press(Key.Key_Down)
    press(Key.Key_Escape)
    assert stored(desk, figure.id).indicator == second.id
    assert desk.table.hasFocus()


def test_not_reported_is_asserted_and_taken_back(desk):
    stated = {figure.indicator for figure in desk.model.figures()}
    press(Key.Key_F4)
    offered = [offer.id for offer in desk.picker._model.offers]
    assert offered and not stated & set(offered)
    press(Key.Key_Return)
    assert desk.opened.not_reported == [offered[0]]
    assert desk.session.indicator_name(offered[0]) in desk.findChild(object, "not_reported").text()
    press(Key.Key_F4)
    assert desk.picker._model.offers[0].id == offered[0], "what was asserted stands first"
    press(Key.Key_Return)
    assert desk.opened.not_reported == []


def test_a_figure_is_made_from_selected_text(desk, window):
    figure = desk.current()
    before = len(desk.model.figures())
    press(Key.Key_F6)
    assert "F6" in said(window)
    assert len(desk.model.figures()) == before
    text = desk.opened.text
    year = text.index("年", text.index("20"))
    select_text(desk, year - 4, year + 1)
    press(Key.Key_F6)
    if len(desk.model.figures()) == before:  # a date is no figure: select a figure's own text instead
        select_text(desk, figure.start, figure.end)
        press(Key.Key_F6)
    made = desk.current()
    assert len(desk.model.figures()) == before + 1
    assert made.origin == "person" and made.id != figure.id
    assert desk.picker.isVisible(), "its indicator is asked for at once"
    press(Key.Key_Escape)
    press(Key.Key_Z, CTRL)
    assert len(desk.model.figures()) == before


def test_a_report_is_signed_off_and_opened_again(desk, window):
    press(Key.Key_Return, CTRL)
    report = queries.report(desk.session.store, desk.opened.report.id)
    assert report.state == "verified"
    assert "尚有" in said(window)
    assert desk.findChild(object, "desk_state").text() == "已核验"
    press(Key.Key_Return, CTRL)
    assert queries.report(desk.session.store, report.id).state != "verified"


def test_page_keys_walk_through_the_reports(desk, window):
    order = [report.id for report in queries.reports(desk.session.store)]
    desk.open_report(order[1])
    press(Key.Key_PageUp, CTRL)
    assert desk.opened.report.id == order[0]
    press(Key.Key_PageUp, CTRL)
    assert desk.opened.report.id == order[0] and said(window) == "这是第一份报告。"
    press(Key.Key_PageDown, CTRL)
    assert desk.opened.report.id == order[1]


def test_nothing_is_left_when_all_is_decided(desk, window):
    for _ in range(len(desk.model.figures())):
        press(Key.Key_Return)
    assert not undecided(desk)
    assert "全部数据都已核过" in said(window)


def test_no_bare_letter_does_anything(desk):
    before = [(f.id, f.state, f.value) for f in desk.model.figures()]
    chosen = desk.current().id
    for letter in "abcdefghijklmnopqrstuvwxyz":
        press(getattr(Key, f"Key_{letter.upper()}"))
    assert [(f.id, f.state, f.value) for f in desk.model.figures()] == before
    assert desk.current().id == chosen and desk.table.hasFocus()


def test_digits_begin_a_value_from_the_text_too(desk):
    figure = desk.current()
    desk.text.setFocus()
    press(Key.Key_5)
    type_in("6")
    press(Key.Key_Return)
    assert stored(desk, figure.id).value == 56


def test_help_and_keys_open_and_close_by_keyboard(desk, window):
    press(Key.Key_Slash, CTRL)
    assert window.keys.isVisible()
    press(Key.Key_Escape)
    assert window.keys.isHidden() and desk.table.hasFocus()
    press(Key.Key_F1)
    assert window.pages.currentWidget() is window.pages.places["help"]
    assert "Shift+Enter" in window.pages.help.toPlainText()
    press(Key.Key_Escape)
    assert window.pages.currentWidget() is window.pages.places["desk"]
