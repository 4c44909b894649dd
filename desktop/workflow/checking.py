"""Checks over reports of the store: what they need is gathered, judged, and what they say is kept."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from db import comparing
from db.store import Store
from desktop import checks
from desktop.checks.closing import closed
from desktop.indicators import Catalogue
from desktop.model import Finding
from desktop.progress import Progress
from desktop.workflow.cataloguing import catalogue
from desktop.workflow.comparing import AT_ONCE, CheckInput, gather, same_districts


class Judged(NamedTuple):
    """What the checks say of one report, and the spans of the figures that they close."""

    findings: list[Finding]
    auto: frozenset[tuple[int, int]]


def judge(inputs: CheckInput, known: Catalogue) -> Judged:
    """Return what every check says of one report; nothing of a withdrawn one. Reads no store, so any thread may."""
    if inputs.withdrawn:
        return Judged([], frozenset())
    context = checks.context(inputs.figures, known, inputs.text, inputs.compared)
    found = checks.run(context)
    doubted = {span for one in found if one.fingerprint not in inputs.dismissed for span in one.figures}
    least = inputs.compared.limits.sure / 100
    sure = {(f.start, f.end) for f in inputs.figures if f.indicator in known and f.confidence >= least}
    return Judged(found, frozenset((closed(context) & sure) - doubted))


def keep_findings(store: Store, report_id: int, judged: Judged) -> bool:
    """Keep what the checks say of one report and return whether that is new; nothing is written where it is not."""
    return store.replace_findings(report_id, *judged)


def concerned(store: Store, report_ids: Iterable[int]) -> list[int]:
    """Return the reports whose findings may be others once these have changed, those of a district together.

    They are the reports themselves, and the others of their districts: of the same year and of all others.
    """
    wanted: dict[int, tuple[str, int]] = {}
    ids = list(report_ids)
    for at in range(0, len(ids), AT_ONCE):
        here = comparing.reports(store, ids[at : at + AT_ONCE]).values()
        districts = same_districts(store, here).values()
        for report in (*here, *(other for district in districts for other in district)):
            wanted[report.report_id] = (report.key or "", report.facts.year or 0)
    return sorted(wanted, key=lambda report_id: (wanted[report_id], report_id))


def check_reports(store: Store, report_ids: Iterable[int], progress: Progress | None = None) -> None:
    """Check some reports, and all that these concern, in place, and keep what the checks say."""
    progress = progress or Progress()
    judging = judge_reports(store, report_ids, progress)
    while batch := dict(itertools.islice(judging, AT_ONCE)):
        store.replace_all_findings(batch)
        store.mark_checked(batch)


def check_all(store: Store, progress: Progress) -> None:
    """Check every report of the store and keep what the checks say; raise Cancelled between two reports."""
    check_reports(store, comparing.all_reports(store), progress)


def judge_reports(store: Store, report_ids: Iterable[int], progress: Progress) -> Iterator[tuple[int, Judged]]:
    """Yield what the checks say of some reports, and of all that these concern (a job, on a store opened for reading).

    Those that share a passage with one of them come last. Nothing is written: the caller keeps each result by
    `keep_findings` and marks the report as checked. Raise Cancelled between two reports.
    """
    known, wanted = catalogue(store), concerned(store, report_ids)
    seen = set(wanted)
    for _ in range(2):
        progress.total += len(wanted)
        again: set[int] = set()
        for inputs in gather(store, known, wanted):
            progress.step(by=0)
            yield inputs.report_id, judge(inputs, known)
            progress.step()
            again |= inputs.again
        wanted = sorted(again - seen)
