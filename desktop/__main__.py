"""Hebao: the window by default, the command line when given a command."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

INTERRUPTED = 130


def main() -> int:
    """Open the window on the store named (or the last one), or run the command named; return the exit status."""
    if getattr(sys, "frozen", False):  # a process that reads begins here too
        import multiprocessing

        multiprocessing.freeze_support()
    words = sys.argv[1:]
    if words and not words[0].lower().endswith(".hebao"):
        return _obey(words)
    from desktop.ui import run as run_window

    return run_window(Path(words[0]) if words else None)


def _obey(words: list[str]) -> int:
    try:
        from desktop.cli import run

        status = run(words)
    except KeyboardInterrupt:  # before the command itself began
        status = INTERRUPTED
    if status == INTERRUPTED:  # what is left is soon done, however often a person presses Ctrl+C
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return status


if __name__ == "__main__":
    sys.exit(main())
