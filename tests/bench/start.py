"""Starting against its floor: from the first byte of the process to the first paint of the window, a store open.

Run `python -m tests.bench.start [STORE.hebao] [--program PROGRAM] [--floor PROGRAM] [--rounds N]`; without a store the
sample reports are imported into one that is thrown away; `--program` measures a frozen application in place of the
source. The floor is a bare QMainWindow of PySide6, in the source (BARE) or, by `--floor`, frozen by PyInstaller too.
Both are started in turn, each a process of its own, which Qt's own log says has painted. The ratio is that of the
medians; target 2.0. Hebao's first paint has the matrix in it (tests/ui/test_start.py), of more than reading.MANY
reports its frame. On Linux also by processor time, which other work disturbs less.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from desktop import paths, workflow
from desktop.progress import Progress

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, TARGET = 11, 2.0
PAINTED = re.compile(r"qt\.widgets\.painting: Flushing .* of Q?MainWindow")
BARE = """
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(["bare", "-style", "fusion"])
window = QMainWindow()
window.show()
app.exec()
"""


def started(command: list[str], home: Path) -> tuple[float, float]:
    """Start a program, wait for its window's first paint and end it; return seconds, and those of the processor."""
    there = {**os.environ, "HOME": str(home), "QT_LOGGING_RULES": "qt.widgets.painting=true", "PYTHONPATH": str(ROOT)}
    there.setdefault("QT_QPA_PLATFORM", "offscreen")
    there.pop("PYTHONDONTWRITEBYTECODE", None)  # as installed: compiled once
    begun = time.perf_counter()
    with subprocess.Popen(command, env=there, stderr=subprocess.PIPE, text=True, encoding="utf-8") as process:
        assert process.stderr is not None
        for line in process.stderr:
            if PAINTED.match(line):
                break
        else:
            raise RuntimeError(f"{command[0]} ended without a window")
        spent = time.perf_counter() - begun, _processor_seconds(process.pid)
        process.kill()
    for mark in home.rglob("running-*.txt"):  # or the next start would tell of an end that nobody wished
        mark.unlink()
    return spent


def _processor_seconds(process: int) -> float:
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return float("nan")
    fields = stat.read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def ratios(command: list[str], bare: list[str], rounds: int = ROUNDS) -> tuple[float, float]:
    """Return how many times a `bare` window's start `command` takes, by the clock and by processor time, and say so."""
    times: dict[str, list[tuple[float, float]]] = {"bare": [], "hebao": []}
    with tempfile.TemporaryDirectory() as home:
        for each in (bare, command):
            started(each, Path(home))
        for _ in range(rounds):
            times["bare"].append(started(bare, Path(home)))
            times["hebao"].append(started(command, Path(home)))
    (floor, floor_cpu), (spent, cpu) = (
        tuple(statistics.median(part) for part in zip(*taken, strict=True)) for taken in times.values()
    )
    print(f"bare window {floor * 1e3:.0f} ms ({floor_cpu * 1e3:.0f} of the processor)")
    print(
        f"hebao {spent * 1e3:.0f} ms ({cpu * 1e3:.0f}): {spent / floor:.2f} ({cpu / floor_cpu:.2f}); at most {TARGET}"
    )
    return spent / floor, cpu / floor_cpu


def main(words: list[str]) -> int:
    """Measure, tell the ratio, and return 1 where it is over its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("store", nargs="?", type=Path)
    parser.add_argument("--program", help="a frozen application")
    parser.add_argument("--floor", help="a bare window as a program")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    chosen = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as folder:
        store = chosen.store or Path(folder) / "samples.hebao"
        if chosen.store is None:
            with workflow.open_store(store) as made:
                workflow.import_paths(made, [paths.samples()], Progress())
        program = [chosen.program] if chosen.program else [sys.executable, "-m", "desktop"]
        bare = [chosen.floor] if chosen.floor else [sys.executable, "-c", BARE]
        return int(ratios([*program, str(store)], bare, chosen.rounds)[0] > TARGET)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
