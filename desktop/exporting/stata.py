"""Stata 14 and later (.dta, format 118, which holds Chinese)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from desktop.exporting import exporter
from desktop.exporting.csv_files import write_companions
from desktop.exporting.frames import frame_of, labels_of, texts_of
from desktop.exporting.tables import Table

MAX_LABEL = 80
MAX_TEXT = 2045  # bytes of a fixed-width text; longer columns become strL, which has no such limit


@exporter("stata", ".dta")
def write_stata(table: Table, to: Path) -> list[Path]:
    """Write NAME.dta with Chinese variable labels, and the companions as CSV; UserError where it has too many rows."""
    frame = frame_of(table, "Stata")
    # A fixed date: the same cells make the same bytes.
    frame.to_stata(
        to,
        version=118,
        write_index=False,
        time_stamp=datetime(2000, 1, 1),
        variable_labels={**labels_of(table, MAX_LABEL)},
        convert_strl=[head for head in texts_of(table) if any(len(text.encode()) > MAX_TEXT for text in frame[head])],
    )
    return [to, *write_companions(table, to)]
