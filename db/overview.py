"""Where the whole store stands, in few statements: what the matrix shows, by what it is filtered, how fast it goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from itertools import pairwise
from typing import Any, NamedTuple

from db import selecting, stored
from db.people import printable
from db.store import Store
from desktop.terms import ReportState

BANDS = (0.5, 0.8, 0.95)
"""Where the bands of confidence part: below the first, between two, at or above the last."""
OPEN = """NOT EXISTS (SELECT 1 FROM decision d
    WHERE d.report_id = f.report_id AND d.kind = 'finding' AND d.anchor = f.fingerprint)"""
AT_ONCE = 200
COLUMNS = """r.id, r.district, r.adcode, r.city, r.province, r.year, r.state, r.counts, r.withdrawn,
    r.extracted + r.queried, r.auto, r.verified + r.rejected, r.findings, r.source_name"""

WORDS = ("district", "adcode", "city", "province")
NUMBERS = ("counts", "withdrawn", "extracted", "auto", "verified", "rejected", "queried", "findings")
SOUND = " AND ".join(
    (
        *(f"typeof(r.{name}) IN ('text', 'null')" for name in WORDS),
        *(f"typeof(r.{name}) = 'integer'" for name in NUMBERS),
        "typeof(r.year) IN ('integer', 'null') AND typeof(r.source_name) = 'text'",
        "coalesce(r.state IN ('unreviewed', 'in_review', 'verified'), 0)",
    )
)
"""What a report's columns are in a store that Hebao wrote and nothing has damaged since."""


class Standing(NamedTuple):
    """One report as the matrix shows it: its figures that wait for a person, that rules closed, that are decided."""

    id: int
    district: str | None
    adcode: str | None
    city: str | None
    province: str | None
    year: int | None
    state: ReportState
    counts: int
    withdrawn: int
    waiting: int
    auto: int
    decided: int
    findings: int
    source_name: str

    @property
    def figures(self) -> int:
        """Return how many figures the report has."""
        return self.waiting + self.auto + self.decided

    @property
    def place(self) -> tuple[str | None, str | None]:
        """Return what the district is known by: its division code, else its name."""
        return self.adcode, None if self.adcode else self.district


class Marks(NamedTuple):
    """What a report is found by besides its facts: open findings by check, who decided, what waits, is it disputed."""

    checks: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    bands: tuple[int, ...] = ()
    disputed: bool = False


def size(store: Store) -> int:
    """Return how many reports there are, withdrawn ones included."""
    return int(selecting.select(store, "SELECT count(*) FROM report")[0][0])


def own_indicators(store: Store) -> list[dict[str, Any]]:
    """Return the reviewers' own indicators, each its `id` with its definition in the terms of indicators.toml."""
    rows = selecting.select(store, "SELECT id, definition FROM own_indicator ORDER BY id")
    return [{"id": i, **stored.definition(definition, f"own_indicator {i}")} for i, definition in rows]


def unchecked(store: Store) -> list[int]:
    """Return the reports that have changed since the checks ran over them."""
    return [report_id for (report_id,) in selecting.select(store, "SELECT report_id FROM unchecked ORDER BY report_id")]


def standings(store: Store, report_ids: Sequence[int] | None = None) -> list[Standing]:
    """Return all reports, or some, withdrawn ones included, by division code (unknown last, by name) and year.

    UserError where the store holds what Hebao never writes.
    """
    if report_ids is None:
        return _standings(store, "1", ())
    return [row for some in selecting.chunks(report_ids) for row in _standings(store, _among("r.id", some), some)]


def _standings(store: Store, where: str, parameters: Sequence[Any]) -> list[Standing]:
    wrong = selecting.select(store, f"SELECT r.id FROM report r WHERE {where} AND NOT ({SOUND}) LIMIT 1", parameters)
    if wrong:
        stored.refuse(f"report {wrong[0][0]}")
    sql = f"SELECT {COLUMNS} FROM report r WHERE {where} ORDER BY {selecting.ORDER}"
    rows = selecting.select(store, sql, parameters)
    return list(map(Standing._make, rows))


def order(store: Store) -> list[int]:
    """Return the ids of the reports that are not withdrawn, in the order of the matrix."""
    rows = selecting.select(store, f"SELECT r.id FROM report r WHERE r.withdrawn = 0 ORDER BY {selecting.ORDER}")
    return [report_id for (report_id,) in rows]


def marks(store: Store, themes: Mapping[str, str], report_ids: Sequence[int] | None = None) -> dict[int, Marks]:
    """Return the marks of all reports, or of some, that have any; `themes` tells each indicator's."""
    if report_ids is not None and len(report_ids) > AT_ONCE:
        return {i: found for some in selecting.chunks(report_ids) for i, found in marks(store, themes, some).items()}
    from db import disputes  # here: the matrix is painted without

    disputed = disputes.disputed(store)
    checks = _open_checks(store, report_ids)
    reviewers = _reviewers(store, report_ids)
    waiting = _waiting(store, themes, report_ids)
    found = {}
    for i in {*checks, *reviewers, *waiting}:
        named, bands = waiting.get(i, ((), ()))
        found[i] = Marks(checks.get(i, ()), reviewers.get(i, ()), named, bands, i in disputed)
    return found


