"""Plain text in the encodings that Chinese offices use: UTF-8 with and without BOM, UTF-16, GB18030."""

from __future__ import annotations

import codecs
import re

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import reader, sha256

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


@reader(".txt")
def read_txt(name: str, data: bytes) -> Document:
    """Return the text exactly as written, line ends made \\n; UserError where the bytes are no text."""
    text = decode(name, data).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise UserError("source_empty", name=name)
    return Document(name=name, reader="txt", source_sha256=sha256(data), text=text)


def decode(name: str, data: bytes) -> str:
    """Return `data` as text: by its byte order mark, else strict UTF-8, else the likelier of UTF-16 and GB18030."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError:
                raise UserError("source_not_text", name=name) from None
    if b"\x00" not in data:
        try:
            return _plausible(name, data.decode("utf-8"))
        except UnicodeDecodeError:
            pass
    return _plausible(name, max(_legacy(data), key=_han_share, default=""))


def _legacy(data: bytes) -> list[str]:
    texts = []
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        try:
            texts.append(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    return texts


def _han_share(text: str) -> float:
    """Return how much of `text` is Chinese characters in common use: wrong decodings scatter over rare ones."""
    common = sum("一" <= c <= "龥" or c in "，。、；：“”（）《》\n " or (c.isascii() and c.isprintable()) for c in text)
    return common / len(text) if text else 0.0


def _plausible(name: str, text: str) -> str:
    sample = text[:20000]
    if not sample or len(CONTROL.findall(sample)) > len(sample) / 100 or _han_share(sample) < 0.6:
        raise UserError("source_not_text", name=name)
    return text
