"""A table as one pandas frame, for formats that are written whole; it says what does not fit them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.exporting.tables import Table

if TYPE_CHECKING:
    import pandas as pd

# A long row is about 2 KB in memory, and is there twice while it is written.
MAX_ROWS = 500_000
BATCH = 20_000


def frame_of(table: Table, format: str) -> pd.DataFrame:
    """Return the whole table; UserError where it has more rows than such a file is made of in memory."""
    import pandas as pd

    columns: list[list[object]] = [[] for _ in table.heads]
    for batch in table.batches(BATCH):
        for column, values in zip(columns, batch, strict=True):
            column.extend(values)
        if len(columns[0]) > MAX_ROWS:
            raise UserError("export_too_many_rows_for", rows=MAX_ROWS, format=format)
    made: dict[str, pd.Series] = {}
    for head, column in zip(table.heads, columns, strict=True):
        if table.type_of(head) == "text":
            made[head] = pd.Series(["" if text is None else text for text in column], dtype="object")
        else:
            made[head] = pd.Series(column, dtype="float64")
    return pd.DataFrame(made)


def labels_of(table: Table, most: int) -> dict[str, str]:
    """Return each column's label: its Chinese name, where that has `most` characters at the utmost, else its own."""
    return {head: label if len(label) <= most else head for head, label in ((h, table.label(h)) for h in table.heads)}


def texts_of(table: Table) -> list[str]:
    """Return the columns that hold texts."""
    return [head for head in table.heads if table.type_of(head) == "text"]


def refuse_longer(frame: pd.DataFrame, texts: Sequence[str], most: int, format: str) -> None:
    """Raise UserError where a text has more than `most` bytes, since it would be cut in silence."""
    for head in texts:
        for row, text in enumerate(frame[head]):
            if len(text) * 4 > most and len(text.encode()) > most:
                raise UserError("export_text_too_long", column=head, row=row + 1, bytes=most, format=format)
