"""The command line run as a process of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import samples

ROOT = Path(__file__).resolve().parents[2]


def a_person(home):
    """Return the environment of a person of whom nothing is known yet."""
    return {
        **os.environ, "HEBAO_LANGUAGE": "en", "PYTHONUTF8": "1", "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state"),
        "APPDATA": str(home), "LOCALAPPDATA": str(home),
    }  # fmt: skip


def do(surroundings, *words, status=0):
    """Run a command, see that it ends with `status` and met nothing unforeseen, and return what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "desktop", *map(str, words)],
        capture_output=True, encoding="utf-8", cwd=ROOT, env=surroundings, check=False,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    log = Path(surroundings["XDG_STATE_HOME"]) / "hebao" / "hebao.log"
    assert not log.exists(), log.read_text(encoding="utf-8")
    assert done.returncode == status, done.stderr + done.stdout
    return done


@pytest.fixture
def surroundings(tmp_path):
    return a_person(tmp_path / "home")


@pytest.fixture
def hebao(surroundings):
    """Run a command of which `status` is expected, in a language."""

    def run(*words, spoken="en", status=0):
        return do({**surroundings, "HEBAO_LANGUAGE": spoken}, *words, status=status)

    return run


@pytest.fixture(scope="session")
def sample_store(tmp_path_factory):
    """A store with all sample reports, imported once and copied for every test."""
    folder = tmp_path_factory.mktemp("imported")
    path = folder / "报告库.hebao"
    do(a_person(folder / "home"), "import", samples(), "--store", path)
    return path


@pytest.fixture
def store(sample_store, tmp_path):
    for made in sample_store.parent.glob("报告库.hebao*"):
        shutil.copy(made, tmp_path / made.name)
    return tmp_path / sample_store.name
