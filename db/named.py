"""The figures that people named for cells, wherever in their reports they stand and whatever they are read as.

What is named is looked up as it stands now, so that a later correction of a figure is the cell's too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from db import loading, stored
from db.loading import Decided
from db.store import Store

Figure = tuple[Any, ...]
"""What cells are made of, in the order of COLUMNS."""

COLUMNS = "report_id, start, stop, id, value, unit, approx, indicator, state, anchor"
PLACE = "coalesce(anchor, start || '-' || stop)"


def names(said: Decided | None) -> tuple[str, ...] | None:
    """Return the anchors of the figures that a decision on a cell names, None where it names none."""
    return tuple(said[0]["figures"]) if said is not None and "figures" in said[0] else None


def figures(store: Store, wanted: Mapping[int, AbstractSet[str]]) -> dict[int, dict[str, Figure]]:
    """Return the figures of these anchors by report and anchor, in text order; those that are rejected are none.

    UserError where one is not as Hebao writes them.
    """
    found: dict[int, dict[str, Figure]] = {}
    for some in loading.chunks(list(wanted)):
        anchors = json.dumps(sorted({anchor for report_id in some for anchor in wanted[report_id]}))
        sql = f"""SELECT {PLACE}, {COLUMNS} FROM figure WHERE report_id IN ({loading.marks(some)})
            AND state <> 'rejected' AND {PLACE} IN (SELECT value FROM json_each(?))
            ORDER BY report_id, start, stop, id"""
        for place, *columns in loading.select(store, sql, (*some, anchors)):
            report_id, start, stop, number, value, unit, approx, _, state, _ = columns
            if place in wanted[report_id]:
                stored.check_exported(number, start, stop, value, unit, approx, state)
                found.setdefault(report_id, {}).setdefault(place, tuple(columns))
    return found


def in_reports(store: Store, report_ids: Sequence[int], indicators: Sequence[str]) -> dict[int, set[str]]:
    """Return the anchors of the figures that were named for some indicators' cells, by report; none, no report."""
    sql = f"""SELECT report_id, anchor, value FROM decision WHERE kind = 'cell' AND instr(value, '"figures"')
        AND report_id IN ({loading.marks(report_ids)}) AND anchor IN ({loading.marks(indicators)})"""
    found: dict[int, set[str]] = {}
    for report_id, indicator, value in loading.select(store, sql, (*report_ids, *indicators)):
        said = stored.decision("cell", indicator, value, f"decision {report_id}/cell/{indicator}")
        found.setdefault(report_id, set()).update(said.get("figures", ()))
    return found
