"""What the commands print: results to standard output, sentences and a progress bar to standard error."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from unicodedata import east_asian_width

from desktop.progress import Progress

WIDE = 24  # columns of the bar
BESIDE = WIDE + 34  # ... and of what else stands before the name: brackets, 12345/30000, 01:23:45, gaps


def tell(sentence: str) -> None:
    """Print a sentence for a person, apart from results."""
    print(sentence, file=sys.stderr)


def print_json(data: object) -> None:
    """Print one JSON document, UTF-8 whatever the terminal is set to."""
    document = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.buffer.write(document.encode("utf-8", "surrogatepass"))


def print_json_list(items: Iterable[object]) -> None:
    """Print a list as `print_json` does, one item in memory at a time."""
    out, between = sys.stdout.buffer, b"[\n"
    for item in items:
        document = textwrap.indent(json.dumps(item, ensure_ascii=False, indent=1), " ")
        out.write(between + document.encode("utf-8", "surrogatepass"))
        between = b",\n"
    out.write(b"[]\n" if between.startswith(b"[") else b"\n]\n")


@contextlib.contextmanager
def progressing() -> Iterator[Progress]:
    """Yield a Progress that draws a bar on a terminal and is silent elsewhere."""
    if not sys.stderr.isatty():
        yield Progress()
        return
    import click

    room = shutil.get_terminal_size().columns - BESIDE

    def named(what: str | None) -> str:
        return shortened(what or "", room)

    with click.progressbar(length=1, width=WIDE, file=sys.stderr, show_pos=True, item_show_func=named) as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, what)

        yield Progress(report=show)


def shortened(name: str, room: int) -> str:
    """Return a name, or its end, in so many columns of a terminal at most, so that a line that is drawn anew is one."""
    kept, width = len(name), 0
    while kept and (width := width + 1 + (east_asian_width(name[kept - 1]) in "FWA")) <= room:
        kept -= 1
    return name[kept:]


def drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the end of the program does not stumble over it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
