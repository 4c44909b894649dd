"""Backups, restoring, rescuing, and the store's test of itself."""

import os
import shutil
import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from store_samples import CATALOGUE, ME, TEXT, YOU, add, all_cells, build, decide, entry, figure, shown, without_ids

from db import backup, migrations, queries, restoring, selftest
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Cancelled, Progress
from desktop.text import say_in

STORES = Path(__file__).resolve().parents[1] / "data" / "stores"


@pytest.fixture
def built(tmp_path):
    path = tmp_path / "a.hebao"
    build(path)
    return path


def wrong(path):
    """Return the ids of what the test of a store finds; each can be said in both languages."""
    found = list(selftest.problems(path))
    for problem in found:
        for language in ("zh", "en"):
            say_in(language, problem.message_id, **problem.arguments)
    return [problem.message_id for problem in found]


def change(path, *statements):
    other = sqlite3.connect(path, isolation_level=None)
    for statement in statements:
        other.execute(statement)
    other.close()


def test_a_backup_is_made_while_work_goes_on_and_only_where_something_changed(built):
    with Store.open(built) as store:
        report = queries.reports(store)[0].id
        first = backup.keep(built)
        assert first.parent == built.with_name("a.hebao-backups")
        assert backup.keep(built) is None
        figure_id = next(f.id for f in queries.figures(store, report) if f.state == "extracted")
        decide(store, "accept", figure_id)
        again = {}

        def step(done, pages):
            if not again:
                again[True] = decide(store, "reject", figure_id)

        second = backup.keep(built, step=step)
        assert backup.contents(second) != backup.contents(first)
        assert backup.contents(built).sequence == backup.contents(second).sequence + 1
        with Store.open(second, read_only=True) as copy:
            assert queries.figure(copy, figure_id).state == "verified"
    assert [b.path for b in backup.backups(built)] == [second, first]
    assert set(first.parent.iterdir()) == {first, second}
    assert wrong(second) == ["selftest_sources"]


def test_a_backup_that_is_stopped_or_has_no_room_leaves_nothing(built, monkeypatch):
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        list(workflow.keep_backup(built, progress))
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    with pytest.raises(UserError, match="backup_no_room"):
        backup.keep(built)
    assert list(backup.folder(built).iterdir()) == []


def test_the_newest_three_and_one_a_day_for_a_week_are_kept():
    now = datetime(2025, 3, 20, 18)
    made = [backup.Backup(Path(f"{hours}"), now - timedelta(hours=hours), "opened") for hours in range(0, 24 * 20, 5)]
    before = [backup.Backup(Path(f"m{n}"), now - timedelta(hours=30 * n), "merge") for n in range(9)]
    gone = {b.path for b in backup.superfluous(sorted([*made, *before], key=lambda b: b.made, reverse=True))}
    kept = [b for b in made if b.path not in gone]
    assert kept[:3] == made[:3]
    days = [b.made.date() for b in kept[2:]]
    assert len(days) == len(set(days)) == 7
    assert [b for b in before if b.path not in gone] == before[:5]


def test_what_others_put_into_the_folder_is_no_backup_and_stays(built):
    backup.keep(built)
    other = backup.folder(built) / "mine.hebao"
    other.write_bytes(b"x")
    assert len(backup.backups(built)) == 1
    change(built, "UPDATE store SET sequence = 99")
    backup.keep(built)
    assert other.exists()


def test_what_a_killed_backup_left_is_taken_away_the_day_after(built):
    backup.keep(built)
    old, new = (backup.folder(built) / f".{name}.hebao.0.part" for name in ("old", "new"))
    for part in (old, new):
        part.write_bytes(b"x")
    os.utime(old, (1, 1))
    change(built, "UPDATE store SET sequence = 99, clock = 99")
    backup.keep(built)
    assert (old.exists(), new.exists()) == (False, True)


def test_an_older_store_is_backed_up_before_it_is_brought_up_to_date(tmp_path):
    path = tmp_path / "old.hebao"
    shutil.copy(STORES / "schema-1.hebao", path)
    content = path.read_bytes()
    with Store.open(path) as store:
        assert store.schema == migrations.SCHEMA
    (kept,) = backup.backups(path)
    assert kept.occasion == "update"
    assert backup.contents(kept.path).schema == 1
    restoring.restore(path, kept.path)
    assert backup.contents(path).schema == 1
    assert len(path.read_bytes()) == len(content)
    with Store.open(path) as store:
        assert len(queries.reports(store)) == 3
    assert wrong(path) in ([], ["selftest_sources"])


def test_a_backup_comes_back_and_the_store_before_it_too(built, tmp_path):
    with Store.open(built) as store:
        report = queries.reports(store)[0].id
        before = shown(store, report)
        workflow.back_up(built, tmp_path / "b", Progress())
        decide(store, "accept", queries.figures(store, report)[1].id)
        after = shown(store, report)
        with pytest.raises(UserError, match="store_in_use"):
            workflow.restore(built, tmp_path / "b.hebao")
    kept = workflow.restore(built, tmp_path / "b.hebao")
    with Store.open(built) as store:
        assert shown(store, report) == before
    workflow.restore(built, kept)
    with Store.open(built) as store:
        assert shown(store, report) == after


