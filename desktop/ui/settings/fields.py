"""A field for each sort of setting; what is set in it is kept at once."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QWidget,
)

from desktop import settings
from desktop.settings import Setting
from desktop.text import say
from desktop.ui.theme import restyle


class Field(QWidget):
    """`changed` comes once another value is kept; `opened` asks for the dialog that a setting has of its own."""

    changed = Signal()
    opened = Signal()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)

    def _take(self, value: str) -> None:
        if value != settings.get(self.setting.id):
            settings.remember(self.setting.id, value)
            self.changed.emit()

    def _put(self, widget: QWidget) -> None:
        widget.setObjectName(f"set_{self.setting.id}")
        widget.setAccessibleName(say(f"set_{self.setting.id}"))
        widget.setAccessibleDescription(say(f"set_{self.setting.id}_means"))
        self._row.addWidget(widget)
        self.setFocusProxy(self.focusProxy() or widget)


class ChoiceField(Field):
    """One of some."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        box = QComboBox()
        for choice in setting.choices:
            box.addItem(say(f"set_{setting.id}_{choice}"), choice)
        box.setCurrentIndex(box.findData(settings.get(setting.id)))
        box.currentIndexChanged.connect(lambda: self._take(str(box.currentData())))
        self._put(box)
        self._row.addStretch(1)


class WordsField(Field):
    """Words on one line, kept when the line is left; what cannot be taken goes back to what stood."""

    def __init__(self, setting: Setting, width: int = 260) -> None:
        super().__init__(setting)
        self.line = QLineEdit(settings.get(setting.id))
        self.line.setFixedWidth(width)
        self.line.editingFinished.connect(self._leave)
        self._put(self.line)
        if setting.unit:
            self._row.addWidget(QLabel(say(f"set_unit_{setting.unit}")))
        self._row.addStretch(1)

    def _leave(self) -> None:
        words = unicodedata.normalize("NFKC", self.line.text()).strip()
        if words and self.setting.takes(words):
            self._take(words)
        self.line.setText(settings.get(self.setting.id))


class NumberField(WordsField):
    """A number with its unit; arrow keys move it by a step."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting, 72)
        self.line.setToolTip(say("settings_between", low=f"{setting.low:g}", high=f"{setting.high:g}"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move by a step, not beyond the ends."""
        by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if not by:
            super().keyPressEvent(event)
            return
        self._leave()
        setting = self.setting
        wanted = settings.number(setting.id) + by * setting.step
        self._take(f"{min(max(wanted, setting.low), setting.high):.6g}")
        self.line.setText(settings.get(setting.id))


class FolderField(Field):
    """A folder, chosen or typed."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        self.line = QLineEdit(settings.get(setting.id))
        self.line.setPlaceholderText(say(f"set_{setting.id}_beside"))
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumWidth(260)
        self.line.textChanged.connect(self._try)
        browse = QPushButton(say("browse"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        self._put(self.line)
        self._row.addWidget(browse)

    def _try(self) -> None:
        words = self.line.text().strip()
        taken = self.setting.takes(words)
        restyle(self.line, "" if taken else "error")
        self.line.setToolTip("" if taken else say(f"set_{self.setting.id}_refused"))
        if taken:
            self._take(words)

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say(f"set_{self.setting.id}"), self.line.text())
        if name:
            self.line.setText(str(Path(name)))


class DialogField(Field):
    """A button that opens the dialog in which this is set."""

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting)
        button = QPushButton(say(f"set_{setting.id}_open"))
        button.setAutoDefault(False)
        button.clicked.connect(self.opened)
        self._put(button)
        self._row.addStretch(1)


def field(setting: Setting) -> Field:
    """Return the field in which a setting is set."""
    kinds: dict[str, Callable[[Setting], Field]] = {
        "words": WordsField, "choice": ChoiceField, "folder": FolderField, "keys": DialogField, "number": NumberField,
    }  # fmt: skip
    return kinds[setting.sort](setting)
