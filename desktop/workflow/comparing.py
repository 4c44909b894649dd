"""What the checks need of reports: what each states, and what it is compared with in the rest of the store."""

from __future__ import annotations

import math
import statistics
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any, NamedTuple

from db import comparing
from db.comparing import Checkable, Stated
from db.store import Store
from desktop import districts, settings
from desktop.cells import combine, named_cell
from desktop.checks import Compared, Peers, YearCell
from desktop.checks.limits import Limits
from desktop.indicators import Catalogue
from desktop.workflow.copying import Sharing

AT_ONCE = 100  # reports gathered together, with the other years of their districts
ENOUGH = 20  # districts that must state an indicator before one of them can lie apart

_peers: dict[tuple[str, str, int, int], Mapping[str, Peers]] = {}


class CheckInput(NamedTuple):
    """One report as the checks see it: plain data, fit to be handed to a job.

    `again` are the reports to be checked again once this one is, `dismissed` the fingerprints of findings that a person
    needs nothing done about.
    """

    report_id: int
    withdrawn: bool
    text: str
    figures: Sequence[Stated]
    compared: Compared
    again: frozenset[int]
    dismissed: frozenset[str]


def limits() -> Limits:
    """Return the thresholds of the checks as they are set now."""
    return Limits(**{each.name: settings.number(each.name) for each in fields(Limits)})  # type: ignore[arg-type]


def gather(store: Store, known: Catalogue, report_ids: Sequence[int]) -> Iterator[CheckInput]:
    """Yield what the checks need of each report as it stands now, some reports in memory at a time."""
    for at in range(0, len(report_ids), AT_ONCE):
        yield from _gather(store, known, report_ids[at : at + AT_ONCE])


def _gather(store: Store, known: Catalogue, report_ids: Sequence[int]) -> Iterator[CheckInput]:
    here = comparing.reports(store, report_ids)
    district_of = same_districts(store, here.values())
    stated = comparing.figures(store, sorted({*here, *(o.report_id for some in district_of.values() for o in some)}))
    said = comparing.said_of_cells(store, known, list(stated))
    cells = {report_id: _cells(known, figures, said[report_id]) for report_id, figures in stated.items()}
    texts, dismissed = comparing.texts(store, here), comparing.dismissed(store, report_ids)
    lying = {year: peers(store, known, year) for year in {r.facts.year for r in here.values() if r.key} if year}
    within = limits()
    sharing = Sharing(store, texts, within.copied_share / 100)
    for report_id in report_ids:
        report, year = here[report_id], here[report_id].facts.year
        district = [other for other in district_of[report_id] if other.report_id != report_id]
        counting = [other for other in district if other.counts]
        siblings = [other for other in district if year is not None and other.facts.year == year]
        copies, again = sharing.copies(report, {report.key, *(other.key for other in district)})
        compared = Compared(
            report.facts,
            [other.source_name for other in siblings],
            [other.source_name for other in siblings if sharing.is_same_text(report_id, other.report_id)],
            _other_years(report, counting, cells),
            lying.get(year or 0, {}) if report.key else {},
            _gap(store, year, counting),
            copies,
            {indicator: one.get("value") for indicator, one in said[report_id].items() if "figures" not in one},
            _named(stated[report_id], said[report_id]),
            within,
        )
        yield CheckInput(
            report_id, report.withdrawn, texts[report_id], stated[report_id], compared, frozenset(again),
            dismissed[report_id],
        )  # fmt: skip


def _cells(known: Catalogue, figures: Sequence[Stated], said: Mapping[str, Mapping[str, Any]]) -> dict[str, YearCell]:
    """Return the cells of a report, what a person said of them over what its figures make."""
    made = [cell for cell in combine(figures, known) if cell.indicator not in said]
    for indicator, indexes in _named(figures, said).items():
        cell = named_cell(known[indicator], [figures[i] for i in indexes])
        made += [cell] if cell is not None else []
    cells = {cell.indicator: YearCell(cell.value, cell.unit, cell.approx) for cell in made}
    entered = {indicator: one["value"] for indicator, one in said.items() if "value" in one}
    return cells | {indicator: YearCell(value, known[indicator].unit, None) for indicator, value in entered.items()}


def _named(figures: Sequence[Stated], said: Mapping[str, Mapping[str, Any]]) -> dict[str, list[int]]:
    """Return which of a report's figures a person named for which cell, as indexes of `figures`."""
    return {
        indicator: [index for index, figure in enumerate(figures) if figure.place in one["figures"]]
        for indicator, one in said.items()
        if "figures" in one
    }


def _other_years(
    report: Checkable, district: Iterable[Checkable], cells: Mapping[int, Mapping[str, YearCell]]
) -> dict[int, Mapping[str, YearCell]]:
    return {
        other.facts.year: cells[other.report_id]
        for other in district
        if other.facts.year is not None and other.facts.year != report.facts.year
    }


def _gap(store: Store, year: int | None, district: Iterable[Checkable]) -> list[int]:
    """Return the years between a report and its district's one before that other districts have reports on."""
    if year is None:
        return []
    earlier = [other.facts.year for other in district if other.facts.year is not None and other.facts.year < year]
    return [missing for missing in range(max(earlier, default=year) + 1, year) if comparing.has_year(store, missing)]


def same_districts(store: Store, reports: Collection[Checkable]) -> dict[int, list[Checkable]]:
    """Return all reports of the district of each report, itself included; none where that is unknown.

    A district is one series under all its codes. One without a code is the same in a report that names its city and in
    one that does not.
    """
    codes = {r.report_id: districts.load().codes(r.facts.adcode) for r in reports if r.key and r.facts.adcode}
    names = {r.facts.district for r in reports if r.key and not r.facts.adcode and r.facts.district}
    found: dict[str, list[Checkable]] = {}
    for other in comparing.of_districts(store, {code for some in codes.values() for code in some}, names):
        found.setdefault(other.facts.adcode or other.facts.district or "", []).append(other)
    return {
        report.report_id: [
            other
            for name in codes.get(report.report_id, (report.facts.district or "",) if report.key else ())
            for other in found.get(name, ())
            if report.facts.adcode
            or None in (report.facts.city, other.facts.city)
            or report.facts.city == other.facts.city
        ]
        for report in reports
    }


def peers(store: Store, known: Catalogue, year: int) -> Mapping[str, Peers]:
    """Return how the indicators lie among the districts of a year.

    Kept until a tenth more reports have come: the median of so many moves little with one of them.
    """
    number = comparing.number_of_reports(store)
    if number < ENOUGH:
        return {}
    kept = (store.store_id, known.version, int(24 * math.log10(number)), year)
    if kept not in _peers:
        while len(_peers) > 40:
            _peers.pop(next(iter(_peers)))
        _peers[kept] = {
            indicator: _lie(values)
            for indicator, values in comparing.cross_section(store, known, year).items()
            if len(values) >= ENOUGH
        }
    return _peers[kept]


def _lie(values: Sequence[float]) -> Peers:
    logs = [math.log10(value) for value in values]
    centre = statistics.median(logs)
    return Peers(len(logs), centre, statistics.median(abs(log - centre) for log in logs))
