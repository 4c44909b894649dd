"""One side of a dispute: what was decided, by whom, when, in which store, and what was said of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout

from db.rows import Dispute
from desktop.text import say
from desktop.ui.merging import dispute_words
from desktop.ui.session import Session
from desktop.ui.theme import restyle
from desktop.ui.wording import local_time, verb

LARGER = 1.25
CHOSEN, OTHER = "◉", "○"


class SideCard(QFrame):
    """`chosen` comes when it is clicked, `taken` when it is clicked twice."""

    chosen = Signal()
    taken = Signal()

    def __init__(self, session: Session, dispute: Dispute, number: int) -> None:
        super().__init__()
        self.setObjectName(f"side_{number}")
        self.setProperty("part", "passage")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        side = dispute.sides[number - 1]
        self._name = f"{number}  {side.reviewer}"
        self._who, what = QLabel(), QLabel(dispute_words.said(session, dispute, side))
        when = QLabel(" · ".join((verb(side.verb), local_time(side.at), side.store)))
        remarks = QLabel(dispute_words.remarks(side))
        self._who.setProperty("part", "heading")
        when.setProperty("part", "muted")
        what.setObjectName(f"side_{number}_says")
        font = what.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        what.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(5)
        for label in (self._who, what, remarks, when):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            layout.addWidget(label)
        layout.addStretch(1)
        remarks.setVisible(bool(remarks.text()))
        self.setAccessibleName(say("list_separator").join((self._name, what.text(), remarks.text())))

    def show_chosen(self, chosen: bool) -> None:
        """Draw it as the one that would be taken, or not."""
        restyle(self, "panel" if chosen else "passage")
        self._who.setText(f"{CHOSEN if chosen else OTHER}  {self._name}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose this side."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take this side."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.taken.emit()
