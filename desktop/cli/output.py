"""What the commands print: results to standard output, sentences and a progress bar to standard error."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import textwrap
from collections.abc import Iterable, Iterator

from desktop.progress import Progress


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

    with click.progressbar(length=1, file=sys.stderr, show_pos=True, item_show_func=lambda what: what or "") as bar:

        def show(done: int, total: int, what: str) -> None:
            bar.length = max(total, 1)
            bar.update(done - bar.pos, what)

        yield Progress(report=show)


def drop_output() -> None:
    """Let what is still to be printed go nowhere, so that the end of the program does not stumble over it again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
