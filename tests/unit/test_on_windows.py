"""What Windows does otherwise, as far as it can be had elsewhere: code page 936, and a program without a console."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.store import Store
from desktop import cli, text
from desktop.text import say

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("page", "encoding", "told"), [("cp936", "cp936", "研究?.hebao"), ("cp1252", "utf-8", "研究😀.hebao")]
)
def test_chinese_goes_into_a_file_whatever_the_code_page(page: str, encoding: str, told: str, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONIOENCODING": page, "PYTHONUTF8": "0", "HEBAO_LANGUAGE": "zh"}
    words = [sys.executable, "-c", "import sys; from desktop.cli import run; sys.exit(run(sys.argv[1:]))", "status"]
    store = tmp_path / "研究😀.hebao"
    Store.open(store).close()
    done = subprocess.run([*words, "--store", str(store)], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    text.set_language("zh")
    assert done.stdout.decode(encoding).splitlines()[0] == say("status_store", path=str(tmp_path / told))


@pytest.mark.parametrize(
    ("words", "status"), [(["--version"], 0), (["--help"], 0), (["status"], 0), (["status", "--json"], 0), (["no"], 2)]
)
def test_a_command_without_a_console_ends_as_with_one(
    words: list[str], status: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store.open(tmp_path / "a.hebao").close()
    for name in ("stdin", "stdout", "stderr"):  # as hebaow.exe has them
        monkeypatch.setattr(sys, name, None)
    store = ["--store", str(tmp_path / "a.hebao")] if words[0] == "status" else []
    assert cli.run([*words, *store]) == status
    for stream in (sys.stdout, sys.stderr):
        stream.close()
