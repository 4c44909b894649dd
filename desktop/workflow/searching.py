"""Searching all texts of a store: where a phrase stands, and what `hebao search` tells of it."""

from __future__ import annotations

from typing import Any

from db import queries
from db.rows import Hit
from db.store import Store
from desktop.model import ReportState

__all__ = ["Hit", "search", "search_result"]


def search(
    store: Store, phrase: str, *, district: str | None = None, year: int | None = None,
    state: ReportState | None = None, limit: int = 200,
) -> list[Hit]:  # fmt: skip
    """Return the first sentences in which a phrase stands, by division code (unknown last, by name) and year.

    It reads the store only and may run in a job. `district` is a name or a division code, `state` that of the report.
    UserError for a phrase of less than two characters.
    """
    hits = queries.search(store, phrase, district=district, year=year, state=state, limit=limit)
    return sorted(hits, key=lambda hit: (hit.adcode is None, hit.adcode or "", hit.district or "", hit.year or 0))


def search_result(
    store: Store, phrase: str, *, district: str | None = None, year: int | None = None,
    state: ReportState | None = None,
) -> dict[str, Any]:  # fmt: skip
    """Return what `hebao search --json` prints: in how many reports a phrase stands, and the first sentences."""
    hits = search(store, phrase, district=district, year=year, state=state)
    return {
        "phrase": phrase,
        "reports": queries.reports_with(store, phrase, district=district, year=year, state=state),
        "hits": [
            {
                "district": hit.district,
                "adcode": hit.adcode,
                "year": hit.year,
                "state": hit.state,
                "source_sha256": queries.report(store, hit.report_id).source_sha256,
                "start": hit.start,
                "end": hit.end,
                "line": hit.line,
            }
            for hit in hits
        ],
    }
