"""OFD (GB/T 33190), the fixed pages of Chinese offices: a zip of XML parts that places each character on its page."""

from __future__ import annotations

import contextlib
import functools
import itertools
from typing import TYPE_CHECKING

from desktop.errors import UserError
from desktop.model import Box, Document
from desktop.paths import packaged_font
from desktop.reading import limits, ocr, pictures, reader, sha256, zips
from desktop.reading.glyphs import ABOVE, Glyph, Sheet
from desktop.reading.ofd_package import Package, leaves
from desktop.reading.ofd_page import Leaf
from desktop.reading.paragraphs import compose
from desktop.reading.rendering import Picture, fitting, renderer

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

MOST = 4000  # pixels of a side of a picture on a page that is drawn
LARGEST, MANY = 500, 20_000  # pixels of a character that anybody reads; characters drawn on one page


@reader(".ofd")
def read_ofd(name: str, data: bytes) -> Document:
    """Return the text with the place of each character; UserError where it is locked, damaged or without text.

    Pages that are pictures are read by recognition of their characters.
    """
    with zips.packaged(name, data) as archive:
        package = Package(name, archive)
        found = list(leaves(package))
        scans = sum(map(_is_picture, found))
        if scans > limits.SCANNED_PAGES:
            raise UserError("source_too_many_pages", name=name, pages=len(found), most=limits.SCANNED_PAGES)
        sheets = [_recognised(package, leaf) if _is_picture(leaf) else leaf.sheet for leaf in found]
    return compose(name, "ofd/ocr" if scans else "ofd", sha256(data), sheets)


@renderer(".ofd")
def render_ofd(name: str, data: bytes, number: int, scale: float) -> Picture:
    """Return one page, from 1 on, at `scale` pixels a point, in the packaged font; UserError as for reading."""
    from PIL import Image, ImageDraw

    with zips.packaged(name, data) as archive:
        package = Package(name, archive)
        leaf = next(itertools.islice(leaves(package), max(number, 1) - 1, None), None)
        if leaf is None or number < 1:
            raise UserError("source_no_such_page", name=name, number=number)
        sheet = leaf.sheet
        scale = fitting(sheet.width, sheet.height, scale)
        shown = Image.new("RGB", (max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale))), "white")
        for path, box in leaf.pictures:
            left, top, right, bottom = (round(side * scale) for side in box)
            size = min(max(1, right - left), MOST), min(max(1, bottom - top), MOST)
            with contextlib.suppress(UserError):  # the rest of the page tells more than nothing
                shown.paste(pictures.upright(name, package.read(path, limits.SOURCE_BYTES)).resize(size), (left, top))
    draw = ImageDraw.Draw(shown)
    for box in sheet.rules:
        draw.line([side * scale for side in box], "black")
    for glyph in sheet.glyphs[:MANY]:
        high = round(glyph.em * scale)
        if not 1 <= high <= LARGEST:
            continue
        place = (glyph.left * scale, (glyph.top + ABOVE * glyph.em) * scale)
        draw.text(place, glyph.text, "black", _font(high), anchor="ls")
    return Picture(shown.width, shown.height, shown.tobytes())


@functools.lru_cache(maxsize=16)
def _font(size: int) -> FreeTypeFont | ImageFont:
    from PIL.ImageFont import load_default, truetype

    font = packaged_font()
    return truetype(str(font), size) if font else load_default(size)


def _largest(leaf: Leaf) -> tuple[str, Box, float]:
    """Return the picture of a page that covers most of it, where it stands, and how many square points it covers."""

    def covered(box: Box) -> float:
        across = min(box[2], leaf.sheet.width) - max(box[0], 0.0)
        return across * (min(box[3], leaf.sheet.height) - max(box[1], 0.0))

    return max(((path, box, covered(box)) for path, box in leaf.pictures), key=lambda found: found[2])


def _is_picture(leaf: Leaf) -> bool:
    """Tell a page whose text is in a picture of it."""
    if not leaf.pictures or sum(not glyph.text.isspace() for glyph in leaf.sheet.glyphs) >= ocr.FEW:
        return False
    return _largest(leaf)[2] > ocr.PICTURE * leaf.sheet.width * leaf.sheet.height


def _recognised(package: Package, leaf: Leaf) -> Sheet:
    """Return what stands on the largest picture of a page, where it stands on the page."""
    path, (left, top, right, bottom), _ = _largest(leaf)
    try:
        found = pictures.recognised(package.name, package.read(path, limits.SOURCE_BYTES), right - left, bottom - top)
    except UserError as error:
        if error.message_id == "source_damaged":
            raise UserError("ofd_picture", name=package.name) from None
        raise
    glyphs = [_moved(glyph, left, top) for glyph in found.glyphs]
    return Sheet(leaf.sheet.width, leaf.sheet.height, glyphs)


def _moved(glyph: Glyph, x: float, y: float) -> Glyph:
    box = glyph.box and (glyph.box[0] + x, glyph.box[1] + y, glyph.box[2] + x, glyph.box[3] + y)
    place = glyph.left + x, glyph.top + y, glyph.right + x, glyph.bottom + y
    return Glyph(glyph.text, *place, box, glyph.sure)
