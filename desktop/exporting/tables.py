"""The exported table in its two shapes and what comes along with it, as rows of plain values for any format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, islice
from typing import Literal, NamedTuple

from db.rows import CELL_STATES, ExportCell
from desktop.indicators import Catalogue
from desktop.progress import Progress
from desktop.shares import wilson
from desktop.text import say_in

Value = str | int | float | None
Row = Sequence[Value]
Type = Literal["text", "integer", "number"]

KEYS = ("district", "adcode", "city", "province", "year")
LONG = (
    *KEYS, "indicator", "indicator_zh", "value", "unit", "approx", "state", "quotes", "spans", "printed",
    "source_sha256", "source_name", "reviewer", "decided_at", "comment", "findings", "program", "catalogue",
)  # fmt: skip
CODEBOOK = ("id", "name_zh", "name_en", "theme", "kind", "unit", "combine", "definition", "definition_en", *CELL_STATES)
FINDINGS = (
    "district", "adcode", "year", "check", "severity", "message_zh", "message_en", "indicators", "spans", "dismissed",
    "source_sha256", "source_name",
)  # fmt: skip
REVIEW = ("measure", "of", "count", "total", "share", "low", "high")
TYPES: dict[str, Type] = {
    "year": "integer", "findings": "integer", "value": "number", **dict.fromkeys(CELL_STATES, "integer"),
    "count": "integer", "total": "integer", "share": "number", "low": "number", "high": "number",
}  # fmt: skip
STEP = 200


class Companion(NamedTuple):
    """A table that comes along with the table of cells: its name, its heads, its rows."""

    name: str
    heads: Sequence[str]
    rows: Iterable[Row]


class Table:
    """The cells of one export, to be gone through once, and what was counted on the way.

    `total` is how many cells will come; `findings` and `review` are rows under FINDINGS and REVIEW; `about` says what
    the table was made from (store, versions). One progress step is one cell.
    """

    def __init__(
        self,
        shape: str,
        catalogue: Catalogue,
        cells: Iterable[ExportCell],
        progress: Progress,
        *,
        total: int = 0,
        findings: Iterable[Row] = (),
        review: Iterable[Row] = (),
        about: Mapping[str, str] | None = None,
    ) -> None:
        self.wide = shape == "wide"
        self.heads: tuple[str, ...] = (*KEYS, *catalogue) if self.wide else LONG
        self.catalogue = catalogue
        self.total = total
        self.about = dict(about or {})
        self.counts: dict[str, Counter[str]] = {indicator: Counter() for indicator in catalogue}
        self.reviewers: Counter[str] = Counter()
        self._cells = cells
        self._progress = progress
        self._findings = findings
        self._review = review

    def companions(self) -> list[Companion]:
        """Return what comes along, to be written after the cells, which the codebook has counted by then."""
        return [
            Companion("codebook", CODEBOOK, self.codebook()),
            Companion("findings", FINDINGS, self._findings),
            Companion("review", REVIEW, self.review()),
        ]

    def type_of(self, head: str) -> Type:
        """Return what a column of the table holds."""
        return TYPES.get(head, "number" if head in self.catalogue and self.wide else "text")

    def label(self, head: str) -> str:
        """Return what a column is called in Chinese."""
        return self.catalogue[head].name_zh if head in self.catalogue else say_in("zh", f"column_{head}")

    def rows(self) -> Iterator[list[Value]]:
        """Yield the table's rows under its heads, in the order of the cells."""
        if not self.wide:
            yield from map(self.long_row, self.cells())
            return
        for cells in self.reports():
            values = {cell.indicator: number(cell.value) for cell in cells}
            yield [*keys(cells[0]), *map(values.get, self.catalogue)]

    def batches(self, size: int) -> Iterator[list[tuple[Value, ...]]]:
        """Yield the table by columns, `size` rows at a time."""
        rows = self.rows()
        while some := list(islice(rows, size)):
            yield list(zip(*some, strict=True))

    def cells(self) -> Iterator[ExportCell]:
        """Yield the cells one by one, counted by indicator and state; raise Cancelled once that is asked for."""
        pending = 0
        for cell in self._cells:
            self.counts[cell.indicator][cell.state] += 1
            if cell.state == "verified":
                self.reviewers[cell.reviewer or ""] += 1
            pending += 1
            if pending == STEP:
                self._progress.step(cell.report.district or "", by=pending)
                pending = 0
            yield cell
        self._progress.step(by=pending)

    def reports(self) -> Iterator[list[ExportCell]]:
        """Yield the cells of one report after another: the rows of the wide table."""
        for _, cells in groupby(self.cells(), key=lambda cell: cell.report.id):
            yield list(cells)

    def codebook(self) -> Iterator[list[Value]]:
        """Yield what each column and indicator means, under CODEBOOK's heads, with counts of the cells gone through."""
        for column in KEYS if self.wide else LONG:
            names = [say_in(language, f"column_{column}") for language in ("zh", "en")]
            means = [say_in(language, f"column_{column}_means") for language in ("zh", "en")]
            yield [column, *names, None, "column", None, None, *means, *[None] * len(CELL_STATES)]
        for indicator in self.catalogue.values():
            counts = self.counts[indicator.id]
            yield [
                indicator.id, indicator.name_zh, indicator.name_en, indicator.theme, indicator.kind, indicator.unit,
                indicator.combine, indicator.definition, indicator.definition_en or None,
                *(counts[state] for state in CELL_STATES),
            ]  # fmt: skip

    def review(self) -> Iterator[Row]:
        """Yield the report on the review, under REVIEW: cells by state and by reviewer, then what was handed in."""
        states: Counter[str] = sum(self.counts.values(), Counter())
        total = states.total()
        for state in CELL_STATES:
            yield share_row("cells", state, states[state], total)
        for reviewer, count in sorted(self.reviewers.items()):
            yield share_row("verified_by", reviewer, count, states["verified"])
        yield from self._review

    def long_row(self, cell: ExportCell) -> list[Value]:
        """Return one cell under LONG."""
        report = cell.report
        return [
            *keys(cell), cell.indicator, self.catalogue[cell.indicator].name_zh, number(cell.value), cell.unit,
            cell.approx, cell.state, cell.quotes, cell.spans, cell.printed, report.source_sha256, report.source_name,
            cell.reviewer, cell.decided_at, cell.comment, cell.findings, report.program, report.catalogue,
        ]  # fmt: skip


def share_row(measure: str, of: str, count: int, total: int, *, sampled: bool = False) -> Row:
    """Return one row under REVIEW; what was `sampled` has the 95% interval of the whole's share."""
    low, high = wilson(count, total) if sampled else (None, None)
    return [measure, of, count, total, count / total if total else None, low, high]


def keys(cell: ExportCell) -> list[Value]:
    """Return what names the district and year of a cell, under KEYS."""
    report = cell.report
    return [report.district, report.adcode, report.city, report.province, report.year]


def number(value: float | None) -> int | float | None:
    """Return a whole number as int, so that 151.0 is written 151."""
    return int(value) if value is not None and value.is_integer() else value
