"""Import by dropping, the matrix, facts, withdrawing, and which file counts."""

from __future__ import annotations

import shutil

import pytest
from handling import CTRL, Key, drop, press, said, show, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from db import overview, queries
from desktop import paths, settings
from desktop.ui.desk.figure_model import Column as FigureColumn
from desktop.ui.desk.figure_table import INDICATOR
from desktop.ui.reports.matrix_model import CELL_ROLE, arrange


@pytest.fixture
def empty(shell, tmp_path, qtbot):
    settings.remember("reviewer", "王敏")
    return show(shell, tmp_path / "空.hebao", qtbot)


def tick(page, facet, value, key=Key.Key_Space):
    """Tick a value of a facet, opening the facet first if need be; by keys."""
    view, model = page.facets, page.facets.facets
    view.setFocus()
    row = next(row for row, entry in enumerate(model.entries) if entry.facet == facet)
    view.setCurrentIndex(model.index(row))
    if not model.entries[row].chosen:
        press(Key.Key_Right)
    row = next(row for row, entry in enumerate(model.entries) if (entry.facet, entry.value) == (facet, value))
    view.setCurrentIndex(model.index(row))
    press(key)


def test_an_empty_store_says_where_to_drop_files_and_offers_samples(empty):
    page = empty.pages.reports
    assert page.welcome.isVisible() and page.matrix.isHidden() is False
    offered = [button.property("action") for button in page.welcome.findChildren(object) if button.property("action")]
    assert offered == ["import_files", "import_folder", "open_samples", "help"]
    assert QApplication.focusWidget().property("action") == "import_files"


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
    reports = overview.standings(window.session.store)
    reports[0] = reports[0]._replace(year=2018)
    reports[1] = reports[1]._replace(district=None, adcode=None)
    reports[2] = reports[2]._replace(year=None)
    rows, years = arrange(reports)
    assert years == [2018, 2019, 2020, 2021, 2022, 2023, 2024, None]
    assert rows[-1].name is None and all(row.name for row in rows[:-1])
    model = window.pages.reports.matrix_model
    model.show(reports)
    index = model.index_of(reports[2])
    assert model.reports_at(index) == [reports[2]]
    assert "未导入" in model.index(0, 1).data(Qt.ItemDataRole.AccessibleTextRole)
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
    assert page.matrix_model.index(cell.row(), cell.column()).data().startswith("1/")
    doubted = max(overview.standings(window.session.store), key=lambda row: row.findings)
    assert page.matrix_model.index_of(doubted).data(CELL_ROLE).findings == doubted.findings > 0


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
    assert not page.matrix_model.index_of(report).isValid()
    assert "已撤下" in said(window)
    assert all(listed.id != report.id for listed in page.list_model.rows), "withdrawn ones are shown on demand"
    tick(page, "state", "withdrawn")
    assert [listed.id for listed in page.list_model.rows] == [report.id]
    window.acts["withdraw"].trigger()
    assert not queries.report(window.session.store, report.id).withdrawn
    page.clear.click()
    assert page.matrix_model.index_of(report).isValid()


def test_another_file_of_the_same_district_and_year_can_be_let_count(window, tmp_path, qtbot):
    page = window.pages.reports
    report = page.current()
    source = next(p for p in paths.samples().glob("*.txt") if p.name == report.source_name)
    (tmp_path / "再报.txt").write_text(source.read_text(encoding="utf-8") + "\n附注", encoding="utf-8")
    with qtbot.waitSignal(window.files.importing.finished, timeout=20_000):
        drop(window, tmp_path / "再报.txt")
    page.show_report(report.id)
    assert [row.source_name for row in page.list_model.rows] == [report.source_name, "再报.txt"]
    assert "×2" in page.matrix.currentIndex().data()
    page.list.selectRow(1)
    window.acts["choose"].trigger()
    assert [row.counts for row in page.list_model.rows] == [0, 1]


def test_districts_are_filtered(window):
    page = window.pages.reports
    names = {row.name for row in page.matrix_model.rows}
    wanted = sorted(names)[0]
    page.filter.setText(wanted)
    assert {row.name for row in page.matrix_model.rows} == {wanted}
    page.filter.clear()
    assert {row.name for row in page.matrix_model.rows} == names


def lines_of(page, facet):
    return {
        entry.value: entry.number for entry in page.facets.facets.entries if entry.facet == facet and not entry.heading
    }


