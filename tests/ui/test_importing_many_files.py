"""Hundreds of files dropped on the window: read by processes, shown as they come, while the window goes on."""

from __future__ import annotations

import itertools
import time
import zipfile

import pytest
from handling import drop, said, show
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel

from db import queries
from desktop import paths, settings
from desktop.errors import UserError
from desktop.progress import TimeLeft
from desktop.ui import jobs
from desktop.workflow import importing as importing_files

FILES = 96


@pytest.fixture
def empty(shell, tmp_path, qtbot):
    settings.remember("reviewer", "王敏")
    return show(shell, tmp_path / "空.hebao", qtbot)


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "下发"
    inside.mkdir()
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths.samples().glob("*.txt"))]
    for number in range(FILES - 2):
        (inside / f"{number:03}.txt").write_text(f"{texts[number % len(texts)]}\n附件{number}", encoding="utf-8")
    with zipfile.ZipFile(inside / "补报.zip", "w") as archive:
        for number in range(2):
            archive.writestr(f"{number}.txt", f"{texts[0]}\n补报{number}")
    return inside


@pytest.fixture
def by_processes(monkeypatch):
    """Let processes read even what is little."""
    monkeypatch.setattr(importing_files, "LITTLE", 0)


def test_the_window_goes_on_while_hundreds_of_files_come_in(empty, folder, qtbot, by_processes):
    importing, turns = empty.files.importing, [(time.monotonic(), 0)]
    turning = QTimer(empty, interval=1)
    turning.timeout.connect(lambda: turns.append((time.monotonic(), len(importing._imported.added))))
    with qtbot.waitSignal(importing.finished, timeout=60_000):
        drop(empty, folder)
        turning.start()
    turning.stop()
    assert said(empty) == f"导入 {FILES} 份报告，跳过 0 份，失败 0 份。"
    steps = [(later - at, entered - before) for (at, before), (later, entered) in itertools.pairwise(turns)]
    assert max(entered for _, entered in steps) <= jobs.AHEAD, "no turn of the loop enters more"
    held, entering = max(held for held, _ in steps), sum(held for held, entered in steps if entered)
    assert held < entering / 3, "the floor: all entered at once"


def test_a_cancelled_import_is_gone_on_with(empty, folder, qtbot, by_processes):
    with qtbot.waitSignal(empty.files.importing.finished, timeout=60_000):
        empty.files.importing.add([folder])
        qtbot.waitUntil(lambda: len(queries.reports(empty.session.store)) > 2, timeout=30_000)
        empty.strip.cancel.click()
    kept = len(queries.reports(empty.session.store))
    assert 2 < kept < FILES and said(empty).startswith("已停止导入")
    with qtbot.waitSignal(empty.files.importing.finished, timeout=60_000):
        empty.files.importing.add([folder])
    assert f"导入 {FILES - kept} 份报告，跳过 {kept} 份，失败 0 份" in said(empty)


def test_the_strip_tells_the_file_how_many_and_how_long(empty, folder, qtbot, monkeypatch):
    told = []
    monkeypatch.setattr(TimeLeft, "seconds", lambda _, done, total: (total - done) * 30.0)
    empty.files.importing.begun.connect(lambda job: job.stepped.connect(lambda *_: told.append(shown(empty.strip))))
    with qtbot.waitSignal(empty.files.importing.finished, timeout=60_000):
        empty.files.importing.add([folder / "000.txt", folder / "001.txt", folder / "002.txt"])
    assert ["000.txt", "0 / 3 项 · 约剩 2 分钟"] in told and ["002.txt", "3 / 3 项 · 不到 1 分钟"] in told
    assert empty.strip.isHidden()


def shown(strip):
    return [label.text() for label in strip.findChildren(QLabel)]


def test_time_left_follows_the_pace_of_the_last_half_minute():
    now = [0.0]
    left = TimeLeft(lambda: now[0])
    assert left.seconds(0, 1000) is None
    now[0] = 1
    assert left.seconds(500, 1000) is None, "too soon: what was known already is passed in no time"
    for second in range(2, 62):
        now[0] = second
        told = left.seconds(500 + second, 1000)
    assert told == pytest.approx(438, rel=0.01)


def test_a_store_that_takes_no_more_stops_the_import_and_says_why(empty, folder, qtbot, monkeypatch):
    def full(*_, **__):
        raise UserError("store_full", path="空.hebao")

    monkeypatch.setattr(type(empty.session.store), "add_reports", full)
    with qtbot.waitSignal(empty.files.importing.finished, timeout=60_000) as came:
        empty.files.importing.add([folder])
    imported, sentence = came.args
    assert {one.error.message_id for one in imported.failed} == {"store_full"} and "已停止" in sentence
