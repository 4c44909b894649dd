"""Small tables by themselves: one workbook with a sheet each, or one CSV file each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from desktop.errors import UserError
from desktop.exporting.tables import Companion
from desktop.exporting.xlsx import WIDTHS, fitting
from desktop.files import whole, write_csv
from desktop.text import say

ENDINGS = (".csv", ".xlsx")


def write(to: Path, tables: Sequence[Companion]) -> list[Path]:
    """Write tables and return the files: NAME.xlsx, or NAME.csv with the first and NAME-<table>.csv with each other.

    UserError says what cannot be written.
    """
    ending = to.suffix.lower()
    if ending not in ENDINGS:
        raise UserError("export_format_missing", path=to.name, known=" ".join(ENDINGS))
    with whole(to) as new:
        if ending == ".xlsx":
            _write_book(new, tables)
            written = [new]
        else:
            written = [new, *(new.with_name(f"{new.stem}-{table.name}.csv") for table in tables[1:])]
            for path, table in zip(written, tables, strict=True):
                write_csv(path, table.heads, table.rows)
    return [to.with_name(path.name) for path in written]


def _write_book(to: Path, tables: Sequence[Companion]) -> None:
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    try:
        with Workbook(str(to), options) as book:
            book.set_properties({"created": datetime(2000, 1, 1)})  # the same tables make the same bytes
            bold = book.add_format({"bold": True, "bottom": 1, "bg_color": "#F2F2F2"})
            for table in tables:
                sheet = book.add_worksheet(say(f"sheet_{table.name}"))
                for column, head in enumerate(table.heads):
                    sheet.set_column(column, column, WIDTHS.get(head, 12))
                    sheet.write_string(0, column, head, bold)
                sheet.freeze_panes(1, 0)
                for row, values in enumerate(table.rows, 1):
                    for column, value in enumerate(values):
                        if isinstance(value, str):
                            sheet.write_string(row, column, fitting(value))
                        elif value is not None:
                            sheet.write_number(row, column, value)
    except FileCreateError as error:
        raise OSError(str(error)) from None
