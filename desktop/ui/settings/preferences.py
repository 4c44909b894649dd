"""What follows when a setting is changed: the window speaks, paints, names and checks otherwise at once."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db import overview
from desktop import settings
from desktop.text import say
from desktop.ui.session import Session


class Preferences(QObject):
    """`language_wanted` (the empty one: the system's), `theme_wanted`, `keys_wanted` and `named` pass on what was set.

    `said` (sentence, is it a refusal) tells what is being checked again.
    """

    language_wanted = Signal(str)
    theme_wanted = Signal()
    keys_wanted = Signal()
    named = Signal()
    said = Signal(str, bool)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def show(self) -> None:
        """Open the sheet of settings."""
        from desktop.ui.settings.dialog import SettingsDialog

        before = settings.chosen("checks")
        dialog = SettingsDialog(self._window)
        dialog.changed.connect(self._follow)
        dialog.changed.connect(lambda name: dialog.retranslate() if name == "language" else None)
        dialog.keys_wanted.connect(self.keys_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.finished.connect(lambda: self._check_again() if settings.chosen("checks") != before else None)
        dialog.open()

    def _follow(self, name: str) -> None:
        if name == "language":
            self.language_wanted.emit(settings.get("language"))
        elif name == "theme":
            self.theme_wanted.emit()
        elif name == "reviewer":
            self._session.name_reviewer(settings.get("reviewer"))
            self.named.emit()

    def _check_again(self) -> None:
        """Have every report checked by the new thresholds, beside the work."""
        if self._session.store.read_only:
            self.said.emit(say("settings_checked_later"), False)
            return
        self._session.store.check_by(settings.chosen("checks"))
        outdated = overview.unchecked(self._session.store)
        self._session.checking.check_backlog(outdated)
        if outdated:
            self.said.emit(say("settings_rechecking", n=len(outdated)), False)
