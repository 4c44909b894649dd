"""Files read by several processes: what one of them does to its process harms no other, and stopping is prompt."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import subprocess
import sys
import time
from pathlib import Path

import pytest
from reading_perils import Barred, Perilous, sources

from db import queries
from desktop import indicators, workflow
from desktop.errors import UserError
from desktop.model import Figure
from desktop.progress import Cancelled, Progress
from desktop.text import say_error
from desktop.workflow import importing, pooling, rereading
from desktop.workflow.pooling import read_by
from desktop.workflow.processes import Processes, fitting_count
from desktop.workflow.sourcing import Failed

TEXT = "青禾县人民政府2024年法治政府建设年度报告\n全年收到行政复议申请151件，受理{}件。\n建成法治公园11处。\n"


def read(workers, loaded, progress=None):
    """Return what came of each source, by name: a document's text, or the id of the sentence that refuses it."""
    outcomes = read_by(workers, loaded, indicators.load(), progress or Progress())
    return {
        Path(one.name).name if isinstance(one, Failed) else one[0].name: (
            one.error.message_id if isinstance(one, Failed) else one[1][0].text
        )
        for one in outcomes
    }


@pytest.fixture
def one_a_chunk(monkeypatch):
    monkeypatch.setattr(pooling, "CHUNK_FILES", 1)


def test_a_file_that_kills_its_process_fails_alone_and_the_rest_goes_on(monkeypatch):
    monkeypatch.setattr(pooling, "CHUNK_FILES", 4)
    named = [f"{number}.txt" for number in range(20)]
    named[9] = "死.txt"
    progress = Progress()
    came = read(Perilous(2), sources(*named), progress)
    assert list(came) == named and progress.done == 20, "in their order"
    assert {name for name, what in came.items() if what == "source_reader_died"} == {"死.txt"}
    assert came["19.txt"].startswith("19.txt：收到行政复议申请151件")


def test_what_goes_wrong_in_a_reader_is_a_sentence_about_the_file():
    bad = ("错.txt", "内存.txt", "拒.txt")
    came = list(read_by(Perilous(1), sources(*bad, "好.txt"), indicators.load(), Progress()))
    said = [say_error(one.error) for one in came[:3]]
    assert "ValueError: out of range" in said[0] and "内存不足" in said[1] and "没有权限" in said[2]
    assert all(str(Path("下发", name)) in line for name, line in zip(bad, said, strict=True))
    (_, (document, extraction)) = came[3]
    assert document.text.startswith("好.txt") and [type(f) for f in extraction.figures] == [Figure]


def test_a_file_that_takes_for_ever_is_given_up(one_a_chunk):
    came = read(Perilous(2, patience=2.0), sources("拒.txt", "算.txt", "拒二.txt"))
    refused = "source_unreadable"
    assert came == {"拒.txt": refused, "算.txt": "source_reader_died", "拒二.txt": refused}


def test_stopping_waits_for_no_file(one_a_chunk):
    progress, came, began = Progress(), [], set(multiprocessing.active_children())
    with pytest.raises(Cancelled):
        for outcome in read_by(Perilous(2), sources("好.txt", "停.txt", *"一二三四五六"), indicators.load(), progress):
            came.append(outcome)
            began = set(multiprocessing.active_children()) - began
            progress.cancel()
    assert len(came) == 1 and began
    _see_them_end([process.pid for process in began])


def test_processes_that_read_load_neither_the_window_nor_tables(one_a_chunk):
    modules = read(Perilous(1), sources("模块.txt"))["模块.txt"].split()
    assert not {"PySide6", "pandas", "numpy", "matplotlib", "desktop.ui"} & set(modules)


