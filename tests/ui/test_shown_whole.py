"""What is on the screen is there to be read: headings have room, dialogs fit, what cannot be done looks like it."""

from __future__ import annotations

import pytest
from handling import CTRL, Key, press
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QHeaderView, QLineEdit, QTableView, QToolButton

from db import queries
from desktop import workflow
from desktop.text import say
from desktop.ui.displays import FRAME, enlarge
from desktop.ui.icons import icon
from desktop.ui.keys_overlay import columns
from desktop.ui.reports.pace_line import PaceLine
from desktop.ui.sentence_list import AIR, SentenceList
from desktop.ui.theme import theme
from desktop.workflow.overseeing import Pace

PAGES = ("reports", "desk", "sheaf", "search", "disputes", "agreement")
DIALOGS = ("export", "settings", "hand_out", "restore", "test_store", "choose_keys", "own_indicators", "lost")
HORIZONTAL = Qt.Orientation.Horizontal


def narrow(table):
    """The headings of a table that have less room than their words take."""
    columns, measured = table.horizontalHeader(), table.fontMetrics()
    for place in range(columns.count()):
        words = table.model().headerData(place, HORIZONTAL)
        stretched = columns.sectionResizeMode(place) == QHeaderView.ResizeMode.Stretch
        seen = not (columns.isSectionHidden(place) or stretched or columns.isHidden())
        if seen and columns.sectionSize(place) < measured.horizontalAdvance(words) + 9:  # its padding and its line
            yield words


def test_every_heading_has_room_in_both_languages(window, shell):
    for name in PAGES:
        getattr(window.pages, f"show_{name}")()
    tables = [table for name in PAGES for table in window.pages.places[name].findChildren(QTableView)]
    assert len(tables) >= 7
    for language in ("zh", "en", "zh"):
        shell.set_language(language)
        assert {table.objectName(): list(narrow(table)) for table in tables if list(narrow(table))} == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_of_reports_needs_no_scroll_bar_on_a_usual_screen(window, shell, qtbot, language):
    window.resize(1280, 650)  # 1920 x 1080, everything half as large again
    shell.set_language(language)
    page = window.pages.reports
    qtbot.waitUntil(lambda: page.list_model.rowCount() > 0)
    QApplication.processEvents()
    assert page.list.horizontalScrollBar().maximum() == 0


def test_no_dialog_is_larger_than_the_screen(window):
    room = window.screen().availableSize()
    for command in DIALOGS:
        window.acts[command].trigger()
        dialog = window.findChildren(QDialog)[-1]
        least = dialog.minimumSizeHint()
        assert dialog.width() <= room.width() and dialog.height() <= room.height(), command
        assert least.width() <= 820 and least.height() <= 480, f"{command} fits no small laptop: {least}"
        dialog.reject()
    dialog = QDialog(window)
    enlarge(dialog, 5000, 300)
    assert dialog.size() == QSize(room.shrunkBy(FRAME).width(), 300)


@pytest.mark.parametrize(("language", "size"), [("zh", (1280, 650)), ("en", (1093, 535)), ("zh", (820, 420))])
def test_the_sheet_of_keys_lies_in_the_window_with_every_key(window, shell, language, size):
    shell.set_language(language)
    window.resize(*size)
    window.acts["keys"].trigger()
    sheet = window.keys
    assert window.rect().contains(sheet.geometry())
    shown = "".join(label.text() for label in sheet._labels if not label.isHidden())
    for section in (section for sections in columns() for section in sections):
        assert all(say(command.name).rstrip("…").replace("'", "&#x27;") in shown for command in section[1])
    if sheet.verticalScrollBar().maximum():
        press(Key.Key_PageDown)
        assert sheet.isVisible() and sheet.verticalScrollBar().value() > 0
    press(Key.Key_F13)
    assert sheet.isHidden()


def test_what_is_chosen_first_is_a_report(window, qtbot):
    page, store = window.pages.reports, window.session.store
    first = page.matrix_model.reports_at(page.matrix_model.index(0, 0))[0]
    window.session.decide(workflow.withdraw, first.id)
    page.matrix.clearSelection()
    qtbot.waitUntil(lambda: not page.reading.busy)
    page.filter.setText("区")  # chooses no cell
    page.filter.clear()
    page.focus()
    assert page.matrix_model.reports_at(page.matrix.currentIndex()) and page.current() is not None
    assert queries.report(store, page.current().id).district


