"""The elements of a page -> paragraphs and tables, as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from desktop.reading.layout import INDENT, Block, text_of
from desktop.reading.list_numbers import in_kind
from desktop.reading.web_tree import Element

BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
    "blockquote", "pre", "hr", "form", "fieldset", "figure", "figcaption", "center", "address", "header", "footer",
    "nav", "aside", "details", "summary", "body", "caption", "legend", "table", "thead", "tbody", "tfoot", "tr", "td",
    "th", "dir", "menu", "ucaptitle", "ucapcontent", "marquee", "xmp", "listing",
})  # fmt: skip
_KINDS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_CHINESE_LIST = re.compile(r"list-style(?:-type)?\s*:[^;]*(?:cjk-ideographic|chinese-informal)", re.IGNORECASE)
_PLAIN_LIST = re.compile(r"list-style(?:-type)?\s*:[^;]*none", re.IGNORECASE)
_FIRST_LINE = re.compile(r"text-indent\s*:\s*(?:[1-9]|\d\.\d)", re.IGNORECASE)
_KEEPS_LINES = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_BLOCK_STYLE = re.compile(r"display\s*:\s*(?:block|table|list-item|flex)", re.IGNORECASE)
_WHITE = re.compile("[ \t\r\n\f]+")
_NARROW = re.compile("[!-~]")
MOST_SPANNED = 1000


class _Table:
    """A table on the way: its rows so far, and the cells of earlier rows that reach down into those to come."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []
        self.reaching: dict[int, int] = {}

    def begin_row(self) -> None:
        self.rows.append([])
        self._pass()

    def add(self, text: str, rows: int) -> None:
        if not self.rows:
            self.begin_row()
        row = self.rows[-1]
        if rows > 1:
            self.reaching[len(row)] = rows - 1
        row.append(text)
        self._pass()

    def _pass(self) -> None:
        row = self.rows[-1]
        while self.reaching.get(len(row), 0) > 0:
            self.reaching[len(row)] -= 1
            row.append("")


class _Place(NamedTuple):
    """Where a traversal stands: an element, how many of its children are done, whether its line feeds count."""

    element: Element
    done: int
    keeps: bool


class Writer:
    """Blocks as they come: paragraphs fill with text until a block begins or ends."""

    def __init__(self, passes_over: Callable[[Element], bool]) -> None:
        self._passes_over = passes_over
        self._flow: list[list[Block]] = [[]]
        self._tables: list[_Table] = []
        self._line: list[str] = []
        self._indent = self._number = ""
        self._lists: list[tuple[str, int]] = []

    def write(self, root: Element) -> list[Block]:
        """Return the blocks inside an element; those that are passed over are as if they were not there."""
        waiting = [_Place(root, 0, False)]
        while waiting:
            element, done, keeps = waiting.pop()
            if done == 0:
                keeps = keeps or element.tag in ("pre", "xmp", "listing") or _style(element, _KEEPS_LINES)
                self._begin(element)
            if done == len(element.children):
                self._end(element)
                continue
            waiting.append(_Place(element, done + 1, keeps))
            child = element.children[done]
            if isinstance(child, str):
                self._line.append(child.replace("\r\n", "\n") if keeps else _WHITE.sub(_space, child))
            elif not self._passes_over(child):
                if child.children:
                    waiting.append(_Place(child, 0, keeps))
                elif child.tag == "br":
                    self._line.append("\x00")
                else:
                    self._begin(child)
                    self._end(child)
        self._flush()
        return self._flow[0]

    def _begin(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS or _style(element, _BLOCK_STYLE):
            self._flush()
            self._indent = INDENT if tag in ("p", "div", "section") and _style(element, _FIRST_LINE) else ""
        if tag == "table":
            self._tables.append(_Table())
            self._flow.append([])
        elif tag == "tr" and self._tables:
            self._tables[-1].begin_row()
        elif tag in ("td", "th") and self._tables:
            self._flow.append([])
        elif tag in ("ol", "ul"):
            self._lists.append(_list(element))
        elif tag == "li" and self._lists:
            kind, count = self._lists[-1]
            self._lists[-1] = kind, count + 1
            if kind:
                number = in_kind(count, kind)
                self._number = f"{number}、" if kind.startswith("chinese") else f"{number}. "

    def _end(self, element: Element) -> None:
        tag = element.tag
        if tag in BLOCKS or _style(element, _BLOCK_STYLE):
            self._flush()
        if tag in ("td", "th") and self._tables:
            text = text_of(self._flow.pop())
            self._tables[-1].add(text, _whole(element.attributes.get("rowspan"), 1))
        elif tag == "table" and self._tables:
            # Nothing but cells stands inside a table; a browser puts what does before it.
            loose = self._flow.pop()
            self._flow[-1] += [*loose, self._tables.pop().rows]
        elif tag in ("ol", "ul") and self._lists:
            self._lists.pop()

    def _flush(self) -> None:
        text = "".join(self._line)
        self._line.clear()
        if "\x00" in text:
            text = re.sub(" *\x00 *", "\n", text)
        text = re.sub(" {2,}", " ", text) if "\n" not in text else text
        indent, self._indent = self._indent, ""
        if text.strip(" \n"):
            self._flow[-1].append(indent + self._number + text.lstrip(" ") if indent or self._number else text)
            self._number = ""
        elif "\xa0" in text or "\u3000" in text or "\n" in text:
            self._flow[-1].append("")


def _space(white: re.Match[str]) -> str:
    """Return what a run of white space becomes: nothing where the source only breaks a line of Chinese."""
    if "\n" not in white[0]:
        return " "
    text, start, end = white.string, white.start(), white.end()
    narrow = [_NARROW.match(text, at) for at in (start - 1, end) if 0 <= at < len(text)]
    return " " if any(narrow) else ""


def _style(element: Element, wanted: re.Pattern[str]) -> bool:
    style = element.attributes.get("style")
    return bool(style) and wanted.search(style or "") is not None


def _list(element: Element) -> tuple[str, int]:
    """Return (how a list counts, "" for one that does not, its first number)."""
    if element.tag == "ul" or _style(element, _PLAIN_LIST):
        return "", 1
    if _style(element, _CHINESE_LIST):
        return "chineseCounting", _whole(element.attributes.get("start"), 1)
    return _KINDS.get(element.attributes.get("type", ""), "decimal"), _whole(element.attributes.get("start"), 1)


def _whole(said: str | None, otherwise: int) -> int:
    said = (said or "").strip()
    return min(int(said), MOST_SPANNED) if said.isascii() and said.isdigit() and len(said) < 7 else otherwise
