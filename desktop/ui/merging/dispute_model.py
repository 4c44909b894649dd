"""The disputes, one a row: where, what about, who."""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject

from db.rows import Dispute
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.merging import dispute_words
from desktop.ui.session import Session


class Column(IntEnum):
    """The columns, in order."""

    REPORT = 0
    ABOUT = 1
    REVIEWERS = 2


class DisputeModel(RowsModel[Dispute]):
    """Words are made when a row is looked at: thousands of disputes cost nothing until they are scrolled to."""

    headings = ("head_report", "head_about", "head_reviewers")

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        dispute = self.at(index)
        if dispute is None or role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        if index.column() == Column.REPORT:
            return dispute_words.place(self._session, dispute)
        if index.column() == Column.ABOUT:
            return dispute_words.subject(self._session, dispute)
        return dispute_words.reviewers(dispute)
