"""Figures, and what a person said of cells, -> the cells of the exported table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence, Sized
from collections.abc import Set as AbstractSet
from typing import Literal

from db import disputes, loading, named, stored
from db.loading import Decided
from db.rows import CELL_STATES, JOINT, Asked, CellRow, CellState, FigureRow, FindingRow, ReportRow
from db.store import Store
from desktop.cells import combine, named_cell
from desktop.indicators import Catalogue
from desktop.model import Cell

ORDER = loading.ORDER
DOUBTFUL: tuple[Literal["queried", "extracted", "auto"], ...] = ("queried", "extracted", "auto")
ASKED: Mapping[Asked, AbstractSet[CellState]] = {
    "verified": frozenset({"verified"}),
    "decided": frozenset({"verified", "not_reported"}),
    "all": frozenset(CELL_STATES),
}


def asked_reports(store: Store, state: Asked) -> list[int]:
    """Return the reports that count and may have cells in the states asked for, in the order of the table."""
    where = "r.counts = 1"
    if "extracted" not in ASKED[state]:  # nothing decided, no cell: most reports of a young study need no reading
        where += (
            " AND (r.verified > 0 OR EXISTS (SELECT 1 FROM decision d WHERE d.report_id = r.id AND d.kind = 'cell'))"
        )
    return [i for (i,) in loading.select(store, f"SELECT r.id FROM report r WHERE {where} ORDER BY {ORDER}")]


def cells_of(
    store: Store,
    catalogue: Catalogue,
    reports: Sequence[ReportRow],
    figures: Mapping[int, Sequence[FigureRow]],
) -> list[list[CellRow]]:
    """Return the cells of some reports, each in catalogue order."""
    ids = [report.id for report in reports]
    said: dict[int, dict[str, Decided]] = {}
    for (report_id, indicator), decision in loading.decisions(store, ids, "cell").items():
        said.setdefault(report_id, {})[indicator] = decision
    findings = loading.findings_of(store, ids)
    made = [
        _cells(catalogue, report, figures[report.id], said.get(report.id, {}), findings[report.id])
        for report in reports
    ]
    doubtful = disputes.doubtful(store)
    for report, cells in zip(reports, made, strict=True):
        if report.id in doubtful:
            for cell in cells:
                cell.state = "queried"
    return made


def _cells(
    catalogue: Catalogue,
    report: ReportRow,
    figures: Sequence[FigureRow],
    said: Mapping[str, Decided],
    findings: Sequence[FindingRow],
) -> list[CellRow]:
    standing = [figure for figure in figures if figure.state != "rejected"]
    made = {cell.indicator: cell for cell in combine(standing, catalogue)}
    order = list(made) if not said else [indicator for indicator in catalogue if indicator in made or indicator in said]
    open_spans = [set(row.finding.figures) for row in findings if not row.dismissed]
    rows = []
    for indicator in order:
        cell, names = made.get(indicator), named.names(said.get(indicator))
        if names is None:
            parts = () if cell is None else tuple(standing[i] for i in cell.figures)
        else:
            parts = tuple(figure for figure in standing if figure.anchor in names)
            cell = named_cell(catalogue[indicator], parts)
        row = _cell(catalogue, report, indicator, cell, parts)
        if open_spans:
            spans = {(figure.start, figure.end) for figure in parts}
            row.findings = sum(not spans.isdisjoint(compared) for compared in open_spans)
        if indicator in said:
            _overrule(row, said[indicator], catalogue[indicator].unit)
        rows.append(row)
    return rows


def _cell(
    catalogue: Catalogue, report: ReportRow, indicator: str, cell: Cell | None, parts: tuple[FigureRow, ...]
) -> CellRow:
    decided = [figure for figure in parts if figure.decided_at]
    last = max(decided, key=lambda figure: figure.decided_at or "") if decided else None
    return CellRow(
        report_id=report.id,
        district=report.district,
        adcode=report.adcode,
        city=report.city,
        province=report.province,
        year=report.year,
        indicator=indicator,
        value=None if cell is None else cell.value,
        unit=catalogue[indicator].unit if cell is None else cell.unit,
        approx=None if cell is None else cell.approx,
        state=state_of([figure.state for figure in parts]),
        figures=parts,
        source_sha256=report.source_sha256,
        source_name=report.source_name,
        reviewer=None if last is None else last.reviewer,
        decided_at=None if last is None else last.decided_at,
        comment=" | ".join(figure.comment for figure in decided if figure.comment),
        findings=0,
        program=report.program,
        catalogue=report.catalogue,
    )


def state_of(states: Collection[str]) -> CellState:
    """Return the state of a cell: the most doubtful of its figures', verified where none is doubtful."""
    for doubtful in DOUBTFUL:
        if doubtful in states:
            return doubtful
    return "verified"


