"""A store of any size, to be measured: `python -m tests.bench.make_store --reports 30000 --to FILE`.

Some 2,700 characters and 80 figures a report, written as tests.prose writes; 2,900 invented districts by ten years in
30,000, the rest second sources and reports of no known district. Nothing is extracted: figures are what the prose was
written with. The reports of one district repeat their sentences for five years, with other numbers at the same places,
so that offsets hold and series are near each other. Decisions stand on one report in fifty.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import random
import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from db import queries
from db.intake import Entry
from db.store import Store
from desktop import __version__, indicators
from desktop.model import Document, Extraction, Facts, Figure, Finding, Numeral
from tests.prose import report
from tests.writing.heads import CITIES

YEARS = tuple(range(2016, 2026))
IN_TEN_YEARS = 0.967  # of all reports: 2,900 districts by ten years in 30,000
FIGURES = 80
BATCH = 100
DECIDED = 50  # one report in so many
FIRST = "澄梧砚栖沅桐岚漪霁枫墨芷苇鹭绾槐荻曦瀚翎汀湄洛璟泓岑蓼菱蔚淇沐朔琼宛棠榆樟枞楠桦"
SECOND = "岚澜湖溪汀崖桥川渚屿塘洲山浦港岭江坪湾源峪坞陂泽岩埠滩津岗林"
REVIEWERS = ("王敏", "李静")


@dataclass(frozen=True, slots=True)
class Draft:
    """A report before its place, its year and its numbers are its own; `name`, `city` and `year` stand in its text."""

    text: str
    figures: tuple[Figure, ...]
    name: str
    city: str
    year: int


def make_store(path: Path, reports: int) -> None:
    """Write a store of so many reports; UserError where there is one with reports in it already."""
    with Store.open(path) as store, store.loading(reports):
        for batch in batches(reports):
            store.add_reports(batch, program=__version__, catalogue=indicators.load().version)
    with Store.open(path) as store:
        decide(store)


def batches(reports: int, size: int = BATCH) -> Iterator[list[Entry]]:
    """Yield the reports of a store, some at a time; the same ones each time."""
    every = entries(reports)
    while batch := list(itertools.islice(every, size)):
        yield batch


def entries(reports: int) -> Iterator[Entry]:
    """Yield reports, one district's years after another's, then second sources and reports of no known district."""
    districts = max(1, int(reports * IN_TEN_YEARS) // len(YEARS))
    for number in range(reports):
        district, place = divmod(number, len(YEARS))
        if district < districts:
            yield _entry(number, district, YEARS[place])
        elif place % 2:
            yield _entry(number, number % districts, YEARS[place])
        else:
            known = _entry(number, district, YEARS[place])
            nowhere = replace(known.extraction, facts=Facts(year=YEARS[place], level="county"))
            yield replace(known, extraction=nowhere)


def decide(store: Store) -> None:
    """Accept, correct and query figures of one report in so many; all of a report's in one edit."""
    for report_id in range(DECIDED, len(queries.catalogues(store)) + 1, DECIDED):
        rng = random.Random(f"decide {report_id}")
        with store.edit("accept", reviewer=rng.choice(REVIEWERS)) as edit:
            for figure in queries.figures(store, report_id)[: rng.randint(1, FIGURES)]:
                chance = rng.random()
                if chance < 0.9:
                    edit.accept(figure.id)
                elif chance < 0.95:
                    edit.correct(figure.id, value=figure.value + 1)
                elif chance < 0.98:
                    edit.query(figure.id, "与上年不符")
                else:
                    edit.reject(figure.id, "乡镇的数据")
            if rng.random() < 0.3:
                edit.sign_off(report_id)


_drafts: dict[int, Draft] = {}


