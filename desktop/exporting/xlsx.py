"""XLSX: a sheet of cells, each wide one with its sentence as a note and a link to its evidence; the rest on sheets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from db.rows import JOINT, ExportCell
from desktop.errors import UserError
from desktop.exporting import exporter
from desktop.exporting.tables import KEYS, LONG, Row, Table, Value, keys, number
from desktop.text import say

MAX_ROW = 1_048_575  # Excel's last row, counted from 0
MAX_TEXT = 32_767
MAX_NOTES = 20_000  # Excel opens a sheet with many more notes only after minutes
MAX_LINKS = 65_000  # Excel's own limit for a sheet is 65,530
ABOUT = "hebao"  # the hidden sheet that says what the workbook was made from
VALUE_AT, STATE_AT = LONG.index("value"), LONG.index("state")
WIDTHS = {
    "indicator": 28, "indicator_zh": 28, "quotes": 60, "printed": 16, "source_name": 24, "comment": 24, "id": 30,
    "name_zh": 30, "name_en": 44, "theme": 16, "definition": 70, "definition_en": 70, "message_zh": 60,
    "message_en": 60, "indicators": 28, "measure": 24, "of": 30,
}  # fmt: skip
# Only what a person decided is printed upright and black.
STATES: dict[str, dict[str, Any]] = {
    "verified": {},
    "not_reported": {"bg_color": "#EDEDED"},
    "auto": {"italic": True, "font_color": "#1F5FA8"},
    "extracted": {"italic": True, "font_color": "#7F7F7F"},
    "queried": {"italic": True, "font_color": "#B00020"},
}


@exporter("xlsx")
def write_xlsx(table: Table, to: Path) -> list[Path]:
    """Write one workbook; UserError where a sheet cannot hold the rows."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        # Closed whatever happens: an open workbook holds files of the system's temporary folder.
        with Workbook(str(to), options) as book:
            # A fixed date: the same cells make the same bytes.
            book.set_properties({"created": datetime(2000, 1, 1)})
            _Sheets(book, table).write()
    except FileCreateError as error:
        raise OSError(str(error)) from None
    return [to]


