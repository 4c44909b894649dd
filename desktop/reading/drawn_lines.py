"""The long straight lines on a picture of a page, which are those of tables; in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL.Image import Image

    from desktop.model import Box

TILE = 16  # pixels: lines are looked for in pieces so long, within which none is so askew that it leaves its row
DARK = 0.8  # of the brightness around
FILLED = 0.9  # of a piece
STEP, THICK = 2, 12  # pixels: how far pieces of one line stand from each other; what is thicker is no line
ACROSS, DOWN = 8, 4  # pieces: as short as a line may be; a dash or the stroke of a character is shorter
MOST = 20_000  # pieces: a page with more is a photo of something else


def drawn_lines(picture: Image) -> list[Box]:
    """Return the lines across and down a picture, each a box without height or width (or nearly)."""
    import numpy as np
    from PIL import ImageFilter

    grey = picture.convert("L")
    around = np.asarray(grey.filter(ImageFilter.BoxBlur(24)), dtype=np.float32)
    dark = np.asarray(grey, dtype=np.float32) < DARK * around
    found = [(x0, y0, x1, y1) for x0, y0, x1, y1 in _lines(dark, ACROSS)]
    return found + [(x0, y0, x1, y1) for y0, x0, y1, x1 in _lines(dark.T, DOWN)]


def _lines(dark: Any, least: int) -> Iterator[Box]:
    """Yield the lines from left to right, at least so many pieces long."""
    import numpy as np

    height, pieces = dark.shape[0] - 1, dark.shape[1] // TILE
    close = (dark[:-1] | dark[1:])[:, : pieces * TILE].reshape(height, pieces, TILE).mean(axis=2) > FILLED
    if not 0 < close.sum() <= MOST:
        return
    open_: list[tuple[int, float, float]] = []  # first piece, height there, height at the last piece
    for piece in range(pieces + 1):
        rows = np.flatnonzero(close[:, piece]) if piece < pieces else np.empty(0, dtype=np.intp)
        groups = np.split(rows, np.flatnonzero(np.diff(rows) > 1) + 1) if len(rows) else []
        here = [float(group.mean()) for group in groups if len(group) <= THICK]
        going_on = []
        for first, begun, last in open_:
            near = [row for row in here if abs(row - last) <= STEP]
            if near:
                here.remove(near[0])
                going_on.append((first, begun, near[0]))
            elif piece - first >= least:
                # At either end a part of a piece may be a line too: on the average, half of it.
                yield first * TILE - TILE / 2, min(begun, last), piece * TILE + TILE / 2, max(begun, last)
        open_ = going_on + [(piece, row, row) for row in here]
