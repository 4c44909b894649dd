"""The tables of a Word 97-2003 document ([MS-DOC]): its characters, and what is said of them and of its paragraphs.

A file keeps its text in pieces, in any order, one or two bytes a character; the piece table puts them in order. Pages
of 512 bytes say, for stretches of the file, which letters are hidden or struck out and which paragraphs stand in
tables. A character is known by its position in the text (cp), a byte by its place in the stream (fc).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from desktop.reading.compound import DamagedError

FIB_TABLES, FIB_COUNTS, FIB_END = 0x9A, 0x4C, 0x2FA
LOOKS, PARAGRAPHS, CLX = 12, 13, 33  # rows of the head's list of tables
PAGE = 512

DELETED, VANISH, SYMBOL = 0x0800, 0x083C, 0x6A09
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
LEVEL, LIST, STYLE = 0x260A, 0x460B, 0x4600
SHORT = {0x41: DELETED, 0x5C: VANISH, 0x18: IN_TABLE, 0x19: ROW_END}  # codes that a piece gives by a number
OPERANDS = (1, 1, 2, 4, 2, 2, 0, 3)  # bytes after a code, by its top three bits; 0: the next byte says

UNSEEN = "\0"
_HIGH = re.compile(rb"[\x80-\xff]+")
_GB2312 = re.compile(rb"(?:[\xa1-\xa9\xb0-\xf7][\xa1-\xfe])+")

Said = dict[int, bytes]


class Piece(NamedTuple):
    """`length` characters from `cp` on stand at `fc`, `width` bytes each; `said` is what a fast save says of them."""

    cp: int
    length: int
    fc: int
    width: int
    said: Said

    @property
    def end(self) -> int:
        """Return the place after the last byte."""
        return self.fc + self.length * self.width


class Stretches:
    """What is said of stretches [start, end) of the stream."""

    def __init__(self, said: dict[int, tuple[int, Said]]) -> None:
        self.starts = sorted(said)
        self.said = [said[start] for start in self.starts]

    def over(self, piece: Piece) -> Iterator[tuple[int, int, Said]]:
        """Yield the stretches of a piece's characters, as offsets in the piece, in order."""
        for at in range(max(bisect_right(self.starts, piece.fc) - 1, 0), len(self.starts)):
            start, (end, said) = self.starts[at], self.said[at]
            if start >= piece.end:
                return
            first, last = max(start - piece.fc, 0) // piece.width, (min(end, piece.end) - piece.fc) // piece.width
            if first < last:
                yield first, last, said


