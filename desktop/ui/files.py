"""What comes in and goes out by files: importing, exporting, and other stores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6 import QtWidgets
from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import paths, text
from desktop.text import say
from desktop.ui.reports.importing import Importing
from desktop.ui.session import Session


class Files(QObject):
    """`store_wanted` (path, sources to import) asks for another store; `said` tells what came of an export."""

    store_wanted = Signal(object, object)
    said = Signal(str, bool)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window
        self.importing = Importing(session, self)

    def import_files(self) -> None:
        """Ask for files and import them."""
        names, _ = QtWidgets.QFileDialog.getOpenFileNames(self._window, say("act_import_files"))
        self._import([Path(name) for name in names])

    def import_folder(self) -> None:
        """Ask for a folder and import what is in it."""
        name = QtWidgets.QFileDialog.getExistingDirectory(self._window, say("act_import_folder"))
        self._import([Path(name)] if name else [])

    def _import(self, sources: Sequence[Path]) -> None:
        if sources:
            self.importing.add(sources)

    def export(self) -> None:
        """Open the export dialog."""
        from desktop.ui.export_dialog import ExportDialog

        dialog = ExportDialog(self._session.store.path, self._window)
        dialog.exported.connect(lambda files: self.said.emit(say("saved_to", path=str(files[0])), False))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def apply(self) -> None:
        """Ask for a corrected workbook and show what it would change."""
        name, _ = QtWidgets.QFileDialog.getOpenFileName(
            self._window, say("act_apply"), self._folder(), f"{say('workbooks')} (*.xlsx)"
        )
        if name:
            self.apply_from(Path(name))

    def apply_from(self, path: Path) -> None:
        """Show what a workbook would change."""
        from desktop.ui.apply_dialog import ApplyDialog

        dialog = ApplyDialog(self._session, path, self._window)
        dialog.taken.connect(lambda sentence: self.said.emit(sentence, False))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def new_store(self) -> None:
        """Ask for a new store's name and open it."""
        if store := ask_new_store(self._window, self._folder()):
            self.store_wanted.emit(store, [])

    def choose_store(self) -> None:
        """Ask for a store and open it."""
        if store := ask_store(self._window, self._folder()):
            self.store_wanted.emit(store, [])

    def open_samples(self) -> None:
        """Open the store of the sample reports, made if need be, so that no sample gets among real reports."""
        store = paths.default_store(text.language()).with_name(f"{say('samples_store_name')}.hebao")
        self.store_wanted.emit(store, [] if store.exists() else sorted(paths.samples().glob("*.txt")))

    def _folder(self) -> str:
        return str(self._session.store.path.parent)


def dropped_paths(dropped: QMimeData) -> list[Path]:
    """Return the local files and folders among what is dragged."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]


def ask_new_store(window: QWidget | None, folder: str = "") -> Path | None:
    """Ask where a new store is to be; None where the person gives up."""
    name, _ = QtWidgets.QFileDialog.getSaveFileName(window, say("act_new_store"), folder, _filter())
    return Path(name if name.lower().endswith(".hebao") else f"{name}.hebao") if name else None


def ask_store(window: QWidget | None, folder: str = "") -> Path | None:
    """Ask for a store; None where the person gives up."""
    name, _ = QtWidgets.QFileDialog.getOpenFileName(window, say("act_open_store"), folder, _filter())
    return Path(name) if name else None


def _filter() -> str:
    return f"{say('stores')} (*.hebao)"