def test_a_store_whose_place_cannot_be_taken_keeps_what_stood_in_its_log(built, tmp_path, monkeypatch):
    kept = tmp_path / "kept.hebao"
    workflow.back_up(built, kept, Progress())
    killed = tmp_path / "killed.hebao"
    with Store.open(built) as store:
        decide(store, "comment", figure(store, 1).id, "只在日志里")
        for ending in ("", "-wal"):
            shutil.copy2(f"{built}{ending}", f"{killed}{ending}")
    assert Path(f"{killed}-wal").stat().st_size
    replace = Path.replace

    def in_use(self, target):
        if Path(target) == killed:
            raise PermissionError(13, "another program has it open")
        return replace(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", in_use)
        with pytest.raises(UserError, match="file_not_written"):
            workflow.restore(killed, kept)
    with Store.open(killed, read_only=True) as store:
        assert figure(store, 1).comment == "只在日志里"
    assert not list(tmp_path.glob(".*.part"))


def test_a_restore_that_would_do_harm_is_refused_with_a_sentence(built, tmp_path):
    content = built.read_bytes()
    other = tmp_path / "other.hebao"
    Store.open(other).close()
    with pytest.raises(UserError, match="restore_of_other_study"):
        workflow.restore(built, other)
    with pytest.raises(UserError, match="restore_itself"):
        workflow.restore(built, built)
    with pytest.raises(UserError, match="store_missing"):
        workflow.restore(built, tmp_path / "none.hebao")
    torn = tmp_path / "torn.hebao"
    torn.write_bytes(content[: len(content) // 2 // 4096 * 4096])
    with pytest.raises(UserError, match="store_damaged"):
        workflow.restore(built, torn)
    newer = tmp_path / "newer.hebao"
    shutil.copy(built, newer)
    change(newer, f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    with pytest.raises(UserError, match="store_newer"):
        workflow.restore(built, newer)
    with pytest.raises(UserError, match="backup_there"):
        workflow.back_up(built, other, Progress())
    assert built.read_bytes() == content
    assert workflow.restore(built, other, other_study=True) is not None
    assert backup.contents(built).store_id == backup.contents(other).store_id


def test_a_damaged_store_is_set_aside_as_it_is(built, tmp_path):
    workflow.back_up(built, tmp_path / "b.hebao", Progress())
    torn = built.read_bytes()[:5000]
    built.write_bytes(torn)
    kept = workflow.restore(built, tmp_path / "b.hebao")
    assert kept.read_bytes() == torn and "damaged" in kept.name
    assert wrong(built) == []


@pytest.mark.parametrize(
    ("damage", "told"),
    [
        ("UPDATE report SET verified = verified + 1", "selftest_counters"),
        ("UPDATE figure SET year = 1999", "selftest_counters"),
        ("UPDATE report SET counts = 1 WHERE year IS NOT NULL", "selftest_slot"),
        ("UPDATE text SET body = replace(body, '复议', '复仪')", "selftest_text"),
        ("UPDATE figure SET stop = 99999", "store_part_damaged"),
        ("UPDATE figure SET state = 'verifiee'", "store_part_damaged"),
        ("UPDATE finding SET arguments = '[1]'", "store_part_damaged"),
        ("UPDATE numerals SET classes = '[[0, 99999, \"date\"]]'", "store_part_damaged"),
        ("UPDATE page SET boxes = x'00'", "store_part_damaged"),
        ("DELETE FROM change WHERE id = 3", "selftest_log"),
        ("UPDATE change SET undoes = 'nobody' WHERE undoes IS NOT NULL", "selftest_log"),
        ("UPDATE change SET sequence = 2 WHERE sequence = 1", "selftest_log"),
        ("UPDATE store SET clock = 1", "selftest_log"),
        ("UPDATE change SET after = '{}' WHERE id = 1", "store_part_damaged"),
        ("DELETE FROM decision WHERE kind = 'fact'", "selftest_decision"),
        ("UPDATE decision SET value = replace(value, '乡镇', '镇') WHERE kind = 'figure'", "selftest_decision"),
        ("DELETE FROM figure WHERE state = 'rejected'", "selftest_decision"),
        ("DELETE FROM reviewer", "selftest_references"),
    ],
)
def test_the_test_of_a_store_finds_what_does_not_agree(built, damage, told):
    assert wrong(built) == []
    change(built, damage)
    assert told in wrong(built)


def test_missing_sources_are_counted_and_do_no_harm(built):
    built.with_name("a.hebao-sources").unlink()
    assert wrong(built) == ["selftest_sources"]
    built.with_name("a.hebao-sources").write_bytes(b"another file")
    assert wrong(built) == ["store_foreign"]


def test_every_part_of_the_program_is_tested(monkeypatch):
    assert list(workflow.self_test(None, Progress())) == []
    from desktop.workflow import program_test

    def broken():
        raise FileNotFoundError("resources")

    monkeypatch.setitem(program_test.PARTS, "divisions", broken)
    monkeypatch.setitem(program_test.PARTS, "readers", lambda: "—")
    assert [p.arguments["part"] for p in workflow.self_test(None, Progress())] == ["divisions", "readers"]


def test_a_rescue_of_a_whole_store_is_that_store(built, tmp_path):
    rescued = restoring.rescue(built, tmp_path / "r.hebao")
    with Store.open(built) as one, Store.open(tmp_path / "r.hebao") as other:
        for row in queries.reports(one):
            assert shown(one, row.id) == shown(other, row.id)
            history = [replace(change, store="a") for change in queries.history(other, row.id)]
            assert queries.history(one, row.id) == history
        assert all_cells(one, CATALOGUE) == all_cells(other, CATALOGUE)
        assert one.store_id == other.store_id
        assert other.undo(reviewer=ME) is not None
    assert (rescued.rows["report"], rescued.unreadable) == (3, {})
    assert wrong(tmp_path / "r.hebao") == []
    assert len(workflow.rescued_sentences(rescued)) == 1


def test_what_lies_around_the_damage_is_rescued(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        ids = [add(store, entry(f"{n}.txt", text=f"{n}" + "字" * 1500 + "受理9件。", figures=[])) for n in range(12)]
        size = store._connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    at = content.find("5字字".encode()) // size * size
    content[at : at + size] = b"\xff" * size
    path.write_bytes(content)
    rescued = restoring.rescue(path, tmp_path / "r.hebao")
    assert 0 < rescued.rows["report"] < len(ids)
    assert rescued.rows["report"] + len(rescued.reports_lost) == len(ids)
    assert any("5.txt" in name for name in rescued.reports_lost)
    assert len(workflow.rescued_sentences(rescued)) > 1
    assert wrong(tmp_path / "r.hebao") == []


def test_a_store_cut_short_is_rescued_as_far_as_it_goes(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        for n in range(40):
            add(store, entry(f"{n}.txt", text=f"{n}" + TEXT + "字" * 900))
        decide(store, "accept", figure(store, 1).id)
    content = path.read_bytes()
    for share in (0.5, 0.8, 0.95):
        path.write_bytes(content[: int(len(content) * share)])
        to = tmp_path / f"{share}.hebao"
        rescued = restoring.rescue(path, to)
        assert (rescued.rows["report"] > 0 or share < 0.9) and rescued.unreadable
        told = {"selftest_text"} if rescued.texts_altered else set()  # a row whose end was on a page that is gone
        assert {"selftest_sources", *told} >= set(wrong(to))


def test_what_of_another_kind_is_never_replaced(built, tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("备忘", encoding="utf-8")
    with pytest.raises(UserError, match="store_foreign"):
        workflow.restore(note, built)
    assert note.read_text(encoding="utf-8") == "备忘"
    for folder in ((tmp_path, built), (built, tmp_path)):
        with pytest.raises(UserError, match="store_folder"):
            workflow.restore(*folder)


def test_a_report_that_comes_back_has_its_decisions_again(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report = add(store)
        decide(store, "accept", figure(store, report).id)
        decide(store, "correct", figure(store, report, "lost").id, value=5, reviewer=YOU)
        decide(store, "correct_fact", report, "year", 2020)
        decide(store, "assert_not_reported", report, "advisers")
        before = shown(store, report)
    change(path, "PRAGMA foreign_keys = OFF", "DELETE FROM text")
    restoring.rescue(path, tmp_path / "r.hebao")
    with Store.open(tmp_path / "r.hebao") as store:
        assert queries.reports(store) == []
        again = add(store)
        told = shown(store, again)
    assert again == report
    assert without_ids(told[1]) == without_ids(before[1])
    assert (told[0].year, told[0].state, told[0].decided) == (2020, "in_review", 2)
    assert wrong(tmp_path / "r.hebao") == []


def test_a_rescue_writes_over_nothing_and_leaves_nothing_behind(built, tmp_path):
    there = tmp_path / "there.hebao"
    there.write_bytes(b"mine")
    with pytest.raises(UserError, match="rescue_there"):
        restoring.rescue(built, there)
    (tmp_path / "text.hebao").write_bytes(b"no store")
    with pytest.raises(UserError, match="store_foreign"):
        restoring.rescue(tmp_path / "text.hebao", tmp_path / "new.hebao")
    empty = tmp_path / "empty.hebao"
    Store.open(empty).close()
    with pytest.raises(UserError, match="rescue_nothing"):
        restoring.rescue(empty, tmp_path / "new.hebao")
    change(built, "CREATE VIEW v AS SELECT 1")
    with pytest.raises(UserError, match="store_unsafe"):
        restoring.rescue(built, tmp_path / "new.hebao")
    assert there.read_bytes() == b"mine" and not (tmp_path / "new.hebao").exists()
