"""Which files an import reads: folders walked, archives opened, the bytes of each source loaded in turn."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

from desktop import reading
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.reading import archives

PASSED_OVER = "passed_over"


@dataclass(frozen=True, slots=True)
class Source:
    """One file to be read: where it lies, the name that its report will keep, its bytes.

    Of a file in an archive both name the archive: 下发/外.zip/甲县.docx, 外.zip/甲县.docx.
    """

    path: Path
    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Failed:
    """One source that was not imported and why, or one that was skipped and why."""

    name: str
    error: UserError


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[Failed]]:
    """Return the files to read, folders walked in order of names, and what in the folders cannot be read."""
    found: list[Path] = []
    failed: list[Failed] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
            found.append(path)
            continue
        files, closed = _files_inside(path)
        failed += closed
        inside = [file for file in files if is_source(file.name) or archives.is_archive(file.name)]
        found += inside
        if not closed or inside:
            others = [file.name for file in files if not (is_source(file.name) or archives.is_archive(file.name))]
            failed += _left_out(path, len(inside), others)
    return found, failed


def is_source(name: str) -> bool:
    """Tell by its ending a file that can be read."""
    return PurePath(name).suffix.lower() in reading.readers()


def _left_out(where: Path, inside: int, others: Sequence[str]) -> Iterator[Failed]:
    """Yield what is to be said of the files in a folder or archive that nobody can read, where it has `inside` more."""
    endings = " ".join(sorted({PurePath(name).suffix.lower() or PurePath(name).name for name in others}))
    if inside and others:
        yield Failed(str(where), UserError(PASSED_OVER, path=str(where), n=len(others), endings=endings))
    elif not inside:
        yield Failed(
            str(where), UserError("no_reports_found", path=str(where), known=" ".join(sorted(reading.readers())))
        )


def _files_inside(folder: Path) -> tuple[list[Path], list[Failed]]:
    """Return the files of a folder and its subfolders, and the folders kept closed.

    Hidden and passing files are left out, and what saved web pages brought along.
    """
    closed: list[Failed] = []

    def refuse(error: OSError) -> None:
        name = str(error.filename)
        closed.append(Failed(name, reading.unable(name, error)))

    files = []
    for inside, folders, names in os.walk(folder, onerror=refuse):
        beside = {name.lower() for name in names}
        folders[:] = [n for n in folders if not (archives.is_passing(n) or archives.is_of_page(n, beside))]
        files += [Path(inside, name) for name in names if not archives.is_passing(name)]
    return sorted(files), closed


def load_sources(paths: Sequence[Path], progress: Progress) -> Iterator[Source | Failed]:
    """Load files one at a time, each file of an archive as a source of its own; what cannot be loaded says so.

    `progress.total` grows by as many as are found.
    """
    progress.total += len(paths)
    for path in paths:
        if archives.is_archive(path.name):
            progress.total -= 1
            yield from _load_members(path, progress)
            continue
        try:
            yield Source(path, path.name, reading.load(path))
        except UserError as error:
            yield failed(path, path.name, error)


def _load_members(archive: Path, progress: Progress) -> Iterator[Source | Failed]:
    inside, others, refused = 0, [], 0
    for member in archives.members(archive.name, archive):
        if isinstance(member, UserError):
            refused += 1
            said = str(member.arguments.get("name", archive.name))
            progress.total += 1
            yield Failed(str(archive.parent / said), member)
        elif is_source(member.name):
            inside += 1
            progress.total += 1
            yield Source(archive.parent / member.name, member.name, member.data)
        else:
            others.append(member.name)
    if not refused or inside:
        for left_out in _left_out(archive, inside, others):
            progress.total += 1
            yield left_out


def failed(path: Path, name: str, error: UserError) -> Failed:
    """Return the failure of a source; where its sentence names the file, it names the folder or the archive too."""
    told = error.arguments
    if told.get("name") == name:
        told = {**told, "name": within(path, name)}
    return Failed(str(path), UserError(error.message_id, **told))


def within(path: Path, name: str) -> str:
    """Return a file's name with that of its folder, since in every folder there may be one of this name."""
    return name if len(PurePath(name).parts) > 1 else str(Path(path.parent.name, name))
