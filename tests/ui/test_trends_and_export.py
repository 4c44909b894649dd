"""The chart in the window, and export from the window; neither on the window's thread."""

from __future__ import annotations

import csv
import sys
import threading

import pytest
from handling import CTRL, Key, press, said, show
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog

from db import queries
from desktop import workflow
from desktop.ui.trends.aside import MOST


@pytest.fixture
def trends(window, qtbot):
    press(Key.Key_3, CTRL)
    page = window.pages.trends
    qtbot.waitUntil(lambda: page.canvas.ready, timeout=30_000)
    return page


def point_event(trends, name, spot, **more):
    """Let the mouse do something at a point."""
    from matplotlib.backend_bases import MouseEvent

    panel, _, point, y = spot
    across, up = panel.axes.transData.transform((point.year, y))
    event = MouseEvent(name, trends.canvas._canvas, across + 2, up - 2, **more)
    trends.canvas._canvas.callbacks.process(name, event)


def spots(trends):
    return [spot for *_, spot in trends.canvas._spots()]


def ticked(model, key, wanted=True):
    state = Qt.CheckState.Checked if wanted else Qt.CheckState.Unchecked
    return model.setData(model.index(model.row_of(key)), state.value, Qt.ItemDataRole.CheckStateRole)


def test_a_district_is_drawn_with_the_indicators_that_have_most_years(trends):
    aside = trends.aside
    assert len(trends.canvas.drawn) == len(aside.indicators.ticked) > 1
    assert all(len(panel.lines[0].points) >= 2 for panel in trends._series.panels)
    aside.district_list.setCurrentIndex(aside.districts.index(1))
    assert trends._series.districts[0] in aside.districts.shown[1].words


def test_indicators_are_ticked_up_to_the_most_that_can_be_read(trends, window):
    model = trends.aside.indicators
    for choice in list(model.shown):
        if len(model.ticked) == MOST:
            break
        ticked(model, choice.key)
    assert len(trends.canvas.drawn) == MOST
    other = next(choice.key for choice in model.shown if choice.key not in model.ticked)
    assert not ticked(model, other)
    assert str(MOST) in said(window)


def test_indicators_are_filtered_by_initials_and_the_ticked_stay(trends):
    before = set(trends.aside.indicators.ticked)
    trends.aside.indicator_filter.setText("xzfy")
    shown = {choice.key for choice in trends.aside.indicators.shown}
    assert before <= shown and any(key.startswith("reconsideration") for key in shown)
    assert len(shown) < 30


def test_a_theme_ticks_its_indicators(trends, window):
    theme = trends.aside.theme
    theme.setCurrentIndex(theme.findData("disputes"))
    theme.activated.emit(theme.currentIndex())
    catalogue = window.session.catalogue
    assert {catalogue[i].theme for i in trends.aside.indicators.ticked} == {"disputes"}
    assert len(trends.canvas.drawn) == len(trends.aside.indicators.ticked) > 2


def test_ticked_districts_are_drawn_beside_the_current_one_and_can_be_let_go(trends):
    keys = [choice.key for choice in trends.aside.districts.shown]
    ticked(trends.aside.districts, keys[2])
    assert len(trends._series.districts) == 2
    assert all(len(panel.panel.lines) == 2 for panel in trends.canvas.drawn)
    first = trends.lines.actions()[0]
    assert trends.lines.isVisible() and first.isChecked()
    first.trigger()
    assert [len(panel.panel.lines) for panel in trends.canvas.drawn] == [1] * len(trends.canvas.drawn)
    first.trigger()
    assert all(len(panel.panel.lines) == 2 for panel in trends.canvas.drawn)
    ticked(trends.aside.districts, keys[2], False)
    assert not trends.lines.isVisible()


def test_a_district_stands_before_the_quartiles_of_all(trends, qtbot):
    against = trends.bar.against
    against.setCurrentIndex(against.findData("all"))
    against.activated.emit(against.currentIndex())
    qtbot.waitUntil(lambda: not trends.peers.busy, timeout=20_000)
    assert trends._series.against == "全库同级"
    spread = trends._series.panels[0].spreads[0]
    assert spread.districts >= 3 and spread.lower <= spread.median <= spread.upper
    panel, line, point, _ = spots(trends)[0]
    assert f"同级 {spread.districts} 个" in trends._tell(line, point)
    assert panel.panel.spreads and len(trends.lines.actions()) == 2


def test_years_are_chosen_from_to_and_never_cross(trends):
    first, last = trends.bar.first, trends.bar.last
    years = [first.itemData(n) for n in range(1, first.count())]
    last.setCurrentIndex(last.findData(years[0]))
    first.setCurrentIndex(first.findData(years[1]))
    first.activated.emit(first.currentIndex())
    assert last.currentData() == years[1] == first.currentData()
    assert {point.year for _, _, point, _ in spots(trends)} == {years[1]}


def test_a_click_on_a_point_opens_its_figure(trends, window):
    spot = spots(trends)[0]
    for name in ("button_press_event", "button_release_event"):
        point_event(trends, name, spot, button=1)
    desk = window.pages.desk
    assert window.pages.currentWidget() is window.pages.places["desk"]
    assert desk.opened.report.id == spot[2].report_id and desk.current().indicator == spot[2].indicator


