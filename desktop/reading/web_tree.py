"""A web page -> a tree of what it shows, measured: how much of it is prose, how much is links."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import unescape

from desktop.errors import UserError
from desktop.reading import limits
from desktop.reading.web_tags import Tag, tags

# Elements whose texts nobody sees, or sees as no text of the page; those without an end stand in _NOT_SHOWN.
UNSEEN = frozenset({
    "script", "style", "noscript", "template", "iframe", "object", "applet", "svg", "canvas", "audio", "video", "map",
    "select", "textarea", "button", "datalist", "del", "rt", "rp", "math", "title", "xml", "noembed", "noframes",
})  # fmt: skip
# Those of which many pages forget the end; what comes after is shown all the same.
_LOOSE = frozenset({"select", "button", "datalist", "del", "rt", "rp", "map", "xml"})
_NOT_SHOWN = frozenset({"input", "meta", "link", "base", "embed", "frame", "param", "source", "area", "col", "option"})
_STRUCTURE = frozenset({"html", "head", "body", "frameset", "colgroup"})
VOID = frozenset({"br", "img", "hr", "wbr"})
KEPT = ("id", "class", "style", "hidden", "href", "name", "rowspan", "start", "title", "type")
_OF_THE_PAGE = frozenset({"header", "footer"})  # as LibreOffice names a document's head and foot
_CELLS = frozenset({"td", "th", "caption"})
_PARAGRAPH_ENDS = frozenset({
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "form",
    "pre", "blockquote", "address", "fieldset", "figure", "center", "header", "footer", "nav", "aside", "hr", "li",
    "dd", "dt", "menu", "dir",
})  # fmt: skip
_FAR = 200  # open elements that are looked through for one to close: sound pages need a few
_ROWS = frozenset({"table"})
# name -> (what it ends, beyond what that is not looked for)
ENDS: dict[str, tuple[tuple[AbstractSet[str], AbstractSet[str]], ...]] = {
    **dict.fromkeys(_PARAGRAPH_ENDS, ((frozenset({"p"}), _CELLS | {"table", "button", "object"}),)),
    "li": ((frozenset({"p"}), _CELLS | {"li", "ul", "ol"}), (frozenset({"li"}), _CELLS | {"ul", "ol", "table"})),
    "dt": ((frozenset({"dt", "dd"}), _CELLS | {"dl", "table"}),),
    "dd": ((frozenset({"dt", "dd"}), _CELLS | {"dl", "table"}),),
    **dict.fromkeys(("td", "th"), ((frozenset({"td", "th", "caption"}), _ROWS | {"tr"}),)),
    "tr": ((frozenset({"tr", "caption"}), _ROWS),),
    **dict.fromkeys(("tbody", "thead", "tfoot"), ((frozenset({"tbody", "thead", "tfoot", "caption"}), _ROWS),)),
    "a": ((frozenset({"a"}), _CELLS | {"table"}),),
}
_TABLE = _CELLS | {"table", "tr", "tbody", "thead", "tfoot"}
_FILES = re.compile(r"\.(?:docx?|wps|pdf|xlsx?|et|zip|rar|ofd|txt)(?:$|[?#])", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:[a-z]+/[^\"')\s>]{256,}")  # pictures inside the page
_MARKS = re.compile("[，。；！？、;]|(?<![0-9]),")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


class Element:
    """One element that a page shows: its children (elements and text), and what is inside of prose and of links.

    `prose` counts the marks of sentences outside links, `size` the characters but white space, `linked` those in links,
    `heads` the headings, `files` what belongs to a report (links to documents, the word for them).
    """

    __slots__ = ("attributes", "children", "files", "heads", "linked", "links", "parent", "prose", "size", "tag")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.children: list[Element | str] = []
        self.prose = self.size = self.linked = self.links = self.heads = self.files = 0

    def elements(self) -> list[Element]:
        """Return the children that are elements."""
        return [child for child in self.children if isinstance(child, Element)]

    def inside(self) -> Iterator[Element]:
        """Yield this element and all inside it, in the order in which they begin."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting += reversed(element.elements())

    def text(self) -> str:
        """Return all text inside, white space left out."""
        waiting: list[Element | str] = [self]
        said: list[str] = []
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                said += child.split()
            else:
                waiting += reversed(child.children)
        return "".join(said)

    def hides(self) -> bool:
        """Tell an element whose own markup says that it is not shown, or is the head or foot of printed pages."""
        said = self.attributes
        if self.tag == "div" and said.get("title") in _OF_THE_PAGE:
            return True
        return "hidden" in said or bool(_HIDDEN.search(said.get("style", "")))


