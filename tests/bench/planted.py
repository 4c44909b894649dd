"""How many planted errors are found, by kind, and how many false alarms clean reports raise.

`python -m tests.bench.planted [COUNT [KIND]]`: COUNT errors of each kind (1000 unless told). An error is found where a
check of its kind names the wrong figure. Findings on the same report without the error are false alarms.
"""

from __future__ import annotations

import functools
import sys
from collections import Counter
from dataclasses import replace
from typing import NamedTuple

from desktop import checks, districts, indicators
from desktop.checks import Context, Finding, YearCell
from desktop.extraction import extract
from desktop.model import Document, Extraction
from tests import planting
from tests.prose import report

COUNT, CLEAN = 1000, 300


class Found(NamedTuple):
    """Whether an error was found, and the sentence that it was planted in."""

    found: bool
    template: str
    text: str


def main() -> None:
    """Print recall by kind and false alarms by check."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    kinds = sys.argv[2:] or [*planting.CHECKS]
    for kind in kinds:
        outcomes = [search(kind, seed) for seed in range(count)]
        missed = Counter(outcome.template for outcome in outcomes if not outcome.found)
        print(f"{kind:28} {1 - sum(missed.values()) / count:6.3f}", flush=True)
        for template, times in missed.most_common(4 if sys.argv[2:] else 0):
            print(f"    {times:4} {template}")
    alarms = Counter(finding.check for seed in range(CLEAN) for finding in raised(read(report(70_000 + seed)[0])))
    print(f"{CLEAN} clean reports: {sum(alarms.values()) / CLEAN:.3f} false alarms a report", dict(alarms))


def search(kind: str, seed: int) -> Found:
    """Return whether the error that `seed` gives is found."""
    wanted = planting.CHECKS[kind][0].split()
    if kind in planting.IN_PLACE:
        context, place = in_place(kind, seed)
        return Found(any(place in finding.figures for finding in raised(context, wanted)), kind, "")
    planted = (planting.planted_in_own if kind in planting.OWN else planting.planted)(kind, seed)
    context = read(planted.text)
    if planted.last is not None and kind in planting.WITH_LAST_YEAR:
        context = with_last_year(context, planted)
    found = any(
        start <= planted.start + 6 and planted.start < end
        for finding in raised(context, wanted)
        for start, end in finding.figures
    )
    return Found(found, planted.template, planted.text[max(0, planted.start - 60) : planted.start + 40])


def with_last_year(context: Context, planted: planting.Planted) -> Context:
    """Return the context of a report whose district's report of last year has the level that the sentence rests on."""
    near = [f for f in context.figures if f.indicator and abs(f.start - planted.start) < 60]
    year = context.facts.year or 2024
    cells = {str(f.indicator): YearCell(planted.last or 0, f.unit, None) for f in near}
    return replace(context, facts=replace(context.facts, year=year), years={year - 1: cells})


def in_place(kind: str, seed: int) -> tuple[Context, tuple[int, int]]:
    """Return a clean report's context with one figure's unit or indicator made another, and where that stands."""
    text, gold = planting.base(seed % planting.BASES)
    context = read(text)
    rng = planting.random.Random(f"{kind} {seed}")
    if kind == "unit":
        chosen = rng.choice([f for f in context.figures if f.indicator and f.unit != "%"])
        wrong = replace(chosen, unit=rng.choice(("公里", "亩", "吨", "分钟")))
    else:
        spans = [(f["start"], f["end"]) for f in gold["figures"] if f.get("role") == "change"]
        changes = [f for f in context.figures if (f.start, f.end) in spans]
        chosen = rng.choice(changes or [f for f in context.figures if f.unit == "百分点"] or list(context.figures))
        wrong = replace(chosen, indicator="people_mediation_rate")
    figures = [wrong if figure == chosen else figure for figure in context.figures]
    return checks.context(figures, indicators.load(), text, checks.Compared(facts=context.facts)), (
        wrong.start,
        wrong.end,
    )


def raised(context: Context, wanted: list[str] | None = None) -> list[Finding]:
    """Return what the checks inside a report say; only those `wanted`, if any are named."""
    names = wanted or sorted({name for names, _ in planting.CHECKS.values() for name in names.split()})
    registry = checks.checks()
    return [finding for name in names for finding in registry[name](context)]


@functools.lru_cache(maxsize=planting.BASES)
def read(text: str) -> Context:
    """Return the context of a report read by itself."""
    read_as = extraction(text)
    return checks.context(read_as.figures, indicators.load(), text, checks.Compared(facts=read_as.facts))


def extraction(text: str) -> Extraction:
    """Return what is read from a text."""
    return extract(Document("planted.txt", "txt", "0" * 64, text), indicators.load(), districts.load())


if __name__ == "__main__":
    main()
