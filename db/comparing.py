"""Reads for the checks, many reports at a time: what each states, and what the other reports of the store state."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from db import loading, stored
from db.folding import Value
from db.rows import FindingRow
from db.store import Store
from desktop.indicators import Catalogue
from desktop.model import FACTS, Approx, Facts, State
from desktop.quantities import converted

MANY = 40  # reports that share a passage: what stands in more than a few districts is common wording


class Checkable(NamedTuple):
    """A report as the checks need it; `key` is its district's in this store, None where that is unknown."""

    report_id: int
    key: str | None
    facts: Facts
    source_name: str
    counts: bool
    withdrawn: bool


class Stated(NamedTuple):
    """A figure that is not rejected, as it stands now."""

    start: int
    end: int
    value: float
    unit: str
    approx: Approx | None
    indicator: str | None
    confidence: float
    state: State
    anchor: str | None

    @property
    def place(self) -> str:
        """Return the anchor that names the figure's place in decisions."""
        return self.anchor or f"{self.start}-{self.end}"


class Holder(NamedTuple):
    """A report of a known district in which a passage is found."""

    report_id: int
    key: str
    district: str
    year: int | None


REPORT = f"id, district_key, source_name, counts, withdrawn, {', '.join(FACTS)}"


def reports(store: Store, report_ids: Sequence[int]) -> dict[int, Checkable]:
    """Return some reports."""
    return _reports(store, f"id IN ({loading.marks(report_ids)})", report_ids)


def of_districts(store: Store, codes: Collection[str], names: Collection[str]) -> list[Checkable]:
    """Return all reports of some districts that are not withdrawn, first imported first.

    `codes` are division codes, `names` those of districts that have none.
    """
    found = _reports(store, f"district_key IN ({loading.marks(tuple(codes))}) AND withdrawn = 0", tuple(codes))
    if names:
        where = f"""adcode IS NULL AND district IN ({loading.marks(tuple(names))}) AND district_key IS NOT NULL
            AND withdrawn = 0"""
        found.update(_reports(store, where, tuple(names)))
    return sorted(found.values())


def _reports(store: Store, where: str, parameters: Sequence[object]) -> dict[int, Checkable]:
    rows = loading.select(store, f"SELECT {REPORT} FROM report WHERE {where} ORDER BY id", parameters)
    found = {}
    for report_id, key, name, counts, withdrawn, *facts in rows:
        said = Facts(*facts)
        words = (value for value in (key, name, *facts) if value is not said.year)
        if not isinstance(said.year, int | None) or not all(isinstance(word, str | None) for word in words):
            stored.refuse(f"report {report_id}")
        found[report_id] = Checkable(report_id, key, said, name, counts == 1, withdrawn == 1)
    return found


def figures(store: Store, report_ids: Sequence[int]) -> dict[int, list[Stated]]:
    """Return the figures of some reports in text order, rejected ones left out."""
    grouped: dict[int, list[Stated]] = {report_id: [] for report_id in report_ids}
    for some in loading.chunks(report_ids):
        sql = f"""SELECT id, report_id, start, stop, value, unit, approx, indicator, confidence, state, anchor
            FROM figure
            WHERE report_id IN ({loading.marks(some)}) AND state <> 'rejected' ORDER BY report_id, start, stop, id"""
        for figure_id, report_id, *columns in loading.select(store, sql, some):
            figure = Stated(*columns)
            stored.check_exported(figure_id, *figure[:5], figure.state)
            words = (figure.indicator, figure.anchor)
            if not isinstance(figure.confidence, float) or not all(isinstance(word, str | None) for word in words):
                stored.refuse(f"figure {figure_id}")
            grouped[report_id].append(figure)
    return grouped


def said_of_cells(store: Store, known: Catalogue, report_ids: Sequence[int]) -> dict[int, dict[str, Value]]:
    """Return what a person said of cells themselves, by report and indicator (queries.said_of_cells says what)."""
    found: dict[int, dict[str, Value]] = {report_id: {} for report_id in report_ids}
    for some in loading.chunks(report_ids):
        for (report_id, indicator), (said, *_) in loading.decisions(store, some, "cell").items():
            if indicator in known:
                found[report_id][indicator] = said
    return found


def dismissed(store: Store, report_ids: Sequence[int]) -> dict[int, frozenset[str]]:
    """Return the fingerprints that a person dismissed, by report."""
    found: dict[int, set[str]] = {report_id: set() for report_id in report_ids}
    ids = loading.marks(report_ids)
    sql = f"SELECT report_id, anchor FROM decision WHERE report_id IN ({ids}) AND kind = 'finding'"
    for report_id, fingerprint in loading.select(store, sql, report_ids):
        found[report_id].add(fingerprint)
    return {report_id: frozenset(marks) for report_id, marks in found.items()}


