"""PDF: one font that every reader knows and none embeds; what is set, a picture a page, or any drawing at all."""

from __future__ import annotations

from collections.abc import Sequence

from tests.converting import Block, writer
from tests.converting.setting import HEIGHT, WIDTH, Sheet, pages

FONT = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UTF16-H/DescendantFonts[<</Type/Font"
    b"/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>"
    b"/DW 1000/W[1 95 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/ItalicAngle 0"
    b"/Ascent 880/Descent -120/CapHeight 880/StemV 80/FontBBox[-25 -254 1000 880]>>>>]>>"
)


@writer(".pdf")
def write(blocks: Sequence[Block]) -> bytes:
    """Return the pages as they are set (tests.converting.setting)."""
    return document([content(sheet) for sheet in pages(blocks)])


def content(sheet: Sheet) -> bytes:
    """Return the drawing of one page: its words, and the lines of its tables."""
    drawn = [said(words.text, words.x, HEIGHT - words.y, words.size) for words in sheet.words]
    drawn += [b"%.2f %.2f m %.2f %.2f l S" % (x0, HEIGHT - y0, x1, HEIGHT - y1) for x0, y0, x1, y1 in sheet.lines]
    return b"\n".join(drawn)


def said(text: str, x: float, y: float, size: float, turn: tuple[float, float, float, float] = (1, 0, 0, 1)) -> bytes:
    """Return the drawing of a line of text at a place (from the bottom left), under the matrix `turn`."""
    letters = text.encode("utf-16-be").hex().encode()
    return b"BT /F %.2f Tf %.4f %.4f %.4f %.4f %.2f %.2f Tm <%s> Tj ET" % (size, *turn, x, y, letters)


def document(
    contents: Sequence[bytes], *, size: tuple[float, float] = (WIDTH, HEIGHT), rotate: int = 0,
    pictures: Sequence[tuple[bytes, int, int]] = (),
) -> bytes:  # fmt: skip
    """Return a file of pages with these drawings; a JPEG (bytes, width, height) is /I on the page of its number."""
    things = [b"<</Type/Catalog/Pages 2 0 R>>", b"", FONT]
    kids = []
    for number, drawn in enumerate(contents):
        things.append(b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn))
        held, shown = len(things), b""
        if number < len(pictures):
            data, width, height = pictures[number]
            shown = b"/XObject<</I %d 0 R>>" % (held + 1)
            things.append(
                b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceRGB/BitsPerComponent 8"
                b"/Filter/DCTDecode/Length %d>>stream\n%s\nendstream" % (width, height, len(data), data)
            )
        things.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>%s>>>>" % (*size, rotate, held, shown)
        )
        kids.append(b"%d 0 R" % len(things))
    things[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return _filed(things)


def _filed(things: Sequence[bytes]) -> bytes:
    made, places = b"%PDF-1.7\n", []
    for number, thing in enumerate(things, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, thing)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(things) + 1, table)
    return made + head + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(things) + 1, len(made))
