"""The lines of one sheaf as a table model: those put aside stay out when the rest is accepted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QColor

from db.sheaves import Line
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.in_context import CONTEXT_ROLE, FAINT_ROLE, on_one_line
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.theme import theme
from desktop.ui.wording import APPROX_NAMES, number

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


class LineModel(RowsModel[Line]):
    """Rows are the lines of one sheet; `aside` are the ids of figures put aside."""

    headings = ("head_take", "fact_district", "head_year", "head_sentence", "head_value", "head_unit")
    alignments: Mapping[Any, Qt.AlignmentFlag] = {Column.VALUE: ALIGN_RIGHT}

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.aside: set[int] = set()

    def show(self, rows: Sequence[Line]) -> None:
        """Show the first lines of a sheaf, a sheet of them."""
        super().show(rows[:SHEET])

    def taken(self) -> list[int]:
        """Return the ids of the figures that are not put aside."""
        return [line.figure_id for line in self.rows if line.figure_id not in self.aside]

    def turn(self, rows: Collection[int]) -> None:
        """Put lines aside, or take them back where all are aside."""
        ids = {self.rows[row].figure_id for row in rows}
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
        if column in keys:
            self.reorder(sorted(self.rows, key=keys[column], reverse=order == Qt.SortOrder.DescendingOrder))

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        line = self.at(index)
        if line is None:
            return None
        column, aside = Column(index.column()), line.figure_id in self.aside
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