def _draft(seed: int) -> Draft:
    """Return the draft of a seed; only the last few are kept, since a district's years come one after another."""
    if seed not in _drafts:
        if len(_drafts) > 4:
            _drafts.clear()
        text, gold = report(seed)
        words = {i.id: (i.name_zh,) for i in indicators.load().values()}
        figures = tuple(
            Figure(
                f["start"], f["end"], f["value"], f["unit"], f["approx"], f["kind"], f["indicator"],
                0.5 + (f["start"] * 37 % 50) / 100, words.get(f["indicator"], ()),
            )
            for f in gold["figures"][:FIGURES]
        )  # fmt: skip
        city = next(city for city, _ in CITIES)
        named = next((city for city, _ in CITIES if city in text), city)
        _drafts[seed] = Draft(text, figures, str(gold["district"]), named, int(gold["year"]))
    return _drafts[seed]


def _entry(number: int, district: int, year: int) -> Entry:
    draft = _draft(district * 2 + (year >= YEARS[len(YEARS) // 2]))
    rng = random.Random(f"report {number}")
    facts = _facts(district, year, _draft(district * 2).name[-1])
    text, figures = _with_other_numbers(draft, rng)
    years = {str(draft.year + step): str(year + step) for step in (-1, 0, 1)}
    text = re.sub("|".join(years), lambda found: years[found[0]], text)
    text = text.replace(draft.name, str(facts.district)).replace(draft.city, str(facts.city))
    name = f"{facts.district}{year}年报告-{number}.txt"
    source = f"{name}\n{text}".encode()
    document = Document(name, "txt", hashlib.sha256(source).hexdigest(), text)
    numerals = tuple(Numeral(figure.start, figure.end, "figure") for figure in figures)
    return Entry(document, source, Extraction(facts, figures, numerals), _findings(figures, rng))


def _facts(district: int, year: int, kind: str) -> Facts:
    first, second = divmod(district, len(SECOND))
    city, county = divmod(district, 30)
    place = f"{FIRST[first % len(FIRST)]}{SECOND[second]}"
    name = f"{place}{kind}" if first < len(FIRST) else f"{place[::-1]}{kind}"
    above = f"{FIRST[city % len(FIRST)]}{'州阳陵'[city // len(FIRST)]}市"
    title = f"{name}{year}年法治政府建设年度报告"
    code = f"99{city + 1:02}{county + 1:02}"
    number = f"{place[0]}政〔{year + 1}〕3号"
    return Facts(name, above, "岚江省", "county", code, year, title, number, f"{name}人民政府")


def _with_other_numbers(draft: Draft, rng: random.Random) -> tuple[str, tuple[Figure, ...]]:
    """Return a draft with other numbers where those are whole ones in digits, each as long as it was."""
    parts, figures, at = [], [], 0
    for figure in draft.figures:
        digits = re.match("[0-9]+(?![0-9.,，])", draft.text[figure.start : figure.end])
        century = str(draft.year)[:2]  # what may be a year is left alone
        if digits is None or not int(digits[0]) or digits[0].startswith(century) or figure.start < at:
            figures.append(figure)
            continue
        old = int(digits[0])
        longest = 10 ** len(digits[0]) - 1
        new = min(longest, max(10 ** (len(digits[0]) - 1), round(old * rng.uniform(0.85, 1.15))))
        new = old if figure.kind == "percent" else new
        parts += [draft.text[at : figure.start], str(new)]
        at = figure.start + len(digits[0])
        figures.append(figure._replace(value=round(figure.value / old * new, 6)))
    return "".join((*parts, draft.text[at:])), tuple(figures)


def _findings(figures: Sequence[Figure], rng: random.Random) -> list[Finding]:
    """Return a finding for one report in three."""
    if not figures or rng.random() > 1 / 3:
        return []
    figure = rng.choice(figures)
    span = (figure.start, figure.end)
    return [Finding("rate_above_100", "error", (span,), {"found": figure.value}, None, f"rate {span}")]


def main() -> None:
    """Write a store and say how long that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reports", type=int, default=30_000)
    parser.add_argument("--to", type=Path, required=True)
    asked = parser.parse_args()
    begun = time.perf_counter()
    make_store(asked.to, asked.reports)
    print(f"{asked.reports} reports in {asked.to}: {time.perf_counter() - begun:.0f} s")


if __name__ == "__main__":
    main()
