"""Stores that come and go: what the File menu offers of work with others."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop.text import say
from desktop.ui.files import Files
from desktop.ui.session import Session


class Merging(QObject):
    """`begun` and `ended` come around a merge, which writes the store by itself; `said` tells.

    `disputes_wanted` asks for the page of disputes.
    """

    begun = Signal()
    ended = Signal()
    said = Signal(str, bool)
    disputes_wanted = Signal()

    def __init__(self, session: Session, files: Files, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._files = files
        self._window = window

    def merge(self) -> None:
        """Ask for stores and show what is in them, to be merged."""
        names, _ = QtWidgets.QFileDialog.getOpenFileNames(
            self._window, say("act_merge"), str(self._session.store.path.parent), f"{say('stores')} (*.hebao)"
        )
        if names:
            self.merge_files([Path(name) for name in names])

    def merge_files(self, files: Sequence[Path]) -> None:
        """Show what is in some stores, to be merged."""
        from desktop.ui.merging.merge_dialog import MergeDialog

        if self._refuses():
            return
        if self._files.importing.job is not None:
            self.said.emit(say("merge_after_import"), True)
            return
        dialog = MergeDialog(self._session, files, self._window)
        dialog.begun.connect(self._begin)
        dialog.ended.connect(self._end)
        dialog.disputes_wanted.connect(self.disputes_wanted)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take_dropped(self, paths: Sequence[Path]) -> None:
        """Import files and folders that were dropped; stores among them are offered to be merged."""
        stores = [path for path in paths if path.suffix.lower() == ".hebao" and path.is_file()]
        others = [path for path in paths if path not in stores]
        if others:
            self._files.importing.add(others)
        if stores:
            QTimer.singleShot(0, self, lambda: self.merge_files(stores))  # once the drop itself is over

    def hand_out(self) -> None:
        """Show what can be handed out, and what was."""
        from desktop.ui.merging.hand_out_dialog import HandOutDialog

        if self._refuses():
            return
        dialog = HandOutDialog(self._session, self._window)
        dialog.handed_out.connect(lambda sentence: self.said.emit(sentence, False))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _refuses(self) -> bool:
        """Say so and return True where the store is only read."""
        if self._session.store.read_only:
            self.said.emit(say("store_read_only", path=self._session.store.path), True)
        return self._session.store.read_only

    def _begin(self) -> None:
        self.begun.emit()
        self._session.checking.hold()

    def _end(self) -> None:
        self._session.taken_in()
        self.ended.emit()
