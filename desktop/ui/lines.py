"""What lists and tables have alike: how high a line is, what stands over a column, and rows in an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.text import say

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
Row = TypeVar("Row")
NO_ALIGNMENTS: Mapping[Any, Qt.AlignmentFlag] = {}


def line_size() -> QSize:
    """Return the size of a line with air above and below its words."""
    return QSize(0, QFontMetrics(QApplication.font()).height() + 7)


def heading(
    headings: Mapping[Any, str] | Sequence[str],
    section: int,
    orientation: Qt.Orientation,
    role: int,
    alignments: Mapping[Any, Qt.AlignmentFlag] = NO_ALIGNMENTS,
) -> Any:
    """Return what a table says over a column (QAbstractTableModel.headerData); `headings` are ids of sentences."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(headings):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return say(headings[section])
    return alignments.get(section) if role == Qt.ItemDataRole.TextAlignmentRole else None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """A table of `rows` under `headings`, ids of sentences by column; its own `data` says what each place shows."""

    headings: Mapping[Any, str] | Sequence[str] = ()
    alignments: Mapping[Any, Qt.AlignmentFlag] = NO_ALIGNMENTS

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def at(self, index: Index) -> Row | None:
        """Return the row of a place, None where there is none."""
        return self.rows[index.row()] if 0 <= index.row() < len(self.rows) else None

    def reorder(self, rows: Sequence[Row]) -> None:
        """Show the same rows in another order; what is chosen goes along."""
        self.layoutAboutToBeChanged.emit()
        places = {id(row): place for place, row in enumerate(rows)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(places[id(self.rows[index.row()])], index.column()))
        self.rows = list(rows)
        self.layoutChanged.emit()

    def retranslate(self) -> None:
        """Say the headings in the language of the moment."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.headings) - 1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(self.headings, section, orientation, role, self.alignments)
