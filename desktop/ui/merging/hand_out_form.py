"""Which part of the store is handed out, to whom, and what goes along: the fields of the dialog."""

from __future__ import annotations

import re
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QWidget,
)

from db import overview
from db.store import Store
from desktop import workflow
from desktop.text import say
from desktop.ui.choices import offer, years_behind
from desktop.ui.session import Session

BETWEEN = re.compile(r"[、,，;；/\n]+")
NO_FILE_NAME = re.compile(r'[<>:"/\\|?*\x00-\x1f]')


class HandOutForm(QWidget):
    """`changed` comes with each change of what is asked for."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._store = session.store.path
        self.names, self.folder, self.districts = QLineEdit(), QLineEdit(str(self._store.parent)), QLineEdit()
        self.first, self.last = QComboBox(), QComboBox()
        self.share, self.overlap, self.seed = QSpinBox(), QSpinBox(), QSpinBox()
        self.blind, self.sources = QCheckBox(say("hand_out_blind")), QCheckBox(say("hand_out_sources"))
        for name, field in vars(self).items():
            if isinstance(field, QWidget):
                field.setObjectName(f"hand_out_{name}")
        self.names.setPlaceholderText(say("hand_out_names_hint"))
        self.districts.setPlaceholderText(say("hand_out_all_districts"))
        self.blind.setToolTip(say("hand_out_blind_tip"))
        self.sources.setToolTip(say("hand_out_sources_tip"))
        self.sources.setChecked(True)
        for spin, low, high, value in ((self.share, 1, 100, 100), (self.overlap, 0, 100, 0), (self.seed, 1, 99999, 1)):
            spin.setRange(low, high)
            spin.setValue(value)
            spin.lineEdit().setTextMargins(4, 0, 0, 0)  # as in the other fields
        for spin in (self.share, self.overlap):
            spin.setSuffix(" %")
        self._offer(session.store)
        self._lay_out()
        for line in (self.names, self.districts, self.folder):
            line.textChanged.connect(self._follow)
        for box in (self.first, self.last):
            box.currentIndexChanged.connect(self._follow)
        for spin in (self.share, self.overlap, self.seed):
            spin.valueChanged.connect(self._follow)
        self._follow()

    def _offer(self, store: Store) -> None:
        names, years = overview.places(store)
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.districts.setCompleter(completer)
        for box in (self.first, self.last):
            offer(box, years_behind(say("search_all_years"), years))

    def _lay_out(self) -> None:
        browse = QPushButton(say("browse"))
        browse.setAutoDefault(False)
        browse.clicked.connect(self._browse)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setVerticalSpacing(8)
        self._add(form, "hand_out_names", self.names)
        self._add(form, "hand_out_folder", self.folder, browse)
        self._add(form, "fact_district", self.districts)
        self._add(form, "hand_out_years", self.first, QLabel("–"), self.last)
        self._add(form, "hand_out_share", self.share, QLabel(say("hand_out_seed")), self.seed)
        self._add(form, "hand_out_overlap", self.overlap)
        self.seed.setAccessibleName(say("hand_out_seed"))
        self.seed.setToolTip(say("hand_out_seed_tip"))
        self.overlap.setToolTip(say("hand_out_overlap_tip"))
        form.addRow("", self.blind)
        form.addRow("", self.sources)

    @staticmethod
    def _add(form: QFormLayout, name: str, *widgets: QWidget) -> None:
        line = QHBoxLayout()
        line.setSpacing(6)
        for widget in widgets:
            line.addWidget(widget, 1 if isinstance(widget, QLineEdit) else 0)
            if not isinstance(widget, QLabel | QPushButton):
                widget.setAccessibleName(say(name))
        if not isinstance(widgets[0], QLineEdit):
            line.addStretch(1)
        form.addRow(say(name), line)

    def _follow(self) -> None:
        several = len(self.colleagues()) > 1
        self.overlap.setEnabled(several)
        self.seed.setEnabled(several or self.share.value() < 100)
        self.changed.emit()

    def _browse(self) -> None:
        name = QFileDialog.getExistingDirectory(self, say("hand_out_folder"), self.folder.text())
        if name:
            self.folder.setText(name)

    def colleagues(self) -> list[str]:
        """Return the names of those whom the work is for, each once."""
        return list(dict.fromkeys(name.strip() for name in BETWEEN.split(self.names.text()) if name.strip()))

    def part(self) -> workflow.Part:
        """Return which reports are asked for."""
        districts = tuple(name.strip() for name in BETWEEN.split(self.districts.text()) if name.strip())
        numbers = self.share.value(), self.overlap.value(), self.seed.value()
        return workflow.Part(districts, self.first.currentData(), self.last.currentData(), *numbers)

    def files(self) -> dict[Path, str]:
        """Return the file of each colleague, with his name: the store's name with his behind it."""
        folder = Path(self.folder.text().strip() or str(self._store.parent))
        return {folder / NO_FILE_NAME.sub("_", f"{self._store.stem}-{name}.hebao"): name for name in self.colleagues()}