def state_of_named(names: Sized, figures: Sized, state: CellState) -> CellState:
    """Return the state of a cell that figures were named for, that of those which stand being `state`.

    One that was rejected since, or has no place any more, makes it "queried": it is not what the person named.
    """
    return "queried" if len(figures) < len(names) else state


def _overrule(row: CellRow, decision: Decided, unit: str) -> None:
    """Let what a person said of the cell itself stand over what its figures make."""
    said, reviewer, at = decision
    row.unit = unit
    if "figures" in said:
        row.named, row.state = tuple(said["figures"]), state_of_named(said["figures"], row.figures, row.state)
        row.comment = JOINT.join(words for words in (row.comment, said["reason"]) if words)
        if at > (row.decided_at or ""):
            row.reviewer, row.decided_at = reviewer, at
    else:
        row.approx, row.reviewer, row.decided_at = None, reviewer, at
        if "not_reported" in said:
            row.value, row.state = None, "not_reported"
        else:
            row.value, row.state, row.comment, row.entered = said["value"], "verified", said["reason"], True
    if said.get("disputed"):
        row.state = "queried"


def count_cells(store: Store, catalogue: Catalogue) -> dict[CellState, int]:
    """Return how many cells there are in each state, without reading a text or a value."""
    said: dict[int, list[str]] = {}
    counts: Counter[str] = Counter()
    doubtful = disputes.doubtful(store)
    of_figures: list[tuple[int, frozenset[str]]] = []
    sql = """SELECT d.report_id, d.anchor, d.value FROM decision d JOIN report r ON r.id = d.report_id
        WHERE d.kind = 'cell' AND r.counts = 1"""
    for report_id, indicator, value in loading.select(store, sql):
        said.setdefault(report_id, []).append(indicator)
        if indicator in catalogue:
            entered = stored.decision("cell", indicator, value, f"decision {report_id}/cell/{indicator}")
            state = "not_reported" if "not_reported" in entered else "verified"
            if entered.get("disputed") or report_id in doubtful:
                state = "queried"
            elif "figures" in entered:
                of_figures.append((report_id, frozenset(entered["figures"])))
                continue
            counts[state] += 1
    counts.update(_named_states(store, of_figures))
    # One row a report, its figures in text order: SQLite hands over 30,000 rows far sooner than two million.
    sql = """SELECT report_id, group_concat(indicator || char(10) || state, char(10))
        FROM figure INDEXED BY figure_report
        WHERE indicator IS NOT NULL AND year IS NOT NULL AND state <> 'rejected' GROUP BY report_id"""
    for report_id, listed in loading.stream(store, sql):
        parts = listed.split("\n")
        states = _states(parts[0::2], parts[1::2], catalogue)
        for indicator in said.get(report_id, ()):
            states.pop(indicator, None)
        counts.update(states.values() if report_id not in doubtful else ["queried"] * len(states))
    return {state: counts[state] for state in CELL_STATES}


def _named_states(store: Store, cells: Sequence[tuple[int, frozenset[str]]]) -> Iterator[CellState]:
    """Yield the state of each cell that figures of a report were named for."""
    wanted: dict[int, set[str]] = {}
    for report_id, names in cells:
        wanted.setdefault(report_id, set()).update(names)
    found = named.figures(store, wanted)
    for report_id, names in cells:
        states = [figure[8] for place, figure in found.get(report_id, {}).items() if place in names]
        yield state_of_named(names, states, state_of(states))


def _states(indicators: Sequence[str], states: Sequence[str], catalogue: Catalogue) -> dict[str, str]:
    """Return the state of each cell that figures make, in text order by indicator and state."""
    backwards = zip(reversed(indicators), reversed(states), strict=True)
    first = {indicator: state for indicator, state in backwards if indicator in catalogue}
    if len(first) < len(indicators):
        several: dict[str, set[str]] = {}
        for indicator, state in zip(indicators, states, strict=True):
            if indicator in first and catalogue[indicator].combine == "sum":
                several.setdefault(indicator, set()).add(state)
        first.update((indicator, state_of(those)) for indicator, those in several.items())
    return first
