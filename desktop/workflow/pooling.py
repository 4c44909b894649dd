"""Sources read by several processes at once: one that kills its process fails alone, and the rest goes on."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from typing import Protocol

from desktop.errors import UserError
from desktop.indicators import Catalogue
from desktop.progress import Progress
from desktop.workflow.reading_jobs import Chunk, Found, own_indicators, read_chunk
from desktop.workflow.sourcing import Failed, Source, failed

CHUNK_FILES, CHUNK_BYTES = 32, 256 * 1024  # small files go together, since a task costs each more than reading it does
AHEAD = 8  # chunks for each process, so that the others have work while one file is read for long
WAITING_BYTES = 128 * 1024 * 1024  # of sources that are loaded and not read yet
LOOK_S = 0.1  # how soon a person who stops an import is heard
Outcome = tuple[Source, Found] | Failed
Sources = tuple[Source, ...]


class Workers(Protocol):
    """Processes that read, `count` of them; `patience` is that of the chunks they are given."""

    count: int
    patience: float

    @property
    def executor(self) -> Executor:
        """Return what takes `read_chunk`; UserError where it is out of reach."""

    def renew(self) -> None:
        """Have another executor in the place of one that broke."""

    def stop(self) -> None:
        """End what is being read."""


def read_by(
    workers: Workers, sources: Iterable[Source | Failed], catalogue: Catalogue, progress: Progress
) -> Iterator[Outcome]:
    """Yield what comes of each source in their order, and stop the workers at the end; raise Cancelled when asked to.

    In order, since of two reports on one district and year the first that is imported counts: on every run the same.
    """
    pool = _Pool(workers, catalogue)
    try:
        for chunk in _chunks(sources):
            if isinstance(chunk, Failed):
                yield chunk
                progress.step(pool.reading)
                continue
            pool.submit(chunk)
            while pool.full:
                yield from _counted(pool, progress)
        while pool.busy:
            yield from _counted(pool, progress)
    finally:
        workers.stop()


def _counted(pool: _Pool, progress: Progress) -> Iterator[Outcome]:
    progress.step(pool.reading, by=0)
    for outcome in pool.collect():
        yield outcome
        progress.step(pool.reading)


def _chunks(sources: Iterable[Source | Failed]) -> Iterator[Sources | Failed]:
    """Yield sources some at a time, and what could not be loaded by itself."""
    chunk: list[Source] = []
    size = 0
    for source in sources:
        if isinstance(source, Failed):
            yield source
            continue
        if chunk and (len(chunk) == CHUNK_FILES or size + len(source.data) > CHUNK_BYTES):
            yield tuple(chunk)
            chunk, size = [], 0
        chunk.append(source)
        size += len(source.data)
    if chunk:
        yield tuple(chunk)


def outcome_of(source: Source, found: Found | UserError) -> Outcome:
    """Return what came of a source as the rest of an import takes it."""
    return failed(source.path, source.name, found) if isinstance(found, UserError) else (source, found)


@dataclass(slots=True)
class _Errand:
    """A chunk on its way; no `future` until it is sent. `alone`: nothing else is read while it is."""

    sources: Sources
    future: Future[list[Found | UserError]] | None = None
    alone: bool = False


class _Pool:
    """Chunks on their way through workers; where a process dies, what it may have read is read again one by one."""

    def __init__(self, workers: Workers, catalogue: Catalogue) -> None:
        self._workers = workers
        self._own, self._version = own_indicators(catalogue), catalogue.version
        self._errands: deque[_Errand] = deque()

    @property
    def full(self) -> bool:
        """Whether enough is on its way."""
        if len(self._errands) >= AHEAD * self._workers.count or any(errand.alone for errand in self._errands):
            return True
        return sum(len(source.data) for errand in self._errands for source in errand.sources) > WAITING_BYTES

    @property
    def busy(self) -> bool:
        """Whether anything is still to come."""
        return bool(self._errands)

    @property
    def reading(self) -> str:
        """Return the name of the source that is on its way longest."""
        return self._errands[0].sources[0].name if self._errands else ""

    def submit(self, sources: Sources) -> None:
        """Send some sources on their way."""
        self._errands.append(_Errand(sources, self._send(sources)))

    def _send(self, sources: Sources) -> Future[list[Found | UserError]]:
        named = tuple((source.name, source.data) for source in sources)
        chunk = Chunk(named, self._own, self._version, self._workers.patience)
        try:
            return self._workers.executor.submit(read_chunk, chunk)
        except BrokenExecutor:
            self._workers.renew()
            return self._workers.executor.submit(read_chunk, chunk)

    def collect(self) -> Iterator[Outcome]:
        """Yield what has arrived and has nothing before it, after a short wait where nothing has."""
        first = self._errands[0]
        flying = [errand.future for errand in self._errands if errand.future and not errand.future.done()]
        if first.future is None and not flying:
            first.future = self._send(first.sources)
        wait([first.future or flying[0]], timeout=LOOK_S)
        while self._errands and (future := self._errands[0].future) and future.done():
            errand = self._errands.popleft()
            try:
                found = future.result()
            except UserError:
                raise
            except Exception:  # the process died, or a cluster lost it
                if not errand.alone:
                    self._errands.extendleft(_Errand((source,), alone=True) for source in reversed(errand.sources))
                    return
                (source,) = errand.sources
                yield failed(source.path, source.name, UserError("source_reader_died", name=source.name))
            else:
                yield from map(outcome_of, errand.sources, found)
