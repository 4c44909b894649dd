"""A list of sentences, each on as many lines as it needs."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtWidgets import QListWidget, QStyledItemDelegate, QStyleOptionViewItem

AIR = 6  # pixels by which a line of one font is higher than one of another, and more


class Roomy(QStyledItemDelegate):
    """Leaves room below the last of several lines.

    Where a Chinese name makes the first line of an English sentence higher, Qt takes the second one to be as high,
    finds no room for it and leaves it out.
    """

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the size of one sentence."""
        size = super().sizeHint(option, index)
        several = size.height() > 1.6 * option.fontMetrics.height()
        return size + QSize(0, AIR) if several else size


class SentenceList(QListWidget):
    """Words are broken into lines at the width of the list."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setItemDelegate(Roomy(self))
