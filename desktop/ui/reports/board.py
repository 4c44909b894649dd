"""The reports of a store, filtered by facets: which fit, and how many there are of each value. Knows nothing of Qt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Literal, NamedTuple, get_args

from db.overview import Marks, Standing

Facet = Literal["state", "check", "year", "place", "theme", "confidence", "reviewer"]
FACETS: tuple[Facet, ...] = get_args(Facet)
Codes = tuple[tuple[Hashable, ...], ...]
NOTHING = Marks()
SLASH = "/"


class Found(NamedTuple):
    """What fits, in the order of the matrix, and how many there are of each value under the other facets' choice."""

    fitting: list[Standing]
    counts: dict[Facet, Counter[Any]]


class Board:
    """All reports; `chosen` values of one facet are alternatives, facets narrow each other. `wanted` is a name or code.

    Withdrawn reports fit only where they are asked for.
    """

    def __init__(self) -> None:
        self.rows: list[Standing] = []
        self.marks: dict[int, Marks] = {}
        self.chosen: dict[Facet, set[Any]] = {}
        self.wanted = ""
        self._codes: list[Codes] = []
        self._places: dict[int, int] = {}

    def load(self, rows: Iterable[Standing]) -> None:
        """Take all reports, in the order of the matrix."""
        self.rows = list(rows)
        self._places = {row.id: at for at, row in enumerate(self.rows)}
        self._codes = [codes(row, self.marks.get(row.id, NOTHING)) for row in self.rows]

    @property
    def disputed(self) -> frozenset[int]:
        """Return the reports on which something is in dispute."""
        return frozenset(report_id for report_id, marks in self.marks.items() if marks.disputed)

    def mark(self, marks: Mapping[int, Marks]) -> None:
        """Take what all reports are found by besides their facts."""
        self.marks = dict(marks)
        self.load(self.rows)

    def take(self, other: Board) -> None:
        """Take the reports and marks of another board; what is chosen here stays."""
        self.rows, self.marks, self._codes, self._places = other.rows, other.marks, other._codes, other._places

    def replace(self, rows: Sequence[Standing], marks: Mapping[int, Marks]) -> list[Standing] | None:
        """Take some reports anew, each where it stands; return them as they were, None where one has to move."""
        if any(row.id not in self._places or _moved(self.rows[self._places[row.id]], row) for row in rows):
            return None
        before = []
        for row in rows:
            at = self._places[row.id]
            before.append(self.rows[at])
            self.rows[at] = row
            self.marks[row.id] = marks.get(row.id, NOTHING)
            self._codes[at] = codes(row, self.marks[row.id])
        return before

    def row(self, report_id: int) -> Standing | None:
        """Return one report, None where there is none of this id."""
        at = self._places.get(report_id)
        return None if at is None else self.rows[at]

    def find(self) -> Found:
        """Return what fits the choice, and the counts of every facet."""
        active = [(FACETS.index(facet), narrowed(values)) for facet, values in self.chosen.items() if values]
        withdrawn = "withdrawn" in self.chosen.get("state", ())
        fitting: list[Standing] = []
        passing: list[Codes] = []
        failing: list[list[Codes]] = [[] for _ in FACETS]
        for row, code in zip(self.rows, self._codes, strict=True):
            if self.wanted and not fits(row, self.wanted):
                continue
            misses = [at for at, values in active if values.isdisjoint(code[at])]
            if row.withdrawn and not withdrawn:
                misses = [0] if misses in ([], [0]) else [0, 0]
            if not misses:
                fitting.append(row)
                passing.append(code)
            elif len(misses) == 1:
                failing[misses[0]].append(code)
        counts: dict[Facet, Counter[Any]] = {}
        for at, facet in enumerate(FACETS):
            counts[facet] = Counter(chain.from_iterable(code[at] for code in chain(passing, failing[at])))
        return Found(fitting, counts)


def codes(row: Standing, marks: Marks) -> Codes:
    """Return the values of one report, a tuple a facet in the order of FACETS."""
    state: tuple[str, ...] = ("withdrawn",) if row.withdrawn else (row.state,)
    if not row.withdrawn:
        if row.findings:
            state = (*state, "finding")
        if marks.disputed:
            state = (*state, "disputed")
        if row.year is None or row.district is None:
            state = (*state, "unplaced")
    province = row.province or ""
    place = (province, f"{province}{SLASH}{row.city}") if row.city else (province,)
    return state, marks.checks, (row.year,), place, marks.themes, marks.bands, marks.reviewers


def narrowed(values: set[Any]) -> set[Any]:
    """Return the values without the provinces of which cities are chosen."""
    above = {value.partition(SLASH)[0] for value in values if isinstance(value, str) and SLASH in value}
    return values - above


def fits(row: Standing, wanted: str) -> bool:
    """Return whether a report's place is called, or begins with the code, that is wanted."""
    return any(wanted in name for name in (row.district, row.city, row.province) if name) or bool(
        row.adcode and row.adcode.startswith(wanted)
    )


def _moved(before: Standing, after: Standing) -> bool:
    """Return whether a report has changed its place, or whether it and its neighbours count."""
    return (before.place, before.year, before.counts, before.withdrawn) != (
        after.place,
        after.year,
        after.counts,
        after.withdrawn,
    )
