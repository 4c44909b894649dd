"""Cells in, files out: one module a format, entered in the registry by its name; a codebook always comes along."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from pathlib import Path

from db.rows import CellRow
from desktop.errors import UserError
from desktop.exporting.tables import Sentence, Table
from desktop.files import whole
from desktop.indicators import Catalogue
from desktop.progress import Progress
from desktop.registry import Registry

Exporter = Callable[[Table, Path], list[Path]]
"""Writes a table to a path, other files beside it, and returns all of them, the table itself first."""

exporter: Registry[Exporter] = Registry()


def exporters() -> Registry[Exporter]:
    """Return the registry with every format module of this package entered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return exporter


def write(
    to: Path,
    *,
    format: str,
    shape: str,
    cells: Iterable[CellRow],
    catalogue: Catalogue,
    sentence: Sentence,
    progress: Progress,
) -> list[Path]:
    """Write the table of `cells` (in formats.md's order) with its codebook and return the files, the table first.

    `format` is an exporter's name, `shape` "wide" or "long"; `sentence(report_id, start, end)` returns the sentence
    around a figure. One progress step is one cell. What cannot be finished leaves the files that were there as they
    were. UserError says what cannot be written.
    """
    if to.is_dir():
        raise UserError("file_is_folder", path=to)
    entry = exporters().get(format)
    if not format:
        raise UserError("export_format_missing", path=to.name, known=" ".join(f".{name}" for name in sorted(exporter)))
    if entry is None:
        raise UserError("export_format_unknown", format=format, known=" ".join(sorted(exporter)))
    ending = to.suffix.lstrip(".").lower()
    if ending != format and ending in exporter:
        raise UserError("export_ending_differs", path=to.name, format=format)
    if not to.suffix:
        to = to.with_name(f"{to.name}.{format}")
    with whole(to) as new:
        written = entry(Table(shape, catalogue, cells, sentence, progress), new)
    return [to.with_name(path.name) for path in written]
