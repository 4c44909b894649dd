"""Word 97-2003 documents ([MS-DOC]) in several pieces, Western ones of one byte a character, in any order."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise

from tests.converting import Block, writer
from tests.converting.compound import compound

TEXT_START = 0x400
DELETED, HIDDEN = b"\x00\x08\x01", b"\x3c\x08\x01"
IN_TABLE, ROW_END = b"\x16\x24\x01", b"\x16\x24\x01\x17\x24\x01"
CHARACTERS, PARAGRAPHS, CLX = 12, 13, 33

Run = tuple[int, int, bytes]


@writer(".doc", ".wps")
def write(
    blocks: Sequence[Block], *, said: Mapping[str, bytes] | None = None, flags: int = 0, version: int = 0xC1,
    tables: str = "1Table",
) -> bytes:  # fmt: skip
    """Return a document; `said`: what the file says (sprms) of each place of some words, `flags` of its head."""
    text, paragraphs = _laid_out(blocks)
    pieces = _pieces(text, paragraphs)
    stream, places = bytearray(), [0] * len(pieces)
    # Every second piece stands before the others, as in a file that was saved fast.
    for number in sorted(range(len(pieces)), key=lambda number: (number % 2 == 0, number)):
        start, end, width = pieces[number]
        places[number] = TEXT_START + len(stream)
        stream += text[start:end].encode("utf-16-le" if width == 2 else "cp1252", "surrogatepass")

    def runs(spans: Sequence[Run]) -> list[Run]:
        """Return spans of the text as spans of the stream, in its order."""
        found = []
        for (first, last, width), place in zip(pieces, places, strict=True):
            for start, end, properties in spans:
                low, high = max(first, start), min(last, end)
                if low < high:
                    found.append((place + (low - first) * width, place + (high - first) * width, properties))
        return sorted(found)

    looks = sorted(
        (at, at + len(words), sprms)
        for words, sprms in (said or {}).items()
        for at in range(len(text))
        if text.startswith(words, at)
    )
    pages, listed = bytearray(bytes(-(TEXT_START + len(stream)) % 512)), {}
    for row, spans, step in ((CHARACTERS, _whole(runs(looks), stream), 1), (PARAGRAPHS, runs(paragraphs), 13)):
        first = (TEXT_START + len(stream) + len(pages)) // 512
        made = _described(spans, step)
        pages += b"".join(page for _, page in made)
        ends = [spans[0][0], *(end for end, _ in made)]
        listed[row] = struct.pack(f"<{len(ends)}I", *ends) + struct.pack(
            f"<{len(made)}I", *range(first, first + len(made))
        )
    listed[CLX] = _piece_table(pieces, places)
    head, table = _head(len(text), listed, flags | (0x200 if tables == "1Table" else 0), version)
    return compound({"WordDocument": head + bytes(stream) + bytes(pages), tables: table})


def _laid_out(blocks: Sequence[Block]) -> tuple[str, list[Run]]:
    """Return the text with its marks, and the spans of its paragraphs."""
    text, spans = "", []

    def paragraph(words: str, mark: str, properties: bytes) -> None:
        nonlocal text
        spans.append((len(text), len(text) + len(words) + 1, properties))
        text += words + mark

    for block in blocks:
        if isinstance(block, str):
            paragraph(block.replace("\n", "\x0b"), "\r", b"")
            continue
        for row in block:
            for cell in row:
                *lines, last = cell.split("\n")
                for line in lines:
                    paragraph(line, "\r", IN_TABLE)
                paragraph(last, "\x07", IN_TABLE)
            paragraph("", "\x07", ROW_END)
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) == 2 * len(text):
        return text, spans
    # Rare characters take two positions.
    places = [0]
    for letter in text:
        places.append(places[-1] + (2 if letter > "\uffff" else 1))
    halves = "".join(map(chr, struct.unpack(f"<{len(units) // 2}H", units)))
    return halves, [(places[start], places[end], properties) for start, end, properties in spans]


def _pieces(text: str, paragraphs: Sequence[Run]) -> list[tuple[int, int, int]]:
    """Return (start, end, bytes a character) of pieces: some paragraphs each, cut inside words too."""
    ends = [end for _, end, _ in paragraphs]
    cuts = sorted({0, len(text), *(end for end in ends[::5]), *(end - 3 for end in ends[2::7] if end > 3)})
    found = []
    for start, end in pairwise(cuts):
        try:
            text[start:end].encode("cp1252")
            width = 1
        except UnicodeEncodeError:
            width = 2
        found.append((start, end, width))
    return found


def _piece_table(pieces: Sequence[tuple[int, int, int]], places: Sequence[int]) -> bytes:
    cps = [start for start, _, _ in pieces] + [pieces[-1][1]]
    table = struct.pack(f"<{len(cps)}I", *cps)
    for (_, _, width), place in zip(pieces, places, strict=True):
        table += struct.pack("<HIH", 0, place if width == 2 else 2 * place | 0x40000000, 0)
    return b"\x02" + struct.pack("<I", len(table)) + table


def _whole(runs: list[Run], stream: bytes) -> list[Run]:
    """Return runs with those between them, of which nothing is said."""
    found, at = [], TEXT_START
    for start, end, properties in [*runs, (TEXT_START + len(stream), TEXT_START + len(stream), b"")]:
        if start > at:
            found.append((at, start, b""))
        if end > start:
            found.append((start, end, properties))
        at = end
    return found


def _described(runs: Sequence[Run], step: int) -> list[tuple[int, bytes]]:
    """Return pages of 512 bytes that say what is said of runs, each with the end of its last run."""
    pages = []
    for at in range(0, len(runs), 20):
        part = runs[at : at + 20]
        page = bytearray(512)
        struct.pack_into(f"<{len(part) + 1}I", page, 0, part[0][0], *(end for _, end, _ in part))
        place, known = 510, {}
        for number, (_, _, properties) in enumerate(part):
            told = bytes([len(properties)]) + properties if step == 1 else _paragraph(properties)
            if told not in known:
                place = (place - len(told)) & ~1
                page[place : place + len(told)] = told
                known[told] = place // 2
            page[4 * (len(part) + 1) + step * number] = known[told] if properties or step > 1 else 0
        page[511] = len(part)
        pages.append((part[-1][1], bytes(page)))
    return pages


def _paragraph(properties: bytes) -> bytes:
    told = b"\x00\x00" + properties  # its style, and what is said
    return bytes([len(told) // 2 + 1]) + told if len(told) % 2 else bytes([0, len(told) // 2]) + told


def _head(length: int, listed: Mapping[int, bytes], flags: int, version: int) -> tuple[bytes, bytes]:
    """Return the head of the document and the stream of its tables."""
    head = bytearray(TEXT_START)
    struct.pack_into("<HHHHHH", head, 0, 0xA5EC, version, 0, 0x0804, 0, flags)
    struct.pack_into("<H", head, 0x20, 14)
    struct.pack_into("<H", head, 0x3E, 22)
    struct.pack_into("<I", head, 0x4C, length)
    struct.pack_into("<H", head, 0x98, 93)
    tables = b""
    for row, table in listed.items():
        struct.pack_into("<II", head, 0x9A + 8 * row, len(tables), len(table))
        tables += table
    return bytes(head), tables
