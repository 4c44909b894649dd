"""The figures of one report as a table model; the words of a row are made once, when it is first seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QFont

from db.rows import FigureRow
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.lines import heading
from desktop.ui.session import Session
from desktop.ui.theme import theme
from desktop.ui.wording import APPROX_NAMES, STATE_NAMES, number, plain_number, printed

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
# As numbers: a table asks with numbers, and does so thousands of times.
DISPLAY, EDIT, DECORATION = Role.DisplayRole.value, Role.EditRole.value, Role.DecorationRole.value
ALIGNMENT, FOREGROUND = Role.TextAlignmentRole.value, Role.ForegroundRole.value
BACKGROUND = Role.BackgroundRole.value
FONT, TOOLTIP, ID_ROLE = Role.FontRole.value, Role.ToolTipRole.value, Role.UserRole.value


class Column(IntEnum):
    """The columns, in order."""

    NUMBER = 0
    PRINTED = 1
    VALUE = 2
    UNIT = 3
    INDICATOR = 4
    STATE = 5
    FINDINGS = 6
    CONFIDENCE = 7


NUMBER = Column.NUMBER.value
IN_SENTENCE = "›"  # beside the tint: colour is never the only sign
HEADINGS: Mapping[Column, str] = {
    Column.NUMBER: "head_number",
    Column.PRINTED: "head_printed",
    Column.VALUE: "head_value",
    Column.UNIT: "head_unit",
    Column.INDICATOR: "head_indicator",
    Column.STATE: "head_state",
    Column.FINDINGS: "head_findings",
    Column.CONFIDENCE: "head_confidence",
}
EDITABLE = frozenset({Column.VALUE, Column.UNIT})
SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
EDITED = SHOWN | Qt.ItemFlag.ItemIsEditable
NUMERIC = frozenset({Column.VALUE, Column.CONFIDENCE})


@dataclass(frozen=True, slots=True)
class Line:
    """One figure and how many open findings it has."""

    figure: FigureRow
    findings: int


class FigureModel(QAbstractTableModel):
    """Rows are figures in text order, rejected ones included."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lines: list[Line] = []
        self._rows: dict[int, int] = {}
        self._looks: dict[int, list[dict[int, Any]]] = {}
        self._sentence: frozenset[int] = frozenset()
        self._struck = QFont()
        self._struck.setStrikeOut(True)

    def show(self, figures: Sequence[FigureRow], findings: Mapping[int, int]) -> list[int]:
        """Show `figures` (text order) with their counts of open findings; return the ids of those that changed.

        The same figures as before are updated in place, so that choice and scrolling stay.
        """
        lines = [Line(figure, findings.get(figure.id, 0)) for figure in figures]
        if [line.figure.id for line in lines] == [line.figure.id for line in self._lines]:
            changed = [row for row, line in enumerate(lines) if line != self._lines[row]]
            self._lines = lines
            for row in changed:
                self._looks.pop(row, None)
                self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))
            return [lines[row].figure.id for row in changed]
        self.beginResetModel()
        self._sentence = frozenset()
        self._lines = lines
        self._looks = {}
        self._rows = {line.figure.id: row for row, line in enumerate(lines)}
        self.endResetModel()
        return [line.figure.id for line in lines]

    def show_sentence(self, rows: Iterable[int]) -> None:
        """Mark the rows of the figures of the sentence marked in the text: tinted as that is, with › at the number."""
        wanted = frozenset(rows)
        changed, self._sentence = wanted ^ self._sentence, wanted
        for row in changed:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1), [BACKGROUND, DISPLAY])

    def retranslate(self) -> None:
        """Say and draw headings and rows in the language and colours of the moment."""
        self._looks = {}
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(Column) - 1)
        if self._lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._lines) - 1, len(Column) - 1))

    def figure(self, row: int) -> FigureRow:
        """Return the figure of a row."""
        return self._lines[row].figure

    def figures(self) -> list[FigureRow]:
        """Return all figures in text order."""
        return [line.figure for line in self._lines]

    def findings(self) -> dict[int, int]:
        """Return the counts of open findings by figure id."""
        return {line.figure.id: line.findings for line in self._lines if line.findings}

    def row_of(self, figure_id: int) -> int | None:
        """Return the row of a figure, None where it is not shown."""
        return self._rows.get(figure_id)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many figures there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Value and unit can be edited in place."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return EDITED if index.column() in EDITABLE else SHOWN

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role, ALIGNMENTS)

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what one place of the table shows."""
        row = index.row()
        if not 0 <= row < len(self._lines):
            return None
        if role == BACKGROUND:
            return QColor(theme().sentence) if row in self._sentence else None
        looks = self._looks.get(row)
        if looks is None:  # made when a row is first seen: a table asks every place for some ten roles at each paint
            line, words = self._lines[row], self._words(row)
            looks = self._looks[row] = [_looks(line, column, words[column], self._struck) for column in Column]
        if role == DISPLAY and index.column() == NUMBER and row in self._sentence:
            return f"{IN_SENTENCE} {looks[NUMBER][DISPLAY]}"
        return looks[index.column()].get(role)

    def _words(self, row: int) -> tuple[str, ...]:
        """Return the words of a row by column."""
        figure, findings = self._lines[row].figure, self._lines[row].findings
        approx = say(APPROX_NAMES[figure.approx]) + " " if figure.approx else ""
        return (
            str(row + 1),
            printed(figure.quote),
            approx + number(figure.value),
            figure.unit,
            self._session.indicator_name(figure.indicator),
            say(STATE_NAMES[figure.state]),
            str(findings) if findings else "",
            f"{figure.confidence:.2f}" if figure.origin == "machine" else say("by_hand"),
        )


def _looks(line: Line, column: Column, words: str, struck: QFont) -> dict[int, Any]:
    """Return what one place shows, by role."""
    figure = line.figure
    looks: dict[int, Any] = {DISPLAY: words, ALIGNMENT: ALIGNMENTS[column], EDIT: words, ID_ROLE: figure.id}
    faint = column in (Column.NUMBER, Column.CONFIDENCE) or figure.state == "rejected"
    if faint:
        looks[FOREGROUND] = QColor(theme().muted)
    if column == Column.VALUE:
        looks[EDIT] = plain_number(figure.value)
    elif column == Column.STATE:
        looks[DECORATION] = icon(f"state-{figure.state}", figure.state)
        looks[FOREGROUND] = QColor(theme().tints[figure.state].ink)
    elif column == Column.FINDINGS and line.findings:
        looks[DECORATION] = icon("finding", "finding")
    elif column in (Column.INDICATOR, Column.PRINTED):
        looks[TOOLTIP] = words
    if figure.state == "rejected" and column in (Column.PRINTED, Column.VALUE, Column.UNIT):
        looks[FONT] = struck
    return looks


def _alignment(column: Column) -> Qt.AlignmentFlag:
    if column == Column.NUMBER:
        return Qt.AlignmentFlag.AlignCenter
    side = Qt.AlignmentFlag.AlignRight if column in NUMERIC else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


ALIGNMENTS = {column: _alignment(column) for column in Column}
