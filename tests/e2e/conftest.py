"""The command line run as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import samples

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def surroundings(tmp_path):
    """The environment of a person of whom nothing is known yet."""
    home = tmp_path / "home"
    return {
        **os.environ, "HEBAO_LANGUAGE": "en", "PYTHONUTF8": "1", "HOME": str(home),
        "XDG_CONFIG_HOME": str(home / "config"), "XDG_STATE_HOME": str(home / "state"), "APPDATA": str(home),
    }  # fmt: skip


@pytest.fixture
def hebao(surroundings):
    """Run a command, see that it ends with `status` and met nothing unforeseen, and return what it said."""

    def run(*words, spoken="en", status=0):
        environment = {**surroundings, "HEBAO_LANGUAGE": spoken}
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *map(str, words)],
            capture_output=True, encoding="utf-8", cwd=ROOT, env=environment, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        log = Path(environment["XDG_STATE_HOME"]) / "hebao" / "hebao.log"
        assert not log.exists(), log.read_text(encoding="utf-8")
        assert done.returncode == status, done.stderr + done.stdout
        return done

    return run


@pytest.fixture
def store(hebao, tmp_path):
    path = tmp_path / "报告库.hebao"
    hebao("import", samples(), "--store", path)
    return path
