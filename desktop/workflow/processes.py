"""Processes of this machine that read sources: spawned, at low priority, gone with the one that began them."""

from __future__ import annotations

import os
import signal
import sys
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import connection
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any

from desktop.workflow.reading_jobs import begin, versions

MOST = 8
MEMORY_EACH = 1 << 30  # reading a scan takes half of it, and the window and the system want some
PATIENCE_S = 30 * 60.0  # for one source: some thousand scanned pages
END_S = 2.0


class Processes:
    """Some spawned processes behind an executor; `stop` ends them, whatever they are reading.

    OSError or BrokenExecutor where this machine lets no process begin.
    """

    def __init__(self, count: int, patience: float = PATIENCE_S) -> None:
        self.count = count
        self.patience = patience
        self._context = _Context()
        self._wanted, self._want = self._context.Pipe(duplex=False)
        self._executor = self._begin()
        try:
            self._executor.submit(versions).result()
        except BaseException:
            self.stop()
            raise

    @property
    def executor(self) -> Executor:
        """Return the executor that the processes stand behind."""
        return self._executor

    def renew(self) -> None:
        """Begin anew after one of them died, since that breaks the executor."""
        self._executor.shutdown(wait=False)
        self._executor = self._begin()

    def stop(self) -> None:
        """End the processes at once; one that Python has no hold of any more is killed after a moment."""
        self._want.close()
        self._executor.shutdown(wait=False, cancel_futures=True)
        running = {process.sentinel: process for process in self._context.made if process.is_alive()}
        while running and (ended := connection.wait(running, timeout=END_S)):
            for sentinel in ended:
                del running[sentinel]  # type: ignore[arg-type]
        for process in running.values():
            process.kill()
        self._wanted.close()

    def _begin(self) -> ProcessPoolExecutor:
        return ProcessPoolExecutor(self.count, mp_context=self._context, initializer=begin, initargs=(self._wanted,))


class _Context(SpawnContext):
    """Spawns processes and remembers them."""

    def __init__(self) -> None:
        super().__init__()
        self.made: list[SpawnProcess] = []

    def Process(self, *words: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]
        made = _Deaf(*words, **named)
        self.made.append(made)
        return made


class _Deaf(SpawnProcess):
    """A process that no Ctrl+C reaches, not even while it begins: who began it is told, and ends it."""

    def start(self) -> None:
        if sys.platform == "win32":
            super().start()
            return
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})  # as a process inherits it
        try:
            super().start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def fitting_count() -> int:
    """Return how many processes this machine has processors and memory for: one at least."""
    processors = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return max(1, min(processors, (_memory() or MOST * MEMORY_EACH) // MEMORY_EACH, MOST))


def _memory() -> int:
    """Return the bytes of memory that this machine has, 0 where it does not tell."""
    if sys.platform == "win32":
        import ctypes

        kilobytes = ctypes.c_ulonglong()
        ctypes.windll.kernel32.GetPhysicallyInstalledSystemMemory(ctypes.byref(kilobytes))
        return kilobytes.value * 1024
    return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
