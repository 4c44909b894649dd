"""The desk: the text of a report or its pages on the left, its figures on the right, their evidence below them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from db.rows import FigureRow, Touched
from desktop import workflow
from desktop.model import Figure, Numeral
from desktop.text import say
from desktop.ui import memory
from desktop.ui.button_bar import ButtonBar
from desktop.ui.desk.detail_pane import DetailPane
from desktop.ui.desk.evidence import Gathered, of_numeral
from desktop.ui.desk.figure_model import Column, FigureModel
from desktop.ui.desk.figure_table import FigureTable
from desktop.ui.desk.header import DeskHeader
from desktop.ui.desk.opened import Opened, read
from desktop.ui.desk.order import Item, following
from desktop.ui.desk.paper import Paper
from desktop.ui.desk.picker import IndicatorPicker
from desktop.ui.desk.report_lines import ReportLines
from desktop.ui.desk.suggesting import units, values
from desktop.ui.desk.text_pane import TextPane
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.desk.naming import NamingPanel

PREPARE_MS = 30  # after what was asked for is on the screen


class DeskPage(QWidget):
    """Shows one report at a time and one item of it: a figure, or a numeral that nothing claims.

    What is decided about it is in decisions.py and beside that, but for what is typed into the table: `edited` (figure
    id, Touched) tells of it. `followed` (kind, which) comes with each link of the evidence.
    """

    edited = Signal(int, object)
    followed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.session = session
        self.opened: Opened | None = None
        self.model = FigureModel(session, self)
        self.table = FigureTable(self.model, self._take, self._offer)
        self.text = TextPane()
        self.paper = Paper(session, self.text)
        self.detail = DetailPane(session)
        self.header = DeskHeader()
        self.picker = IndicatorPicker(session, self)
        self.numeral: Numeral | None = None
        self._gathered = Gathered(session)
        self._again = QTimer(self, singleShot=True, interval=0)  # not at once: a decision mostly leads elsewhere
        self._again.timeout.connect(self._show_again)
        self._ahead = QTimer(self, singleShot=True, interval=PREPARE_MS)
        self._ahead.timeout.connect(self._prepare)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("part", "muted")
        self.lines = ReportLines(session)
        self.lines.followed.connect(self.followed)
        self._lay_out()
        self.table.figure_chosen.connect(self._show_figure)
        for side in (self.text, self.paper):
            side.figure_clicked.connect(self._click)
            side.numeral_clicked.connect(self._click_numeral)
            side.number_typed.connect(self._begin_value)
        self.detail.followed.connect(self.followed)
        self.retranslate()

    def _lay_out(self) -> None:
        self.bar = ButtonBar()
        below = QWidget()
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        for widget in (self.lines, self.bar, self.detail):
            under.addWidget(widget, 1 if widget is self.detail else 0)
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(self.table)
        self.right.addWidget(below)
        self.right.setSizes([430, 410])
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.paper)
        self.across.addWidget(self.right)
        self.across.setSizes([600, 800])
        for splitter in (self.across, self.right):
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(5)
        full = QWidget()
        whole = QVBoxLayout(full)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.across, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._empty)
        self._stack.addWidget(full)

    @cached_property
    def naming(self) -> NamingPanel:
        """Return the panel in which the figures that make a cell are named."""
        from desktop.ui.desk.naming import NamingPanel

        return NamingPanel(self.session, self)

    def take_actions(self, before: list[QAction], after: list[QAction], decisions: list[QAction]) -> None:
        """Put buttons for actions into the header and above the evidence."""
        self.header.take_actions(before, after)
        self.bar.take_actions(decisions)

    def take_menu(self, actions: list[QAction]) -> None:
        """Give the table a menu of actions at the right button of the mouse."""
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.table.addActions(actions)

    def open_report(self, report_id: int, figure_id: int | None = None) -> None:
        """Show a report, at one figure or else at what is most doubtful."""
        self._hide_panels()
        self.detail.cell.hide()
        if self.opened is None or self.opened.report.id != report_id:
            self._gathered.forget()
            self.opened = read(self.session, report_id)
            findings = self.opened.open_findings
            numerals, unsure = self.opened.open_numerals, self.opened.doubts
            self.text.show_text(self.opened.text, self.opened.figures, findings, numerals, unsure)
            self.paper.show_report(self.opened)
            self.model.show(self.opened.figures, findings)
            self.header.show_report(self.opened)
            self.lines.show_report(self.opened)
            self._stack.setCurrentIndex(1)
        waiting = following(self.opened)
        if figure_id is not None and self.table.choose(figure_id):
            pass
        elif waiting:
            self.go_to(waiting[0])
        elif self.model.rowCount():
            self.table.choose(self.model.figure(0).id)
        else:
            self._show_nothing()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the open report again and show what changed, the current item staying where it is."""
        if self.opened is None:
            return
        current = self.table.current_id()
        self._gathered.forget_changes()
        before = self.opened
        self.opened = read(self.session, before.report.id, before)
        findings = self.opened.open_findings
        changed = self.model.show(self.opened.figures, findings)
        self.text.mark(self.opened.figures, findings, changed, self.opened.open_numerals)
        self.paper.show_report(self.opened)
        self.header.show_report(self.opened)
        self.lines.show_report(self.opened)
        if self.numeral is not None:
            self._stay_at(self.numeral)
        elif current is not None and self.table.current_id() is None:
            if not self.table.choose(current):
                self._show_nothing()
        elif current is not None:
            self._again.start()

    def go_to(self, item: Item) -> None:
        """Make an item the current one."""
        if item.figure is not None:
            self.table.choose(item.figure)
            return
        assert self.opened is not None
        numeral = next(n for n in self.opened.unclaimed if (n.start, n.end) == (item.start, item.end))
        self.show_numeral(numeral)

    def show_numeral(self, numeral: Numeral) -> None:
        """Make a numeral that no figure claims the current item."""
        assert self.opened is not None
        self.numeral = numeral
        row = sum(figure.start < numeral.start for figure in self.opened.figures) - 1
        self.table.stand_beside(max(row, 0))
        shown = of_numeral(self.opened, numeral)
        self.detail.show(shown)
        self.text.choose((numeral.start, numeral.end), shown.span)
        self._tint(shown.span)
        self._ahead.start()

    def _stay_at(self, numeral: Numeral) -> None:
        assert self.opened is not None
        if numeral in self.opened.unclaimed:
            self.show_numeral(numeral)
            return
        self.numeral = None
        row = self.table.currentIndex().row()
        if row >= 0:
            self.table.choose(self.model.figure(row).id)

    def place(self) -> Item | None:
        """Return where the current item stands, None where there is none."""
        if self.numeral is not None:
            return Item(self.numeral.start, self.numeral.end)
        figure = self.current()
        return None if figure is None else Item(figure.start, figure.end, figure.id)

    def follow(self, touched: Touched) -> None:
        """Refresh if a decision touched the open report, or what its indicators are called."""
        if self.opened is not None and touched.reports - {self.opened.report.id}:
            self._gathered.forget()
        if self.opened is not None and touched.indicators:
            self.model.retranslate()
            self.lines.show_report(self.opened)
        if self.opened is not None and self.opened.report.id in touched.reports:
            self.refresh()

    def current(self) -> FigureRow | None:
        """Return the current figure, None while a numeral is the current item."""
        index = self.table.currentIndex()
        standing = index.isValid() and self.opened is not None and self.numeral is None
        return self.model.figure(index.row()) if standing else None

    def waiting_here(self) -> list[FigureRow]:
        """Return the figures of the current sentence that wait for a person; a query only if it is the current item."""
        place = self.place()
        if self.opened is None or place is None:
            return []
        here = self.opened.within(self.opened.sentence(place.start, place.end))
        return [f for f in here if f.state in ("extracted", "auto") or (f.state == "queried" and f.id == place.figure)]

    def place_picker(self) -> None:
        """Lay the panels that ask over the evidence, where the picker hides neither the text nor the current row."""
        left = self.right.mapTo(self, QPoint()).x()
        bottom = self.height() - 6
        for panel, least in zip(self._panels(), (340, 480), strict=False):
            height = min(max(self.detail.height(), least), self.height() - 20)
            panel.setGeometry(QRect(left + 4, bottom - height, self.right.width() - 8, height))

    def _panels(self) -> list[QWidget]:
        """Return the panels that ask, as far as they are made."""
        return [self.picker, *([self.naming] if "naming" in self.__dict__ else [])]

    def _hide_panels(self) -> None:
        for panel in self._panels():
            panel.hide()

    def resizeEvent(self, _event: object) -> None:
        """Keep what asks in its place."""
        if any(panel.isVisible() for panel in self._panels()):
            self.place_picker()

    def point_at(self, figure_id: int) -> None:
        """Mark a figure in the text, whatever the current item is."""
        row = self.model.row_of(figure_id)
        if self.opened is not None and row is not None:
            figure = self.model.figure(row)
            self.text.choose((figure.start, figure.end), self.opened.sentence(figure.start, figure.end))

    def point_back(self) -> None:
        """Mark the current item in the text again."""
        if self.numeral is not None:
            self.show_numeral(self.numeral)
        elif (current := self.table.current_id()) is not None:
            self._show_figure(current)

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.text.setAccessibleName(say("text_of_report"))
        self.table.setAccessibleName(say("figures_of_report"))
        self._empty.setText(say("desk_empty"))
        self.text.enlarge()
        self.text.retint()
        self.paper.retranslate()
        self._hide_panels()
        self.bar.retranslate()
        self.model.retranslate()
        self.header.retranslate()
        self.detail.retranslate()
        self.lines.show_report(self.opened)

    def _take(self, figure_id: int, column: Column, typed: str) -> None:
        verb = workflow.correct_value if column == Column.VALUE else workflow.correct_unit
        self.edited.emit(figure_id, self.session.decide(verb, figure_id, typed))

    def _offer(self, figure_id: int, column: Column) -> list[str]:
        figure = self.model.figure(self.model.row_of(figure_id) or 0)
        return values(figure) if column == Column.VALUE else units(figure, self.session.catalogue)

    def _click(self, figure_id: int) -> None:
        self.table.choose(figure_id)
        self.table.setFocus(Qt.FocusReason.MouseFocusReason)

    def _click_numeral(self, start: int) -> None:
        if self.opened is not None:
            self.show_numeral(next(n for n in self.opened.unclaimed if n.start == start))
            self.table.setFocus(Qt.FocusReason.MouseFocusReason)

    def _begin_value(self, typed: str) -> None:
        if self.numeral is None:
            self.table.edit_value(typed)

    def _show_figure(self, figure_id: int) -> None:
        row = self.model.row_of(figure_id)
        if self.opened is None or row is None:
            return
        self._again.stop()
        self.numeral = None
        figure = self.model.figure(row)
        shown = self._gathered.of_figure(self.opened, figure)
        self.detail.show(shown)
        self.text.choose((figure.start, figure.end), shown.span)
        self._tint(shown.span)
        self._ahead.start()

    def reading_then(self, figure: FigureRow) -> Figure | None:
        """Return what the machine read when a person decided on a figure, where it reads something else now."""
        return None if self.opened is None else self._gathered.of_figure(self.opened, figure).then

    def _show_again(self) -> None:
        current = self.table.current_id()
        if current is not None and self.numeral is None and self.window().isVisible():
            self._show_figure(current)

    def _show_nothing(self) -> None:
        self.numeral = None
        self.detail.show(None)
        self.text.choose_nothing()
        self.model.show_sentence(())

    def _tint(self, span: tuple[int, int]) -> None:
        assert self.opened is not None
        rows = (self.model.row_of(figure.id) for figure in self.opened.within(span))
        self.model.show_sentence(row for row in rows if row is not None)

    def _prepare(self) -> None:
        """Read ahead what bears on what will be asked for next: the next doubtful figure, and the one below."""
        if self.opened is None or not self.window().isVisible():  # closed: so is the store
            return
        place = self.place()
        coming = [item.figure for item in following(self.opened)[:2] if item != place]
        below = self.table.currentIndex().row() + 1
        coming += [self.model.figure(below).id] if below < self.model.rowCount() else []
        for figure_id in coming:
            row = None if figure_id is None else self.model.row_of(figure_id)
            if row is not None:
                self._gathered.other_years(self.opened, self.model.figure(row).indicator)

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        columns = self.table.horizontalHeader()
        return {"desk_across": self.across, "desk_right": self.right, "desk_figures": columns}
