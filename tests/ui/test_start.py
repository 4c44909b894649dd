"""The start: what is not imported before the first paint, and where there is no screen."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from pytestqt.qtbot import QtBot

from desktop import workflow
from desktop.ui import displays
from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell

LATER = (
    "pandas", "numpy", "matplotlib", "sqlite_utils", "pypdfium2", "PIL", "xlsxwriter", "tomllib",
    "desktop.workflow.verbs", "desktop.model", "desktop.districts", "desktop.ui.mishap_dialog",
    "db.queries", "db.rows", "db.table", "db.log", "db.history", "db.standing", "db.backup", "db.intake",
)  # fmt: skip
START = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
from desktop.ui import run, main_window

class FirstPaint(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(watched.pages.reports.matrix_model.rowCount(), *sys.modules)
            watched.removeEventFilter(self)
            QTimer.singleShot(0, watched.close)
        return False

painted = FirstPaint()
build = main_window.MainWindow._lay_out

def lay_out(window):
    window.installEventFilter(painted)
    build(window)

main_window.MainWindow._lay_out = lay_out
sys.exit(run())
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux may lack a screen")


def test_nothing_slow_is_imported_before_the_first_paint(store_path: Path, tmp_path: Path) -> None:
    there = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "PYTHONPATH": str(Path.cwd())}
    command = [sys.executable, "-c", START.replace("run()", f"run(__import__('pathlib').Path({str(store_path)!r}))")]
    done = subprocess.run(command, env=there, capture_output=True, text=True, timeout=120, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    rows, *imported = done.stdout.split()
    assert int(rows) > 0, "the matrix is there at once"
    assert "desktop.ui.main_window" in imported
    assert not set(LATER) & set(imported)


def test_garbage_is_collected_on_the_windows_thread_whoever_makes_it(window: MainWindow, qtbot: QtBot) -> None:
    collected_on: list[threading.Thread] = []

    def tie_knots() -> None:
        for _ in range(3000):
            knot: list[object] = []
            knot.append(knot)

    class Knot:
        itself: Knot

    knot = Knot()
    knot.itself = knot
    weakref.finalize(knot, lambda: collected_on.append(threading.current_thread()))
    del knot
    job = threading.Thread(target=tie_knots)
    job.start()
    job.join()
    assert not gc.isenabled() and not collected_on
    qtbot.waitUntil(lambda: collected_on == [threading.main_thread()], timeout=10_000)


def test_python_collects_by_itself_again_once_the_window_is_closed(window: MainWindow, shell: Shell) -> None:
    shell.close()
    assert gc.isenabled()


@linux
def test_a_screen_that_does_not_answer_is_a_sentence_and_no_abort(tmp_path: Path) -> None:
    there = {name: value for name, value in os.environ.items() if name not in (*displays.NAMES, "QT_QPA_PLATFORM")}
    for settings in ({}, {"DISPLAY": ":97"}, {"DISPLAY": ":97", "WAYLAND_DISPLAY": "none", "XDG_RUNTIME_DIR": "/tmp"}):
        environment = {**there, "HOME": str(tmp_path), "HEBAO_LANGUAGE": "en", **settings}
        command = [sys.executable, "-m", "desktop"]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)
        assert done.returncode == 2 and done.stdout == ""
        (line,) = done.stderr.splitlines()
        assert "--help" in line and (not settings or ":97" in line)


@linux
def test_a_platform_that_was_chosen_is_left_to_qt() -> None:
    assert displays.lacking({"QT_QPA_PLATFORM": "offscreen"}) == ""
    assert displays.lacking({}) != ""


def test_a_store_that_the_system_hands_over_is_opened(
    window: MainWindow, shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    other = tmp_path / "双击.hebao"
    workflow.open_store(other).close()
    assert shell.eventFilter(shell, QFileOpenEvent(str(other)))
    assert shell.window is not None and shell.window is not window
    assert shell.window.session.store.path == other
