"""Every test has a home, settings and a language of its own, and needs no screen."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import pytest

if sys.platform.startswith("linux") and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# What tests import, and the processes that they start, is compiled once: that takes longer than most of these do.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# matplotlib lists the fonts of a machine once, which takes a while: not once a home.
os.environ.setdefault("MPLCONFIGDIR", str(Path(tempfile.gettempdir()) / "hebao-tests-matplotlib"))


@pytest.fixture(autouse=True)
def isolated(tmp_path_factory, monkeypatch):
    """Give the test an empty home and settings, and let it speak Chinese until it says otherwise."""
    import platformdirs

    from desktop import text

    home = tmp_path_factory.mktemp("home")
    homes = ("HOME", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME")
    for name in homes:
        monkeypatch.setenv(name, str(home))
    monkeypatch.delenv("HEBAO_LANGUAGE", raising=False)
    monkeypatch.setattr(platformdirs, "user_config_path", lambda *_, **__: home / "config")
    monkeypatch.setattr(platformdirs, "user_state_path", lambda *_, **__: home / "state")
    monkeypatch.setattr(platformdirs, "user_documents_path", lambda *_, **__: home / "documents")
    monkeypatch.setattr(text, "_current", "zh")
    return home
