"""How far reviewers agree, one row an indicator, two reviewers or a district; any column sorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.agreement import Degree, estimate_words
from desktop.ui.lines import heading

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, in order."""

    OF = 0
    REPORTS = 1
    SLOTS = 2
    SHARE = 3
    KAPPA = 4
    ALPHA = 5


HEADINGS: Mapping[Column, str] = {
    Column.OF: "head_of",
    Column.REPORTS: "head_reports",
    Column.SLOTS: "head_slots",
    Column.SHARE: "head_share",
    Column.KAPPA: "head_kappa",
    Column.ALPHA: "head_alpha",
}
ALIGNMENTS: Mapping[Any, Qt.AlignmentFlag] = {column: RIGHT for column in Column if column != Column.OF}


class Line(NamedTuple):
    """One row: what it stands for, its words, and how far reviewers agree on it."""

    key: Any
    words: str
    degree: Degree


NUMBERS: Mapping[int, Callable[[Degree], float | None]] = {
    Column.REPORTS: lambda degree: degree.reports,
    Column.SLOTS: lambda degree: degree.slots,
    Column.SHARE: lambda degree: degree.share.value,
    Column.KAPPA: lambda degree: degree.kappa.value,
    Column.ALPHA: lambda degree: degree.alpha.value,
}


class DegreeModel(QAbstractTableModel):
    """Shows Line rows in the order given, until a column is sorted by."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []

    def show(self, lines: Sequence[Line]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.lines = list(lines)
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is not defined comes last either way."""
        if not 0 <= column < len(Column):
            return
        falling = order == Qt.SortOrder.DescendingOrder
        self.layoutAboutToBeChanged.emit()
        if column == Column.OF:
            self.lines.sort(key=lambda line: line.words, reverse=falling)
        else:
            numbered = [(NUMBERS[column](line.degree), line) for line in self.lines]
            known = [(number, line) for number, line in numbered if number is not None]
            known.sort(key=lambda pair: pair[0], reverse=falling)
            self.lines = [line for _, line in known] + [line for number, line in numbered if number is None]
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role, ALIGNMENTS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line, column = self.lines[index.row()], index.column()
        if role == Role.TextAlignmentRole:
            return ALIGNMENTS.get(Column(column))
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        if column == Column.OF:
            return line.words
        if column in (Column.REPORTS, Column.SLOTS):
            return f"{NUMBERS[column](line.degree):,}"
        estimates = {Column.SHARE: line.degree.share, Column.KAPPA: line.degree.kappa, Column.ALPHA: line.degree.alpha}
        return estimate_words(estimates[Column(column)])
