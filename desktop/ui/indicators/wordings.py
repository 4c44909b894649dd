"""The ways in which reports say an indicator, one a line: topic, act, noun, and what must not stand there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.indicators.word_line import WordLine, model_of

FIELDS: Mapping[str, str] = {
    "topic": "own_topic",
    "act": "own_act",
    "noun": "own_noun",
    "without": "own_without",
}
HINTS: Mapping[str, str] = {
    "topic": "own_topic_hint",
    "act": "own_act_hint",
    "noun": "own_noun_hint",
    "without": "own_without_hint",
}


class WordingRows(QWidget):
    """Lines of four fields each, one at least; `edited` follows every change a person makes."""

    edited = Signal()

    def __init__(self, groups: Mapping[str, tuple[str, ...]]) -> None:
        super().__init__()
        self._groups = model_of(groups, self)
        self.lines: list[dict[str, WordLine]] = []
        self._kept: list[dict[str, Any]] = []
        self._drops: list[QToolButton] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(3)
        for column, field in enumerate(FIELDS):
            self._grid.setColumnStretch(column, 1)
            for row, (words, part) in enumerate(((FIELDS[field], "heading"), (HINTS[field], "muted"))):
                label = QLabel(say(words))
                label.setProperty("part", part)
                label.setWordWrap(True)
                label.setAlignment(Qt.AlignmentFlag.AlignTop)
                self._grid.addWidget(label, row, column)
        self.add = QPushButton(icon("new"), say("own_add_line"))
        self.add.setObjectName("own_add_line")
        self.add.setAutoDefault(False)
        self.add.clicked.connect(self._add)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)

    def show_lines(self, when: Sequence[Mapping[str, Any]]) -> None:
        """Show these wordings, one empty line where there is none; what has no field here is kept as it is."""
        self._kept = [dict(line) for line in when] or [{}]
        while self.lines:
            self._take_away(len(self.lines) - 1)
        for line in self._kept:
            self._append(line)
        self._name()

    def wordings(self) -> list[dict[str, Any]]:
        """Return what is written, line by line, empty fields included."""
        pairs = zip(self._kept, self.lines, strict=True)
        return [{**kept, **{field: edit.text() for field, edit in line.items()}} for kept, line in pairs]

    def _append(self, line: Mapping[str, Any]) -> None:
        row = len(self.lines) + 2
        fields: dict[str, WordLine] = {}
        for column, field in enumerate(FIELDS):
            edit = WordLine(str(line.get(field, "")), self._groups)
            edit.textEdited.connect(self.edited)
            fields[field] = edit
            self._grid.addWidget(edit, row, column)
        drop = QToolButton()
        drop.setAutoRaise(True)
        drop.setIcon(icon("close"))
        drop.clicked.connect(lambda: self._drop(fields))
        self._grid.addWidget(drop, row, len(FIELDS))
        self.lines.append(fields)
        self._drops.append(drop)

    def _add(self) -> None:
        self._kept.append({})
        self._append({})
        self._name()
        self.lines[-1]["topic"].setFocus()

    def _drop(self, fields: dict[str, WordLine]) -> None:
        """Take a line away; the last one is only emptied."""
        place = self.lines.index(fields)
        kept = self.wordings()
        del kept[place]
        self.show_lines(kept)
        self.lines[min(place, len(self.lines) - 1)]["topic"].setFocus()
        self.edited.emit()

    def _take_away(self, place: int) -> None:
        for widget in (*self.lines.pop(place).values(), self._drops.pop(place)):
            self._grid.removeWidget(widget)
            widget.hide()
            widget.deleteLater()

    def _name(self) -> None:
        """Say for every field which line it is of."""
        before: QWidget | None = None
        for number, (line, drop) in enumerate(zip(self.lines, self._drops, strict=True), start=1):
            for field, edit in line.items():
                edit.setObjectName(f"own_{field}_{number}")
                edit.setAccessibleName(say("own_field_of_line", line=number, field=say(FIELDS[field])))
                edit.setToolTip(say(HINTS[field]))
            drop.setAccessibleName(say("own_drop_line", line=number))
            drop.setToolTip(say("own_drop_line", line=number))
            for widget in (*line.values(), drop):
                if before is not None:
                    QWidget.setTabOrder(before, widget)
                before = widget
        if before is not None:
            QWidget.setTabOrder(before, self.add)
