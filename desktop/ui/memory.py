"""What the window remembers of itself between starts: geometry, splitters, column widths; apart from the settings."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter

from desktop.paths import config_folder

Parts = Mapping[str, QMainWindow | QSplitter | QHeaderView]


def _settings() -> QSettings:
    return QSettings(str(config_folder() / "window.ini"), QSettings.Format.IniFormat)


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
