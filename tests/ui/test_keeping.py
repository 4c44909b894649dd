"""Backups, restoring, reading only, and what lost its place, in the window."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest
from handling import REVIEWER, said, select_text
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMessageBox

from db import queries, restoring
from db.store import Store
from desktop import reading, settings, workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.ui import refusal
from desktop.ui.keeping.lost_dialog import LostDialog
from desktop.ui.keeping.restore_dialog import RestoreDialog
from desktop.ui.keeping.test_dialog import TestDialog


def decide(window):
    report = queries.reports(window.session.store)[0]
    figure = queries.figures(window.session.store, report.id)[0]
    window.session.decide(workflow.accept, figure.id)
    return figure.id


def test_a_store_is_backed_up_beside_the_work_once_for_each_state(window, qtbot):
    path = window.session.store.path
    window.keeping.start()
    decide(window)  # nobody waits for the copy
    qtbot.waitUntil(lambda: len(workflow.backups(path)) == 1 and window.keeping._job is None)
    for expected in (2, 2):
        window.keeping.start()
        qtbot.waitUntil(lambda: window.keeping._job is None)
        assert len(workflow.backups(path)) <= expected
    assert said(window) == ""


def test_a_backup_goes_where_one_says_and_a_file_there_is_left_alone(window, qtbot, tmp_path, monkeypatch):
    to = tmp_path / "elsewhere" / "b.hebao"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(to), ""))
    window.acts["back_up"].trigger()
    qtbot.waitUntil(lambda: str(to) in said(window))
    with Store.open(to, read_only=True) as copy:
        assert len(queries.reports(copy)) == len(queries.reports(window.session.store))
    window.acts["back_up"].trigger()
    qtbot.waitUntil(lambda: "没有覆盖" in said(window))


def test_a_backup_comes_back_and_the_store_as_it_was_is_kept(shell, window, qtbot):
    path = window.session.store.path
    list(workflow.keep_backup(path, Progress()))
    figure = decide(window)
    window.acts["restore"].trigger()
    dialog = window.findChild(RestoreDialog)
    assert dialog.list.count() == 1 and dialog.go.isEnabled()
    dialog.buttons.accepted.emit()
    QApplication.processEvents()
    assert shell.window is not window
    assert shell.window.session.store.path == path
    assert queries.figure(shell.window.session.store, figure).state != "verified"
    kept = workflow.backups(path)[0]
    assert kept.occasion == "restore" and str(kept.path) in said(shell.window)
    with Store.open(kept.path, read_only=True) as before:
        assert queries.figure(before, figure).state == "verified"


def test_a_backup_that_is_no_good_cannot_be_chosen_and_says_why(window, tmp_path, qtbot):
    other = tmp_path / "other.hebao"
    Store.open(other).close()
    (tmp_path / "no.hebao").write_bytes(b"no store")
    dialog = RestoreDialog(window.session.store.path, window)
    qtbot.addWidget(dialog)
    assert not dialog.go.isEnabled()
    dialog.add_file(tmp_path / "no.hebao")
    assert not dialog.go.isEnabled() and "no.hebao" in dialog._told.text()
    dialog.add_file(other)
    assert dialog.go.isEnabled() and "另一项研究" in dialog._told.text()
    chosen = []
    dialog.chosen.connect(lambda *what: chosen.append(what))
    dialog.buttons.accepted.emit()
    assert chosen == [(other, True)]


def test_a_store_in_use_is_read_only_and_every_write_is_refused_with_a_sentence(shell, store_path, qtbot):
    settings.remember("reviewer", REVIEWER)
    with Store.open(store_path):
        with pytest.raises(UserError, match="store_in_use"):
            shell.open(store_path)
        window = shell.open(store_path, read_only=True)
        assert window.findChild(QLabel, "only_read").isVisibleTo(window)
        window.pages.open_report(queries.reports(window.session.store)[0].id)
        window.acts["accept"].trigger()
        assert "只" in said(window)
        assert window.pages.desk.current().state != "verified"
        window.keeping.start()
        window.rereading.read_all()
        assert window.keeping._job is None and window.rereading.job is None
        assert workflow.backups(store_path) == []


def answer(monkeypatch, *names):
    """Let the person press the buttons of these names, one box after another."""
    waiting, told = list(names), []

    def run(box):
        told.append((box.text(), [button.text() for button in box.buttons()]))
        assert box.textFormat() == Qt.TextFormat.PlainText
        wanted = waiting.pop(0) if waiting else "关闭"
        next(button for button in box.buttons() if button.text() == wanted).click()

    monkeypatch.setattr(QMessageBox, "exec", run)
    return told


def test_a_store_that_is_taken_can_be_opened_to_be_read(shell, window, tmp_path, monkeypatch, qtbot):
    taken = tmp_path / "<b>taken</b>.hebao"
    with Store.open(taken):
        told = answer(monkeypatch, "以只读方式打开")
        window.files.store_wanted.emit(taken, [])
        assert shell.window.session.store.path == taken and shell.window.session.store.read_only
        assert str(taken) in told[0][0]
        told = answer(monkeypatch, "关闭")
        shell.window.files.store_wanted.emit(taken, [])
        assert len(told) == 1


def test_a_damaged_store_offers_its_backups_and_a_rescue(store_path, tmp_path, monkeypatch, qapp):
    list(workflow.keep_backup(store_path, Progress()))
    content = bytearray(store_path.read_bytes())
    store_path.write_bytes(content[: len(content) // 4096 // 2 * 4096])
    error = UserError("store_damaged", path=str(store_path))
    told = answer(monkeypatch)
    assert refusal.ask_instead(error, store_path) is None
    assert {"恢复备份…", "抢救读得出的内容…"} <= set(told[0][1])
    answer(monkeypatch, "恢复备份…")
    newest = str(workflow.backups(store_path)[0].path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_, **__: (newest, ""))
    assert refusal.ask_instead(error, store_path) == refusal.Instead(store_path)
    with Store.open(store_path, read_only=True) as store:
        assert len(queries.reports(store)) > 3
    new = tmp_path / "new.hebao"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, **__: (str(new), ""))
    told = answer(monkeypatch, "抢救读得出的内容…")
    assert refusal.ask_instead(error, store_path) == refusal.Instead(new)
    assert "抢救出" in told[1][0]


def test_the_store_is_tested_and_each_problem_is_a_sentence(window, qtbot):
    path = window.session.store.path
    dialog = TestDialog(path, window)
    qtbot.waitUntil(lambda: str(path) in dialog.told.text())
    assert dialog.list.count() == 0
    window.session.store.close()
    other = sqlite3.connect(path)
    other.execute("UPDATE report SET verified = 9")
    other.commit()
    other.close()
    dialog = TestDialog(path, window)
    qtbot.waitUntil(lambda: dialog.list.count() > 0 and "个问题" in dialog.told.text())


@pytest.fixture
def lost(window):
    """A report decided on, whose text was read anew without the sentences of two decisions."""
    store = window.session.store
    report = queries.reports(store)[0]
    figures = queries.figures(store, report.id)[:2]
    for figure in figures:
        window.session.decide(workflow.accept, figure.id)
    document = reading.read(report.source_name, store.source(report.source_sha256))
    text = document.text
    for figure in reversed(figures):
        text = text[: figure.start] + text[figure.end :]
    from desktop import districts
    from desktop.extraction import extract

    fresh = replace(document, text=text)
    again = extract(fresh, workflow.catalogue(store), districts.load())
    store.replace_document(report.id, fresh, again, program="9", catalogue="9")
    return report.id


def test_what_lost_its_place_is_listed_and_placed_or_dropped(window, lost, qtbot):
    store = window.session.store
    window.acts["lost"].trigger()
    dialog = window.findChild(LostDialog)
    assert dialog.list.count() == 2
    dialog.list.setCurrentRow(1)
    dialog.place.click()
    assert "选中" in said(window)
    figure = next(f for f in queries.figures(store, lost) if f.state == "extracted")
    window.pages.open_report(lost)
    select_text(window.pages.desk, figure.start, figure.end)
    dialog.place.click()
    assert dialog.list.count() == 1
    placed = [f for f in queries.figures(store, lost) if f.state == "verified"]
    assert [(f.start, f.end) for f in placed] == [(figure.start, figure.end)]
    dialog.drop.click()
    assert dialog.list.count() == 0 and not dialog.drop.isEnabled()
    assert queries.lost(store) == []
    for _ in range(2):
        window.session.undo()
    assert dialog.list.count() == 2


def test_reading_all_again_keeps_what_was_decided(window, qtbot):
    figure = decide(window)
    with qtbot.waitSignal(window.rereading.said, timeout=60_000):
        window.acts["read_again"].trigger()
    assert queries.figure(window.session.store, figure).state == "verified"
    assert queries.lost(window.session.store) == []


def test_rescue_of_the_samples_is_the_samples(store_path, tmp_path):
    rescued = restoring.rescue(store_path, tmp_path / "r.hebao")
    with Store.open(store_path, read_only=True) as one, Store.open(tmp_path / "r.hebao", read_only=True) as other:
        assert queries.reports(one) == queries.reports(other)
        assert rescued.rows["report"] == len(queries.reports(other))
