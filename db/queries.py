"""Reads: plain functions of a Store that return dataclasses (db.rows), never rows of the database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from db import history as log
from db import loading, named, rereading, stored, table, telling
from db.connection import speaking
from db.disputes import dispute_counts, disputes, merges, people, store_names
from db.exported import exported_cells
from db.intake import unpack_boxes
from db.log import kept_charts as charts_of
from db.overview import own_indicators, unchecked
from db.phrases import reports_with, search
from db.reviewed import decided_since, machine_record
from db.rows import (
    Asked,
    CellRow,
    ChangeRow,
    Dispute,
    ExportCell,
    FigureRow,
    FindingRow,
    Hit,
    LostRow,
    MergeRow,
    OtherYear,
    PersonRow,
    ReportRow,
    Side,
    Status,
)
from db.store import Store
from db.table import ASKED
from db.values import values
from desktop import districts
from desktop.indicators import Catalogue
from desktop.model import STATES, Numeral, Page
from desktop.sentences import sentence

__all__ = [
    "ASKED",
    "Asked",
    "CellRow",
    "ChangeRow",
    "Dispute",
    "ExportCell",
    "FigureRow",
    "FindingRow",
    "Hit",
    "LostRow",
    "MergeRow",
    "OtherYear",
    "PersonRow",
    "ReportRow",
    "Side",
    "Status",
    "catalogue_versions",
    "catalogues",
    "clock",
    "decided_since",
    "dismissals",
    "dispute_counts",
    "disputes",
    "doubts",
    "exported_cells",
    "figure",
    "figures",
    "findings",
    "has_pages",
    "history",
    "kept_charts",
    "lost",
    "machine_record",
    "merges",
    "numerals",
    "other_years",
    "own_indicators",
    "pages",
    "people",
    "redo_label",
    "report",
    "report_cells",
    "reports",
    "reports_with",
    "search",
    "series",
    "source_hashes",
    "status",
    "text",
    "unchecked",
    "undo_label",
    "values",
]  # fmt: skip

NAMED = "(r.adcode IS NULL) = 1 AND r.adcode IS NULL AND r.district = ?"
"""A district without a code, in the words of the index report_order."""


def reports(store: Store, *, withdrawn: bool = False) -> list[ReportRow]:
    """Return every report by division code (unknown last, by name) and year; withdrawn ones only when asked for."""
    return loading.report_rows(store, "1" if withdrawn else "r.withdrawn = 0", (), table.ORDER)


def report(store: Store, report_id: int) -> ReportRow:
    """Return one report, withdrawn or not; KeyError where there is none."""
    rows = loading.report_rows(store, "r.id = ?", (report_id,))
    if not rows:
        raise KeyError(report_id)
    return rows[0]


def source_hashes(store: Store) -> frozenset[str]:
    """Return the SHA-256 of the source of every report, withdrawn ones included."""
    return frozenset(sha256 for (sha256,) in loading.select(store, "SELECT source_sha256 FROM report"))


def text(store: Store, report_id: int) -> str:
    """Return the text of one report exactly as kept; KeyError where there is no such report."""
    found = loading.texts(store, (report_id,))
    if report_id not in found:
        stored.refuse(f"text of {report(store, report_id).source_name}")
    return found[report_id]


def figures(store: Store, report_id: int) -> list[FigureRow]:
    """Return the figures of one report in text order, rejected ones included."""
    return loading.figures_of(store, (report_id,))[report_id]


def figure(store: Store, figure_id: int) -> FigureRow:
    """Return one figure; KeyError where there is none."""
    rows = loading.select(store, "SELECT report_id FROM figure WHERE id = ?", (figure_id,))
    if not rows:
        raise KeyError(figure_id)
    return loading.figures_where(store, "f.id = ?", (figure_id,), rows[0])[rows[0][0]][0]


def numerals(store: Store, report_id: int) -> list[Numeral]:
    """Return every numeral of one report in text order; an open one that a person made a figure of is "figure"."""
    rows = loading.select(store, "SELECT classes FROM numerals WHERE report_id = ?", (report_id,))
    what = f"numerals {report_id}"
    found = [Numeral(*numeral) for (classes,) in rows for numeral in stored.numerals(classes, what)]
    sql = "SELECT start, stop FROM figure WHERE report_id = ? AND state IN ('verified', 'queried')"
    claimed = loading.select(store, sql, (report_id,))
    return [
        Numeral(n.start, n.end, "figure")
        if n.numeral_class == "open" and any(start < n.end and n.start < stop for start, stop in claimed)
        else n
        for n in found
    ]


def pages(store: Store, report_id: int) -> list[Page]:
    """Return the pages of one report, none where its source has none; boxes are kept in single precision."""
    sql = "SELECT number, start, stop, width, height, boxes FROM page WHERE report_id = ? ORDER BY number"
    return [Page(*(*page, unpack_boxes(boxes))) for *page, boxes in loading.select(store, sql, (report_id,))]


def has_pages(store: Store, report_id: int) -> bool:
    """Return whether the source of one report has pages."""
    return bool(loading.select(store, "SELECT EXISTS (SELECT 1 FROM page WHERE report_id = ?)", (report_id,))[0][0])


def doubts(store: Store, report_id: int) -> list[tuple[int, int, float]]:
    """Return the spans of one report's text that recognition is unsure of, each with how sure it is, in text order."""
    sql = "SELECT start, stop, sureness FROM doubt WHERE report_id = ? ORDER BY start"
    rows = loading.select(store, sql, (report_id,))
    return [stored.doubt(row, f"doubt {report_id}") for row in rows]


