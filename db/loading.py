"""Rows of the database -> dataclasses, many reports at a time: one indexed select a table, never one a row."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from db import folding, stored
from db.folding import COLUMNS, Row, Value, words
from db.rows import JOINT, FigureRow, FindingRow, ReportRow
from db.selecting import ORDER as ORDER
from db.selecting import chunks as chunks
from db.selecting import marks as marks
from db.selecting import select as select
from db.selecting import stream as stream
from db.store import Store

if TYPE_CHECKING:
    from desktop.model import Finding

REPORT = """r.id, r.district, r.adcode, r.city, r.province, r.level, r.year, r.title, r.doc_number, r.issuer,
    r.candidates, r.state, r.counts, r.withdrawn, r.source_sha256, r.text_sha256, r.source_name, r.reader,
    r.imported_at, r.program, r.catalogue, r.extracted, r.auto, r.verified, r.rejected, r.queried, r.findings"""

Decided = tuple[Value, str, str]
"""A standing decision: its value, its reviewer's name, its time."""


@lru_cache(maxsize=1024)
def _codes(candidates: str) -> tuple[str, ...]:
    return stored.words(candidates, "report.candidates")


def report_rows(store: Store, where: str, parameters: Sequence[Any] = (), order: str = "r.id") -> list[ReportRow]:
    """Return the reports that a condition on `report r` picks, in an order."""
    rows = select(store, f"SELECT {REPORT} FROM report r WHERE {where} ORDER BY {order}", parameters)
    corrected: dict[int, set[str]] = {}
    sql = f"""SELECT d.report_id, d.anchor FROM decision d
        WHERE d.kind = 'fact' AND d.report_id IN (SELECT r.id FROM report r WHERE {where})"""
    for report_id, fact in select(store, sql, parameters):
        corrected.setdefault(report_id, set()).add(fact)
    nothing: frozenset[str] = frozenset()
    if not corrected:
        return [_report(row, nothing) for row in rows]
    return [_report(row, frozenset(corrected.get(row[0], nothing))) for row in rows]


def _report(row: tuple[Any, ...], corrected: frozenset[str]) -> ReportRow:
    stored.check_report(row)
    candidates, state, counts, withdrawn = row[10:14]
    by_state, findings = row[21:26], row[26]
    flags = (_codes(candidates), state, counts == 1, withdrawn == 1)
    numbers = (sum(by_state), by_state[2] + by_state[3], findings)
    return ReportRow(*(*row[:10], *flags, *row[14:21], *numbers, corrected))


def decisions(store: Store, report_ids: Sequence[int], kind: str) -> dict[tuple[int, str], Decided]:
    """Return the decisions of one kind that stand on some reports, by report and anchor."""
    sql = f"""SELECT d.report_id, d.anchor, d.value, v.name, d.decided_at FROM decision d
        JOIN person v ON v.reviewer_id = d.reviewer_id WHERE d.report_id IN ({marks(report_ids)}) AND d.kind = ?"""
    rows = select(store, sql, (*report_ids, kind))
    if wrong := next((row for row in rows if not isinstance(row[4], str)), None):
        stored.refuse(f"decision {wrong[0]}/{kind}/{wrong[1]}")
    together = _together(store, report_ids, kind)
    return {
        (report_id, anchor): (
            stored.decision(kind, anchor, value, f"decision {report_id}/{kind}/{anchor}"),
            together.get((report_id, anchor), name),
            at,
        )
        for report_id, anchor, value, name, at in rows
    }


def _together(store: Store, report_ids: Sequence[int], kind: str) -> dict[tuple[int, str], str]:
    """Return the names of all whose decisions stand side by side, by report and anchor, in their order."""
    names: dict[tuple[int, str], dict[str, None]] = {}
    sql = f"""SELECT s.report_id, s.anchor, v.name FROM side s JOIN change c ON c.id = s.change_id
        JOIN person v ON v.reviewer_id = c.reviewer_id WHERE s.report_id IN ({marks(report_ids)}) AND s.kind = ?
        ORDER BY c.clock, c.store_id, c.sequence, c.uuid"""
    for report_id, anchor, name in select(store, sql, (*report_ids, kind)):
        names.setdefault((report_id, anchor), {})[name] = None
    return {target: JOINT.join(those) for target, those in names.items()}


