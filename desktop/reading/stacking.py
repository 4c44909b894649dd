"""Paragraphs, cells and rows as a file lists them, one after another, put together as paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.reading.layout import Block

DEEPEST = 8  # tables inside the cells of tables; what lies deeper stands beside these


@dataclass
class _Level:
    """A table that is not at its end yet: its whole rows, the whole cells of the next, the lines of the next cell."""

    rows: list[list[str]] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)


class Stack:
    """Blocks in the making; `depth` is in how many tables a paragraph, a cell or a row stands."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._levels: list[_Level] = []

    def paragraph(self, text: str, depth: int = 0) -> None:
        """Enter a paragraph."""
        self._at(depth)
        if self._levels:
            self._levels[-1].lines.append(text)
        else:
            self._blocks.append(text)

    def cell(self, text: str, depth: int = 1) -> None:
        """Enter the last paragraph of a cell."""
        self._at(max(depth, 1))
        level = self._levels[-1]
        level.cells.append("\n".join([*level.lines, text]))
        level.lines = []

    def row(self, depth: int = 1) -> None:
        """Enter the end of a row."""
        self._at(max(depth, 1))
        _end_row(self._levels[-1])

    def done(self) -> list[Block]:
        """Return all blocks, the tables that are still open included."""
        self._at(0)
        return self._blocks

    def _at(self, depth: int) -> None:
        depth = max(0, min(depth, DEEPEST))
        while len(self._levels) > depth:
            rows = _end_row(self._levels.pop())
            if self._levels:
                self._levels[-1].lines += ["\t".join(" ".join(cell.split("\n")) for cell in row) for row in rows]
            elif rows:
                self._blocks.append(rows)
        while len(self._levels) < depth:
            self._levels.append(_Level())


def _end_row(level: _Level) -> list[list[str]]:
    if level.lines:
        level.cells.append("\n".join(level.lines))
    if level.cells:
        level.rows.append(level.cells)
    level.cells, level.lines = [], []
    return level.rows
