"""Zips as others made them: what they claim is compared with what they hold before and while anything is unpacked."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BufferedIOBase
from pathlib import Path

from desktop.errors import UserError
from desktop.reading import limits, unable

ENCRYPTED = 0x1
UTF8 = 0x800
_UNICODE_NAME = 0x7075
# What zipfile makes of bytes that are no zip, a damaged one, or one made to break readers.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, struct.error, OverflowError, LookupError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What is said of a zip, and what of a document that is one.
_OF_DOCUMENTS = {
    "archive_damaged": "source_damaged", "archive_member_damaged": "source_damaged",
    "archive_member_locked": "source_locked",
}  # fmt: skip
_CHUNK = 1024 * 1024
_ENTRY = 512  # bytes of one file in the directory: long Chinese names, twice


@contextlib.contextmanager
def opened(name: str, source: bytes | Path) -> Iterator[zipfile.ZipFile]:
    """Yield a zip whose directory is sound; UserError where it is damaged, too large, or made to unpack without end.

    What a file in it unpacks to is bounded when it is read (`content`), since a directory may lie.
    """
    with contextlib.ExitStack() as closing:
        try:
            file = closing.enter_context(io.BytesIO(source) if isinstance(source, bytes) else source.open("rb"))
            if _directory_bytes(file) > limits.MEMBERS * _ENTRY:
                raise UserError("archive_too_many", name=name, most=limits.MEMBERS)
            archive = closing.enter_context(zipfile.ZipFile(file))
        except OSError as error:
            raise unable(name, error) from None
        except (*_DAMAGED, RuntimeError):
            raise UserError("archive_damaged", name=name) from None
        _check(name, archive)
        yield archive


@contextlib.contextmanager
def packaged(name: str, data: bytes) -> Iterator[zipfile.ZipFile]:
    """Yield the parts of a document that is itself a zip (.docx, .ofd); errors speak of the document, not of a zip."""
    try:
        with opened(name, data) as archive:
            yield archive
    except UserError as error:
        if error.message_id not in _OF_DOCUMENTS:
            raise
        raise UserError(_OF_DOCUMENTS[error.message_id], name=name) from None


def content(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, most: int) -> bytes:
    """Return the bytes of one file of a zip, `most` at the most; UserError, saying `name`, where they cannot be had."""
    if info.flag_bits & ENCRYPTED:
        raise UserError("archive_member_locked", name=name)
    if info.compress_type not in _METHODS:
        raise UserError("archive_member_method", name=name)
    _check_size(name, info.file_size, info.compress_size, most)
    parts, size = [], 0
    try:
        with archive.open(info) as packed:
            while part := packed.read(_CHUNK):
                size += len(part)
                _check_size(name, size, info.compress_size, most)
                parts.append(part)
    except UserError:
        raise
    except OSError as error:
        raise unable(name, error) from None
    except (*_DAMAGED, RuntimeError):
        raise UserError("archive_member_damaged", name=name) from None
    return b"".join(parts)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return the name of a file in a zip as its maker wrote it: Chinese programs write GBK without saying so."""
    if info.flag_bits & UTF8:
        return info.orig_filename
    try:
        written = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    if (other := _unicode_name(info.extra, written)) is not None:
        return other
    for encoding in ("utf-8", "gb18030"):
        with contextlib.suppress(UnicodeDecodeError):
            return written.decode(encoding)
    return info.orig_filename


def _unicode_name(extra: bytes, written: bytes) -> str | None:
    """Return the name in the field that some programs add for it, where it still belongs to the name as written."""
    at = 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + size]
        if kind == _UNICODE_NAME and len(field) > 5 and struct.unpack_from("<L", field, 1)[0] == zlib.crc32(written):
            with contextlib.suppress(UnicodeDecodeError):
                return field[5:].decode("utf-8")
        at += 4 + size
    return None


def _check(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse a zip whose files lie over each other or are more than anybody sends."""
    infos = archive.infolist()
    if len(infos) > limits.MEMBERS:
        raise UserError("archive_too_many", name=name, most=limits.MEMBERS)
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        # 30 bytes of header, and the name, stand before the bytes of each file.
        if info.header_offset < end:
            raise UserError("archive_bomb", name=name)
        end = info.header_offset + 30 + info.compress_size
    if sum(info.file_size for info in infos) > limits.UNPACKED_BYTES:
        raise UserError("archive_too_large", name=name, megabytes=limits.UNPACKED_BYTES // limits.MB)


def _check_size(name: str, size: int, packed: int, most: int) -> None:
    if size > limits.RATIO_FREE_BYTES and size > limits.RATIO * max(packed, 1):
        raise UserError("archive_bomb", name=name)
    if size > most:
        raise UserError("source_too_large", name=name, megabytes=most // limits.MB)


def _directory_bytes(file: BufferedIOBase) -> int:
    """Return how large a zip says that its directory is, 0 where it has none: it is read whole on opening."""
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 0x10000 - 128))
    tail = file.read()
    file.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 16:
        return 0
    said: int = struct.unpack_from("<L", tail, at + 12)[0]
    large = tail.rfind(b"PK\x06\x06", 0, at)
    if said == 0xFFFFFFFF and large >= 0 and len(tail) >= large + 48:
        said = struct.unpack_from("<Q", tail, large + 40)[0]
    return said
