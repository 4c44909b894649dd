"""Search: a phrase of two characters or more, and the lines in which it stands, a key away from the desk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QCompleter,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
)

from db import overview, phrases, queries
from db.rows import Hit
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say
from desktop.ui import memory
from desktop.ui.choices import in_words, offer, years_behind
from desktop.ui.in_context import InContext
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.reports.shapes import column, shape_rows
from desktop.ui.search.hit_model import Column, HitModel
from desktop.ui.session import Session
from desktop.ui.wording import REPORT_STATE_NAMES

WAIT_MS = 200  # after the last key
LIMIT = 500
WIDTHS = {Column.DISTRICT: 18, Column.YEAR: 9, Column.STATE: 13}
REVIEWED = ("unreviewed", "in_review", "verified")
STATES: Mapping[Any, str] = {None: "search_all_states", **{state: REPORT_STATE_NAMES[state] for state in REVIEWED}}


class SearchPage(Page):
    """`place_wanted` (report, start, end) asks for a line at the desk; `said` (sentence, is it a refusal) tells."""

    place_wanted = Signal(int, int, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "search")
        self._about: tuple[int, int] | None = None
        self.searching = Latest(session.store, self)
        self.phrase, self.district = QLineEdit(), QLineEdit()
        self.year, self.state = QComboBox(), QComboBox()
        self.hits = HitModel(self)
        self.table = QTableView()
        self._told = QLabel()
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._lay_out()
        self._wait.timeout.connect(self.search)
        self.phrase.textChanged.connect(self._wait.start)
        self.district.textChanged.connect(self._wait.start)
        self.year.currentIndexChanged.connect(self._wait.start)
        self.state.currentIndexChanged.connect(self._wait.start)
        for line in (self.phrase, self.district):
            line.returnPressed.connect(self._go_down)
        self.table.doubleClicked.connect(lambda: self.open_line())
        self.searching.came.connect(self._take)
        self.searching.ended.connect(self._end)
        session.reports_changed.connect(self.outdate)
        self.retranslate()

    def _lay_out(self) -> None:
        self.phrase.setObjectName("search_phrase")
        self.district.setObjectName("search_district")
        for line in (self.phrase, self.district):
            line.setClearButtonEnabled(True)
        self._told.setProperty("part", "muted")
        self._told.setObjectName("search_told")
        bar = QFrame()
        bar.setProperty("part", "bar")
        row = QHBoxLayout(bar)
        row.setContentsMargins(8, 6, 10, 6)
        row.setSpacing(8)
        self.district.setFixedWidth(24 * self.fontMetrics().horizontalAdvance("0"))
        for widget, stretch in ((self.phrase, 2), (self.district, 0), (self.year, 0), (self.state, 0), (self._told, 1)):
            row.addWidget(widget, stretch)
        self.table.setModel(self.hits)
        self.table.setObjectName("search_lines")
        shape_rows(self.table, WIDTHS)
        self.table.setItemDelegateForColumn(Column.LINE, InContext(None, self.table))
        self.table.horizontalHeader().setSectionResizeMode(Column.LINE, QHeaderView.ResizeMode.Stretch)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(column(bar, self.table, stretch=self.table))

    def _read_again(self) -> None:
        """Offer the districts and years that there are now."""
        names, years = overview.places(self._session.store)
        completer = QCompleter(names, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.district.setCompleter(completer)
        offer(self.year, years_behind(say("search_all_years"), reversed(years)))
        if self.phrase.text():
            self._wait.start()

    def search(self) -> None:
        """Search for what is typed, off the window's thread."""
        self._wait.stop()
        phrase = "".join(self.phrase.text().split())
        if len(phrase) < 2:
            self.searching.drop()
            self._about = None
            self.hits.show([])
            self._tell()
            return
        district, year, state = self.district.text().strip() or None, self.year.currentData(), self.state.currentData()

        def ask(store: Store, _progress: Progress) -> Iterator[Any]:
            hits = workflow.search(store, phrase, district=district, year=year, state=state, limit=LIMIT)
            found = len({hit.report_id for hit in hits})
            if len(hits) == LIMIT:
                found = queries.reports_with(store, phrase, district=district, year=year, state=state)
            yield phrase, hits, found

        self.searching.ask(ask)
        self._tell()

    def _take(self, answer: tuple[str, list[Hit], int]) -> None:
        phrase, hits, reports = answer
        self._about = len(hits), reports
        self.hits.show(hits, phrases.patterns(phrase))
        if hits:
            self.table.setCurrentIndex(self.hits.index(0, Column.LINE))

    def _end(self, error: UserError | None) -> None:
        self._tell_error(error)
        self._tell()

    def _tell(self) -> None:
        if self.searching.busy:
            self._told.setText(say("search_busy"))
        elif self._about is None:
            self._told.setText(say("search_hint"))
        elif not self._about[0]:
            self._told.setText(say("search_nothing"))
        else:
            lines, reports = self._about
            self._told.setText(say("search_first" if lines == LIMIT else "search_found", n=lines, reports=reports))

    def _go_down(self) -> None:
        """Go to the lines; search first where what is typed has not been searched for."""
        if self._wait.isActive():
            self.search()
        self.table.setFocus()

    def open_line(self) -> None:
        """Ask for the current line at the desk."""
        hit = self.hits.at(self.table.currentIndex())
        if hit is not None:
            self.place_wanted.emit(hit.report_id, hit.start, hit.end)

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        for line, words in ((self.phrase, "search_phrase"), (self.district, "search_district")):
            line.setPlaceholderText(say(words))
            line.setAccessibleName(say(words))
        self.year.setAccessibleName(say("head_year"))
        self.state.setAccessibleName(say("head_state"))
        self.table.setAccessibleName(say("search_lines"))
        offer(self.state, in_words(STATES))
        if self.year.count():
            self.year.setItemText(0, say("search_all_years"))
        self.hits.retranslate()
        self._tell()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"search_lines": self.table.horizontalHeader()}
