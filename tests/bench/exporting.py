"""What an export costs against a bare csv.writer of the same rows: `python -m tests.bench.exporting --store FILE`.

A store of any size is made by `python -m tests.bench.make_store`.
"""

from __future__ import annotations

import argparse
import csv
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from db import queries
from db.store import Store
from desktop import workflow
from desktop.exporting.tables import Table
from desktop.progress import Progress

UNIT = 1024 if sys.platform == "linux" else 1


def timed(job: Callable[[], object]) -> float:
    """Return the seconds that a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def peak() -> float:
    """Return the most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * UNIT / 2**20


def long_rows(store: Store) -> list[list[object]]:
    """Return the rows of the long table, all of them in memory: the floor is to write these, and nothing else."""
    known = workflow.catalogue(store)
    return list(Table("long", known, queries.exported_cells(store, known, state="all"), Progress()).rows())


def main() -> None:
    """Print seconds, peak memory and the ratio to the floor for each format and shape."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, required=True)
    parser.add_argument("--formats", nargs="*", default=["csv", "parquet", "datapackage"])
    parser.add_argument("--wide", nargs="*", default=["csv", "parquet", "stata", "spss", "xlsx"])
    arguments = parser.parse_args()
    with (
        TemporaryDirectory(dir=arguments.store.parent) as folder,
        Store.open(arguments.store, create=False, read_only=True) as store,
    ):
        jobs = [("long", format) for format in arguments.formats] + [("wide", format) for format in arguments.wide]
        took = {}
        for shape, format in jobs:
            to = Path(folder, f"{shape}-{format}")
            took[shape, format] = (
                timed(
                    lambda to=to, shape=shape, format=format: workflow.export(
                        store, to, format=format, shape=shape, state="all"
                    )
                ),
                peak(),
            )
        rows = long_rows(store)
        with Path(folder, "floor.csv").open("w", encoding="utf-8-sig", newline="") as target:
            floor = timed(lambda: csv.writer(target).writerows(rows))
        print(f"{len(rows)} cells; floor: csv.writer of the same rows {floor:.2f} s = 1.0")
        for (shape, format), (seconds, memory) in took.items():
            print(f"  {shape:5}{format:12}{seconds:8.1f} s{seconds / floor:8.1f}   peak so far {memory:6.0f} MB")


if __name__ == "__main__":
    main()
