"""Settings: every one on one sheet, by group, each with a sentence that explains it; a change counts at once."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop import settings, workflow
from desktop.settings import GROUPS, SETTINGS, Setting
from desktop.text import say
from desktop.ui.displays import enlarge
from desktop.ui.settings.fields import Field, field

WIDTH, AIR = 460, 10  # of a sentence, and under it


class SettingsDialog(QDialog):
    """`changed` names a setting that has another value; `keys_wanted` asks for the dialog of keys."""

    changed = Signal(str)
    keys_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("settings_dialog")
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reset = QPushButton()
        self._reset.setObjectName("settings_reset_checks")
        self._reset.setAutoDefault(False)
        self._reset.clicked.connect(self._reset_checks)
        self._buttons = QDialogButtonBox()
        self._close = self._buttons.addButton("", QDialogButtonBox.ButtonRole.RejectRole)
        self._close.setAutoDefault(False)
        self._buttons.addButton(self._reset, QDialogButtonBox.ButtonRole.ResetRole)
        self._buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.addWidget(self._scroll, 1)
        layout.addWidget(self._buttons)
        self.fields: dict[str, Field] = {}
        self.retranslate()
        enlarge(self, 720, 720)

    def retranslate(self) -> None:
        """Say everything in the language of the moment, and show what is set now."""
        self.setWindowTitle(say("act_settings").rstrip("…"))
        self._close.setText(say("close"))
        self._reset.setText(say("settings_reset_checks"))
        focused = next((name for name, made in self.fields.items() if made.isAncestorOf(self.focusWidget())), "")
        sheet = QWidget()
        column = QVBoxLayout(sheet)
        hint = QLabel(say("settings_hint"))
        hint.setProperty("part", "muted")
        column.addWidget(hint)
        grid = QGridLayout()
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for group in GROUPS:
            heading = QLabel(say(f"settings_{group}"))
            heading.setProperty("part", "heading")
            heading.setContentsMargins(0, 10, 0, 2)
            grid.addWidget(heading, grid.rowCount(), 0, 1, 2)
            for setting in (each for each in SETTINGS.values() if each.group == group):
                self._add(setting, grid)
        column.addLayout(grid)
        column.addStretch(1)
        for line in self._scroll.findChildren(QLineEdit):  # what is left by being taken away changes nothing
            line.blockSignals(True)
        before = self._scroll.takeWidget()
        if before is not None:
            before.deleteLater()  # and not at once: the field that asked for this is part of it
        self._scroll.setWidget(sheet)
        for one, following in pairwise((*self.fields.values(), self._reset, self._close)):
            self.setTabOrder(one, following)
        self.fields[focused or next(iter(SETTINGS))].setFocus()

    def _add(self, setting: Setting, grid: QGridLayout) -> None:
        """Add a line with the field, and under it what it means."""
        made = self.fields[setting.id] = field(setting)
        made.changed.connect(lambda: self.changed.emit(setting.id))
        made.opened.connect(self.keys_wanted)
        label = QLabel(say(f"set_{setting.id}"))
        label.setContentsMargins(12, 0, 0, 0)
        label.setBuddy(made)
        means = QLabel(workflow.setting_explained(setting))
        means.setProperty("part", "muted")
        means.setWordWrap(True)
        means.setFixedWidth(WIDTH)
        means.setFixedHeight(means.heightForWidth(WIDTH) + AIR)
        means.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = grid.rowCount()
        grid.addWidget(label, row, 0)
        grid.addWidget(made, row, 1)
        grid.addWidget(means, row + 1, 1)

    def _reset_checks(self) -> None:
        for setting in SETTINGS.values():
            if setting.group == "checks" and settings.get(setting.id) != setting.default:
                settings.remember(setting.id, setting.default)
                self.changed.emit(setting.id)
        self.retranslate()
