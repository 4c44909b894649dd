"""What reviewers read differently, one slot a row: where, what, what each said, and the sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from db.coding import Coded
from desktop.text import say
from desktop.ui.lines import heading
from desktop.ui.session import Session
from desktop.ui.wording import number, report_name

if TYPE_CHECKING:
    from desktop.workflow import Differing

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns, in order."""

    REPORT = 0
    INDICATOR = 1
    SAID = 2
    SENTENCE = 3


HEADINGS: Mapping[Column, str] = {
    Column.REPORT: "head_report",
    Column.INDICATOR: "head_indicator",
    Column.SAID: "head_readings",
    Column.SENTENCE: "head_sentence",
}


WITHOUT_VALUE: Mapping[str, str] = {"not_reported": "state_not_reported", "absent": "agreement_absent"}


class DifferingModel(QAbstractTableModel):
    """Shows slots on which reviewers differ."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.differing: list[Differing] = []

    def show(self, differing: Sequence[Differing]) -> None:
        """Show these slots."""
        self.beginResetModel()
        self.differing = list(differing)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many slots there are."""
        return 0 if parent.isValid() else len(self.differing)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.differing):
            return None
        if role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        one = self.differing[index.row()]
        if index.column() == Column.REPORT:
            return report_name(one.report)
        if index.column() == Column.INDICATOR:
            return self._session.indicator_name(one.indicator)
        return one.sentence if index.column() == Column.SENTENCE else say("list_separator").join(map(said, one.said))


def said(coded: Coded) -> str:
    """Return what one reviewer made of a cell, behind his name."""
    if coded.value is not None:
        return f"{coded.reviewer} {number(coded.value)} {coded.unit}"
    return f"{coded.reviewer} {say(WITHOUT_VALUE[coded.said])}"
