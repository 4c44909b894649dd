"""What the window tells of each decision and where it leads: nothing a person does goes unsaid or out of sight."""

from __future__ import annotations

import pytest
from handling import CTRL, Key, press, said, select_text, show, type_in, undecided
from PySide6.QtWidgets import QApplication, QDialog

from db import queries
from desktop import paths, workflow
from desktop.progress import Progress
from desktop.ui.shell import Shell


def test_a_value_typed_into_the_table_is_told_like_every_decision(desk, window):
    figure = desk.current()
    press(Key.Key_F2)
    type_in("77")
    press(Key.Key_Return)
    assert said(window) == f"已记录：改数值 {figure.quote} → 77 {figure.unit}"


def test_a_new_figure_is_told(desk, window):
    figure = undecided(desk)[0]
    select_text(desk, figure.start, figure.end)
    press(Key.Key_F6)
    assert said(window) == f"已记录：新建数据 {figure.quote}"


def test_what_is_undone_says_what_the_figure_is_now_only_where_that_changed(desk, window):
    figure = desk.current()
    press(Key.Key_Return)
    press(Key.Key_Z, CTRL)
    assert said(window) == f"已撤销：接受（{figure.quote}）"
    press(Key.Key_F2)
    type_in("77")
    press(Key.Key_Return)
    press(Key.Key_Z, CTRL)
    assert said(window).endswith(f"（{figure.quote} → {figure.value:,.10g} {figure.unit}）")


def test_a_comment_is_no_reading_of_the_machine(desk):
    press(Key.Key_F8)
    type_in("call")
    press(Key.Key_Return)
    QApplication.processEvents()
    assert "王敏 · 批注 · — → call" in desk.detail._values["history"].text()
    assert desk.detail._values["machine"].isHidden()


def test_undoing_after_a_restart_brings_the_sentence_into_sight(window, shell, store_path, qapp, qtbot):
    store = window.session.store
    report = max(queries.reports(store), key=lambda row: row.figures)
    figure = queries.figures(store, report.id)[report.figures // 2]
    workflow.accept(store, figure.id, reviewer="王敏")
    shell.close()
    another = Shell(qapp, "zh", "light")
    again = show(another, store_path, qtbot)
    qtbot.waitUntil(lambda: "desk" in vars(again.pages))  # made in the background, and not seen yet
    press(Key.Key_Z, CTRL)
    pane = again.pages.desk.text
    cursor = pane.textCursor()
    cursor.setPosition(pane._offsets.to_utf16(figure.start))
    assert pane.viewport().rect().contains(pane.cursorRect(cursor).center())
    another.close()


def test_the_trends_follow_the_report_at_the_desk(window):
    store = window.session.store
    districts = list(dict.fromkeys(report.district for report in queries.reports(store)))
    report = next(report for report in queries.reports(store) if report.district == districts[-1])
    window.pages.open_report(report.id)
    press(Key.Key_3, CTRL)
    trends = window.pages.trends
    assert trends.aside.district() == districts[-1]
    trends.choose(districts[0])
    press(Key.Key_2, CTRL)
    press(Key.Key_3, CTRL)
    assert trends.aside.district() == districts[0], "what is chosen by hand stays while the desk keeps its report"


def test_enter_exports_and_an_empty_table_is_told(window, tmp_path, qtbot):
    window.acts["export"].trigger()
    dialog = window.findChild(QDialog, "export_dialog")
    dialog.path.setText(str(tmp_path / "表.xlsx"))
    qtbot.waitUntil(dialog.isActiveWindow)
    with qtbot.waitSignal(dialog.exported, timeout=30_000) as written:
        press(Key.Key_Return)
    assert written.args[0][0].name == "表.xlsx"
    assert "表里只有表头" in dialog.findChild(object, "export_told").text()
    dialog.reject()


@pytest.mark.parametrize(("language", "title"), [("zh", "文件(&F)"), ("en", "&File")])
def test_menus_open_by_the_keyboard(window, shell, language, title):
    shell.set_language(language)
    titles = [action.text() for action in window.menuBar().actions()]
    assert titles[0] == title
    letters = [title[title.index("&") + 1] for title in titles]
    assert len(set(letters)) == len(titles)


def test_files_of_formats_that_cannot_be_read_are_listed_and_fail_nothing(window, tmp_path, qtbot):
    (tmp_path / "夹").mkdir()
    (tmp_path / "夹" / "报告.txt").write_text("某县2024年收到行政复议申请12件。", encoding="utf-8")
    (tmp_path / "夹" / "附表.xlsx").write_bytes(b"PK")
    with qtbot.waitSignal(window.files.importing.finished, timeout=30_000) as told:
        window.files.importing.add([tmp_path / "夹"])
    imported, sentence = told.args
    assert (len(imported.added), imported.failed) == (1, []) and "失败 0 份" in sentence
    panel = window.pages.reports.outcome
    assert panel.isVisible() and ".xlsx" in panel._list.item(0).text()


def test_a_second_file_for_a_district_and_year_is_a_finding_of_both(window, tmp_path):
    store = window.session.store
    first = sorted(paths.samples().glob("*.txt"))[0]
    again = tmp_path / "又一份.txt"
    again.write_bytes(first.read_bytes() + b"\n")
    workflow.import_paths(store, [again], Progress())
    found = {
        report.source_name
        for report in queries.reports(store)
        for row in queries.findings(store, report.id)
        if row.finding.check == "same_source"
    }
    assert found == {first.name, again.name}


def test_a_refusal_goes_when_the_person_goes_elsewhere(desk, window):
    for go in (lambda: press(Key.Key_Down), lambda: press(Key.Key_PageDown, CTRL), lambda: press(Key.Key_1, CTRL)):
        window.pages.show_desk()
        press(Key.Key_F6)
        assert "F6" in said(window)
        go()
        assert said(window) == ""
    press(Key.Key_2, CTRL)
    press(Key.Key_Return)
    assert said(window).startswith("已记录"), "what was done stays told though the next figure is gone to"
