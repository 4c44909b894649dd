"""How well reports are read: extractions against gold labels, as shares of what was found, said and right.

Gold figures marked optional aside:
  figures   same place (intersection over union at least 0.5) and same value
  names     the same with the right indicator, of those that have one
  cells     (indicator, value) of the exported table, `first` and `sum` applied
  units, approx, kind   share of the figures found that have the gold one
  facts     share of district, adcode, year, title, doc_number, issuer equal to gold, white space and 、 aside
A figure is *right* when place, value and indicator are, no indicator (null) being an outcome like any other; that is
what confidence is held against.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop.cells import combine
from desktop.districts import Divisions
from desktop.extraction import extract
from desktop.indicators import Catalogue
from desktop.model import Document, Extraction, Figure

FACTS = ("district", "adcode", "year", "title", "doc_number", "issuer")
BINS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
SURE = 0.95
CHINESE = frozenset("零〇一二三四五六七八九十百千两半")
MODIFIERS = re.compile("^[近约超逾不突]|[余多]|以上|左右|以内")

Gold = Mapping[str, Any]
Report = tuple[str, str, Gold]


@dataclass
class Ratio:
    """How many were there (`gold`), were said, and of these were hit."""

    hit: int = 0
    said: int = 0
    gold: int = 0

    @property
    def precision(self) -> float:
        """Return the share of what was said that is right; 0 where nothing was."""
        return self.hit / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is there that was found; 0 where nothing is."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Scores:
    """The scores over all reports, with what they are made of."""

    figures: Ratio = field(default_factory=Ratio)
    names: Ratio = field(default_factory=Ratio)
    cells: Ratio = field(default_factory=Ratio)
    right: Counter[str] = field(default_factory=Counter)
    facts: Ratio = field(default_factory=Ratio)
    numerals: Counter[str] = field(default_factory=Counter)
    reports: int = 0
    by_indicator: dict[str, Ratio] = field(default_factory=lambda: defaultdict(Ratio))
    by_form: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_role: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    confidences: list[tuple[float, bool, bool]] = field(default_factory=list)
    errors: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def share(self, label: str) -> float:
        """Return the share of the figures found whose unit, approx or kind is right."""
        return self.right[label] / self.figures.hit if self.figures.hit else 0.0

    @property
    def open(self) -> float:
        """Return the share of numerals that no class claims."""
        return self.numerals["open"] / (self.numerals.total() or 1)

    def worst(self, kinds: int = 12, each: int = 4) -> str:
        """Return the most frequent kinds of error with examples, a line each."""
        lines = []
        for kind, count in self.errors.most_common(kinds):
            lines.append(f"{count:5} x {kind}")
            lines += [f"          {example}" for example in self.examples[kind][:each]]
        return "\n".join(lines)


@dataclass(frozen=True)
class Bin:
    """Figures of one range of confidence: how many, and the share of them that is right."""

    low: float
    high: float
    count: int
    right: float


@dataclass(frozen=True)
class Calibration:
    """What confidence is worth: by bins, and at 0.95 and above of all figures and of those that have a name."""

    bins: tuple[Bin, ...]
    sure: float
    sure_right: float
    named_sure: float
    named_sure_right: float


def read_folder(folder: Path) -> Iterator[Report]:
    """Yield (name, text, gold labels) of each report of a folder: NAME.txt, and gold/NAME.json."""
    for labels in sorted((folder / "gold").glob("*.json")):
        gold: dict[str, Any] = json.loads(labels.read_text(encoding="utf-8"))
        yield labels.stem, (folder / gold["file"]).read_bytes().decode("utf-8"), gold


def calibration(scores: Scores) -> Calibration:
    """Return how often figures of each confidence are right."""
    said = scores.confidences
    edges = (*BINS, 1.0)
    bins = []
    for low, high in itertools.pairwise(edges):
        inside = [right for sure, right, _ in said if low <= sure and (sure < high or high == 1.0)]
        bins.append(Bin(low, high, len(inside), _mean(inside)))
    named = [(sure, right) for sure, right, has_name in said if has_name]
    everywhere = [(sure, right) for sure, right, _ in said]
    return Calibration(tuple(bins), *_sure(everywhere), *_sure(named))


def _sure(said: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    above = [right for sure, right in said if sure >= SURE]
    return len(above) / (len(said) or 1), _mean(above)


def _mean(right: Sequence[bool]) -> float:
    return sum(right) / len(right) if right else 0.0


def score(reports: Iterable[Report], catalogue: Catalogue, divisions: Divisions) -> Scores:
    """Return the scores of extracting each (name, text, gold labels)."""
    scores = Scores()
    for name, text, gold in reports:
        found = extract(Document(name=name, reader="txt", source_sha256="", text=text), catalogue, divisions)
        add(scores, name, text, gold, found, catalogue)
    return scores


def add(scores: Scores, name: str, text: str, gold: Gold, found: Extraction, catalogue: Catalogue) -> None:
    """Add one report to the scores."""
    scores.reports += 1
    scores.numerals.update(numeral.numeral_class for numeral in found.numerals)
    required = [g for g in gold["figures"] if not g["optional"]]
    optional = [g for g in gold["figures"] if g["optional"]]
    pairs = match(found.figures, required)
    _count_gold(scores, name, text, required, found.figures, pairs)
    _count_said(scores, name, text, found.figures, required, optional, pairs)
    _count_cells(scores, name, required, optional, found.figures, catalogue)
    for fact in FACTS:
        scores.facts.gold += 1
        if squeeze(getattr(found.facts, fact)) == squeeze(gold[fact]):
            scores.facts.hit += 1
        else:
            _tell(scores, f"fact {fact}", f"{name}: is {gold[fact]!r}, said {getattr(found.facts, fact)!r}")
    scores.facts.said = scores.facts.gold


def match(said: Sequence[Figure], required: Sequence[Gold]) -> dict[int, int]:
    """Return which figure said (its index) is which gold figure: gold index -> said index, the best overlaps first."""
    possible = sorted(
        (
            (f.indicator == g["indicator"], overlap(f.start, f.end, g["start"], g["end"]), i, k)
            for k, g in enumerate(required)
            for i, f in enumerate(said)
            if f.start < g["end"]
            and g["start"] < f.end
            and overlap(f.start, f.end, g["start"], g["end"]) >= 0.5
            and same(f.value, g["value"])
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _, _, i, k in possible:
        if k not in pairs and i not in used:
            pairs[k] = i
            used.add(i)
    return pairs


def overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Return intersection over union of two spans."""
    cut = min(end, other_end) - max(start, other_start)
    return max(0, cut) / max(1, max(end, other_end) - min(start, other_start))


