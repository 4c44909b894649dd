"""One dispute to be decided: the sentence, the sides beside each other, a value of one's own, and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from db.rows import Dispute, Side
from desktop.text import language, say
from desktop.ui.merging import dispute_words
from desktop.ui.merging.side_card import SideCard
from desktop.ui.session import Session

LARGER = 1.15


class DisputeCard(QWidget):
    """`taken` comes when a side is to be taken, by a double click or Enter in a field."""

    taken = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.dispute: Dispute | None = None
        self._cards: list[SideCard] = []
        self._at = 0
        self._where, self._about, self._meaning, self._passage = QLabel(), QLabel(), QLabel(), QLabel()
        self._refusal = QLabel()
        self.own, self.why = QLineEdit(), QLineEdit()
        self._sides = QHBoxLayout()
        self._sides.setSpacing(12)
        self._own_caption, self._why_caption = QLabel(), QLabel()
        self._lay_out()
        for line in (self.own, self.why):
            line.returnPressed.connect(self.taken)
            line.textEdited.connect(self._refusal.hide)
        self.own.textChanged.connect(self._mark)
        self.retranslate()

    def _lay_out(self) -> None:
        self._where.setProperty("part", "muted")
        self._meaning.setProperty("part", "muted")
        self._about.setProperty("part", "heading")
        self._about.setObjectName("dispute_about")
        self._passage.setObjectName("dispute_passage")
        self._passage.setProperty("part", "passage")
        self._passage.setProperty("marked", True)
        self._passage.setMargin(12)
        self._refusal.setProperty("part", "error")
        self._refusal.hide()
        self.own.setObjectName("dispute_own")
        self.why.setObjectName("dispute_why")
        for label in (self._about, self._meaning, self._passage, self._refusal):
            label.setWordWrap(True)
        font = self._passage.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        self._passage.setFont(font)
        line = QHBoxLayout()
        line.setSpacing(8)
        for caption, field, stretch in ((self._own_caption, self.own, 1), (self._why_caption, self.why, 2)):
            caption.setProperty("part", "muted")
            line.addWidget(caption)
            line.addWidget(field, stretch)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(20, 16, 20, 16)
        inside.setSpacing(10)
        for label in (self._where, self._about, self._meaning, self._passage):
            inside.addWidget(label)
        inside.addLayout(self._sides)
        inside.addLayout(line)
        inside.addWidget(self._refusal)
        inside.addStretch(1)

    def show_dispute(self, dispute: Dispute | None) -> None:
        """Show a dispute, its first side chosen; None: nothing is left to decide."""
        self.dispute = dispute
        while (item := self._sides.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._cards = []
        self._refusal.hide()
        self.own.clear()
        self.why.clear()
        if dispute is None:
            return
        known = self._session.catalogue.get(dispute.indicator or "")
        self._where.setText(dispute_words.place(self._session, dispute))
        self._about.setText(dispute_words.subject(self._session, dispute))
        self._meaning.setText("" if known is None else known.meaning(language()))
        self._meaning.setVisible(bool(self._meaning.text()))
        self._passage.setText(dispute_words.passage(dispute))
        self._passage.setVisible(bool(dispute.sentence))
        for at in range(len(dispute.sides)):
            card = SideCard(self._session, dispute, at + 1)
            card.chosen.connect(lambda at=at: self.choose(at))
            card.taken.connect(self.taken)
            self._sides.addWidget(card, 1)
            self._cards.append(card)
        typed = dispute.kind in dispute_words.TYPED
        for part in (self.own, self._own_caption):
            part.setVisible(typed)
        self.choose(0)

    def choose(self, at: int) -> None:
        """Choose the side at a place, where there is one; what was typed instead is let go."""
        if 0 <= at < len(self._cards):
            self.own.clear()
            self._at = at
            self._mark()

    def step(self, by: int) -> None:
        """Choose the side before or behind the one that is chosen."""
        self.choose((self._at + by) % max(len(self._cards), 1))

    def _mark(self) -> None:
        for place, card in enumerate(self._cards):
            card.show_chosen(place == self._at and not self.own.text())

    def side(self) -> Side | None:
        """Return the side that is chosen, None where there is no dispute."""
        return None if self.dispute is None else self.dispute.sides[self._at]

    def refuse(self, sentence: str) -> None:
        """Say why a decision cannot be taken."""
        self._refusal.setText(sentence)
        self._refusal.show()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self._own_caption.setText(say("dispute_own"))
        self._why_caption.setText(say("dispute_why"))
        self.own.setAccessibleName(say("dispute_own"))
        self.why.setAccessibleName(say("dispute_why"))
        self.own.setPlaceholderText(say("dispute_own_hint"))
        at, own, why = self._at, self.own.text(), self.why.text()
        self.show_dispute(self.dispute)
        self.choose(at)
        self.own.setText(own)
        self.why.setText(why)
