"""Reports: facets, the matrix of districts and years, the reports of the chosen cell, their facts, failed imports."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QStackedLayout,
    QTableView,
    QWidget,
)

from db import overview
from db.overview import Standing
from db.touched import Touched
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.button_bar import ButtonBar
from desktop.ui.reports.board import Board, Facet
from desktop.ui.reports.facet_list import FacetList
from desktop.ui.reports.legend import Legend
from desktop.ui.reports.matrix_delegate import MatrixDelegate
from desktop.ui.reports.matrix_model import Arranged, MatrixModel
from desktop.ui.reports.pace_line import PaceLine
from desktop.ui.reports.reading import Reading, themes
from desktop.ui.reports.report_model import Column, ReportModel
from desktop.ui.reports.shapes import add_to, column, sentence_in, shape_list, shape_matrix, splitter, widen
from desktop.ui.session import Session
from desktop.ui.wording import REPORT_STATE_NAMES, report_name
from desktop.workflow import overseeing  # by itself: the first paint waits for it

if TYPE_CHECKING:
    from desktop.ui.reports.facts_form import FactsForm
    from desktop.ui.reports.outcome_panel import OutcomePanel
    from desktop.ui.reports.welcome import Welcome

FEW = 200


class ReportsPage(QWidget):
    """`report_wanted` asks for a report at the desk; `said` (sentence, is it a refusal) tells what came of an act."""

    report_wanted = Signal(int)
    said = Signal(str, bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("reports")
        self._session = session
        self.board = Board()
        self._fitting: list[Standing] = []
        self._stale: set[int] = set()
        self.reading = Reading(session, self)
        self.filter = QLineEdit()
        self.filter.setObjectName("filter")
        self.filter.setClearButtonEnabled(True)
        self.facets = FacetList(self._choose_facet)
        self.clear = QPushButton()
        self.clear.setObjectName("clear_facets")
        self.matrix_model = MatrixModel(self)
        self.matrix = QTableView()
        self.matrix.setModel(self.matrix_model)
        self.matrix.setObjectName("matrix")
        self.matrix.setItemDelegate(MatrixDelegate(self.matrix_model, self.matrix))
        self._nothing = QLabel()
        self.list_model = ReportModel(self)
        self.list = QTableView()
        self.list.setModel(self.list_model)
        self.list.setObjectName("report_list")
        self.legend, self.pace = Legend(), PaceLine()
        self._acts: list[QAction] = []
        self._offered: list[QAction] = []
        self._lay_out()
        self._connect()
        self._say()
        self._nothing.setText(say("reports_reading"))
        self._shown.setCurrentIndex(1)
        self._stack.setCurrentIndex(1)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._filter)
        self.clear.clicked.connect(self.clear_facets)
        self.matrix.selectionModel().currentChanged.connect(self._show_cell)
        self.matrix.doubleClicked.connect(lambda: self.open_report())
        self.list.selectionModel().currentRowChanged.connect(self._show_report)
        self.list.doubleClicked.connect(lambda: self.open_report())
        self.reading.came.connect(self._take)
        self.reading.marked.connect(self._take_marks)
        self.reading.failed.connect(lambda error: self.said.emit(say_error(error), True))

    def _lay_out(self) -> None:
        shape_matrix(self.matrix)
        shape_list(self.list)
        self.filter.setContentsMargins(6, 5, 6, 5)
        self.clear.setFlat(True)
        self.clear.hide()
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setProperty("part", "muted")
        self._buttons = ButtonBar()
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the fields scroll it, and it would not show the focus
        aside = column(self._buttons, self._scroll)
        self.right = splitter(Qt.Orientation.Vertical, [self.list, aside], [220, 500])
        left = column(self.filter, self.facets, self.clear, stretch=self.facets)
        shown = QWidget()
        self._shown = QStackedLayout(shown)
        self._shown.addWidget(self.matrix)
        self._shown.addWidget(self._nothing)
        middle = column(shown, self.legend, stretch=shown)
        self.across = splitter(Qt.Orientation.Horizontal, [left, middle, self.right], [200, 680, 480])
        self.across.setStretchFactor(1, 2)
        self.across.setStretchFactor(2, 1)
        left.setMinimumWidth(24 * self.fontMetrics().horizontalAdvance("0"))
        self._empty, self._full = column(), column(self.pace, self.across, stretch=self.across)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(self._full)

    def begin(self, actions: list[QAction], offered: list[QAction]) -> None:
        """Put buttons for what can be done with a report above its facts, and show what there is.

        In an empty store that is what is `offered` there.
        """
        self._buttons.take_actions(actions)
        self._acts = actions
        self._offered = offered
        self.refresh()

    @cached_property
    def facts(self) -> FactsForm:
        """Return the facts of the chosen report; its many fields need not hold up the first paint."""
        from desktop.ui.reports.facts_form import FactsForm

        made = FactsForm(self._session)
        self._scroll.setWidget(made)
        self._show_facts(made)
        return made

    @cached_property
    def welcome(self) -> Welcome:
        """Return what an empty store shows."""
        from desktop.ui.reports.welcome import Welcome

        made = Welcome(self._offered)
        add_to(self._empty, made)
        return made

    @cached_property
    def outcome(self) -> OutcomePanel:
        """Return what imports left out."""
        from desktop.ui.reports.outcome_panel import OutcomePanel

        made = OutcomePanel()
        add_to(self._full, made)
        return made

    @cached_property
    def nothing_here(self) -> QLabel:
        """Return what stands in the list while it has no report."""
        return sentence_in(self.list)

    @property
    def is_empty(self) -> bool:
        """Whether there is no report yet."""
        return self._stack.currentIndex() == 0

    def focus(self) -> None:
        """Put the focus where the work is: on the matrix, or in an empty store on what fills it."""
        if self.matrix_model.rows and not self.matrix.currentIndex().isValid():  # Qt would choose the first cell, which
            first, years = self.matrix_model.rows[0].years, self.matrix_model.years  # may have no report
            self.matrix.setCurrentIndex(
                self.matrix_model.index(0, next(at for at, year in enumerate(years) if year in first))
            )
        (self.matrix if self._stack.currentIndex() else self.welcome).setFocus()

    def refresh(self) -> None:
        """Read all reports again; what is chosen stays chosen."""
        self._stale.clear()
        self.reading.read()

    def follow(self, touched: Touched) -> None:
        """Read again what a decision touched, now or when the page is next seen."""
        self._stale |= touched.reports
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Read again the reports that were touched while the page was not seen."""
        self._show_pace()
        stale, self._stale = sorted(self._stale), set()
        if not stale:
            return
        store = self._session.store
        rows = overview.standings(store, stale) if len(stale) <= FEW else []
        marks = overview.marks(store, themes(self._session.catalogue), stale) if rows else {}
        if not rows or self.reading.busy or self.board.replace(rows, marks) is None:
            self.refresh()
            return
        self.matrix_model.replace(rows)
        self.matrix_model.mark(self.board.disputed)
        self._find()

    def _take(self, board: Board, arranged: Arranged) -> None:
        chosen, cell = self.current(), self.matrix.currentIndex().isValid()
        board.marks = self.board.marks
        self.board.take(board)
        self.matrix_model.show(board.rows, arranged)
        self._find(anew=True)
        working = self.matrix.hasFocus() or ("welcome" in self.__dict__ and self.welcome.hasFocus())
        empty = not board.rows and ("outcome" not in self.__dict__ or self.outcome.isHidden())
        if empty:
            self.welcome.show()
        self._stack.setCurrentIndex(0 if empty else 1)
        if working:
            self.focus()
        self._show_pace()
        if chosen is not None and cell:
            self.show_report(chosen.id)

    def _take_marks(self, board: Board) -> None:
        self.board.take(board)
        self.matrix_model.mark(self.board.disputed)
        self.legend.count(self.matrix_model.counts())
        self.facets.facets.show(self.board.find().counts, self.board.chosen)

    def _show_pace(self) -> None:
        if self._session.reviewer:
            self.pace.show_pace(overseeing.pace(self._session.store, self._session.reviewer))

    def _filter(self) -> None:
        self.board.wanted = self.filter.text().strip()
        self._find(anew=True)

    def _choose_facet(self, facet: Facet, value: Any, wanted: bool) -> None:
        chosen = self.board.chosen.setdefault(facet, set())
        (chosen.add if wanted else chosen.discard)(value)
        self._find(anew=True)

    def clear_facets(self) -> None:
        """Filter by nothing any more."""
        self.board.chosen.clear()
        if self.filter.text():
            self.filter.clear()  # which finds anew
        else:
            self._find(anew=True)

    def _find(self, *, anew: bool = False) -> None:
        """Show what fits the filters; `anew` chooses no cell, so that all that fits is listed."""
        found = self.board.find()
        filtered = bool(self.board.wanted) or any(self.board.chosen.values())
        self._fitting = found.fitting
        if anew:
            self.matrix_model.filter({row.id for row in found.fitting} if filtered else None)
        self.facets.facets.show(found.counts, self.board.chosen)
        self.clear.setVisible(filtered)
        self._nothing.setText(say("withdrawn_listed" if found.fitting else "no_report_fits"))
        self._shown.setCurrentIndex(1 if filtered and not self.matrix_model.rows else 0)
        self.legend.count(self.matrix_model.counts())
        self.pace.show_standing(self.board.rows)
        self._show_cell(self.matrix.currentIndex())

    def show_report(self, report_id: int) -> None:
        """Choose a report, in the matrix and in the list."""
        row = self.board.row(report_id)
        index = self.matrix_model.index_of(row) if row is not None else QModelIndex()
        if index.isValid() and index != self.matrix.currentIndex():
            self.matrix.setCurrentIndex(index)
        for at, report in enumerate(self.list_model.rows):
            if report.id == report_id:
                self.list.setCurrentIndex(self.list_model.index(at, Column.REPORT))
                self._show_report()
                return

    def current(self) -> Standing | None:
        """Return the report chosen in the list."""
        return self.list_model.at(self.list.currentIndex())

    def open_report(self) -> None:
        """Ask for the chosen report at the desk."""
        report = self.current()
        if report is not None and not report.withdrawn:
            self.report_wanted.emit(report.id)

    def choose(self) -> None:
        """Let the chosen file count for its district and year."""
        self._decide(workflow.choose, "report_chosen")

    def withdraw(self) -> None:
        """Withdraw the chosen report, or bring it back."""
        report = self.current()
        if report is not None and report.withdrawn:
            self._decide(workflow.bring_back, "report_brought_back")
        else:
            self._decide(workflow.withdraw, "report_was_withdrawn")

    def sign_off(self) -> None:
        """Sign the chosen report off, or open it again."""
        report = self.current()
        if report is None or report.withdrawn:
            return
        signed = report.state == "verified"
        if self._decided(workflow.reopen if signed else workflow.sign_off, report):
            rest = report.waiting + report.auto
            done = "report_reopened" if signed else "signed_off_with_rest" if rest else "report_signed_off"
            counted = {"n": rest} if done == "signed_off_with_rest" else {}
            self.said.emit(say(done, report=report_name(report), **counted), False)

    def retranslate(self) -> None:
        """Say everything in the language and colours of the moment."""
        self._say()
        current = self.matrix.currentIndex()
        row, column = current.row(), current.column()
        self.matrix_model.retranslate()
        self._find()
        if row >= 0:
            self.matrix.setCurrentIndex(self.matrix_model.index(row, column))

    def _say(self) -> None:
        self.filter.setPlaceholderText(say("filter_districts"))
        self.filter.setAccessibleName(say("filter_districts"))
        self.filter.setToolTip(say("filter_districts"))
        self.facets.setAccessibleName(say("facets"))
        self.clear.setText(say("facets_clear"))
        self.matrix.setAccessibleName(say("matrix"))
        self.list.setAccessibleName(say("list_of_reports"))
        for part in (self.legend, self.list_model, self.pace, self._buttons):
            part.retranslate()
        for name in self.__dict__.keys() & {"welcome", "outcome", "facts"}:
            getattr(self, name).retranslate()
        words = [say(name) for state, name in REPORT_STATE_NAMES.items() if state != "missing"]
        widest = max(self.fontMetrics().horizontalAdvance(word) for word in [*words, "000/000"])
        digit = self.fontMetrics().horizontalAdvance("0")
        self.matrix.horizontalHeader().setDefaultSectionSize(widest + 12 * digit)
        widen(self.list, {Column.STATE: words})

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        columns = self.list.horizontalHeader()
        return {"reports_across": self.across, "reports_right": self.right, "reports_list": columns}

    def _decide(self, verb: Callable[..., object], done: str) -> None:
        report = self.current()
        if report is not None and self._decided(verb, report):
            self.said.emit(say(done, name=report.source_name), False)

    def _decided(self, verb: Callable[..., object], report: Standing) -> bool:
        try:
            self._session.decide(verb, report.id)
        except UserError as error:
            self.said.emit(say_error(error), True)
            return False
        return True

    def _show_cell(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        """List the reports of a cell, withdrawn ones included; all that fit where no cell is chosen."""
        reports, chosen = self._fitting, self.current()
        if index.isValid():
            row, year = self.matrix_model.rows[index.row()], self.matrix_model.years[index.column()]
            reports = [r for r in self.board.rows if r.year == year and r.place == row.place]
        self.list_model.show(reports)
        if reports and not self.list.currentIndex().isValid():
            ids = [report.id for report in reports]
            again = ids.index(chosen.id) if chosen is not None and chosen.id in ids else 0
            self.list.setCurrentIndex(self.list_model.index(again, Column.REPORT))
        empty = index.isValid() and not reports
        if empty or "nothing_here" in self.__dict__:
            self.nothing_here.setText(say("cell_empty"))
            self.nothing_here.setVisible(empty)
        self._show_report()

    def _show_report(self) -> None:
        for action in self._acts:
            action.setEnabled(self.current() is not None)
        if "facts" in self.__dict__:
            self._show_facts(self.facts)

    def _show_facts(self, facts: FactsForm) -> None:
        from db import queries

        report = self.current()
        facts.show_report(None if report is None else queries.report(self._session.store, report.id))