def same(a: float, b: float) -> bool:
    """Return whether two values are the same number."""
    return abs(a - b) <= 1e-6 * max(1.0, abs(b))


def squeeze(value: object) -> object:
    """Return a fact without white space and 、."""
    return re.sub(r"[\s、]+", "", value) if isinstance(value, str) else value


def _count_gold(
    scores: Scores, name: str, text: str, required: Sequence[Gold], said: Sequence[Figure], pairs: Mapping[int, int]
) -> None:
    for k, g in enumerate(required):
        indicator = g["indicator"]
        form, role = form_of(text, g), g.get("role", "level" if indicator else "null")
        scores.figures.gold += 1
        scores.by_form[form]["gold"] += 1
        scores.by_role[role]["gold"] += 1
        if indicator is not None:
            scores.names.gold += 1
            scores.by_indicator[indicator].gold += 1
        here = f"{name}: {_around(text, g['start'], g['end'])}"
        if k not in pairs:
            near = [f.value for f in said if f.start < g["end"] and g["start"] < f.end]
            _tell(scores, f"figure missed ({form})", f"{here} = {g['value']:g} {g['unit']}, said {near}")
            continue
        f = said[pairs[k]]
        scores.figures.hit += 1
        scores.by_form[form]["hit"] += 1
        for label in ("unit", "approx", "kind"):
            if getattr(f, label) == g[label]:
                scores.right[label] += 1
            else:
                _tell(scores, f"{label} wrong", f"{here} is {g[label]}, said {getattr(f, label)}")
        if f.indicator == indicator:
            scores.by_form[form]["right"] += 1
            scores.by_role[role]["right"] += 1
            if indicator is not None:
                scores.names.hit += 1
                scores.by_indicator[indicator].hit += 1
        elif f.indicator is None:
            _tell(scores, f"not named: {indicator}", here)
        elif indicator is None:
            _tell(scores, f"named though null ({role}): {f.indicator}", here)
        else:
            _tell(scores, f"{indicator} taken for {f.indicator}", here)