def test_facets_filter_the_matrix_and_the_list_by_keys(window, qtbot):
    page = window.pages.reports
    qtbot.waitUntil(lambda: bool(page.board.marks), timeout=10_000)
    store = window.session.store
    reports = overview.standings(store)
    assert lines_of(page, "state")["unreviewed"] == len(reports)
    tick(page, "year", 2023)
    wanted = {row.id for row in reports if row.year == 2023}
    assert {row.id for row in page.list_model.rows} == wanted
    faint = [page.matrix_model.cell(0, column).faint for column in range(3)]
    assert sorted(faint) == [False, True, True], "the other years stay in sight"
    check, count = next(iter(lines_of(page, "check").items()))
    tick(page, "check", check)
    assert len(page.list_model.rows) == count
    tick(page, "theme", "disputes", Key.Key_Return)
    assert page.isVisible() and page.board.chosen["theme"], "Enter ticks, and opens no report"
    tick(page, "confidence", 3)
    assert page.facets.hasFocus() and page.clear.isVisible()
    window.acts["clear_facets"].trigger()
    assert len(page.list_model.rows) == len(reports) and page.clear.isHidden()


def test_a_facet_that_fits_nothing_says_so(window):
    page = window.pages.reports
    page.filter.setText("没有这个地方")
    assert page.list_model.rows == [] and page._nothing.isVisible() and page._nothing.text() == "没有符合条件的报告"


def test_a_report_is_signed_off_and_opened_again_from_the_matrix(window, qtbot):
    page = window.pages.reports
    report = page.current()
    page.list.setFocus()
    press(Key.Key_Return, CTRL)
    assert queries.report(window.session.store, report.id).state == "verified"
    assert page.current().state == "verified" and "签核" in said(window)
    press(Key.Key_Return, CTRL)
    assert queries.report(window.session.store, report.id).state == "in_review"


def test_progress_and_pace_are_told_in_one_line(window):
    page = window.pages.reports
    words = page.pace.findChild(object, "pace_words")
    total = sum(row.waiting for row in overview.standings(window.session.store))
    assert f"待核 {total:,} 项" in words.text() and "今天 0 项" in words.text()
    page.open_report()
    for _ in range(12):
        press(Key.Key_Return)
    press(Key.Key_1, CTRL)
    left = sum(row.waiting for row in overview.standings(window.session.store))
    assert f"待核 {left:,} 项" in words.text() and "今天 12 项" in words.text() and left < total


def test_a_store_of_many_reports_is_read_beside_the_window(shell, store_path, qtbot, monkeypatch):
    from desktop.ui.reports import reading

    monkeypatch.setattr(reading, "MANY", 3)
    settings.remember("reviewer", "王敏")
    window = show(shell, store_path, qtbot)
    page = window.pages.reports
    qtbot.waitUntil(lambda: page.matrix_model.rowCount() > 0 and not page.reading.busy, timeout=10_000)
    report = page.current()
    page.show_report(report.id)
    window.acts["withdraw"].trigger()
    qtbot.waitUntil(lambda: not page.matrix_model.index_of(report).isValid(), timeout=10_000)


def test_the_model_of_facets(qtmodeltester):
    from collections import Counter

    from desktop.ui.reports.facet_model import FacetModel

    asked = []
    model = FacetModel(lambda *choice: asked.append(choice))
    qtmodeltester.check(model)
    counts = {
        "state": Counter(verified=3, unplaced=1),
        "place": Counter({"临江省": 4, "临江省/云川市": 3, "": 1}),
        "confidence": Counter({0: 2, 3: 1}),
        "check": Counter(no_such_check=1),
    }
    model.show(counts, {})
    qtmodeltester.check(model)
    for row in range(model.rowCount() - 1, -1, -1):
        if model.entries[row].heading:
            model.turn(row, True)
    qtmodeltester.check(model)
    words = [entry.words.strip() for entry in model.entries]
    assert "省份未知" in words and "0.95 – 1.00" in words and "no_such_check" in words and "云川市" not in words
    model.show(counts, {"place": {"临江省"}})
    assert "云川市" in [entry.words.strip() for entry in model.entries]
    row = next(row for row, entry in enumerate(model.entries) if entry.value == "verified")
    assert model.setData(model.index(row), Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole)
    assert asked == [("state", "verified", True)]


def test_every_check_has_a_name_among_the_facets():
    from desktop import checks
    from desktop.ui.reports.facet_model import check_name

    assert not [check for check in checks.checks() if check_name(check) == check]


def test_in_a_narrow_window_what_matters_stays_to_be_read(window):
    window.resize(900, 560)
    legend = window.pages.reports.legend
    said = [label.text() for label in legend.findChildren(QLabel) if label.text()]
    assert all(words.isdigit() for words in said) and any(label.toolTip() for label in legend.findChildren(QLabel))
    window.pages.show_desk()
    table = window.pages.desk.table
    hidden = [column for column in FigureColumn if table.isColumnHidden(column)]
    assert FigureColumn.INDICATOR not in hidden and FigureColumn.CONFIDENCE in hidden
    assert table.columnWidth(FigureColumn.INDICATOR) >= INDICATOR * table.fontMetrics().horizontalAdvance("0")
    window.resize(1400, 900)
    QApplication.processEvents()
    assert not any(table.isColumnHidden(column) for column in FigureColumn)
