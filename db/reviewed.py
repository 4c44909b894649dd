"""What people decided, as reads: how the machine did by it, and what is newer than an export."""

from __future__ import annotations

from collections import Counter

from db import loading, stored
from db.folding import READ
from db.rows import MachineRecord
from db.store import Store


def machine_record(store: Store) -> dict[str, MachineRecord]:
    """Return how often the machine was right, wrong and silent, by indicator id, over the figures people decided.

    A figure counts under the indicator that the machine read, one that it had missed under the person's; where there
    is none, under "". Queried figures, withdrawn reports and others that do not count are left out.
    """
    counts: Counter[tuple[str, str]] = Counter()
    rows = loading.select(
        store,
        """SELECT f.state, f.machine, f.start, f.stop, f.value, f.unit, f.approx, f.kind, f.indicator
        FROM figure f JOIN report r ON r.id = f.report_id AND r.counts = 1 WHERE f.state IN ('verified', 'rejected')""",
    )
    for state, machine, *standing in rows:
        if machine is None:
            if state == "verified":
                counts[standing[-1] or "", "missed"] += 1
            continue
        reading = stored.reading(machine, "figure.machine")
        right = state == "verified" and [reading[name] for name in READ] == standing
        counts[reading["indicator"] or "", "right" if right else "wrong"] += 1
    indicators = sorted({indicator for indicator, _ in counts})
    return {i: MachineRecord(counts[i, "right"], counts[i, "wrong"], counts[i, "missed"]) for i in indicators}


def decided_since(store: Store, clock: int) -> dict[int, frozenset[tuple[str, str]]]:
    """Return what was decided here after a logical time, or merged: the kind and anchor of each decision, by report."""
    sql = """SELECT r.id, c.kind, c.anchor FROM change c JOIN report r ON r.source_sha256 = c.source_sha256
        WHERE c.clock > ?1 OR EXISTS
            (SELECT 1 FROM merged m WHERE m.clock > ?1 AND c.id BETWEEN m.first_change AND m.last_change)"""
    found: dict[int, set[tuple[str, str]]] = {}
    for report_id, kind, anchor in loading.select(store, sql, (clock,)):
        found.setdefault(report_id, set()).add((kind, anchor))
    return {report_id: frozenset(decided) for report_id, decided in found.items()}
