"""Sample reports whose extraction has errors planted in it, and the truth that a review has to come back to.

Of what is missed, one is left out by a rule instead of being open: only who reads its sentence can find it.
"""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, replace

from db.intake import Entry
from desktop import __version__, cells, districts, indicators, paths, reading, workflow
from desktop.extraction import extract
from desktop.model import Extraction, Figure, Numeral
from desktop.sentences import sentence_span

WRONG, MISSING = 0.05, 0.03


@dataclass
class Planted:
    """One report: its truth by span, what the window is given instead, and how often each fault was planted."""

    document: reading.Document
    source: bytes
    truth: dict[tuple[int, int], Figure]
    given: Extraction
    faults: dict[str, int]

    @property
    def cells(self):
        """The cells of the truth: indicator -> (value, unit)."""
        figures = [self.truth[span] for span in sorted(self.truth)]
        return {c.indicator: (c.value, c.unit) for c in cells.combine(figures, indicators.load())}


def plant(name: str, seed: int) -> Planted:
    """Read a sample and its gold labels; 5% of the figures become wrong in value, unit or indicator, 3% are missed."""
    random_ = random.Random(seed)
    path = paths.samples() / name
    document = reading.read(path.name, path.read_bytes())
    read = extract(document, indicators.load(), districts.load())
    gold = json.loads((paths.samples() / "gold" / name.replace(".txt", ".json")).read_text(encoding="utf-8"))
    machine = {(f.start, f.end): f for f in read.figures}
    truth = {}
    for row in gold["figures"]:
        span = (row["start"], row["end"])
        sure = machine[span].confidence if span in machine else 0.7
        truth[span] = Figure(
            *span, row["value"], row["unit"], row["approx"], row["kind"], row["indicator"], sure, ("样例",)
        )
    counted = [span for span, figure in truth.items() if figure.indicator is not None]
    chosen = random_.sample(counted, round(len(truth) * (WRONG + MISSING)))
    missed = chosen[: round(len(truth) * MISSING)]
    hidden = next((span for span in missed if neighbours(document.text, span, truth, chosen)), None)
    faults = {"missing": len(missed), "value": 0, "unit": 0, "indicator": 0}
    given = []
    for span, figure in truth.items():
        if span in missed:
            continue
        if span in chosen:
            fault = random_.choice(("value", "value", "unit", "indicator"))
            faults[fault] += 1
            figure = spoiled(figure, fault, random_)
        given.append(figure)
    return Planted(document, path.read_bytes(), truth, replace(read, figures=tuple(given), numerals=_classes(
        read.numerals, truth, missed, hidden)), faults)  # fmt: skip


def spoiled(figure: Figure, fault: str, random_: random.Random) -> Figure:
    """Return a figure that is wrong in one respect."""
    if fault == "value":
        return figure._replace(value=figure.value * 10 if random_.random() < 0.5 else figure.value + 3)
    if fault == "unit":
        return figure._replace(unit=random_.choice([u for u in ("件", "人", "次", "个", "%") if u != figure.unit]))
    others = [i.id for i in indicators.load().values() if i.unit == figure.unit and i.id != figure.indicator]
    others = others or [i for i in indicators.load() if i != figure.indicator]
    return figure._replace(indicator=random_.choice(others))


def neighbours(text, span, truth, chosen):
    """Return the figures of a span's sentence that are given as they are."""
    low, high = sentence_span(text, *span)
    return [other for other in truth if low <= other[0] < high and other not in chosen]


def _classes(numerals, truth, missed, hidden):
    """Return every numeral with the class that it has when nothing claims what is missed."""
    made = []
    for numeral in numerals:
        over = next((s for s in truth if s[0] < numeral.end and numeral.start < s[1]), None)
        name = numeral.numeral_class
        if over is not None:
            name = "name" if over == hidden else "open" if over in missed else "figure"
        elif name == "figure":
            name = "ordinal"
        made.append(Numeral(numeral.start, numeral.end, name))
    return tuple(made)


def keep(path, planted):
    """Make a store of one planted report, checked as an import checks it."""
    with workflow.open_store(path) as store:
        ids = store.add_reports(
            [Entry(planted.document, planted.source, planted.given, [])],
            program=__version__,
            catalogue=indicators.load().version,
        )
        workflow.check_reports(store, ids)
    return path
