"""Rich text (.rtf, and many a .doc): groups, control words and bytes -> paragraphs and tables as a person sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import layout, limits, reader, sha256
from desktop.reading.layout import Block
from desktop.reading.rtf_text import CHARSETS, code_page, decoded, joined
from desktop.reading.stacking import Stack

# A control word and its number; a byte in hexadecimal; a control sign; a brace; plain bytes.
TOKEN = re.compile(rb"\\([A-Za-z]{1,32})(-?\d{1,10})? ?|\\'([0-9A-Fa-f]{2})|\\(.)|([{}])|([^\\{}\r\n]+)", re.DOTALL)
# Groups that hold no text of the page; so are those marked \* but for SHOWN.
APART = frozenset(
    b"fonttbl colortbl stylesheet info pict header headerl headerr headerf footer footerl footerr footerf ftnsep "
    b"ftnsepc ftncn aftnsep aftnsepc aftncn fldinst objdata nonshppict shprslt xe rxe tc annotation sn sv "
    b"nonesttables".split()
)
SHOWN = frozenset(b"shpinst shppict nesttableprops".split())
SIGNS = {
    b"tab": "\t", b"line": "\n", b"column": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’",
    b"ldblquote": "“", b"rdblquote": "”", b"bullet": "•", b"emspace": "\u2003", b"enspace": "\u2002",
    b"qmspace": "\u2005", b"~": "\u00a0", b"_": "-",
}  # fmt: skip


_Setting = Callable[["_Reading", "int | None"], None]


@dataclass
class _Story:
    """Text that runs by itself: the body, its notes, the text box that waits for the end of a paragraph."""

    stack: Stack = field(default_factory=Stack)
    line: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the paragraph as far as it goes, and begin another."""
        text = joined("".join(self.line))
        self.line.clear()
        return text


@dataclass
class _Group:
    """What holds inside a pair of braces."""

    story: _Story
    apart: bool = False
    fonts: bool = False  # the list of fonts
    list_text: bool = False  # the number of a list's item, as text
    starred: bool = False
    fallback: int = 1  # how many bytes stand after a character by its number, for old programs
    font: int = -1
    east: int = -1  # the font for Chinese letters, where a run has one for each script
    eastern: bool = False  # the font that is named next is that one
    unseen: bool = False
    deleted: bool = False
    depth: int = 0


@reader(".rtf")
def read_rtf(name: str, data: bytes) -> Document:
    """Return paragraphs and tables with their numbers, footnotes last; UserError where the text breaks off."""
    return Document(name=name, reader="rtf", source_sha256=sha256(data), text=layout.text_of(blocks(name, data)))


def blocks(name: str, data: bytes) -> list[Block]:
    """Return the blocks of rich text in order."""
    return _Reading(name, data).blocks()


