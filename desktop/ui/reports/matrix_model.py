"""Districts x years: where each report stands, those without a district or year in a row and a column of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from db.rows import ReportRow
from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.theme import theme
from desktop.ui.wording import REPORT_STATE_NAMES

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole
FINDINGS_ROLE = Role.UserRole


@dataclass(slots=True)
class DistrictRow:
    """One district of the matrix and its reports by year; `name` is None for reports whose district is unknown."""

    name: str | None
    adcode: str | None
    place: str
    years: dict[int | None, list[ReportRow]] = field(default_factory=dict)


def arrange(reports: Sequence[ReportRow]) -> tuple[list[DistrictRow], list[int | None]]:
    """Return the rows and the years: every year from the first to the last, None behind them if a year is unknown."""
    rows: dict[tuple[str | None, str | None], DistrictRow] = {}
    for report in reports:
        key = (report.adcode, None if report.adcode else report.district)
        place = "".join(dict.fromkeys(part for part in (report.province, report.city) if part))
        row = rows.setdefault(key, DistrictRow(report.district, report.adcode, place))
        row.years.setdefault(report.year, []).append(report)
    known = sorted({report.year for report in reports if report.year is not None})
    years: list[int | None] = list(range(known[0], known[-1] + 1)) if known else []
    if any(report.year is None for report in reports):
        years.append(None)
    ordered = sorted(
        rows.values(), key=lambda row: (row.name is None, row.adcode is None, row.adcode or row.name or "")
    )
    return ordered, years


def counting(reports: Sequence[ReportRow]) -> ReportRow:
    """Return the report that counts among those of one district and year."""
    return next((report for report in reports if report.counts), reports[0])


class MatrixModel(QAbstractTableModel):
    """A cell tells the state in symbol and words, how much is decided, how many findings are open, how many files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows: list[DistrictRow] = []
        self.years: list[int | None] = []

    def show(self, reports: Sequence[ReportRow]) -> None:
        """Show these reports; in place where districts and years are the same as before."""
        rows, years = arrange(reports)
        same = years == self.years and [(r.name, r.adcode) for r in rows] == [(r.name, r.adcode) for r in self.rows]
        if same and rows and years:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(years) - 1))
            return
        self.beginResetModel()
        self.rows, self.years = rows, years
        self.endResetModel()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.beginResetModel()
        self.endResetModel()

    def reports_at(self, index: Index) -> list[ReportRow]:
        """Return the reports of one cell."""
        if not index.isValid():
            return []
        return self.rows[index.row()].years.get(self.years[index.column()], [])

    def counts(self) -> Counter[str]:
        """Return how many cells stand in each state, how many have no report, and how many have findings."""
        counts: Counter[str] = Counter()
        for row in self.rows:
            for year in self.years:
                reports = row.years.get(year, [])
                if reports:
                    counts[counting(reports).state] += 1
                    counts["finding"] += counting(reports).findings > 0
                elif row.name is not None and year is not None:
                    counts["missing"] += 1
        return counts

    def index_of(self, report_id: int) -> QModelIndex:
        """Return the cell in which a report stands; an invalid index where it is not shown."""
        for row, district in enumerate(self.rows):
            for year, reports in district.years.items():
                if any(report.id == report_id for report in reports):
                    return self.index(row, self.years.index(year))
        return QModelIndex()

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
                return row.place or None
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one cell shows."""
        if not index.isValid() or not (0 <= index.row() < len(self.rows) and 0 <= index.column() < len(self.years)):
            return None
        reports = self.reports_at(index)
        if not reports and (self.rows[index.row()].name is None or self.years[index.column()] is None):
            return None  # nothing can be missing where the district or the year is unknown
        state = counting(reports).state if reports else "missing"
        if role == Role.DisplayRole:
            return cell_words(reports)
        if role == Role.DecorationRole:
            return icon(f"report-{state}", state)
        if role == Role.ForegroundRole:
            return QColor(theme().tints[state].ink)
        if role == Role.BackgroundRole and reports:
            return QColor(theme().tints[state].ground)
        if role == FINDINGS_ROLE:
            return counting(reports).findings if reports else 0
        if role in (Role.ToolTipRole, Role.AccessibleTextRole):
            return self._tooltip(index, reports)
        return None

    def _tooltip(self, index: Index, reports: Sequence[ReportRow]) -> str:
        year = self.years[index.column()]
        where = self.rows[index.row()].name or say("unknown_district")
        lines = [f"{where} · {year if year is not None else say('unknown_year')}", cell_words(reports)]
        if reports and counting(reports).findings:
            lines.append(say("n_findings", n=counting(reports).findings))
        return "\n".join([*lines, *(report.source_name for report in reports)])


def cell_words(reports: Sequence[ReportRow]) -> str:
    """Return the words of one cell."""
    if not reports:
        return say(REPORT_STATE_NAMES["missing"])
    report = counting(reports)
    words = say(REPORT_STATE_NAMES[report.state])
    if report.state == "in_review":
        words += f" {report.decided}/{report.figures}"
    if len(reports) > 1:
        words += f" · {say('n_files', n=len(reports))}"
    return words
