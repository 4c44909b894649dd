"""SPSS (.sav), written by pyreadstat."""

from __future__ import annotations

from pathlib import Path

from desktop.exporting import exporter
from desktop.exporting.csv_files import write_companions
from desktop.exporting.frames import frame_of, labels_of, refuse_longer, texts_of
from desktop.exporting.tables import Table

MAX_LABEL = 85  # Chinese characters; 256 bytes
MAX_TEXT = 32_767  # bytes
# Where the head of the file has the date and time of writing: 9 + 8 characters after eight fields.
WRITTEN_AT = slice(92, 109)


@exporter("spss", ".sav")
def write_spss(table: Table, to: Path) -> list[Path]:
    """Write NAME.sav with Chinese variable labels, and the companions as CSV; UserError says what does not fit."""
    import pyreadstat

    frame = frame_of(table, "SPSS")
    texts = texts_of(table)
    refuse_longer(frame, texts, MAX_TEXT, "SPSS")
    measures = {head: "nominal" if head in texts else "scale" for head in table.heads}
    pyreadstat.write_sav(frame, to, column_labels=[*labels_of(table, MAX_LABEL).values()], variable_measure=measures)
    with to.open("r+b") as file:  # a fixed date: the same cells make the same bytes
        file.seek(WRITTEN_AT.start)
        file.write(b"01 Jan 0000:00:00")
    return [to, *write_companions(table, to)]
