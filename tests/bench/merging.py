"""What merging costs: `python -m tests.bench.merging --reports 30000 --decisions 100000`.

Two stores of the same reports, each with so many decisions of its own (half of them on figures that the other decided
on too, a tenth of these otherwise), and two stores with no report in common. The floor of each is SQLite alone copying
the same rows in one durable transaction: changes, decisions and figures, or reports with their texts and figures; both
in processor time. Each merge runs in a process of its own, which tells the most memory it held.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path

from db import connection as sqlite
from db import migrations
from db.store import Store
from desktop import __version__, indicators
from tests.bench.make_store import batches

IN_ONE_EDIT = 20
COPIED = {
    "decisions": (
        """INSERT OR IGNORE INTO reviewer SELECT * FROM other.reviewer""",
        """INSERT OR IGNORE INTO change SELECT NULL, uuid, store_id, sequence, clock, at, reviewer_id, group_id, verb,
            why, source_sha256, text_sha256, kind, anchor, place, before, after, supersedes, undoes, undoes_group,
            program, catalogue FROM other.change ORDER BY clock""",
        """INSERT OR REPLACE INTO decision SELECT d.report_id, d.kind, d.anchor, d.value, n.id, d.reviewer_id,
            d.decided_at FROM other.decision d JOIN other.change c ON c.id = d.change_id
            JOIN main.change n ON n.uuid = c.uuid""",
        """UPDATE figure SET (state, anchor, machine) = (o.state, o.anchor, o.machine) FROM other.figure o
            WHERE o.id = figure.id AND o.anchor IS NOT NULL""",
    ),
    "reports": (
        "INSERT OR IGNORE INTO text SELECT * FROM other.text",
        "INSERT INTO report SELECT * FROM other.report",
        "INSERT INTO numerals SELECT * FROM other.numerals",
        "INSERT INTO figure SELECT * FROM other.figure",
        "INSERT INTO passage SELECT * FROM other.passage",
        "INSERT INTO unchecked SELECT * FROM other.unchecked",
    ),
}
MERGE = """
import resource, sys, time
from pathlib import Path
from db import merging
from db.store import Store
from desktop.progress import Progress
with Store.open(Path(sys.argv[1]), create=False) as store:
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    merged = merging.merge(store, Path(sys.argv[2]), Progress())
    spent = time.process_time() - begun
most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(spent, before // 1024, most // 1024, merged.reports, merged.changes, merged.agreements, merged.disputes)
"""


def main() -> None:
    """Make the stores, merge, and print times, their ratio and the memory."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=30_000)
    parser.add_argument("--decisions", type=int, default=100_000)
    parser.add_argument("--store", type=Path, help="a store of so many reports without decisions, to be copied")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        within = Path(folder)
        base = within / "base.hebao"
        if asked.store is None:
            make(base, asked.reports)
        else:
            shutil.copy(asked.store, base)
            with closing(sqlite3.connect(base, isolation_level=None)) as connection:
                migrations.migrate(connection)
        mine, theirs, empty = (within / f"{name}.hebao" for name in ("mine", "theirs", "empty"))
        for number, path in enumerate((mine, theirs)):
            shutil.copy(base, path)
            as_another_store(path)
            decide(path, asked.decisions, number)
        Store.open(empty).close()
        told("decisions of the same reports", "decisions", mine, theirs, within)
        told("reports that are new", "reports", empty, base, within)


def make(path: Path, reports: int) -> None:
    """Write a store of so many reports on which nobody has decided."""
    with Store.open(path) as store, store.loading(reports):
        for batch in batches(reports):
            store.add_reports(batch, program=__version__, catalogue=indicators.load().version)


def as_another_store(path: Path) -> None:
    """Give a copy of a store an id of its own, as a hand-out has."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE store SET id = ?", (f"store {path.stem}",))


def decide(path: Path, decisions: int, number: int) -> None:
    """Decide on so many figures, by a reviewer of this store; of those that both decide on, one in ten otherwise."""
    with Store.open(path) as store:
        figures = picked(store, decisions, number)
        while some := list(islice(figures, IN_ONE_EDIT)):
            with store.edit("accept", reviewer="王敏" if number else "李静") as edit:
                for figure_id in some:
                    if number and figure_id % 10 == 0:
                        edit.reject(figure_id, "乡镇的数据")
                    else:
                        edit.accept(figure_id)


def picked(store: Store, decisions: int, number: int) -> Iterator[int]:
    """Yield the figures that one of two reviewers decides on: every so many-th, half of them also the other's."""
    total = store._connection.execute("SELECT count(*) FROM figure").fetchone()[0]
    step = max(1, total // (2 * decisions))
    sql = "SELECT id FROM figure WHERE id % ? = 0 ORDER BY report_id, id LIMIT ? OFFSET ?"
    rows = store._connection.execute(sql, (step, decisions, number * decisions // 2)).fetchall()
    return (figure_id for (figure_id,) in rows)


def told(name: str, rows: str, into: Path, other: Path, within: Path) -> None:
    """Merge one store into a copy of another and copy the same rows barely into a second copy; print both."""
    merged, bare = within / "merged.hebao", within / "bare.hebao"
    for path in (merged, bare):
        shutil.copy(into, path)
    least = copy_barely(bare, other, COPIED[rows])
    ran = subprocess.run([sys.executable, "-c", MERGE, merged, other], capture_output=True, text=True, check=True)
    spent, before, most, *counts = ran.stdout.split()
    print(
        f"  {name:32}{float(spent):8.1f} s{least:8.1f} s{float(spent) / least:7.1f}   "
        f"{before} -> {most} MB   reports, changes, agreements, disputes: {' '.join(counts)}",
        flush=True,
    )
    for path in (merged, bare):
        path.unlink()


def copy_barely(into: Path, other: Path, statements: tuple[str, ...]) -> float:
    """Return the seconds in which SQLite alone copies rows from one store into another, durably."""
    with closing(sqlite3.connect(into, isolation_level=None)) as connection:
        sqlite.use_log(connection)
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS other", (str(other),))
        begun = time.process_time()
        with sqlite.transaction(connection):
            for statement in statements:
                connection.execute(statement)
        return time.process_time() - begun


if __name__ == "__main__":
    main()
