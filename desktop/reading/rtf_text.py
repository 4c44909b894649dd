"""Bytes of rich text in the encodings that its fonts and its head name."""

from __future__ import annotations

import re

SYMBOL = "symbol"
CHARSETS = {
    0: "cp1252", 2: SYMBOL, 77: "mac_roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5hkscs",
    161: "cp1253", 162: "cp1254", 163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
CODE_PAGES = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs", 54936: "gb18030", 65001: "utf-8"}
WIDE = frozenset({*CODE_PAGES.values()})
_PAIRS = re.compile(rb"[\x00-\x7f]*(?:(?:[\x81-\xfe]{2})+[\x00-\x7f]*)+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def code_page(number: int) -> str:
    """Return the encoding of a Windows code page."""
    return CODE_PAGES.get(number) or (f"cp{number}" if 1250 <= number <= 1258 else "cp1252")


def decoded(raw: bytes, font: str, east: str, head: str) -> str:
    """Return text from bytes by the encoding of their font, of the font for Chinese beside it, or of the head.

    Pairs of high bytes in a Western font are Chinese, whose program did not mind; signs of symbol fonts are none.
    """
    if font in WIDE:
        return raw.decode(font, "replace")
    if not raw.isascii() and _PAIRS.fullmatch(raw):
        for encoding in (east, head):
            if encoding in WIDE:
                try:
                    return raw.decode(encoding)
                except UnicodeDecodeError:
                    continue
    return "" if font == SYMBOL else raw.decode(font, "replace")


def joined(text: str) -> str:
    """Return text with halves of rare characters made one and without the signs that only a symbol font has."""
    return _PRIVATE.sub("", text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace"))
