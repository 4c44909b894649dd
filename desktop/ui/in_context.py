"""Paints words in their context: what stands before, the words themselves marked, and what follows, on one line."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui.theme import Theme, theme

Index = QModelIndex | QPersistentModelIndex
CONTEXT_ROLE = Qt.ItemDataRole.UserRole.value + 10
"""(before, quote, after): one line each, without line breaks."""
FAINT_ROLE = CONTEXT_ROLE + 1
MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine
GAP = 6


class InContext(QStyledItemDelegate):
    """Puts the marked words of every line at the same place (`share` of the width), so that lines compare at a glance.

    Where `share` is None the line begins at the left, and the words before are shortened where they need be.
    """

    def __init__(self, share: float | None, parent: object = None) -> None:
        super().__init__(parent)  # type: ignore[arg-type]  # any QObject
        self._share = share

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one line; a place without such words as tables do."""
        words = index.data(CONTEXT_ROLE)
        if words is None:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._write(painter, option, words, chosen, bool(index.data(FAINT_ROLE)))
        painter.restore()

    def _write(
        self, painter: QPainter, option: QStyleOptionViewItem, words: tuple[str, str, str], chosen: bool, faint: bool
    ) -> None:
        before, quote, after = words
        colours, room, metrics = theme(), option.rect.adjusted(GAP, 0, -GAP, 0), QFontMetrics(option.font)
        wide = metrics.horizontalAdvance(quote) + 2 * GAP
        space = int(room.width() * (self._share or 0.62)) - wide // 2
        before = metrics.elidedText(before, Qt.TextElideMode.ElideLeft, max(space, 0))
        left = space if self._share is not None else min(metrics.horizontalAdvance(before), space)
        marked = QRect(room.left() + left, room.top(), wide, room.height())
        ink = colours.muted if faint else colours.chosen_text if chosen else colours.text
        painter.setPen(QColor(ink))
        first = QRect(room.left(), room.top(), left, room.height())
        painter.drawText(first, int(MIDDLE | Qt.AlignmentFlag.AlignRight), before)
        rest = QRect(marked.right() + 1, room.top(), max(room.right() - marked.right(), 0), room.height())
        ends = metrics.elidedText(after, Qt.TextElideMode.ElideRight, rest.width())
        painter.drawText(rest, int(MIDDLE | Qt.AlignmentFlag.AlignLeft), ends)
        self._mark(painter, option, marked, quote, colours, faint)

    def _mark(
        self, painter: QPainter, option: QStyleOptionViewItem, room: QRect, quote: str, colours: Theme, faint: bool
    ) -> None:
        high = QFontMetrics(option.font).height() + 2
        ground = room.adjusted(2, (room.height() - high) // 2, -2, -(room.height() - high) // 2)
        tint = colours.tints["rejected"] if faint else colours.current
        painter.fillRect(ground, QColor(tint.ground))
        font = option.font
        font.setStrikeOut(faint)
        painter.setFont(font)
        painter.setPen(QColor(tint.ink))
        painter.drawText(room, int(MIDDLE | Qt.AlignmentFlag.AlignHCenter), quote)


def on_one_line(text: str) -> str:
    """Return text without its line breaks and the white space around them."""
    return "".join(part.strip() for part in text.splitlines())
