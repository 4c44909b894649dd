"""What the checks have found, in words: as a sentence, and as `hebao check` tells of a whole store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from db import comparing, queries
from db.comparing import Stated
from db.rows import FindingRow, ReportRow
from db.store import Store
from desktop import indicators
from desktop.indicators import Catalogue
from desktop.model import Finding
from desktop.text import LANGUAGES, language, say_in
from desktop.workflow.cataloguing import catalogue

AT_ONCE = 200  # reports read together
QUOTES_IN_QUOTES = str.maketrans("“”", "‘’")  # indicators are named in quotes


def finding_sentence(finding: Finding, spoken: str = "", known: Catalogue | None = None) -> str:
    """Return what a finding says, in the language `spoken` or that of the moment; `known` names its indicators."""
    spoken, named = spoken or language(), known or indicators.load()
    values = {
        key: _in_words(value, spoken, named) if isinstance(value, str) else value
        for key, value in finding.values.items()
    }
    return say_in(spoken, f"check_{finding.check}", **values)


def _in_words(value: str, spoken: str, named: Catalogue) -> str:
    """Return a finding's word or list of words as it is set in a sentence of the language `spoken`."""
    if value in named:
        return named[value].name(spoken).translate(QUOTES_IN_QUOTES)
    return value.replace("、", ", ") if spoken == "en" else value


def findings(store: Store) -> Iterator[dict[str, Any]]:
    """Yield every finding as `hebao check --json` prints it (formats.md), by district and year."""
    known, reports = catalogue(store), queries.reports(store)
    for at in range(0, len(reports), AT_ONCE):
        some = {report.id: report for report in reports[at : at + AT_ONCE]}
        found = comparing.findings(store, list(some))
        stated = comparing.figures(store, [report_id for report_id in some if found[report_id]])
        for report_id, report in some.items():
            figures = {(figure.start, figure.end): figure for figure in stated.get(report_id, ())}
            yield from (_told(report, row, figures, known) for row in found[report_id])


def _told(
    report: ReportRow, row: FindingRow, figures: Mapping[tuple[int, int], Stated], known: Catalogue
) -> dict[str, Any]:
    finding = row.finding
    evidence = [figures[span] for span in finding.figures if span in figures]
    return {
        "check": finding.check,
        "severity": finding.severity,
        "district": report.district,
        "adcode": report.adcode,
        "year": report.year,
        "source_sha256": report.source_sha256,
        "source_name": report.source_name,
        "figures": [{"start": f.start, "end": f.end, "indicator": f.indicator, "value": f.value} for f in evidence],
        "values": dict(finding.values),
        "text": None if finding.span is None else {"start": finding.span[0], "end": finding.span[1]},
        "message": {spoken: finding_sentence(finding, spoken, known) for spoken in LANGUAGES},
        "fingerprint": finding.fingerprint,
        "dismissed": row.dismissed,
    }
