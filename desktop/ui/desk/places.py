"""Where the characters of a report stand on the pages of its source, and which character stands at a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from desktop.model import Box, Page

NEAR = 2.0  # points: a click this close to a character means it
SAME_LINE = 0.5  # of the lower one's height that two characters of a line share
GAP = 3.0  # heights of a character: what stands further apart is in another column
Across = tuple[float, float]  # from, to: of a box, one way


class Places:
    """The pages of one report; offsets count code points of its text, boxes are in points from a page's top left."""

    def __init__(self, pages: Sequence[Page]) -> None:
        self.pages = pages
        self._starts = [page.start for page in pages]

    def page_of(self, offset: int) -> int | None:
        """Return the index of the page on which a character stands."""
        index = bisect_right(self._starts, offset) - 1
        return index if index >= 0 and offset < self.pages[index].end else None

    def boxes(self, start: int, end: int) -> list[tuple[int, Box]]:
        """Return what a span covers, a box for each of its lines, with the index of the page of each."""
        found = []
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self.pages)):
            page = self.pages[index]
            if page.start >= end:
                break
            low, high = max(start - page.start, 0), min(end, page.end) - page.start
            found += [(index, box) for box in lines_of(page.boxes[low : max(high, low)])]
        return found

    def at(self, index: int, x: float, y: float) -> int | None:
        """Return the offset of the character at a place of a page, None where there is none near."""
        page = self.pages[index]
        for number, box in enumerate(page.boxes):
            if box is not None and box[0] - NEAR <= x <= box[2] + NEAR and box[1] - NEAR <= y <= box[3] + NEAR:
                nearer = number + 1 < len(page.boxes) and _holds(page.boxes[number + 1], x, y)
                return page.start + number + nearer
        return None


def lines_of(boxes: Iterable[Box | None]) -> list[Box]:
    """Return the boxes of characters in reading order joined into one box for each line that they stand in."""
    lines: list[Box] = []
    last: Box | None = None
    for box in boxes:
        if box is None:
            continue
        if last is not None and _follows(last, box):
            left, top, right, bottom = lines[-1]
            lines[-1] = (min(left, box[0]), min(top, box[1]), max(right, box[2]), max(bottom, box[3]))
        else:
            lines.append(box)
        last = box
    return lines


def _follows(last: Box, box: Box) -> bool:
    """Tell a character that goes on in the last one's line, which runs up or down where a page lies on its side."""
    x, y, wide, high = (last[0], last[2]), (last[1], last[3]), (box[0], box[2]), (box[1], box[3])
    return _goes_on(x, y, wide, high) or _goes_on(y, x, high, wide) or _goes_on(high, wide, y, x)


def _goes_on(along: Across, across: Across, then: Across, beside: Across) -> bool:
    height = min(across[1] - across[0], beside[1] - beside[0])
    shared = min(across[1], beside[1]) - max(across[0], beside[0])
    return shared >= SAME_LINE * height and -height <= then[0] - along[1] <= GAP * height


def _holds(box: Box | None, x: float, y: float) -> bool:
    return box is not None and box[0] <= x <= box[2] and box[1] <= y <= box[3]
