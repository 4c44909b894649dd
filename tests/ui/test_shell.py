"""Starting, first start, other stores, what is remembered, bad stores, pictures, jobs."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from handling import Key, press, said, show, type_in
from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog

from db import queries
from desktop import settings, workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.ui import photograph, refusal, run
from desktop.ui.jobs import Job
from desktop.ui.refusal import Instead, ask_instead

ROOT = Path(__file__).resolve().parents[2]


def test_the_first_start_asks_for_a_name_and_nothing_else(shell, store_path, qtbot):
    window = show(shell, store_path, qtbot)
    bar = window.reviewer_bar
    assert bar.isVisible() and bar.line.hasFocus()
    press(Key.Key_Return)
    assert bar.isVisible(), "an empty name is refused"
    window.pages.show_desk()
    figure = window.pages.desk.current()
    press(Key.Key_Return)
    assert queries.figure(window.session.store, figure.id).state == "extracted"
    assert bar.line.hasFocus(), "a decision without a name asks for it"
    type_in("李敏")
    press(Key.Key_Return)
    assert bar.isHidden() and settings.get("reviewer") == "李敏"
    press(Key.Key_Return)
    assert queries.figure(window.session.store, figure.id).reviewer == "李敏"
    window.acts["reviewer"].trigger()
    assert bar.line.text() == "李敏"


def test_a_known_reviewer_is_asked_nothing(window):
    assert window.reviewer_bar.isHidden()


def test_the_samples_open_in_a_store_of_their_own(window, shell, qtbot, isolated):
    before = window.session.store.path
    window.acts["open_samples"].trigger()
    opened = shell.window
    assert opened is not window and opened.session.store.path.name == "样例报告库.hebao" != before.name
    with qtbot.waitSignal(opened.files.importing.finished, timeout=30_000):
        pass
    assert len(queries.reports(opened.session.store)) >= 9
    assert opened.pages.reports.outcome.isHidden(), "a newcomer is told of nothing that was left out"
    opened.pages.show_desk()
    opened.acts["open_samples"].trigger()
    assert shell.window is opened and opened.pages.reports.isVisible(), "what is open is shown, not refused as in use"


@pytest.mark.parametrize(("button", "chosen"), [(0, "别的.hebao"), (1, "新的.2024.hebao"), (2, None)])
def test_where_a_store_cannot_be_opened_at_the_start_another_is_asked_for(shell, tmp_path, monkeypatch, button, chosen):
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: ("别的.hebao", ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("新的.2024", ""))

    def click():
        box = QApplication.activeModalWidget()
        assert "别的" in box.text()
        box.buttons()[button].click()

    QTimer.singleShot(100, click)
    asked = ask_instead(UserError("store_foreign", path="别的"), tmp_path / "别的")
    assert (asked and asked.path.name) == chosen


def when_shown(qapp, do):
    """Do something once the window is there, however long that takes; what it waits with has to be kept."""

    def look():
        if any(window.objectName() == "main" and window.isVisible() for window in qapp.topLevelWidgets()):
            waiting.stop()
            do()

    waiting = QTimer(interval=50)
    waiting.timeout.connect(look)
    waiting.start()
    return waiting


def test_the_window_opens_on_the_store_asked_for_instead(tmp_path, store_path, monkeypatch, qapp):
    bad = tmp_path / "假.hebao"
    bad.write_text("这不是报告库" * 200, encoding="utf-8")
    settings.remember("reviewer", "王敏")
    monkeypatch.setattr(refusal, "ask_instead", lambda _error, _path: Instead(store_path))
    monkeypatch.setattr(QApplication, "platformName", lambda *_: "xcb")
    waiting = when_shown(qapp, qapp.closeAllWindows)
    assert run(bad, language="zh") == 0
    assert not waiting.isActive()


def test_a_store_that_is_none_is_refused_in_the_window(window, shell, tmp_path):
    bad = tmp_path / "假.hebao"
    bad.write_bytes(b"no store at all" * 100)
    window.files.store_wanted.emit(bad, [])
    assert shell.window is window
    assert str(bad) in said(window) or bad.name in said(window)
    assert bad.read_bytes() == b"no store at all" * 100


def test_running_on_a_store_that_is_none_says_so_and_ends(tmp_path, capsys, qapp):
    bad = tmp_path / "假.hebao"
    bad.write_bytes(b"x" * 5000)
    assert run(bad, language="en") == 1
    assert bad.name in capsys.readouterr().err


def test_the_window_runs_until_it_is_closed(store_path, qapp, isolated):
    seen = []

    def close():
        seen.extend(window.windowTitle() for window in qapp.topLevelWidgets() if window.objectName() == "main")
        qapp.closeAllWindows()

    waiting = when_shown(qapp, close)
    assert run(store_path) == 0
    assert not waiting.isActive() and any(title.startswith(store_path.stem) for title in seen)
    assert settings.get("last_store") == str(store_path.resolve())
    assert not list(store_path.parent.glob("*-wal")), "closing folds the log in"


def test_shapes_are_remembered(window, shell, store_path, qtbot):
    window.resize(820, 600)
    page = window.pages.reports
    page.list.setColumnWidth(1, 222)
    page.across.setSizes([400, 450])
    sizes = page.across.sizes()
    shell.close()
    again = shell.open(store_path)
    assert again.size().toTuple() == (820, 600)
    assert again.pages.reports.list.columnWidth(1) == 222
    assert again.pages.reports.across.sizes() == sizes


@pytest.mark.parametrize("page", ["reports", "desk", "sheaf", "search", "trends", "spot", "help"])
def test_a_picture_of_every_page(store_path, tmp_path, qapp, page):
    picture = tmp_path / "pictures" / f"{page}.png"
    photograph(store_path, picture, page=page, language="en", theme="dark", size=(1000, 640))
    image = QImage(str(picture))
    assert image.size().toTuple() == (1000, 640)
    colours = {image.pixel(x, y) for x in range(0, 1000, 7) for y in range(0, 640, 7)}
    assert len(colours) > 8
    with workflow.open_store(store_path) as store:
        assert queries.undo_label(store, "王敏") is None


def test_nothing_heavy_is_loaded_before_the_first_paint(store_path, isolated):
    code = f"""
