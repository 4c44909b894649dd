"""The chart in the window, and export from the window; neither on the window's thread."""

from __future__ import annotations

import csv
import sys
import threading

import pytest
from handling import CTRL, Key, press, said
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from desktop import workflow
from desktop.ui.trends.trends_page import MOST


@pytest.fixture
def trends(window, qtbot):
    press(Key.Key_3, CTRL)
    page = window.pages.trends
    qtbot.waitUntil(lambda: page.canvas.ready, timeout=30_000)
    return page


def test_a_district_is_drawn_with_the_indicators_that_have_most_years(trends):
    assert len(trends.canvas._panels) == len(trends.indicators.ticked) > 1
    assert all(len(line.points) >= 2 for _, line in trends.canvas._panels)
    trends.district_list.setCurrentIndex(trends.districts.index(1))
    assert trends.canvas._series.district in trends.districts.shown[1].words


def test_indicators_are_ticked_up_to_the_most_that_can_be_read(trends, window):
    model = trends.indicators
    for row in range(len(model.shown)):
        if len(model.ticked) == MOST:
            break
        model.setData(model.index(row), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert len(trends.canvas._panels) == MOST
    row = next(row for row, choice in enumerate(model.shown) if choice.key not in model.ticked)
    assert not model.setData(model.index(row), Qt.CheckState.Checked.value, Qt.ItemDataRole.CheckStateRole)
    assert str(MOST) in said(window)


def test_indicators_are_filtered_by_initials_and_the_ticked_stay(trends):
    ticked = set(trends.indicators.ticked)
    trends.indicator_filter.setText("xzfy")
    shown = {choice.key for choice in trends.indicators.shown}
    assert ticked <= shown and any(key.startswith("reconsideration") for key in shown)
    assert len(shown) < 30


def test_a_click_on_a_point_opens_its_figure(trends, window):
    from matplotlib.backend_bases import MouseEvent

    axes, line = trends.canvas._panels[0]
    point = line.points[0]
    x, y = axes.transData.transform((point.year, axes.lines[1].get_ydata()[0]))
    event = MouseEvent("button_press_event", trends.canvas._canvas, x + 2, y - 2)
    trends.canvas._canvas.callbacks.process("button_press_event", event)
    desk = window.pages.desk
    assert window.pages.currentWidget() is window.pages.places["desk"]
    assert desk.opened.report.id == point.report_id and desk.current().indicator == point.indicator


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_chart_is_saved_with_its_data(trends, window, tmp_path, qtbot, ending):
    target = tmp_path / f"图.{ending}"
    trends.save_to(target)
    qtbot.waitUntil(lambda: said(window).startswith("已保存"), timeout=20_000)
    assert target.stat().st_size > 1000 and target.with_name(f"{target.stem}-data.csv").exists()


def test_a_decision_shows_in_the_chart(trends, window):
    line = trends.canvas._panels[0][1]
    window.pages._open_point(line.points[0].report_id, line.indicator.id)
    press(Key.Key_Return)
    window.pages.show_trends()
    again = trends.canvas._panels[0][1]
    assert again.indicator == line.indicator
    assert "verified" in {point.state for point in again.points} - {point.state for point in line.points}


def test_an_export_runs_beside_the_window_and_says_what_it_wrote(desk, window, tmp_path, qtbot, monkeypatch):
    press(Key.Key_Return)
    threads = []
    real = workflow.export
    monkeypatch.setattr(workflow, "export", lambda *a, **k: threads.append(threading.current_thread()) or real(*a, **k))
    window.acts["export"].trigger()
    dialog = window.findChild(QDialog, "export_dialog")
    dialog.state.setCurrentIndex(dialog.state.findData("all"))
    dialog.shape.setCurrentIndex(dialog.shape.findData("long"))
    dialog.format.setCurrentIndex(dialog.format.findData("csv"))
    assert dialog.path.text().endswith(".csv")
    dialog.path.setText(str(tmp_path / "全部.csv"))
    with qtbot.waitSignal(dialog.exported, timeout=30_000) as written:
        dialog.go.click()
    assert threads and threads[0] is not threading.main_thread()
    files = written.args[0]
    assert files[0].name == "全部.csv" and len(files) > 1, "the codebook comes along"
    with files[0].open(encoding="utf-8-sig", newline="") as table:
        rows = list(csv.DictReader(table))
    assert {row["state"] for row in rows} >= {"verified", "extracted"}
    assert "全部.csv" in dialog.findChild(object, "export_told").text()
    dialog.reject()


def test_an_export_that_cannot_be_written_is_refused_in_a_sentence(window, tmp_path, qtbot):
    window.acts["export"].trigger()
    dialog = window.findChild(QDialog, "export_dialog")
    told = dialog.findChild(object, "export_told")
    dialog.path.setText(" ")
    dialog.go.click()
    assert told.text() == "请给出要写入的文件。"
    (tmp_path / "文件").write_text("no folder", encoding="utf-8")
    dialog.path.setText(str(tmp_path / "文件" / "表.xlsx"))
    dialog.go.click()
    qtbot.waitUntil(lambda: dialog.job is None and told.isVisible(), timeout=20_000)
    assert told.property("part") == "error" and "表.xlsx" in told.text()
    dialog.reject()


def test_matplotlib_comes_in_beside_the_window(trends):
    assert "matplotlib.backends.backend_qtagg" in sys.modules
    assert "matplotlib.pyplot" not in sys.modules
