"""What nobody foresaw: told once, logged without a word of a report, and told of at the next start."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from desktop import cli, faults, indicators, workflow
from desktop.endings import Mark
from desktop.paths import samples, state_folder

ROOT = Path(__file__).resolve().parents[2]
SECRET = "受理行政复议申请37件"
NAME = "甲县2023年报告.docx"


def fail(text: str) -> None:
    """Fail as code does that quotes what it reads, after a failure that names a file."""
    try:
        Path(f"/nowhere/{NAME}").read_bytes()
    except OSError as error:
        raise ValueError(f"cannot understand {text!r}") from error


def failed(act) -> BaseException:
    with pytest.raises(BaseException) as raised:
        act()
    return raised.value


def test_the_log_says_where_and_of_what_type_and_nothing_of_the_report():
    error = failed(lambda: fail(SECRET))
    told = faults.described(error)
    assert "ValueError" in told and "FileNotFoundError (2)" in told and "caused by" in told
    assert SECRET not in told and "甲县" not in told and str(ROOT) not in told and "nowhere" not in told
    assert SECRET in faults.described(error, words=True)


def test_neither_does_it_of_errors_in_parts_nor_of_those_of_another_process():
    parts = ExceptionGroup(SECRET, [ValueError(SECRET), ExceptionGroup("x", [failed(lambda: fail(SECRET))])])
    assert SECRET not in faults.described(parts) and "甲县" not in faults.described(parts)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        error = failed(pool.submit(indicators.parse, {"indicators": {SECRET: {}}}).result)
    told = faults.described(error)
    assert "KeyError" in told and "desktop/indicators.py" in told and SECRET not in told


@pytest.mark.parametrize("part", ["reader", "checks", "extraction"])
def test_a_sentence_in_an_error_from_deep_inside_stays_out_of_the_log(part, monkeypatch, tmp_path, capfd):
    places = {
        "reader": ("desktop.reading.read", lambda *a, **k: fail(SECRET)),
        "extraction": ("desktop.extraction.extract", lambda *a, **k: fail(SECRET)),
        "checks": ("desktop.checks.run", lambda *a, **k: fail(SECRET)),
    }
    monkeypatch.setattr(*places[part])
    command = ["extract", str(samples() / "jichuan-2022.txt")]
    if part == "checks":
        command = ["import", str(samples() / "jichuan-2022.txt"), "--store", str(tmp_path / "a.hebao")]
    status = cli.run(command)
    told = capfd.readouterr()
    log = faults.log_file().read_text(encoding="utf-8")
    assert status == 1 and "Traceback" not in told.err and SECRET not in told.err + told.out
    assert "test_faults" not in log and "ValueError" in log and SECRET not in log and "甲县" not in log


def test_the_command_line_says_where_the_log_is(monkeypatch, tmp_path, capfd):
    monkeypatch.setattr(workflow, "status", lambda _: fail(SECRET), raising=False)
    with workflow.open_store(tmp_path / "a.hebao"):
        pass
    assert cli.run(["status", "--store", str(tmp_path / "a.hebao")]) == 1
    assert str(faults.log_file()) in capfd.readouterr().err


def test_the_log_turns_over_and_never_grows_without_end():
    for number in range(40):
        faults.note(f"{number} " + "x" * 30_000)
    logs = sorted(state_folder().glob("hebao*.log"))
    assert len(logs) == faults.KEPT and all(log.stat().st_size <= faults.LARGEST for log in logs)
    assert "39 x" in faults.log_file().read_text(encoding="utf-8")


def test_where_no_log_can_be_written_nothing_is_lost():
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("a file")
    assert faults.note("x") is None


@pytest.fixture
def starts(tmp_path, monkeypatch):
    """Start a window's mark in a process of its own, and do something then."""
    monkeypatch.setattr("platformdirs.user_state_path", lambda *_, **__: tmp_path / "hebao")
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}

    def start(then: str) -> subprocess.Popen[str]:
        code = f"from desktop.endings import Mark; mark = Mark(); mark.begin(); print('begun', flush=True); {then}"
        process = subprocess.Popen(
            [sys.executable, "-c", code], cwd=ROOT, env=environment, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        assert process.stdout.readline() == "begun\n"
        return process

    return start


def ended_badly() -> bool:
    mark = Mark()
    badly = mark.begin()
    mark.end()
    return badly


@pytest.mark.skipif(sys.platform != "linux", reason="where state lies is set by a variable on Linux only")
def test_the_next_start_tells_of_a_crash_once_and_says_where_it_was(starts):
    assert starts("import os; os.kill(os.getpid(), 11)").communicate() and ended_badly()
    assert "ended badly: Fatal Python error: Segmentation fault" in faults.log_file().read_text(encoding="utf-8")
    assert not ended_badly()
    assert starts("import os; os.kill(os.getpid(), 9)").communicate() and ended_badly()


@pytest.mark.skipif(sys.platform != "linux", reason="where state lies is set by a variable on Linux only")
def test_an_end_that_was_wished_and_a_window_that_still_runs_are_none(starts):
    starts("mark.end()").communicate()
    assert not ended_badly()
    running = starts("input(); mark.end()")
    assert not ended_badly()
    running.communicate("\n")


def test_what_looks_like_a_place_in_a_quoted_report_is_none():
    told = f"KeyError: 'File \"desktop/a.py\", line 3, in x{SECRET}'"
    assert SECRET not in "".join(faults.places(told))
