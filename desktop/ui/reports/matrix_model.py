"""Districts x years: where each report stands, those without a district or year in a row and a column of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from db.overview import Standing
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
# As numbers: a table asks with numbers, and does so thousands of times.
DISPLAY, DECORATION, FOREGROUND = Role.DisplayRole.value, Role.DecorationRole.value, Role.ForegroundRole.value
BACKGROUND, TOOLTIP, ACCESSIBLE = Role.BackgroundRole.value, Role.ToolTipRole.value, Role.AccessibleTextRole.value
CELL_ROLE = Role.UserRole.value


Place = tuple[str | None, str | None]


class DistrictRow(NamedTuple):
    """One district of the matrix and its reports by year; `name` is None for reports whose district is unknown."""

    name: str | None
    adcode: str | None
    location: str
    years: dict[int | None, list[Standing]]

    @property
    def place(self) -> Place:
        """Return what the district is known by."""
        return self.adcode, None if self.adcode else self.name


Arranged = tuple[list[DistrictRow], list[int | None]]


class Cell(NamedTuple):
    """What one place of the matrix shows; `faint` where its report does not fit the filters.

    `disputed` where people decided differently on one of its reports.
    """

    state: str
    words: str
    findings: int
    faint: bool
    disputed: bool = False


def arrange(reports: Sequence[Standing]) -> Arranged:
    """Return the rows and the years: every year from the first to the last, None behind them if a year is unknown."""
    rows: dict[Place, DistrictRow] = {}
    for report in reports:
        row = rows.get(report.place)
        if row is None:
            above = "".join(dict.fromkeys(part for part in (report.province, report.city) if part))
            row = rows[report.place] = DistrictRow(report.district, report.adcode, above, {})
        row.years.setdefault(report.year, []).append(report)
    known = {report.year for report in reports if report.year is not None}
    years: list[int | None] = list(range(min(known), max(known) + 1)) if known else []
    if any(report.year is None for report in reports):
        years.append(None)
    ordered = sorted(
        rows.values(), key=lambda row: (row.name is None, row.adcode is None, row.adcode or row.name or "")
    )
    return ordered, years


def counting(reports: Sequence[Standing]) -> Standing:
    """Return the report that counts among those of one district and year."""
    return next((report for report in reports if report.counts), reports[0])


class MatrixModel(QAbstractTableModel):
    """A cell tells the state in symbol and words, how much is decided, how many findings are open, how many files.

    `mark` adds where something is in dispute, which is known later.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: list[DistrictRow] = []
        self._places: dict[Place, DistrictRow] = {}
        self._numbers: dict[Place, int] = {}
        self._fitting: Collection[int] | None = None
        self._disputed: frozenset[int] = frozenset()
        self.rows: list[DistrictRow] = []
        self.years: list[int | None] = []
        self._cells: dict[tuple[int, int], Cell | None] = {}

    def show(self, reports: Sequence[Standing], arranged: Arranged | None = None) -> None:
        """Show these reports, `arranged` already or not, whether they fit or not."""
        self.beginResetModel()
        self._all, self.years = arranged or arrange(reports)
        self._places = {row.place: row for row in self._all}
        self._choose(None)
        self.endResetModel()

    def filter(self, fitting: Collection[int] | None) -> None:
        """Show the districts of which a report is among these ids; all where it is None."""
        if fitting is None and self._fitting is None:
            return
        self.beginResetModel()
        self._choose(fitting)
        self.endResetModel()

    def _choose(self, fitting: Collection[int] | None) -> None:
        self._cells.clear()
        self._fitting = fitting
        self.rows = self._all
        if fitting is not None:
            self.rows = [
                row for row in self._all if any(r.id in fitting for reports in row.years.values() for r in reports)
            ]
        self._numbers = {row.place: number for number, row in enumerate(self.rows)}

    def replace(self, reports: Sequence[Standing]) -> None:
        """Take some reports anew that stand where they stood."""
        for report in reports:
            district = self._places.get(report.place)
            there = [] if district is None else district.years.get(report.year, [])
            there[:] = [report if other.id == report.id else other for other in there]
            index = self.index_of(report)
            if index.isValid():
                self._cells.pop((index.row(), index.column()), None)
                self.dataChanged.emit(index, index)

    def mark(self, disputed: frozenset[int]) -> None:
        """Show on which reports something is in dispute."""
        if disputed != self._disputed:
            self._disputed = disputed
            self._cells.clear()
            if self.rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.years) - 1))

    def _in_dispute(self, reports: Sequence[Standing]) -> bool:
        return any(report.id in self._disputed for report in reports)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.beginResetModel()
        self._cells.clear()
        self.endResetModel()

    def reports_at(self, index: Index) -> list[Standing]:
        """Return the reports of one cell."""
        if not index.isValid():
            return []
        return self.rows[index.row()].years.get(self.years[index.column()], [])

    def counts(self) -> Counter[str]:
        """Return how many cells stand in each state, have no report, have findings, and are in dispute."""
        first = [counting(reports) for row in self.rows for reports in row.years.values()]
        counts = Counter[str](report.state for report in first)
        counts["finding"] = sum(report.findings > 0 for report in first)
        if self._disputed:
            counts["disputed"] = sum(self._in_dispute(reports) for row in self.rows for reports in row.years.values())
        named = [row for row in self.rows if row.name is not None]
        known = sum(year is not None for year in self.years)
        counts["missing"] = known * len(named) - sum(len(row.years) - (None in row.years) for row in named)
        return counts

    def index_of(self, report: Standing) -> QModelIndex:
        """Return the cell in which a report stands; an invalid index where it is not shown."""
        row = self._numbers.get(report.place)
        if row is None or all(other.id != report.id for other in self.rows[row].years.get(report.year, [])):
            return QModelIndex()
        return self.index(row, self.years.index(report.year))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many districts there are."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many years there are."""
        return 0 if parent.isValid() else len(self.years)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole) -> Any:
        """Return a year, or a district with its code."""
        if orientation == Qt.Orientation.Horizontal and 0 <= section < len(self.years):
            year = self.years[section]
            return (str(year) if year is not None else say("unknown_year")) if role == Role.DisplayRole else None
        if orientation == Qt.Orientation.Vertical and 0 <= section < len(self.rows):
            row = self.rows[section]
            if role == Role.DisplayRole:
                name = row.name or say("unknown_district")
                return f"{name}  {row.adcode}" if row.adcode else name
            if role == Role.ToolTipRole:
                return "\n".join(part for part in (row.location, row.name, row.adcode) if part) or None
        return None

    def cell(self, row: int, column: int) -> Cell | None:
        """Return what one place shows, made when it is first seen; None where nothing can be missing."""
        try:
            return self._cells[row, column]
        except KeyError:
            made = self._cells[row, column] = self._made(self.rows[row], self.years[column])
            return made

    def _made(self, row: DistrictRow, year: int | None) -> Cell | None:
        reports = row.years.get(year)
        if not reports:
            return None if row.name is None or year is None else Cell("missing", cell_words(()), 0, True)
        first = counting(reports)
        faint = self._fitting is not None and not any(report.id in self._fitting for report in reports)
        return Cell(first.state, cell_words(reports), first.findings, faint, self._in_dispute(reports))

    def data(self, index: Index, role: int = DISPLAY) -> Any:
        """Return what one cell shows."""
        row, column = index.row(), index.column()
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.years)):
            return None
        cell = self.cell(row, column)
        if cell is None:
            return None
        if role == CELL_ROLE:
            return cell
        if role == DISPLAY:
            return cell.words
        if role == DECORATION:
            return icon(f"report-{cell.state}", cell.state)
        if role == FOREGROUND:
            return QColor(theme().tints[cell.state].ink)
        if role == BACKGROUND and not cell.faint:
            return QColor(theme().tints[cell.state].ground)
        return self._told(index) if role in (TOOLTIP, ACCESSIBLE) else None

    def _told(self, index: Index) -> str:
        year, reports = self.years[index.column()], self.reports_at(index)
        where = self.rows[index.row()].name or say("unknown_district")
        lines = [f"{where} · {year if year is not None else say('unknown_year')}"]
        if not reports:
            return "\n".join([*lines, say(REPORT_STATE_NAMES["missing"])])
        first = counting(reports)
        lines.append(f"{say(REPORT_STATE_NAMES[first.state])} · {first.decided}/{first.figures}")
        if first.findings:
            lines.append(say("n_findings", n=first.findings))
        if self._in_dispute(reports):
            lines.append(say("disputes_open"))
        return "\n".join([*lines, *(report.source_name for report in reports)])


def cell_words(reports: Sequence[Standing]) -> str:
    """Return the few words of one cell: how much is decided of a report in review, else its state; how many files."""
    if not reports:
        return ""
    report = counting(reports)
    words = (
        f"{report.decided}/{report.figures}" if report.state == "in_review" else say(REPORT_STATE_NAMES[report.state])
    )
    return f"{words} ×{len(reports)}" if len(reports) > 1 else words
