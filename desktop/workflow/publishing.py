"""What leaves Hebao: tables and charts."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path

from db import queries
from db.store import Store
from desktop import charts, exporting
from desktop.errors import UserError
from desktop.indicators import Indicator
from desktop.progress import Progress
from desktop.sentences import sentence
from desktop.text import language
from desktop.workflow.cataloguing import catalogue, known_indicator


def export(
    store: Store, to: Path, *, format: str | None = None, shape: str = "long", state: queries.Asked = "verified",
    progress: Progress | None = None,
) -> list[Path]:  # fmt: skip
    """Write the table of cells and its codebook and return the files written; the format follows the file's ending.

    `shape` is "wide" or "long", `state` "verified", "decided" or "all" (formats.md). UserError says what cannot be
    written.
    """
    text = functools.lru_cache(maxsize=4)(lambda report_id: queries.text(store, report_id))

    def sentence_of(report_id: int, start: int, end: int) -> str:
        return sentence(text(report_id), start, end)

    known = catalogue(store)
    return exporting.write(
        to,
        format=format or to.suffix.lstrip(".").lower(),
        shape=shape,
        cells=queries.cells(store, known, state=state),
        catalogue=known,
        sentence=sentence_of,
        progress=progress or Progress(),
    )


def series(store: Store, district: str, wanted: Sequence[str]) -> charts.SeriesData:
    """Return the cells of some indicators of one district over the years, ready to be drawn."""
    known = catalogue(store)
    cells = queries.series(store, known, district, wanted)
    named = next((cell.district for cell in cells), district)
    return charts.SeriesData.of(named or district, [known[i] for i in wanted], cells, language=language())


def chart(store: Store, district: str, wanted: Sequence[str], to: Path) -> list[Path]:
    """Draw a district's indicators over the years into a file, its data beside it as CSV; return both paths.

    `district` is a name or a six-digit division code, an indicator its id or name. UserError where the store
    has no report of the district, or none of the indicators has a value.
    """
    found = [indicator_named(store, name).id for name in wanted]
    key = district_named(store, district)
    data = series(store, key, found)
    if not data.points:
        raise UserError("chart_without_cells", district=district)
    return charts.save(data, to)


def indicator_named(store: Store, name: str) -> Indicator:
    """Return the indicator of this id, or of this name in Chinese or English; UserError where there is none."""
    for indicator in catalogue(store).values():
        if name == indicator.name_zh or name.lower() == indicator.name_en.lower():
            return indicator
    return known_indicator(store, name)


def district_named(store: Store, name: str) -> str:
    """Return the key (division code, or name) of a district of the store; UserError where there is none."""
    for report in queries.reports(store):
        if name in (report.adcode, report.district):
            return report.adcode or report.district or name
    raise UserError("district_unknown", district=name)
