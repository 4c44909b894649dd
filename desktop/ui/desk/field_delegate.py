"""Editing value and unit where they stand, with what else they may be on offer and a refusal said at the field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.desk.figure_model import Column

Index = QModelIndex | QPersistentModelIndex
Take = Callable[[int, Column, str], None]
Offer = Callable[[int, Column], Sequence[str]]


class FieldDelegate(QStyledItemDelegate):
    """Edits value and unit.

    `take(figure id, column, typed)` accepts an entry or refuses it by a UserError; `offer(figure id, column)` says what
    else it may be: the arrows, or a click, put that into the field.
    """

    settled = Signal()
    moved_on = Signal()

    def __init__(self, take: Take, offer: Offer, table: QTableView) -> None:
        super().__init__(table)
        self._take = take
        self._offer_for = offer
        self._editor: QLineEdit | None = None
        self._table = table
        self._refusal = QLabel(table.viewport())
        self._refusal.setProperty("part", "error")
        self._refusal.setObjectName("field_error")
        self._refusal.hide()
        self.offers = QListWidget(table.viewport())
        self.offers.setObjectName("field_offers")
        self.offers.setAccessibleName(say("field_offers"))
        self.offers.setProperty("part", "panel")
        self.offers.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # passed on to the field: see createEditor
        self.offers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.offers.itemClicked.connect(lambda item: self._put(item.text()))
        self.offers.hide()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line to type in."""
        editor = QLineEdit(parent)
        editor.setObjectName("field")
        editor.setProperty("row", index.row())
        editor.setProperty("column", index.column())
        editor.setAccessibleName(say("head_value" if index.column() == Column.VALUE else "head_unit"))
        editor.textEdited.connect(self._refusal.hide)
        editor.textEdited.connect(self.offers.hide)
        self._editor = editor  # the one before may still wait to be deleted
        self.offers.setFocusProxy(editor)  # a click there is not one into the table, which would close the field
        return editor

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Lay what is on offer under the field, or above it where there is no room."""
        super().updateEditorGeometry(editor, option, index)
        self.offers.clear()
        said = self._offer_for(index.data(Qt.ItemDataRole.UserRole), Column(index.column()))
        self.offers.addItems(list(said))
        self.offers.setCurrentRow(-1)
        row = max(self.offers.sizeHintForRow(0), 1) if said else 0
        place, height = editor.geometry(), row * len(said) + 2 * self.offers.frameWidth()
        below = place.bottom() + 2
        fits = below + height <= self._table.viewport().height()
        self.offers.setGeometry(place.x(), below if fits else place.top() - height - 2, max(place.width(), 90), height)
        self.offers.setVisible(bool(said))
        self.offers.raise_()

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
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self._move(1 if event.key() == Qt.Key.Key_Down else -1)
            return True
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            if not editor.isModified() or self._offer(editor, index):
                self._close(editor)
                self.moved_on.emit()
            return True
        return super().eventFilter(editor, event)

    def destroyEditor(self, editor: QWidget, index: Index) -> None:
        """Take what is on offer away with the field, however it is left."""
        if editor is self._editor:
            self._editor = None
            self.offers.hide()
        super().destroyEditor(editor, index)

    def _close(self, editor: QLineEdit) -> None:
        editor.setModified(False)
        self._refusal.hide()
        self.offers.hide()
        self.closeEditor.emit(editor)

    def _move(self, step: int) -> None:
        row = min(max(self.offers.currentRow() + step, 0), self.offers.count() - 1)
        self.offers.setCurrentRow(row)
        item = self.offers.currentItem()
        if item is not None:
            self._put(item.text())

    def begin(self, typed: str) -> None:
        """Put what was typed first into the field just opened, in place of what stands."""
        self._put(typed)
        self.offers.hide()

    def _put(self, text: str) -> None:
        if self._editor is not None:
            self._editor.setText(text)
            self._editor.setModified(True)
            self._editor.setFocus()

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
        self.offers.hide()
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
