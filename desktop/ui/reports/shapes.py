"""How the reports page is put together: its tables' settings, its columns and splitters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QLabel, QSplitter, QTableView, QVBoxLayout, QWidget

from desktop.ui.reports.report_model import Column

WIDTHS = {Column.COUNTS: 5, Column.REPORT: 16, Column.STATE: 11, Column.DECIDED: 8, Column.FINDINGS: 6}
AIR, SORTED, SYMBOL = 12, 16, 34  # pixels: around a heading; its arrow; an icon before words, and around both


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


def shape_rows(table: QTableView, widths: Mapping[Any, int]) -> None:
    """Let a table of rows have no numbers before them, and its columns their widths, in digits, or their headings'."""
    shape_table(table, grid=False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    digit = table.fontMetrics().horizontalAdvance("0")
    for place, digits in widths.items():
        table.setColumnWidth(place, digits * digit)
    table.model().headerDataChanged.connect(lambda: widen(table))
    widen(table)


def widen(table: QTableView, words: Mapping[int, Iterable[str]] | None = None) -> None:
    """Give each column that is too narrow for its heading, or for `words` behind an icon, the room that it lacks."""
    columns, measured = table.horizontalHeader(), table.fontMetrics()
    for place in range(columns.count()):
        if columns.sectionResizeMode(place) == QHeaderView.ResizeMode.Stretch:
            continue
        air = AIR + (SORTED if columns.isSortIndicatorShown() else 0)
        heading = measured.horizontalAdvance(table.model().headerData(place, Qt.Orientation.Horizontal)) + air
        said = [measured.horizontalAdvance(word) + SYMBOL for word in (words or {}).get(place, ())]
        columns.resizeSection(place, max(columns.sectionSize(place), heading, *said))


def shape_list(table: QTableView) -> None:
    """Let the list of reports have its columns."""
    shape_rows(table, WIDTHS)
    table.horizontalHeader().setSectionResizeMode(Column.SOURCE, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setMinimumSectionSize(AIR)
    table.setTextElideMode(Qt.TextElideMode.ElideMiddle)  # the end of a file's name tells what kind it is


def sentence_in(table: QTableView) -> QLabel:
    """Return what stands in a table in place of rows."""
    made = QLabel()
    made.setProperty("part", "muted")
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setWordWrap(True)
    QVBoxLayout(table.viewport()).addWidget(made)
    return made


def column(*widgets: QWidget, stretch: QWidget | None = None) -> QWidget:
    """Return widgets one under the other, of which one takes the room that is left."""
    made = QWidget()
    layout = QVBoxLayout(made)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    for widget in widgets:
        layout.addWidget(widget, 1 if widget is stretch else 0)
    return made


def add_to(column: QWidget, widget: QWidget) -> None:
    """Put a widget under the others of a column."""
    layout = column.layout()
    assert layout is not None
    layout.addWidget(widget)


def splitter(orientation: Qt.Orientation, widgets: list[QWidget], sizes: list[int]) -> QSplitter:
    """Return widgets with bars between them that can be moved."""
    made = QSplitter(orientation)
    for widget in widgets:
        made.addWidget(widget)
    made.setSizes(sizes)
    made.setChildrenCollapsible(False)
    made.setHandleWidth(5)
    return made
