"""CSV, with what comes along in files of their own beside it."""

from __future__ import annotations

from pathlib import Path

from desktop.exporting import exporter
from desktop.exporting.tables import Table
from desktop.files import write_csv


@exporter("csv")
def write_csv_files(table: Table, to: Path) -> list[Path]:
    """Write NAME.csv and its companions."""
    write_csv(to, table.heads, table.rows())
    return [to, *write_companions(table, to)]


def write_companions(table: Table, to: Path) -> list[Path]:
    """Write what comes along with the table at `to`, NAME-codebook.csv and others, and return their paths."""
    written = []
    for companion in table.companions():
        path = to.with_name(f"{to.stem}-{companion.name}.csv")
        write_csv(path, companion.heads, companion.rows)
        written.append(path)
    return written
