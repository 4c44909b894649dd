"""The text of a Word 97-2003 document as a person sees it: paragraphs and tables, without fields' codes and changes."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from desktop.reading.layout import Block
from desktop.reading.stacking import Stack
from desktop.reading.word_file import (
    DEPTH,
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    ROW_END,
    UNSEEN,
    Said,
    WordFile,
    joined,
)  # fmt: skip
from desktop.reading.word_lists import named, numbering

BODY, FOOTNOTES, ENDNOTES, BOXES = 0, 1, 5, 6
ANCHORS, BOX_TEXTS = 40, 56  # rows of the head's list of tables: where shapes stand, the texts inside them
ON = b"\x01"
MARK = re.compile("[\r\x07\x0c]")
CONTENTS = re.compile(r"\s*TOC\b", re.IGNORECASE)  # a table of contents says the headings once more
FIELD = re.compile("[\x13-\x15]")
# Breaks of lines and columns and hyphens that hold; references, pictures and separators stand for nothing.
PLAIN: dict[int, str | None] = {**dict.fromkeys(range(0x20)), 0x09: "\t", 0x0B: "\n", 0x0E: "\n", 0x1E: "-"}


def blocks(file: WordFile) -> list[Block]:
    """Return the body's paragraphs and tables in order, each text box behind its anchor, then foot and endnotes."""
    stack, boxes, lists = Stack(), _boxes(file), numbering(file)
    for story in (BODY, FOOTNOTES, ENDNOTES):
        for text, end in _paragraphs(file, *file.story(story)):
            said = file.marks.get(end, {})
            number = lists.number(*named(said))  # an empty line of a list counts too
            depth = _enter(stack, number + text if text.strip() else "", file.text[end], said)
            while story == BODY and boxes and boxes[0][0] <= end:
                for line, _ in _paragraphs(file, *boxes.pop(0)[1:]):
                    stack.paragraph(line, depth)
    return stack.done()


def without_codes(text: str) -> str:
    """Return text with the codes of its fields unseen, what they come to kept; a field without an end is none."""
    hidden: list[tuple[int, int]] = []
    fields: list[tuple[int, int | None]] = []
    for found in FIELD.finditer(text):
        at = found.start()
        if text[at] == "\x13":
            fields.append((at, None))
        elif fields and text[at] == "\x14":
            fields[-1] = fields[-1][0], at
        elif fields and text[at] == "\x15":
            begin, result = fields.pop()
            is_contents = CONTENTS.match(text, begin + 1)
            hidden.append((begin, at if result is None or is_contents else result))
    parts, done = [], 0
    for begin, end in sorted(hidden):
        if end > done:
            parts += [text[done:begin], UNSEEN * (end - max(begin, done))]
            done = end
    return "".join([*parts, text[done:]])


def _paragraphs(file: WordFile, start: int, end: int) -> Iterator[tuple[str, int]]:
    """Yield the text of each paragraph of a stretch and the position of the mark that ends it."""
    text, done = without_codes(file.text[start:end]), 0
    for mark in MARK.finditer(text):
        yield _plain(text[done : mark.start()]), start + mark.start()
        done = mark.end()
    if rest := _plain(text[done:]):
        yield rest, end - 1


def _plain(text: str) -> str:
    return joined(text.translate(PLAIN))


def _enter(stack: Stack, text: str, mark: str, said: Said) -> int:
    """Put a paragraph where it belongs and return in how many tables that is."""
    depth = int.from_bytes(said.get(DEPTH, b""), "little") or int(said.get(IN_TABLE) == ON or mark == "\x07")
    if ON in (said.get(ROW_END), said.get(INNER_ROW_END)):
        stack.row(depth)
    elif mark == "\x07" or said.get(INNER_CELL) == ON:
        stack.cell(text, depth)
    else:
        stack.paragraph(text, depth)
    return depth


def _boxes(file: WordFile) -> list[tuple[int, int, int]]:
    """Return (where it stands in the body, start, end) of each text box, in order of where they stand."""
    anchors = {struct.unpack_from("<I", shape)[0]: cp for cp, _, shape in _listed(file.table(ANCHORS), 26)}
    (_, body_end), (start, end) = file.story(BODY), file.story(BOXES)
    found = []
    for first, last, box in _listed(file.table(BOX_TEXTS), 22):
        shape = struct.unpack_from("<I", box, 14)[0]
        if first < last <= end - start:
            found.append((min(anchors.get(shape, body_end - 1), body_end - 1), start + first, start + last))
    return sorted(found)


def _listed(table: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Yield (start, end, what is said) of the rows of a table (PLC) of positions and of `size` bytes for each."""
    number = max((len(table) - 4) // (4 + size), 0)
    cps = struct.unpack_from(f"<{number + 1}I", table) if number else ()
    for i in range(number):
        at = 4 * (number + 1) + size * i
        yield cps[i], cps[i + 1], table[at : at + size]