def findings(store: Store, report_id: int) -> list[FindingRow]:
    """Return the findings of one report, dismissed ones included."""
    return loading.findings_of(store, (report_id,))[report_id]


def report_cells(store: Store, catalogue: Catalogue, report_id: int) -> list[CellRow]:
    """Return the cells of one report in catalogue order, whether it counts or not; KeyError: no such report."""
    rows = [report(store, report_id)]
    return table.cells_of(store, catalogue, rows, loading.figures_of(store, (report_id,)))[0]


def series(store: Store, catalogue: Catalogue, district: str, indicators: Sequence[str]) -> list[CellRow]:
    """Return some indicators' cells of one district, by indicator as given, then year.

    `district` is the division code, or the name of a district that has none in this store. A district that was renamed
    or raised is one series under all its codes.
    """
    codes = districts.load().codes(district) if district.isdecimal() else ()
    # A district without a code is asked for by its name, though some of its reports may name its city and others not.
    where = f"r.counts = 1 AND (r.district_key IN ({loading.marks(codes)}) OR ({NAMED}))"
    counting = loading.report_rows(store, where, (*codes, district))
    ids = [row.id for row in counting]
    years = sorted({row.year for row in counting if row.year is not None})
    keys = sorted({row[0] for row in _keys(store, ids)})
    found = loading.figures_where(
        store,
        f"""f.indicator IN ({loading.marks(indicators)}) AND f.year IN ({loading.marks(years)})
            AND f.district_key IN ({loading.marks(keys)})""",
        (*indicators, *years, *keys),
        ids,
    )
    for report_id in named.in_reports(store, ids, indicators):
        found |= loading.figures_of(store, (report_id,))
    rank = {indicator: i for i, indicator in enumerate(indicators)}
    made = [cell for cells in table.cells_of(store, catalogue, counting, found) for cell in cells]
    asked = [cell for cell in made if cell.indicator in rank]
    return sorted(asked, key=lambda cell: (rank[cell.indicator], cell.year or 0))


def _keys(store: Store, report_ids: Sequence[int]) -> list[tuple[str]]:
    sql = f"SELECT district_key FROM report WHERE id IN ({loading.marks(report_ids)})"
    return loading.select(store, sql, report_ids)


def dismissals(store: Store, report_id: int) -> dict[str, str]:
    """Return the reason by fingerprint of all that a person dismissed in one report, found by a check or not."""
    said = loading.decisions(store, (report_id,), "finding")
    return {fingerprint: str(decided[0]["reason"]) for (_, fingerprint), decided in said.items()}


def said_of_cells(store: Store, report_id: int) -> dict[str, dict[str, Any]]:
    """Return what was said of cells of one report themselves, by indicator.

    It is `not_reported`, or `value` and `reason`, or `figures` (their anchors) and `reason`.
    """
    said = loading.decisions(store, (report_id,), "cell")
    return {
        indicator: {name: part for name, part in decided[0].items() if name != "over"}
        for (_, indicator), decided in said.items()
    }


