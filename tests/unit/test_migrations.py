import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from store_samples import CATALOGUE, build

from db import migrations, queries
from db.store import Store

STORES = Path(__file__).resolve().parents[1] / "data" / "stores"


def test_the_schema_file_is_what_the_migrations_make():
    assert migrations.SCHEMA_FILE.read_text(encoding="utf-8") == migrations.schema()


def test_migrating_twice_changes_nothing():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(connection)
    once = connection.serialize()
    migrations.migrate(connection)
    assert connection.serialize() == once
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.SCHEMA,)
    assert connection.execute("PRAGMA application_id").fetchone() == (migrations.APPLICATION_ID,)
    connection.close()


def test_a_migration_that_fails_leaves_nothing_behind(monkeypatch):
    connection = sqlite3.connect(":memory:", isolation_level=None)
    monkeypatch.setattr(migrations, "STORE_1", (*migrations.STORE_1, "CREATE TABLE broken ("))
    with pytest.raises(sqlite3.OperationalError):
        migrations.migrate(connection)
    assert connection.execute("SELECT name FROM sqlite_master WHERE name = 'report'").fetchall() == []
    assert connection.execute("PRAGMA user_version").fetchone() == (0,)
    connection.close()


def test_series_and_cross_section_read_the_covering_index_alone():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(connection)
    for where in ("year = 2024", "year IN (2023, 2024) AND district_key = '990101'"):
        plan = connection.execute(
            f"EXPLAIN QUERY PLAN SELECT district_key, year, value FROM figure WHERE indicator = 'x' AND {where}"
        ).fetchall()
        assert "USING COVERING INDEX figure_series" in plan[0][3]
    connection.close()


@pytest.mark.parametrize("made", ["a new store", "an existing store"])
def test_opening_imports_neither_pandas_nor_numpy(tmp_path, made):
    path = tmp_path / "a.hebao"
    if made == "an existing store":
        Store.open(path).close()
    program = (
        "import sys\nfrom pathlib import Path\nfrom db.store import Store\nStore.open(Path(sys.argv[1])).close()\n"
        "print(*[name for name in ('pandas', 'numpy', 'sqlite_utils') if name in sys.modules])\n"
        "import pandas\nprint(pandas.DataFrame({'a': [1]}).a.sum())\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines() == ["sqlite_utils" if made == "a new store" else "", "1"]


def test_a_store_of_the_first_schema_can_be_searched(tmp_path):
    for ending in ("", "-sources"):
        shutil.copy(STORES / f"schema-1.hebao{ending}", tmp_path / f"a.hebao{ending}")
    with Store.open(tmp_path / "a.hebao") as store:
        hits = queries.search(store, "败诉2件")
        assert [queries.text(store, hit.report_id)[hit.start : hit.end] for hit in hits] == ["败诉2件"] * 3


def test_every_frozen_store_opens(tmp_path):
    build(tmp_path / "schema-now.hebao")
    for frozen in [*sorted(STORES.glob("*.hebao")), tmp_path / "schema-now.hebao"]:
        copy = tmp_path / "copies" / frozen.name
        copy.parent.mkdir(exist_ok=True)
        shutil.copy(frozen, copy)
        shutil.copy(f"{frozen}-sources", f"{copy}-sources")
        with Store.open(copy, create=False) as store:
            assert store.schema == migrations.SCHEMA
            rows = queries.reports(store)
            assert len(rows) == 3
            assert all(store.source(row.source_sha256) for row in rows)
            status = queries.status(store, CATALOGUE)
            assert status.figures == {"extracted": 15, "auto": 0, "verified": 2, "rejected": 1, "queried": 1}
            assert store.undo(reviewer="王敏").verb == "correct_fact"
            assert store.redo(reviewer="李静").verb == "correct_value"
