"""PDF pages by pdfium: their characters, drawn lines and pictures, and how they look; one thread at a time.

pdfium counts from the bottom left corner of a page before it is rotated, and one UTF-16 unit a character; what comes
out of here counts points from the top left corner of the page as shown, and code points.
"""

from __future__ import annotations

import ctypes
import functools
import math
import os
import re
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.errors import UserError
from desktop.model import Box
from desktop.paths import packaged_font
from desktop.reading import limits
from desktop.reading.glyphs import ABOVE, BELOW, Glyph, Sheet
from desktop.reading.pdf_drawings import pictures_and_rules
from desktop.reading.rendering import fitting
from desktop.reading.turning import turned

if TYPE_CHECKING:
    from PIL.Image import Image

LOCK = threading.Lock()
"""Held by whoever calls pdfium: it is not thread-safe, not even for different documents."""

SLANTED = math.radians(4)  # characters further from level than this are no running text: watermarks, stamps
HUGE, PALE = 2.2, 140  # watermarks: as many times as large as the text, and each colour at least so light
INVISIBLE = 3  # the way of painting of text that lies behind a picture for searching
QUARTER = math.pi / 2
NO_PAGES = re.compile(rb"/Count\s+0\b")
FONTS = ("/usr/share/fonts", "/usr/share/X11/fonts/Type1", "/usr/share/X11/fonts/TTF", "/usr/local/share/fonts")
"""Where pdfium looks for fonts on Linux if it is not told where."""


class Leaf(NamedTuple):
    """What one page holds: its characters, how much of it pictures cover (0 to 1), whether its text is not seen."""

    sheet: Sheet
    pictured: float
    unseen: bool


class _Letter(NamedTuple):
    """A character as pdfium tells it: origin, advance box and size in points before rotation; direction in quarters."""

    at: int
    text: str
    x: float
    y: float
    loose: Box
    size: float
    direction: int


@functools.cache
def _know_a_chinese_font() -> object:
    """Show pdfium the packaged font as well, on Linux, where a machine may have no Chinese one.

    Characters of a font that is not in the file would have no size there, and show nothing. What is returned the cache
    keeps, since pdfium reads it as long as it lives.
    """
    font = packaged_font()
    if sys.platform != "linux" or font is None:
        return None
    from pypdfium2 import raw

    letters = ctypes.POINTER(ctypes.c_char)
    folders = [ctypes.create_string_buffer(os.fsencode(folder)) for folder in (*FONTS, font.parent)]
    paths = (letters * (len(folders) + 1))(*(ctypes.cast(folder, letters) for folder in folders))  # the last is null
    raw.FPDF_DestroyLibrary()
    raw.FPDF_InitLibraryWithConfig(raw.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=paths))
    return folders, paths


@contextmanager
def opened(name: str, data: bytes) -> Iterator[tuple[Any, int]]:
    """Hold a PDF open and tell how many pages it has; UserError where it is locked, damaged, empty or too long."""
    import pypdfium2
    from pypdfium2 import raw

    with LOCK:
        _know_a_chinese_font()
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            # For some files pdfium tells what was wrong with the one before.
            locked = error.err_code in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) and b"/Encrypt" in data
            told = "source_locked" if locked else "source_no_pages" if NO_PAGES.search(data) else "source_damaged"
            raise UserError(told, name=name) from None
        count = len(document)
    try:
        if count > limits.PAGES:
            raise UserError("source_too_many_pages", name=name, pages=count, most=limits.PAGES)
        yield document, count
    except pypdfium2.PdfiumError:
        raise UserError("source_damaged", name=name) from None
    finally:
        with LOCK:
            document.close()


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    """Hold one page open, and pdfium for this thread."""
    with LOCK:
        page = document[number]
        try:
            yield page
        finally:
            page.close()


def drawn(document: Any, number: int, scale: float) -> Image:
    """Return the page of this index as a picture (mode RGB), at `scale` pixels a point."""
    with _page(document, number) as page:
        bitmap = page.render(scale=fitting(page.get_width(), page.get_height(), scale))
        try:
            picture: Image = bitmap.to_pil().convert("RGB")  # a copy, since the bitmap goes
            return picture
        finally:
            bitmap.close()


