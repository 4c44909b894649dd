"""Hebao: the window by default, the command line when given a command."""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> int:
    """Open the window on the store named (or the last one), or run the command named; return the exit status."""
    words = sys.argv[1:]
    if words and not words[0].lower().endswith(".hebao"):
        from desktop.cli import run

        return run(words)
    from desktop.ui import run as run_window

    return run_window(Path(words[0]) if words else None)


if __name__ == "__main__":
    sys.exit(main())
