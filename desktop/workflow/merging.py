"""Merging: another store of the study taken in, what it brought told, and what differs settled by a third person."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from db import merging, queries
from db.changes import Edit, Touched
from db.rows import Dispute, Merged, Side
from db.store import Store
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say
from desktop.workflow.cataloguing import remember_version
from desktop.workflow.keeping import backup_before_merge

__all__ = ["Dispute", "Merged", "Side", "adjudicate", "merge", "merged_sentences", "merged_told", "same_person"]


def merge(store: Store, other: Path, progress: Progress, *, back_up: bool = True) -> Merged:
    """Take another store into this one, which is backed up first, and return what came; UserError says why not.

    The other file is only read. Cancelled, or stopped in any other way, this store is as it was. A merge is taken back
    by restoring the backup.
    """
    made = backup_before_merge(store.path) if back_up else None
    merged = merging.merge(store, other, progress)
    remember_version(store)
    return replace(merged, backup=made)


def adjudicate(store: Store, dispute: Dispute, side: Side, why: str, *, reviewer: str) -> Touched:
    """Let one side of a dispute stand, as a decision of this reviewer; both sides stay in the log.

    ValueError: no side of this dispute. UserError dispute_changed where something else was decided since.
    """
    if side not in dispute.sides:
        raise ValueError(side)
    if dispute not in queries.disputes(store, dispute.report_id or None):
        raise UserError("dispute_changed")
    with store.edit("adjudicate", reviewer=reviewer, why=why) as edit:
        TAKING.get(dispute.kind, _take)(store, edit, dispute, side)
    if dispute.kind == "indicator":
        remember_version(store)
    return edit.touched


def same_person(store: Store, reviewer_id: str, as_reviewer_id: str, *, reviewer: str) -> Touched:
    """Record that two reviewers are one person, or, with one id twice, that this one is nobody else; KeyError: none."""
    with store.edit("same_person", reviewer=reviewer) as edit:
        edit.same_person(reviewer_id, as_reviewer_id)
    return edit.touched


def merged_sentences(merged: Merged) -> list[str]:
    """Return what a merge brought, one sentence each, in the language of the moment."""
    if not (merged.changes or merged.reports or merged.reread or merged.reviewers):
        return [say("merged_nothing", name=merged.name)]
    told = [say("merged", n=merged.reports, name=merged.name, changes=merged.changes)]
    if merged.agreements:
        told.append(say("merged_agreements", n=merged.agreements))
    if merged.reread:
        versions = say("list_separator").join(f"{program} / {catalogue}" for program, catalogue in merged.versions)
        told.append(say("merged_reread", n=merged.reread, versions=versions))
    if merged.texts:
        told.append(say("merged_texts", n=merged.texts))
    if merged.lost:
        told.append(say("merged_lost", n=merged.lost))
    if merged.indicators:
        told.append(say("merged_indicators", names=say("list_separator").join(merged.indicators)))
    if merged.same_names:
        told.append(say("merged_same_names", names=say("list_separator").join(merged.same_names)))
    if merged.sources_missing:
        told.append(say("merged_sources_missing", n=merged.sources_missing))
    if merged.disputes:
        told.append(say("merged_disputes", n=merged.disputes))
    return told


def merged_told(merged: Merged) -> dict[str, Any]:
    """Return what a merge brought as JSON has it."""
    versions = [{"program": program, "catalogue": catalogue} for program, catalogue in merged.versions]
    return {**asdict(merged), "versions": versions, "backup": None if merged.backup is None else str(merged.backup)}


def _take_figure(store: Store, edit: Edit, dispute: Dispute, side: Side) -> None:
    """Let a side's figure be the one; others at its place, made by people who did not know of it, are none."""
    rows = {row.anchor: row for row in queries.figures(store, dispute.report_id)}
    for anchor in sorted({other.anchor for other in dispute.sides} - {side.anchor}):
        if anchor in rows:
            edit.reject(rows[anchor].id, side.comment)
    edit.take_side(dispute.report_id, "figure", side.anchor, side.change)


def _take_cell(store: Store, edit: Edit, dispute: Dispute, side: Side) -> None:
    """Say again what a side said of a cell; for one that verified a figure of it, that nothing is said of it itself."""
    edit.take_side(dispute.report_id, "cell", dispute.anchor, side.change if side.kind == "cell" else None)


def _take_choice(store: Store, edit: Edit, dispute: Dispute, side: Side) -> None:
    """Let the report of a side count."""
    edit.choose(side.report_id)


def _take(store: Store, edit: Edit, dispute: Dispute, side: Side) -> None:
    """Say again what a side said."""
    edit.take_side(dispute.report_id, dispute.kind, dispute.anchor, side.change)


TAKING = {"figure": _take_figure, "cell": _take_cell, "choice": _take_choice}