class _Sheets:
    """The sheets of one workbook; rows go out one after another, since nothing written is kept in memory."""

    def __init__(self, book: Any, table: Table) -> None:
        self._book = book
        self._table = table
        self._head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        forms = {True: "#,##0", False: "#,##0.0###"}
        self._formats = {
            (state, whole): book.add_format({"num_format": form, **look})
            for state, look in STATES.items()
            for whole, form in forms.items()
        }
        self._notes = self._links = 0

    def write(self) -> None:
        """Write the cells, then what comes along, then what the workbook was made from, out of sight."""
        if self._table.wide:
            self._write_wide()
        else:
            self._write_long()
        for name, heads, rows in self._table.companions():
            sheet = self._sheet(say(f"sheet_{name}"), heads)
            last = self._rows(sheet, rows, self._wrapped)
            if name == "codebook" and self._notes >= MAX_NOTES:
                _write(sheet, last + 2, 0, say("export_notes_end", count=MAX_NOTES))
            if name == "codebook" and self._links >= MAX_LINKS:
                _write(sheet, last + 3, 0, say("export_links_end", count=MAX_LINKS))
        about = self._book.add_worksheet(ABOUT)
        self._rows(about, self._table.about.items(), None, first=0)
        about.hide()

    def _write_wide(self) -> None:
        """Write a row a report, and for each of its cells the row that says where it comes from."""
        heads = self._table.heads
        columns = {head: column for column, head in enumerate(heads)}
        sheet, evidence = self._sheet(say("sheet_cells"), heads, len(KEYS)), self._sheet(say("sheet_evidence"), LONG)
        for column, head in enumerate(heads):
            if head in self._table.catalogue:
                indicator = self._table.catalogue[head]
                self._note(sheet, 0, column, f"{indicator.name_zh}\n{indicator.name_en}\n{indicator.unit}")
        row = 0
        for row, cells in enumerate(self._table.reports(), 1):
            _check_room(row)
            for column, value in enumerate(keys(cells[0])):
                _write(sheet, row, column, value)
            for cell in cells:
                column, value = columns[cell.indicator], number(cell.value)
                look = self._formats[cell.state, isinstance(value, int)]
                if value is None:
                    sheet.write_blank(row, column, None, look)
                elif self._links < MAX_LINKS:
                    self._links += 1
                    self._long_row(evidence, self._links, self._table.long_row(cell))
                    # The number takes the place of the text that a link comes with; the link stays.
                    sheet.write_url(row, column, f"internal:'{evidence.get_name()}'!A{self._links + 1}", look, " ")
                    sheet.write_number(row, column, value, look)
                else:
                    sheet.write_number(row, column, value, look)
                self._note(sheet, row, column, self._told(cell))
        sheet.autofilter(0, 0, row, len(heads) - 1)

    def _write_long(self) -> None:
        """Write a row a cell, on a sheet a year where one sheet cannot hold them all."""
        name, by_year = say("sheet_cells"), self._table.total > MAX_ROW
        year_at = LONG.index("year")
        sheets: dict[str, Any] = {} if by_year else {name: self._sheet(name, LONG)}
        last: Counter[str] = Counter()
        for values in self._table.rows():
            meant = f"{name} {values[year_at]}" if by_year else name
            if meant not in sheets:
                sheets[meant] = self._sheet(meant, LONG)
            last[meant] += 1
            _check_room(last[meant])
            self._long_row(sheets[meant], last[meant], values)
        for meant, sheet in sheets.items():
            sheet.autofilter(0, 0, last[meant], len(LONG) - 1)

    def _sheet(self, name: str, heads: Sequence[str], frozen: int = 0) -> Any:
        """Return a new sheet under its heads, which stay in sight."""
        sheet = self._book.add_worksheet(name)
        for column, head in enumerate(heads):
            sheet.set_column(column, column, WIDTHS.get(head, 12))
            sheet.write_string(0, column, head, self._head)
        sheet.freeze_panes(1, frozen)
        if "adcode" in heads:
            sheet.ignore_errors({"number_stored_as_text": f"B2:B{MAX_ROW + 1}"})
        return sheet

    def _long_row(self, sheet: Any, row: int, values: Row) -> None:
        state = str(values[STATE_AT])
        for column, value in enumerate(values):
            if column == VALUE_AT and value is not None:
                sheet.write_number(row, column, value, self._formats[state, isinstance(value, int)])
            else:
                _write(sheet, row, column, value)

    @staticmethod
    def _rows(sheet: Any, rows: Iterable[Row], look: Any, first: int = 1) -> int:
        """Write some rows from row `first` on and return the last."""
        row = first - 1
        for row, values in enumerate(rows, first):
            _check_room(row)
            for column, value in enumerate(values):
                _write(sheet, row, column, value, look)
        return row

    @staticmethod
    def _told(cell: ExportCell) -> str:
        """Return what a cell's note says: its state, the sentence of each of its figures, its comment, its source."""
        quotes = dict.fromkeys(cell.quotes.split(JOINT))
        told = [say(f"state_{cell.state}"), *quotes, cell.comment, cell.report.source_name]
        return "\n".join(line for line in told if line)

    def _note(self, sheet: Any, row: int, column: int, note: str) -> None:
        if self._notes < MAX_NOTES:
            self._notes += 1
            # A line holds some 20 Chinese characters at twice the usual width.
            lines = sum(1 + len(line) // 20 for line in note.splitlines())
            size = {"x_scale": 2, "y_scale": max(1.0, lines / 4.5)}
            sheet.write_comment(row, column, fitting(note), {"author": "Hebao", **size})


def _write(sheet: Any, row: int, column: int, value: Value, look: Any = None) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, fitting(value), look)
    elif value is not None:
        sheet.write_number(row, column, value, look)


def _check_room(row: int) -> None:
    if row > MAX_ROW:
        raise UserError("export_too_many_rows", rows=MAX_ROW)


def fitting(text: str) -> str:
    """Return `text` as a cell can hold it: cut at Excel's limit, lone surrogates replaced."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")
