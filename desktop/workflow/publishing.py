"""What leaves Hebao as tables."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from db import queries
from db.rows import JOINT
from db.store import Store
from desktop import __version__, exporting
from desktop.exporting.tables import Row, Table, share_row
from desktop.progress import Progress
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.raised import findings
from desktop.workflow.spot_checking import agreement


def export(
    store: Store, to: Path, *, format: str | None = None, shape: str = "long", state: queries.Asked = "verified",
    progress: Progress | None = None,
) -> list[Path]:  # fmt: skip
    """Write the table of cells with all that comes along and return the files written, the table first.

    `format` follows the file's ending where it is not given; `shape` is "wide" or "long", `state` "verified", "decided"
    or "all" (formats.md). UserError says what cannot be written.
    """
    with store.at_one_moment():
        table = _table(store, to, format or "", shape, state, progress or Progress())
        return exporting.write(to, table, format=format or "")


def _table(store: Store, to: Path, format: str, shape: str, state: queries.Asked, progress: Progress) -> Table:
    known = catalogue(store)
    # The wide table has no sentences in it, but those of a workbook's notes.
    quotes = shape == "long" or exporting.format_of(to, format) == "xlsx"
    counted = queries.status(store, known).cells
    progress.total = sum(counted[each] for each in queries.ASKED[state])
    return Table(
        shape,
        known,
        queries.exported_cells(store, known, state=state, quotes=quotes),
        progress,
        total=progress.total,
        findings=_findings(store),
        review=_review(store),
        about={
            "store": store.store_id, "clock": str(queries.clock(store)), "shape": shape, "state": state,
            "program": __version__, "catalogue": known.version,
        },
    )  # fmt: skip


def _findings(store: Store) -> Iterator[Row]:
    """Yield the findings of the store as they come along with a table."""
    for told in findings(store):
        yield [
            told["district"], told["adcode"], told["year"], told["check"], told["severity"], told["message"]["zh"],
            told["message"]["en"], JOINT.join(f["indicator"] or "" for f in told["figures"]),
            JOINT.join(f"{f['start']}-{f['end']}" for f in told["figures"]), int(told["dismissed"]),
            told["source_sha256"], told["source_name"],
        ]  # fmt: skip


def _review(store: Store) -> Iterator[Row]:
    """Yield the error left, by the blind spot-checks, and how often the machine was right where people decided."""
    checked = agreement(store)
    yield share_row("residual_error", "", checked.asked - checked.agreed, checked.asked, sampled=True)
    for indicator, record in queries.machine_record(store).items():
        yield share_row("machine_right", indicator, record.right, record.right + record.wrong, sampled=True)
        yield share_row("machine_missed", indicator, record.missed, record.missed + record.right, sampled=True)
