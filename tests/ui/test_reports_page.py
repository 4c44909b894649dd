"""Import by dropping, the matrix, facts, withdrawing, and which file counts."""

from __future__ import annotations

import shutil

import pytest
from handling import CTRL, Key, press, said, show, type_in
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from db import queries
from desktop import paths, settings
from desktop.ui.reports.matrix_model import FINDINGS_ROLE, arrange


@pytest.fixture
def empty(shell, tmp_path, qtbot):
    settings.remember("reviewer", "王敏")
    return show(shell, tmp_path / "空.hebao", qtbot)


def drop(window, *dropped):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in dropped])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    place = QPointF(window.rect().center())
    QApplication.sendEvent(window, QDropEvent(place, Qt.DropAction.CopyAction, data, buttons, keys))


def names_of(page):
    return [report.district for report in page.list_model.reports]


def test_an_empty_store_says_where_to_drop_files_and_offers_samples(empty):
    page = empty.pages.reports
    assert page.welcome.isVisible() and page.matrix.isHidden() is False
    offered = [button.property("action") for button in page.welcome.findChildren(object) if button.property("action")]
    assert offered == ["import_files", "import_folder", "open_samples"]


def test_dropped_folders_and_files_are_imported_and_bad_ones_are_told(empty, tmp_path, qtbot):
    (tmp_path / "空文件.txt").write_bytes(b"")
    (tmp_path / "图片.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    folder = tmp_path / "报告"
    folder.mkdir()
    for source in sorted(paths.samples().glob("*.txt"))[:3]:
        shutil.copy(source, folder)
    with qtbot.waitSignal(empty.files.importing.finished, timeout=20_000):
        drop(empty, folder, tmp_path / "空文件.txt", tmp_path / "图片.txt")
        assert empty.strip.isVisible()
    page = empty.pages.reports
    assert len(queries.reports(empty.session.store)) == 3
    assert page.matrix_model.rowCount() == 1 and page.matrix_model.columnCount() == 3
    listed = [page.outcome.findChild(object, "outcome_list").item(row).text() for row in (0, 1)]
    assert "空文件.txt" in listed[0] and "图片.txt" in listed[1]
    assert said(empty) == "导入 3 份报告，跳过 0 份，失败 2 份。"
    with qtbot.waitSignal(empty.files.importing.finished, timeout=20_000):
        drop(empty, folder)
    assert "跳过 3 份" in said(empty)
    assert len(queries.reports(empty.session.store)) == 3


def test_an_import_is_cancelled_between_two_files_and_keeps_what_is_done(empty, tmp_path, qtbot):
    folder = tmp_path / "many"
    folder.mkdir()
    text = next(paths.samples().glob("*.txt")).read_text(encoding="utf-8")
    for number in range(60):
        (folder / f"{number:02}.txt").write_text(f"{text}\n附件{number}", encoding="utf-8")
    with qtbot.waitSignal(empty.files.importing.finished, timeout=30_000):
        empty.files.importing.add([folder])
        qtbot.waitUntil(lambda: len(queries.reports(empty.session.store)) > 2, timeout=20_000)
        empty.strip.cancel.click()
    kept = len(queries.reports(empty.session.store))
    assert 2 < kept < 60
    assert said(empty).startswith("已停止导入")
    assert empty.strip.isHidden()


def test_the_matrix_shows_every_year_between_and_the_unknown_ones_apart(window):
    reports = queries.reports(window.session.store)
    reports[0].year = 2018
    reports[1].district = reports[1].adcode = None
    reports[2].year = None
    rows, years = arrange(reports)
    assert years == [2018, 2019, 2020, 2021, 2022, 2023, 2024, None]
    assert rows[-1].name is None and all(row.name for row in rows[:-1])
    model = window.pages.reports.matrix_model
    model.show(reports)
    index = model.index_of(reports[2].id)
    assert model.reports_at(index) == [reports[2]]
    assert "未导入" in model.index(0, 1).data()
    assert model.headerData(7, Qt.Orientation.Horizontal) == "年度未知"


def test_the_matrix_follows_decisions(window):
    page = window.pages.reports
    report = queries.reports(window.session.store)[0]
    page.show_report(report.id)
    cell = page.matrix.currentIndex()
    assert cell.data().startswith("未核验")
    page.open_report()
    press(Key.Key_Return)
    press(Key.Key_1, CTRL)
    assert page.matrix_model.index(cell.row(), cell.column()).data().startswith("核验中 1/")
    doubted = max(queries.reports(window.session.store), key=lambda row: row.findings)
    assert page.matrix_model.index_of(doubted.id).data(FINDINGS_ROLE) == doubted.findings


def test_a_fact_is_corrected_in_place_and_a_wrong_one_refused_there(window):
    page = window.pages.reports
    report = page.current()
    line = page.facts.findChild(object, "fact_year")
    line.setFocus()
    line.selectAll()
    type_in("20x")
    press(Key.Key_Return)
    refusal = page.facts.findChild(object, "error_year")
    assert refusal.isVisible() and "20x" in refusal.text()
    assert queries.report(window.session.store, report.id).year == report.year
    line.selectAll()
    type_in("2019")
    press(Key.Key_Return)
    after = queries.report(window.session.store, report.id)
    assert after.year == 2019 and "year" in after.corrected and refusal.isHidden()
    assert page.current().id == report.id and page.matrix_model.years[0] == 2019
    press(Key.Key_Tab)
    window.acts["undo"].trigger()
    assert queries.report(window.session.store, report.id).year == report.year
    assert said(window) == f"已撤销：更正报告信息（{report.district} · {report.year}年 · 报告年度）"


def test_a_report_without_a_district_waits_in_a_row_of_its_own(window):
    page = window.pages.reports
    report = page.current()
    line = page.facts.findChild(object, "fact_district")
    line.setFocus()
    line.selectAll()
    press(Key.Key_Delete)
    press(Key.Key_Return)
    assert queries.report(window.session.store, report.id).district is None
    assert page.matrix_model.rows[-1].name is None
    assert page.current().id == report.id


def test_a_report_is_withdrawn_and_brought_back(window):
    page = window.pages.reports
    report = page.current()
    window.acts["withdraw"].trigger()
    assert queries.report(window.session.store, report.id).withdrawn
    assert not page.matrix_model.index_of(report.id).isValid()
    assert "已撤下" in said(window)
    page.show_report(report.id)
    row = next(row for row, listed in enumerate(page.list_model.reports) if listed.id == report.id)
    page.list.selectRow(row)
    window.acts["withdraw"].trigger()
    assert not queries.report(window.session.store, report.id).withdrawn
    assert page.matrix_model.index_of(report.id).isValid()


def test_another_file_of_the_same_district_and_year_can_be_let_count(window, tmp_path, qtbot):
    page = window.pages.reports
    report = page.current()
    source = next(p for p in paths.samples().glob("*.txt") if p.name == report.source_name)
    (tmp_path / "再报.txt").write_text(source.read_text(encoding="utf-8") + "\n附注", encoding="utf-8")
    with qtbot.waitSignal(window.files.importing.finished, timeout=20_000):
        drop(window, tmp_path / "再报.txt")
    page.show_report(report.id)
    assert [row.source_name for row in page.list_model.reports] == [report.source_name, "再报.txt"]
    assert "2 份原件" in page.matrix.currentIndex().data()
    page.list.selectRow(1)
    window.acts["choose"].trigger()
    assert [row.counts for row in page.list_model.reports] == [False, True]


def test_districts_are_filtered(window):
    page = window.pages.reports
    names = {row.name for row in page.matrix_model.rows}
    wanted = sorted(names)[0]
    page.filter.setText(wanted)
    assert {row.name for row in page.matrix_model.rows} == {wanted}
    page.filter.clear()
    assert {row.name for row in page.matrix_model.rows} == names
