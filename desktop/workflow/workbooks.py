"""An exported workbook as a person sends it back: columns moved or gone, rows sorted, saved by another program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from db import queries
from desktop.errors import UserError
from desktop.exporting.tables import KEYS, number
from desktop.exporting.xlsx import ABOUT

Typed = str | float | None
Sheet = Sequence[Sequence[Any]]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet of cells: what a person calls it (its number, the sheet too where there are several)."""

    at: str
    cells: dict[str, Typed]


@dataclass(frozen=True, slots=True)
class Workbook:
    """What an exported workbook says: what it was made from, its columns, and its sheets by what stands before a row.

    `evidence` are the sheets of a wide workbook that say where its cells came from.
    """

    store: str
    clock: int
    wide: bool
    state: queries.Asked
    heads: tuple[str, ...]
    sheets: dict[str, Sheet]
    evidence: dict[str, Sheet]


def read_workbook(path: Path) -> Workbook:
    """Return what a workbook says; UserError where it cannot be read, or Hebao did not export it."""
    from python_calamine import CalamineError, CalamineWorkbook

    if not path.exists():
        raise UserError("source_missing", name=str(path))
    try:
        book = CalamineWorkbook.from_path(path)
        if ABOUT not in book.sheet_names:
            raise UserError("apply_not_exported", path=path)
        about = {str(row[0]): _typed(row[1]) for row in book.get_sheet_by_name(ABOUT).to_python() if len(row) > 1}
        clock, shape, state = shown(about.get("clock")), about.get("shape"), about.get("state")
        if not clock.isdecimal() or shape not in ("wide", "long") or state not in queries.ASKED:
            raise UserError("apply_not_exported", path=path)
        wide = shape == "wide"
        sheets = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    except OSError as error:
        raise UserError("apply_unreadable", path=path, why=error) from error
    except (CalamineError, ValueError) as error:
        raise UserError("apply_no_workbook", path=path) from error
    tables = {name: rows for name, rows in sheets.items() if rows and {*map(_head, rows[0])} >= {*KEYS}}
    lists = {name for name, rows in tables.items() if "indicator" in map(_head, rows[0])}
    cells = [name for name in tables if (name in lists) != wide]
    if not cells:
        raise UserError("apply_no_cells", path=path, columns=" ".join(KEYS if wide else (*KEYS, "indicator")))
    for name in tables:
        _refuse_columns_twice(tables[name][0], path)
    heads = dict.fromkeys(_head(head) for name in cells for head in tables[name][0])
    return Workbook(
        str(about.get("store")), int(clock), wide, cast(queries.Asked, state), tuple(filter(None, heads)),
        {f"{name}!" if len(cells) > 1 else "": tables[name] for name in cells},
        {f"{name}!": tables[name] for name in tables if name not in cells},
    )  # fmt: skip


def rows_of(sheets: Mapping[str, Sheet]) -> Iterator[Row]:
    """Yield the rows of sheets that have anything in them, the heads left out."""
    for before, (heads, *rows) in sheets.items():
        names = [_head(head) for head in heads]
        for at, row in enumerate(rows, 2):
            cells = {head: _typed(value) for head, value in zip(names, row, strict=False) if head}
            if not all(map(empty, cells.values())):
                yield Row(f"{before}{at}", cells)


def _refuse_columns_twice(heads: Sequence[Any], path: Path) -> None:
    counted = Counter(filter(None, map(_head, heads)))
    for column, count in counted.items():
        if count > 1:
            raise UserError("apply_column_twice", path=path, column=column)


def _head(value: object) -> str:
    return str(value).strip()


def _typed(value: Any) -> Typed:
    """Return a number as float, anything else as text."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def empty(typed: Typed) -> bool:
    """Return whether nothing was typed."""
    return typed is None or (isinstance(typed, str) and not typed.strip())


def shown(value: Typed | int) -> str:
    """Return what a cell says as text: a whole number without its point."""
    if value is None:
        return ""
    return f"{number(float(value))}" if isinstance(value, int | float) else value.strip()
