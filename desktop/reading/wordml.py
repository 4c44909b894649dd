"""WordprocessingML -> paragraphs and tables as a person sees them who has accepted every change.

What was inserted is kept, what was deleted is not; of two forms of one drawing the first is taken, so that the text of
a box is read once; tables of contents, hidden text, comments and what stands in headers and footers are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from desktop.reading.layout import Block, text_of
from desktop.reading.markup import attribute, children, first, local
from desktop.reading.numbering import Numbering, own_number, value_of

# What holds text that is not shown, or is shown elsewhere.
_UNSEEN = frozenset({
    "del", "moveFrom", "delText", "delInstrText", "instrText", "Fallback", "rt", "sectPr", "object", "commentReference",
    "annotationRef", "footnoteRef", "endnoteRef", "separator", "continuationSeparator", "sdtPr", "sdtEndPr", "rPr",
    "pPr", "tblPr", "tblGrid", "trPr", "tcPr", "posOffset", "align", "pctWidth", "pctHeight",
})  # fmt: skip
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_SYMBOLS = {"f0fe": "☑", "f052": "☑", "f0a8": "□", "f06f": "□", "f0b7": "●", "f06c": "●", "f06e": "■", "f0d8": "➢"}
_OFF = ("0", "false", "off", "none")


class Walk:
    """One way through a document: its lists counted, its notes in the order in which the text names them."""

    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.notes: list[tuple[str, str]] = []  # ("footnote" or "endnote", id)
        self._boxes: list[list[Block]] = []

    def blocks(self, parent: Element) -> list[Block]:
        """Return the paragraphs and tables inside an element, text boxes behind the paragraph that holds them."""
        found: list[Block] = []
        unfinished: list[str] = []
        for child in _blocks_inside(parent):
            if local(child.tag) == "tbl":
                found.append(list(self._rows(child)))
                continue
            outer, self._boxes = self._boxes, []
            properties = first(child, "pPr")
            unfinished.append(self._text(child))
            if properties is None or not _mark_deleted(properties):
                found.append(self._numbered(properties, "".join(unfinished)))
                unfinished.clear()
            for box in self._boxes:
                found += box
            self._boxes = outer
        return [*found, "".join(unfinished)] if unfinished else found

    def _numbered(self, properties: Element | None, text: str) -> str:
        if properties is None:
            return text
        if not text.strip() and _is_hidden(properties):
            return ""
        # An empty line of a list counts in Word too.
        number = _said_number(properties) or self.numbering.number(_style(properties), *own_number(properties))
        return number + text if text.strip() else ""

    def _rows(self, table: Element) -> Iterator[list[str]]:
        for row in _inside(table, "tr"):
            if any(local(said.tag) == "del" for properties in children(row, "trPr") for said in properties):
                continue
            cells = []
            for cell in _inside(row, "tc"):
                merged = first(first(cell, "tcPr"), "vMerge")
                goes_on = merged is not None and value_of(merged) in (None, "continue")
                cells.append("" if goes_on else text_of(self.blocks(cell)))
            yield cells

    def _text(self, parent: Element) -> str:
        """Return the text inside a paragraph; boxes and notes on the way are put aside."""
        said: list[str] = []
        for child in parent:
            name = local(child.tag)
            if name == "t":
                said.append(child.text or "")
            elif name == "r":
                if not _is_hidden(child):
                    said.append(self._text(child))
            elif name in _SIGNS:
                said.append("" if name == "br" and attribute(child, "type") == "page" else _SIGNS[name])
            elif name in ("txbxContent", "footnote", "endnote"):
                self._boxes.append(self.blocks(child))
            elif name == "AlternateContent":
                forms = children(child, "Choice") or children(child, "Fallback")
                said += [self._text(form) for form in forms[:1]]
            elif name in ("footnoteReference", "endnoteReference"):
                self.notes.append((name.removesuffix("Reference"), attribute(child, "id") or ""))
            elif name == "sym":
                said.append(_symbol(attribute(child, "char") or ""))
            elif name not in _UNSEEN and not _is_deletion(child):
                said.append(self._text(child))
        return "".join(said)


def _blocks_inside(parent: Element) -> Iterator[Element]:
    """Yield the paragraphs and tables of an element, those in what only wraps them (controls, insertions) too."""
    for child in parent:
        name = local(child.tag)
        if name == "p":
            if not _is_contents_line(child):
                yield child
        elif name == "tbl":
            yield child
        elif name == "AlternateContent":
            for form in (children(child, "Choice") or children(child, "Fallback"))[:1]:
                yield from _blocks_inside(form)
        elif name not in _UNSEEN and not (name == "sdt" and _is_contents(child)) and not _is_deletion(child):
            yield from _blocks_inside(child)


def _inside(parent: Element, wanted: str) -> Iterator[Element]:
    """Yield the rows of a table or the cells of a row, those in what only wraps them too."""
    for child in parent:
        name = local(child.tag)
        if name == wanted:
            yield child
        elif name not in _UNSEEN and name not in ("tbl", "p"):
            yield from _inside(child, wanted)


def _is_contents(control: Element) -> bool:
    """Tell the table of contents that Word makes: its lines say what follows once more, with page numbers."""
    return any(
        local(said.tag) == "docPartGallery" and value_of(said) == "Table of Contents"
        for properties in children(control, "sdtPr")
        for said in properties.iter()
    )


def _is_contents_line(paragraph: Element) -> bool:
    style = _style(first(paragraph, "pPr")) or ""
    return style.upper().startswith("TOC") and style[3:].strip().isdigit()


def _style(properties: Element | None) -> str | None:
    return next((value_of(said) for said in children(properties, "pStyle")), None)


def _mark_deleted(properties: Element) -> bool:
    """Tell a paragraph whose end was deleted: the next one goes on with it."""
    return any(local(said.tag) in ("del", "moveFrom") for looks in children(properties, "rPr") for said in looks)


def _is_deletion(annotation: Element) -> bool:
    """Tell what Word's XML of 2003 wraps deleted text in."""
    return local(annotation.tag) == "annotation" and (attribute(annotation, "type") or "").endswith("Deletion")


def _said_number(properties: Element) -> str:
    """Return the number of a paragraph that Word's XML of 2003 says in so many words."""
    return next((value_of(t) or "" for told in children(properties, "listPr") for t in children(told, "t")), "")


def _is_hidden(element: Element) -> bool:
    """Tell a run that is not shown, or the mark of a paragraph by its properties."""
    return any(value_of(said) not in _OFF for looks in children(element, "rPr") for said in children(looks, "vanish"))


def _symbol(code: str) -> str:
    """Return the sign of a symbol font that has one of its own, nothing for the many that are ornaments."""
    if code.lower() in _SYMBOLS:
        return _SYMBOLS[code.lower()]
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return chr(number) if 0x20 <= number < 0xD800 else ""
