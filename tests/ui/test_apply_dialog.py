"""Corrections of a workbook, read back in the window: listed, taken as one change, undone by one."""

from __future__ import annotations

from pathlib import Path

import openpyxl
from pytestqt.qtbot import QtBot

from db import queries
from desktop import workflow
from desktop.ui.apply_dialog import ApplyDialog
from desktop.ui.main_window import MainWindow


def workbook(window: MainWindow, to: Path) -> tuple[Path, str]:
    """Export the wide table, put 777 into its first cell, and return the file and the cell's indicator."""
    (path,) = workflow.export(window.session.store, to, shape="wide", state="all")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    column = next(c for c in range(6, sheet.max_column + 1) if isinstance(sheet.cell(2, c).value, int))
    sheet.cell(2, column).value = 777
    sheet.cell(3, 1).value = "不存在的区"
    book.save(path)
    return path, sheet.cell(1, column).value


def test_a_workbook_s_changes_are_listed_and_taken_as_one(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    path, indicator = workbook(window, tmp_path / "t.xlsx")
    window.files.apply_from(path)
    dialog = window.findChild(ApplyDialog)
    assert isinstance(dialog, ApplyDialog)
    qtbot.waitUntil(dialog.go.isEnabled)
    assert dialog.changes.count() == 1 and dialog.changes.item(0).text().endswith("→ 777")
    assert dialog.misfits.count() == 1 and dialog.misfits.isVisible()
    with qtbot.waitSignal(dialog.taken):
        dialog.go.click()
    store = window.session.store
    report = queries.reports(store)[0]

    def value() -> float | None:
        cells = queries.report_cells(store, window.session.catalogue, report.id)
        return next(cell.value for cell in cells if cell.indicator == indicator)

    assert value() == 777
    window.session.undo()
    assert value() != 777


def test_a_file_that_is_no_workbook_is_refused_in_the_dialog(window: MainWindow, qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_text("no workbook", encoding="utf-8")
    window.files.apply_from(tmp_path / "t.xlsx")
    dialog = window.findChild(ApplyDialog)
    assert isinstance(dialog, ApplyDialog)
    qtbot.waitUntil(lambda: "t.xlsx" in dialog.told.text() and dialog.told.property("part") == "error")
    assert not dialog.go.isEnabled()
