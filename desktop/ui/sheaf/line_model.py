"""The lines of one sheaf as a table model: those put aside stay out when the rest is accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from db.sheaves import Line
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.in_context import CONTEXT_ROLE, FAINT_ROLE, on_one_line
from desktop.ui.lines import heading
from desktop.ui.theme import theme
from desktop.ui.wording import APPROX_NAMES, number

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
SHEET = 200  # lines on one sheet: nobody accepts what cannot be looked through
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(IntEnum):
    """The columns, in order."""

    ASIDE = 0
    DISTRICT = 1
    YEAR = 2
    WORDS = 3
    VALUE = 4
    UNIT = 5


HEADINGS: Mapping[Column, str] = {
    Column.ASIDE: "head_take",
    Column.DISTRICT: "fact_district",
    Column.YEAR: "head_year",
    Column.WORDS: "head_sentence",
    Column.VALUE: "head_value",
    Column.UNIT: "head_unit",
}


class LineModel(QAbstractTableModel):
    """Rows are the lines of one sheet; `aside` are the ids of figures put aside."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: list[Line] = []
        self.aside: set[int] = set()

    def show(self, lines: Sequence[Line], aside: set[int]) -> None:
        """Show the first lines of a sheaf, a sheet of them."""
        self.beginResetModel()
        self.lines, self.aside = list(lines[:SHEET]), aside
        self.endResetModel()

    def taken(self) -> list[int]:
        """Return the ids of the figures that are not put aside."""
        return [line.figure_id for line in self.lines if line.figure_id not in self.aside]

    def turn(self, rows: Collection[int]) -> None:
        """Put lines aside, or take them back where all are aside."""
        ids = {self.lines[row].figure_id for row in rows}
        if ids <= self.aside:
            self.aside -= ids
        else:
            self.aside |= ids
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, len(Column) - 1))

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the lines by a column, so that what stands out comes first or last."""
        keys: dict[int, Any] = {
            Column.ASIDE: lambda line: (line.figure_id in self.aside, line.doubted),
            Column.DISTRICT: lambda line: (line.district or "", line.year),
            Column.YEAR: lambda line: (line.year, line.district or ""),
            Column.WORDS: lambda line: (on_one_line(line.after), on_one_line(line.before)[::-1]),
            Column.VALUE: lambda line: line.value,
            Column.UNIT: lambda line: line.unit,
        }
        if column not in keys:
            return
        self.layoutAboutToBeChanged.emit()
        before = [line.figure_id for line in self.lines]
        self.lines.sort(key=keys[column], reverse=order == Qt.SortOrder.DescendingOrder)
        places = {line.figure_id: row for row, line in enumerate(self.lines)}
        for index in self.persistentIndexList():
            self.changePersistentIndex(index, self.index(places[before[index.row()]], index.column()))
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines the sheet has."""
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(Column)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a column's heading."""
        return heading(HEADINGS, section, orientation, role, {Column.VALUE: ALIGN_RIGHT})

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.lines):
            return None
        line, column = self.lines[index.row()], Column(index.column())
        aside = line.figure_id in self.aside
        if role == Role.DisplayRole:
            return self._words(line, column, aside)
        if role == CONTEXT_ROLE and column == Column.WORDS:
            return on_one_line(line.before), on_one_line(line.quote), on_one_line(line.after)
        if role == FAINT_ROLE:
            return aside
        if role == Role.DecorationRole and column == Column.ASIDE:
            return icon("aside" if aside else "accept", "rejected" if aside else "verified")
        if role == Role.DecorationRole and column == Column.VALUE and line.doubted:
            return icon("finding", "finding")
        if role == Role.ForegroundRole and aside:
            return QColor(theme().muted)
        if role == Role.TextAlignmentRole and column == Column.VALUE:
            return ALIGN_RIGHT
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._told(line, column, aside)
        return None

    def _words(self, line: Line, column: Column, aside: bool) -> str:
        if column == Column.ASIDE:
            return say("put_aside") if aside else ""
        if column == Column.DISTRICT:
            return line.district or say("unknown_district")
        if column == Column.YEAR:
            return str(line.year)
        if column == Column.VALUE:
            return (say(APPROX_NAMES[line.approx]) + " " if line.approx else "") + number(line.value)
        return line.unit if column == Column.UNIT else on_one_line(line.before + line.quote + line.after)

    def _told(self, line: Line, column: Column, aside: bool) -> str:
        if column == Column.ASIDE:
            return say("put_aside") if aside else say("head_take")
        if column == Column.VALUE and line.doubted:
            return say("findings_open")
        return self._words(line, column, aside)
