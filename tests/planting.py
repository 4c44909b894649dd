"""Errors planted in reports of tests/prose.py: one digit wrong, so that what a sentence says together does not agree.

A sentence of tests/data/planted.txt goes into a report with one number wrong, or ("own ...") a number of a sentence
that the report has itself is made wrong, its labels telling what goes together. What the sentence says decides what is
an error: a rate that is neither rounded nor cut off from its part and whole, parts that do not make a total which is
said to be all of them, more cases concluded than accepted. Two kinds are planted in place, where nothing could be read
wrong: a figure in a measure word that is not its indicator's, and a change taken for a level.
`python -m tests.bench.planted` tells how many are found.
"""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tests.prose import report
from tests.writing.numbers import FULL_WIDTH

SENTENCES = Path(__file__).parent / "data" / "planted.txt"
SLOT = re.compile(r"\{(\w)\}")
MARK = "\x01"
MARKED_SLOT = re.compile(rf"({MARK}?)\{{(\w)\}}")
PLAIN = re.compile(r"\d+(?:\.\d+)?(?![\d.,，]|\s*[万亿\d])")
BASES, OWN_BASES = 40, 400
Values = dict[str, float]

# What each kind is found by; the figures that a digit may be wrong in.
CHECKS = {
    "rate": ("rate_of_parts", "tar"),
    "parts said to be all": ("parts_of_total", "tabc"),
    "parts that are listed": ("parts_of_total parts_below_total", "tab"),
    "parts more than the total": ("parts_of_total part_above_whole", "ab"),
    "received": ("accepted_of_received parts_of_total", "tab"),
    "accepted": ("accepted_of_received", "a"),
    "concluded": ("concluded_of_accepted", "a"),
    "lost": ("lost_of_concluded parts_of_total", "a"),
    "part of a whole": ("part_above_whole parts_of_total", "a"),
    "above 100": ("rate_above_100", "r"),
    "twice": ("stated_twice", "tr"),
    "change": ("stated_change", "tn"),
    "last year": ("last_year_level", "l"),
    "own rate": ("rate_of_parts", "tar"),
    "own received": ("accepted_of_received parts_of_total", "tab"),
    "own concluded": ("concluded_of_accepted", "a"),
    "own lost": ("lost_of_concluded parts_of_total", "a"),
    "unit": ("unit_of_indicator", ""),
    "change as level": ("change_as_level", ""),
}
# What reports say themselves: the kind above that it is like, and the indicators of its figures by slot.
OWN = {
    "own rate": [
        ("rate", {"r": "people_mediation_rate", "a": "people_mediation_succeeded", "t": "people_mediation_accepted"}),
        ("rate", {"r": "admin_mediation_rate", "a": "admin_mediation_succeeded", "t": "admin_mediation_accepted"}),
        ("rate", {"r": "disputes_resolved_rate", "a": "disputes_resolved", "t": "disputes_handled"}),
        ("rate", {"r": "litigation_lost_rate", "a": "litigation_lost", "t": "litigation_concluded"}),
        ("rate", {"r": "service_items_online_rate", "a": "service_items_online", "t": "service_items"}),
        ("rate", {"r": "random_inspections_joint_rate", "a": "random_inspections_joint", "t": "random_inspections"}),
    ],
    "own received": [
        (
            "received",
            {"t": "reconsideration_received", "a": "reconsideration_accepted", "b": "reconsideration_rejected"},
        )
    ],
    "own concluded": [("concluded", {"t": "reconsideration_accepted", "a": "reconsideration_concluded"})],
    "own lost": [("lost", {"t": "litigation_concluded", "a": "litigation_lost"})],
}
WITH_LAST_YEAR = ("change", "last year")
IN_PLACE = ("unit", "change as level")


class Planted(NamedTuple):
    """A report with one error: the texts right and wrong, where what is wrong begins, last year's level if one is told.

    `template` is the sentence as in the file, for a look at what was missed.
    """

    clean: str
    text: str
    start: int
    last: float | None
    template: str


