"""What a source is by its bytes: endings lie, since files are renamed, and .doc is what everything is called."""

from __future__ import annotations

import re

SAMPLE = 4096
ZIP, OLE = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LOCKED = "locked"
_SIGNS = (
    (b"{\\rtf", ".rtf"), (b"\x89PNG\r\n\x1a\n", ".png"), (b"\xff\xd8\xff", ".jpg"), (b"II*\x00", ".tif"),
    (b"MM\x00*", ".tif"), (b"GIF8", ".gif"), (b"Rar!\x1a\x07", ".rar"), (b"7z\xbc\xaf\x27\x1c", ".7z"),
    (b"\x1f\x8b\x08", ".gz"), (b"SQLite format 3\x00", ".db"), (b"\x7fELF", ".exe"),
)  # fmt: skip
# Files of a zip that say what it is, in the order of looking: names of a zip stand in it as they are.
_INSIDE = (
    (b"OFD.xml", ".ofd"), (b"word/document.xml", ".docx"), (b"xl/workbook", ".xlsx"), (b"ppt/presentation", ".pptx"),
    (b"application/vnd.oasis.opendocument.text", ".odt"), (b"application/epub+zip", ".epub"),
    (b"word/", ".docx"),
)  # fmt: skip
_STREAMS = (
    ("EncryptedPackage", LOCKED),
    ("WordDocument", ".doc"),
    ("Workbook", ".xls"),
    ("PowerPoint Document", ".ppt"),
)
_BITMAPS = tuple(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))  # of a bitmap's second header
_TEXTS = frozenset({".txt", ".html"})
_SAME = {
    ".jpeg": ".jpg", ".tiff": ".tif", ".htm": ".html", ".mhtml": ".mht", ".wps": ".doc", ".wpt": ".doc", ".dot": ".doc",
    ".docm": ".docx", ".dotx": ".docx", ".wpsx": ".docx",
}  # fmt: skip
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]{0,200}\?>\s*|<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|link|title|style|script|div|table|center|p|h[1-6])\b",
    re.IGNORECASE | re.DOTALL,
)
_MAIL = re.compile(
    rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]{0,998}\r?\n(?:[ \t][^\r\n]{0,998}\r?\n)*)*?"
    rb"content-type:\s*(?:multipart/|text/html)",
    re.IGNORECASE,
)
_WORD_XML = re.compile(rb"<\?mso-application\s+progid=\"Word\.Document\"\s*\?>")


def same(ending: str) -> str:
    """Return the ending under which a format is known here, of all the endings that its files have."""
    return _SAME.get(ending, ending)


def is_text(ending: str) -> bool:
    """Tell a format that is text, which may come without any sign of its own."""
    return same(ending) in _TEXTS


def of(data: bytes) -> str | None:
    """Return the ending that the bytes of a source deserve, `LOCKED` for a password's sake, None for what has no sign.

    Plain text has none, and so has what nobody knows.
    """
    head = data[:SAMPLE]
    for sign, ending in _SIGNS:
        if head.startswith(sign):
            return ending
    if head.startswith(ZIP):
        return next((ending for sign, ending in _INSIDE if sign in data), ".zip")
    if head.startswith(OLE):
        return next((ending for stream, ending in _STREAMS if stream.encode("utf-16-le") in data), ".ole")
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return ".webp"
    if head.startswith(b"BM") and head[14:18] in _BITMAPS:
        return ".bmp"
    if b"%PDF-" in head[:1024]:
        return ".pdf"
    return _of_text(head)


def _of_text(head: bytes) -> str | None:
    for mark, width in ((b"\xef\xbb\xbf", 1), (b"\xff\xfe", 2), (b"\xfe\xff", 2)):
        if head.startswith(mark):
            # Two bytes a character: the signs are looked for in the plain letters alone.
            head = head[len(mark) :] if width == 1 else head[2:].replace(b"\x00", b"")
            break
    if _WORD_XML.search(head):
        return ".docx"
    if _MAIL.match(head.lstrip()):
        return ".mht"
    return ".html" if _PAGE.match(head) else None
