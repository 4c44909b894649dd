"""The sheaf: indicators and phrases on the left, the lines of one phrase beside them, accepted together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QTableView,
)

from db.rows import Touched
from db.sheaves import states
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.desk.header import action_button
from desktop.ui.desk.matching import matching
from desktop.ui.in_context import InContext
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.reports.facet_list import FacetDelegate
from desktop.ui.reports.shapes import column, shape_rows, splitter
from desktop.ui.session import Session
from desktop.ui.sheaf.counted_model import Counted, CountedModel
from desktop.ui.sheaf.line_model import SHEET, Column, LineModel
from desktop.workflow import Sheaf

WIDTHS = {Column.ASIDE: 11, Column.DISTRICT: 16, Column.YEAR: 8, Column.VALUE: 14, Column.UNIT: 8}
MIDDLE = 0.6  # where the numbers stand: more words before them than behind
WAITING = frozenset({"extracted", "auto"})


class SheafPage(Page):
    """`figure_wanted` (report, figure) asks for a figure at the desk; `said` (sentence, is it a refusal) tells."""

    figure_wanted = Signal(int, int)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "sheaf")
        self._waiting: dict[str, int] | None = None
        self._indicator = ""
        self._sheaves: list[Sheaf] = []
        self._phrase: str | None = None
        self.counting, self.binding = Latest(session.store, self), Latest(session.store, self)
        self.filter = QLineEdit()
        self.indicators, self.phrases = CountedModel(self), CountedModel(self)
        self.indicator_list, self.phrase_list = _list(self.indicators), _list(self.phrases)
        self.lines = LineModel(self)
        self.table = QTableView()
        self._about = QLabel()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._list_indicators)
        self.filter.returnPressed.connect(self.indicator_list.setFocus)
        self.indicator_list.selectionModel().currentRowChanged.connect(self._choose_indicator)
        self.phrase_list.selectionModel().currentRowChanged.connect(self._choose_phrase)
        self.indicator_list.activated.connect(lambda: self.phrase_list.setFocus())
        self.phrase_list.activated.connect(lambda: self.table.setFocus())
        self.table.doubleClicked.connect(lambda: self.open_line())
        self.table.clicked.connect(lambda index: self.put_aside() if index.column() == Column.ASIDE else None)
        self.counting.came.connect(self._counted)
        self.binding.came.connect(self._bound)
        for asked in (self.counting, self.binding):
            asked.ended.connect(self._end)
        self._session.reports_changed.connect(self.outdate)

    def _lay_out(self) -> None:
        self.filter.setObjectName("sheaf_filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.setContentsMargins(6, 5, 6, 5)
        self.table.setModel(self.lines)
        self.table.setObjectName("sheaf_lines")
        shape_rows(self.table, WIDTHS)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.table.setItemDelegate(InContext(MIDDLE, self.table))
        columns = self.table.horizontalHeader()
        columns.setSectionsClickable(True)
        columns.setSortIndicatorShown(True)
        columns.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        columns.sortIndicatorChanged.connect(self.lines.sort)
        columns.setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
        self._bar = QFrame()
        self._bar.setProperty("part", "bar")
        bar = QHBoxLayout(self._bar)
        bar.setContentsMargins(10, 3, 6, 3)
        bar.addWidget(self._about, 1)
        above = column(self.filter, self.indicator_list, stretch=self.indicator_list)
        self.left = splitter(Qt.Orientation.Vertical, [above, self.phrase_list], [300, 400])
        self.across = splitter(
            Qt.Orientation.Horizontal, [self.left, column(self._bar, self.table, stretch=self.table)], [320, 1040]
        )
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.across)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for what can be done with a sheaf above its lines."""
        layout = self._bar.layout()
        assert isinstance(layout, QHBoxLayout)
        for action in actions:
            layout.addWidget(action_button(action, text=True))

    def _read_again(self) -> None:
        """Count and bind anew what has changed since the page was last seen."""
        self._list_indicators()

        def count(store: Store, _progress: Progress) -> Iterator[Any]:
            yield workflow.figures_waiting(store)

        self.counting.ask(count)
        if self._indicator:
            self._bind()

    def follow(self, touched: Touched) -> None:
        """Take what was decided elsewhere out of the sheaves, or put back what was taken back."""
        if not touched.verb or (touched.reports and not touched.figures):
            return  # checks, or decisions about reports
        shown = {line.figure_id for sheaf in self._sheaves for line in sheaf.lines}
        now = states(self._session.store, touched.figures)
        gone = {figure_id for figure_id in touched.figures if now.get(figure_id) not in WAITING}
        if touched.figures - gone - shown:
            self.outdate()
        elif gone & shown:
            self._take_out(gone & shown)

    def _counted(self, waiting: dict[str, int]) -> None:
        self._waiting = waiting
        self._list_indicators()

    def _list_indicators(self) -> None:
        """List the indicators that fit what is typed, those with most figures to go first."""
        counts, chosen = self._waiting, self._indicator
        found = [i.id for i in matching(self.filter.text().strip(), self._session.catalogue)]
        if counts is not None:
            found = sorted((i for i in found if i in counts or i == chosen), key=lambda i: -counts.get(i, 0))
        name = self._session.indicator_name
        lines = [Counted(i, name(i), None if counts is None else counts.get(i, 0)) for i in found]
        self.indicators.show(lines)
        row = self.indicators.row_of(chosen)
        if row is not None:
            self.indicator_list.setCurrentIndex(self.indicators.index(row))
        elif not chosen and lines and counts is not None:
            self.indicator_list.setCurrentIndex(self.indicators.index(0))

    def _choose_indicator(self) -> None:
        index = self.indicator_list.currentIndex()
        if index.isValid() and self.indicators.lines[index.row()].key != self._indicator:
            self._indicator = self.indicators.lines[index.row()].key
            self._phrase = None
            self._bind()

    def _bind(self) -> None:
        indicator = self._indicator
        self.binding.ask(lambda store, progress: workflow.sheaves_of(store, indicator, progress))
        self._tell()

    def _bound(self, sheaves: list[Sheaf]) -> None:
        known = {line.figure_id for sheaf in self._sheaves for line in sheaf.lines}
        fresh = [line for sheaf in sheaves for line in sheaf.lines if line.figure_id not in known]
        self.lines.aside |= {line.figure_id for line in fresh if line.doubted}
        self._sheaves = sheaves
        self._list_phrases()

    def _list_phrases(self) -> None:
        lines = [Counted(s.phrase, s.phrase or say("sheaf_alone"), len(s.lines)) for s in self._sheaves]
        self.phrases.show(lines)
        row = None if self._phrase is None else self.phrases.row_of(self._phrase)
        if lines:
            self.phrase_list.setCurrentIndex(self.phrases.index(row or 0))
        self._choose_phrase()

    def _choose_phrase(self) -> None:
        index = self.phrase_list.currentIndex()
        sheaf = self._sheaves[index.row()] if index.isValid() and index.row() < len(self._sheaves) else Sheaf("", [])
        self._phrase = sheaf.phrase
        self.lines.show(sheaf.lines)
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        if self.lines.rows:
            self.go_to(0)
        self._tell()

    def _tell(self) -> None:
        """Say how many lines the sheet takes, and what to do where there is none."""
        index = self.phrase_list.currentIndex()
        whole = self.phrases.lines[index.row()].count or 0 if index.isValid() else 0
        if self.binding.busy or (self.counting.busy and not self.lines.rows):
            self._about.setText(say("sheaf_reading"))
        elif not self.lines.rows:
            self._about.setText(say("sheaf_empty" if self._waiting else "sheaf_none"))
        else:
            taken = len(self.lines.taken())
            words = say("sheaf_taken", n=taken, aside=len(self.lines.rows) - taken)
            more = say("sheaf_more", n=whole - SHEET) if whole > SHEET else ""
            self._about.setText(f"{words}  {more}".strip())

    def put_aside(self) -> None:
        """Put the chosen lines aside, or take them back; go to the next line where one is chosen."""
        rows = sorted({index.row() for index in self.table.selectionModel().selectedRows()})
        if not rows:
            return
        self.lines.turn(rows)
        self._tell()
        if len(rows) == 1 and rows[0] + 1 < self.lines.rowCount():
            self.go_to(rows[0] + 1)

    def go_to(self, row: int) -> None:
        """Choose one line and no other, whichever keys are held down: those of a command still are."""
        flags = QItemSelectionModel.SelectionFlag
        index = self.lines.index(row, Column.WORDS)
        self.table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def accept(self) -> None:
        """Accept the lines of this sheet that are not put aside, as one change."""
        ids = self.lines.taken()
        if not ids:
            self.said.emit(say("sheaf_nothing_to_take"), True)
            return
        try:
            self._session.decide(workflow.accept_figures, ids)
        except UserError as error:
            self.said.emit(say_error(error), True)
            return
        self.said.emit(say("sheaf_accepted", n=len(ids)), False)
        self.table.setFocus()

    def _take_out(self, gone: set[int]) -> None:
        """Leave decided figures out, and go to the next phrase where nothing but what is put aside is left."""
        if self._waiting is not None:
            here = sum(line.figure_id in gone for sheaf in self._sheaves for line in sheaf.lines)
            self._waiting[self._indicator] = max(self._waiting.get(self._indicator, 0) - here, 0)
        before = self.phrase_list.currentIndex().row()
        left = [Sheaf(s.phrase, [line for line in s.lines if line.figure_id not in gone]) for s in self._sheaves]
        done = before >= 0 and all(line.figure_id in self.lines.aside for line in left[before].lines)
        following = next((s.phrase for s in left[before + 1 :] if s.lines), None) if done else self._phrase
        self._sheaves = [sheaf for sheaf in left if sheaf.lines]
        self._phrase = self._phrase if following is None else following
        self._list_indicators()
        self._list_phrases()

    def open_line(self) -> None:
        """Ask for the figure of the current line at the desk."""
        line = self.lines.at(self.table.currentIndex())
        if line is not None:
            self.figure_wanted.emit(line.report_id, line.figure_id)

    def _end(self, error: UserError | None) -> None:
        self._tell_error(error)
        self._tell()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.filter.setPlaceholderText(say("filter_indicators"))
        self.filter.setAccessibleName(say("filter_indicators"))
        self.indicator_list.setAccessibleName(say("head_indicator"))
        self.phrase_list.setAccessibleName(say("sheaf_phrases"))
        self.table.setAccessibleName(say("sheaf_lines"))
        self.lines.retranslate()
        self._list_indicators()
        self._list_phrases()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"sheaf_across": self.across, "sheaf_left": self.left, "sheaf_lines": self.table.horizontalHeader()}


def _list(model: CountedModel) -> QListView:
    made = QListView()
    made.setModel(model)
    made.setItemDelegate(FacetDelegate(made))
    made.setUniformItemSizes(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return made
