"""Reports as files of every format, made at test time: one module a format, each with `write(blocks) -> bytes`.

Blocks are paragraphs (str, "" for an empty one) and tables (rows of cells, a cell's paragraphs parted by line feeds).
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Sequence

from desktop.registry import Registry
from desktop.sentences import paragraph_ends

Table = list[list[str]]
Block = str | Table
Writer = Callable[[Sequence[Block]], bytes]

PAGE_NUMBER = re.compile(r"^[ \t]*[—-] ?\d+ ?[—-][ \t]*\n", re.MULTILINE)
GAP = re.compile(r"\t|(?<=\S)[ \u3000]{3,}(?=\S)")  # between the cells of a row
FULL = 30  # characters: a line that may be as wide as its page

writer: Registry[Writer] = Registry()


def writers() -> Registry[Writer]:
    """Return file ending -> what writes such a file, with every module of this package entered."""
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    return writer


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a report that is plain text: its paragraphs, and lines with tabs as the rows of tables.

    Lines that only the width of a page broke are put together, and the numbers of pages are left out.
    """
    blocks: list[Block] = []
    text = PAGE_NUMBER.sub("", text).strip("\n") + "\n"
    start = at = 0
    while (at := text.find("\n", at)) >= 0:
        line = text[start:at]
        follows = text[at + 1 :].partition("\n")[0]
        if _is_row(line) and ("\t" in line or _is_row(follows) or (blocks and isinstance(blocks[-1], list))):
            row = GAP.split(line)
            if blocks and isinstance(blocks[-1], list):
                blocks[-1].append(row)
            else:
                blocks.append([row])
        elif paragraph_ends(text, at) and not (len(line) > FULL and line.endswith(("；", ";"))):
            blocks.append(line.replace("\n", ""))
        else:
            at += 1
            continue
        start = at = at + 1
    return blocks


def _is_row(line: str) -> bool:
    return "\n" not in line and "。" not in line and bool(GAP.search(line))
