"""From files to reports in the store: find the sources, read each, keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from db import queries
from db.store import Store
from desktop import __version__, districts, indicators, reading
from desktop.errors import UserError
from desktop.model import Document, Extraction
from desktop.progress import Progress
from desktop.workflow.checking import check_report


@dataclass(frozen=True, slots=True)
class Reading:
    """One source as read: its document, its bytes, and what the machine found; plain data, fit to be pickled."""

    document: Document
    source: bytes
    extraction: Extraction


@dataclass(frozen=True, slots=True)
class Failed:
    """One source that was not imported and why, or one that was skipped and why."""

    name: str
    error: UserError


@dataclass(slots=True)
class Imported:
    """What came of an import: ids of the reports added, what was skipped, what failed."""

    added: list[int] = field(default_factory=list)
    skipped: list[Failed] = field(default_factory=list)
    failed: list[Failed] = field(default_factory=list)


def find_sources(paths: Iterable[Path]) -> tuple[list[Path], list[Failed]]:
    """Return the files to read, folders walked in order of names, and the paths where there are none."""
    endings = set(reading.readers())
    found: list[Path] = []
    failed: list[Failed] = []
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in endings and p.is_file())
            found += inside
            if not inside:
                error = UserError("no_reports_found", path=str(path), known=" ".join(sorted(endings)))
                failed.append(Failed(str(path), error))
        else:
            found.append(path)
    return found, failed


def read_source(path: Path, known: AbstractSet[str] = frozenset()) -> Reading | Failed:
    """Read one file (a job: no store, no Qt); what cannot be read, or is `known` by its SHA-256, says so."""
    try:
        source = reading.load(path)
        if reading.sha256(source) in known:
            return Failed(path.name, UserError("source_already_in_store", name=path.name))
        document = reading.read(path.name, source)
    except UserError as error:
        return Failed(path.name, error)
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    return Reading(document, source, extract(document, indicators.load(), districts.load()))


def read_sources(paths: Sequence[Path], known: AbstractSet[str], progress: Progress) -> Iterator[Reading | Failed]:
    """Read files one by one (a job), counting each; raise Cancelled between two files."""
    progress.total += len(paths)
    for path in paths:
        progress.step(path.name, by=0)
        yield read_source(path, known)
        progress.step(path.name)


def keep(store: Store, outcome: Reading | Failed, imported: Imported) -> None:
    """Enter what one file gave into the store, checked, and into the account of this import."""
    if isinstance(outcome, Failed):
        skipped = outcome.error.message_id == "source_already_in_store"
        (imported.skipped if skipped else imported.failed).append(outcome)
        return
    document = outcome.document
    if store.has_source(document.source_sha256):
        error = UserError("source_already_in_store", name=document.name)
        imported.skipped.append(Failed(document.name, error))
        return
    report_id = store.add_report(
        document, outcome.source, outcome.extraction, [], program=__version__, catalogue=indicators.load().version
    )
    check_report(store, report_id)
    imported.added.append(report_id)


def known_sources(store: Store) -> frozenset[str]:
    """Return the SHA-256 of every source in the store, withdrawn reports included."""
    return frozenset(report.source_sha256 for report in queries.reports(store, withdrawn=True))


def import_paths(
    store: Store, paths: Iterable[Path], progress: Progress, tell: Callable[[Failed], None] | None = None
) -> Imported:
    """Import files and folders; one that fails never stops the rest, and what is done stays when cancelled."""
    sources, failed = find_sources(paths)
    imported = Imported(failed=failed)
    for outcome in read_sources(sources, known_sources(store), progress):
        keep(store, outcome, imported)
        if tell is not None and isinstance(outcome, Failed):
            tell(outcome)
    return imported
