"""HTML -> its tags and texts, in one pass: time and memory grow with the page and with nothing else.

No library does. Half a megabyte of stray end tags takes lexbor (selectolax) two gigabytes; 0.6 MB of `<a ` keep
html.parser of Python 3.11.7 busy for more than 40 s, those or open `<div>` html5lib for more than 15; lxml drops in
silence what stands more than 256 elements deep, so most of a page that never closes <font>, takes more than 40 s over a
tag of 100,000 attributes, and its wheels hold GNU libiconv (LGPL).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

_NAME = re.compile(r"[a-zA-Z][^\s/>]*")
_ATTRIBUTE = re.compile(r"""[\s/]*([^\s=>/][^\s=>/]*)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?""")
_GAP = re.compile(r"[\s/]*")
_RAW = frozenset(
    {"script", "style", "textarea", "title", "xmp", "iframe", "noscript", "noembed", "noframes", "template"}
)
_CLOSED = frozenset({"svg", "math"})  # what may end where it begins
_LONGEST = 4096  # characters of an attribute that is kept


class Tag(NamedTuple):
    """A tag: its name in small letters, its attributes (none of an end tag), what stands raw between it and its end."""

    name: str
    closes: bool
    attributes: dict[str, str]
    raw: str = ""


def tags(page: str) -> Iterator[Tag | str]:
    """Yield the tags of a page and the texts between them, references resolved, comments and declarations left out."""
    at, size = 0, len(page)
    while at < size:
        start = page.find("<", at)
        if start < 0:
            break
        if start > at:
            yield unescape(page[at:start])
        following = page[start + 1 : start + 2]
        if following in ("!", "?"):
            at = _past(page, "-->", start + 4) if page.startswith("<!--", start) else _past(page, ">", start + 1)
            continue
        closes = following == "/"
        name = _NAME.match(page, start + 1 + closes)
        if name is None:
            # A sign for less, or an end without a name, which is a comment to browsers.
            at = _past(page, ">", start + 2) if closes else start + 1
            if not closes:
                yield "<"
            continue
        attributes, at = _attributes(page, name.end())
        tag = name[0].lower()
        if tag in _RAW and not closes:
            end = _end_of_raw(page, tag, at)
            yield Tag(tag, False, attributes, page[at:end])
            at = end
        elif not (tag in _CLOSED and page.endswith("/>", start, at)):
            yield Tag(tag, closes, {} if closes else attributes)
    if at < size:
        yield unescape(page[at:])


def _attributes(page: str, at: int) -> tuple[dict[str, str], int]:
    """Return (the attributes of a tag, where it ends), the first of each name; long ones (pictures) are left out."""
    found: dict[str, str] = {}
    while True:
        at = _GAP.match(page, at).end()  # type: ignore[union-attr]
        if at >= len(page) or page[at] == ">":
            return found, at + 1
        attribute = _ATTRIBUTE.match(page, at)
        if attribute is None:
            at += 1
            continue
        value = attribute[2] or attribute[3] or attribute[4] or ""
        if len(value) <= _LONGEST:
            found.setdefault(attribute[1].lower(), unescape(value))
        at = attribute.end()


def _end_of_raw(page: str, name: str, at: int) -> int:
    """Return where the end tag of an element begins that holds no elements; the end of the page where it has none."""
    while (at := page.find("</", at)) >= 0:
        if page[at + 2 : at + 2 + len(name)].lower() == name:
            return at
        at += 2
    return len(page)


def _past(page: str, sign: str, at: int) -> int:
    end = page.find(sign, at)
    return len(page) if end < 0 else end + len(sign)