def test_hovering_tells_the_sentence_and_the_findings(trends, window):
    found = next(f for r in queries.reports(window.session.store) for f in queries.findings(window.session.store, r.id))
    report = queries.report(window.session.store, found.report_id)
    cell = next(
        cell
        for cell in queries.report_cells(window.session.store, window.session.catalogue, report.id)
        if cell.findings
    )
    trends.show_chart(workflow.Wanted((report.adcode or report.district,), (cell.indicator,)))
    spot = next(spot for spot in spots(trends) if spot[2].year == report.year)
    assert spot[2].findings
    point_event(trends, "motion_notify_event", spot)
    words = trends.canvas.accessibleDescription()
    assert trends.canvas.current is spot[2] and trends.canvas._ring.isVisible()
    assert words.startswith(f"{report.district} · {report.year}年") and "疑点：" in words
    assert cell.figures[0].quote in words and "“" in words
    trends.canvas._mean(None)
    assert not trends.canvas._ring.isVisible()


def test_the_wheel_zooms_a_drag_moves_and_a_double_click_shows_all_again(trends):
    spot = spots(trends)[0]
    axes = spot[0].axes
    whole = axes.get_xlim()
    point_event(trends, "scroll_event", spot, step=3)
    near = axes.get_xlim()
    assert near[1] - near[0] < 0.6 * (whole[1] - whole[0])
    assert near[0] <= spot[2].year <= near[1]
    point_event(trends, "button_press_event", spot, button=1)
    from matplotlib.backend_bases import MouseEvent

    x, y = axes.transData.transform((spot[2].year, spot[3]))
    for name in ("motion_notify_event", "button_release_event"):
        event = MouseEvent(name, trends.canvas._canvas, x + 60, y, button=1)
        trends.canvas._canvas.callbacks.process(name, event)
    assert axes.get_xlim()[0] < near[0]
    point_event(trends, "button_press_event", spot, button=1, dblclick=True)
    assert trends.canvas.drawn[0].axes.get_xlim() == whole


def test_the_keys_go_from_point_to_point_zoom_and_open(trends, window):
    trends.canvas.setFocus(Qt.FocusReason.TabFocusReason)
    last = trends.canvas.current
    press(Key.Key_Left)
    assert trends.canvas.current.year == last.year - 1 and trends.canvas.current.indicator == last.indicator
    press(Key.Key_Down)
    assert trends.canvas.current.indicator != last.indicator
    meant = trends.canvas.current
    window.acts["zoom_in"].trigger()
    assert trends.canvas._view.changed and trends.canvas.current is meant
    press(Key.Key_End)
    shown = trends.canvas._current[0].axes.get_xlim()
    assert shown[0] <= trends.canvas.current.year <= shown[1], "what is gone to comes into view"
    window.acts["zoom_whole"].trigger()
    assert not trends.canvas._view.changed
    press(Key.Key_Return)
    assert "还没有指向" in said(window)
    press(Key.Key_Return)
    assert window.pages.currentWidget() is window.pages.places["desk"]


def test_a_chart_is_kept_renamed_let_go_and_undone(trends, window):
    keys = [choice.key for choice in trends.aside.districts.shown]
    ticked(trends.aside.districts, keys[1])
    kept = trends.wanted()
    trends.keep_as("  对比 一  ")
    assert trends.bar.kept.currentData() == "对比 一" and "对比 一" in said(window)
    trends.choose(keys[3])
    ticked(trends.aside.districts, keys[1], False)
    assert trends.wanted() != kept and trends.bar.kept.currentData() is None
    trends.bar.kept_chosen.emit("对比 一")
    assert trends.wanted() == kept
    trends.bar.show_kept("对比 一")
    assert trends._decide(workflow.rename_chart, "对比 一", "对比")
    assert list(workflow.kept_charts(window.session.store)) == ["对比"]
    assert not trends._decide(workflow.keep_chart, " ", kept) and "名称" in said(window)
    trends.bar.show_kept("对比")
    window.acts["forget_chart"].trigger()
    assert not workflow.kept_charts(window.session.store)
    window.acts["undo"].trigger()
    assert workflow.kept_charts(window.session.store) == {"对比": kept}
    assert trends.bar.kept.findData("对比") > 0


def test_the_chart_is_there_again_at_the_next_start(trends, window, shell, store_path, qtbot):
    keys = [choice.key for choice in trends.aside.districts.shown]
    trends.choose(keys[2])
    ticked(trends.aside.districts, keys[0])
    trends.bar.show_years(2023, None)
    trends._changed()
    wanted = trends.wanted()
    shell.close()
    again = show(shell, store_path, qtbot)
    again.pages.show_trends()
    assert again.pages.trends.wanted() == wanted


def test_the_chart_is_printed_as_fine_as_the_page(trends, window, tmp_path, qtbot):
    from PySide6.QtPrintSupport import QPrinter

    from desktop.ui.trends import printing

    printer = printing.printer()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "图.pdf"))
    printer.setResolution(200)
    trends.print_on(printer)
    qtbot.waitUntil(lambda: said(window) == "已送往打印机。", timeout=20_000)
    assert (tmp_path / "图.pdf").read_bytes().startswith(b"%PDF") and (tmp_path / "图.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("ending", ["png", "svg", "pdf"])
def test_the_chart_is_saved_with_its_data(trends, window, tmp_path, qtbot, ending):
    target = tmp_path / f"图.{ending}"
    trends.save_to(target)
    qtbot.waitUntil(lambda: said(window).startswith("已保存"), timeout=20_000)
    assert target.stat().st_size > 1000 and target.with_name(f"{target.stem}-data.csv").exists()


def test_a_decision_shows_in_the_chart(trends, window):
    line = trends._series.lines[0]
    window.pages._open_point(line.points[0].report_id, line.indicator.id)
    press(Key.Key_Return)
    window.pages.show_trends()
    again = trends._series.lines[0]
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
