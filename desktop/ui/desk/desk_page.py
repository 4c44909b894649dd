"""The desk: the report's text on the left, its figures on the right, the evidence of the current one below them."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QStackedLayout, QVBoxLayout, QWidget

from db import queries
from db.rows import FigureRow, Touched
from desktop import workflow
from desktop.text import say
from desktop.ui import memory
from desktop.ui.desk.detail_pane import DetailPane
from desktop.ui.desk.figure_model import Column, FigureModel
from desktop.ui.desk.figure_table import FigureTable
from desktop.ui.desk.header import DeskHeader, action_button
from desktop.ui.desk.opened import Opened, evidence, read
from desktop.ui.desk.order import doubtful
from desktop.ui.desk.picker import IndicatorPicker
from desktop.ui.desk.text_pane import TextPane
from desktop.ui.session import Session


class DeskPage(QWidget):
    """Shows one report at a time; what is decided about it is in decisions.py, but for what is typed into the table.

    `edited` (figure id, Touched) tells of that.
    """

    edited = Signal(int, object)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.session = session
        self.opened: Opened | None = None
        self.model = FigureModel(session, self)
        self.table = FigureTable(self.model, self._take)
        self.text = TextPane()
        self.detail = DetailPane(session)
        self.header = DeskHeader()
        self.picker = IndicatorPicker(session, self)
        self._empty = QLabel()
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("part", "muted")
        self._asserted = _line_of_words("not_reported", "muted")
        self._loose = _line_of_words("report_findings", "notice")
        self._lay_out()
        self.table.figure_chosen.connect(self._show_figure)
        self.text.figure_clicked.connect(self._click)
        self.text.number_typed.connect(self.table.edit_value)
        self.retranslate()

    def _lay_out(self) -> None:
        self._buttons = QFrame()
        self._buttons.setProperty("part", "bar")
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(6, 2, 6, 2)
        buttons.setSpacing(1)
        below = QWidget()
        under = QVBoxLayout(below)
        under.setContentsMargins(0, 0, 0, 0)
        under.setSpacing(0)
        for widget in (self._loose, self._asserted, self._buttons, self.detail):
            under.addWidget(widget, 1 if widget is self.detail else 0)
        self.right = QSplitter(Qt.Orientation.Vertical)
        self.right.addWidget(self.table)
        self.right.addWidget(below)
        self.right.setSizes([480, 360])
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.text)
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

    def take_actions(self, before: list[QAction], after: list[QAction], decisions: list[QAction]) -> None:
        """Put buttons for actions into the header and above the evidence."""
        self.header.take_actions(before, after)
        layout = self._buttons.layout()
        assert isinstance(layout, QHBoxLayout)
        for action in decisions:
            layout.addWidget(action_button(action, text=True))
        layout.addStretch(1)

    def open_report(self, report_id: int, figure_id: int | None = None) -> None:
        """Show a report, at one figure or else at its most doubtful one."""
        self.picker.hide()
        if self.opened is None or self.opened.report.id != report_id:
            self.opened = read(self.session, report_id)
            findings = self.opened.open_findings
            self.text.show_text(self.opened.text, self.opened.figures, findings)
            self.model.show(self.opened.figures, findings)
            self.header.show_report(self.opened)
            self._show_loose()
            self._show_asserted()
            self._stack.setCurrentIndex(1)
        waiting = doubtful(self.model.figures(), self.model.findings())
        first = self.model.figure(0).id if self.model.rowCount() else None
        chosen = figure_id if figure_id is not None else (waiting[0] if waiting else first)
        if chosen is None or not self.table.choose(chosen):
            self.detail.show(None)
            self.text.choose_nothing()
        self.table.setFocus()

    def refresh(self) -> None:
        """Read the open report again and show what changed, the current figure staying where it is."""
        if self.opened is None:
            return
        current = self.table.current_id()
        self.opened = read(self.session, self.opened.report.id, self.opened.text)
        findings = self.opened.open_findings
        changed = self.model.show(self.opened.figures, findings)
        self.text.mark(self.opened.figures, findings, changed)
        self.header.show_report(self.opened)
        self._show_loose()
        if current is not None and self.table.current_id() is None:
            self.table.choose(current)
        elif current in changed:
            self._show_figure(current)

    def follow(self, touched: Touched) -> None:
        """Refresh if a decision touched the open report, or what its indicators are called."""
        if self.opened is not None and touched.indicators:
            self.model.retranslate()
            self._show_asserted()
        if self.opened is not None and self.opened.report.id in touched.reports:
            self.refresh()
            if not touched.figures:
                self._show_asserted()

    def current(self) -> FigureRow | None:
        """Return the current figure."""
        index = self.table.currentIndex()
        return self.model.figure(index.row()) if index.isValid() and self.opened is not None else None

    def place_picker(self) -> None:
        """Lay the picker over the evidence, where it hides neither the text nor the current row."""
        left = self.right.mapTo(self, QPoint()).x()
        height = min(max(self.detail.height(), 340), self.height() - 20)
        bottom = self.height() - 6
        self.picker.setGeometry(QRect(left + 4, bottom - height, self.right.width() - 8, height))

    def resizeEvent(self, _event: object) -> None:
        """Keep the picker in its place."""
        if self.picker.isVisible():
            self.place_picker()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        self.text.setAccessibleName(say("text_of_report"))
        self.table.setAccessibleName(say("figures_of_report"))
        self._empty.setText(say("desk_empty"))
        self.text.enlarge()
        self.text.retint()
        self.picker.hide()
        self.model.retranslate()
        self.header.retranslate()
        self.detail.retranslate()
        self._show_asserted()

    def _take(self, figure_id: int, column: Column, typed: str) -> None:
        verb = workflow.correct_value if column == Column.VALUE else workflow.correct_unit
        self.edited.emit(figure_id, self.session.decide(verb, figure_id, typed))

    def _click(self, figure_id: int) -> None:
        self.table.choose(figure_id)
        self.table.setFocus(Qt.FocusReason.MouseFocusReason)

    def _show_figure(self, figure_id: int) -> None:
        row = self.model.row_of(figure_id)
        if self.opened is None or row is None:
            return
        figure = self.model.figure(row)
        shown, sentence = evidence(self.session, self.opened, figure)
        self.detail.show(shown)
        self.text.choose(figure, sentence)

    def _show_loose(self) -> None:
        rows = self.opened.loose_findings if self.opened is not None else []
        known = self.session.catalogue
        self._loose.setVisible(bool(rows))
        self._loose.setText("\n".join(f"▲ {workflow.finding_sentence(row.finding, known=known)}" for row in rows))

    def _show_asserted(self) -> None:
        names = [self.session.indicator_name(indicator) for indicator in self.not_reported()]
        self._asserted.setVisible(bool(names))
        self._asserted.setText(say("asserted_not_reported", indicators=say("list_separator").join(names)))

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        columns = self.table.horizontalHeader()
        return {"desk_across": self.across, "desk_right": self.right, "desk_figures": columns}

    def not_reported(self) -> list[str]:
        """Return the indicators that a person says the report does not state."""
        if self.opened is None:
            return []
        cells = queries.report_cells(self.session.store, self.session.catalogue, self.opened.report.id)
        return [cell.indicator for cell in cells if cell.state == "not_reported"]


def _line_of_words(name: str, part: str) -> QLabel:
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("part", part)
    made.setWordWrap(True)
    made.setContentsMargins(10, 4, 10, 4)
    return made
