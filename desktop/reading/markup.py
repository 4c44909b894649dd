"""XML as others made it -> a tree of bounded size: no declared entities, no depth without end."""

from __future__ import annotations

import io
import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from desktop.errors import UserError
from desktop.reading import limits

DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_LONG_TAG = re.compile(rb"<[^<>]{65536,}")
_ATTRIBUTES = 1000


def parse(name: str, data: bytes) -> Element:
    """Return the root of an XML part of the source `name`; UserError where it is damaged or made to overwhelm."""
    if any(sign in data for sign in DOCTYPES):
        # No program that writes office documents declares a type; entities could be declared nowhere else.
        raise UserError("source_entities", name=name)
    if any(tag[0].count(b"=") > _ATTRIBUTES for tag in _LONG_TAG.finditer(data)):
        # The parser compares each attribute with all others.
        raise UserError("source_too_complex", name=name)
    depth = count = 0
    root: Element | None = None
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(data), events=("start", "end")):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth += 1
            count += 1
            if depth > limits.DEPTH or count > limits.ELEMENTS:
                raise UserError("source_too_complex", name=name)
    except (ElementTree.ParseError, LookupError, ValueError):
        # Encodings that nobody knows are LookupErrors, some that are no encodings of text ValueErrors.
        raise UserError("source_damaged", name=name) from None
    if root is None:
        raise UserError("source_damaged", name=name)
    return root


def local(tag: str) -> str:
    """Return an element's name without its namespace."""
    return tag.rpartition("}")[2]


def children(element: Element | None, name: str) -> list[Element]:
    """Return the children of that name, whatever their namespace; none of an element that is not there."""
    return [child for child in (element if element is not None else ()) if local(child.tag) == name]


def first(element: Element | None, name: str) -> Element | None:
    """Return the first child of that name, None where there is none."""
    return next(iter(children(element, name)), None)


def attribute(element: Element, name: str) -> str | None:
    """Return an attribute by its name without namespace."""
    return next((value for key, value in element.attrib.items() if local(key) == name), None)
