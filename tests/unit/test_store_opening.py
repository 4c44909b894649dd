"""Opening and closing a store, and every sentence with which one is refused."""

import os
import pickle
import random
import sqlite3
import subprocess
import sys

import pytest
from store_samples import TEXT, add, build, entry, extraction

from db import backup, connection, lock, migrations, queries, selftest
from db.store import Store
from desktop.errors import UserError
from desktop.text import say_in


def refused(path, **how):
    """Return the id of the sentence with which a store is not opened; it can be said, and nothing is left open."""
    with pytest.raises(UserError) as caught:
        Store.open(path, **how).close()
    for language in ("zh", "en"):
        assert str(path) in say_in(language, caught.value.message_id, **caught.value.arguments)
    assert pickle.loads(pickle.dumps(caught.value)).message_id == caught.value.message_id
    assert not path.with_name(path.name + "-lock").exists()
    return caught.value.message_id


def test_a_new_store_is_one_file_that_is_whole_once_closed(tmp_path):
    path = tmp_path / "研究" / "报告库.hebao"
    with Store.open(path) as store:
        store_id = store.store_id
        assert (store.path, store.schema, store.read_only) == (path, migrations.SCHEMA, False)
        add(store)
    store.close()
    assert sorted(p.name for p in path.parent.iterdir()) == ["报告库.hebao", "报告库.hebao-sources"]
    moved = tmp_path / "b.hebao"
    path.rename(moved)
    with Store.open(moved) as store:
        assert store.store_id == store_id
        assert len(queries.reports(store)) == 1


def test_settings_are_those_that_keep_decisions_through_a_power_cut(store):
    def setting(name):
        return store._connection.execute(f"PRAGMA {name}").fetchone()[0]

    assert setting("journal_mode") == "wal"
    assert setting("synchronous") == 2
    assert setting("trusted_schema") == 0
    assert setting("foreign_keys") == 1
    assert setting("cache_size") == -65536
    assert setting("temp_store") == 2


@pytest.mark.parametrize(
    "content", [b"not a store", "县,年,数\n".encode("gb18030"), b"\x89PNG\r\n\x1a\n" + bytes(200), b"SQLite format 3"]
)
def test_another_file_is_refused_and_left_alone(tmp_path, content):
    path = tmp_path / "a.hebao"
    path.write_bytes(content)
    assert refused(path) == "store_foreign"
    assert refused(path, read_only=True) == "store_foreign"
    assert path.read_bytes() == content


def test_another_program_s_database_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.hebao"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE report (id INTEGER)")
    other.close()
    before = path.read_bytes()
    assert refused(path) == "store_foreign"
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["a.hebao"]


def test_an_empty_file_becomes_a_store_only_when_one_may_be_made(tmp_path):
    path = tmp_path / "a.hebao"
    path.touch()
    assert refused(path, create=False) == "store_foreign"
    assert refused(path, read_only=True) == "store_foreign"
    Store.open(path).close()
    Store.open(path, create=False).close()


def test_a_folder_and_a_missing_store_are_told_apart(tmp_path):
    assert refused(tmp_path) == "store_folder"
    assert refused(tmp_path / "none.hebao", create=False) == "store_missing"
    assert refused(tmp_path / "none.hebao", read_only=True) == "store_missing"
    assert list(tmp_path.iterdir()) == []


def test_a_place_below_a_file_cannot_hold_a_store(tmp_path):
    (tmp_path / "a.txt").write_text("x")
    assert refused(tmp_path / "a.txt" / "b.hebao") == "store_unwritable"
    assert refused(tmp_path / "a.txt" / "b.hebao", create=False) == "store_missing"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_store_without_permission_is_refused(tmp_path):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    path.chmod(0o444)
    assert refused(path) == "store_unwritable"
    path.chmod(0o000)
    assert refused(path, read_only=True) == "store_unreadable"


def test_permission_is_asked_of_the_system(tmp_path, monkeypatch):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert refused(path) == "store_unwritable"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own")
def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    path = tmp_path / "a.hebao"
    path.symlink_to(path)
    assert refused(path, read_only=True) == "store_unreadable"


