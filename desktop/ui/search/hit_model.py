"""The lines in which a phrase stands, by district and year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from db import phrases
from db.rows import Hit
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.in_context import CONTEXT_ROLE
from desktop.ui.lines import heading
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns, in order."""

    DISTRICT = 0
    YEAR = 1
    STATE = 2
    LINE = 3


HEADINGS: Mapping[Column, str] = {
    Column.DISTRICT: "fact_district",
    Column.YEAR: "head_year",
    Column.STATE: "head_state",
    Column.LINE: "head_sentence",
}


class HitModel(QAbstractTableModel):
    """A report is named on the first of its lines; the phrase is marked in each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.hits: list[Hit] = []
        self._wanted: phrases.Patterns = []

    def show(self, hits: Sequence[Hit], wanted: phrases.Patterns) -> None:
        """Show these lines; `wanted` finds the phrase in them."""
        self.beginResetModel()
        self.hits, self._wanted = list(hits), wanted
        self.endResetModel()

    def first(self, row: int) -> bool:
        """Return whether a line is the first of its report."""
        return row == 0 or self.hits[row - 1].report_id != self.hits[row].report_id

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.hits)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.hits):
            return None
        hit, column, first = self.hits[index.row()], Column(index.column()), self.first(index.row())
        if role == CONTEXT_ROLE and column == Column.LINE:
            return self._pieces(hit.line)
        if role == Role.DisplayRole:
            return self._words(hit, column) if first or column == Column.LINE else ""
        if role == Role.DecorationRole and column == Column.STATE and first:
            return icon(f"report-{hit.state}", hit.state)
        if role == Role.ForegroundRole and column == Column.STATE:
            return QColor(theme().tints[hit.state].ink)
        return self._words(hit, column) if role in (Role.AccessibleTextRole, Role.ToolTipRole) else None

    def _words(self, hit: Hit, column: Column) -> str:
        if column == Column.DISTRICT:
            return hit.district or say("unknown_district")
        if column == Column.YEAR:
            return say("unknown_year") if hit.year is None else str(hit.year)
        return say(REPORT_STATE_NAMES[hit.state]) if column == Column.STATE else hit.line

    def _pieces(self, line: str) -> tuple[str, str, str]:
        low, high = next(iter(phrases.places(line, self._wanted)), (0, 0))
        return line[:low], line[low:high], line[high:]
