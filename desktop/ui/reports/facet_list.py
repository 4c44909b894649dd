"""The column of facets beside the matrix: keys and mouse, counts at the right end of each line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.ui.reports.board import Facet
from desktop.ui.reports.facet_model import COUNT_ROLE, HEADING_ROLE, FacetModel
from desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
GAP = 8
TICKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class FacetDelegate(QStyledItemDelegate):
    """Writes the count of a line at its right end, and keeps the words clear of it."""

    def __init__(self, lines: QListView) -> None:
        super().__init__(lines)
        self._lines = lines

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line."""
        count = index.data(COUNT_ROLE)
        words = "" if count is None else f"{count:,}"
        room = option.rect.adjusted(0, 0, -GAP, 0)
        if index == self._lines.currentIndex():
            painter.fillRect(option.rect, QColor(theme().chosen))
        option.rect = option.rect.adjusted(0, 0, -option.fontMetrics.horizontalAdvance(words) - 2 * GAP, 0)
        super().paint(painter, option, index)
        painter.setPen(QColor(theme().accent if index.data(HEADING_ROLE) else theme().muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, words)


class FacetList(QListView):
    """Space and Enter tick a value or turn a heading, as a click does; Left closes a facet, Right opens it."""

    def __init__(self, choose: Callable[[Facet, Any, bool], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("facets")
        self.facets = FacetModel(choose, self)
        self.setModel(self.facets)
        self.setItemDelegate(FacetDelegate(self))
        self.setUniformItemSizes(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._click)
        self._ticked = False

    def keeps(self, event: QKeyEvent) -> bool:
        """Keep the keys that tick from the commands of the page (input_guard.keeps)."""
        return event.key() in TICKING and not event.modifiers()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, open and close by keys."""
        index = self.currentIndex()
        if not index.isValid():
            super().keyPressEvent(event)
        elif event.key() in TICKING:
            self._act(index)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._turn(index, event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _click(self, index: QModelIndex) -> None:
        """Let a click on the words do what one on the box does, which Qt has done already."""
        if index.data(HEADING_ROLE):
            self._turn(index)

    def _act(self, index: QModelIndex) -> None:
        if index.data(HEADING_ROLE):
            self._turn(index)
            return
        row, entry = index.row(), self.facets.entries[index.row()]
        checked = Qt.CheckState.Unchecked if entry.chosen else Qt.CheckState.Checked
        self.facets.setData(index, checked, Qt.ItemDataRole.CheckStateRole)
        again = next(
            (at for at, e in enumerate(self.facets.entries) if (e.facet, e.value) == (entry.facet, entry.value)), row
        )
        self.setCurrentIndex(self.facets.index(again))

    def _turn(self, index: QModelIndex, opened: bool | None = None) -> None:
        self.setCurrentIndex(self.facets.index(self.facets.turn(index.row(), opened)))
