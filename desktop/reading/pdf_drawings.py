"""What is drawn on a page of a PDF besides its characters: pictures, and the straight lines of tables."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from desktop.model import Box
from desktop.reading.turning import turned

SEGMENTS = 20_000  # of drawn lines looked at on one page


def pictures_and_rules(page: Any, frame: Box, quarters: int, area: float) -> tuple[float, list[Box]]:
    """Return how much of the page pictures cover (overlaps counted twice, at most 1) and its drawn level lines."""
    from pypdfium2 import raw

    width, height = frame[2] - frame[0], frame[3] - frame[1]
    covered, room, rules = 0.0, SEGMENTS, []
    for thing in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH), max_depth=4):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            wide, high = min(right, frame[2]) - max(left, frame[0]), min(top, frame[3]) - max(bottom, frame[1])
            seen = max(0.0, wide) * max(0.0, high)
            # Inside a form the bounds are the form's own, where a picture often is one wide: it fills the page, then.
            covered += area if thing.level > 0 and right - left <= 1 else seen
        elif thing.level == 0 and room > 0:
            for x0, y0, x1, y1 in _segments(thing, room):
                room -= 1
                box = (min(x0, x1) - frame[0], frame[3] - max(y0, y1), max(x0, x1) - frame[0], frame[3] - min(y0, y1))
                rules.append(turned(box, quarters, width, height))
    return min(1.0, covered / area), rules


def _segments(path: Any, most: int) -> Iterator[Box]:
    """Yield the level and upright straight lines of a path, in the page's points."""
    from pypdfium2 import raw

    matrix = path.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for k in range(min(raw.FPDFPath_CountSegments(path), most)):
        segment = raw.FPDFPath_GetPathSegment(path, k)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        ends = [(last, point)] if kind == raw.FPDF_SEGMENT_LINETO else []
        start = point if kind == raw.FPDF_SEGMENT_MOVETO else start
        if raw.FPDFPathSegment_GetClose(segment):
            ends.append((point, start))
        for (x0, y0), (x1, y1) in ends:
            if min(abs(x1 - x0), abs(y1 - y0)) < 0.5 < max(abs(x1 - x0), abs(y1 - y0)):
                yield x0, y0, x1, y1
        last = point
