"""One writer a store: a lock on NAME.hebao-lock that the operating system lets go of when the process dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path

from desktop.errors import UserError

TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


class WriterLock:
    """The right to write one store, held until `release`; UserError store_in_use where another program holds it."""

    def __init__(self, store: Path) -> None:
        real = store.resolve()  # one lock, by whatever link the store is reached
        self._path = real.with_name(real.name + "-lock")
        self._file = self._take(store)

    def _take(self, store: Path) -> int:
        while True:
            try:
                file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o666)
            except OSError as error:
                raise UserError("store_unwritable", path=str(store)) from error
            try:
                _lock(file)
                # Whoever held the lock may have removed the file between our open and our lock: then ours is nobody's.
                if os.path.samestat(os.fstat(file), self._path.stat()):
                    return file
            except FileNotFoundError:
                pass
            except OSError as error:
                os.close(file)
                raise UserError("store_in_use", path=str(store)) from error
            os.close(file)

    def release(self) -> None:
        """Let go, and remove the file that stood for the lock."""
        if sys.platform == "win32":
            os.close(self._file)
        # Windows refuses to remove a file that somebody has opened since: then it is theirs.
        with contextlib.suppress(OSError):
            self._path.unlink()
        if sys.platform != "win32":
            os.close(self._file)


class HeldElsewhere:
    """The right to write a store that somebody else in this process holds, and will let go of."""

    def release(self) -> None:
        """Leave the lock to its holder."""


def _lock(file: int) -> None:
    """Lock an open file or raise OSError; a file system that knows no locks (some network drives) is taken as free."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in TAKEN:
                raise