def cross_section(store: Store, known: Catalogue, year: int) -> dict[str, list[float]]:
    """Return the values above zero that the districts of one year state, by indicator, as the machine reads them.

    Times are in the indicator's unit; those that do not turn into it are left out.
    """
    times = [i for i in known if known[i].kind == "duration"]
    others = [i for i in known if i not in times]
    sql = f"""SELECT indicator, value, min(id), sum(value) FROM figure
        WHERE indicator IN ({loading.marks(others)}) AND year = ? GROUP BY indicator, district_key"""
    found: dict[str, list[float]] = {}
    for indicator, first, _, total in loading.select(store, sql, (*others, year)):
        value = total if known[indicator].combine == "sum" else first
        if isinstance(value, float) and value > 0:
            found.setdefault(indicator, []).append(value)
    for indicator, value in _times(store, known, times, year):
        if value > 0:
            found.setdefault(indicator, []).append(value)
    return found


def _times(store: Store, known: Catalogue, indicators: Sequence[str], year: int) -> Iterator[tuple[str, float]]:
    """Yield what districts state of times, in the indicator's unit, where all of it turns into that."""
    sql = f"""SELECT indicator, district_key, value, unit FROM figure
        WHERE indicator IN ({loading.marks(indicators)}) AND year = ? ORDER BY indicator, district_key, id"""
    for (indicator, _), rows in groupby(loading.select(store, sql, (*indicators, year)), key=itemgetter(0, 1)):
        of = known[indicator]
        said = [converted(value, unit, of.unit) if isinstance(value, float) else None for _, _, value, unit in rows]
        parts = said if of.combine == "sum" else said[:1]
        if None not in parts:
            yield indicator, sum(filter(None, parts))


def has_year(store: Store, year: int) -> bool:
    """Return whether any district's report on a year counts."""
    return bool(loading.select(store, "SELECT 1 FROM report WHERE year = ? AND counts = 1 LIMIT 1", (year,)))


def number_of_reports(store: Store) -> int:
    """Return how many reports the store has, withdrawn ones included."""
    return int(loading.select(store, "SELECT count(*) FROM report")[0][0])


def all_reports(store: Store) -> list[int]:
    """Return the ids of all reports, those of a district one after another."""
    return [i for (i,) in loading.select(store, "SELECT id FROM report ORDER BY district_key, year, id")]


def holders(store: Store, marks: Collection[int]) -> dict[int, list[Holder]]:
    """Return for each of some hashes of passages the reports that hold it, none where there are MANY.

    Withdrawn reports and those of unknown districts are left out.
    """
    found = loading.select(
        store,
        """SELECT w.value, (SELECT json_group_array(report_id) FROM
            (SELECT report_id FROM passage p WHERE p.hash = w.value LIMIT ?)) FROM json_each(?) w""",
        (MANY, json.dumps(list(marks))),
    )
    ids = {mark: inside for mark, listed in found if 1 < len(inside := json.loads(listed)) < MANY}
    wanted = sorted({report_id for inside in ids.values() for report_id in inside if isinstance(report_id, int)})
    known: dict[int, Holder] = {}
    for some in loading.chunks(wanted):
        sql = f"""SELECT id, district_key, district, year FROM report WHERE id IN ({loading.marks(some)})
            AND typeof(district_key) = 'text' AND typeof(district) = 'text' AND withdrawn = 0"""
        known.update((row[0], Holder(*row)) for row in loading.select(store, sql, some))
    return {mark: [known[i] for i in inside if i in known] for mark, inside in ids.items()}


def findings(store: Store, report_ids: Sequence[int]) -> dict[int, list[FindingRow]]:
    """Return the findings of some reports, dismissed ones included."""
    return loading.findings_of(store, report_ids)


def copied_from(store: Store, report_ids: Sequence[int]) -> dict[int, set[str]]:
    """Return the districts that findings name whose report has a paragraph of each report, by report; no empty ones."""
    found: dict[int, set[str]] = {}
    for some in loading.chunks(report_ids):
        sql = f"""SELECT report_id, arguments FROM finding
            WHERE report_id IN ({loading.marks(some)}) AND check_id = 'copied_passage'"""
        for report_id, arguments in loading.select(store, sql, some):
            named = stored.arguments(arguments, f"finding of report {report_id}").get("district")
            found.setdefault(report_id, set()).add(str(named))
    return found


def texts(store: Store, report_ids: Iterable[int]) -> dict[int, str]:
    """Return the texts of some reports."""
    found: dict[int, str] = {}
    for some in loading.chunks(list(report_ids)):
        found.update(loading.texts(store, some))
    return found
