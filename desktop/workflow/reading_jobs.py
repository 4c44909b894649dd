"""What a process that reads does: names and bytes in, documents and what the machine finds in them out.

It knows neither Qt nor pandas, so that a new process is soon at work; what it is given and gives back can be pickled.
"""

from __future__ import annotations

import contextlib
import faulthandler
import functools
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from desktop import __version__, districts, faults, indicators, reading
from desktop.errors import UserError
from desktop.indicators import Catalogue, Indicator
from desktop.model import Document, Extraction

Found = tuple[Document, Extraction]

GRACE_S = 10.0
NICENESS = 5  # the window comes first
BELOW_NORMAL = 0x4000  # the same in the words of Windows

_one_at_a_time = threading.Lock()  # format libraries bear one thread a process; a cluster's worker may have several
_gate = threading.Lock()
_working = _given_up = False


@dataclass(frozen=True, slots=True)
class Chunk:
    """Some sources (name, bytes) to be read in one go, with the store's `own` indicators beside those of Hebao.

    `catalogue` is the version of both. A source that takes more than `patience` seconds ends the process; 0: none does.
    """

    sources: tuple[tuple[str, bytes], ...]
    own: tuple[Indicator, ...]
    catalogue: str
    patience: float = 0.0


def own_indicators(catalogue: Catalogue) -> tuple[Indicator, ...]:
    """Return the indicators of a catalogue that Hebao does not bring along."""
    base = indicators.load()
    return tuple(indicator for key, indicator in catalogue.items() if base.get(key) is not indicator)


def read_chunk(chunk: Chunk) -> list[Found | UserError]:
    """Read the sources of a chunk, and give back what came of each, in their order.

    UserError: other_catalogue, where this process has not the one asked for.
    """
    with _one_at_a_time, _at_work():
        catalogue = _catalogue(chunk.own)
        if catalogue.version != chunk.catalogue:
            raise UserError("other_catalogue", ours=chunk.catalogue, theirs=catalogue.version)
        return [_read_in_time(name, data, catalogue, chunk.patience) for name, data in chunk.sources]


def read_one(name: str, data: bytes, catalogue: Catalogue) -> Found | UserError:
    """Read one source; whatever goes wrong is given back as a sentence about this source."""
    from desktop.extraction import extract  # here, so that neither window nor command line waits for it at the start

    try:
        document = reading.read(name, data)
        return document, extract(document, catalogue, districts.load())
    except UserError as error:
        return error
    except MemoryError:
        return UserError("source_too_much_memory", name=name)
    except Exception as error:  # a reader's fault: of hundreds of files the rest is read all the same
        faults.note(faults.described(error))
        return UserError("source_reader_failed", name=name, why=f"{type(error).__name__}: {error}")


def versions() -> tuple[str, str]:
    """Return the versions of the program and of its catalogue in this process."""
    return __version__, indicators.load().version


def begin(wanted: Connection) -> None:
    """Prepare a process of this machine for reading; it ends once the other end of `wanted` is closed, or dead."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who began it is told, and ends it
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.kernel32.SetPriorityClass(ctypes.windll.kernel32.GetCurrentProcess(), BELOW_NORMAL)
    else:
        os.nice(NICENESS)
    with contextlib.suppress(OSError):  # where memory gets short, Linux ends this process and not the window
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    threading.Thread(target=_end_when_unwanted, args=(wanted,), daemon=True).start()


def _end_when_unwanted(wanted: Connection) -> None:
    global _given_up
    wanted.poll(None)
    with _gate:
        _given_up = True
        if _working:
            os._exit(1)
    time.sleep(GRACE_S)  # what is done is on its way back; whoever began this process ends it, unless dead
    os._exit(1)


@contextlib.contextmanager
def _at_work() -> Iterator[None]:
    """Hold the reading of a chunk, the only time at which this process may be ended: half an answer is never sent."""
    global _working
    with _gate:
        if _given_up:
            os._exit(1)
        _working = True
    try:
        yield
    finally:
        with _gate:
            _working = False


def _read_in_time(name: str, data: bytes, catalogue: Catalogue, patience: float) -> Found | UserError:
    if not patience:
        return read_one(name, data, catalogue)
    with Path(os.devnull).open("w", encoding="ascii") as nowhere:
        faulthandler.dump_traceback_later(patience, exit=True, file=nowhere)  # even where Python itself hangs
        try:
            return read_one(name, data, catalogue)
        finally:
            faulthandler.cancel_dump_traceback_later()


@functools.lru_cache(maxsize=2)
def _catalogue(own: tuple[Indicator, ...]) -> Catalogue:
    return indicators.load().with_own(own)
