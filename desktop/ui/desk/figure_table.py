"""The table of figures: fixed row heights, editing in place, and a refused entry's sentence at its field."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.errors import UserError
from desktop.text import LANGUAGES, say, say_error, say_in
from desktop.ui.desk.figure_model import HEADINGS, Column, FigureModel

Index = QModelIndex | QPersistentModelIndex
Take = Callable[[int, Column, str], None]
KEY_PRESS = QEvent.Type.KeyPress
BEGINS_A_VALUE = re.compile(r"[0-9+.\-]")
WIDTHS = {  # in widths of a digit
    Column.NUMBER: 5,
    Column.PRINTED: 12,
    Column.VALUE: 11,
    Column.UNIT: 7,
    Column.STATE: 12,
    Column.FINDINGS: 6,
    Column.CONFIDENCE: 7,
}


class FieldDelegate(QStyledItemDelegate):
    """Edits value and unit; `take(figure id, column, typed)` accepts an entry or refuses it by a UserError."""

    settled = Signal()
    moved_on = Signal()

    def __init__(self, take: Take, table: QTableView) -> None:
        super().__init__(table)
        self._take = take
        self._table = table
        self._refusal = QLabel(table.viewport())
        self._refusal.setProperty("part", "error")
        self._refusal.setObjectName("field_error")
        self._refusal.hide()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to type in."""
        editor = QLineEdit(parent)
        editor.setObjectName("field")
        editor.setProperty("row", index.row())
        editor.setProperty("column", index.column())
        editor.setAccessibleName(say("head_value" if index.column() == Column.VALUE else "head_unit"))
        editor.textEdited.connect(self._refusal.hide)
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Start from what stands, selected whole."""
        if isinstance(editor, QLineEdit) and not editor.isModified():
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:
        """Leaving the field takes the entry too, where it can be taken; nothing typed changes nothing."""
        if isinstance(editor, QLineEdit) and editor.isModified():
            self._offer(editor, index)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter takes the entry and moves on, Tab takes it and goes to the unit, Escape leaves things as they were."""
        if (
            event.type() != QEvent.Type.KeyPress
            or not isinstance(editor, QLineEdit)
            or not isinstance(event, QKeyEvent)
        ):
            return super().eventFilter(editor, event)
        index = self._table.model().index(editor.property("row"), editor.property("column"))
        if event.key() == Qt.Key.Key_Escape:
            self._close(editor)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._offer(editor, index):
                self._close(editor)
                self.settled.emit()
            return True
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if not editor.isModified() or self._offer(editor, index):
                self._close(editor)
                self.moved_on.emit()
            return True
        return super().eventFilter(editor, event)

    def _close(self, editor: QLineEdit) -> None:
        editor.setModified(False)
        self._refusal.hide()
        self.closeEditor.emit(editor)

    def _offer(self, editor: QLineEdit, index: Index) -> bool:
        figure_id, column = index.data(Qt.ItemDataRole.UserRole), Column(index.column())
        try:
            self._take(figure_id, column, editor.text())
        except UserError as error:
            self._refuse(editor, say_error(error))
            return False
        editor.setModified(False)
        return True

    def _refuse(self, editor: QLineEdit, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.adjustSize()
        place = editor.geometry().bottomLeft()
        room = self._table.viewport().rect()
        x = max(0, min(place.x(), room.width() - self._refusal.width()))
        below = place.y() + 2
        fits = below + self._refusal.height() <= room.height()
        self._refusal.move(x, below if fits else editor.y() - self._refusal.height() - 2)
        self._refusal.show()
        self._refusal.raise_()
        editor.setAccessibleDescription(sentence)


class FigureTable(QTableView):
    """Shows a FigureModel; `figure_chosen` follows the current row, `value_typed` comes when typing begins a value."""

    figure_chosen = Signal(int)
    indicator_wanted = Signal()
    settled = Signal()

    def __init__(self, model: FigureModel, take: Take) -> None:
        super().__init__()
        self._model = model
        self.setModel(model)
        self.setObjectName("figures")
        delegate = FieldDelegate(take, self)
        delegate.settled.connect(self.settled)
        delegate.moved_on.connect(self.edit_unit)
        self.setItemDelegate(delegate)
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
        self.setCurrentIndex(index)
        hints = QAbstractItemView.ScrollHint
        self.scrollTo(index, hints.EnsureVisible if seen else hints.PositionAtCenter)
        return True

    def edit_value(self, typed: str = "") -> None:
        """Open the value of the current figure, with `typed` in place of what stands."""
        self._edit(Column.VALUE)
        field = self.findChild(QLineEdit, "field")
        if typed and field is not None:
            field.setText(typed)
            field.setModified(True)

    def edit_unit(self) -> None:
        """Open the unit of the current figure."""
        self._edit(Column.UNIT)

    def _edit(self, column: Column) -> None:
        if self.currentIndex().isValid() and self.state() != QAbstractItemView.State.EditingState:
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
