"""Naming the figures that make a cell: all figures of the report with their sentences, ticked with Space, added up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from db.rows import FigureRow
from desktop.indicators import Indicator
from desktop.quantities import canonical
from desktop.text import say
from desktop.ui.desk.evidence import Pieces, pieces
from desktop.ui.desk.matching import matching
from desktop.ui.desk.naming_words import adding_up
from desktop.ui.desk.opened import Opened
from desktop.ui.desk.picker import SearchLine
from desktop.ui.icons import icon
from desktop.ui.in_context import CONTEXT_ROLE, InContext, on_one_line
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.reports.shapes import shape_rows
from desktop.ui.session import Session
from desktop.ui.theme import theme
from desktop.ui.wording import STATE_NAMES, number


class Column(IntEnum):
    """The columns, in order."""

    FIGURE = 0
    INDICATOR = 1
    WORDS = 2


WIDTHS = {Column.FIGURE: 19, Column.INDICATOR: 22}


class Line(NamedTuple):
    """A figure that may be named, what it is read as, and its sentence in three pieces."""

    figure: FigureRow
    indicator: str
    words: Pieces


class NamingModel(RowsModel[Line]):
    """The figures on offer; `ticked` are the ids of those that make the cell."""

    headings = ("head_value", "head_indicator", "head_sentence")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ticked: set[int] = set()

    def turn(self, row: int) -> None:
        """Tick a figure, or take its tick away."""
        self.ticked ^= {self.rows[row].figure.id}
        self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the list shows."""
        line = self.at(index)
        if line is None:
            return None
        column, ticked = Column(index.column()), line.figure.id in self.ticked
        if role == CONTEXT_ROLE and column == Column.WORDS:
            return line.words
        if role == Role.CheckStateRole and column == Column.FIGURE:
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        if role == Role.DecorationRole and column == Column.FIGURE:
            return icon(f"state-{line.figure.state}", line.figure.state)
        if role == Role.ForegroundRole and column == Column.INDICATOR:
            return QColor(theme().muted)
        if role in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return self._words(line, column, told=role != Role.DisplayRole)
        return None

    def _words(self, line: Line, column: Column, *, told: bool) -> str:
        if column == Column.FIGURE:
            made = f"{number(line.figure.value)} {line.figure.unit}"
            return f"{made} · {say(STATE_NAMES[line.figure.state])}" if told else made
        return line.indicator if column == Column.INDICATOR else "".join(line.words)


class _Search(SearchLine):
    ticked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.ticked.emit()
        else:
            super().keyPressEvent(event)


