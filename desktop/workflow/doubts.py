"""What calls for attention and needs nothing done: whole sentences found right, findings, numerals, other readings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable

from db import queries
from db.folding import READ
from db.rows import FigureRow, Touched
from db.store import Store
from desktop.errors import UserError
from desktop.model import Figure
from desktop.workflow.reviewing import as_read

NO_FIGURE = "no_figure"
UNDECIDED = ("extracted", "auto")


def accept_figures(store: Store, figure_ids: Iterable[int], *, reviewer: str) -> Touched:
    """Record that several figures are right as they stand: one change, undone as one."""
    with store.edit("accept_figures", reviewer=reviewer) as edit:
        for figure_id in figure_ids:
            edit.accept(figure_id)
    return edit.touched


def dismiss(store: Store, report_id: int, fingerprint: str, reason: str, *, reviewer: str) -> Touched:
    """Record that a finding needs nothing done, and why; UserError where no reason is given."""
    if not reason.strip():
        raise UserError("dismissal_needs_reason")
    with store.edit("dismiss", reviewer=reviewer, why=reason.strip()) as edit:
        edit.dismiss(fingerprint, report_id, reason.strip())
    return edit.touched


def restore_finding(store: Store, report_id: int, fingerprint: str, *, reviewer: str) -> Touched:
    """Bring a dismissed finding back."""
    with store.edit("restore_finding", reviewer=reviewer) as edit:
        edit.restore(fingerprint, report_id)
    return edit.touched


def pass_over(store: Store, report_id: int, start: int, end: int, *, reviewer: str) -> Touched:
    """Record that a numeral nothing claims is no figure; code points, half-open."""
    quote = queries.text(store, report_id)[start:end]
    with store.edit("pass_over", reviewer=reviewer) as edit:
        edit.dismiss(numeral_mark(start, end, quote), report_id, NO_FIGURE)
    return edit.touched


def keep_reading(store: Store, figure_id: int, *, reviewer: str) -> Touched:
    """Record that what a person decided stays, though the machine reads the figure otherwise now."""
    figure = queries.figure(store, figure_id)
    with store.edit("keep_reading", reviewer=reviewer) as edit:
        edit.dismiss(reading_mark(figure), figure.report_id, "")
    return edit.touched


def take_reading(store: Store, figure_id: int, reading: Figure, *, reviewer: str) -> Touched:
    """Record that a figure is what one reading of the machine, the present or an older one, says it is."""
    with store.edit("take_reading", reviewer=reviewer) as edit:
        edit.correct(figure_id, **as_read(reading), indicator=reading.indicator)
    return edit.touched


def numeral_mark(start: int, end: int, quote: str) -> str:
    """Return the name under which a numeral is passed over; another text there is another numeral."""
    return f"numeral:{start}-{end}:{_hashed(quote)}"


def numeral_place(mark: str) -> tuple[int, int] | None:
    """Return the span of the numeral that a name from `numeral_mark` is of, None where it names something else."""
    kind, _, place = mark.partition(":")
    if kind != "numeral":
        return None
    start, end = place.partition(":")[0].split("-")
    return int(start), int(end)


def reading_mark(figure: FigureRow) -> str:
    """Return the name under which the machine's present reading of a decided figure is kept out; another one is not.

    KeyError where the machine reads what the person decided.
    """
    if figure.machine is None:
        raise KeyError(figure.id)
    return f"reading:{figure.anchor}:{_hashed(json.dumps([getattr(figure.machine, name) for name in READ]))}"


def reading_decided_on(changes: Iterable[queries.ChangeRow], anchor: str) -> Figure | None:
    """Return what the machine read of a figure when a person decided on it last; None where it read nothing there.

    `changes` are those of the report or of the figure, oldest first.
    """
    reading = None
    for change in changes:
        before = change.before
        if change.target == ("figure", anchor) and before is not None and before["state"] in UNDECIDED:
            reading = Figure(**{name: before[name] for name in READ})
    return reading


def read_alike(one: Figure | None, other: Figure | None) -> bool:
    """Return whether two readings of the machine say the same, however sure they are."""
    if one is None or other is None:
        return one is other
    return all(getattr(one, name) == getattr(other, name) for name in READ)


def _hashed(words: str) -> str:
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
