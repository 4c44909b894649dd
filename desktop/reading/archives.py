"""The files inside zips, one after another: each a source of its own, the zip only its wrapping."""

from __future__ import annotations

import stat
import zipfile
from collections.abc import Container, Iterator
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import NamedTuple

from desktop.errors import UserError
from desktop.reading import limits, load, zips

ENDINGS = frozenset({".zip"})
HIDDEN = (".", "~$", "__MACOSX")
OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})
PAGES, BROUGHT = (".htm", ".html"), ("_files", ".files")  # 年报.html has its pictures in 年报_files
OF_DOCUMENTS = frozenset({"[Content_Types].xml", "OFD.xml"})  # a zip with one of these is a document of its own


class Member(NamedTuple):
    """One file of an archive: its name with the archive's before it (外.zip/内.zip/甲县.docx), and its bytes."""

    name: str
    data: bytes


def is_archive(name: str) -> bool:
    """Tell by its ending a file whose members are the sources."""
    return PurePosixPath(name).suffix.lower() in ENDINGS


def members(name: str, source: bytes | Path) -> Iterator[Member | UserError]:
    """Yield the files of a zip in its order, those of zips inside it too, one in memory at a time.

    What cannot be had (locked, damaged, a link, a name that leads out of the archive, a bomb) is yielded as the
    UserError that says so, and the rest goes on; so is the whole zip where it cannot be opened. Nothing is written to
    disk. Hidden files, those that systems leave and those of saved web pages are passed over. What is too large for a
    source is not unpacked. A document that is itself a zip (a .docx called .zip) is given whole, under its name.
    """
    yield from _members(name, source, 1, [limits.UNPACKED_BYTES])


def is_passing(part: str) -> bool:
    """Tell a file or folder that no person put there: hidden, of the system, of a program that has the file open."""
    return part.startswith(HIDDEN) or part.lower() in OF_THE_SYSTEM


def is_of_page(folder: str, files: Container[str]) -> bool:
    """Tell a folder that holds what a saved web page brought along; `files`, in small letters, lie beside it."""
    name = folder.lower()
    return any(name.removesuffix(end) + page in files for end in BROUGHT if name.endswith(end) for page in PAGES)


def _members(name: str, source: bytes | Path, depth: int, left: list[int]) -> Iterator[Member | UserError]:
    """Yield what `members` does; `left` is how many bytes all archives together may still unpack to."""
    if depth > limits.NESTING:
        yield UserError("archive_nested", name=name, most=limits.NESTING)
        return
    try:
        with zips.opened(name, source) as archive:
            if any(info.filename in OF_DOCUMENTS for info in archive.infolist()):
                yield Member(name, source if isinstance(source, bytes) else load(source))
                return
            named = [(zips.name_of(info).replace("\\", "/"), info) for info in archive.infolist()]
            files = {inside.lower() for inside, _ in named}
            for inside, info in named:
                if not inside or inside.endswith("/") or _is_hidden(inside, files):
                    continue
                whole = f"{name}/{_shown(inside)}"
                try:
                    data = _data(whole, inside, archive, info, left)
                except UserError as error:
                    yield error
                    continue
                if is_archive(inside):
                    yield from _members(whole, data, depth + 1, left)
                else:
                    yield Member(whole, data)
    except UserError as error:
        yield error


def _data(whole: str, inside: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: list[int]) -> bytes:
    """Return the bytes of one file of a zip; UserError where it is none that a person packed, or cannot be had."""
    if _leads_out(inside):
        raise UserError("archive_member_outside", name=whole)
    if stat.S_ISLNK(info.external_attr >> 16):
        raise UserError("archive_member_link", name=whole)
    if left[0] <= 0:
        raise UserError("archive_too_large", name=whole, megabytes=limits.UNPACKED_BYTES // limits.MB)
    data = zips.content(whole, archive, info, limits.SOURCE_BYTES)
    left[0] -= len(data)
    return data


def _is_hidden(inside: str, files: Container[str]) -> bool:
    path = PurePosixPath(inside)
    passing = any(is_passing(part) for part in path.parts if part != "..")
    return passing or any(is_of_page(str(folder), files) for folder in path.parents)


def _leads_out(inside: str) -> bool:
    return ".." in PurePosixPath(inside).parts or inside.startswith("/") or bool(PureWindowsPath(inside).drive)


def _shown(inside: str) -> str:
    """Return a name without signs that would break or turn the line in which it is told."""
    return "".join(c if c.isprintable() else "\ufffd" for c in inside)
