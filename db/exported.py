"""The cells of the exported table, two million of them: read as they are written out, without an object a figure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain, groupby
from operator import itemgetter
from typing import NamedTuple

from db import disputes, loading, named, stored, table
from db.loading import Decided
from db.named import Figure
from db.rows import JOINT, Asked, ExportCell, ReportRow
from db.store import Store
from desktop.cells import added, named_value
from desktop.indicators import Catalogue
from desktop.sentences import Sentences

FIRST = itemgetter(0)


class Said(NamedTuple):
    """What stands on one report besides figures: decisions on cells, what each open finding compares, all of that."""

    of_cells: Mapping[str, Decided]
    compared: Sequence[AbstractSet[tuple[int, int]]]
    spans: AbstractSet[tuple[int, int]]


NOTHING = Said({}, (), frozenset())


def exported_cells(
    store: Store, catalogue: Catalogue, *, state: Asked = "verified", quotes: bool = True
) -> Iterator[ExportCell]:
    """Yield the cells of the reports that count, by division code (unknown last, by name), year, catalogue order.

    `state`: "verified", "decided" (verified or asserted not reported), or "all"; KeyError for any other. Some reports
    are in memory at a time. Without `quotes` no text is read, and what is taken from it is empty.
    """
    wanted, rank = table.ASKED[state], {indicator: i for i, indicator in enumerate(catalogue)}
    sums = frozenset(indicator.id for indicator in catalogue.values() if indicator.combine == "sum")
    doubtful = disputes.doubtful(store)
    for some in loading.chunks(table.asked_reports(store, state)):
        reports = {row.id: row for row in loading.report_rows(store, f"r.id IN ({loading.marks(some)})", some)}
        texts = loading.texts(store, some) if quotes else {}
        said, of_figures, figures = _said(store, some), loading.decisions(store, some, "figure"), _figures(store, some)
        by_name = _named(store, said)
        for report_id in some:
            parts = _parts(figures.get(report_id, []), rank, sums)
            of_cells, compared, spans = said.get(report_id, NOTHING)
            report, text = reports[report_id], Sentences(texts[report_id]) if quotes else None
            for indicator in sorted(parts.keys() | (of_cells.keys() & rank.keys()), key=rank.__getitem__):
                made_of: Sequence[Figure] = parts.get(indicator, ())
                if of_cells and (names := named.names(of_cells.get(indicator))) is not None:
                    made_of = [figure for place, figure in by_name.get(report_id, {}).items() if place in names]
                if len(made_of) == 1 and made_of[0][9] is None and made_of[0][1:3] not in spans:
                    cell = _plain(report, indicator, made_of[0], text)
                else:
                    cell = _weighed(report, indicator, made_of, text, of_figures, compared)
                if indicator in of_cells:
                    cell = _overruled(cell, of_cells[indicator], catalogue[indicator].unit, made_of)
                if report_id in doubtful:
                    cell = cell._replace(state="queried")
                if cell.state in wanted:
                    yield cell


def _said(store: Store, some: Sequence[int]) -> dict[int, Said]:
    """Return what stands on some reports, by report; nothing for those on which nothing does."""
    of_cells: dict[int, dict[str, Decided]] = {}
    for (report_id, indicator), decided in loading.decisions(store, some, "cell").items():
        of_cells.setdefault(report_id, {})[indicator] = decided
    found = loading.findings_of(store, some)
    compared = {i: [frozenset(row.finding.figures) for row in rows if not row.dismissed] for i, rows in found.items()}
    return {
        i: Said(of_cells.get(i, {}), compared[i], frozenset().union(*compared[i]))
        for i in some
        if i in of_cells or compared[i]
    }


def _named(store: Store, said: Mapping[int, Said]) -> dict[int, dict[str, Figure]]:
    """Return the figures that were named for cells, by report and anchor."""
    wanted = {
        report_id: set(chain.from_iterable(named.names(decided) or () for decided in on_report.of_cells.values()))
        for report_id, on_report in said.items()
    }
    return named.figures(store, {report_id: anchors for report_id, anchors in wanted.items() if anchors})


def _figures(store: Store, some: Sequence[int]) -> dict[int, list[Figure]]:
    """Return the figures that cells may be made of, by report in text order."""
    sql = f"""SELECT {named.COLUMNS} FROM figure
        WHERE report_id IN ({loading.marks(some)}) AND indicator IS NOT NULL AND state <> 'rejected'
        ORDER BY report_id, start, stop, id"""
    return {report_id: list(rows) for report_id, rows in groupby(loading.stream(store, sql, some), FIRST)}


def _parts(figures: Sequence[Figure], known: Mapping[str, int], sums: frozenset[str]) -> dict[str, list[Figure]]:
    """Return the figures that make each cell, by indicator."""
    parts: dict[str, list[Figure]] = {}
    for figure in figures:
        indicator = figure[7]
        if indicator not in parts:
            if indicator in known:
                parts[indicator] = [figure]
        elif indicator in sums:
            parts[indicator].append(figure)
    return parts


def _plain(report: ReportRow, indicator: str, figure: Figure, text: Sentences | None) -> ExportCell:
    """Return the cell of one figure on which nothing stands: of two million cells, most."""
    _, start, stop, number, value, unit, approx, _, state, _ = figure
    stored.check_exported(number, start, stop, value, unit, approx, state)
    quote, printed = ("", "") if text is None else (text.around(start, stop), text.text[start:stop])
    return ExportCell(
        report, indicator, value, unit, approx, state, quote, f"{start}-{stop}", printed, None, None, "", 0, False
    )


def _weighed(
    report: ReportRow, indicator: str, figures: Sequence[Figure], text: Sentences | None,
    of_figures: Mapping[tuple[int, str], Decided], compared: Sequence[AbstractSet[tuple[int, int]]],
) -> ExportCell:  # fmt: skip
    """Return the cell that figures make, with what stands on them; of none, where the cell itself was decided on."""
    alone = [_plain(report, indicator, figure, text) for figure in figures]
    if not alone:
        return ExportCell(report, indicator, None, "", None, "verified", "", "", "", None, None, "", 0, False)
    decided = [of_figures[report.id, figure[9]] for figure in figures if (report.id, figure[9]) in of_figures]
    _, reviewer, at = max(decided, key=itemgetter(2), default=(None, None, None))
    spans = {figure[1:3] for figure in figures}
    values = [figure[4] for figure in figures]
    return alone[0]._replace(
        value=added(values),
        approx=next((cell.approx for cell in alone if cell.approx is not None), None),
        state=table.state_of([cell.state for cell in alone]),
        quotes=JOINT.join(cell.quotes for cell in alone),
        spans=JOINT.join(cell.spans for cell in alone),
        printed=JOINT.join(cell.printed for cell in alone),
        reviewer=reviewer,
        decided_at=at,
        comment=JOINT.join(said["comment"] for said, _, _ in decided if said["comment"]),
        findings=sum(not spans.isdisjoint(others) for others in compared),
    )


def _overruled(cell: ExportCell, decision: Decided, unit: str, made_of: Sequence[Figure]) -> ExportCell:
    """Return a cell with what a person said of the cell itself over what its figures make, or of which they are."""
    said, reviewer, at = decision
    if "figures" in said:
        return _of_named(cell, decision, unit, made_of)
    over = cell._replace(approx=None, unit=unit, reviewer=reviewer, decided_at=at)
    if "not_reported" in said:
        over = over._replace(value=None, state="not_reported")
    else:
        over = over._replace(value=said["value"], state="verified", comment=said["reason"], entered=True)
    return over._replace(state="queried") if said.get("disputed") else over


def _of_named(cell: ExportCell, decision: Decided, unit: str, made_of: Sequence[Figure]) -> ExportCell:
    """Return the cell that figures make with what a person said who named them for it."""
    said, reviewer, at = decision
    state = table.state_of_named(said["figures"], made_of, cell.state)
    over = cell._replace(
        value=named_value(unit, [(figure[4], figure[5]) for figure in made_of]),
        unit=unit,
        state="queried" if said.get("disputed") else state,
        comment=JOINT.join(words for words in (cell.comment, said["reason"]) if words),
    )
    return over._replace(reviewer=reviewer, decided_at=at) if at > (cell.decided_at or "") else over
