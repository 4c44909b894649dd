"""How far reviewers agree who coded the same reports without knowing of each other's decisions."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from db import coding, overview, queries, stored
from db.coding import Coded
from db.overview import Standing
from db.store import Store
from desktop import sentences
from desktop.agreement import Degree, Slot, by_pair, degree, unclear
from desktop.exporting import sheets
from desktop.exporting.tables import Companion, Row, Value
from desktop.indicators import Catalogue, Indicator
from desktop.progress import Progress
from desktop.quantities import canonical
from desktop.workflow.cataloguing import catalogue

ESTIMATES = ("share", "kappa", "alpha")
DEGREE = (
    "reports", "slots", "alike", *(f"{name}{end}" for name in ESTIMATES for end in ("", "_low", "_high")),
)  # fmt: skip
MEASURES = ("part", "of", "name_zh", "name_en", *DEGREE, "unclear")
DIFFERING = (
    "district", "adcode", "year", "indicator", "name_zh", "name_en", "reviewer", "said", "value", "unit", "sentence",
    "source_sha256", "source_name",
)  # fmt: skip


class Differing(NamedTuple):
    """One slot that reviewers did not read alike: what each made of it, and the sentence of the first figure."""

    report: Standing
    indicator: str
    said: tuple[Coded, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Agreements:
    """How far reviewers agree: on all, by indicator, by two reviewers' names, by district (its code, else its name).

    `names` are the districts'; `unclear` the indicators that need a clearer definition, the surest first; `differing`
    the slots on which they differ, by district, year and indicator.
    """

    whole: Degree
    indicators: Mapping[str, Degree]
    pairs: Mapping[tuple[str, str], Degree]
    districts: Mapping[str, Degree]
    names: Mapping[str, str]
    unclear: tuple[str, ...]
    differing: tuple[Differing, ...]


def agreements(store: Store, progress: Progress) -> Agreements:
    """Return how far the reviewers of a store agree; a step is a report that two or more decided on."""
    known = catalogue(store)
    rows = {row.id: row for row in overview.standings(store, coding.coded_twice(store))}
    progress.total = len(rows)
    slots: list[Slot] = []
    indicators: dict[str, list[Slot]] = {}
    districts: dict[str, list[Slot]] = {}
    names: dict[str, str] = {}
    differing: list[Differing] = []
    for coded in coding.codings(store, known, list(rows)):
        progress.step()
        for indicator, group in groupby(coded, key=lambda one: one.indicator):
            said = tuple(group)
            if len(said) < 2:
                continue
            report = rows[said[0].report_id]
            slot = Slot(report.id, {one.reviewer: category(known[indicator], one) for one in said})
            place = report.adcode or report.district or ""
            names[place] = report.district or ""
            for found in (slots, indicators.setdefault(indicator, []), districts.setdefault(place, [])):
                found.append(slot)
            if len(set(slot.said.values())) > 1:
                differing.append(Differing(report, indicator, said, _sentence(store, said)))
    by_indicator = {indicator: degree(indicators[indicator]) for indicator in known if indicator in indicators}
    return Agreements(
        degree(slots),
        by_indicator,
        {pair: degree(found) for pair, found in by_pair(slots).items()},
        {place: degree(found) for place, found in districts.items()},
        names,
        tuple(unclear(by_indicator)),
        tuple(differing),
    )


def category(indicator: Indicator, coded: Coded) -> Hashable:
    """Return what a coding is compared by: the value with its canonical unit, None where the report states none."""
    if coded.value is None:
        return None
    of_indicator = indicator.kind != "duration" and coded.unit in indicator.units  # 3工作日 are not 3小时
    return canonical(coded.value, indicator.unit if of_indicator else coded.unit)


def _sentence(store: Store, said: Sequence[Coded]) -> str:
    span = next((coded.span for coded in said if coded.span is not None), None)
    if span is None:
        return ""
    text = queries.text(store, said[0].report_id)
    if span[1] > len(text):
        stored.refuse(f"text of report {said[0].report_id}")
    return " ".join(sentences.sentence(text, *span).split())


def export_agreement(store: Store, found: Agreements, to: Path) -> list[Path]:
    """Write how far reviewers agree as tables and return the files: NAME.xlsx, or NAME.csv and another beside it.

    UserError says what cannot be written.
    """
    known = catalogue(store)
    tables = [
        Companion("agreement", MEASURES, _measures(found, known)),
        Companion("disagreements", DIFFERING, _differing(store, found, known)),
    ]
    return sheets.write(to, tables)


def _measures(found: Agreements, known: Catalogue) -> Iterator[Row]:
    yield ["all", "", "", "", *_degree(found.whole), None]
    rank = {indicator: place for place, indicator in enumerate(found.unclear, 1)}
    for indicator, one in found.indicators.items():
        yield ["indicator", indicator, *_names(known, indicator), *_degree(one), rank.get(indicator)]
    for pair, one in found.pairs.items():
        yield ["pair", " | ".join(pair), "", "", *_degree(one), None]
    for place, one in found.districts.items():
        yield ["district", place, found.names[place], "", *_degree(one), None]


def _degree(one: Degree) -> list[Value]:
    return [one.reports, one.slots, one.alike, *(part for name in ESTIMATES for part in getattr(one, name))]


def _names(known: Catalogue, indicator: str) -> tuple[str, str]:
    named = known.get(indicator)
    return ("", "") if named is None else (named.name_zh, named.name_en)


def _differing(store: Store, found: Agreements, known: Catalogue) -> Iterator[Row]:
    for one in found.differing:
        report = queries.report(store, one.report.id)
        about = (report.district, report.adcode, report.year, one.indicator, *_names(known, one.indicator))
        for coded in one.said:
            said = (coded.reviewer, coded.said, coded.value, coded.unit or None)
            yield [*about, *said, one.sentence, report.source_sha256, report.source_name]


def agreement_told(store: Store, found: Agreements) -> dict[str, Any]:
    """Return how far reviewers agree as `hebao agreement --json` prints it (docs/agreement.md)."""
    known = catalogue(store)
    return {
        "all": _json(found.whole),
        "indicators": [{"indicator": i, **_json(one)} for i, one in found.indicators.items()],
        "pairs": [{"reviewers": list(pair), **_json(one)} for pair, one in found.pairs.items()],
        "districts": [
            {"district": found.names[place] or None, "adcode": place if place.isdecimal() else None, **_json(one)}
            for place, one in found.districts.items()
        ],
        "unclear": list(found.unclear),
        "disagreements": [
            {
                "district": one.report.district,
                "adcode": one.report.adcode,
                "year": one.report.year,
                "indicator": one.indicator,
                "indicator_zh": _names(known, one.indicator)[0],
                "said": [
                    {"reviewer": coded.reviewer, "said": coded.said, "value": coded.value, "unit": coded.unit or None}
                    for coded in one.said
                ],
                "sentence": one.sentence,
            }
            for one in found.differing
        ],
    }


def _json(one: Degree) -> dict[str, Any]:
    return dict(zip(DEGREE, _degree(one), strict=True))
