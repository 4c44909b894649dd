"""Commands on a terminal: a bar on one line whatever files are called, and Ctrl+C at any moment without a traceback."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from db import queries
from db.store import Store
from desktop import __main__ as program
from desktop.cli.output import shortened
from desktop.workflow.processes import Processes

ROOT = Path(__file__).resolve().parents[2]
FILES = 480  # so many that not all are read before Ctrl+C is heard
LINE = "全年收到行政复议申请151件，受理140件，办结138件，其中撤销、变更6件。"


def test_a_long_name_is_shortened_to_the_columns_that_are_left():
    assert shortened("青禾县2024年报告.txt", 12) == "24年报告.txt" and shortened("a.txt", 12) == "a.txt"
    assert shortened("报告.txt", 0) == shortened("报告.txt", -5) == ""


def test_ctrl_c_before_a_command_began_is_no_traceback(monkeypatch):
    def interrupted(_):
        raise KeyboardInterrupt

    before = signal.getsignal(signal.SIGINT)
    monkeypatch.setattr("desktop.cli.run", interrupted)
    monkeypatch.setattr(sys, "argv", ["hebao", "status"])
    try:
        assert program.main() == 130
        assert signal.getsignal(signal.SIGINT) == signal.SIG_IGN, "once more while it ends"
    finally:
        signal.signal(signal.SIGINT, before)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no masks of signals")
def test_no_ctrl_c_reaches_a_process_that_reads_not_even_as_it_begins():
    workers = Processes(1)
    try:
        assert signal.SIGINT in workers.executor.submit(signal.pthread_sigmask, signal.SIG_BLOCK, ()).result()
    finally:
        workers.stop()
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


@pytest.mark.skipif(sys.platform != "linux", reason="a pseudo-terminal, and processes as /proc tells of them")
def test_an_import_on_a_terminal_is_stopped_by_ctrl_c(tmp_path):
    inside = tmp_path / "下发"
    inside.mkdir()
    for number in range(FILES):
        text = f"青禾县人民政府{1600 + number}年法治政府建设年度报告\n" + f"{LINE}\n" * 300
        (inside / f"青禾县人民政府{1600 + number}年度法治政府建设情况报告（上报稿）.txt").write_text(text, "utf-8")
    came, status, children = stopped(
        [sys.executable, "-m", "desktop", "import", "下发", "--store", "a.hebao"], tmp_path
    )
    assert status == 130 and "Traceback" not in came and "已停止" in came
    assert children and not [pid for pid in children if runs(pid)]
    with Store.open(tmp_path / "a.hebao") as store:
        assert 0 < len(queries.reports(store)) < FILES


def stopped(words, folder):
    """Run a command on a terminal, press Ctrl+C twice once its bar moves; return its output, status and children."""
    import fcntl
    import pty
    import termios

    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine has no pseudo-terminals")

    def on_it():
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ignored where the tests run in the background of a shell

    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "zh_CN.UTF-8", "COLUMNS": "80"}
    begun = subprocess.Popen(
        words, cwd=folder, env=environment, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        preexec_fn=on_it,
    )  # fmt: skip
    os.close(theirs)
    came, children = b"", []
    while True:
        try:
            came += os.read(ours, 4096)
        except OSError:  # whoever had the other end is gone
            break
        if not children and re.search(rb"[1-9]\d*/%d" % FILES, came):
            children = Path(f"/proc/{begun.pid}/task/{begun.pid}/children").read_text().split()
            os.write(ours, b"\x03\x03")
    os.close(ours)
    return came.decode(), begun.wait(), children


def runs(pid):
    """Return whether a process goes on for ten seconds."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return False
        except OSError:
            return False
        time.sleep(0.05)
    return True
