"""The backups of a store, to choose one that takes its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFileDialog,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.displays import enlarge

PATH = Qt.ItemDataRole.UserRole


class RestoreDialog(QDialog):
    """`chosen` (backup, other study) brings what is to take the store's place."""

    chosen = Signal(object, bool)

    def __init__(self, store: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("restore_dialog")
        self.setWindowTitle(say("act_restore").rstrip("…"))
        self._store = store
        self._other_study: Path | None = None
        about = QLabel(say("restore_about"))
        about.setWordWrap(True)
        self.list = QListWidget()
        self.list.setObjectName("backups")
        self.list.setSpacing(2)
        self.list.setAccessibleName(say("act_restore").rstrip("…"))
        self._told = QLabel()
        self._told.setWordWrap(True)
        self._told.setProperty("part", "error")
        self._told.setTextFormat(Qt.TextFormat.PlainText)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(say("cancel"))
        self.other = self.buttons.addButton(say("restore_other_file"), QDialogButtonBox.ButtonRole.ActionRole)
        self.go = self.buttons.addButton(say("restore_go"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("restore_go")
        layout = QVBoxLayout(self)
        for widget in (about, self.list, self._told, self.buttons):
            layout.addWidget(widget)
        enlarge(self, 640, 420)
        for backup in workflow.backups(store):
            self._add(backup.path, f"{backup.made:%Y-%m-%d %H:%M:%S} · {say(f'backup_{backup.occasion}')}")
        self._told.setText("" if self.list.count() else say("backup_none", path=store))
        self.list.currentItemChanged.connect(self._look)
        self.list.itemActivated.connect(self._take)
        self.buttons.accepted.connect(self._take)
        self.buttons.rejected.connect(self.reject)
        self.other.clicked.connect(self._ask)
        self.go.setEnabled(False)
        self.list.setCurrentRow(0)

    def add_file(self, path: Path) -> None:
        """Put a backup of the person's own on the list and choose it."""
        self._add(path, str(path))
        self.list.setCurrentRow(self.list.count() - 1)

    def _add(self, path: Path, told: str) -> None:
        item = QListWidgetItem(told)
        item.setData(PATH, str(path))
        item.setToolTip(str(path))
        self.list.addItem(item)

    def _look(self, item: QListWidgetItem | None) -> None:
        """Say what is in the backup, or why it cannot be restored."""
        self.go.setEnabled(False)
        self._other_study = None
        if item is None:
            return
        path = Path(item.data(PATH))
        try:
            held, other = workflow.backup_contents(self._store, path)
        except UserError as error:
            self._tell(say_error(error), refused=True)
            return
        told = say("backup_holds", n=held.reports, changes=held.last_change)
        if other:
            self._other_study = path
            told = f"{told} {say('restore_is_other')}"
        self._tell(told, refused=other)
        self.go.setEnabled(True)

    def _tell(self, sentence: str, *, refused: bool) -> None:
        self._told.setProperty("part", "error" if refused else "")
        self._told.style().polish(self._told)
        self._told.setText(sentence)

    def _ask(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self, say("restore_other_file"), str(self._store.parent), f"{say('stores')} (*.hebao)"
        )
        if name:
            self.add_file(Path(name))

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None and self.go.isEnabled():
            path = Path(item.data(PATH))
            self.accept()
            self.chosen.emit(path, self._other_study == path)
