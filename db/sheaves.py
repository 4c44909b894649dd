"""Figures of one indicator from many reports, each with the words around it: what is reviewed by the sheaf."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from typing import Any, NamedTuple

from db import loading, stored
from db.overview import OPEN
from db.store import Store
from desktop.model import Approx, State

BEFORE, AFTER = 90, 70  # characters read on either side of a figure
WAITING = "f.state IN ('extracted', 'auto')"


class Line(NamedTuple):
    """One figure with the words before and behind it; `doubted` says that a finding about it is open."""

    figure_id: int
    report_id: int
    district: str | None
    year: int
    indicator: str
    value: float
    unit: str
    approx: Approx | None
    confidence: float
    state: State
    before: str
    quote: str
    after: str
    doubted: bool


def waiting(store: Store) -> dict[str, int]:
    """Return how many figures of the reports that count wait for a person, by indicator.

    All are counted in the index, and of those that wait and those that do not the fewer in the table.
    """
    counting = "f.indicator IS NOT NULL AND f.year IS NOT NULL"
    wait, rest = loading.select(
        store, "SELECT sum(extracted + auto), sum(verified + rejected + queried) FROM report WHERE counts = 1"
    )[0]
    few = (wait or 0) < (rest or 0)
    sql = "SELECT f.indicator, count(*) FROM figure f"
    state = WAITING if few else f"NOT ({WAITING})"
    found = dict(loading.select(store, f"{sql} NOT INDEXED WHERE {counting} AND {state} GROUP BY f.indicator"))
    if few:
        return found
    totals = loading.select(store, f"{sql} WHERE {counting} GROUP BY f.indicator")
    return {indicator: left for indicator, total in totals if (left := total - found.get(indicator, 0))}


def lines(store: Store, indicator: str) -> Iterator[Line]:
    """Yield the figures of an indicator that wait for a person, in the reports that count, by district and year."""
    where = f"f.indicator = ? AND f.year IS NOT NULL AND {WAITING}"
    yield from _lines(store, where, (indicator,), "f.district_key, f.year, f.start")


def sample(store: Store, state: State, size: int, reviewer: str, chance: random.Random) -> list[Line]:
    """Return figures in a state drawn by lot from the reports that count, in the order drawn.

    Those that `reviewer` decided are left out: a second reading is another person's.
    """
    by_this = """EXISTS (SELECT 1 FROM decision d JOIN person v ON v.reviewer_id = d.reviewer_id
        WHERE d.kind = 'figure' AND d.report_id = f.report_id
            AND d.anchor = coalesce(f.anchor, f.start || '-' || f.stop) AND v.name = ?)"""
    sql = f"""SELECT f.id FROM figure f WHERE f.year IS NOT NULL AND f.indicator IS NOT NULL AND f.state = ?
        AND NOT {by_this}"""
    ids = [figure_id for (figure_id,) in loading.select(store, sql, (state, reviewer))]
    drawn = chance.sample(ids, min(size, len(ids)))
    found = {line.figure_id: line for line in _lines(store, f"f.id IN ({loading.marks(drawn)})", drawn, "f.id")}
    return [found[figure_id] for figure_id in drawn]


def states(store: Store, figure_ids: Iterable[int]) -> dict[int, State]:
    """Return the states of figures by id; those that are gone are left out."""
    ids = list(figure_ids)
    found: dict[int, State] = {}
    for some in loading.chunks(ids):
        found.update(loading.select(store, f"SELECT id, state FROM figure WHERE id IN ({loading.marks(some)})", some))
    return found


def groups(store: Store, verbs: Sequence[str]) -> dict[str, int]:
    """Return how often each of these verbs was carried out, those taken back left out."""
    sql = f"""SELECT verb, count(DISTINCT group_id) FROM change WHERE verb IN ({loading.marks(verbs)})
        AND group_id NOT IN (SELECT undoes_group FROM (SELECT undoes_group, verb, max(id) FROM change
            WHERE undoes_group IS NOT NULL GROUP BY undoes_group) WHERE verb = 'undo') GROUP BY verb"""
    return dict(loading.select(store, sql, verbs))


def _lines(store: Store, where: str, parameters: Sequence[Any], order: str) -> Iterator[Line]:
    doubted = _doubted(store)
    sql = f"""SELECT f.id, f.report_id, r.district, f.year, f.indicator, f.value, f.unit, f.approx, f.confidence,
            f.state, f.start, f.stop,
            substr(t.body, max(f.start - {BEFORE}, 0) + 1, f.stop - f.start + {BEFORE + AFTER})
        FROM figure f JOIN report r ON r.id = f.report_id JOIN text t ON t.sha256 = r.text_sha256
        WHERE {where} ORDER BY {order}"""
    with closing(loading.stream(store, sql, parameters)) as rows:
        for *row, start, stop, around in rows:
            at = min(start, BEFORE)
            end = at + stop - start
            words = (around[:at], around[at:end], around[end:], (row[1], start, stop) in doubted)
            yield Line(*(*row, *words))


def _doubted(store: Store) -> set[tuple[int, int, int]]:
    """Return the (report, start, end) of the figures about which a finding is open."""
    sql = f"SELECT f.report_id, f.figures FROM finding f WHERE f.figures <> '[]' AND {OPEN}"
    found = loading.select(store, sql)
    return {(i, start, stop) for i, spans in found for start, stop in stored.spans(spans, f"finding {i}")}