class WordFile:
    """One document: its text in order, `UNSEEN` where nothing shows, and what is said of its paragraphs.

    `counts` are the characters of the body, footnotes, heads and feet, (one unused), annotations, endnotes, text boxes
    and text boxes of heads, which stand in `text` one after another; `marks` is what is said of the paragraph that ends
    at a position. Raises DamagedError, also where the text has more than `most` characters.
    """

    def __init__(self, stream: bytes, tables: bytes, most: int) -> None:
        if len(stream) < FIB_END:
            raise DamagedError
        self.stream, self.tables = stream, tables
        self.counts = [max(0, count) for count in struct.unpack_from("<8i", stream, FIB_COUNTS)]
        pieces = list(self._pieces(most))
        looks, paragraphs = self._stretches(LOOKS), self._stretches(PARAGRAPHS)
        self.text = "".join(self._letters(piece, looks) for piece in pieces)
        self.marks = {
            piece.cp + last - 1: said | piece.said for piece in pieces for _, last, said in paragraphs.over(piece)
        }

    def table(self, row: int) -> bytes:
        """Return one of the tables that the head of the document lists, b"" where it has none."""
        start, length = struct.unpack_from("<II", self.stream, FIB_TABLES + 8 * row)
        if length and start + length > len(self.tables):
            raise DamagedError
        return self.tables[start : start + length]

    def story(self, number: int) -> tuple[int, int]:
        """Return where one of the texts that `counts` lists begins and ends in `text`."""
        start = min(sum(self.counts[:number]), len(self.text))
        return start, min(start + self.counts[number], len(self.text))

    def _pieces(self, most: int) -> Iterator[Piece]:
        clx, at = self.table(CLX), 0
        changes: list[bytes] = []
        while clx[at : at + 1] == b"\x01":
            size = int.from_bytes(clx[at + 1 : at + 3], "little")
            changes.append(clx[at + 3 : at + 3 + size])
            at += 3 + size
        size = int.from_bytes(clx[at + 1 : at + 5], "little")
        plc = clx[at + 5 : at + 5 + size]
        if clx[at : at + 1] != b"\x02" or len(plc) != size or size < 16:
            raise DamagedError
        number = (size - 4) // 12
        cps = struct.unpack_from(f"<{number + 1}I", plc)
        if cps[0] or cps[-1] > most or any(start > end for start, end in pairwise(cps)):
            raise DamagedError
        for i, (cp, end) in enumerate(pairwise(cps)):
            fc, change = struct.unpack_from("<IH", plc, 4 * (number + 1) + 8 * i + 2)
            width = 1 if fc & 0x40000000 else 2
            piece = Piece(cp, end - cp, (fc & 0x3FFFFFFF) // (3 - width), width, _change(change, changes))
            if piece.end > len(self.stream):
                raise DamagedError
            yield piece

    def _letters(self, piece: Piece, looks: Stretches) -> str:
        raw = self.stream[piece.fc : piece.end]
        letters = wide(raw) if piece.width == 2 else narrow(raw)
        parts, done = [], 0
        for first, last, said in looks.over(piece):
            shown = _shown(said | piece.said)
            if shown is not None and first >= done:
                parts += [letters[done:first], shown * (last - first)]
                done = last
        return "".join([*parts, letters[done:]])

    def _stretches(self, row: int) -> Stretches:
        table = self.table(row)
        number = (len(table) - 4) // 8
        said: dict[int, tuple[int, Said]] = {}
        if number > 0:
            for page in dict.fromkeys(struct.unpack_from(f"<{number}I", table, 4 * (number + 1))):
                at = (page & 0x3FFFFF) * PAGE
                said |= _page(self.stream[at : at + PAGE], looks=row == LOOKS)
        return Stretches(said)


def codes(said: bytes) -> Said:
    """Return code -> operand of a list of codes (sprms); what is cut short ends it."""
    found, at = {}, 0
    while at + 2 < len(said):
        code = said[at] | said[at + 1] << 8
        size = OPERANDS[code >> 13]
        at += 2
        if not size:
            size = said[at]
            at += 1
            if code == 0xD608:  # the columns of a table: their length takes two bytes and counts one too many
                size |= said[at] << 8 if at < len(said) else 0
        found[code] = said[at : at + size]
        at += size
    return found


def wide(raw: bytes) -> str:
    """Return text of two bytes a character, each a position of its own, halves of rare characters as well."""
    letters = raw.decode("utf-16-le", "surrogatepass")
    return letters if 2 * len(letters) == len(raw) else "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def joined(text: str) -> str:
    """Return text with the halves of rare characters made one."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def narrow(raw: bytes) -> str:
    """Return text of one byte a character: Western, or GB2312 where all its high bytes are pairs of that."""
    high = _HIGH.findall(raw)
    if not high or not all(map(_GB2312.fullmatch, high)):
        return raw.decode("cp1252", "replace")
    letters = raw.decode("gb18030", "replace")
    return "".join(letter if letter < "\x80" else letter + UNSEEN for letter in letters)


def _change(change: int, changes: list[bytes]) -> Said:
    """Return what a piece says of its characters: one code by its number, or one of the lists of codes."""
    if change & 1:
        return codes(changes[change >> 1]) if change >> 1 < len(changes) else {}
    code = SHORT.get(change >> 1 & 0x7F)
    return {code: bytes([change >> 8])} if code else {}


def _shown(said: Said) -> str | None:
    """Return what stands for a letter of which this is said, None where it stands for itself."""
    if said.get(DELETED) == b"\x01" or said.get(VANISH) == b"\x01":
        return UNSEEN
    if SYMBOL in said:
        letter = chr(int.from_bytes(said[SYMBOL][2:4], "little"))
        return UNSEEN if "\ud800" <= letter <= "\uf8ff" else letter
    return None


def _page(page: bytes, looks: bool) -> dict[int, tuple[int, Said]]:
    """Return start -> (end, what is said) of the stretches that one page describes: letters, or paragraphs."""
    number = page[-1] if len(page) == PAGE else 0
    step = 1 if looks else 13
    if 4 * (number + 1) + step * number >= PAGE:
        return {}
    places = struct.unpack_from(f"<{number + 1}I", page)
    found = {}
    for i, (start, end) in enumerate(pairwise(places)):
        at = 2 * page[4 * (number + 1) + step * i]
        if looks:
            said = codes(page[at + 1 : at + 1 + page[at]]) if at else {}
        else:
            size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * page[min(at + 1, PAGE - 1)], at + 2)
            said = {STYLE: page[at : at + 2], **codes(page[at + 2 : at + size])}
        found[start] = end, said
    return found
