"""Many files at once: entered some at a time, each batch whole, checked when all are in."""

import itertools
import sqlite3

import pytest

from db import queries
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Cancelled, Progress
from desktop.workflow import importing

TEXT = "青禾县人民政府2024年法治政府建设年度报告\n全年收到行政复议申请151件，受理{}件。\n"


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "reports"
    inside.mkdir()
    for number in range(7):
        (inside / f"{number}.txt").write_text(TEXT.format(140 + number), encoding="utf-8")
    (inside / "3-again.txt").write_text(TEXT.format(143), encoding="utf-8")
    (inside / "5-broken.txt").write_bytes(b"")
    return inside


@pytest.fixture
def written(store, monkeypatch):
    """Return the sizes of the batches that are entered from now on."""
    sizes = []
    add = type(store).add_reports

    def counted(self, entries, **versions):
        batch = list(entries)
        sizes.append(len(batch))
        return add(self, batch, **versions)

    monkeypatch.setattr(type(store), "add_reports", counted)
    return sizes


def test_files_are_entered_some_at_a_time_and_checked(store, folder, written, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 4)
    told = []
    imported = workflow.import_paths(store, [folder], Progress(), told.append)
    assert written == [4, 2, 1]
    assert [row.id for row in queries.reports(store)] == imported.added == [1, 2, 3, 4, 5, 6, 7]
    assert [failed.error.message_id for failed in imported.skipped] == ["source_already_in_store"]
    assert [failed.name for failed in told] == [str(folder / "5-broken.txt")] == [f.name for f in imported.failed]
    assert queries.unchecked(store) == []
    assert all("same_district_year" in {f.finding.check for f in queries.findings(store, i)} for i in imported.added)
    again = workflow.import_paths(store, [folder], Progress())
    assert (again.added, len(again.skipped)) == ([], 8)


def test_slow_files_do_not_wait_for_a_hundred_others(store, folder, written, monkeypatch):
    seconds = itertools.count(step=importing.SECONDS)
    monkeypatch.setattr(importing.time, "monotonic", lambda: next(seconds))
    workflow.import_paths(store, [folder], Progress())
    assert max(written) == 2


def test_what_was_read_stays_when_an_import_is_stopped(store, folder):
    progress = Progress()

    def stop(done, total, what):
        if what == "5.txt":
            progress.cancel()

    progress._report = stop
    with pytest.raises(Cancelled):
        workflow.import_paths(store, [folder], progress)
    names = [row.source_name for row in queries.reports(store)]
    assert names == ["0.txt", "1.txt", "2.txt", "3-again.txt", "4.txt", "5.txt"]
    assert len(queries.unchecked(store)) == 6
    assert store._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'figure_series'").fetchone()
    workflow.import_paths(store, [folder], Progress())
    assert queries.unchecked(store) == []


def test_a_batch_that_cannot_be_written_is_told_and_what_stood_before_it_stays(store, folder, monkeypatch):
    monkeypatch.setattr(importing, "AT_ONCE", 3)
    enter = type(store).add_reports
    calls = itertools.count()

    def full(self, entries, **versions):
        if next(calls) == 1:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            with type(store)._transaction(self):
                raise error
        return enter(self, entries, **versions)

    monkeypatch.setattr(type(store), "add_reports", full)
    with pytest.raises(UserError, match="store_full"):
        workflow.import_paths(store, [folder], Progress())
    assert [row.source_name for row in queries.reports(store)] == ["0.txt", "1.txt", "2.txt"]