def _open_checks(store: Store, report_ids: Sequence[int] | None) -> dict[int, tuple[str, ...]]:
    sql = f"""SELECT f.report_id, f.check_id FROM finding f
        WHERE {_among("f.report_id", report_ids)} AND {OPEN} GROUP BY f.report_id, f.check_id"""
    return _by_report(selecting.select(store, sql, report_ids or ()))


def _reviewers(store: Store, report_ids: Sequence[int] | None) -> dict[int, tuple[str, ...]]:
    sql = f"""SELECT d.report_id, v.name FROM decision d JOIN person v ON v.reviewer_id = d.reviewer_id
            WHERE {_among("d.report_id", report_ids)} GROUP BY d.report_id, v.name
        UNION SELECT s.report_id, v.name FROM side s JOIN change c ON c.id = s.change_id
            JOIN person v ON v.reviewer_id = c.reviewer_id WHERE {_among("s.report_id", report_ids)}"""
    return _by_report(selecting.select(store, sql, (*(report_ids or ()), *(report_ids or ()))))


def _waiting(
    store: Store, themes: Mapping[str, str], report_ids: Sequence[int] | None
) -> dict[int, tuple[tuple[str, ...], tuple[int, ...]]]:
    """Return the themes and the bands of confidence of the figures that wait; one row a report, gathered by SQLite."""
    edges = (0.0, *BANDS, 2.0)
    bands = ", ".join(f"max({low} <= confidence AND confidence < {high})" for low, high in pairwise(edges))
    sql = f"""SELECT report_id, group_concat(DISTINCT indicator), {bands} FROM figure
        WHERE state IN ('extracted', 'queried') AND {_among("report_id", report_ids)} GROUP BY report_id"""
    same: dict[Any, Any] = {}  # thousands of reports share few sets
    found = {}
    for report_id, indicators, *flags in selecting.select(store, sql, report_ids or ()):
        named = frozenset(themes.get(indicator, "") for indicator in (indicators or "").split(",")) - {""}
        key = (named, tuple(flags))
        if key not in same:
            same[key] = tuple(sorted(named)), tuple(band for band, flag in enumerate(flags) if flag)
        found[report_id] = same[key]
    return found


def _among(column: str, report_ids: Sequence[int] | None) -> str:
    return "1" if report_ids is None else f"{column} IN ({selecting.marks(report_ids)})"


def _by_report(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    grouped: dict[int, list[str]] = {}
    for report_id, value in rows:
        grouped.setdefault(report_id, []).append(value)
    same: dict[tuple[str, ...], tuple[str, ...]] = {}  # thousands of reports share few sets
    return {report_id: same.setdefault(key := tuple(values), key) for report_id, values in grouped.items()}


def places(store: Store) -> tuple[list[str], list[int]]:
    """Return the names of all districts of the store, and its years, in order."""
    names = selecting.select(store, "SELECT DISTINCT district FROM report WHERE district IS NOT NULL ORDER BY 1")
    years = selecting.select(store, "SELECT DISTINCT year FROM report WHERE year IS NOT NULL ORDER BY 1")
    return [name for (name,) in names], [year for (year,) in years]


class District(NamedTuple):
    """A district that has reports on a known year: its division code, else its name, and where it lies."""

    key: str
    name: str
    adcode: str | None
    city: str | None
    province: str | None

    @property
    def place(self) -> str:
        """Return where it lies, province first, as far as its reports say."""
        return "".join(dict.fromkeys(part for part in (self.province, self.city) if part))


def districts(store: Store) -> list[District]:
    """Return the districts that have reports on a known year, withdrawn ones left out, in the order of the matrix."""
    sql = """SELECT adcode, district, max(city), max(province) FROM report r
        WHERE r.withdrawn = 0 AND r.year IS NOT NULL AND coalesce(r.adcode, r.district) IS NOT NULL
        GROUP BY adcode IS NULL, adcode, district ORDER BY adcode IS NULL, adcode, district"""
    found: dict[str, District] = {}
    for adcode, district, city, province in selecting.select(store, sql):
        key = str(adcode or district)
        found.setdefault(key, District(key, district or key, adcode, city, province))
    return list(found.values())


# How a figure's change ends that left it to the machine again, in JSON as the store writes it.
OF_MACHINE = ('"state":"extracted"', '"state":"auto"')


def decided(store: Store, reviewer: str, since: str, last: int) -> tuple[int, list[str]]:
    """Return how many figures and cells a reviewer decided since a time, and when the last changes of any were made.

    Times are ISO 8601 in UTC, newest first. What was undone since counts as not decided. The log is read backwards, no
    further than need be.
    """
    sql = """SELECT c.at, c.verb IN ('undo', 'redo'), c.after, c.source_sha256, c.kind, c.anchor
        FROM change c JOIN reviewer v ON v.id = c.reviewer_id
        WHERE v.name = ? AND v.store_id = ? AND c.kind IN ('figure', 'cell') AND c.verb != 'comment'
        ORDER BY c.id DESC"""
    undone: dict[tuple[str, ...], bool] = {}  # by what the newest change left
    targets: set[tuple[str, ...]] = set()
    times: list[str] = []
    with closing(selecting.stream(store, sql, (printable(reviewer), store.store_id))) as rows:
        for at, turned, after, *target in rows:
            gone = undone.setdefault(tuple(target), after is None or any(mark in after for mark in OF_MACHINE))
            if turned:
                continue
            if at >= since:
                targets.update(() if gone else (tuple(target),))
            elif len(times) >= last:
                break
            if len(times) < last:
                times.append(at)
    return len(targets), times
