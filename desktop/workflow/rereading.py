"""Reports read again once the catalogue is another: texts in, extractions out, and what people decided stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from db import queries
from db.rows import ReportRow
from db.store import Store
from desktop import __version__, districts
from desktop.indicators import Catalogue, own_part
from desktop.model import Document, Extraction
from desktop.progress import Progress
from desktop.sentences import sentence
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.importing import processes, read_loaded
from desktop.workflow.sourcing import Failed, Source


@dataclass(frozen=True, slots=True)
class ReadAgain:
    """What the machine reads in one report now, and the version of the catalogue that it was read with.

    `document` is its source as read now, None where only the text of the store was read.
    """

    report_id: int
    extraction: Extraction
    catalogue: str
    document: Document | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """A figure that an indicator would take: as printed, its sentence, and what the report has it as now."""

    start: int
    end: int
    quote: str
    sentence: str
    before: str | None


@dataclass(frozen=True, slots=True)
class Tried:
    """What an indicator would take in one report, in text order."""

    report: ReportRow
    taken: tuple[Taken, ...]


def outdated(store: Store) -> list[int]:
    """Return the reports that were read with other own indicators than the store has now."""
    now = own_part(catalogue(store).version)
    if {own_part(version) for version in queries.catalogue_versions(store)} <= {now}:
        return []
    return [report_id for report_id, version in queries.catalogues(store).items() if own_part(version) != now]


def extract_again(store: Store, report_ids: Iterable[int], progress: Progress) -> Iterator[ReadAgain]:
    """Read reports again from their texts with the store's catalogue (a job, on a store opened for reading).

    Nothing is written: the caller keeps each result by `keep_again`. Raise Cancelled between two reports.
    """
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    known, divisions, wanted = catalogue(store), districts.load(), list(report_ids)
    progress.total += len(wanted)
    for report_id in wanted:
        document = _document(store, report_id)
        progress.step(document.name, by=0)
        yield ReadAgain(report_id, extract(document, known, divisions), known.version)
        progress.step(document.name)


def read_sources_again(store: Store, report_ids: Iterable[int], progress: Progress) -> Iterator[ReadAgain]:
    """Read reports again from their original files (a job, on a store opened for reading), as after an update.

    Processes of this machine read. A report whose file is missing, or cannot be read any more, is read from its text.
    Raise Cancelled soon after it is asked for.
    """
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    known, wanted = catalogue(store), list(report_ids)
    progress.total += len(wanted)
    outcomes = read_loaded(_sources(store, wanted), known, progress, processes() if wanted else None)
    for report_id, outcome in zip(wanted, outcomes, strict=True):
        if isinstance(outcome, Failed):
            extraction = extract(_document(store, report_id), known, districts.load())
            yield ReadAgain(report_id, extraction, known.version)
        else:
            document, extraction = outcome[1]
            yield ReadAgain(report_id, extraction, known.version, document)


def _sources(store: Store, report_ids: Iterable[int]) -> Iterator[Source]:
    """Yield the original file of each report, empty where it is missing."""
    for report_id in report_ids:
        report = queries.report(store, report_id)
        yield Source(Path(report.source_name), report.source_name, store.source(report.source_sha256) or b"")


def _document(store: Store, report_id: int) -> Document:
    report = queries.report(store, report_id)
    pages, doubts = tuple(queries.pages(store, report_id)), tuple(queries.doubts(store, report_id))
    text = queries.text(store, report_id)
    return Document(report.source_name, report.reader, report.source_sha256, text, pages, doubts)


def keep_again(store: Store, again: ReadAgain) -> None:
    """Let a report's new reading stand under what people decided on it; the caller has it checked again."""
    if again.document is not None:
        store.replace_document(
            again.report_id, again.document, again.extraction, program=__version__, catalogue=again.catalogue
        )
        return
    store.replace_extraction(again.report_id, again.extraction, program=__version__, catalogue=again.catalogue)


def try_indicator(
    store: Store, known: Catalogue, indicator: str, report_ids: Iterable[int], progress: Progress
) -> Iterator[Tried]:
    """Yield what an indicator of the catalogue `known` would take in each report (a job), nothing being written."""
    from desktop.extraction import extract

    divisions, wanted = districts.load(), list(report_ids)
    progress.total += len(wanted)
    for report_id in wanted:
        report, document = queries.report(store, report_id), _document(store, report_id)
        text = document.text
        named = [f for f in extract(document, known, divisions).figures if f.indicator == indicator]
        has = {(f.start, f.end): f.indicator for f in queries.figures(store, report_id)} if named else {}
        yield Tried(
            report,
            tuple(
                Taken(f.start, f.end, text[f.start : f.end], sentence(text, f.start, f.end), has.get((f.start, f.end)))
                for f in named
            ),
        )
        progress.step(report.source_name)
