"""The table of figures: fixed row heights, values and units edited in place."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableView,
)

from desktop.text import LANGUAGES, say_in
from desktop.ui.desk.field_delegate import FieldDelegate, Offer, Take
from desktop.ui.desk.figure_model import HEADINGS, Column, FigureModel

BEGINS_A_VALUE = re.compile(r"[0-9+.\-]")
WIDTHS = {  # in widths of a digit
    Column.NUMBER: 5,
    Column.PRINTED: 12,
    Column.VALUE: 14,
    Column.UNIT: 7,
    Column.STATE: 12,
    Column.FINDINGS: 6,
    Column.CONFIDENCE: 7,
}
GIVE_WAY = (Column.CONFIDENCE, Column.PRINTED)  # in a narrow window: the text and the evidence show both as well
INDICATOR = 18  # as many widths of a digit as a name needs to be known by


class FigureTable(QTableView):
    """Shows a FigureModel; `figure_chosen` follows the current row, `value_typed` comes when typing begins a value."""

    figure_chosen = Signal(int)
    indicator_wanted = Signal()
    settled = Signal()

    def __init__(self, model: FigureModel, take: Take, offer: Offer) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setObjectName("figures")
        self._delegate = FieldDelegate(take, offer, self)
        self._delegate.settled.connect(self.settled)
        self._delegate.moved_on.connect(self.edit_unit)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setAlternatingRowColors(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self._lay_out()
        self.selectionModel().currentRowChanged.connect(self._tell)

    def _lay_out(self) -> None:
        rows = self.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(self.fontMetrics().height() + 9)
        columns = self.horizontalHeader()
        columns.setHighlightSections(False)
        columns.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, digits in WIDTHS.items():
            heading = max(self.fontMetrics().horizontalAdvance(say_in(name, HEADINGS[column])) for name in LANGUAGES)
            self.setColumnWidth(column, max(digits * digit, heading + 2 * digit))
        columns.setSectionResizeMode(Column.INDICATOR, QHeaderView.ResizeMode.Stretch)
        columns.setMinimumSectionSize(3 * digit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns as long as the names of indicators have no room."""
        columns, needed = self.horizontalHeader(), INDICATOR * self.fontMetrics().horizontalAdvance("0")
        for column in GIVE_WAY:
            columns.showSection(column)
        others = sum(columns.sectionSize(column) for column in WIDTHS)
        for column in GIVE_WAY:
            if self.viewport().width() - others < needed:
                others -= columns.sectionSize(column)
                columns.hideSection(column)
        super().resizeEvent(event)

    def current_id(self) -> int | None:
        """Return the id of the current figure."""
        index = self.currentIndex()
        return self._model.figure(index.row()).id if index.isValid() else None

    def choose(self, figure_id: int) -> bool:
        """Make a figure the current one and bring its row into view; False where it is not in the table."""
        row = self._model.row_of(figure_id)
        if row is None:
            return False
        index = self._model.index(row, Column.VALUE)
        seen = self.viewport().rect().contains(self.visualRect(index))
        before = self.currentIndex().row()
        self.setCurrentIndex(index)
        if before == row:  # it stood beside a numeral, or what it shows has changed
            self._tell(index)
        hints = QAbstractItemView.ScrollHint
        self.scrollTo(index, hints.EnsureVisible if seen else hints.PositionAtCenter)
        return True

    def stand_beside(self, row: int) -> None:
        """Choose no row, but let the arrows go on from `row`."""
        with QSignalBlocker(self.selectionModel()):
            index = self._model.index(row, Column.VALUE)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
            self.selectionModel().clearSelection()
        self.scrollTo(self._model.index(row, Column.VALUE))
        self.viewport().update()

    def edit_value(self, typed: str = "") -> None:
        """Open the value of the current figure, with `typed` in place of what stands."""
        self._edit(Column.VALUE)
        if typed and self.state() == QAbstractItemView.State.EditingState:
            self._delegate.begin(typed)

    def edit_unit(self) -> None:
        """Open the unit of the current figure."""
        self._edit(Column.UNIT)

    def _edit(self, column: Column) -> None:
        if self.selectionModel().hasSelection() and self.state() != QAbstractItemView.State.EditingState:
            self.edit(self.currentIndex().siblingAtColumn(column))

    def _tell(self, current: QModelIndex) -> None:
        if current.isValid():
            self.figure_chosen.emit(self._model.figure(current.row()).id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins a value; other letters do nothing."""
        typed = unicodedata.normalize("NFKC", event.text())
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier)
        if plain and BEGINS_A_VALUE.fullmatch(typed):
            self.edit_value(typed)
        elif not (plain and typed.isprintable() and typed):
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Digits that come through an input method begin a value too; nothing else does anything here."""
        typed = unicodedata.normalize("NFKC", event.commitString())
        if typed and BEGINS_A_VALUE.match(typed):
            self.edit_value(typed)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Double click on an indicator opens the picker; on value and unit it edits in place."""
        if self.indexAt(event.position().toPoint()).column() == Column.INDICATOR:
            self.indicator_wanted.emit()
            return
        super().mouseDoubleClickEvent(event)
