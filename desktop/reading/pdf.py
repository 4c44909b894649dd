"""PDF: pages with text are read as they stand, pages that are pictures by recognition of their characters."""

from __future__ import annotations

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import limits, ocr, pdfium, reader, sha256
from desktop.reading.glyphs import Sheet
from desktop.reading.paragraphs import compose
from desktop.reading.rendering import Picture, renderer

STRANGE = 0.15  # of the characters: a font that does not say which characters it shows
UNTOLD = 0.5  # how sure the text is that a scanner's program laid behind its picture: nobody says
SCALE = 200 / 72  # pixels a point: what recognition is shown


@reader(".pdf")
def read_pdf(name: str, data: bytes) -> Document:
    """Return the text of a PDF with the place of each character; UserError where it is locked, damaged or empty."""
    sheets: list[Sheet] = []
    left, recognised = limits.CHARACTERS, 0
    with pdfium.opened(name, data) as (document, count):
        for number in range(count):
            leaf = pdfium.leaf(document, number, left)
            sheet = leaf.sheet
            if leaf.unseen and ocr.models() is None:
                sheet = sheet._replace(glyphs=[glyph._replace(sure=UNTOLD) for glyph in sheet.glyphs])
            elif _is_picture(leaf):
                ocr.must_be_there(name)
                recognised += 1
                if recognised > limits.SCANNED_PAGES:
                    raise UserError("source_too_many_pages", name=name, pages=count, most=limits.SCANNED_PAGES)
                sheet = ocr.recognise(pdfium.drawn(document, number, SCALE), sheet.width, sheet.height)
            sheets.append(sheet)
            left -= len(sheet.glyphs)
            if left < 0:
                raise UserError("source_too_long", name=name, most=limits.CHARACTERS)
    found = compose(name, "pdf/ocr" if recognised else "pdf", sha256(data), sheets)
    if not found.text.strip():
        raise UserError("source_without_text", name=name)
    return found


@renderer(".pdf")
def render_pdf(name: str, data: bytes, number: int, scale: float) -> Picture:
    """Return one page of a PDF, from 1 on, at `scale` pixels a point; UserError as for reading."""
    with pdfium.opened(name, data) as (document, count):
        if not 1 <= number <= count:
            raise UserError("source_no_such_page", name=name, number=number)
        shown = pdfium.drawn(document, number - 1, scale)
    return Picture(shown.width, shown.height, shown.tobytes())


def _is_picture(leaf: pdfium.Leaf) -> bool:
    """Tell a page whose text is in a picture of it, or whose characters are not said, from one with text."""
    said = [glyph.text for glyph in leaf.sheet.glyphs if not glyph.text.isspace()]
    strange = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" or c < " " for c in said)
    if strange > STRANGE * max(1, len(said)):
        return True
    return leaf.pictured > ocr.PICTURE and (len(said) < ocr.FEW or leaf.unseen)