def parse(name: str, page: str) -> tuple[Element, dict[str, str]]:
    """Return (the body, what the head says: `title`, its named metas in small letters, `script` where a page has any).

    UserError where a page is larger, or has more tags, than any.
    """
    builder = _Builder()
    page = _EMBEDDED.sub("", page)
    if len(page) > limits.PART_BYTES:
        raise UserError("source_too_complex", name=name)
    for count, token in enumerate(tags(page)):
        if count > limits.ELEMENTS:
            raise UserError("source_too_complex", name=name)
        if isinstance(token, str):
            builder.add(token)
        elif token.closes:
            builder.close(token.name)
        else:
            builder.open(token)
    builder.end()
    return builder.body, builder.said


class _Builder:
    """A tree on the way: the elements that are open, and what the head said."""

    def __init__(self) -> None:
        self.body = Element("body", {}, None)
        self.said: dict[str, str] = {"title": ""}
        self._open: list[Element] = [self.body]
        self._count: Counter[str] = Counter()
        self._unseen: str | None = None
        self._depth = 0

    def add(self, text: str) -> None:
        """Add text to the element that is open last."""
        if self._unseen is None and text:
            parent = self._open[-1]
            parent.children.append(text)
            parent.size += len("".join(text.split()))
            parent.prose += len(_MARKS.findall(text))
            parent.files += "附件" in text

    def open(self, tag: Tag) -> None:
        """Open an element, closing those that its kind ends."""
        name = tag.name
        self._tell(tag)
        if self._unseen in _LOOSE and name in _PARAGRAPH_ENDS | _CELLS:
            self._unseen = None
        if self._unseen is not None:
            self._depth += name == self._unseen
            return
        if name in _STRUCTURE or name in _NOT_SHOWN:
            return
        if name in _TABLE and self._count["table"] >= limits.TABLES:
            name = "div"  # text is handed from cell to cell, so that it matters how many there are
        if name in UNSEEN:
            self._unseen, self._depth = name, 1
            return
        for closed, inside in ENDS.get(name, ()):
            self._close_to(closed, inside)
        element = Element(name, {key: tag.attributes[key] for key in KEPT if key in tag.attributes}, self._open[-1])
        self._open[-1].children.append(element)
        if name not in VOID:
            self._open.append(element)
            self._count[name] += 1
            self.add(tag.raw)

    def close(self, name: str) -> None:
        """Close the last element of that name, and what is open inside it; an end without a beginning is none."""
        if self._unseen is not None:
            self._depth -= name == self._unseen
            if self._depth == 0:
                self._unseen = None
        elif name == "br" or (name == "p" and not self._count["p"]):
            # Browsers take these for a whole element.
            self.open(Tag(name, False, {}))
            self._close_to({"p"}, _CELLS)
        elif self._count[name]:
            # The end of an inline element inside a cell does not end the cell.
            self._close_to({name}, _CELLS if name not in _CELLS and name != "table" else frozenset({"table"}))

    def end(self) -> None:
        """Close all that is open."""
        while len(self._open) > 1:
            self._pop()

    def _close_to(self, names: AbstractSet[str], inside: AbstractSet[str]) -> None:
        """Close up to the last open element of some names, if it is not outside of one of `inside`."""
        if not any(self._count[name] for name in names):
            return
        for at in range(len(self._open) - 1, max(0, len(self._open) - _FAR), -1):
            tag = self._open[at].tag
            if tag in names:
                while len(self._open) > at:
                    self._pop()
                return
            if tag in inside:
                return

    def _pop(self) -> None:
        """Close the element that is open last; its parent is given what was measured in it."""
        element = self._open.pop()
        self._count[element.tag] -= 1
        if element.tag == "a" and "href" in element.attributes:
            element.linked, element.links, element.prose = element.size, 1, 0
            element.files += _FILES.search(element.attributes["href"]) is not None
        element.heads += element.tag in ("h1", "h2")
        parent = self._open[-1]
        parent.prose += element.prose
        parent.size += element.size
        parent.linked += element.linked
        parent.links += element.links
        parent.heads += element.heads
        parent.files += element.files

    def _tell(self, tag: Tag) -> None:
        """Keep what a tag says of the page."""
        if tag.name == "title" and not self.said["title"]:
            self.said["title"] = unescape(tag.raw).strip()
        elif tag.name == "script":
            self.said["script"] = ""
        elif tag.name == "meta" and not self.body.size and (told := tag.attributes.get("name", "").strip().lower()):
            self.said.setdefault(told, tag.attributes.get("content", ""))
