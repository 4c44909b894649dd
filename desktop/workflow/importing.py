"""From files to reports in the store: find the sources, read each, keep it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from db import queries
from db.store import Entry, Store
from desktop import __version__, districts, indicators, reading
from desktop.errors import UserError
from desktop.indicators import Catalogue
from desktop.model import Document, Extraction
from desktop.progress import Cancelled, Progress
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.checking import check_reports

PASSED_OVER = "passed_over"
HIDDEN = (".", "~$", "__MACOSX")
AT_ONCE, SECONDS = 100, 2.0  # reports entered in one transaction, and how long one waits for the others
OF_THE_SYSTEM = frozenset({"thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as read: its document, its bytes, and what the machine found; plain data, fit to be pickled.

    `catalogue` is the version of the catalogue that it was read with.
    """

    path: Path
    document: Document
    source: bytes
    extraction: Extraction
    catalogue: str


@dataclass(frozen=True, slots=True)
class Failed:
    """One source that was not imported and why, or one that was skipped and why."""

    name: str
    error: UserError


@dataclass(slots=True)
class Imported:
    """What came of an import: ids of the reports added, what was skipped, what failed, what nobody asked to read."""

    added: list[int] = field(default_factory=list)
    skipped: list[Failed] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    passed_over: list[Failed] = field(default_factory=list)


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[Failed]]:
    """Return the files to read, folders walked in order of names, and what in the folders cannot be read."""
    endings = set(reading.readers())
    found: list[Path] = []
    failed: list[Failed] = []
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
            found.append(path)
            continue
        files, closed = _files_inside(path)
        failed += closed
        inside = [file for file in files if file.suffix.lower() in endings]
        found += inside
        others = sorted({file.suffix.lower() or file.name for file in files} - endings)
        if inside and others:
            told = {"path": str(path), "n": len(files) - len(inside), "endings": " ".join(others)}
            failed.append(Failed(str(path), UserError(PASSED_OVER, **told)))
        elif not inside and not closed:
            error = UserError("no_reports_found", path=str(path), known=" ".join(sorted(endings)))
            failed.append(Failed(str(path), error))
    return found, failed


def _files_inside(folder: Path) -> tuple[list[Path], list[Failed]]:
    """Return the files of a folder and its subfolders, hidden and passing ones aside, and the folders kept closed."""
    closed: list[Failed] = []

    def refuse(error: OSError) -> None:
        name = str(error.filename)
        unable = "source_no_permission" if isinstance(error, PermissionError) else "source_unreadable"
        closed.append(Failed(name, UserError(unable, name=name, why=error)))

    files = []
    for inside, folders, names in os.walk(folder, onerror=refuse):
        folders[:] = [name for name in folders if not name.startswith(HIDDEN)]
        files += [Path(inside, n) for n in names if not n.startswith(HIDDEN) and n.lower() not in OF_THE_SYSTEM]
    return sorted(files), closed


def read_source(
    path: Path, known: AbstractSet[str] = frozenset(), named_by: Catalogue | None = None
) -> Reading | Failed:
    """Read one file (a job: no store, no Qt); what cannot be read, or is `known` by its SHA-256, says so.

    Figures are named by the catalogue given, by that of Hebao alone where none is.
    """
    try:
        source = reading.load(path)
        if reading.sha256(source) in known:
            raise UserError("source_already_in_store", name=path.name)
        document = reading.read(path.name, source)
    except UserError as error:
        told = error.arguments
        if told.get("name") == path.name:
            told = {**told, "name": _within(path)}
        return Failed(str(path), UserError(error.message_id, **told))
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    named_by = named_by or indicators.load()
    return Reading(path, document, source, extract(document, named_by, districts.load()), named_by.version)


def _within(path: Path) -> str:
    """Return a file's name with that of its folder, since in every folder there may be a file of this name."""
    return str(Path(path.parent.name, path.name))


def read_sources(
    paths: Sequence[Path], known: AbstractSet[str], progress: Progress, named_by: Catalogue | None = None
) -> Iterator[Reading | Failed]:
    """Read files one by one (a job) as `read_source` does, counting each; raise Cancelled between two files."""
    progress.total += len(paths)
    for path in paths:
        progress.step(path.name, by=0)
        yield read_source(path, known, named_by)
        progress.step(path.name)


def keep(store: Store, outcome: Reading | Failed, imported: Imported) -> None:
    """Enter what one file gave into the store and into the account of this import; the caller has it checked."""
    if isinstance(outcome, Failed):
        kinds = {"source_already_in_store": imported.skipped, PASSED_OVER: imported.passed_over}
        kinds.get(outcome.error.message_id, imported.failed).append(outcome)
    else:
        keep_readings(store, [outcome], imported)


def keep_readings(store: Store, readings: Iterable[Reading], imported: Imported) -> None:
    """Enter what some files gave into the store, all in one transaction, and into the account of this import.

    The caller has them checked. All were read with one catalogue.
    """
    fresh: dict[str, Reading] = {}
    for one in readings:
        sha256 = one.document.source_sha256
        if sha256 in fresh or store.has_source(sha256):
            error = UserError("source_already_in_store", name=_within(one.path))
            imported.skipped.append(Failed(str(one.path), error))
        else:
            fresh[sha256] = one
    if fresh:
        entries = [Entry(one.document, one.source, one.extraction) for one in fresh.values()]
        versions = {"program": __version__, "catalogue": next(iter(fresh.values())).catalogue}
        imported.added += store.add_reports(entries, **versions)


def known_sources(store: Store) -> frozenset[str]:
    """Return the SHA-256 of every source in the store, withdrawn reports included."""
    return queries.source_hashes(store)


def import_paths(
    store: Store, paths: Iterable[Path], progress: Progress, tell: Callable[[Failed], None] | None = None
) -> Imported:
    """Import files and folders; one that fails never stops the rest, and what is done stays when cancelled."""
    sources, failed = find_sources(paths)
    imported = Imported()
    for left_out in failed:
        keep(store, left_out, imported)
    with store.loading(len(sources)):
        for batch in _batches(read_sources(sources, known_sources(store), progress, catalogue(store))):
            for outcome in batch:
                if isinstance(outcome, Failed):
                    keep(store, outcome, imported)
                    if tell is not None:
                        tell(outcome)
            keep_readings(store, [outcome for outcome in batch if isinstance(outcome, Reading)], imported)
    check_reports(store, queries.unchecked(store), progress)
    return imported


def _batches(outcomes: Iterator[Reading | Failed]) -> Iterator[list[Reading | Failed]]:
    """Yield what is read some at a time, so that little is lost to a power cut; also what is there when stopped."""
    batch: list[Reading | Failed] = []
    begun = time.monotonic()
    try:
        for outcome in outcomes:
            batch.append(outcome)
            if len(batch) == AT_ONCE or time.monotonic() - begun > SECONDS:
                yield batch
                batch, begun = [], time.monotonic()
    except Cancelled:
        yield batch
        raise
    yield batch