def test_processes_end_with_the_one_that_began_them(tmp_path):
    code = """
import multiprocessing, sys
sys.path.insert(0, sys.argv[1])
from reading_perils import Barred, Perilous, sources
from desktop import indicators
from desktop.progress import Progress
from desktop.workflow import pooling
if __name__ == "__main__":
    pooling.CHUNK_FILES = 1
    step = Progress(report=lambda *_: print(*(c.pid for c in multiprocessing.active_children()), flush=True))
    list(pooling.read_by(Perilous(2), sources("停.txt", "停二.txt"), indicators.load(), step))
"""
    script = tmp_path / "beginning.py"
    script.write_text(code, encoding="utf-8")
    root = Path(__file__).resolve().parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "PYTHONUTF8": "1"}
    words = [sys.executable, str(script), str(Path(__file__).parent)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as begun:
        begun.stdout.readline()
        pids = [int(pid) for pid in begun.stdout.readline().split()]
        begun.kill()
    assert len(pids) == 2
    _see_them_end(pids)


def _see_them_end(pids):
    until = time.monotonic() + 30
    while any(map(_runs, pids)) and time.monotonic() < until:
        time.sleep(0.05)
    assert not [pid for pid in pids if _runs(pid)]


def _runs(pid):
    if sys.platform != "linux":
        try:
            os.kill(pid, 0)
        except OSError:
            return False
        return True
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "reports"
    inside.mkdir()
    for number in range(12):
        (inside / f"{number:02}.txt").write_text(TEXT.format(140 + number), encoding="utf-8")
    (inside / "空.txt").write_bytes(b"")
    return inside


def test_processes_find_what_one_process_finds(folder):
    paths = sorted(folder.iterdir())
    here = {one.path: one for one in importing.read_sources(paths, frozenset(), Progress()) if hasattr(one, "path")}
    apart = list(importing.read_sources(paths, frozenset(), Progress(), workers=Processes(2)))
    assert {one.path: one for one in apart if hasattr(one, "path")} == here and len(here) == 12
    assert [one.error.message_id for one in apart if isinstance(one, Failed)] == ["source_empty"]


def test_an_import_that_was_stopped_is_gone_on_with(store, folder, monkeypatch):
    monkeypatch.setattr(pooling, "CHUNK_FILES", 2)
    progress = Progress()
    progress._report = lambda done, total, what: progress.cancel() if done >= 5 else None
    with pytest.raises(Cancelled):
        workflow.import_paths(store, [folder], progress, workers=Processes(1))
    first = len(queries.reports(store))
    assert 0 < first < 12
    again = workflow.import_paths(store, [folder], Progress(), workers=Processes(1))
    assert (len(again.added), len(again.skipped), len(again.failed)) == (12 - first, first, 1)
    assert len(queries.reports(store)) == 12 and queries.unchecked(store) == []


def test_own_indicators_reach_the_processes(store, folder):
    definition = {
        "id": "law_parks", "name_zh": "法治公园数", "unit": "个", "units": "处 座",
        "when": [{"noun": "法治公园", "act": "建成"}],
    }  # fmt: skip
    workflow.add_indicator(store, definition, reviewer="王敏")
    workflow.import_paths(store, [folder], Progress(), workers=Processes(1))
    assert {f.indicator for f in queries.figures(store, 1)} >= {"law_parks"}


def test_original_files_are_read_again_by_processes(store, tmp_path, monkeypatch):
    for number, name in enumerate(("好.txt", "死.txt", "缺.txt", "良.txt")):
        (tmp_path / name).write_text(TEXT.format(100 + number), encoding="utf-8")
        workflow.import_paths(store, [tmp_path / name], Progress())
    missing = queries.reports(store)[2].source_sha256
    kept = store.source
    monkeypatch.setattr(rereading, "processes", lambda: Perilous(1))
    monkeypatch.setattr(type(store), "source", lambda _, sha256: None if sha256 == missing else kept(sha256))
    monkeypatch.setattr(pooling, "CHUNK_FILES", 1)
    progress = Progress()
    again = list(workflow.read_sources_again(store, [4, 3, 2, 1], progress))
    assert [one.report_id for one in again] == [4, 3, 2, 1] and progress.done == progress.total == 4
    assert [one.document and one.document.name for one in again] == ["良.txt", None, None, "好.txt"]
    assert all(one.extraction.figures for one in again), "without its file a report is read from its text"
    workflow.keep_again(store, again[0])


def test_processes_with_another_catalogue_read_nothing(monkeypatch):
    monkeypatch.setattr(pooling, "own_indicators", lambda _: (next(iter(indicators.load().values())),))
    with pytest.raises(UserError, match="other_catalogue"):
        read(Processes(1), sources("好.txt"))


def test_little_is_read_without_processes(folder, monkeypatch):
    def refuse(*_):
        raise AssertionError("no process was called for")

    monkeypatch.setattr(importing, "Processes", refuse)
    assert len(list(importing.read_sources(sorted(folder.iterdir()), frozenset(), Progress()))) == 13
    monkeypatch.setattr(importing, "LITTLE", 100)
    with pytest.raises(AssertionError):
        list(importing.read_sources(sorted(folder.iterdir()), frozenset(), Progress()))
    monkeypatch.undo()
    assert 1 <= fitting_count() <= 8


def test_where_no_process_can_begin_files_are_read_all_the_same(folder, monkeypatch):
    monkeypatch.setattr(importing, "LITTLE", 0)
    monkeypatch.setattr(importing, "Processes", Barred)
    assert len(list(importing.read_sources(sorted(folder.iterdir()), frozenset(), Progress()))) == 13


def test_errors_travel_between_processes():
    error = UserError("source_unreadable", name="甲.txt", why=PermissionError(13, "Permission denied"))
    came = pickle.loads(pickle.dumps(error))
    assert say_error(came) == say_error(error) and came.arguments["why"].errno == 13
