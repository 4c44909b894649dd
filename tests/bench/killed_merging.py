"""A merge killed at random moments: `python -m tests.bench.killed_merging --times 200`.

A child process merges one store into another and is killed by SIGKILL after a random while. The store must then be, to
the last row, what it was before the merge or what it is after it, and test as whole.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from db import queries, selftest
from db.store import Store
from desktop import workflow
from desktop.progress import Progress
from tests.bench.campaigns import run
from tests.bench.make_store import batches
from tests.merged_stores import dump

REPORTS = 300
CHILD = """
import sys
from pathlib import Path
from desktop import workflow
from desktop.progress import Progress

with workflow.open_store(Path(sys.argv[1])) as store:
    print("open", flush=True)
    workflow.merge(store, Path(sys.argv[2]), Progress(), back_up=False)
    print("merged", flush=True)
"""


def campaign(folder: Path, times: int, seed: int, reports: int = REPORTS) -> Counter[str]:
    """Kill a merge `times` times; AssertionError where a store is neither as before nor as after it."""
    mine, theirs = prepare(folder, reports)
    whole = copied(mine, folder / "whole.hebao")
    with Store.open(mine) as store:
        before = dump(store)
    with Store.open(whole) as store:
        begun = time.perf_counter()
        workflow.merge(store, theirs, Progress(), back_up=False)
        lasts = time.perf_counter() - begun
        after = dump(store)
    assert before != after
    chance, seen = random.Random(seed), Counter[str]()
    for _ in range(times):
        path = copied(mine, folder / "killed.hebao")
        said = killed(path, theirs, chance.random() * lasts * 1.2)
        with Store.open(path) as store:
            found = dump(store)
        assert found in (before, after), "half done"
        assert found == after or "merged" not in said, "said to be merged and is not"
        problems = [(problem.message_id, problem.arguments) for problem in selftest.problems(path)]
        assert not problems, problems
        seen["kills"] += "merged" not in said
        seen["as before"] += found == before
        seen["as after"] += found == after
    return seen


def prepare(folder: Path, reports: int) -> tuple[Path, Path]:
    """Return two stores that share half of their reports, on which both have decided, not always alike."""
    half = [one for batch in batches(reports) for one in batch]
    mine, theirs = folder / "mine.hebao", folder / "theirs.hebao"
    for path, entries, by in ((mine, half[: reports * 2 // 3], "王敏"), (theirs, half[reports // 3 :], "李静")):
        with Store.open(path) as store:
            store.add_reports(entries, program="0.2.0" if path == theirs else "0.1.0", catalogue="7")
            for row in queries.reports(store)[::3]:
                with store.edit("accept", reviewer=by) as edit:
                    for number, figure in enumerate(queries.figures(store, row.id)[:10]):
                        edit.query(figure.id, "再看") if by == "王敏" and number % 5 == 0 else edit.accept(figure.id)
    return mine, theirs


def copied(store: Path, to: Path) -> Path:
    """Return a copy of a closed store and its original files, in place of what was there."""
    for ending in ("", "-sources", "-wal", "-shm"):
        Path(f"{to}{ending}").unlink(missing_ok=True)
        if Path(f"{store}{ending}").exists():
            shutil.copy(f"{store}{ending}", f"{to}{ending}")
    return to


def killed(path: Path, other: Path, after: float) -> str:
    """Merge in a child, kill it a while after the store is open, and return what it said."""
    command = [sys.executable, "-c", CHILD, str(path), str(other)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        said = child.stdout.readline()
        time.sleep(after)
        child.kill()
        return said + child.stdout.read()


if __name__ == "__main__":
    run(campaign, times=200)
