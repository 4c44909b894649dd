"""What `hebao extract` and `hebao status` tell, as the objects of formats.md."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from db import queries
from db.store import Store
from desktop import __version__, cells, districts, indicators, reading
from desktop.model import Document, Extraction
from desktop.workflow.cataloguing import catalogue


def extract_file(path: Path, own: Path | None = None) -> dict[str, Any]:
    """Read one file, touching no store, and return the object of `hebao extract --json`.

    `own` is a file of a reviewer's indicators in the terms of indicators.toml. UserError says what cannot be read.
    """
    document = reading.read(path.name, reading.load(path))
    known = file_catalogue(own)
    from desktop.extraction import extract

    return as_json(document, extract(document, known, districts.load()), known)


def file_catalogue(own: Path | None) -> indicators.Catalogue:
    """Return the indicators of Hebao with those of a reviewer's file after them."""
    known = indicators.load()
    return known if own is None else known.with_own(indicators.read_own(own))


def as_json(document: Document, extraction: Extraction, known: indicators.Catalogue) -> dict[str, Any]:
    """Return one reading as the object that formats.md describes."""
    facts = asdict(extraction.facts)
    return {
        **facts,
        "candidates": list(facts["candidates"]),
        "source_sha256": document.source_sha256,
        "reader": document.reader,
        "program": __version__,
        "text": document.text,
        "figures": [{**f._asdict(), "because": list(f.because)} for f in extraction.figures],
        "numerals": [{"start": n.start, "end": n.end, "class": n.numeral_class} for n in extraction.numerals],
        "cells": [
            {"indicator": c.indicator, "value": c.value, "unit": c.unit, "figures": list(c.figures)}
            for c in cells.combine(extraction.figures, known)
        ],
    }


def status(store: Store) -> dict[str, Any]:
    """Return where things stand as `hebao status --json` prints it (formats.md)."""
    stands = queries.status(store, catalogue(store))
    return {
        "store": str(store.path),
        "schema": store.schema,
        "reports": stands.reports,
        "figures": dict(stands.figures),
        "cells": dict(stands.cells),
        "matrix": [
            {
                "district": report.district,
                "adcode": report.adcode,
                "year": report.year,
                "state": report.state,
                "source_sha256": report.source_sha256,
                "source_name": report.source_name,
                "counts": report.counts,
                "figures": report.figures,
                "findings": report.findings,
            }
            for report in queries.reports(store)
        ],
        "failed": [],
    }
