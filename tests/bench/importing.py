"""Files read by two processes against one: the same files in turn, in one run.

Run `python -m tests.bench.importing [FOLDER]`; without a folder, made reports each as long as twenty are read. The
floor is one process of the same kind, so that beginning, sending and fetching cost both. Target: 1.6 times faster by
two. On a machine whose processors others use, the clock tells of them: beside it stands for how long free processors
would be busy, that is the busier process, or the one that feeds them if that is more.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from desktop import paths
from desktop.progress import Progress
from desktop.workflow import find_sources
from desktop.workflow.importing import read_sources
from desktop.workflow.processes import Processes
from desktop.workflow.sourcing import Failed

ROUNDS = 3
TARGET = 1.6


class Counted(Processes):
    """Processes that are asked, before they end, how long they were busy."""

    busy: dict[int, float]

    def stop(self) -> None:
        asked = [self.executor.submit(_busy) for _ in range(8 * self.count)]
        self.busy = dict(answer.result() for answer in asked)
        super().stop()


def main(argv: list[str]) -> int:
    """Measure, tell the ratios, and return 1 where they are under their target."""
    with tempfile.TemporaryDirectory() as folder:
        found, _ = find_sources([Path(argv[0]) if argv else _made(Path(folder))])
        spent: dict[int, list[tuple[float, float]]] = {1: [], 2: []}
        for _ in range(ROUNDS):
            for count, times in spent.items():
                times.append(_read(found, count))
    (clock_one, busy_one), (clock_two, busy_two) = (map(statistics.median, zip(*spent[n], strict=True)) for n in (1, 2))
    by_clock, by_work = clock_one / clock_two, busy_one / busy_two
    print(f"by the clock: one process {clock_one:.2f} s, two {clock_two:.2f} s: {by_clock:.2f} times faster")
    print(f"by processor: one process {busy_one:.2f} s, two {busy_two:.2f} s: {by_work:.2f} times faster")
    print(f"(target {TARGET})")
    return int(max(by_clock, by_work) < TARGET)


def _read(found: Sequence[Path], count: int) -> tuple[float, float]:
    """Return the seconds by the clock, and those for which the busiest process was at work."""
    workers, begun, worked = Counted(count), time.perf_counter(), time.process_time()
    failed = sum(isinstance(one, Failed) for one in read_sources(found, frozenset(), Progress(), workers=workers))
    clock, feeding = time.perf_counter() - begun, time.process_time() - worked
    if failed:
        print(f"{failed} of {len(found)} sources failed")
    return clock, max(feeding, *workers.busy.values())


def _busy() -> tuple[int, float]:
    time.sleep(0.05)  # so that the other process is asked as well
    return os.getpid(), time.process_time()


def _made(folder: Path) -> Path:
    texts = [path.read_text(encoding="utf-8") for path in sorted(paths.samples().glob("*.txt"))]
    for number in range(64):
        (folder / f"{number:02}.txt").write_text("\n".join(texts * 2) + f"\n{number}", encoding="utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
