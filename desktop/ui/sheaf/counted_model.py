"""A list of things with a count each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.lines import line_size
from desktop.ui.reports.facet_model import COUNT_ROLE

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Counted:
    """One line: what it stands for, its words, its count (None: not known yet)."""

    key: str
    words: str
    count: int | None


class CountedModel(QAbstractListModel):
    """Shows Counted lines."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Counted] = []

    def show(self, lines: Sequence[Counted]) -> None:
        """Show these lines; in place where they stand for the same as before."""
        if lines and [line.key for line in lines] == [line.key for line in self.lines]:
            self.lines = list(lines)
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
            return
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """Return the row of what stands for `key`, None where there is none."""
        return next((row for row, line in enumerate(self.lines) if line.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one line shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line = self.lines[index.row()]
        if role in (Role.DisplayRole, Role.ToolTipRole):
            return line.words
        if role == Role.AccessibleTextRole:
            return line.words if line.count is None else f"{line.words} ({line.count})"
        if role == COUNT_ROLE:
            return line.count
        return line_size() if role == Role.SizeHintRole else None
