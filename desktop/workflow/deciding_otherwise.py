"""A third person's own answer to what two decided differently: neither side's, but another value."""

from __future__ import annotations

from db import queries
from db.rows import Dispute, Touched
from db.store import Store
from desktop.errors import UserError
from desktop.workflow.reviewing import correct_fact, parse_typed_value


def decide_otherwise(store: Store, dispute: Dispute, typed: str, why: str, *, reviewer: str) -> Touched:
    """Record another value than either side's, typed as a person types it, with the reason as its comment.

    Of two figures at one place that two people made, the first gets the value and the others are rejected. UserError
    where what is asked for was not typed, or where something else was decided since; ValueError for a kind that has no
    value.
    """
    if dispute not in queries.disputes(store, dispute.report_id or None):
        raise UserError("dispute_changed")
    if dispute.kind == "fact":
        return correct_fact(store, dispute.report_id, dispute.anchor, typed, reviewer=reviewer, why=why)
    if dispute.kind not in ("figure", "cell"):
        raise ValueError(dispute.kind)
    value = parse_typed_value(typed)
    with store.edit("adjudicate", reviewer=reviewer, why=why) as edit:
        if dispute.kind == "cell":
            edit.enter_cell(dispute.report_id, dispute.anchor, value, why)
        else:
            anchors = [dispute.anchor, *(side.anchor for side in dispute.sides if side.kind == "figure")]
            first, *others = _figures(store, dispute.report_id, anchors)
            edit.correct(first, value=value)
            if why:
                edit.comment(first, why)
            for other in others:
                edit.reject(other, why)
    return edit.touched


def _figures(store: Store, report_id: int, anchors: list[str]) -> list[int]:
    """Return the figures of some anchors, each once, in this order; UserError where none has a place in the text."""
    by_anchor = {figure.anchor: figure.id for figure in queries.figures(store, report_id)}
    found = [by_anchor[anchor] for anchor in dict.fromkeys(anchors) if anchor in by_anchor]
    if not found:
        raise UserError("dispute_without_place")
    return found
