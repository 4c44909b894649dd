"""Hebao: the window by default, the command line when given a command."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

INTERRUPTED = 130


def main() -> int:
    """Open the window on the store named (or the last one), or run the command named; return the exit status."""
    words = sys.argv[1:]
    if words and not words[0].lower().endswith(".hebao"):
        return _obey(words)
    gc.disable()  # nothing of a start is garbage: a twentieth of it saved; later desktop/ui/collecting.py collects
    from desktop.ui import run as run_window

    return run_window(Path(words[0]) if words else None)


def _obey(words: list[str]) -> int:
    try:
        from desktop.cli import run

        status = run(words)
    except KeyboardInterrupt:  # before the command itself began
        status = INTERRUPTED
    if status == INTERRUPTED:  # what is left is soon done, however often a person presses Ctrl+C
        import signal

        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return status


if __name__ == "__main__":
    sys.exit(main())
