"""Which files of a folder are read, and that what cannot be looked into is told."""

import os

from desktop.text import say_error
from desktop.workflow import find_sources


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