def _count_said(
    scores: Scores, name: str, text: str, said: Sequence[Figure], required: Sequence[Gold], optional: Sequence[Gold],
    pairs: Mapping[int, int],
) -> None:  # fmt: skip
    gold_of = {i: k for k, i in pairs.items()}
    for i, f in enumerate(said):
        if i not in gold_of and any(f.start < g["end"] and g["start"] < f.end for g in optional):
            continue
        scores.figures.said += 1
        if f.indicator is not None:
            scores.names.said += 1
            scores.by_indicator[f.indicator].said += 1
        right = i in gold_of and required[gold_of[i]]["indicator"] == f.indicator
        scores.confidences.append((f.confidence, right, f.indicator is not None))
        if i not in gold_of:
            _tell(scores, "figure that is none", f"{name}: {_around(text, f.start, f.end)} {f.indicator or ''}")


def _count_cells(
    scores: Scores, name: str, required: Sequence[Gold], optional: Sequence[Gold], said: Sequence[Figure],
    catalogue: Catalogue,
) -> None:  # fmt: skip
    labelled = [
        Figure(g["start"], g["end"], g["value"], g["unit"], g["approx"], g["kind"], g["indicator"])
        for g in sorted(required, key=lambda g: g["start"])
    ]
    want = {cell.indicator: cell.value for cell in combine(labelled, catalogue)}
    have = {cell.indicator: cell.value for cell in combine(said, catalogue)}
    perhaps = {g["indicator"] for g in optional} - {None}
    scores.cells.gold += len(want)
    for indicator, value in have.items():
        if indicator not in want and indicator in perhaps:
            continue
        scores.cells.said += 1
        if indicator in want and same(value, want[indicator]):
            scores.cells.hit += 1


def form_of(text: str, figure: Gold) -> str:
    """Return how a gold figure is written: the first of these that holds."""
    quote = text[figure["start"] : figure["end"]]
    half = unicodedata.normalize("NFKC", quote)
    digits = half.strip("近约超过逾突破不少于足")
    if "\n" in quote:
        return "broken over a line"
    if re.search(r"\d[\d.]*[^\d,.]{0,2}[至到—-]\d", half):
        return "range (3至5个)"
    if set(digits[:1]) & CHINESE or quote.startswith("百分之"):
        return "Chinese numerals"
    if re.search("[０-９]", quote):
        return "full-width digits"
    if figure["kind"] == "money":
        return "money"
    if re.search("[万亿]", quote):
        return "scaled (1.2万件)"
    if re.search(r"\d,\d", half):
        return "thousands separator"
    if not re.search(r"[^\d.,\s]", digits):
        return "unit at the end of a list"
    if MODIFIERS.search(quote):
        return "with a modifier (余, 约, 超, 以上)"
    if figure["kind"] == "percent":
        return "percentage"
    if figure["kind"] == "duration":
        return "duration"
    return "space before the unit" if re.search(r"\s", quote) else "plain (151件)"


def _around(text: str, start: int, end: int) -> str:
    before, after = text[max(0, start - 24) : start], text[end : end + 10]
    return f"{before}【{text[start:end]}】{after}".replace("\n", "⏎")


def _tell(scores: Scores, kind: str, example: str) -> None:
    scores.errors[kind] += 1
    if len(scores.examples[kind]) < 6:
        scores.examples[kind].append(example)
