"""Hebao killed at random moments while it imports and reviews: `python -m tests.bench.killed --times 200`.

A child process imports reports and decides, and says of each verb that it has returned. It is killed by SIGKILL after a
random while, the store is opened, tested, compared with what was said, and handed to the next child.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from db import queries, selftest
from db.store import Store
from tests.bench.campaigns import run
from tests.prose import report

LONGEST_S = 0.8
CHILD = """
import sys
from itertools import count
from pathlib import Path
from db import queries
from desktop import workflow
from desktop.progress import Progress

path, sources, seed = Path(sys.argv[1]), sorted(Path(sys.argv[2]).iterdir()), int(sys.argv[3])
workflow.extract_file(sources[0])  # what is loaded for that is loaded before the clock runs
with workflow.open_store(path) as store:
    print("open", flush=True)
    for turn in count(seed):
        source = sources[turn % len(sources)]
        imported = workflow.import_paths(store, [source], Progress())
        for report_id in imported.added:
            print("added", queries.report(store, report_id).source_sha256, flush=True)
        reports = queries.reports(store)
        report_id = reports[turn % len(reports)].id
        for figure in queries.figures(store, report_id)[:6]:
            workflow.correct_value(store, figure.id, str(turn), reviewer="王敏")
            print("decided", queries.history(store, report_id, figure.id)[-1].uuid, flush=True)
        workflow.undo(store, reviewer="王敏")
        print("undone", queries.clock(store), flush=True)
"""


def campaign(folder: Path, times: int, seed: int) -> Counter[str]:
    """Kill a child `times` times; AssertionError where anything that was confirmed is not there."""
    chance = random.Random(seed)
    sources, path = folder / "reports", folder / "a.hebao"
    sources.mkdir()
    for number in range(60):
        (sources / f"{number:03}.txt").write_text(report(number)[0], encoding="utf-8")
    seen: Counter[str] = Counter()
    decided: set[str] = set()
    added: set[str] = set()
    for turn in range(times):
        said = killed(path, sources, turn, chance)
        seen["kills"] += 1
        seen["kills before the store was open"] += not said
        for word, what in said:
            seen[f"confirmed: {word}"] += 1
            (decided if word == "decided" else added if word == "added" else set()).add(what)
        check(path, decided, added, max((int(what) for word, what in said if word == "undone"), default=0))
    seen["changes in the log"] = log_length(path)
    return seen


def killed(path: Path, sources: Path, turn: int, chance: random.Random) -> list[tuple[str, str]]:
    """Run a child, kill it after a while, and return what it confirmed in whole lines."""
    command = [sys.executable, "-c", CHILD, str(path), str(sources), str(turn)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        lines = [child.stdout.readline()] if chance.random() < 0.9 else []
        time.sleep(chance.random() * LONGEST_S)
        child.kill()
        lines += child.stdout.readlines()
    words = [line.split() for line in lines if line.endswith("\n")]
    return [(word[0], word[-1]) for word in words]


def check(path: Path, decided: set[str], added: set[str], clock: int) -> None:
    """Look for all that was ever confirmed in the store, and for anything that does not agree in it."""
    if not path.exists():
        assert not decided and not added
        return
    with Store.open(path) as store:
        there = {change.uuid for row in queries.reports(store) for change in queries.history(store, row.id)}
        assert decided <= there, f"{len(decided - there)} decisions are gone"
        sources = {row.source_sha256 for row in queries.reports(store)}
        assert added <= sources, f"{len(added - sources)} reports are gone"
        assert queries.clock(store) >= clock
    problems = [(problem.message_id, problem.arguments) for problem in selftest.problems(path)]
    assert not problems, problems


def log_length(path: Path) -> int:
    """Return how many changes the log of a store holds."""
    with Store.open(path, read_only=True) as store:
        return sum(len(queries.history(store, row.id)) for row in queries.reports(store))


if __name__ == "__main__":
    run(campaign, times=200)
