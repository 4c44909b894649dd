"""The reports of the chosen cell, or all of them, as a table model."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont

from db.overview import Standing
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES, report_name


class Column(IntEnum):
    """The columns, in order."""

    COUNTS = 0
    REPORT = 1
    STATE = 2
    DECIDED = 3
    FINDINGS = 4
    SOURCE = 5


class ReportModel(RowsModel[Standing]):
    """Rows are reports; the one that counts for its district and year carries a filled circle."""

    headings = ("head_counts", "head_report", "head_state", "head_decided", "head_findings", "head_source")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    def show(self, rows: Sequence[Standing]) -> None:
        """Show these reports, in place where they are the same as before."""
        if rows and [report.id for report in rows] == [report.id for report in self.rows]:
            self.rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(Column) - 1))
        else:
            super().show(rows)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        super().retranslate()
        self.show(self.rows)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        report = self.at(index)
        if report is None:
            return None
        column = Column(index.column())
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
            return f"{report_name(report)}\n{report.source_name}"
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