class NamingPanel(QFrame):
    """A panel over the desk; `named` (indicator, ids of figures, reason) or `left` ends it.

    `pointed` (id of a figure) follows the current line. It goes when the focus goes elsewhere, as the picker does.
    """

    named = Signal(str, object, str)
    pointed = Signal(int)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._indicator: Indicator | None = None
        self._lines: Sequence[Line] = ()
        self.setProperty("part", "panel")
        self.setObjectName("naming")
        self.setAutoFillBackground(True)
        self.model = NamingModel(self)
        self.search, self.reason, self.table = _Search(), SearchLine(), QTableView()
        self._title, self._notice, self._sum = QLabel(), QLabel(), QLabel()
        self._lay_out()
        for line in (self.search, self.reason):
            line.returnPressed.connect(self._take)
            line.moved.connect(self._move)
            line.left.connect(self._leave)
            line.lost.connect(self._lose)
        self.search.ticked.connect(lambda: self._turn(self.table.currentIndex()))
        self.search.textChanged.connect(self._narrow)
        self.table.clicked.connect(self._turn)
        self.table.selectionModel().currentRowChanged.connect(self._point)
        self.hide()

    def _lay_out(self) -> None:
        parts = ((self._title, "title", "heading"), (self._notice, "notice", "notice"), (self._sum, "sum", "heading"))
        for widget, name, part in parts:
            widget.setObjectName(f"naming_{name}")
            widget.setProperty("part", part)
            widget.setWordWrap(True)
        self._notice.setContentsMargins(6, 3, 6, 3)
        self.search.setObjectName("naming_search")
        self.reason.setObjectName("naming_reason")
        self.search.setClearButtonEnabled(True)
        self.table.setModel(self.model)
        self.table.setObjectName("naming_list")
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        shape_rows(self.table, WIDTHS)
        self.table.horizontalHeader().hide()
        self.table.horizontalHeader().setSectionResizeMode(Column.WORDS, QHeaderView.ResizeMode.Stretch)
        self.table.setItemDelegateForColumn(Column.WORDS, InContext(None, self.table))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        for shown in (self._title, self._notice, self.search, self.table, self._sum, self.reason):
            layout.addWidget(shown)
        for field, hint in ((self.search, "naming_hint"), (self.reason, "naming_reason"), (self.table, "naming_hint")):
            field.setAccessibleName(say(hint))

    def ask(self, indicator: Indicator, opened: Opened, ticked: Collection[int], reason: str, notice: str) -> None:
        """Ask which figures of a report make the cell of an indicator.

        Those that are ticked stand first, then those that are read as it, then those counted in its units.
        """
        self._indicator = indicator
        name = self._session.indicator_name
        offered = [figure for figure in opened.figures if figure.state != "rejected"]
        units = {canonical(1, unit)[1] for unit in (indicator.unit, *indicator.units)}
        offered.sort(
            key=lambda figure: (
                figure.id not in ticked,
                figure.indicator != indicator.id,
                canonical(figure.value, figure.unit)[1] not in units,
            )
        )
        self._lines = [Line(figure, name(figure.indicator), _in_context(opened, figure)) for figure in offered]
        self.model.ticked = set(ticked)
        asked = say("naming_title", indicator=name(indicator.id))
        self._title.setText(asked)
        self._notice.setText(notice)
        self._notice.setVisible(bool(notice))
        self.search.setPlaceholderText(say("naming_hint"))
        self.reason.setPlaceholderText(say("naming_reason"))
        for widget, words in ((self.search, asked), (self.reason, say("naming_reason")), (self.table, asked)):
            widget.setAccessibleName(words)
        self.reason.setText(reason)
        self.search.clear()
        self._narrow("")
        self._tell()
        self.show()
        self.raise_()
        self._point(self.table.currentIndex())
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _narrow(self, typed: str) -> None:
        """Show the figures in whose sentence stands what is typed, and those read as an indicator that it finds."""
        words = typed.strip()
        fitting = {found.id for found in matching(words, self._session.catalogue)}
        self.model.show(
            [line for line in self._lines if words in "".join(line.words) or line.figure.indicator in fitting]
        )
        self.table.setCurrentIndex(self.model.index(0, Column.WORDS))

    def _move(self, step: int) -> None:
        row = min(max(self.table.currentIndex().row() + step, 0), self.model.rowCount() - 1)
        self.table.setCurrentIndex(self.model.index(max(row, 0), Column.WORDS))

    def _turn(self, index: Index) -> None:
        if index.isValid():
            self.model.turn(index.row())
            self._tell()

    def _point(self, index: Index) -> None:
        line = self.model.at(index)
        if line is not None and self.isVisible():
            self.pointed.emit(line.figure.id)

    def ticked(self) -> list[FigureRow]:
        """Return the figures that are ticked, in text order."""
        chosen = [line.figure for line in self._lines if line.figure.id in self.model.ticked]
        return sorted(chosen, key=lambda figure: (figure.start, figure.end, figure.id))

    def _tell(self) -> None:
        assert self._indicator is not None
        figures = self.ticked()
        self._sum.setText(adding_up(figures, self._indicator) if figures else say("naming_none"))

    def _take(self) -> None:
        assert self._indicator is not None
        self.hide()
        self.named.emit(self._indicator.id, [figure.id for figure in self.ticked()], self.reason.text())

    def _lose(self) -> None:
        now = QApplication.focusWidget()
        if now is None or not self.isAncestorOf(now):
            self.hide()

    def _leave(self) -> None:
        self.hide()
        self.left.emit()


def _in_context(opened: Opened, figure: FigureRow) -> Pieces:
    before, quote, after = pieces(opened.text, opened.sentence(figure.start, figure.end), figure.start, figure.end)
    return on_one_line(before), on_one_line(quote), on_one_line(after)
