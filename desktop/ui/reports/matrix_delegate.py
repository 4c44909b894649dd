"""Paints a cell of the matrix in one go: ground, symbol and words of its state, findings and disputes at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTableView

from desktop.ui.icons import icon
from desktop.ui.reports.matrix_model import Cell, MatrixModel
from desktop.ui.theme import Theme, theme

Index = QModelIndex | QPersistentModelIndex
SYMBOL = 16
GAP = 5
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class MatrixDelegate(QStyledItemDelegate):
    """Asks the model once a cell, where Qt's own would ask for ten roles, and keeps what it paints with.

    Thousands of cells scroll by.
    """

    def __init__(self, model: MatrixModel, table: QTableView) -> None:
        super().__init__(table)
        self._model = model
        self._table = table
        self._colours: Theme | None = None
        self._inks: dict[str, QColor] = {}
        self._symbols: dict[tuple[str, float], QPixmap] = {}

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell = self._model.cell(index.row(), index.column())
        colours, room = theme(), option.rect
        if colours is not self._colours:
            self._colours, self._inks, self._symbols = colours, {}, {}
        chosen = index == self._table.currentIndex()  # of which the table chooses one
        if chosen:
            self._fill(painter, room, colours.chosen)
        elif cell is not None and not cell.faint:
            self._fill(painter, room, colours.tints[cell.state].ground)
        if cell is not None:
            self._write(painter, option, cell, colours, chosen)
        if chosen and self._table.hasFocus():
            painter.setPen(self._ink(colours.accent))
            painter.drawRect(room.adjusted(0, 0, -1, -1))

    def _fill(self, painter: QPainter, room: QRect, colour: str) -> None:
        painter.setBackground(self._ink(colour))  # fillRect would first make all gradients known, 2 ms of the start
        painter.eraseRect(room)

    def _write(self, painter: QPainter, option: QStyleOptionViewItem, cell: Cell, colours: Theme, chosen: bool) -> None:
        room: QRect = option.rect
        left, top, high = room.left() + GAP, room.top() + (room.height() - SYMBOL) // 2, room.height()
        painter.drawPixmap(left, top, self._symbol(f"report-{cell.state}", cell.state, painter))
        ink = colours.chosen_text if chosen else colours.muted if cell.faint else colours.tints[cell.state].ink
        painter.setPen(self._ink(ink))
        left += SYMBOL + GAP
        painter.drawText(left, room.top(), room.right() - left, high, LEFT, cell.words)
        right = room.right() - GAP
        if cell.disputed:
            painter.drawPixmap(right - SYMBOL, top, self._symbol("page-disputes", "disputed", painter))
            right -= SYMBOL + GAP
        if cell.findings:
            words = str(cell.findings)
            wide = option.fontMetrics.horizontalAdvance(words)
            painter.setPen(self._ink(colours.tints["finding"].ink))
            painter.drawText(right - wide, room.top(), wide + 1, high, RIGHT, words)
            painter.drawPixmap(right - wide - SYMBOL - 2, top, self._symbol("finding", "finding", painter))

    def _ink(self, colour: str) -> QColor:
        made = self._inks.get(colour)
        if made is None:
            made = self._inks[colour] = QColor(colour)
        return made

    def _symbol(self, name: str, tint: str, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        made = self._symbols.get((name, ratio))
        if made is None:
            made = self._symbols[name, ratio] = icon(name, tint).pixmap(QSize(SYMBOL, SYMBOL), ratio)
        return made
