"""The facets as one list: headings that open and close, under each its values with a box and a count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont

from db.overview import BANDS
from desktop.text import say
from desktop.ui.lines import line_size
from desktop.ui.reports.board import FACETS, SLASH, Facet
from desktop.ui.wording import REPORT_STATE_NAMES

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
COUNT_ROLE, HEADING_ROLE = Role.UserRole.value, Role.UserRole.value + 1
HEADINGS: Mapping[Facet, str] = {
    "state": "facet_state",
    "check": "facet_check",
    "year": "facet_year",
    "place": "facet_place",
    "theme": "facet_theme",
    "confidence": "facet_confidence",
    "reviewer": "facet_reviewer",
}
STATES = ("unreviewed", "in_review", "verified", "finding", "disputed", "unplaced", "withdrawn")
STATE_WORDS = {
    **REPORT_STATE_NAMES,
    "finding": "findings_open",
    "disputed": "disputes_open",
    "unplaced": "facet_unplaced",
    "withdrawn": "report_state_withdrawn",
}
OPEN_AT_FIRST: frozenset[Facet] = frozenset({"state", "check", "year"})


class Entry(NamedTuple):
    """One line: a heading (`value` is the facet's name then), or a value with its words and its count."""

    facet: Facet
    value: Any
    words: str
    number: int = 0
    heading: bool = False
    chosen: bool = False


class FacetModel(QAbstractListModel):
    """`choose(facet, value, wanted)` is told of each box that is ticked or cleared."""

    def __init__(self, choose: Callable[[Facet, Any, bool], None], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choose = choose
        self._counts: Mapping[Facet, Counter[Any]] = {}
        self._chosen: Mapping[Facet, set[Any]] = {}
        self._opened = set(OPEN_AT_FIRST)
        self._bold = QFont()
        self._bold.setBold(True)
        self.entries: list[Entry] = []

    def show(self, counts: Mapping[Facet, Counter[Any]], chosen: Mapping[Facet, set[Any]]) -> None:
        """Show these counts; in place where the lines are the same as before."""
        self._counts, self._chosen = counts, chosen
        entries = self._made()
        if [(e.facet, e.value) for e in entries] == [(e.facet, e.value) for e in self.entries]:
            self.entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def turn(self, row: int, opened: bool | None = None) -> int:
        """Open or close the facet of a line; return the row of its heading."""
        facet = self.entries[row].facet
        wanted = facet not in self._opened if opened is None else opened
        (self._opened.add if wanted else self._opened.discard)(facet)
        self.show(self._counts, self._chosen)
        return next(at for at, entry in enumerate(self.entries) if entry.facet == facet)

    def _made(self) -> list[Entry]:
        made: list[Entry] = []
        for facet in FACETS:
            counts, chosen = self._counts.get(facet, Counter()), self._chosen.get(facet, set())
            values = [value for value in _ordered(facet, {*counts, *chosen}) if self._seen(facet, value, chosen)]
            if not values:
                continue
            made.append(Entry(facet, facet, say(HEADINGS[facet]), len(chosen), True, facet in self._opened))
            if facet in self._opened:
                made += [Entry(facet, v, words(facet, v), counts[v], False, v in chosen) for v in values]
        return made

    def _seen(self, facet: Facet, value: Any, chosen: set[Any]) -> bool:
        """Cities are shown once their province is chosen, or one of them is."""
        if facet != "place" or SLASH not in str(value):
            return True
        province = value.partition(SLASH)[0]
        return any(other.partition(SLASH)[0] == province for other in chosen)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many lines there are."""
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """A value can be ticked."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
        return flags if self.entries[index.row()].heading else flags | Qt.ItemFlag.ItemIsUserCheckable

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one line shows."""
        if not index.isValid() or not 0 <= index.row() < len(self.entries):
            return None
        entry = self.entries[index.row()]
        if role == Role.DisplayRole:
            return f"{'▾' if entry.chosen else '▸'} {entry.words}" if entry.heading else entry.words
        if role == Role.CheckStateRole and not entry.heading:
            return Qt.CheckState.Checked if entry.chosen else Qt.CheckState.Unchecked
        if role == Role.FontRole and entry.heading:
            return self._bold
        if role == COUNT_ROLE:
            return None if entry.heading and not entry.number else entry.number
        if role == HEADING_ROLE:
            return entry.heading
        if role in (Role.AccessibleTextRole, Role.ToolTipRole):
            return f"{say(HEADINGS[entry.facet])}: {entry.words} ({entry.number})" if not entry.heading else entry.words
        return line_size() if role == Role.SizeHintRole else None

    def setData(self, index: Index, value: Any, role: int = Role.EditRole) -> bool:
        """Tick or clear a value."""
        if role != Role.CheckStateRole or not index.isValid() or self.entries[index.row()].heading:
            return False
        entry = self.entries[index.row()]
        self._choose(entry.facet, entry.value, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True


def _ordered(facet: Facet, values: set[Any]) -> list[Any]:
    """Return the values of a facet as a person would list them: states and bands in their order, years newest first."""
    if facet == "state":
        return [state for state in STATES if state in values]
    if facet == "year":
        return sorted(values, key=lambda year: -(year or 0))
    return sorted(values, key=lambda value: (value == "", value))


def words(facet: Facet, value: Any) -> str:
    """Return what a value is called."""
    if facet == "state":
        return say(STATE_WORDS[value])
    if facet == "check":
        return check_name(value)
    if facet == "theme":
        return say(f"theme_{value}")
    if facet == "confidence":
        low, high = (f"{edge:.2f}" for edge in (0, *BANDS, 1)[value : value + 2])
        return f"{low} – {high}"
    if facet == "place":
        province, _, city = value.partition(SLASH)
        return f"    {city}" if city else province or say("unknown_place")
    return say("unknown_year") if value is None else str(value)


def check_name(check: str) -> str:
    """Return what a check is called; its id where another Hebao had it."""
    try:
        return say(f"check_name_{check}")
    except KeyError:
        return check
