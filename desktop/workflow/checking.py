"""Checks over reports of the store, and what `hebao check` tells of them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from db import queries
from db.store import Store
from desktop import checks, indicators
from desktop.indicators import Catalogue
from desktop.model import Finding
from desktop.text import LANGUAGES, language, say_in
from desktop.workflow.cataloguing import catalogue


def check_report(store: Store, report_id: int) -> None:
    """Run every check over one report as it stands now and keep the findings; nothing is written where none changed."""
    report = queries.report(store, report_id)
    figures = [figure for figure in queries.figures(store, report_id) if figure.state != "rejected"]
    siblings = [other.source_name for other in queries.siblings(store, report_id)]
    found = checks.run(figures, catalogue(store), text=queries.text(store, report_id), siblings=siblings)
    if report.withdrawn:
        found = []
    before = {row.finding.fingerprint for row in queries.findings(store, report_id)}
    if before != {finding.fingerprint for finding in found}:
        store.replace_findings(report_id, found)


def check_reports(store: Store, report_ids: Iterable[int]) -> None:
    """Run every check over some reports, and over the others of their districts and years."""
    wanted = set(report_ids)
    for report_id in tuple(wanted):
        wanted.update(other.id for other in queries.siblings(store, report_id))
    for report_id in sorted(wanted):
        check_report(store, report_id)


def finding_sentence(finding: Finding, spoken: str = "", known: Catalogue | None = None) -> str:
    """Return what a finding says, in the language `spoken` or that of the moment; `known` names its indicators."""
    spoken = spoken or language()
    values = dict(finding.values)
    indicator = (known or indicators.load()).get(str(values.get("indicator")))
    if indicator is not None:
        values["indicator"] = indicator.name(spoken)
    return say_in(spoken, f"check_{finding.check}", **values)


def findings(store: Store) -> list[dict[str, Any]]:
    """Return every finding as `hebao check --json` prints it (formats.md), by district and year."""
    told = []
    known = catalogue(store)
    for report in queries.reports(store):
        figures = {(f.start, f.end): f for f in queries.figures(store, report.id)}
        for row in queries.findings(store, report.id):
            finding = row.finding
            evidence = [figures[span] for span in finding.figures if span in figures]
            told.append(
                {
                    "check": finding.check,
                    "severity": finding.severity,
                    "district": report.district,
                    "adcode": report.adcode,
                    "year": report.year,
                    "source_name": report.source_name,
                    "figures": [
                        {"start": f.start, "end": f.end, "indicator": f.indicator, "value": f.value} for f in evidence
                    ],
                    "values": dict(finding.values),
                    "text": None if finding.span is None else {"start": finding.span[0], "end": finding.span[1]},
                    "message": {spoken: finding_sentence(finding, spoken, known) for spoken in LANGUAGES},
                    "fingerprint": finding.fingerprint,
                    "dismissed": row.dismissed,
                }
            )
    return told
