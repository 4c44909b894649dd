"""Thousands of stores with bytes flipped, cut short or made by an enemy: `python -m tests.bench.flipped --times 4000`.

Each is opened and everything in it is read, and decided on: it is right, or one sentence says what is wrong. Anything
else that is raised is printed with the flip that made it.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "unit"))

from store_samples import CATALOGUE, build

from db import queries, selftest
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.paths import samples
from desktop.progress import Progress
from desktop.text import say_error
from tests.bench.campaigns import run

SLOW_S = 20.0


def campaign(folder: Path, times: int, seed: int) -> Counter[str]:
    """Return how often each outcome came, most frequent first: "right", the id of a sentence, or what was raised."""
    whole_store = folder / "whole.hebao"
    make(whole_store)
    whole, chance = whole_store.read_bytes(), random.Random(seed)
    outcomes: Counter[str] = Counter()
    for turn in range(times):
        path = folder / "a.hebao"
        for left in folder.glob("a.hebao*"):
            if left.is_file():
                left.unlink()
        path.write_bytes(damaged(whole, turn, chance))
        began = time.monotonic()
        outcomes[tried(path, write=turn % 3 == 0)] += 1
        if time.monotonic() - began > SLOW_S:
            outcomes["slow"] += 1
    return Counter(dict(outcomes.most_common()))


def make(path: Path) -> None:
    """Write a store with two sample reports, every kind of decision, and findings."""
    build(path)
    sources = sorted(samples().glob("*.txt"))[:2]
    with workflow.open_store(path) as store:
        for report in queries.reports(store):
            store.replace_findings(report.id, [])
        imported = workflow.import_paths(store, sources, Progress())
        workflow.check_reports(store, [report.id for report in queries.reports(store)])
        for report_id in imported.added:
            for figure in queries.figures(store, report_id)[::3]:
                workflow.accept(store, figure.id, reviewer="王敏")


def damaged(whole: bytes, turn: int, chance: random.Random) -> bytes:
    """Return a store with one byte changed, one bit, or twenty bytes; one in eight is cut short."""
    if turn % 8 == 7:
        return whole[: chance.randrange(len(whole))]
    content = bytearray(whole)
    for _ in range(20 if turn % 8 == 3 else 1):
        at = chance.randrange(len(content))
        if turn % 5 == 0:
            content[at] ^= 1 << chance.randrange(8)
        else:
            content[at] = chance.randrange(256)
    return bytes(content)


def tried(path: Path, *, write: bool) -> str:
    """Return what came of opening a store and reading, or writing, all of it."""
    try:
        with Store.open(path, create=False, read_only=not write) as store:
            read_all(store)
            if write:
                decide(store)
        return "right"
    except UserError as error:
        say_error(error)
        return error.message_id
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        return f"RAISED {type(error).__name__}: {error} at {Path(frame.filename).name}:{frame.lineno}"


def read_all(store: Store) -> None:
    """Read everything that screens, tables and messages show of a store."""
    own = workflow.catalogue(store)
    queries.status(store, own)
    workflow.findings(store)
    for row in queries.reports(store, withdrawn=True):
        queries.text(store, row.id), queries.pages(store, row.id), queries.numerals(store, row.id)
        queries.lost(store, row.id)
        for change in queries.history(store, row.id):
            repr(change)
        for cell in queries.report_cells(store, CATALOGUE, row.id):
            queries.other_years(store, row.id, cell.indicator)
    for catalogue in (own, CATALOGUE):
        for state in ("verified", "decided", "all"):
            for _ in queries.exported_cells(store, catalogue, state=state):
                pass
    for name in ("王敏", "李静"):
        queries.undo_label(store, name), queries.redo_label(store, name)
    queries.search(store, "行政")
    for row in queries.reports(store):
        store.source(row.source_sha256)


def decide(store: Store) -> None:
    """Decide on every figure, undo it, and bring it back; then look for what does not agree."""
    for row in queries.reports(store):
        for figure in queries.figures(store, row.id):
            with store.edit("accept", reviewer="王敏") as edit:
                edit.accept(figure.id)
        if store.undo(reviewer="王敏") is not None:
            store.redo(reviewer="王敏")
    list(selftest.problems(store.path))


if __name__ == "__main__":
    run(campaign, times=1000)
