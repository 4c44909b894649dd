"""Offline means offline: a day's work where there is no network, and nothing ever tries to reach one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).parent
ALONE = ["unshare", "--map-root-user", "--net"]
REACHED = re.compile(r"AF_INET6?\b|AF_PACKET")


def may(*command: str) -> bool:
    """Return whether this machine has a tool and lets it be used."""
    if shutil.which(command[0]) is None:
        return False
    return subprocess.run([*command, sys.executable, "-c", ""], capture_output=True, check=False).returncode == 0


@pytest.fixture
def alone(surroundings, tmp_path):
    """Run Python where no network is; return what came of it, what audit hooks noted and what the system was asked."""
    if not may(*ALONE):
        pytest.skip("this machine lets no one have a network namespace of their own (unshare --map-root-user --net)")
    notes, trace = tmp_path / "notes.txt", tmp_path / "trace.txt"
    tracing = ["strace", "-f", "-qq", "--seccomp-bpf", "-e", "trace=%network", "-o", str(trace)]
    if not may(*tracing):
        tracing = []  # Python's own hooks are left, which do not see what C does

    def run(*words: str):
        environment = {
            **surroundings, "QT_QPA_PLATFORM": "offscreen", "HEBAO_TEST_NOTES": str(notes),
            "PYTHONPATH": os.pathsep.join([str(HERE / "watched"), str(ROOT)]),
        }  # fmt: skip
        done = subprocess.run(
            [*ALONE, *tracing, sys.executable, *words], cwd=ROOT, env=environment, text=True, encoding="utf-8",
            capture_output=True, check=False, timeout=300,
        )  # fmt: skip
        asked = trace.read_text(encoding="utf-8", errors="replace").splitlines() if tracing else []
        return done, notes.read_text(encoding="utf-8").splitlines(), [line for line in asked if REACHED.search(line)]

    return run


def test_nothing_reaches_for_a_network(alone, tmp_path):
    done, notes, asked = alone(str(HERE / "offline_work.py"), str(tmp_path))
    assert done.returncode == 0, done.stderr
    assert [line for line in notes if not line.endswith("begins")] == []
    assert asked == []
    if "recognised" in done.stdout:  # by processes of their own, each of which was listened to
        assert len(notes) > 1


def test_an_attempt_would_be_seen(alone):
    code = "import socket, contextlib\nwith contextlib.suppress(OSError): socket.create_connection(('127.0.0.1', 9), 1)"
    _, notes, asked = alone("-c", code)
    assert any("socket.getaddrinfo" in line for line in notes) and any("socket.connect" in line for line in notes)
    assert asked or not shutil.which("strace")
