"""What tests of merging share: everything that a store says, without the numbers that rows have in it alone."""

from db import queries, strangers
from desktop import workflow
from desktop.progress import Progress

OF_REPORTS = {
    "report": """SELECT source_sha256, source_name, reader, text_sha256, imported_at, program, catalogue, machine_facts,
        district, year, issuer, district_key, counts, withdrawn, state, extracted + auto, verified, rejected, queried
        FROM report ORDER BY 1""",
    "figure": """SELECT r.source_sha256, f.start, f.stop, f.value, f.unit, f.approx, f.kind, f.indicator, f.confidence,
        f.because, f.state, f.machine, f.district_key, f.year FROM figure f JOIN report r ON r.id = f.report_id
        ORDER BY 1, 2, 3, 4, 11, 12""",
    "decision": """SELECT r.source_sha256, d.kind, d.anchor, d.value, c.uuid, d.reviewer_id, d.decided_at
        FROM decision d JOIN report r ON r.id = d.report_id JOIN change c ON c.id = d.change_id ORDER BY 1, 2, 3""",
    "side": """SELECT r.source_sha256, s.kind, s.anchor, c.uuid, s.disputed FROM side s
        JOIN report r ON r.id = s.report_id JOIN change c ON c.id = s.change_id ORDER BY 1, 2, 3, 4""",
    "lost": "SELECT r.source_sha256, l.anchor FROM lost l JOIN report r ON r.id = l.report_id ORDER BY 1, 2",
    "numerals": "SELECT r.source_sha256, n.classes FROM numerals n JOIN report r ON r.id = n.report_id ORDER BY 1",
    "text": "SELECT sha256 FROM text ORDER BY 1",
    "reviewer": "SELECT id, name FROM reviewer ORDER BY 1",
    "same person": "SELECT reviewer_id, same_as FROM person ORDER BY 1",
    "own_indicator": "SELECT id, definition FROM own_indicator ORDER BY 1",
}


def everything(store):
    """Return the whole log in the order that is the same in every store."""
    columns = ", ".join(strangers.OF_CHANGE)
    sql = f"SELECT {columns} FROM change ORDER BY clock, store_id, sequence, uuid"
    return store._connection.execute(sql).fetchall()


def dump(store):
    """Return what a store says, by what about."""
    said = {what: store._connection.execute(sql).fetchall() for what, sql in OF_REPORTS.items()}
    charts = queries.kept_charts(store)
    disputes = [
        (dispute.kind, dispute.anchor, dispute.quote, [side.change for side in dispute.sides])
        for dispute in queries.disputes(store)
    ]
    return {**said, "log": everything(store), "charts": charts, "disputes": sorted(disputes, key=repr)}


def merge(store, other):
    return workflow.merge(store, other.path, Progress(), back_up=False)


def side_of(dispute, reviewer):
    return next(side for side in dispute.sides if side.reviewer == reviewer)
