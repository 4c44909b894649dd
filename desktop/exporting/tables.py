"""The two shapes of the exported table and its codebook, as rows of plain values that any format can write."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from db.rows import CELL_STATES, CellRow
from desktop.indicators import Catalogue
from desktop.progress import Progress
from desktop.text import say, say_in

Value = str | int | float | None
Sentence = Callable[[int, int, int], str]

KEYS = ("district", "adcode", "city", "province", "year")
LONG = (
    *KEYS, "indicator", "indicator_zh", "value", "unit", "approx", "state", "quotes", "spans", "printed",
    "source_sha256", "source_name", "reviewer", "decided_at", "comment", "findings", "program", "catalogue",
)  # fmt: skip
CODEBOOK = ("id", "name_zh", "name_en", "theme", "kind", "unit", "combine", "definition", *CELL_STATES)
STEP = 200


class Table:
    """The cells of one export, to be gone through once, and what was counted on the way."""

    def __init__(
        self, shape: str, catalogue: Catalogue, cells: Iterable[CellRow], sentence: Sentence, progress: Progress
    ) -> None:
        self.wide = shape == "wide"
        self.heads: tuple[str, ...] = (*KEYS, *catalogue) if self.wide else LONG
        self.catalogue = catalogue
        self.counts: dict[str, Counter[str]] = {indicator: Counter() for indicator in catalogue}
        self._cells = cells
        self._sentence = sentence
        self._progress = progress

    def rows(self) -> Iterator[list[Value]]:
        """Yield the table's rows under its heads, in the order of the cells."""
        if not self.wide:
            yield from map(self._long_row, self.cells())
            return
        for cells in self.reports():
            values = {cell.indicator: number(cell.value) for cell in cells}
            yield [*keys(cells[0]), *map(values.get, self.catalogue)]

    def cells(self) -> Iterator[CellRow]:
        """Yield the cells one by one, counted by indicator and state; raise Cancelled once that is asked for."""
        pending = 0
        for cell in self._cells:
            self.counts[cell.indicator][cell.state] += 1
            pending += 1
            if pending == STEP:
                self._progress.step(cell.district or "", by=pending)
                pending = 0
            yield cell
        self._progress.step(by=pending)

    def reports(self) -> Iterator[list[CellRow]]:
        """Yield the cells of one report after another: the rows of the wide table."""
        for _, cells in groupby(self.cells(), key=lambda cell: cell.report_id):
            yield list(cells)

    def quotes(self, cell: CellRow) -> list[str]:
        """Return the sentence of each figure that makes a cell."""
        return [self._sentence(cell.report_id, figure.start, figure.end) for figure in cell.figures]

    def codebook(self) -> Iterator[list[Value]]:
        """Yield what each column and indicator means, under CODEBOOK's heads, with counts of the cells gone through."""
        for column in KEYS if self.wide else LONG:
            names = [say_in(language, f"column_{column}") for language in ("zh", "en")]
            means = say(f"column_{column}_means")
            yield [column, *names, None, "column", None, None, means, *[None] * len(CELL_STATES)]
        for indicator in self.catalogue.values():
            counts = self.counts[indicator.id]
            yield [
                indicator.id, indicator.name_zh, indicator.name_en, indicator.theme, indicator.kind, indicator.unit,
                indicator.combine, indicator.definition, *(counts[state] for state in CELL_STATES),
            ]  # fmt: skip

    def _long_row(self, cell: CellRow) -> list[Value]:
        indicator = self.catalogue[cell.indicator]
        return [
            *keys(cell), cell.indicator, indicator.name_zh, number(cell.value), cell.unit, cell.approx, cell.state,
            " | ".join(self.quotes(cell)), " | ".join(f"{figure.start}-{figure.end}" for figure in cell.figures),
            " | ".join(figure.quote for figure in cell.figures), cell.source_sha256, cell.source_name, cell.reviewer,
            cell.decided_at, cell.comment, cell.findings, cell.program, cell.catalogue,
        ]  # fmt: skip


def keys(cell: CellRow) -> list[Value]:
    """Return what names the district and year of a cell, under KEYS."""
    return [cell.district, cell.adcode, cell.city, cell.province, cell.year]


def number(value: float | None) -> int | float | None:
    """Return a whole number as int, so that 151.0 is written 151."""
    return int(value) if value is not None and value.is_integer() else value
