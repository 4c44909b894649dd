"""How the pages of a source look: one function a format, for the formats that have pages."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from desktop import reading
from desktop.errors import UserError
from desktop.reading import kinds
from desktop.registry import Registry

PIXELS = 40_000_000  # of one picture made: its memory is three times this


class Picture(NamedTuple):
    """A page as it looks: its size in pixels, and red, green, blue of each, row by row from the top."""

    width: int
    height: int
    rgb: bytes


Renderer = Callable[[str, bytes, int, float], Picture]

renderer: Registry[Renderer] = Registry()


def render(name: str, data: bytes, number: int, scale: float) -> Picture:
    """Return a page of a source, from 1 on, at `scale` pixels a point, smaller where that takes too much memory.

    UserError where the source has no pages, or not this one. No store, no Qt: a job may call it.
    """
    reading.readers()  # whose modules enter their renderers too
    ending = kinds.of(data) or PurePath(name).suffix.lower()
    entry = renderer.get(kinds.same(ending))
    if entry is None:
        raise UserError("source_no_such_page", name=name, number=number)
    return entry(name, data, number, scale)


def is_paged(reader_name: str) -> bool:
    """Return whether sources that this reader (`Document.reader`) read have pages that `render` shows."""
    reading.readers()
    kind, _, how = reader_name.partition("/")
    return how in ("", "ocr") and f".{kind}" in renderer


def fitting(width: float, height: float, scale: float) -> float:
    """Return `scale`, or as much of it as keeps a page of this size in points within PIXELS."""
    return min(scale, math.sqrt(PIXELS / max(1.0, width * height)))
