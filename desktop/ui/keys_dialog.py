"""Choosing keys: every command with its keys; what cannot be had is refused with a sentence."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, PLACES, Command
from desktop.ui.displays import enlarge
from desktop.ui.lines import Index, Role, RowsModel

MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr})


class KeysModel(RowsModel[Command]):
    """A row a command: its name, its keys and where they count; chosen keys stand out."""

    headings = ("keys_command", "keys_key", "keys_where")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = list(COMMANDS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a command's name, its keys, or where they count."""
        command = self.at(index)
        if command is None:
            return None
        if role == Role.DisplayRole:
            keys = " / ".join(dict.fromkeys(keymap.written(one) for one in keymap.keys_of(command)))
            return (say(command.name).rstrip("…"), keys, where(command))[index.column()]
        if role == Role.ToolTipRole:
            return say(command.tip)
        if role == Role.FontRole and index.column() == 1 and keymap.is_chosen(command):
            bold = QFont()
            bold.setBold(True)
            return bold
        return None

    def changed(self) -> None:
        """Show the keys again."""
        self.dataChanged.emit(self.index(0, 0), self.index(len(COMMANDS) - 1, len(self.headings) - 1))


def where(command: Command) -> str:
    """Return the page on which a command's keys count."""
    place = PLACES.get(command.owner)
    return say(f"act_page_{place}") if place else say("keys_everywhere")


class KeyField(QLineEdit):
    """Takes one press of keys: `pressed` brings them as Qt writes them portably, empty for none."""

    pressed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setObjectName("key_field")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys; Backspace alone means none, Tab and Escape keep their own meaning."""
        key = Qt.Key(event.key())
        if key in MODIFIERS or (key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape) and _alone(event)):
            super().keyPressEvent(event)
            event.ignore()
            return
        if key == Qt.Key.Key_Backspace and _alone(event):
            self.pressed.emit("")
            return
        written = QKeySequence(event.keyCombination()).toString(QKeySequence.SequenceFormat.PortableText)
        self.pressed.emit(written.replace("Num+", ""))


def _alone(event: QKeyEvent) -> bool:
    return not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier


class KeysDialog(QDialog):
    """`changed` comes whenever a command has other keys."""

    changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys_dialog")
        self.setWindowTitle(say("act_choose_keys").rstrip("…"))
        self._model = KeysModel(self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setObjectName("keys_table")
        self.table.setAccessibleName(say("act_choose_keys").rstrip("…"))
        self.field = KeyField()
        self.field.setPlaceholderText(say("keys_press"))
        self.field.setAccessibleName(say("keys_press"))
        self._refusal = QLabel()
        self._refusal.setObjectName("key_error")
        self._refusal.setProperty("part", "error")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self._lay_out()
        self.table.selectionModel().currentRowChanged.connect(self._show)
        self.table.setCurrentIndex(self._model.index(0, 1))
        self.field.pressed.connect(self._choose)
        self.table.clicked.connect(self.field.setFocus)

    def _lay_out(self) -> None:
        hint = QLabel(say("keys_dialog_hint"))
        hint.setProperty("part", "muted")
        table = self.table
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.setAlternatingRowColors(True)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        columns = table.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        columns.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        for column, digits in ((1, 24), (2, 12)):
            columns.resizeSection(column, digits * self.fontMetrics().horizontalAdvance("0"))
        one, every = QPushButton(say("keys_reset_one")), QPushButton(say("keys_reset"))
        one.setObjectName("keys_reset_one")
        every.setObjectName("keys_reset")
        for button, act in ((one, self._reset_one), (every, self._reset)):
            button.setAutoDefault(False)
            button.clicked.connect(act)
        row = QHBoxLayout()
        row.addWidget(self.field, 1)
        row.addWidget(one)
        row.addWidget(every)
        closing = QDialogButtonBox()
        close = closing.addButton(say("close"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setAutoDefault(False)
        closing.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(hint)
        layout.addWidget(table, 1)
        layout.addLayout(row)
        layout.addWidget(self._refusal)
        layout.addWidget(closing)
        enlarge(self, 620, 620)

    def _command(self) -> Command:
        return COMMANDS[max(self.table.currentIndex().row(), 0)]

    def _show(self) -> None:
        self._refusal.hide()
        self.field.setText(" / ".join(keymap.written(one) for one in keymap.keys_of(self._command())[:1]))

    def _choose(self, keys: str) -> None:
        self._try(self._command(), keys)

    def _reset_one(self) -> None:
        command = self._command()
        self._try(command, command.keys.split()[0] if command.keys else "")

    def _try(self, command: Command, keys: str) -> None:
        try:
            keymap.choose(command, keys)
        except UserError as error:
            self._refusal.setText(say_error(error))
            self._refusal.show()
            self.field.setAccessibleDescription(say_error(error))
            return
        self._tell()

    def _reset(self) -> None:
        keymap.reset()
        self._tell()

    def _tell(self) -> None:
        self._model.changed()
        self._show()
        self.changed.emit()