def test_an_empty_cell_says_so_and_offers_nothing(window, qtbot):
    page = window.pages.reports
    report = queries.reports(window.session.store)[0]
    window.session.decide(workflow.correct_fact, report.id, "year", "2018")
    qtbot.waitUntil(lambda: not page.reading.busy and 2018 in page.matrix_model.years)
    model, years = page.matrix_model, page.matrix_model.years
    page.matrix.setCurrentIndex(model.index(len(model.rows) - 1, years.index(2019)))
    assert page.list_model.rowCount() == 0
    assert page.nothing_here.isVisible() and page.nothing_here.text() == say("cell_empty")
    assert not any(window.acts[act].isEnabled() for act in ("open_report", "sign_off_report", "choose", "withdraw"))
    assert {line.placeholderText() for line in page.facts._lines.values()} == {""}
    page.show_report(report.id)
    assert page.nothing_here.isHidden() and window.acts["open_report"].isEnabled()
    assert {line.placeholderText() for line in page.facts._lines.values()} == {say("fact_unknown")}


def test_menus_offer_what_counts_on_the_page_that_is_shown(window, desk):
    menu, acts = window.findChild(object, "menu_review"), window.acts

    def offered():
        menu.aboutToShow.emit()
        seen = {a.objectName(): a.isEnabled() for a in menu.actions() if a.isVisible() and a.objectName()}
        menu.aboutToHide.emit()
        return seen

    assert acts["accept"].parent().isVisible()
    at_desk = offered()
    assert at_desk["accept"] and at_desk["sign_off"] and "take_side" not in at_desk and "put_aside" not in at_desk
    window.pages.show_reports()
    elsewhere = offered()
    assert elsewhere.keys() == at_desk.keys() and not any(elsewhere.values())
    window.pages.show_disputes()
    assert offered()["take_side"] and "accept" not in offered()
    window.pages.show_desk()
    assert acts["accept"].isEnabled() and acts["take_side"].isVisible() and offered() == at_desk
    figure = desk.current()
    press(Key.Key_Return, CTRL)
    assert queries.report(desk.session.store, desk.opened.report.id).state == "verified"
    assert figure is not None


def test_the_focus_is_seen_wherever_tab_leads(window, qtbot):
    page, accent = window.pages.reports, theme().accent
    qtbot.waitUntil(lambda: page.current() is not None)
    page.matrix.setFocus()
    passed = []
    for _ in range(40):
        press(Key.Key_Tab)
        focused = QApplication.focusWidget()
        if focused in passed:
            break
        passed.append(focused)
        shown = focused.grab().toImage()
        seen = {shown.pixelColor(shown.width() // 2, down).name() for down in range(shown.height())}
        assert accent in seen, f"{focused} {focused.objectName()}"
    assert {QToolButton, QComboBox, QTableView} <= {type(widget) for widget in passed}


def test_what_has_the_focus_may_be_taken_down(window, qtbot):
    dialog = QDialog(window)
    line = QLineEdit(dialog)
    dialog.show()
    line.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    with qtbot.waitSignal(line.destroyed):  # nothing is raised on the way, which would fail the test
        line.deleteLater()
    assert QApplication.focusWidget() is not line


def test_symbols_are_as_dark_on_a_chosen_line_as_on_others(qapp):
    drawn = icon("finding", "finding")
    plain, chosen = (
        drawn.pixmap(QSize(16, 16), 1.0, mode).toImage() for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected)
    )
    assert plain == chosen


def test_a_sentence_of_several_lines_is_shown_to_its_end(qtbot):
    sentences = SentenceList()
    qtbot.addWidget(sentences)
    sentences.resize(300, 200)
    sentences.addItem("one line")
    sentences.addItem("Several people are called so. Marks behind the names tell them apart; they may be one person.")
    with qtbot.waitExposed(sentences):
        sentences.show()
    one, several = (sentences.visualItemRect(sentences.item(row)).height() for row in (0, 1))
    assert one < 1.6 * sentences.fontMetrics().height()
    assert several >= 2 * one + AIR - 4


def test_less_than_an_hour_is_told_in_minutes(window):
    page = window.pages.reports
    line = PaceLine()
    line.show_standing(page.board.rows)
    waiting = sum(row.waiting for row in page.board.rows)
    line.show_pace(Pace(today=5, per_hour=waiting * 4.0))
    assert say("time_left_minutes", n=15) in line._words.text()
    line.show_pace(Pace(today=5, per_hour=waiting / 2))
    assert say("pace_left", hours="2.0") in line._words.text() and line._words.toolTip().endswith(
        say("pace_left", hours="2.0")
    )
    assert line.minimumSizeHint().width() < 400, "no window is too narrow for it"


def test_a_district_whose_name_is_cut_is_told_whole(window):
    model = window.pages.reports.matrix_model
    told = model.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.ToolTipRole)
    assert model.rows[0].name in told and (model.rows[0].location or "") in told
