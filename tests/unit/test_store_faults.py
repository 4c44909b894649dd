"""Faults of disks and other programs: each is a sentence, and nothing that was confirmed is lost."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import contextmanager

import pytest
from store_samples import ME, add, build, decide, entry, figure

from db import queries, selftest
from db.store import Store
from desktop.errors import UserError
from desktop.text import say_error
from tests.bench import flipped, killed

LINUX = sys.platform == "linux"


@contextmanager
def largest_file(size):
    """Let no file of this process grow beyond a size, as on a disk that is full."""
    import resource  # not on Windows

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, handler)


@contextmanager
def mounted(folder, *options):
    """Mount a small disk in memory, where that may be done here."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", folder], capture_output=True)
    if made.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


def corrected(store, report_id, times):
    """Decide until a sentence refuses; return how many decisions were confirmed, and the sentence's id."""
    figure_id = figure(store, report_id).id
    for turn in range(times):
        try:
            decide(store, "correct", figure_id, value=turn)
        except UserError as error:
            assert str(store.path) in say_error(error)
            return turn, error.message_id
    return times, None


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such limit")
def test_on_a_full_disk_a_decision_fails_with_a_sentence_and_none_before_is_lost(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
        with largest_file(600_000):
            confirmed, told = corrected(store, report_id, 5000)
            with pytest.raises(UserError):
                add(store, entry("b.txt", text="字" * 200_000, figures=[]))
        assert 0 < confirmed < 5000 and told in ("store_full", "store_unwritable")
        assert len(queries.history(store, report_id)) == confirmed
        assert figure(store, report_id).value == confirmed - 1
        decide(store, "accept", figure(store, report_id).id)
    assert list(selftest.problems(path)) == []


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="only an administrator mounts disks")
def test_on_a_small_disk_that_fills_nothing_confirmed_is_lost(tmp_path):
    with mounted(tmp_path / "stick", "size=900k") as stick:
        path = stick / "a.hebao"
        with Store.open(path) as store:
            report_id = add(store)
            confirmed, told = corrected(store, report_id, 5000)
            assert 0 < confirmed < 5000 and told == "store_full"
        with Store.open(path, read_only=True) as store:
            assert len(queries.history(store, report_id)) == confirmed
        assert list(selftest.problems(path)) == []


@pytest.mark.skipif(not LINUX or os.geteuid() != 0, reason="only an administrator mounts disks")
def test_a_read_only_medium_can_be_read_and_not_written(tmp_path):
    with mounted(tmp_path / "disc", "size=4m") as disc:
        path = disc / "a.hebao"
        with Store.open(path) as store:
            report_id = add(store)
        subprocess.run(["mount", "-o", "remount,ro", disc], check=True)
        with pytest.raises(UserError, match="store_unwritable"):
            Store.open(path)
        with Store.open(path, read_only=True) as store:
            assert figure(store, report_id).value == 151
            with pytest.raises(UserError, match="store_read_only"):
                decide(store, "accept", figure(store, report_id).id)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no file that is open")
@pytest.mark.parametrize("gone", ["deleted", "moved", "replaced", "its folder moved"])
def test_a_store_that_is_gone_takes_no_decision_in_silence(tmp_path, gone):
    path = tmp_path / "stick" / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
        decide(store, "accept", figure(store, report_id).id)
        if gone == "its folder moved":
            path.parent.rename(tmp_path / "elsewhere")
        else:
            path.rename(tmp_path / "kept.hebao") if gone != "deleted" else path.unlink()
            if gone == "replaced":
                Store.open(tmp_path / "other.hebao").close()
                (tmp_path / "other.hebao").rename(path)
        with pytest.raises(UserError, match="store_gone") as caught:
            decide(store, "reject", figure(store, report_id).id)
        assert str(path) in say_error(caught.value)
        with pytest.raises(UserError, match="store_gone"):
            add(store, entry("b.txt"))
        assert figure(store, report_id).state == "verified"


def test_every_length_of_a_store_cut_short_is_a_sentence(tmp_path):
    path = tmp_path / "a.hebao"
    build(path)
    whole, chance = path.read_bytes(), random.Random(5)
    lengths = [1, 15, 16, 99, 100, 101, 4095, 4096, 4097, 8192, len(whole) - 4096, len(whole) - 1]
    for length in [*lengths, *(chance.randrange(len(whole)) for _ in range(40))]:
        path.write_bytes(whole[:length])
        for read_only in (True, False):
            with pytest.raises(UserError, match=r"store_damaged|store_foreign"):
                Store.open(path, read_only=read_only).close()


def test_flipped_bytes_are_read_right_or_told(tmp_path):
    outcomes = flipped.campaign(tmp_path, 30, 3)
    assert not [outcome for outcome in outcomes if outcome.startswith("RAISED")]
    assert outcomes["right"] and sum(outcomes.values()) == 30


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_killed_while_it_imports_and_reviews_nothing_confirmed_is_lost(tmp_path):
    seen = killed.campaign(tmp_path, 2, 8)
    assert seen["kills"] == 2


@pytest.mark.parametrize("sources", ["missing", "empty", "foreign", "another database", "a folder"])
def test_without_its_sources_nothing_else_is_lost(tmp_path, sources):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
    beside = tmp_path / "a.hebao-sources"
    beside.unlink()
    if sources == "empty":
        beside.touch()
    elif sources == "foreign":
        beside.write_bytes(b"a picture" * 99)
    elif sources == "another database":
        sqlite3.connect(beside).execute("CREATE TABLE source (x)").connection.close()
    elif sources == "a folder":
        beside.mkdir()
    with Store.open(path) as store:
        sha256 = queries.report(store, report_id).source_sha256
        if sources in ("missing", "empty"):
            assert store.source(sha256) is None
        else:
            with pytest.raises(UserError) as caught:
                store.source(sha256)
            assert str(beside) in say_error(caught.value)
            with pytest.raises(UserError):
                add(store, entry("b.txt"))
            assert len(queries.reports(store)) == 1
        decide(store, "accept", figure(store, report_id).id, reviewer=ME)
        assert figure(store, report_id).state == "verified"
    assert [p.message_id for p in selftest.problems(path)] != []


@pytest.mark.skipif(not shutil.which("true"), reason="a shell is asked for")
def test_a_store_open_elsewhere_can_be_read_meanwhile(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
        program = "import sys\nfrom desktop.__main__ import main\nsys.exit(main())\n"
        for command, status in ((["status"], 0), (["check"], 0), (["import", "x.txt"], 1), (["backup", "b"], 0)):
            ran = subprocess.run(
                [sys.executable, "-c", program, *command, "--store", str(path)],
                cwd=tmp_path, env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
                capture_output=True, text=True,
            )  # fmt: skip
            assert ran.returncode == status, ran.stderr
            assert "Traceback" not in ran.stderr
        decide(store, "accept", figure(store, report_id).id)
    assert (tmp_path / "b.hebao").exists()
    assert [p.message_id for p in selftest.problems(tmp_path / "b.hebao")] == ["selftest_sources"]
