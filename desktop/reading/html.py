"""Saved web pages (.html): the encoding found out, the report taken out of the page."""

from __future__ import annotations

import contextlib
import re

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import reader, sha256
from desktop.reading.txt import BOMS, read_txt
from desktop.reading.web_article import article
from desktop.reading.web_tree import parse

_HEAD = 8192
_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,400}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I
)
_TAG = re.compile(rb"<[a-zA-Z!/]")
# A page that says gb2312 uses characters of its successors, which have all of its own. Any other label is a lie where
# a page is Chinese and no UTF-8.
_TAIWANESE = frozenset({"big5", "big5-hkscs", "x-x-big5"})
_BROKEN = 0.02  # of the characters of a page may be such as its encoding does not have


@reader(".html", ".htm")
def read_html(name: str, data: bytes) -> Document:
    """Return the report that a saved page shows; UserError where it shows none or is made to overwhelm."""
    if not _TAG.search(data.replace(b"\x00", b"")):
        return read_txt(name, data)
    body, said = parse(name, decode(name, data))
    text = article(body, said)
    if not text.strip():
        raise UserError("source_empty", name=name)
    return Document(name=name, reader="html", source_sha256=sha256(data), text=text)


def decode(name: str, data: bytes, told: str | None = None) -> str:
    """Return a page as text: by its byte order mark, as UTF-8 where it is that, else as it or its sender (`told`) says.

    Pages lie: browsers save UTF-8 and leave the old label. Nothing else is UTF-8 by chance. UserError where the bytes
    are no text in any of these.
    """
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    labels = [found[1].decode("ascii") for found in _CHARSET.finditer(data[:_HEAD])]
    taiwanese = _TAIWANESE & {label.lower() for label in [told or "", *labels]}
    for encoding in ("utf-8", *(["big5hkscs"] if taiwanese else []), "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return data.decode(encoding)
    # Cut short, or a few bytes of it damaged: the encoding that loses least.
    text = min((data.decode(each, "replace") for each in ("utf-8", "gb18030")), key=lambda text: text.count("\ufffd"))
    if text.count("\ufffd") > _BROKEN * len(text) + 2:
        raise UserError("source_not_text", name=name)
    return text
