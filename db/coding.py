"""What each reviewer made of a cell without knowing what others made of it, read from the log.

A reviewer's coding of an indicator in a report is what stands after his changes on it up to the first that was made in
a store which then held another reviewer's: his own decisions over what the machine reads, and nobody else's.
docs/agreement.md defines it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from db import folding, loading, standing, stored
from db.connection import speaking
from db.folding import DECIDED, Value
from db.knowing import CODING, Knowing
from db.standing import Said
from db.store import Store
from db.texts import Texts
from desktop.cells import combine, named_value
from desktop.indicators import Catalogue
from desktop.model import Figure

Target = tuple[str, str]
OF_FIGURE = attrgetter(*folding.COLUMNS.replace("f.", "").replace(",", " ").split())
SIGNED: Target = ("report", "state")


class Coded(NamedTuple):
    """One indicator of one report as one reviewer left it; `value` is None where the report does not state it.

    `said` tells how: a "value", "not_reported" asserted, or "absent" where no figure was left of it. `span` is that of
    the first figure, None where there is none.
    """

    report_id: int
    indicator: str
    reviewer: str
    said: Literal["value", "not_reported", "absent"]
    value: float | None
    unit: str
    span: tuple[int, int] | None


def coded_twice(store: Store) -> list[int]:
    """Return the reports that count and that two or more people decided on, whether they knew of each other or not."""
    sql = f"""SELECT r.id FROM report r WHERE r.counts = 1 AND r.source_sha256 IN (SELECT c.source_sha256 FROM change c
            JOIN person p ON p.reviewer_id = c.reviewer_id WHERE {CODING}
            GROUP BY c.source_sha256 HAVING count(DISTINCT p.same_as) > 1) ORDER BY r.id"""
    return [report_id for (report_id,) in loading.select(store, sql)]


def codings(store: Store, catalogue: Catalogue, report_ids: Sequence[int]) -> Iterator[list[Coded]]:
    """Yield what each reviewer made of each report, one report after the other, in catalogue order."""
    with speaking(store.path):
        db = store._connection
        people, names = _people(db)
        knowing, texts = Knowing(db), Texts(db)
    for report_id in report_ids:
        with speaking(store.path):
            changes = standing.on_report(db, texts.hashes(report_id)[0])
            by_person = {target: _by_person(said, people) for target, said in changes.items()}
            rows = folding.rows_of(db, report_id)
            for row in rows:
                stored.check_figure(OF_FIGURE(row), stored.LONGEST_NUMBER)
            read = {row.place: reading for row in rows if (reading := row.reading()) is not None}
            report = _Report(report_id, catalogue, knowing, texts, by_person, read)
            yield [coded._replace(reviewer=names[coded.reviewer]) for coded in report.codings()]


def _people(db: sqlite3.Connection) -> tuple[dict[str, str], dict[str, str]]:
    """Return who each reviewer is, and how each is called; UserError where that is not told of all of them."""
    people, names = {}, {}
    sql = "SELECT r.id, p.same_as, p.name FROM reviewer r LEFT JOIN person p ON p.reviewer_id = r.id"
    for reviewer_id, people[reviewer_id], names[reviewer_id] in db.execute(sql):
        if not isinstance(names[reviewer_id], str):
            stored.refuse(f"reviewer {reviewer_id}")
    if not names.keys() >= set(people.values()):
        stored.refuse("person")
    return people, names


def _by_person(changes: Sequence[Said], people: Mapping[str, str]) -> list[tuple[str, Said]]:
    ordered = sorted(changes, key=lambda change: change.order)
    for change in ordered:
        if change.reviewer_id not in people:
            stored.refuse(f"change {change.uuid}")
    return [(people[change.reviewer_id], change) for change in ordered]


class _Report:
    """One report: what the machine reads at each anchor, and all changes on it, each with the person who made it."""

    def __init__(
        self, report_id: int, catalogue: Catalogue, knowing: Knowing, texts: Texts,
        changes: Mapping[Target, list[tuple[str, Said]]], read: Mapping[str, Value],
    ) -> None:  # fmt: skip
        self._id = report_id
        self._catalogue = catalogue
        self._knowing = knowing
        self._texts = texts
        self._changes = changes
        self._read = read

    def codings(self) -> Iterator[Coded]:
        """Yield every coding, an indicator after the other."""
        targets = self._targets()
        people = sorted({person for said in self._changes.values() for person, _ in said})
        for indicator in self._catalogue:
            if indicator in targets:
                for person in people:
                    coded = self._coding(indicator, targets[indicator], person)
                    if coded is not None:
                        yield coded

    def _targets(self) -> dict[str, set[Target]]:
        """Return for each indicator what it may rest on: the figures that ever were of it, and its cell."""
        found: dict[str, set[Target]] = {}
        for anchor, reading in self._read.items():
            if reading["indicator"] is not None:
                found.setdefault(reading["indicator"], set()).add(("figure", anchor))
        for (kind, anchor), changes in self._changes.items():
            if kind == "cell":
                found.setdefault(anchor, set()).add((kind, anchor))
            elif kind == "figure":
                for _, change in changes:
                    value = self._value(kind, anchor, change)
                    if value is not None and value["indicator"] is not None:
                        found.setdefault(value["indicator"], set()).add((kind, anchor))
        return found

    def _coding(self, indicator: str, targets: set[Target], person: str) -> Coded | None:
        """Return what a person made of an indicator, None where he left it undecided, or knew what another said."""
        others = self._of_others(targets, person)
        own = self._unknowing(targets, person, others)
        entered, _ = self._fold(("cell", indicator), own)
        unit = self._catalogue[indicator].unit
        if entered is not None and "figures" in entered:
            return self._named(indicator, entered["figures"], person)
        if entered is not None:
            if "not_reported" in entered:
                return Coded(self._id, indicator, person, "not_reported", None, "", None)
            return Coded(self._id, indicator, person, "value", entered["value"], unit, None)
        figures: list[Value] = []
        decided = False
        for kind, anchor in sorted(targets - {("cell", indicator)}):
            value, lost = self._fold((kind, anchor), own)
            if lost:
                return None
            made = value is not None and value["state"] in DECIDED
            decided = decided or made
            stands = value if made else self._read.get(anchor)
            if stands is not None and stands["indicator"] == indicator and stands["state"] != "rejected":
                figures.append({**stands, "state": stands["state"] if made else "extracted"})
        if figures:
            return self._of_figures(indicator, figures, person)
        signed, _ = self._fold(SIGNED, self._unknowing([SIGNED], person, others))
        if decided or (signed is not None and signed.get("state") == "verified"):
            return Coded(self._id, indicator, person, "absent", None, "", None)
        return None

    def _named(self, indicator: str, anchors: Sequence[str], person: str) -> Coded | None:
        """Return what a person made of an indicator who named its figures, None unless he verified every one."""
        named: list[Target] = [("figure", anchor) for anchor in anchors]
        own = self._unknowing(named, person, self._of_others(named, person))
        folded = [self._fold(target, own) for target in named]
        parts = [value for value, lost in folded if value is not None and not lost and value["state"] == "verified"]
        if len(parts) < len(named):
            return None
        parts.sort(key=lambda value: (value["start"], value["end"]))
        unit = self._catalogue[indicator].unit
        total = named_value(unit, [(part["value"], part["unit"]) for part in parts])
        return Coded(self._id, indicator, person, "value", total, unit, (parts[0]["start"], parts[0]["end"]))

    def _of_figures(self, indicator: str, figures: list[Value], person: str) -> Coded | None:
        figures.sort(key=lambda value: (value["start"], value["end"]))
        measured = [Figure(*(value[name] for name in folding.READ)) for value in figures]
        cell = combine(measured, self._catalogue)[0]
        parts = [figures[place] for place in cell.figures]
        if any(part["state"] != "verified" for part in parts):
            return None
        span = (parts[0]["start"], parts[0]["end"])
        return Coded(self._id, indicator, person, "value", cell.value, cell.unit, span)

    def _of_others(self, targets: Iterable[Target], person: str) -> list[Said]:
        """Return what others than a person changed on some targets, and on whether the report is signed off."""
        return [c for target in {*targets, SIGNED} for by, c in self._changes.get(target, ()) if by != person]

    def _unknowing(self, targets: Iterable[Target], person: str, others: Sequence[Said]) -> dict[Target, list[Said]]:
        """Return a person's changes on some targets up to the first made in knowledge of another's, by target."""
        own = [(target, c) for target in targets for by, c in self._changes.get(target, ()) if by == person]
        found: dict[Target, list[Said]] = {}
        for target, change in sorted(own, key=lambda pair: pair[1].order):
            if any(self._knew(change, other) for other in others):
                break
            found.setdefault(target, []).append(change)
        return found

    def _knew(self, change: Said, other: Said) -> bool:
        if change.supersedes and other.uuid in change.supersedes.split(" "):
            return True
        return self._knowing.knew((change.store_id, change.sequence), (other.store_id, other.sequence))

    def _fold(self, target: Target, changes: Mapping[Target, list[Said]]) -> tuple[Value | None, bool]:
        """Return what stands on a target after some changes, and whether that has no place in the present text."""
        found = standing.fold(*target, changes.get(target, ()), self._carry)
        if found.value is None or target[0] != "figure" or not found.text_sha256:
            return found.value, False
        here = self._carry(found.value, found.text_sha256)
        return here, here is None

    def _carry(self, value: Value, text_sha256: str) -> Value | None:
        return self._texts.carried(self._id, value, text_sha256)

    @staticmethod
    def _value(kind: str, anchor: str, change: Said) -> Value | None:
        if change.after is None:
            return None
        return standing.said(kind, anchor, change.after, f"change {change.uuid}")