CLOSES_THE_LOG = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)
connection.execute("PRAGMA journal_mode = DELETE")
"""


def test_reading_a_store_beside_its_writer_leaves_the_writers_locks(tmp_path):
    """On POSIX, whoever opens and closes the file past SQLite lets go of all locks of the process."""
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        add(store)
        Store.open(path, read_only=True).close()
        backup.contents(path)
        backup.copy(path, tmp_path / "b.hebao")
        assert [p.message_id for p in selftest.problems(path)] == []
        ran = subprocess.run([sys.executable, "-c", CLOSES_THE_LOG, str(path)], capture_output=True, text=True)
        assert "database is locked" in ran.stderr


def test_a_newer_store_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {migrations.SCHEMA + 1}")
    other.execute("PRAGMA journal_mode = DELETE")
    other.close()
    before = path.read_bytes()
    assert refused(path) == "store_newer"
    assert refused(path, read_only=True) == "store_newer"
    assert path.read_bytes() == before


def test_an_older_store_that_is_only_read_is_refused(tmp_path):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute("PRAGMA user_version = 0")
    other.close()
    assert refused(path, read_only=True) == "store_older"


@pytest.mark.parametrize("rest", [100, 4096, 0.5, -1])
def test_a_store_cut_short_is_refused(tmp_path, rest):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        add(store)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * rest) if isinstance(rest, float) else rest])
    assert refused(path) == "store_damaged"
    assert refused(path, read_only=True) == "store_damaged"


@pytest.mark.parametrize("damage", ["DELETE FROM store", "DROP TABLE decision", "DROP INDEX figure_report"])
def test_a_store_that_lacks_a_part_is_refused(tmp_path, damage):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    other = sqlite3.connect(path, isolation_level=None)
    other.execute(damage)
    other.close()
    assert refused(path) == "store_damaged"


def test_a_text_that_is_none_is_told_in_a_sentence(store):
    report_id = add(store)
    store._connection.execute("UPDATE report SET title = CAST(x'ff41' AS TEXT)")
    with pytest.raises(UserError, match="store_damaged"):
        queries.report(store, report_id)


def test_random_damage_is_refused_or_read_never_a_traceback(tmp_path):
    path = tmp_path / "a.hebao"
    build(path)
    whole, chance = path.read_bytes(), random.Random(2024)
    seen = set()
    for turn in range(300):
        damaged = bytearray(whole)
        for _ in range(1 if turn % 2 else 20):
            damaged[chance.randrange(100 if turn % 3 == 0 else 40_000)] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            with Store.open(path, read_only=True) as store:
                store.has_source("0" * 64)
                seen.add("read")
        except UserError as error:
            seen.add(error.message_id)
    assert {"read", "store_damaged", "store_foreign"} <= seen


def test_damage_found_later_is_told_in_a_sentence(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
        root = store._connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'text'").fetchone()[0]
        size = store._connection.execute("PRAGMA page_size").fetchone()[0]
    content = bytearray(path.read_bytes())
    content[(root - 1) * size : root * size] = b"\xff" * size
    path.write_bytes(content)
    with Store.open(path) as store, pytest.raises(UserError) as caught:
        queries.text(store, report_id)
    assert caught.value.message_id == "store_damaged"


@pytest.mark.parametrize(
    "part",
    [
        "CREATE TRIGGER t AFTER INSERT ON change BEGIN DELETE FROM change; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE VIRTUAL TABLE v USING fts5(a)",
    ],
)
def test_a_store_with_parts_that_sqlite_would_run_is_refused(tmp_path, part):
    path = tmp_path / "a.hebao"
    Store.open(path).close()
    other = sqlite3.connect(path)
    other.execute(part)
    other.close()
    assert refused(path) == "store_unsafe"
    assert refused(path, read_only=True) == "store_unsafe"


def test_one_writer_at_a_time_and_any_number_of_readers(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        with pytest.raises(UserError, match="store_in_use"):
            Store.open(path)
        report_id = add(store)
        with Store.open(path, read_only=True) as reader, Store.open(path, read_only=True):
            assert queries.report(reader, report_id).title == "青禾县2024年报告"
            with store.edit("accept", reviewer="王敏") as edit:
                edit.accept(queries.figures(store, report_id)[0].id)
            assert queries.report(reader, report_id).state == "in_review"
    Store.open(path).close()


def test_a_writer_in_another_process_is_seen_and_its_death_too(tmp_path):
    path = tmp_path / "a.hebao"
    program = "import sys\nfrom pathlib import Path\nfrom db.store import Store\ns = Store.open(Path(sys.argv[1]))\n"
    program += "print('open', flush=True)\nsys.stdin.read()\n"
    with subprocess.Popen(
        [sys.executable, "-c", program, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout.readline() == "open\n"
        with pytest.raises(UserError, match="store_in_use"):
            Store.open(path)
        with Store.open(path, read_only=True) as reader:
            assert queries.reports(reader) == []
        other.kill()
    Store.open(path).close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
def test_a_lock_on_a_file_that_was_just_removed_is_no_lock(tmp_path, monkeypatch):
    path, real, calls = tmp_path / "a.hebao", lock._lock, []

    def released_meanwhile(file):
        if not calls:
            (tmp_path / "a.hebao-lock").unlink()
        calls.append(file)
        real(file)

    monkeypatch.setattr(lock, "_lock", released_meanwhile)
    with Store.open(path), pytest.raises(UserError, match="store_in_use"):
        Store.open(path)
    assert len(calls) == 3


@pytest.mark.skipif(sys.platform == "win32", reason="links ask for rights on Windows")
def test_a_store_reached_by_a_link_is_the_same_store(tmp_path):
    (tmp_path / "link.hebao").symlink_to(tmp_path / "a.hebao")
    with Store.open(tmp_path / "a.hebao") as store:
        report_id = add(store)
        with pytest.raises(UserError, match="store_in_use"):
            Store.open(tmp_path / "link.hebao")
    with Store.open(tmp_path / "link.hebao") as store:
        assert store.source(queries.report(store, report_id).source_sha256) == entry().source
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.hebao", "a.hebao-sources", "link.hebao"]


def test_a_store_opened_for_reading_is_never_written(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
    before = path.read_bytes()
    with Store.open(path, read_only=True) as reader:
        figure = queries.figures(reader, report_id)[0]
        for write in (
            lambda: add(reader, entry("b.txt")),
            lambda: reader.undo(reviewer="王敏"),
            lambda: reader.redo(reviewer="王敏"),
            lambda: reader.reviewer("王敏"),
            lambda: reader.loading(9).__enter__(),
            lambda: reader.replace_findings(report_id, []),
            lambda: reader.replace_extraction(report_id, extraction(), program="", catalogue=""),
            lambda: reader.edit("accept", reviewer="王敏").__enter__().accept(figure.id),
        ):
            with pytest.raises(UserError, match="store_read_only"):
                write()
        assert reader.source(queries.report(reader, report_id).source_sha256) == entry().source
        assert queries.undo_label(reader, "王敏") is None
    assert path.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.hebao", "a.hebao-sources"]


def test_a_store_in_a_folder_that_cannot_be_written_can_be_read(tmp_path, monkeypatch):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
    opened = []
    real = connection._opened

    def without_log(uri, torn):
        opened.append(uri.partition("?")[2])
        if "immutable" not in uri:
            error = sqlite3.OperationalError("unable to open database file")
            error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
            raise error
        return real(uri, torn)

    monkeypatch.setattr(connection, "_opened", without_log)
    with Store.open(path, read_only=True) as reader:
        assert queries.text(reader, report_id) == TEXT
    assert opened == ["mode=ro", "mode=ro&immutable=1"]
    (tmp_path / "a.hebao-wal").write_bytes(b"what was not folded in")
    assert refused(path, read_only=True) == "store_unreadable"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="permissions bind no administrator")
def test_a_folder_without_permission_is_read_and_not_written(tmp_path):
    path = tmp_path / "disc" / "a.hebao"
    with Store.open(path) as store:
        add(store)
    sqlite3.connect(path).execute("PRAGMA journal_mode = WAL").connection.close()  # as a copy of an open store is
    path.parent.chmod(0o555)
    try:
        assert refused(path) == "store_unwritable"
        with Store.open(path, read_only=True) as reader:
            assert len(queries.reports(reader)) == 1
    finally:
        path.parent.chmod(0o755)
