"""XLSX: a sheet of cells, with each wide cell's sentence as its note, and a codebook sheet."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from db.rows import CellRow
from desktop.errors import UserError
from desktop.exporting import exporter
from desktop.exporting.tables import CODEBOOK, KEYS, Table, Value, keys, number
from desktop.text import say

MAX_ROW = 1_048_575  # Excel's last row, counted from 0
MAX_TEXT = 32_767
MAX_NOTES = 20_000  # Excel opens a sheet with many more notes only after minutes
WIDTHS = {"indicator": 28, "indicator_zh": 28, "quotes": 60, "printed": 16, "source_name": 24, "comment": 24}
CODEBOOK_WIDTHS = (30, 30, 44, 16, 10, 8, 9, 70, 9, 9, 9, 9, 12)
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
            sheets = _Sheets(book, table)
            sheets.write_cells()
            sheets.write_codebook()
    except FileCreateError as error:
        raise OSError(str(error)) from None
    return [to]


class _Sheets:
    """The two sheets of one workbook; rows go out one after another, since nothing written is kept in memory."""

    def __init__(self, book: Any, table: Table) -> None:
        self._table = table
        self._cells = book.add_worksheet(say("sheet_cells"))
        self._codebook = book.add_worksheet(say("sheet_codebook"))
        self._head = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        forms = {True: "#,##0", False: "#,##0.0###"}
        self._formats = {
            (state, whole): book.add_format({"num_format": form, **look})
            for state, look in STATES.items()
            for whole, form in forms.items()
        }
        self._notes = 0

    def write_cells(self) -> None:
        """Write the heads and every row of the table."""
        sheet, heads = self._cells, self._table.heads
        for column, head in enumerate(heads):
            sheet.set_column(column, column, WIDTHS.get(head, 12))
            sheet.write_string(0, column, head, self._head)
            if head in self._table.catalogue:
                indicator = self._table.catalogue[head]
                self._note(0, column, f"{indicator.name_zh}\n{indicator.name_en}\n{indicator.unit}")
        sheet.freeze_panes(1, len(KEYS) if self._table.wide else 0)
        row = self._write_wide() if self._table.wide else self._write_long()
        sheet.autofilter(0, 0, row, len(heads) - 1)
        sheet.ignore_errors({"number_stored_as_text": f"B2:B{MAX_ROW + 1}"})

    def write_codebook(self) -> None:
        """Write what each column and indicator means."""
        sheet = self._codebook
        for column, head in enumerate(CODEBOOK):
            sheet.set_column(column, column, CODEBOOK_WIDTHS[column])
            sheet.write_string(0, column, head, self._head)
        sheet.freeze_panes(1, 1)
        row = 0
        for row, values in enumerate(self._table.codebook(), 1):
            for column, value in enumerate(values):
                self._write(sheet, row, column, value, self._wrapped)
        if self._notes >= MAX_NOTES:
            self._write(sheet, row + 2, 0, say("export_notes_end", count=MAX_NOTES))

    def _write_long(self) -> int:
        value_at, state_at = self._table.heads.index("value"), self._table.heads.index("state")
        row = 0
        for row, values in enumerate(self._table.rows(), 1):
            _check_room(row)
            for column, value in enumerate(values):
                if column == value_at and value is not None:
                    state = str(values[state_at])
                    self._cells.write_number(row, column, value, self._formats[state, isinstance(value, int)])
                else:
                    self._write(self._cells, row, column, value)
        return row

    def _write_wide(self) -> int:
        columns = {head: column for column, head in enumerate(self._table.heads)}
        row = 0
        for row, cells in enumerate(self._table.reports(), 1):
            _check_room(row)
            for column, value in enumerate(keys(cells[0])):
                self._write(self._cells, row, column, value)
            for cell in cells:
                column, value = columns[cell.indicator], number(cell.value)
                look = self._formats[cell.state, isinstance(value, int)]
                if value is None:
                    self._cells.write_blank(row, column, None, look)
                else:
                    self._cells.write_number(row, column, value, look)
                self._note(row, column, self._told(cell))
        return row

    def _told(self, cell: CellRow) -> str:
        """Return what a cell's note says: its state, the sentence of each of its figures, its comment, its source."""
        told = [say(f"state_{cell.state}"), *dict.fromkeys(self._table.quotes(cell)), cell.comment, cell.source_name]
        return "\n".join(line for line in told if line)

    def _note(self, row: int, column: int, note: str) -> None:
        if self._notes < MAX_NOTES:
            self._notes += 1
            # A line holds some 20 Chinese characters at twice the usual width.
            lines = sum(1 + len(line) // 20 for line in note.splitlines())
            size = {"x_scale": 2, "y_scale": max(1.0, lines / 4.5)}
            self._cells.write_comment(row, column, _fitting(note), {"author": "Hebao", **size})

    @staticmethod
    def _write(sheet: Any, row: int, column: int, value: Value, look: Any = None) -> None:
        if isinstance(value, str):
            sheet.write_string(row, column, _fitting(value), look)
        elif value is not None:
            sheet.write_number(row, column, value, look)


def _check_room(row: int) -> None:
    if row > MAX_ROW:
        raise UserError("export_too_many_rows", rows=MAX_ROW)


def _fitting(text: str) -> str:
    """Return `text` as a cell can hold it: cut at Excel's limit, lone surrogates replaced."""
    if len(text) > MAX_TEXT:
        text = text[: MAX_TEXT - 1] + "…"
    return text.encode("utf-8", "replace").decode("utf-8")
