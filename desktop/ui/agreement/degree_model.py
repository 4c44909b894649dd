"""How far reviewers agree, one row an indicator, two reviewers or a district; any column sorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import Qt

from desktop.agreement import Degree, estimate_words
from desktop.ui.lines import Index, Role, RowsModel

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, in order."""

    OF = 0
    REPORTS = 1
    SLOTS = 2
    SHARE = 3
    KAPPA = 4
    ALPHA = 5


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


class DegreeModel(RowsModel[Line]):
    """Shows Line rows in the order given, until a column is sorted by."""

    headings = ("head_of", "head_reports", "head_slots", "head_share", "head_kappa", "head_alpha")
    alignments = ALIGNMENTS

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; what is not defined comes last either way."""
        if not 0 <= column < len(Column):
            return
        falling = order == Qt.SortOrder.DescendingOrder
        if column == Column.OF:
            self.reorder(sorted(self.rows, key=lambda line: line.words, reverse=falling))
            return
        numbered = [(NUMBERS[column](line.degree), line) for line in self.rows]
        known = [(number, line) for number, line in numbered if number is not None]
        known.sort(key=lambda pair: pair[0], reverse=falling)
        self.reorder([line for _, line in known] + [line for number, line in numbered if number is None])

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        line, column = self.at(index), index.column()
        if line is None:
            return None
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
