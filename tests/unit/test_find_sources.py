"""Which files of a folder are read, and that what cannot be looked into is told."""

import os
import time
from pathlib import Path

from desktop.text import say_error
from desktop.workflow import find_sources, sourcing


def test_hidden_files_and_those_of_the_system_are_no_reports(tmp_path):
    for name in ("b.txt", "a/c.TXT", ".hidden.txt", "~$d.txt", ".git/e.txt", "__MACOSX/._b.txt", "Thumbs.db"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found, failed = find_sources([tmp_path])
    assert [path.relative_to(tmp_path).as_posix() for path in found] == ["a/c.TXT", "b.txt"]
    assert failed == []


def test_a_folder_that_may_not_be_read_is_told_and_stops_nothing(tmp_path, monkeypatch):
    (tmp_path / "open.txt").touch()
    closed = tmp_path / "closed"
    closed.mkdir()
    real = os.scandir

    def scandir(path):
        if str(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    found, failed = find_sources([tmp_path, closed])
    assert [path.name for path in found] == ["open.txt"]
    assert [failure.name for failure in failed] == [str(closed)] * 2
    assert all(str(closed) in say_error(failure.error) for failure in failed)


def test_a_path_below_what_may_not_be_entered_is_left_to_be_read_and_refused(tmp_path, monkeypatch):
    def refuse(*_args, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "stat", refuse)
    assert find_sources([tmp_path / "closed" / "a.txt"]) == ([tmp_path / "closed" / "a.txt"], [])


def test_what_a_saved_web_page_brought_along_is_no_report(tmp_path):
    beside = ("年报_files/logo.png", "年报_files/saved.html", "旧.files/image001.png", "照片_files/1.png")
    for name in ("年报.html", "旧.HTM", *beside, "甲.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found, failed = find_sources([tmp_path])
    kept = ["年报.html", "旧.HTM", "照片_files/1.png", "甲.txt"]
    assert (sorted(path.relative_to(tmp_path).as_posix() for path in found), failed) == (kept, [])


def test_a_large_folder_is_soon_looked_through(tmp_path, monkeypatch):
    files = [Path(tmp_path, f"{number}.{'txt' if number % 2 else 'xyz'}") for number in range(20_000)]
    monkeypatch.setattr(sourcing, "_files_inside", lambda _: (files, []))
    begun = time.process_time()
    found, (left_out,) = find_sources([tmp_path])
    assert time.process_time() - begun < 3, "the floor: each file compared with all"
    assert (len(found), left_out.error.arguments["n"]) == (10_000, 10_000)
