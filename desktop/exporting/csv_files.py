"""CSV, with the codebook in a file of its own beside it."""

from __future__ import annotations

from pathlib import Path

from desktop.exporting import exporter
from desktop.exporting.tables import CODEBOOK, Table
from desktop.files import write_csv


@exporter("csv")
def write_csv_files(table: Table, to: Path) -> list[Path]:
    """Write NAME.csv and NAME-codebook.csv."""
    codebook = to.with_name(f"{to.stem}-codebook.csv")
    write_csv(to, table.heads, table.rows())
    write_csv(codebook, CODEBOOK, table.codebook())
    return [to, codebook]
