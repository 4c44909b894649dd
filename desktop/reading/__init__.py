"""Sources -> Documents: one module a format, entered in the registry by its file endings."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from pathlib import Path, PurePath

from desktop.errors import UserError
from desktop.model import Document
from desktop.registry import Registry, import_all

Reader = Callable[[str, bytes], Document]

reader: Registry[Reader] = Registry()

MAX_BYTES = 64 * 1024 * 1024


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
        if path.stat().st_size > MAX_BYTES:
            raise UserError("source_too_large", name=path.name, megabytes=MAX_BYTES // (1024 * 1024))
        data = path.read_bytes()
    except FileNotFoundError:
        raise UserError("source_missing", name=str(path)) from None
    except PermissionError:
        raise UserError("source_no_permission", name=str(path)) from None
    except OSError as error:
        raise UserError("source_unreadable", name=str(path), why=error) from None
    if not data:
        raise UserError("source_empty", name=path.name)
    return data


def read(name: str, data: bytes) -> Document:
    """Return the Document that the reader of the name's ending makes of `data`; UserError says why it cannot."""
    ending = PurePath(name).suffix.lower()
    entry = readers().get(ending)
    if entry is None:
        raise UserError("source_format_unknown", name=name, known=" ".join(sorted(reader)))
    if not data:
        raise UserError("source_empty", name=name)
    return entry(name, data)
