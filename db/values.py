"""The values of one indicator across districts and years, read from indexes alone: for series and cross-sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db import loading, named, stored
from db.store import Store
from desktop.cells import added, named_value
from desktop.indicators import Catalogue

Place = tuple[str, int]
"""A district's key (its division code; of one without a code its city and name) and a year."""

SERIES = "SELECT district_key, year, id, value FROM figure WHERE indicator = ?"
REJECTED = "SELECT id FROM figure WHERE state = 'rejected' AND indicator = ?"
CELLS = """SELECT r.district_key, r.year, d.value, d.report_id FROM decision d JOIN report r ON r.id = d.report_id
    WHERE d.kind = 'cell' AND d.anchor = ? AND r.counts = 1"""


def values(
    store: Store, catalogue: Catalogue, indicator: str, years: Sequence[int], districts: Sequence[str] | None = None
) -> dict[Place, float]:
    """Return the values of one indicator's cells by district and year, of all districts where none are named.

    Values on which somebody has still to decide are among them, those said not to be reported are not. KeyError: no
    such indicator.
    """
    sums = catalogue[indicator].combine == "sum"
    where, asked = f" AND year IN ({loading.marks(years)})", (indicator, *years)
    if districts is not None:
        where, asked = f"{where} AND district_key IN ({loading.marks(districts)})", (*asked, *districts)
    # The covering index has no state: the few rejected figures have an index of their own.
    rejected = {figure_id for (figure_id,) in loading.select(store, REJECTED + where, asked)}
    rows = [row for row in loading.select(store, SERIES + where, asked) if row[2] not in rejected]
    stored.check_values(rows)
    made = {(key, year): value for key, year, _, value in rows}
    if len(made) < len(rows):
        several = _several(rows)
        if sums:
            made.update((place, added([value for _, value in figures])) for place, figures in several.items())
        else:
            made.update(_stated_first(store, several))
    of_named: dict[int, tuple[Place, set[str]]] = {}
    for key, year, said, report_id in loading.select(store, CELLS + where, asked):
        decided = stored.decision("cell", indicator, said, f"cell {indicator} of {key}/{year}")
        made.pop((key, year), None)
        if "value" in decided:
            made[key, year] = decided["value"]
        elif "figures" in decided:
            of_named[report_id] = ((key, year), set(decided["figures"]))
    standing = named.figures(store, {report_id: anchors for report_id, (_, anchors) in of_named.items()})
    for report_id, figures in standing.items():
        stated = [(figure[4], figure[5]) for figure in figures.values()]
        if (value := named_value(catalogue[indicator].unit, stated)) is not None:
            made[of_named[report_id][0]] = value
    return made


def _several(rows: Sequence[tuple[str, int, int, float]]) -> dict[Place, list[tuple[int, float]]]:
    """Return the ids and values of the figures of those places that have several."""
    found: dict[Place, list[tuple[int, float]]] = {}
    for key, year, figure_id, value in rows:
        found.setdefault((key, year), []).append((figure_id, value))
    return {place: figures for place, figures in found.items() if len(figures) > 1}


def _stated_first(store: Store, several: Mapping[Place, Sequence[tuple[int, float]]]) -> dict[Place, float]:
    """Return the value that is stated first in its text of each place, from the ids and values of its figures."""
    ids = [figure_id for figures in several.values() for figure_id, _ in figures]
    rank: dict[int, tuple[int, int, int]] = {}
    for some in loading.chunks(ids):
        sql = f"SELECT id, start, stop FROM figure WHERE id IN ({loading.marks(some)})"
        rank.update((i, (start, stop, i)) for i, start, stop in loading.select(store, sql, some))
    return {place: min(figures, key=lambda figure: rank[figure[0]])[1] for place, figures in several.items()}