def other_years(store: Store, report_id: int, indicator: str) -> list[OtherYear]:
    """Return the figures of one indicator in the district's other years: the year before first, the nearest then.

    Only reports that count speak; rejected figures are left out, and where some were named for the cell, all others. A
    district without a code is the same in a report that names its city and in one that does not. KeyError: no such
    report.
    """
    this = report(store, report_id)
    asked: tuple[str | None, ...]
    if this.adcode:
        asked = districts.load().codes(this.adcode)
        same = f"r.district_key IN ({loading.marks(asked)})"
    else:
        same = f"{NAMED} AND (r.city = ? OR r.city IS NULL OR ? IS NULL)"
        asked = (this.district, this.city, this.city)
    others = {
        row.id: row
        for row in loading.report_rows(store, f"r.counts = 1 AND r.year <> ? AND {same}", (this.year, *asked))
    }
    if this.year is None or not others:
        return []
    ids = tuple(others)
    keys = sorted({row[0] for row in _keys(store, ids)})
    years = tuple(row.year for row in others.values())
    found = loading.figures_where(
        store,
        f"""f.indicator = ? AND f.year IN ({loading.marks(years)}) AND f.district_key IN ({loading.marks(keys)})
            AND f.state <> 'rejected'""",
        (indicator, *years, *keys),
        ids,
    )
    for report_id, anchors in named.in_reports(store, ids, (indicator,)).items():
        standing = loading.figures_of(store, (report_id,))[report_id]
        found[report_id] = [figure for figure in standing if figure.anchor in anchors and figure.state != "rejected"]
    bodies = loading.texts(store, ids)
    now = this.year
    rows = [
        OtherYear(
            others[row.report_id].year or 0, row.report_id, row, sentence(bodies[row.report_id], row.start, row.end)
        )
        for figures in found.values()
        for row in figures
    ]
    return sorted(rows, key=lambda row: (abs(row.year - now), row.year > now, row.figure.start))


def kept_charts(store: Store) -> dict[str, dict[str, Any]]:
    """Return what the charts that were kept show, by name, as workflow.Wanted has it; those kept first come first."""
    with speaking(store.path):
        return charts_of(store._connection)


def catalogue_versions(store: Store) -> list[str]:
    """Return the versions of the catalogue that reports were read with, each once."""
    return [version for (version,) in loading.select(store, "SELECT DISTINCT catalogue FROM report")]


def catalogues(store: Store) -> dict[int, str]:
    """Return the version of the catalogue that each report was read with, withdrawn ones included."""
    return dict(loading.select(store, "SELECT id, catalogue FROM report ORDER BY id"))


def clock(store: Store) -> int:
    """Return the logical time of the last change: a later change has a higher one."""
    return int(loading.select(store, "SELECT clock FROM store")[0][0])


def status(store: Store, catalogue: Catalogue) -> Status:
    """Return how many reports, figures and cells there are in each state; withdrawn reports are left out."""
    columns = ", ".join(f"coalesce(sum({state}), 0)" for state in STATES)
    row = loading.select(store, f"SELECT count(*), {columns} FROM report WHERE withdrawn = 0")[0]
    return Status(row[0], dict(zip(STATES, row[1:], strict=True)), table.count_cells(store, catalogue))


def history(store: Store, report_id: int, figure_id: int | None = None, *, cell: str | None = None) -> list[ChangeRow]:
    """Return what was decided on one report, oldest first; on one figure of it; or on a cell (an indicator's id).

    On a cell are what was said of it itself and every change on a figure that had the indicator before or after, or
    that was named for it.
    KeyError: no such figure.
    """
    anchor = None if figure_id is None else figure(store, figure_id).anchor
    with speaking(store.path):
        return telling.changes_of(store._connection, report_id, store_names(store), anchor=anchor, cell=cell)


def lost(store: Store, report_id: int | None = None) -> list[LostRow]:
    """Return the decisions on figures that have no place any more in their report's text (in one report, or all)."""
    with speaking(store.path):
        return rereading.lost(store._connection, report_id)


def undo_label(store: Store, reviewer: str) -> str | None:
    """Return the verb that `Store.undo` would take back, None where nothing is left."""
    known = store.known_reviewer(reviewer)
    with speaking(store.path):
        step = None if known is None else log.next_undo(store._connection, known.id)
    return None if step is None else step.made.verb


def redo_label(store: Store, reviewer: str) -> str | None:
    """Return the verb that `Store.redo` would bring back, None where nothing is left."""
    known = store.known_reviewer(reviewer)
    with speaking(store.path):
        step = None if known is None else log.next_redo(store._connection, known.id)
    return None if step is None else step.made.verb