class _Reading:
    """One run through the bytes."""

    def __init__(self, name: str, data: bytes) -> None:
        self.name, self.data = name, data
        self.body, self.notes, self.box = _Story(), _Story(), _Story()
        self.group = _Group(self.body)
        self.outer: list[_Group] = []
        self.raw = bytearray()
        self.skip = 0
        self.encodings: dict[int, str] = {}
        self.head, self.default, self.described = "cp1252", -1, -1

    def blocks(self) -> list[Block]:
        """Return the body's blocks, then the notes'; UserError where the last group does not end."""
        at, begun = 0, False
        while not begun or self.outer:
            token = TOKEN.search(self.data, at)
            if token is None:
                raise UserError("source_damaged", name=self.name)
            begun, at = True, token.end()
            word, number, hexadecimal, sign, brace, plain = token.groups()
            if brace:
                self._brace(brace)
            elif word == b"bin":
                at += max(int(number or 0), 0)
            elif sign == b"*":
                self.group.starred = True
            elif self.group.apart:
                self._note_font(word, int(number or 0))
            elif self.skip:
                # A fallback of several plain bytes ends inside them.
                self.skip, at = self.skip - 1, at if plain is None else token.start() + 1
            elif plain or hexadecimal:
                self.raw += plain or bytes.fromhex(hexadecimal.decode())
            elif sign in (b"\\", b"{", b"}"):
                self.raw += sign
            else:
                self._control(word or sign, None if number is None else int(number))
        for story in (self.body, self.notes):
            if story.line:
                self._end(story, 0)
        return [*self.body.stack.done(), *self.notes.stack.done()]

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self.skip = 0
        if brace == b"{":
            if len(self.outer) > limits.DEPTH:
                raise UserError("source_damaged", name=self.name)
            self.outer.append(self.group)
            self.group = replace(self.group, starred=False)
        elif self.outer:
            ended, self.group = self.group, self.outer.pop()
            if ended.story is not self.group.story and ended.story.line:
                self._end(ended.story, 0)

    def _note_font(self, word: bytes | None, number: int) -> None:
        """Take the encodings of the fonts out of their list."""
        if not self.group.fonts:
            return
        if word == b"f":
            self.described = number
        elif word == b"fcharset" and number in CHARSETS:
            self.encodings[self.described] = CHARSETS[number]
        elif word == b"cpg":
            self.encodings[self.described] = code_page(number)

    def _control(self, word: bytes, number: int | None) -> None:
        group = self.group
        if word in APART or (group.starred and word not in SHOWN):
            group.apart, group.fonts = True, word == b"fonttbl"
        elif word in SIGNS:
            self._say(SIGNS[word])
        elif word == b"u" and number is not None:
            self._say(chr(number & 0xFFFF))
            self.skip = group.fallback
        elif word in (b"par", b"sect", b"page", b"\n", b"\r"):
            self._flush()
            if not (group.unseen or group.deleted):
                self._end(group.story, group.depth)
        elif word in (b"cell", b"row", b"nestcell", b"nestrow"):
            self._table(word)
        elif word in _SETTINGS:
            self._flush()
            _SETTINGS[word](self, number)
        group.starred = False

    def _table(self, word: bytes) -> None:
        self._flush()
        story, depth = self.group.story, max(self.group.depth, 2) if word.startswith(b"nest") else 1
        if word.endswith(b"cell"):
            story.stack.cell(story.text(), depth)
        else:
            story.stack.row(depth)

    def _end(self, story: _Story, depth: int) -> None:
        """End a paragraph; the text boxes that stand at it come behind it."""
        story.stack.paragraph(story.text(), depth)
        if story is self.body and (boxes := self.box.stack.done()):
            for block in boxes:
                lines = [block] if isinstance(block, str) else ["\t".join(row) for row in block]
                for line in lines:
                    story.stack.paragraph(line, depth)
            self.box = _Story()

    def _say(self, text: str) -> None:
        self._flush()
        group = self.group
        if group.list_text and text == "\t":
            text = " " if group.story.line and group.story.line[-1].isascii() else ""
        if not (group.unseen or group.deleted):
            group.story.line.append(text)

    def _flush(self) -> None:
        """Turn the bytes that wait into text, in the encoding of the font that holds."""
        if self.raw:
            raw, self.raw = bytes(self.raw), bytearray()
            font, east = (self.encodings.get(number, "") for number in (self.group.font, self.group.east))
            self._say(decoded(raw, font or self.head, east, self.head))


def _set(name: str, otherwise: int | bool) -> _Setting:
    """Return what gives the group a setting by a control word's number, `otherwise` where the word has none."""

    def put(reading: _Reading, number: int | None) -> None:
        setattr(reading.group, name, type(otherwise)(otherwise if number is None else number))

    return put


def _font(reading: _Reading, number: int | None) -> None:
    _associated_font(reading, number)
    reading.group.font = number or 0


def _associated_font(reading: _Reading, number: int | None) -> None:
    if reading.group.eastern:
        reading.group.east = number or 0


def _plain(reading: _Reading, _: int | None) -> None:
    group = reading.group
    group.font, group.east, group.eastern, group.unseen, group.deleted = reading.default, -1, False, False, False


def _in_table(reading: _Reading, _: int | None) -> None:
    reading.group.depth = max(reading.group.depth, 1)


def _default_font(reading: _Reading, number: int | None) -> None:
    reading.default = reading.group.font = number or 0


def _code_page(reading: _Reading, number: int | None) -> None:
    reading.head = code_page(number or 0)


def _note(reading: _Reading, _: int | None) -> None:
    reading.group.story, reading.group.depth = reading.notes, 0


def _text_box(reading: _Reading, _: int | None) -> None:
    reading.group.story, reading.group.depth = reading.box, 0


_SETTINGS: dict[bytes, _Setting] = {
    b"uc": _set("fallback", 1), b"v": _set("unseen", True), b"deleted": _set("deleted", True),
    b"f": _font, b"af": _associated_font, b"dbch": _set("eastern", True), b"loch": _set("eastern", False),
    b"hich": _set("eastern", False), b"plain": _plain, b"pard": _set("depth", 0), b"intbl": _in_table,
    b"itap": _set("depth", 1), b"deff": _default_font, b"ansicpg": _code_page, b"footnote": _note,
    b"shptxt": _text_box, b"listtext": _set("list_text", True), b"pntext": _set("list_text", True),
}  # fmt: skip
