"""How the window ended: a mark stands while it runs, so that the next start can tell of an end that nobody wished."""

from __future__ import annotations

import contextlib
import faulthandler
import os
import sys
from pathlib import Path
from typing import IO

from desktop.paths import state_folder

NAMED = "running-{}.txt"


class Mark:
    """Stands from `begin` to `end`; what crashes the interpreter itself writes where it was into it."""

    def __init__(self) -> None:
        self._path = state_folder() / NAMED.format(os.getpid())
        self._file: IO[str] | None = None

    def begin(self) -> bool:
        """Set the mark and return whether an earlier start left one: it ended badly. Its places go into the log."""
        badly = sum(_take(left) for left in sorted(state_folder().glob(NAMED.format("*")))) > 0
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("w", encoding="utf-8")
            _hold(self._file)
            faulthandler.enable(self._file)
        return badly

    def end(self) -> None:
        """Take the mark away."""
        if self._file is not None:
            faulthandler.disable()
            self._file.close()
            self._file = None
            with contextlib.suppress(OSError):
                self._path.unlink()


def _take(left: Path) -> bool:
    """Take a mark that its process left behind; False where that still runs."""
    try:
        with left.open("r+", encoding="utf-8", errors="replace") as file:
            _hold(file)
            told = file.read()
        left.unlink()
    except OSError:
        return False
    from desktop import faults

    first = told.partition("\n")[0] if told.startswith(("Fatal", "Windows fatal")) else "no word of it"
    faults.note("\n".join([f"ended badly: {first[:80]}", *faults.places(told)]))
    return True


def _hold(file: IO[str]) -> None:
    """Keep others from taking the mark, until this process ends however it may; OSError where another does already."""
    if sys.platform == "win32":
        return  # an open file cannot be removed there
    import fcntl

    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
