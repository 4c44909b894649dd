"""What the store costs, each job against its floor in the same run: `python -m tests.bench.store [FILE]`.

FILE is a store that tests.bench.make_store made; it is copied, never written. Without one, a small store is made.
Times are medians; how long anything takes here says little elsewhere, only the ratios do. `--load N` enters N reports
anew, each part of it timed by itself. What the file holds is told in bytes a report.
"""

from __future__ import annotations

import argparse
import itertools
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from db import loading, queries
from db.phrases import matching
from db.store import Store
from desktop import indicators
from tests.bench.deciding import deciding
from tests.bench.loading import load, size
from tests.bench.make_store import YEARS, make_store
from tests.bench.timing import tell

KNOWN = indicators.load()
INDICATOR = "reconsideration_received"
PHRASES = ("法治", "行政复议", "法律顾问", "政务服务", "负责人出庭", "12345", "二十", "苏木", "行政复议委员会")
SMALL = 2000


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path, nargs="?")
    parser.add_argument("--load", type=int, default=SMALL, help="reports to enter anew (0: none)")
    asked = parser.parse_args()
    with _copy(asked.file) as path:
        with Store.open(path) as store:
            print(f"{len(queries.catalogues(store))} reports; job, floor, ratio (target)")
            reading(store)
            searching(store)
            deciding(store)
        size(path)
        if asked.load:
            load(path, path.with_name("loaded.hebao"), asked.load)


@contextmanager
def _copy(file: Path | None) -> Iterator[Path]:
    """Yield a copy of a store to work on, or a small one made for it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bench.hebao")
        if file is None:
            make_store(path, SMALL)
        else:
            shutil.copy(file, path)
        yield path


def over(job: Callable[[Any], object], items: Sequence[Any]) -> Callable[[], object]:
    """Return a job that takes another item each time it is called."""
    turn = itertools.cycle(items)
    return lambda: job(next(turn))


def reading(store: Store) -> None:
    """Open reports, read series, cross-sections, the matrix, the counts, and every cell."""
    db, reports = store._connection, queries.reports(store)
    ids = [report.id for report in reports[:: max(1, len(reports) // 97)]]
    of_report = "SELECT * FROM figure WHERE report_id = ? ORDER BY start"
    tell(
        "open a report and its figures",
        over(lambda i: (queries.report(store, i), queries.text(store, i), queries.figures(store, i)), ids),
        over(lambda i: db.execute(of_report, (i,)).fetchall(), ids),
        "<= 3",
        rounds=200,
    )
    codes = sorted({report.adcode for report in reports if report.adcode})[::29]
    ten = f"SELECT year, value FROM figure WHERE indicator = ? AND district_key = ? AND year IN {YEARS}"
    floor = over(lambda code: db.execute(ten, (INDICATOR, code)).fetchall(), codes)
    tell(
        "ten-year series, values",
        over(lambda c: queries.values(store, KNOWN, INDICATOR, YEARS, [c]), codes),
        floor,
        "<= 5",
    )
    tell(
        "ten-year series, cells with their sentences",
        over(lambda c: queries.series(store, KNOWN, c, [INDICATOR]), codes),
        floor,
    )
    section = "SELECT district_key, value FROM figure WHERE indicator = ? AND year = ?"
    tell(
        "all districts, one year and indicator",
        over(lambda year: queries.values(store, KNOWN, INDICATOR, [year]), YEARS),
        over(lambda year: db.execute(section, (INDICATOR, year)).fetchall(), YEARS),
        "<= 5",
    )
    tell(
        "all reports (the matrix)",
        lambda: queries.reports(store),
        lambda: db.execute(f"SELECT {loading.REPORT} FROM report r").fetchall(),
        rounds=5,
    )
    every = "SELECT * FROM figure"
    cursor = lambda: _exhaust(db.execute(every))  # noqa: E731
    tell("counts by state (status)", lambda: queries.status(store, KNOWN), cursor, rounds=1)
    for name, quotes in (("all cells for export, with sentences", True), ("all cells for export, bare", False)):
        tell(
            name,
            lambda q=quotes: _exhaust(queries.exported_cells(store, KNOWN, state="all", quotes=q)),
            cursor,
            "<= 2.6",
            rounds=1,
        )


def _exhaust(rows: Iterator[object]) -> None:
    for _ in rows:
        pass


def searching(store: Store) -> None:
    """Look for phrases: the first 200 sentences against the bare index query for all reports that hold them."""
    ratios = []
    for phrase in PHRASES:
        bare = ("SELECT rowid FROM search WHERE search MATCH ?", (matching(phrase),))
        floor = lambda bare=bare: store._connection.execute(*bare).fetchall()  # noqa: E731
        name = f"search {phrase}: {len(floor())} reports"
        ratios.append(tell(name, lambda phrase=phrase: queries.search(store, phrase), floor, rounds=9))
    print(f"  search, median of the ratios {sorted(ratios)[len(ratios) // 2]:38.1f}   <= 5")


if __name__ == "__main__":
    main()