def texts(store: Store, report_ids: Sequence[int]) -> dict[int, str]:
    """Return the texts of some reports."""
    sql = f"""SELECT r.id, t.body FROM report r JOIN text t ON t.sha256 = r.text_sha256
        WHERE r.id IN ({marks(report_ids)})"""
    found = dict(select(store, sql, report_ids))
    for report_id, body in found.items():
        if not isinstance(body, str):
            stored.refuse(f"text of report {report_id}")
    return found


def figures_of(store: Store, report_ids: Sequence[int]) -> dict[int, list[FigureRow]]:
    """Return the figures of some reports in text order, rejected ones included."""
    return figures_where(store, f"f.report_id IN ({marks(report_ids)})", report_ids, report_ids)


def figures_where(
    store: Store, where: str, parameters: Sequence[Any], report_ids: Sequence[int]
) -> dict[int, list[FigureRow]]:
    """Return the figures that a condition on `figure f` picks, all of reports `report_ids`, by report in text order."""
    sql = f"SELECT {COLUMNS} FROM figure f WHERE {where} ORDER BY f.report_id, f.start, f.stop, f.id"
    rows = select(store, sql, parameters)
    bodies = texts(store, report_ids)
    decided = decisions(store, report_ids, "figure")
    grouped: dict[int, list[FigureRow]] = {report_id: [] for report_id in report_ids}
    for row in rows:
        if row[1] not in bodies:
            stored.refuse(f"text of report {row[1]}")
        grouped[row[1]].append(_figure(row, bodies[row[1]], decided))
    return grouped


def _figure(raw: tuple[Any, ...], text: str, decided: dict[tuple[int, str], Decided]) -> FigureRow:
    stored.check_figure(raw, len(text))
    figure_id, report_id, start, stop, *reading, because, state, anchor, machine = raw
    place = anchor or f"{start}-{stop}"
    values = (figure_id, report_id, place, start, stop, text[start:stop], *reading, words(because), state, "machine")
    row = FigureRow(*values)
    if decided and (decision := decided.get((report_id, place))) is not None:
        said, row.reviewer, row.decided_at = decision
        row.comment, row.reason, row.origin = said["comment"], said["reason"], folding.origin_of(said)
        if machine is not None:
            read_now = stored.reading(machine, f"figure {figure_id}")
            if folding.differs(read_now, Row(*raw)):
                row.machine = folding.machine_figure(read_now)
    return row


def findings_of(store: Store, report_ids: Sequence[int]) -> dict[int, list[FindingRow]]:
    """Return the findings of some reports, dismissed ones included, in the order of the checks."""
    sql = f"""SELECT report_id, check_id, severity, figures, arguments, start, stop, fingerprint FROM finding
        WHERE report_id IN ({marks(report_ids)}) ORDER BY rowid"""
    rows = select(store, sql, report_ids)
    dismissed = decisions(store, report_ids, "finding") if rows else {}
    grouped: dict[int, list[FindingRow]] = {report_id: [] for report_id in report_ids}
    for report_id, check, severity, figures, arguments, start, stop, fingerprint in rows:
        finding = _finding(report_id, check, severity, figures, arguments, (start, stop), fingerprint)
        decision = dismissed.get((report_id, fingerprint))
        grouped[report_id].append(
            FindingRow(report_id, finding, decision is not None, "" if decision is None else decision[0]["reason"])
        )
    return grouped


def _finding(
    report_id: int, check: str, severity: Any, figures: str, arguments: str, span: tuple[Any, Any], fingerprint: str
) -> Finding:
    from desktop.model import Finding

    what = f"finding {report_id}/{fingerprint}"
    ends = tuple(map(type, span))
    if not isinstance(check, str) or severity not in stored.SEVERITIES or ends not in stored.SPAN_TYPES:
        stored.refuse(what)
    spans, values = stored.spans(figures, what), stored.arguments(arguments, what)
    return Finding(check, severity, spans, values, None if span[0] is None else span, fingerprint)
