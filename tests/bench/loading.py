"""What entering many reports costs: rows, search index, passages, sources and checks, each timed by itself."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from db import migrations, passages, search
from db.sources import Sources
from db.store import Store
from desktop import __version__, indicators
from desktop.workflow import check_reports
from tests.bench.make_store import BATCH, batches

TABLES = ("text", "report", "numerals", "figure")
CHECKED = 500


def load(source: Path, path: Path, reports: int) -> None:
    """Enter reports into a new store, and their rows again by bare statements, and print what each part took."""
    spent: Counter[str] = Counter()
    catalogue = indicators.load().version
    with _timed(spent), Store.open(path) as store:
        with _timing(spent, "all"), store.loading(reports):
            for batch in _untimed(batches(reports), spent):
                store.add_reports(batch, program=__version__, catalogue=catalogue)
        rows = spent["all"] - spent["making"] - spent["search index"] - spent["passages"] - spent["sources"]
        with _timing(spent, "checks"):
            check_reports(store, range(1, min(CHECKED, reports) + 1))
    floor = bare(path, path.with_name("floor.db"))
    print(f"load of {reports} reports, {BATCH} a transaction; part, ms a report, ratio to the floor (target)")
    for name, seconds, number in (
        ("floor: the same rows, executemany, indexes last", floor, reports),
        ("rows of reports, texts, numerals and figures", rows, reports),
        ("search index", spent["search index"], reports),
        ("passages", spent["passages"], reports),
        ("sources", spent["sources"], reports),
        ("checks", spent["checks"], min(CHECKED, reports)),
    ):
        per_report = seconds / number
        target = "   <= 2.5" if name.startswith("rows") else ""
        print(f"  {name:52}{per_report * 1e3:8.3f}{per_report / (floor / reports):8.1f}{target}")


@contextlib.contextmanager
def _timing(spent: Counter[str], part: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        spent[part] += time.perf_counter() - begun


@contextlib.contextmanager
def _timed(spent: Counter[str]) -> Iterator[None]:
    """Let the parts of a load be timed while the block lasts."""
    parts: tuple[tuple[Any, str, str], ...] = (
        (search, "enter", "search index"), (passages, "enter", "passages"), (Sources, "add", "sources"),
    )  # fmt: skip
    kept = [getattr(owner, name) for owner, name, _ in parts]

    def timed(work: Callable[..., object], part: str) -> Callable[..., object]:
        def run(*given: Any) -> object:
            with _timing(spent, part):
                return work(*given)

        return run

    for (owner, name, part), work in zip(parts, kept, strict=True):
        setattr(owner, name, timed(work, part))
    try:
        yield
    finally:
        for (owner, name, _), work in zip(parts, kept, strict=True):
            setattr(owner, name, work)


def _untimed(made: Iterator[Any], spent: Counter[str]) -> Iterator[Any]:
    """Yield what is made, taking the time of the making apart."""
    while True:
        with _timing(spent, "making"):
            one = next(made, None)
        if one is None:
            return
        yield one


def bare(source: Path, path: Path) -> float:
    """Return the seconds that the rows of a store take by executemany in one transaction, their indexes made last."""
    old = sqlite3.connect(source)
    new = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = WAL", "synchronous = FULL", "cache_size = -65536", "temp_store = MEMORY"):
        new.execute(f"PRAGMA {setting}")
    statements = [*migrations.STORE_1, *migrations.STORE_2]
    own = [s for s in statements if any(s.startswith(f"CREATE TABLE {table} ") for table in TABLES)]
    later = [s for s in statements if "INDEX" in s[:13] and any(f" ON {table} " in s for table in TABLES)]
    for statement in own:
        new.execute(statement)
    spent: Counter[str] = Counter()
    try:
        new.execute("BEGIN")
        for table in TABLES:
            rows = old.execute(f"SELECT * FROM {table} ORDER BY rowid")
            insert = f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows.description))})"
            while some := rows.fetchmany(8000):
                with _timing(spent, "floor"):
                    new.executemany(insert, some)
        with _timing(spent, "floor"):
            for statement in later:
                new.execute(statement)
            new.execute("COMMIT")
    finally:
        old.close(), new.close()
    return spent["floor"]


def size(path: Path) -> None:
    """Print how many bytes a report takes, by part of the file."""
    db = sqlite3.connect(path)
    try:
        reports = db.execute("SELECT count(*) FROM report").fetchone()[0]
        sql = """SELECT tbl_name, name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name)
            GROUP BY name ORDER BY 3 DESC"""
        parts = db.execute(sql).fetchall()
    except sqlite3.OperationalError as error:
        print(f"the parts of the file cannot be told here: {error}")
        return
    finally:
        db.close()
    total = path.stat().st_size
    print(f"the file: {total / reports:,.0f} bytes a report, of which")
    for table, name, used in parts:
        if used / total > 0.005:
            print(f"  {name if name == table else f'{name} (of {table})':44}{used / reports:10,.0f}")
