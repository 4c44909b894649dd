"""The disputes, one a row: where, what about, who."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from db.rows import Dispute
from desktop.ui.lines import heading
from desktop.ui.merging import dispute_words
from desktop.ui.session import Session

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns, in order."""

    REPORT = 0
    ABOUT = 1
    REVIEWERS = 2


HEADINGS: Mapping[Column, str] = {
    Column.REPORT: "head_report",
    Column.ABOUT: "head_about",
    Column.REVIEWERS: "head_reviewers",
}


class DisputeModel(QAbstractTableModel):
    """Words are made when a row is looked at: thousands of disputes cost nothing until they are scrolled to."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.disputes: list[Dispute] = []

    def show(self, disputes: Sequence[Dispute]) -> None:
        """Show these disputes."""
        self.beginResetModel()
        self.disputes = list(disputes)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many disputes there are."""
        return 0 if parent.isValid() else len(self.disputes)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.disputes):
            return None
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        dispute = self.disputes[index.row()]
        if index.column() == Column.REPORT:
            return dispute_words.place(self._session, dispute)
        if index.column() == Column.ABOUT:
            return dispute_words.subject(self._session, dispute)
        return dispute_words.reviewers(dispute)
