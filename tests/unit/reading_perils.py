"""Processes in which reading a file goes wrong as its name says: what a test cannot wait for to happen by itself."""

from __future__ import annotations

import os
import signal
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from desktop import reading
from desktop.errors import UserError
from desktop.model import Document
from desktop.workflow import reading_jobs
from desktop.workflow.processes import Processes
from desktop.workflow.sourcing import Source


class Perilous(Processes):
    """Processes that die of a file called 死, never return from 停 or 算, and stumble over 错 and 内存."""

    def _begin(self):
        return ProcessPoolExecutor(self.count, mp_context=self._context, initializer=begin, initargs=(self._wanted,))


class Barred(Processes):
    """Processes that end as they begin."""

    def _begin(self):
        return ProcessPoolExecutor(self.count, mp_context=self._context, initializer=os._exit, initargs=(1,))


def begin(wanted):
    reading_jobs.begin(wanted)
    reading.read = read


def read(name, data):
    peril = Path(name).stem
    if not data:
        raise UserError("source_empty", name=name)
    if peril.startswith("死"):
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    if peril.startswith("停"):
        time.sleep(600)
    while peril.startswith("算"):
        pass
    if peril.startswith("错"):
        raise ValueError("out of range")
    if peril.startswith("内存"):
        raise MemoryError
    if peril.startswith("拒"):
        raise UserError("source_unreadable", name=name, why=PermissionError(13, "Permission denied"))
    text = " ".join(sorted(sys.modules)) if peril.startswith("模块") else data.decode()
    return Document(name, "txt", reading.sha256(data), text)


def sources(*names):
    return [Source(Path("下发", name), name, f"{name}：收到行政复议申请151件。\n".encode()) for name in names]
