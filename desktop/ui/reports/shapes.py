"""How the reports page is put together: its tables' settings, its columns and splitters."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSplitter, QTableView, QVBoxLayout, QWidget

from desktop.ui.reports.report_model import Column

WIDTHS = {Column.COUNTS: 6, Column.REPORT: 18, Column.STATE: 13, Column.DECIDED: 8, Column.FINDINGS: 7}


def shape_table(table: QTableView, *, grid: bool) -> None:
    """Let a table be read only, one line chosen at a time, its rows of one height."""
    table.setShowGrid(grid)
    table.setTabKeyNavigation(False)
    table.setCornerButtonEnabled(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setWordWrap(False)
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 11)
    table.horizontalHeader().setHighlightSections(False)


def shape_matrix(matrix: QTableView) -> None:
    """Let the matrix have its districts on the left."""
    shape_table(matrix, grid=True)
    digit = matrix.fontMetrics().horizontalAdvance("0")
    rows = matrix.verticalHeader()
    rows.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    rows.setHighlightSections(False)
    rows.setFixedWidth(22 * digit)  # else Qt would ask for the name of every district to find the widest


def shape_list(table: QTableView) -> None:
    """Let the list of reports have its columns."""
    shape_table(table, grid=False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    columns = table.horizontalHeader()
    columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    digit = table.fontMetrics().horizontalAdvance("0")
    for column, digits in WIDTHS.items():
        table.setColumnWidth(column, digits * digit)
    columns.setStretchLastSection(True)


def column(*widgets: QWidget, stretch: QWidget | None = None) -> QWidget:
    """Return widgets one under the other, of which one takes the room that is left."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is stretch else 0)
    return made


def splitter(orientation: Qt.Orientation, widgets: list[QWidget], sizes: list[int]) -> QSplitter:
    """Return widgets with bars between them that can be moved."""
    made = QSplitter(orientation)
    for widget in widgets:
        made.addWidget(widget)
    made.setSizes(sizes)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(5)
    return made
