"""Sources -> Documents: one module a format, entered in the registry by its file endings."""

from __future__ import annotations

import functools
import hashlib
import os
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePath

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import kinds, limits
from desktop.reading.rendering import Picture, is_paged, render
from desktop.registry import Registry, import_all

__all__ = ["Picture", "Reader", "is_paged", "load", "read", "reader", "readers", "render", "sha256", "unable"]

Reader = Callable[[str, bytes], Document]

reader: Registry[Reader] = Registry()

_HALVES = re.compile("[\ud800-\udfff]")
IN_USE = 32  # what Windows says of a file that another program holds open


@functools.cache
def readers() -> Registry[Reader]:
    """Return the registry with every format module of this package entered."""
    import_all(__name__, __path__)
    return reader


def sha256(data: bytes) -> str:
    """Return the SHA-256 of a source, in hexadecimal: by this a report is known."""
    return hashlib.sha256(data).hexdigest()


def load(path: Path) -> bytes:
    """Return the bytes of a source file; UserError where it is missing, empty, too large or may not be read."""
    try:
        with path.open("rb") as file:
            before = os.fstat(file.fileno())
            if before.st_size > limits.SOURCE_BYTES:
                raise UserError("source_too_large", name=path.name, megabytes=limits.SOURCE_BYTES // limits.MB)
            data = file.read(limits.SOURCE_BYTES + 1)
            after = os.fstat(file.fileno())
    except OSError as error:
        raise unable(str(path), error) from None
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns) or len(data) != after.st_size:
        raise UserError("source_being_written", name=path.name)
    if not data:
        raise UserError("source_empty", name=path.name)
    return data


def unable(name: str, error: OSError) -> UserError:
    """Return the sentence for a file that the system does not let one read."""
    if isinstance(error, FileNotFoundError):
        return UserError("source_missing", name=name)
    if getattr(error, "winerror", None) == IN_USE:
        return UserError("source_in_use", name=name)
    if isinstance(error, PermissionError):
        return UserError("source_no_permission", name=name)
    return UserError("source_unreadable", name=name, why=error)


def read(name: str, data: bytes) -> Document:
    """Return the Document that the reader of what `data` is makes of it; UserError says why none can.

    What has no sign of its own (plain text, web pages cut out of their middle) is read as its ending says.
    """
    if not data:
        raise UserError("source_empty", name=name)
    ending = PurePath(name).suffix.lower()
    kind = kinds.of(data)
    document = _entry(name, ending, kind)(name, data) if kind else _unsigned(name, ending, data)
    if len(document.text) > limits.CHARACTERS:
        raise UserError("source_too_long", name=name, most=limits.CHARACTERS)
    if not document.text.strip():
        raise UserError("source_empty", name=name)
    # Halves of a pair are no characters and cannot be kept; what stands for them is as long.
    text = _HALVES.sub("\ufffd", document.text)
    return document if text == document.text else replace(document, text=text)


def _entry(name: str, ending: str, kind: str) -> Reader:
    """Return the reader for what a source is, the one of its own ending where that says the same."""
    if kind == kinds.LOCKED:
        raise UserError("source_locked", name=name)
    if kind == ".zip":
        raise UserError("source_is_archive", name=name)
    known = readers()
    # Of a .doc that is cut short the list of its streams may be gone: its reader says that it is damaged.
    kind = ".doc" if kind == ".ole" and kinds.same(ending) == ".doc" else kind
    entry = known.get(ending) if kinds.same(ending) == kind else None
    entry = entry or known.get(kind)
    if entry is None:
        raise UserError("source_other_kind", name=name, kind=kind[1:].upper(), known=" ".join(sorted(known)))
    return entry


def _unsigned(name: str, ending: str, data: bytes) -> Document:
    """Read what has no sign: as its ending says where that is text, else as plain text, if it is that."""
    known = readers()
    entry = known.get(ending)
    if entry is None:
        raise UserError("source_format_unknown", name=name, known=" ".join(sorted(known)))
    if kinds.is_text(ending):
        return entry(name, data)
    try:
        return known[".txt"](name, data)
    except UserError:
        raise UserError("source_not_kind", name=name, kind=ending[1:].upper()) from None