def leaf(document: Any, number: int, most: int) -> Leaf:
    """Return what the page of this index holds, of its characters one more than `most` at most."""
    with _page(document, number) as page:
        quarters = page.get_rotation() // 90 % 4
        frame = _frame(page)
        width, height = _shown_size(frame, quarters)
        area = max(width * height, 1.0)
        pictured, rules = pictures_and_rules(page, frame, quarters, area)
        text = page.get_textpage()
        try:
            letters = list(islice(_letters(text), most + 1))
            unseen = pictured > 0.5 and _is_unseen(text, letters)
            glyphs = _glyphs(text, letters, frame, quarters)
        finally:
            text.close()
        turn, found = glyphs
        level = [turned(rule, turn, width, height) for rule in rules] if turn else rules
        return Leaf(Sheet(width, height, found, level), pictured, unseen)


def _frame(page: Any) -> Box:
    left, bottom, right, top = page.get_bbox()
    return left, bottom, max(right, left + 1), max(top, bottom + 1)


def _shown_size(frame: Box, quarters: int) -> tuple[float, float]:
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    return (height, width) if quarters % 2 else (width, height)


def _letters(text: Any) -> Iterator[_Letter]:
    """Yield the characters that the file itself has: not those that pdfium makes up for gaps and line ends."""
    from pypdfium2 import raw

    x, y = ctypes.c_double(), ctypes.c_double()
    box, first, matrix = raw.FS_RECTF(), raw.FS_RECTF(), raw.FS_MATRIX()
    high = 0
    for unit in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, unit)
        if raw.FPDFText_IsGenerated(text, unit) == 1 or code in (0, 0xFFFE, 0xFFFF):
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        raw.FPDFText_GetLooseCharBox(text, unit, box)
        at, left = unit, box.left
        if 0xDC00 <= code < 0xE000:
            if not high:
                continue
            # The halves of a pair may share one place, or have one each.
            at, code = unit - 1, 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00
            raw.FPDFText_GetLooseCharBox(text, at, first)
            left = first.left
        high = 0
        raw.FPDFText_GetCharOrigin(text, at, x, y)
        raw.FPDFText_GetMatrix(text, at, matrix)
        size = raw.FPDFText_GetFontSize(text, at) * math.hypot(matrix.c, matrix.d)
        angle = math.atan2(matrix.b, matrix.a)
        direction = round(angle / QUARTER)
        if abs(angle - direction * QUARTER) <= SLANTED:
            loose = (left, box.bottom, box.right, box.top)
            yield _Letter(at, chr(code), x.value, y.value, loose, size, direction % 4)


def _is_unseen(text: Any, letters: list[_Letter]) -> bool:
    from pypdfium2 import raw

    sample = letters[:: max(1, len(letters) // 50)]
    modes = [raw.FPDFTextObj_GetTextRenderMode(raw.FPDFText_GetTextObject(text, one.at)) for one in sample]
    return bool(2 * sum(mode == INVISIBLE for mode in modes) > len(modes))


def _glyphs(text: Any, letters: list[_Letter], frame: Box, quarters: int) -> tuple[int, list[Glyph]]:
    """Return how many quarters the page as shown is turned (clockwise) to read its text, and its characters."""
    directions = Counter(letter.direction for letter in letters)
    if not directions:
        return 0, []
    main = directions.most_common(1)[0][0]
    turn = (main - quarters) % 4  # text that runs up the page (one quarter) reads level once turned clockwise
    body = median(letter.size for letter in letters if letter.direction == main)
    width, height = frame[2] - frame[0], frame[3] - frame[1]
    shown = _shown_size(frame, quarters)
    glyphs = []
    for letter in letters:
        if letter.direction != main or (letter.size > HUGE * body and _is_pale(text, letter.at)):
            continue
        x, y = letter.x - frame[0], frame[3] - letter.y
        left, bottom, right, top = letter.loose
        loose = (left - frame[0], frame[3] - top, right - frame[0], frame[3] - bottom)
        level = turned(loose, main, width, height)
        _, base, _, _ = turned((x, y, x, y), main, width, height)
        em = letter.size if 1 <= letter.size < 1000 else max(level[3] - level[1], 1.0)
        place = (level[0], base - ABOVE * em, max(level[2], level[0]), base + BELOW * em)
        box = None
        if turn:
            box = turned(place, -turn, *(shown if turn % 2 == 0 else shown[::-1]))
        glyphs.append(Glyph(letter.text, *place, box))
    return turn, glyphs


def _is_pale(text: Any, at: int) -> bool:
    from pypdfium2 import raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    raw.FPDFText_GetFillColor(text, at, red, green, blue, alpha)
    return bool(alpha.value < 160 or min(red.value, green.value, blue.value) >= PALE)