@functools.cache
def sentences() -> Mapping[str, list[str]]:
    """Return the sentences of each kind."""
    kinds: dict[str, list[str]] = {}
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            kinds[line[3:]] = []
        elif line and not line.startswith("#"):
            kinds[list(kinds)[-1]].append(line)
    return kinds


def planted(kind: str, seed: int) -> Planted:
    """Return the error of one kind that `seed` gives."""
    rng = random.Random(f"{kind} {seed}")
    template, _, indicator = rng.choice(sentences()[kind]).partition(" # ")
    used = [name for name in SLOT.findall(template) if name in CHECKS[kind][1]]
    while True:
        values = draw(kind, template, rng)
        name = rng.choice(used)
        printed = {key: written(key, value, rng) for key, value in values.items()}
        wrong = misprint(printed[name], rng)
        changed = values | {key: number(text) for key, text in printed.items()} | {name: number(wrong)}
        if broken(kind, changed, decimals(printed.get("r", "")), decimals(printed.get("n", ""))):
            break
    text, gold = rng.choice(_silent_on(indicator))
    style = rng.choice((str, str, _full_width, _grouped))
    printed["y"] = str(gold["year"])
    spots = [found for found in SLOT.finditer(template) if found[1] == name]
    spoiled = template[: spots[-1].start()] + MARK + template[spots[-1].start() :]
    places = rng.sample([found.end() for found in re.finditer("。", text[: len(text) * 6 // 10])][5:], 2)
    clean = _set_in(text, _said(template, printed, printed, values, style), places)
    marked = _set_in(text, _said(spoiled, printed, printed | {name: wrong}, values, style), places)
    return Planted(clean, marked.replace(MARK, ""), marked.index(MARK), values.get("l"), template)


def planted_in_own(kind: str, seed: int) -> Planted:
    """Return the error that `seed` gives in what a report says itself."""
    rng = random.Random(f"{kind} {seed}")
    while True:
        text, gold = base(rng.randrange(OWN_BASES))
        like, asked = rng.choice(OWN[kind])
        figures = _together(text, gold, asked)
        if not figures:
            continue
        name = rng.choice(CHECKS[kind][1])
        printed = {slot: str(found[0]) for slot, found in figures.items()}
        values = {slot: number(found) for slot, found in printed.items()}
        of_rate = decimals(printed.get("r", ""))
        wrong = misprint(printed[name], rng)
        if not broken(like, values, of_rate, 0) and broken(like, values | {name: number(wrong)}, of_rate, 0):
            start, end = figures[name].span()
            return Planted(text, text[:start] + wrong + text[end:], start, None, kind)


def draw(kind: str, template: str, rng: random.Random) -> Values:
    """Return numbers that agree, for the slots of a sentence."""
    if kind == "above 100":
        return {"r": rng.randrange(800, 1000) / 10}
    if kind == "twice" and "{r}" in template:
        return {"r": rng.randrange(500, 1000) / 10}
    if kind in ("twice", "change", "last year"):
        last = rng.randrange(20, 900)
        level = max(10, round(last * rng.uniform(0.7 if kind == "change" else 1.0, 1.5)))
        return {"t": level + (level == last), "l": last, "n": (level + (level == last) - last) / last * 100}
    parts = [float(rng.randrange(12, 10 ** rng.choice((2, 3, 4)))) for name in "abc" if f"{{{name}}}" in template]
    if kind in ("parts said to be all", "parts that are listed", "received"):
        return dict(zip("abc", parts, strict=False)) | {"t": sum(parts)}
    whole = sum(parts) + rng.randrange(1, int(sum(parts)))
    return dict(zip("abc", parts, strict=False)) | {"t": whole, "r": parts[0] / whole * 100}


def broken(kind: str, values: Mapping[str, float], of_rate: int, of_change: int) -> bool:
    """Return whether the numbers, one of them changed, contradict what the sentence says."""
    parts = sum(values.get(name, 0) for name in "abc")
    whole = values.get("t", 0)
    if whole <= 0 and kind != "above 100" and "r" not in values:
        return False
    if kind == "rate":
        return not _printed_of(values["a"] / whole * 100, values["r"], of_rate)
    if kind in ("parts said to be all", "parts that are listed", "received"):
        return parts != whole
    if kind == "above 100":
        return values["r"] > 100
    if kind == "change":
        true = (whole - values["l"]) / values["l"] * 100
        return not _printed_of(abs(true), abs(values["n"]), of_change)
    return parts > whole if kind not in ("twice", "last year") else True


def written(name: str, value: float, rng: random.Random) -> str:
    """Return a number as it is printed: counts whole, rates and changes with up to two decimals."""
    if name in "rn":
        return f"{abs(value):.{rng.choice((1, 1, 2) if name == 'n' else (0, 1, 1, 2))}f}"
    return f"{value:.0f}"


def misprint(printed: str, rng: random.Random) -> str:
    """Return a number with one digit wrong, two swapped, one too many or one too few."""
    places = [k for k, sign in enumerate(printed) if sign.isdigit()]
    place, how = rng.choice(places), rng.random()
    if how < 0.7:
        digits = [d for d in "0123456789" if d != printed[place] and (place or d != "0")]
        return printed[:place] + rng.choice(digits) + printed[place + 1 :]
    if how < 0.85 and place + 1 in places and printed[place + 1] != "0":
        return printed[:place] + printed[place + 1] + printed[place] + printed[place + 2 :]
    return printed[:place] + rng.choice("123456789") + printed[place:]


def number(printed: str) -> float:
    """Return what a printed number says."""
    return float(printed)


def decimals(printed: str) -> int:
    """Return how many decimals are printed."""
    return len(printed.partition(".")[2])


@functools.cache
def base(seed: int) -> tuple[str, dict[str, Any]]:
    """Return a report to plant in, and its labels."""
    return report(50_000 + seed)


def _printed_of(true: float, printed: float, places: int) -> bool:
    """Return whether `printed` is `true` rounded or cut off."""
    step = 10.0**-places
    return -step / 2 - 1e-9 <= true - printed < step + 1e-9


def _together(text: str, gold: Mapping[str, Any], asked: Mapping[str, str]) -> dict[str, re.Match[str]]:
    """Return the printed numbers of the indicators that one sentence states, whole and exact; none where one is not."""
    found: dict[str, re.Match[str]] = {}
    for slot, indicator in asked.items():
        figures = [f for f in gold["figures"] if f["indicator"] == indicator]
        printed = PLAIN.match(text, figures[0]["start"]) if len(figures) == 1 and not figures[0]["approx"] else None
        if printed is None:
            return {}
        found[slot] = printed
    spans = [match.span() for match in found.values()]
    between = text[min(start for start, _ in spans) : max(end for _, end in spans)]
    return {} if re.search("[。；;]", between) else found


def _silent_on(indicator: str) -> list[tuple[str, dict[str, Any]]]:
    """Return the reports that say nothing of an indicator; all of them where none is named."""
    every = [base(seed) for seed in range(BASES)]
    return [one for one in every if not indicator or all(f["indicator"] != indicator for f in one[1]["figures"])]


def _said(
    template: str, printed: Mapping[str, str], wrong: Mapping[str, str], values: Values, style: Callable[[str], str]
) -> str:
    """Return the sentence, the slot behind the mark with its wrong number; a change with its words."""

    def slot(found: re.Match[str]) -> str:
        name = found[2]
        number = (wrong if found[1] else printed)[name]
        if name == "n":
            return f"{'同比增长' if values['n'] > 0 else '较上年下降'}{found[1]}{style(number)}%"
        return found[1] + (number if name == "y" else style(number)) + ("%" if name == "r" else "")

    return MARKED_SLOT.sub(slot, template)


def _full_width(printed: str) -> str:
    return printed.translate(FULL_WIDTH)


def _grouped(printed: str) -> str:
    return f"{int(printed):,}" if printed.isdigit() else printed


def _set_in(text: str, sentence: str, places: list[int]) -> str:
    """Return the text with a sentence of its own at the first of `places`; what stands behind || goes to the other."""
    pieces = sentence.split("||")
    for place, piece in sorted(zip(sorted(places), pieces, strict=False), reverse=True):
        text = f"{text[:place]}{piece}。{text[place:]}"
    return text
