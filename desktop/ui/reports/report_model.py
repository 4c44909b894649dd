"""The reports of the chosen cell, or all of them, as a table model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from db.overview import Standing
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.lines import heading
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES, report_name

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class Column(IntEnum):
    """The columns, in order."""

    COUNTS = 0
    REPORT = 1
    STATE = 2
    DECIDED = 3
    FINDINGS = 4
    SOURCE = 5


HEADINGS: Mapping[Column, str] = {
    Column.COUNTS: "head_counts",
    Column.REPORT: "head_report",
    Column.STATE: "head_state",
    Column.DECIDED: "head_decided",
    Column.FINDINGS: "head_findings",
    Column.SOURCE: "head_source",
}


class ReportModel(QAbstractTableModel):
    """Rows are reports; the one that counts for its district and year carries a filled circle."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.reports: list[Standing] = []
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    def show(self, reports: Sequence[Standing]) -> None:
        """Show these reports, in place where they are the same as before."""
        same = [report.id for report in reports] == [report.id for report in self.reports]
        if same and reports:
            self.reports = list(reports)
            self.dataChanged.emit(self.index(0, 0), self.index(len(reports) - 1, len(Column) - 1))
            return
        self.beginResetModel()
        self.reports = list(reports)
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        self.show(self.reports)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many reports there are."""
        return 0 if parent.isValid() else len(self.reports)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.reports):
            return None
        report, column = self.reports[index.row()], Column(index.column())
        if role == Role.DisplayRole:
            return self._words(report, column)
        if role == Role.DecorationRole:
            return self._symbol(report, column)
        if role == Role.ForegroundRole and column == Column.STATE:
            return QColor(theme().tints["rejected" if report.withdrawn else report.state].ink)
        if role == Role.ForegroundRole and report.withdrawn:
            return QColor(theme().muted)
        if role == Role.FontRole and report.withdrawn and column == Column.REPORT:
            return self._struck
        if role in (Role.ToolTipRole, Role.AccessibleTextRole) and column == Column.COUNTS:
            return say("report_counts" if report.counts else "report_counts_not")
        if role == Role.ToolTipRole:
            return report.source_name
        return None

    def _words(self, report: Standing, column: Column) -> str:
        if column == Column.REPORT:
            return report_name(report)
        if column == Column.STATE:
            return say("report_state_withdrawn" if report.withdrawn else REPORT_STATE_NAMES[report.state])
        if column == Column.DECIDED:
            return f"{report.decided}/{report.figures}"
        if column == Column.FINDINGS:
            return str(report.findings) if report.findings else ""
        return report.source_name if column == Column.SOURCE else ""

    def _symbol(self, report: Standing, column: Column) -> Any:
        if column == Column.COUNTS:
            return icon("choose" if report.counts else "choose-not")
        if column == Column.STATE:
            return icon("withdraw", "rejected") if report.withdrawn else icon(f"report-{report.state}", report.state)
        if column == Column.FINDINGS and report.findings:
            return icon("finding", "finding")
        return None
