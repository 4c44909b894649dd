"""Reports read again once the catalogue is another: texts in, extractions out, and what people decided stays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db import queries
from db.rows import ReportRow
from db.store import Store
from desktop import __version__, districts, reading
from desktop.errors import UserError
from desktop.indicators import Catalogue, own_part
from desktop.model import Document, Extraction
from desktop.progress import Progress
from desktop.sentences import sentence
from desktop.workflow.cataloguing import catalogue


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

    One whose file is missing, or cannot be read any more, is read from its text. Raise Cancelled between two reports.
    """
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    known, divisions, wanted = catalogue(store), districts.load(), list(report_ids)
    progress.total += len(wanted)
    for report_id in wanted:
        kept = _document(store, report_id)
        progress.step(kept.name, by=0)
        fresh = _from_source(store, kept)
        yield ReadAgain(report_id, extract(fresh or kept, known, divisions), known.version, fresh)
        progress.step(kept.name)


def _from_source(store: Store, kept: Document) -> Document | None:
    try:
        source = store.source(kept.source_sha256)
        return None if source is None else reading.read(kept.name, source)
    except UserError:
        return None


def _document(store: Store, report_id: int) -> Document:
    report = queries.report(store, report_id)
    pages = tuple(queries.pages(store, report_id))
    return Document(report.source_name, report.reader, report.source_sha256, queries.text(store, report_id), pages)


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