import sys
import threading
from pathlib import Path
from PySide6.QtWidgets import QApplication
from desktop.ui.shell import Shell
app = QApplication([])
shell = Shell(app)
shell.open(Path({str(store_path)!r}))
app.processEvents()
heavy = {{"pandas", "numpy", "matplotlib", "xlsxwriter", "pypinyin", "desktop.ui.desk.desk_page"}} & set(sys.modules)
shell.close()
print(sorted(heavy))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, timeout=60)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_job_brings_its_results_one_by_one(qtbot):
    def work(progress: Progress):
        progress.total = 3
        for number in range(3):
            progress.step(str(number))
            yield number

    job, results, steps = Job(work), [], []
    job.produced.connect(results.append)
    job.stepped.connect(lambda *step: steps.append(step))
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert results == [0, 1, 2] and steps[-1] == (3, 3, "2")
    assert ended.args == [None] and not job.cancelled and not job.running


def test_a_job_is_cancelled_or_says_why_it_stopped(qtbot):
    def endless(progress: Progress):
        while True:
            progress.step()
            yield None

    job = Job(endless)
    job.produced.connect(lambda _: job.cancel())
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert job.cancelled and ended.args == [None]

    def refused(_progress: Progress):
        yield 1
        raise UserError("unit_empty")

    job = Job(refused)
    with qtbot.waitSignal(job.ended) as ended:
        job.start()
    assert ended.args[0].message_id == "unit_empty"


def test_a_bug_in_a_job_is_not_kept_quiet(qtbot):
    def broken(_progress: Progress):
        yield 1 / 0

    job = Job(broken)
    with qtbot.capture_exceptions() as raised:
        with qtbot.waitSignal(job.ended):
            job.start()
        qtbot.wait(20)
    assert [kind for kind, *_ in raised] == [ZeroDivisionError]


def test_a_job_outlives_the_dialog_that_began_it(qtbot):
    dialog, go_on, came = QDialog(), threading.Event(), []

    def work(progress: Progress):
        go_on.wait(10)
        progress.step()
        yield 1
        came.append("end")

    dialog.job = Job(work)
    dialog.job.produced.connect(dialog.setWindowTitle)
    dialog.job.start()
    ended = dialog.job.ended
    with qtbot.waitSignal(ended):
        dialog.deleteLater()
        del dialog
        gc.collect()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        go_on.set()
    assert came == ["end"]
