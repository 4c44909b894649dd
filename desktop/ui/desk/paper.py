"""The left of the desk: the report's text, or the pages of its source, turned by one key."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from db import queries
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.button_bar import ButtonBar
from desktop.ui.desk.opened import Opened
from desktop.ui.desk.page_view import PageView
from desktop.ui.desk.text_pane import TextPane
from desktop.ui.session import Session


class Paper(QWidget):
    """Shows what the text shows, and where that stands on its page; the pages are made when they are first asked for.

    Where a source has no pages its text is shown, and pages again with the next that has some.
    """

    figure_clicked = Signal(int)
    numeral_clicked = Signal(int)
    number_typed = Signal(str)

    def __init__(self, session: Session, text: TextPane) -> None:
        super().__init__()
        self._session = session
        self._text = text
        self._opened: Opened | None = None
        self._wanted = False
        self._laid_out = 0
        self._failed: UserError | None = None
        self._actions: list[QAction] = []
        self._note = QLabel()
        self._note.setObjectName("page_note")
        self._note.setProperty("part", "notice")
        self._note.setWordWrap(True)
        self._note.setContentsMargins(10, 4, 10, 4)
        self._note.hide()
        self._sides = QStackedWidget()
        self._sides.addWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._note)
        layout.addWidget(self._sides)
        text.chosen.connect(self._choose)

    @cached_property
    def pages(self) -> PageView:
        """Return the pages, under a bar that tells which of them is in view."""
        made = PageView(self._session.store)
        made.figure_clicked.connect(self.figure_clicked)
        made.numeral_clicked.connect(self.numeral_clicked)
        made.number_typed.connect(self.number_typed)
        made.moved.connect(self._tell)
        made.failed.connect(self._fail)
        made.setAccessibleName(say("pages_of_report"))
        side = QWidget()
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(made, 1)
        self._sides.addWidget(side)
        return made

    @cached_property
    def _bar(self) -> ButtonBar:
        bar = ButtonBar()
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        bar.addWidget(self._place)
        room = QWidget()
        room.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        bar.addWidget(room)
        bar.take_actions(self._actions[1:])
        return bar

    @cached_property
    def _place(self) -> QLabel:
        made = QLabel()
        made.setObjectName("page_place")
        made.setContentsMargins(8, 0, 8, 0)
        return made

    def take_actions(self, actions: list[QAction]) -> None:
        """Take the actions that turn to the pages, enlarge, shrink and fit them."""
        self._actions = actions
        self._enable()

    @property
    def turned(self) -> bool:
        """Whether pages are shown, not text."""
        return self._wanted and self._opened is not None and self._opened.paged

    def show_report(self, opened: Opened) -> None:
        """Show a report as it stands now."""
        other = self._opened is None or self._opened.report.id != opened.report.id
        self._opened = opened
        if other:
            self._laid_out = 0
            self._failed = None
        self._show()
        if self._laid_out:
            self.pages.mark(opened)

    def turn(self) -> None:
        """Show pages in place of the text, or the text again; the focus stays on the side it is on."""
        inside = self._sides.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
        self._wanted = not self._wanted
        self._show()
        self._choose()
        if inside:
            (self.pages if self.turned else self._text).setFocus()

    def larger(self) -> None:
        """Enlarge the pages."""
        self._zoom(1.2)

    def smaller(self) -> None:
        """Shrink the pages."""
        self._zoom(1 / 1.2)

    def fit_width(self) -> None:
        """Make the pages as wide as there is room."""
        if self.turned:
            self.pages.fit_width()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        if "pages" in self.__dict__:
            self.pages.setAccessibleName(say("pages_of_report"))
            self._bar.retranslate()
            self._tell()
        self._show()

    def _zoom(self, times: float) -> None:
        if self.turned:
            self.pages.larger(times)

    def _show(self) -> None:
        opened = self._opened
        self._enable()
        if opened is not None and self.turned and self._laid_out != opened.report.id:
            self.pages.show_pages(opened, queries.pages(self._session.store, opened.report.id))
            self._laid_out = opened.report.id
        self._sides.setCurrentIndex(1 if self.turned else 0)
        if self.turned:
            self._tell_note("" if self._failed is None else say_error(self._failed))
        else:
            self._tell_note(say("no_pages") if self._wanted and opened is not None else "")

    def _choose(self) -> None:
        if self.turned and self._laid_out:
            self.pages.choose(self._text.chosen_place)

    def _enable(self) -> None:
        for number, action in enumerate(self._actions):
            action.setEnabled(self._opened is not None and self._opened.paged if number == 0 else self.turned)

    def _tell(self) -> None:
        count = self.pages.count
        words = say("page_of", number=self.pages.number, count=count) if count else ""
        self._place.setText(f"{words}   {self.pages.zoom:.0%}")

    def _fail(self, error: UserError) -> None:
        self._failed = error
        self._show()

    def _tell_note(self, sentence: str) -> None:
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
