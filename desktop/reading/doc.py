"""Word 97-2003 and Kingsoft documents (.doc, .wps): one and the same file inside."""

from __future__ import annotations

import struct

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import layout, libreoffice, limits, reader, sha256
from desktop.reading.compound import Compound, DamagedError
from desktop.reading.layout import Block
from desktop.reading.word_file import WordFile
from desktop.reading.word_text import blocks

VERSION, FLAGS = 2, 10
ENCRYPTED, OTHER_TABLES = 0x100, 0x200
WORD_97 = 0xC1


@reader(".doc", ".wps")
def read_doc(name: str, data: bytes) -> Document:
    """Return the text without heads and feet, hidden and struck-out letters; UserError where it cannot be had.

    The format before Word 97 is read with LibreOffice where that is installed. Damaged files are not: it makes a text
    of whatever is left, and nobody would see what is missing.
    """
    try:
        return Document(name, "doc", sha256(data), layout.text_of(_blocks(name, data)))
    except UserError as error:
        document = libreoffice.read(name, data, "doc") if error.message_id == "source_word_95" else None
        if document is None:
            raise
        return document


def _blocks(name: str, data: bytes) -> list[Block]:
    """Return the blocks of the document; UserError where it is none, locked, older than Word 97, or damaged."""
    try:
        file = Compound(data)
        stream = file.stream("WordDocument")
        if stream is None:
            raise UserError("source_not_kind", name=name, kind="DOC")
        version, flags = (int.from_bytes(stream[at : at + 2], "little") for at in (VERSION, FLAGS))
        if flags & ENCRYPTED:
            raise UserError("source_locked", name=name)
        if version < WORD_97:
            raise UserError("source_word_95", name=name)
        tables = file.stream("1Table" if flags & OTHER_TABLES else "0Table") or b""
        return blocks(WordFile(stream, tables, limits.CHARACTERS))
    except (DamagedError, struct.error):
        raise UserError("source_damaged", name=name) from None
