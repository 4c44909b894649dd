"""What one decision costs: an edit of the store against bare statements on the same connection, each durable."""

from __future__ import annotations

import time
import uuid
from collections.abc import Sequence
from typing import Any

from db.store import Store
from tests.bench.timing import tell

CHANGE = f"INSERT INTO change VALUES (NULL{', ?' * 21})"
AFTER = (
    '{"state":"verified","start":1185,"end":1188,"value":49.0,"unit":"件","approx":null,"kind":"count",'
    '"indicator":"reconsideration_received","comment":"","reason":"","origin":"machine"}'
)


def deciding(store: Store) -> None:
    """Accept figures, one durable transaction each, against bare statements on the same connection."""
    db = store._connection
    sql = """SELECT f.id, f.report_id, f.start || '-' || f.stop, r.source_sha256, r.text_sha256 FROM figure f
        JOIN report r ON r.id = f.report_id WHERE f.state = 'extracted' LIMIT 3000"""
    figures = iter(db.execute(sql).fetchall())
    reviewer = store.reviewer("王敏").id

    def decide() -> None:
        with store.edit("accept", reviewer="王敏") as edit:
            edit.accept(next(figures)[0])

    def write(figure: Sequence[Any], *, rest: bool) -> None:
        figure_id, report_id, anchor, *hashes = figure
        db.execute("BEGIN IMMEDIATE")
        db.execute(
            "UPDATE figure SET state = 'verified', machine = ? WHERE id = ?", (AFTER if rest else None, figure_id)
        )
        row = [str(uuid.uuid4()), store.store_id, 0, 0, "", reviewer, "", "accept", "", *hashes, "figure", anchor]
        row += [AFTER, AFTER, AFTER, None, None, None, "", ""]
        change = db.execute(CHANGE, row).lastrowid
        if rest:
            decision = (report_id, "figure", anchor, AFTER, change, reviewer, "")
            db.execute("INSERT OR REPLACE INTO decision VALUES (?, ?, ?, ?, ?, ?, ?)", decision)
            db.execute("UPDATE store SET sequence = sequence + 1, clock = clock + 1")
            db.execute(
                "UPDATE report SET extracted = extracted - 1, verified = verified + 1 WHERE id = ?", (report_id,)
            )
            db.execute("INSERT OR IGNORE INTO unchecked VALUES (?)", (report_id,))
        db.execute("COMMIT")

    for waiting, clock in (("", time.perf_counter), (", no waiting", time.process_time)):
        for floor, rest in (("update + log row", False), ("all it writes", True)):
            tell(
                f"one decision, against {floor}{waiting}", decide, lambda rest=rest: write(next(figures), rest=rest),
                "" if rest or waiting else "<= 1.5", rounds=300, clock=clock,
            )  # fmt: skip
