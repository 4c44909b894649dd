"""Paints a cell of the matrix: its state and words as a table does, and at its right end how many findings are open."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.icons import icon
from desktop.ui.reports.matrix_model import FINDINGS_ROLE
from desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
SYMBOL = 14
GAP = 4


class MatrixDelegate(QStyledItemDelegate):
    """Draws a triangle with a number where findings are open."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one cell."""
        super().paint(painter, option, index)
        findings = index.data(FINDINGS_ROLE)
        if not findings:
            return
        words = str(findings)
        width = option.fontMetrics.horizontalAdvance(words)
        room: QRect = option.rect.adjusted(0, 0, -2 * GAP, 0)
        painter.save()
        painter.setPen(QColor(theme().tints["finding"].ink))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)
        left = room.right() - width - SYMBOL - GAP
        top = room.center().y() - SYMBOL // 2
        icon("finding", "finding").paint(painter, QRect(left, top, SYMBOL, SYMBOL))
        painter.restore()
