"""Cells in, files out: one module a format, entered in the registry by its name; a codebook always comes along."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path

from desktop.errors import UserError
from desktop.exporting.tables import Table
from desktop.files import whole
from desktop.registry import Registry, import_all

Exporter = Callable[[Table, Path], list[Path]]
"""Writes a table to a path, other files beside it, and returns all of them, the table itself first."""

# Each under the format's name and, where another is usual, the ending of its files.
exporter: Registry[Exporter] = Registry()


@functools.cache
def exporters() -> Registry[Exporter]:
    """Return the registry with every format module of this package entered."""
    import_all(__name__, __path__)
    return exporter


def endings() -> dict[str, str]:
    """Return each format's name -> the ending of its files, without the dot, by name."""
    usual = {entry: name.removeprefix(".") for name, entry in exporters().items() if name.startswith(".")}
    return {name: usual.get(entry, name) for name, entry in sorted(exporter.items()) if not name.startswith(".")}


def format_of(to: Path, format: str = "") -> str:
    """Return the format in which to write a file, by its ending where none is named; UserError where neither fits."""
    by_ending = {ending: name for name, ending in endings().items()}
    ending = to.suffix.lstrip(".").lower()
    meant = by_ending.get(ending)
    format = format or meant or ending
    if not format:
        raise UserError("export_format_missing", path=to.name, known=" ".join(f".{e}" for e in sorted(by_ending)))
    if format not in endings():
        raise UserError("export_format_unknown", format=format, known=" ".join(endings()))
    if meant not in (None, format):
        raise UserError("export_ending_differs", path=to.name, format=format)
    return format


def write(to: Path, table: Table, *, format: str = "") -> list[Path]:
    """Write a table with its companions (codebook, findings, …) and return the files, the table first.

    `format` is one of `endings()`, by the file's ending where it is empty. What cannot be finished leaves the files
    that were there as they were. UserError says what cannot be written.
    """
    if to.is_dir():
        raise UserError("file_is_folder", path=to)
    format = format_of(to, format)
    if not to.suffix:
        to = to.with_name(f"{to.name}.{endings()[format]}")
    with whole(to) as new:
        written = exporter[format](table, new)
    return [to.with_name(path.name) for path in written]
