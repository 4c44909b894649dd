"""What checking costs: `python -m tests.bench.checking STORE` on a copy of a store that tests.bench.make_store wrote.

One report after one change (a corrected value), against a bare read of its figures; with the district's other years,
which are checked again as well; then all reports of the store, findings kept, and the memory that took.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from db import queries
from db.store import Store
from desktop import workflow
from desktop.progress import Progress
from desktop.workflow.checking import concerned, judge
from desktop.workflow.comparing import gather
from tests.bench.exporting import peak
from tests.bench.timing import ratio

BARE = "SELECT start, stop, value, unit, approx, indicator FROM figure WHERE report_id = ? ORDER BY start"
ROUNDS = 40


def main(path: Path) -> None:
    """Print what one report and what all of them cost."""
    with Store.open(path) as store:
        one_report(store)
        every_report(store)


def one_report(store: Store) -> None:
    """Print what checking one report costs after one change of it."""
    known, rng = workflow.catalogue(store), random.Random(1)
    ids = [report.id for report in queries.reports(store) if report.counts]

    def bare() -> object:
        return store._connection.execute(BARE, (rng.choice(ids),)).fetchall()

    def alone() -> object:
        return [judge(inputs, known) for inputs in gather(store, known, [rng.choice(ids)])]

    def with_other_years() -> object:
        return list(workflow.judge_reports(store, [rng.choice(ids)], Progress()))

    for name, job in (("one report", alone), ("with its other years", with_other_years)):
        print(f"{name}: {ratio(job, bare, rounds=ROUNDS, floor_times=20):.0f} x a bare read of its figures")
    took, number = [], []
    for report_id in rng.sample(ids, 20):
        figure = queries.figures(store, report_id)[0]
        touched = workflow.correct_value(store, figure.id, str(figure.value + 1), reviewer="王敏")
        begun = time.perf_counter()
        workflow.check_reports(store, touched.reports)
        took.append(time.perf_counter() - begun)
        number.append(len(concerned(store, touched.reports)))
    ms, reports = 1000 * statistics.median(took), statistics.median(number)
    print(f"after a correction, findings kept: {ms:.0f} ms for {reports:.0f} reports")


def every_report(store: Store) -> None:
    """Print what checking all reports costs."""
    begun, number = time.perf_counter(), len(queries.reports(store))
    workflow.check_all(store, Progress())
    took = time.perf_counter() - begun
    print(f"all {number} reports: {took:.0f} s, {1000 * took / number:.1f} ms a report; peak memory {peak():.0f} MB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
