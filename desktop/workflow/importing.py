"""From files to reports in the store: read the sources, by several processes where there are many, and keep each."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass, field
from pathlib import Path

from db import queries
from db.intake import Entry
from db.store import Store
from desktop import __version__, indicators, reading
from desktop.errors import UserError
from desktop.indicators import Catalogue
from desktop.model import Document, Extraction
from desktop.progress import Cancelled, Progress
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.checking import check_reports
from desktop.workflow.pooling import Outcome, Workers, outcome_of, read_by
from desktop.workflow.processes import Processes, fitting_count
from desktop.workflow.reading_jobs import read_one
from desktop.workflow.sourcing import PASSED_OVER, Failed, Source, failed, find_sources, load_sources, within

AT_ONCE, SECONDS = 100, 2.0  # reports entered in one transaction, and how long one waits for the others
# What is soon read, in Python alone, as long as there is little of it: processes take longer to begin.
LIGHT = frozenset({".txt", ".htm", ".html", ".mht", ".mhtml", ".docx", ".rtf"})
LITTLE = 1024 * 1024


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


@dataclass(slots=True)
class Imported:
    """What came of an import: ids of the reports added, what was skipped, what failed, what nobody asked to read."""

    added: list[int] = field(default_factory=list)
    skipped: list[Failed] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)
    passed_over: list[Failed] = field(default_factory=list)


def read_sources(
    paths: Sequence[Path],
    known: AbstractSet[str],
    progress: Progress,
    named_by: Catalogue | None = None,
    workers: Workers | None = None,
) -> Generator[Reading | Failed, None, None]:
    """Read files (a job: no store, no Qt), counting each, and yield what comes of each, as it comes.

    What cannot be read, or is `known` by its SHA-256, says so. Figures are named by the catalogue given, by that of
    Hebao alone where none is. Without `workers`, processes of this machine read; none does where there is little to do.
    Raise Cancelled soon after it is asked for.
    """
    named_by = named_by or indicators.load()
    sources = (_unless_known(source, known) for source in load_sources(paths, progress))
    if workers is None and not _is_little(paths):
        workers = processes()
    for outcome in read_loaded(sources, named_by, progress, workers):
        if isinstance(outcome, Failed):
            yield outcome
        else:
            source, (document, extraction) = outcome
            yield Reading(source.path, document, source.data, extraction, named_by.version)


def _unless_known(source: Source | Failed, known: AbstractSet[str]) -> Source | Failed:
    if isinstance(source, Failed) or reading.sha256(source.data) not in known:
        return source
    return failed(source.path, source.name, UserError("source_already_in_store", name=source.name))


def processes() -> Workers | None:
    """Return processes of this machine; None where it lets none begin: then reading takes longer, and no more."""
    try:
        return Processes(fitting_count())
    except (OSError, BrokenExecutor):
        return None


def _is_little(paths: Iterable[Path]) -> bool:
    """Return whether reading these files takes less time than processes take to begin."""
    size = 0
    for path in paths:
        if path.suffix.lower() not in LIGHT:
            return False
        try:
            size += path.stat().st_size
        except OSError:  # as is said when it is loaded
            continue
        if size > LITTLE:
            return False
    return True


def read_loaded(
    sources: Iterable[Source | Failed], named_by: Catalogue, progress: Progress, workers: Workers | None
) -> Iterator[Outcome]:
    """Yield what comes of each source in their order: read by workers, by this process where there are none."""
    if workers is None:
        return _read_here(sources, named_by, progress)
    return read_by(workers, sources, named_by, progress)


def _read_here(sources: Iterable[Source | Failed], named_by: Catalogue, progress: Progress) -> Iterator[Outcome]:
    """Read sources one by one, in order; raise Cancelled between two of them."""
    for source in sources:
        name = Path(source.name).name
        progress.step(name, by=0)
        if isinstance(source, Failed):
            yield source
        else:
            yield outcome_of(source, read_one(source.name, source.data, named_by))
        progress.step(name)


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
            error = UserError("source_already_in_store", name=within(one.path, one.document.name))
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
    store: Store,
    paths: Iterable[Path],
    progress: Progress,
    tell: Callable[[Failed], None] | None = None,
    workers: Workers | None = None,
) -> Imported:
    """Import files and folders; one that fails never stops the rest, and what is done stays when cancelled.

    `workers` as for `read_sources`.
    """
    sources, closed = find_sources(paths)
    imported = Imported()
    for left_out in closed:
        keep(store, left_out, imported)
    outcomes = read_sources(sources, known_sources(store), progress, catalogue(store), workers)
    with store.loading(len(sources)), contextlib.closing(outcomes):
        for batch in _batches(outcomes):
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
    except (Cancelled, UserError, KeyboardInterrupt):
        yield batch
        raise
    yield batch
