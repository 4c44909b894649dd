"""A list of things to choose from, with or without a box to tick, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.ui.lines import line_size

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: its key, its words, and more words as tooltip."""

    key: str
    words: str
    more: str = ""


class ChoiceModel(QAbstractListModel):
    """`tick(key, wanted)` changes `ticked` or returns False to refuse; None makes a list without boxes."""

    def __init__(self, tick: Callable[[str, bool], bool] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tick = tick
        self._all: list[Choice] = []
        self._filter: Callable[[Choice], bool] = lambda _: True
        self.shown: list[Choice] = []
        self.ticked: frozenset[str] = frozenset()

    def show(self, choices: Sequence[Choice], ticked: frozenset[str] = frozenset()) -> None:
        """Offer these choices."""
        self._all, self.ticked = list(choices), ticked
        self.filter(self._filter)

    def filter(self, wanted: Callable[[Choice], bool]) -> None:
        """Show the choices that are wanted, and the ticked ones in any case."""
        self.beginResetModel()
        self._filter = wanted
        self.shown = [choice for choice in self._all if choice.key in self.ticked or wanted(choice)]
        self.endResetModel()

    def row_of(self, key: str) -> int | None:
        """Return the row of a choice, None where it is not shown."""
        return next((row for row, choice in enumerate(self.shown) if choice.key == key), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many choices are shown."""
        return 0 if parent.isValid() else len(self.shown)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A list with boxes lets them be ticked."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsUserCheckable if self._tick and index.isValid() else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return a choice's words, tooltip or tick."""
        if not index.isValid() or not 0 <= index.row() < len(self.shown):
            return None
        choice = self.shown[index.row()]
        if role == Role.DisplayRole:
            return choice.words
        if role == Role.SizeHintRole:
            return line_size()
        if role == Role.ToolTipRole:
            return choice.more or None
        if role == Role.CheckStateRole and self._tick is not None:
            return Qt.CheckState.Checked if choice.key in self.ticked else Qt.CheckState.Unchecked
        return None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tick or untick a box."""
        if role != Role.CheckStateRole or self._tick is None or not index.isValid():
            return False
        key, wanted = self.shown[index.row()].key, Qt.CheckState(value) == Qt.CheckState.Checked
        if not self._tick(key, wanted):
            return False
        self.dataChanged.emit(index, index, [Role.CheckStateRole])
        return True
