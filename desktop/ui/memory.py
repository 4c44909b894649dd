"""What the window remembers of itself between starts: geometry, splitters, column widths; apart from the settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

from desktop.paths import config_folder

Parts = Mapping[str, QMainWindow | QSplitter | QHeaderView]


def _settings() -> QSettings:
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


def note(name: str, chosen: Mapping[str, object]) -> None:
    """Keep what was chosen under a name: texts, numbers and lists of them."""
    _settings().setValue(name, json.dumps(chosen, ensure_ascii=False))


def noted(name: str) -> dict[str, Any]:
    """Return what was chosen under a name; nothing where it was never kept or cannot be read."""
    try:
        chosen = json.loads(str(_settings().value(name, "")))
    except ValueError:
        return {}
    return chosen if isinstance(chosen, dict) else {}


def remember(parts: Parts) -> None:
    """Keep the shape of each part under its name."""
    kept = _settings()
    for name, part in parts.items():
        kept.setValue(name, part.saveGeometry() if isinstance(part, QMainWindow) else part.saveState())


def recall(parts: Parts) -> None:
    """Give each part the shape it had; one that was never kept, or does not fit any more, stays as it is."""
    kept = _settings()
    for name, part in parts.items():
        state = kept.value(name)
        if not isinstance(state, QByteArray) or state.isEmpty():
            continue
        if isinstance(part, QMainWindow):
            part.restoreGeometry(state)
        else:
            part.restoreState(state)
