"""The lines in which a phrase stands, by district and year."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QColor

from db import phrases
from db.rows import Hit
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.in_context import CONTEXT_ROLE
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES


class Column(IntEnum):
    """The columns, in order."""

    DISTRICT = 0
    YEAR = 1
    STATE = 2
    LINE = 3


class HitModel(RowsModel[Hit]):
    """A report is named on the first of its lines; the phrase is marked in each."""

    headings = ("fact_district", "head_year", "head_state", "head_sentence")

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._wanted: phrases.Patterns = ()

    def show(self, rows: Sequence[Hit], wanted: phrases.Patterns = ()) -> None:
        """Show these lines; `wanted` finds the phrase in them."""
        self._wanted = wanted
        super().show(rows)

    def first(self, row: int) -> bool:
        """Return whether a line is the first of its report."""
        return row == 0 or self.rows[row - 1].report_id != self.rows[row].report_id

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        hit = self.at(index)
        if hit is None:
            return None
        column, first = Column(index.column()), self.first(index.row())
        if role == CONTEXT_ROLE and column == Column.LINE:
            return self._pieces(hit.line)
        if role == Role.DisplayRole:
            return self._words(hit, column) if first or column == Column.LINE else ""
        if role == Role.DecorationRole and column == Column.STATE and first:
            return icon(f"report-{hit.state}", hit.state)
        if role == Role.ForegroundRole and column == Column.STATE:
            return QColor(theme().tints[hit.state].ink)
        return self._words(hit, column) if role in (Role.AccessibleTextRole, Role.ToolTipRole) else None

    def _words(self, hit: Hit, column: Column) -> str:
        if column == Column.DISTRICT:
            return hit.district or say("unknown_district")
        if column == Column.YEAR:
            return say("unknown_year") if hit.year is None else str(hit.year)
        return say(REPORT_STATE_NAMES[hit.state]) if column == Column.STATE else hit.line

    def _pieces(self, line: str) -> tuple[str, str, str]:
        low, high = next(iter(phrases.places(line, self._wanted)), (0, 0))
        return line[:low], line[low:high], line[high:]
