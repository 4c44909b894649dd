"""Text and table are linked both ways, marks follow decisions, and offsets survive characters beyond 16 bits."""

from __future__ import annotations

from handling import Key, click_text, press, select_text, show
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest

from db import queries
from desktop import settings, workflow
from desktop.progress import Progress
from desktop.ui.desk.figure_model import Column
from desktop.ui.desk.text_pane import UNDERLINES
from desktop.ui.theme import theme


def mark(desk, figure):
    """The format of the first character of a figure's mark."""
    position = desk.text._offsets.to_utf16(figure.start)
    block = desk.text.document().findBlock(position)
    for span in block.layout().formats():
        if span.start <= position - block.position() < span.start + span.length:
            return QTextCharFormat(span.format)
    return QTextCharFormat()


def test_a_click_on_a_mark_chooses_its_row(desk):
    for figure in (desk.model.figure(2), desk.model.figure(5)):
        desk.table.choose(figure.id)
        click_text(desk, figure.start)
        assert desk.current().id == figure.id
    click_text(desk, desk.model.figure(2).start)
    assert desk.current().id == desk.model.figure(2).id
    assert desk.table.hasFocus()


def test_a_click_beside_marks_chooses_nothing_new(desk):
    chosen = desk.current().id
    desk.text.verticalScrollBar().setValue(0)
    click_text(desk, 1)
    assert desk.current().id == chosen


def test_choosing_a_row_marks_its_number_and_brings_its_sentence_into_view(desk):
    figure = desk.model.figure(desk.model.rowCount() - 1)
    row = desk.table.visualRect(desk.model.index(0, Column.PRINTED))
    desk.table.scrollToTop()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=row.center())
    desk.table.choose(figure.id)
    around, strong = desk.text.extraSelections()
    assert strong.cursor.selectedText().replace("\u2029", "\n") == figure.quote
    assert figure.quote.split("\n")[0] in around.cursor.selectedText()
    assert strong.format.background().color().name() == theme().current.ground
    rect = desk.text.cursorRect(strong.cursor)
    assert rect.top() >= 0 and rect.bottom() <= desk.text.viewport().height()


def test_marks_tell_the_states_by_line_and_by_colour(desk):
    figure = next(f for f in desk.model.figures() if not desk.model.findings().get(f.id))
    desk.table.choose(figure.id)
    assert mark(desk, figure).underlineStyle() == UNDERLINES["extracted"]
    looks = {(UNDERLINES["extracted"].value, mark(desk, figure).background().color().name())}
    for key in (Key.Key_Return, Key.Key_Delete):
        desk.table.choose(figure.id)
        press(key)
        format = mark(desk, figure)
        looks.add((format.underlineStyle().value, format.background().color().name()))
    assert mark(desk, figure).fontStrikeOut()
    assert len(looks) == 3


def test_figures_with_findings_stand_on_another_ground(desk):
    doubted = desk.model.findings()
    figure = next(f for f in desk.model.figures() if f.id in doubted)
    assert mark(desk, figure).background().color().name() == theme().tints["finding"].ground
    assert mark(desk, figure).fontOverline(), "colour is never the only sign"
    assert "▲" in desk.detail.findChild(object, "detail_findings").text()


def test_evidence_shows_sentence_definition_and_last_year(desk):
    figure = next(f for f in desk.model.figures() if f.indicator and queries.other_years(
        desk.session.store, desk.opened.report.id, f.indicator))  # fmt: skip
    desk.table.choose(figure.id)
    parts = ("sentence", "indicator", "other_years")
    shown = {part: desk.detail.findChild(object, f"detail_{part}").text() for part in parts}
    other = queries.other_years(desk.session.store, desk.opened.report.id, figure.indicator)[0]
    assert figure.quote in shown["sentence"]
    assert desk.session.catalogue[figure.indicator].definition in shown["indicator"]
    assert str(other.year) in shown["other_years"] and other.sentence.strip() in shown["other_years"]


def test_offsets_hold_behind_characters_beyond_16_bits(shell, tmp_path, qtbot):
    settings.remember("reviewer", "王敏")
    report = tmp_path / "𠮷州县2024.txt"
    text = "𠮷州县人民政府2024年法治政府建设年度报告\n\n全年收到行政复议申请𠮷𠮷一百五十一件，审结120件。"
    report.write_text(text, encoding="utf-8")
    with workflow.open_store(tmp_path / "宽.hebao") as store:
        workflow.import_paths(store, [report], Progress())
    window = show(shell, tmp_path / "宽.hebao", qtbot)
    window.pages.show_desk()
    desk = window.pages.desk
    figure = next(f for f in desk.model.figures() if f.value == 120)
    click_text(desk, figure.start)
    assert desk.current().id == figure.id
    assert desk.text.extraSelections()[1].cursor.selectedText() == figure.quote
    select_text(desk, figure.start, figure.end)
    assert desk.text.selected() == (figure.start, figure.end)


def test_a_double_click_edits_and_opens_the_picker(desk):
    desk.table.choose(desk.model.figure(0).id)
    place = desk.table.visualRect(desk.model.index(0, Column.INDICATOR)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.picker.isVisible()
    press(Key.Key_Escape)
    place = desk.table.visualRect(desk.model.index(0, Column.VALUE)).center()
    QTest.mouseClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(desk.table.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert desk.table.findChild(object, "field") is not None
