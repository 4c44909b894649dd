"""The blind spot-check: one passage after the other, the value typed as it is read, agreement counted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
)

from db.sheaves import Line
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import language, say, say_error
from desktop.ui import memory
from desktop.ui.choices import in_words, offer
from desktop.ui.desk.header import action_button
from desktop.ui.icons import icon
from desktop.ui.in_context import on_one_line
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.session import Session

SIZES = (20, 50, 100)
STATES = {"auto": "spot_auto", "verified": "spot_verified"}
WIDTH = 720
LARGER = 1.2


class SpotPage(Page):
    """`figure_wanted` (report, figure) asks for a figure at the desk; `said` (sentence, is it a refusal) tells."""

    figure_wanted = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "spot")
        self._lines: list[Line] | None = None
        self._at = 0
        self._differed: list[Line] = []
        self._standing = workflow.Agreement(0, 0, 0.0, 1.0)
        self.drawing = Latest(session.store, self)
        self.kind, self.many = QComboBox(), QComboBox()
        self.begin = QPushButton()
        self.answer = QLineEdit()
        self.differing = QListWidget()
        self._share, self._number, self._indicator, self._meaning = QLabel(), QLabel(), QLabel(), QLabel()
        self._where, self._passage, self._refusal, self._done = QLabel(), QLabel(), QLabel(), QLabel()
        self._lay_out()
        self.begin.clicked.connect(self.draw)
        self.answer.returnPressed.connect(self.take)
        self.answer.textEdited.connect(self._refusal.hide)
        self.differing.itemActivated.connect(self._open)
        self.drawing.came.connect(self._drawn)
        self.drawing.ended.connect(self._tell_error)
        self.retranslate()

    def _lay_out(self) -> None:
        self.answer.setObjectName("spot_answer")
        self.answer.setFixedWidth(240)
        self.differing.setObjectName("spot_differing")
        self.differing.setIconSize(QSize(16, 16))
        self._passage.setObjectName("spot_passage")
        self._share.setObjectName("spot_share")
        self._refusal.setProperty("part", "error")
        self._passage.setProperty("part", "passage")
        self._passage.setMargin(12)
        for label in (self._number, self._where, self._meaning):
            label.setProperty("part", "muted")
        self._indicator.setProperty("part", "heading")
        for label in (self._passage, self._indicator, self._meaning, self._done):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        bar = QFrame()
        bar.setProperty("part", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(10, 5, 10, 5)
        row.setSpacing(8)
        for widget in (self.kind, self.many, self.begin):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self._share)
        self._card = QFrame()
        self._card.setFixedWidth(WIDTH)
        card = QVBoxLayout(self._card)
        card.setSpacing(8)
        self._answering = QHBoxLayout()
        self._answering.addWidget(self.answer)
        self._answering.addStretch(1)
        for label in (self._number, self._where, self._indicator, self._meaning, self._passage):
            card.addWidget(label)
        card.addLayout(self._answering)
        card.addWidget(self._refusal, 0, Qt.AlignmentFlag.AlignLeft)
        card.addWidget(self._done)
        card.addWidget(self.differing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(bar)
        whole.addSpacing(36)
        whole.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for other answers beside the field."""
        for place, action in enumerate(actions, start=1):
            self._answering.insertWidget(place, action_button(action, text=True))

    def draw(self) -> None:
        """Draw a new sample, off the window's thread."""
        if not self._session.reviewer:
            self._session.reviewer_needed.emit()
            return
        state, size, reviewer = self.kind.currentData(), self.many.currentData(), self._session.reviewer

        def ask(store: Store, _progress: Progress) -> Iterator[Any]:
            yield workflow.draw(store, state, size, reviewer=reviewer), workflow.agreement(store)

        self.drawing.ask(ask)

    def catch_up(self) -> None:
        """Tell how the spot-checks so far have come out, where nothing is asked yet."""
        if self._lines is None and not self.drawing.busy:

            def ask(store: Store, _progress: Progress) -> Iterator[Any]:
                yield None, workflow.agreement(store)

            self.drawing.ask(ask)

    def _drawn(self, answer: tuple[list[Line] | None, workflow.Agreement]) -> None:
        lines, self._standing = answer
        if lines is not None:
            self._lines, self._at, self._differed = lines, 0, []
        self._show()
        if lines:
            self.answer.setFocus()

    def focus(self) -> None:
        """Put the focus where the work is."""
        (self.begin if self._line() is None else self.answer).setFocus()

    def take(self) -> None:
        """Take the value typed for the passage shown."""
        if self.answer.text().strip():
            self._answer(self.answer.text())

    def absent(self) -> None:
        """Record that the passage does not state the indicator."""
        self._answer(None)

    def _answer(self, typed: str | None) -> None:
        line = self._line()
        if line is None:
            return
        try:
            touched = self._session.decide(workflow.spot_check, line.figure_id, typed)
        except UserError as error:
            self._refusal.setText(say_error(error))
            self._refusal.show()
            return
        agreed = touched.verb == "spot_agreed"
        if not agreed:
            self._differed.append(line)
        so_far = self._standing
        self._standing = workflow.interval(so_far.agreed + agreed, so_far.asked + 1)
        self._at += 1
        self._show()
        self.answer.setFocus()

    def _line(self) -> Line | None:
        return self._lines[self._at] if self._lines and self._at < len(self._lines) else None

    def _show(self) -> None:
        line, lines = self._line(), self._lines
        asking = line is not None
        for widget in (self._number, self._indicator, self._meaning, self._where, self._passage):
            widget.setVisible(asking)
        for place in range(self._answering.count()):
            item = self._answering.itemAt(place)
            beside = item.widget() if item is not None else None
            if beside is not None:
                beside.setVisible(asking)
        self._refusal.hide()
        self.answer.clear()
        self._done.setVisible(not asking)
        self.differing.setVisible(not asking and bool(self._differed))
        standing = self._standing
        shares = {"low": f"{standing.low:.0%}", "high": f"{standing.high:.0%}"}
        told = say("spot_share", n=standing.asked, agreed=standing.agreed, **shares)
        self._share.setText(told if standing.asked else "")
        if line is not None and lines is not None:
            self._ask(line, len(lines))
        elif lines is None:
            self._done.setText(say("spot_about"))
        elif not lines:
            self._done.setText(say("spot_none"))
        else:
            self._sum_up(len(lines))
        for label in (self._indicator, self._meaning, self._passage, self._done):  # else their last lines are cut off
            label.setMinimumHeight(max(label.heightForWidth(WIDTH - 24), 0))

    def _ask(self, line: Line, of: int) -> None:
        known = self._session.catalogue.get(line.indicator)
        self._indicator.setText(self._session.indicator_name(line.indicator))
        self._number.setText(say("spot_number", number=self._at + 1, total=of))
        self._meaning.setText("" if known is None else known.meaning(language()))
        self._where.setText(f"{line.district or say('unknown_district')} · {line.year}")
        self._passage.setText(f"…{on_one_line(line.before + line.quote + line.after)}…")

    def _sum_up(self, of: int) -> None:
        self._done.setText(say("spot_done", n=of, agreed=of - len(self._differed)))
        self.differing.clear()
        for line in self._differed:
            words = (line.district or say("unknown_district"), line.year, self._session.indicator_name(line.indicator))
            item = QListWidgetItem(icon("query", "queried"), " · ".join(map(str, words)))
            item.setData(Qt.ItemDataRole.UserRole, (line.report_id, line.figure_id))
            self.differing.addItem(item)
        if self._differed:
            self.differing.setCurrentRow(0)

    def _open(self, item: QListWidgetItem) -> None:
        self.figure_wanted.emit(*item.data(Qt.ItemDataRole.UserRole))

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        font = self.font()
        font.setPointSizeF(font.pointSizeF() * LARGER)
        for widget in (self._passage, self.answer):
            widget.setFont(font)
        offer(self.kind, in_words(STATES))
        offer(self.many, {number: say("spot_size", n=number) for number in SIZES})
        self.kind.setAccessibleName(say("spot_kind"))
        self.many.setAccessibleName(say("spot_how_many"))
        self.begin.setText(say("spot_draw"))
        self.answer.setPlaceholderText(say("spot_answer"))
        self.answer.setAccessibleName(say("spot_answer"))
        self.differing.setAccessibleName(say("spot_differing"))
        self._show()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts: nothing."""
        return {}
