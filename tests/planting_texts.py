"""Errors planted over text and corpus: another place named, a heading left out, a paragraph copied, wrong digits.

Each kind has a function of a seed that returns what the check sees, right and wrong; how many are found tells
`python -m tests.bench.planted_texts`. Places are of the division table: the check knows no others.
"""

from __future__ import annotations

import functools
import math
import random
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from db.intake import Entry
from desktop import checks, districts, indicators
from desktop.checks import Compared, Peers, YearCell
from desktop.districts import short_name
from desktop.model import District, Facts, Figure
from tests.prose import report

PLACES = Path(__file__).parent / "data" / "places.txt"
TEXTS = 300
YEAR = 2024
HEADING = re.compile(r"\n[（(][二三四五六七八][）)]")


class Planted(NamedTuple):
    """A report right and wrong, as the checks see it."""

    right: checks.Context
    wrong: checks.Context


@functools.cache
def sentences(kind: str) -> list[str]:
    """Return the sentences of one kind: "slips" or "belonging"."""
    found: dict[str, list[str]] = {}
    for line in PLACES.read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            found[line[3:]] = []
        elif line and not line.startswith("#"):
            found[list(found)[-1]].append(line)
    return found[kind]


@functools.cache
def text(seed: int) -> str:
    """Return the text of one report."""
    return report(70_000 + seed % TEXTS)[0]


@functools.cache
def counties() -> list[District]:
    """Return the counties of the table that lie in a city whose name has more than one character before its rank."""
    table = districts.load()
    every = (unit for name in sorted(table.county_names()) for unit in table.named(name, YEAR))
    return [unit for unit in every if unit.city and len(short_name(unit.city)) > 1 and len(unit.name) > 2]


def context(body: str, *figures: Figure, **compared: object) -> checks.Context:
    """Return a report as the checks see it."""
    return checks.context(figures, indicators.load(), body, Compared(**compared))  # type: ignore[arg-type]


def foreign_place(seed: int, kind: str = "slips") -> Planted:
    """Return a report of a district in which a sentence names another place: by a slip, or because it belongs there."""
    rng = random.Random(f"place {seed}")
    own, other = rng.sample(counties(), 2)
    while own.city == other.city:
        other = rng.choice(counties())
    facts = Facts(own.name, own.city, own.province, "county", own.adcode, YEAR)
    body = text(rng.randrange(TEXTS))
    template = sentences(kind)[seed % len(sentences(kind))]

    def said(named: District) -> str:
        slots = {"o": named.name, "c": named.city, "s": short_name(named.city), "D": own.name, "C": own.city}
        return re.sub(r"\{(\w)\}", lambda slot: slots[slot[1]], template)

    place = rng.choice([found.end() for found in re.finditer("。", body)][3:])
    right, wrong = (body[:place] + said(named) + body[place:] for named in (own, other))
    return Planted(context(right, facts=facts), context(wrong, facts=facts))


def heading_gap(seed: int) -> Planted | None:
    """Return a report with the number of one heading, or one heading, left out; None where it has too few."""
    rng, body = random.Random(f"heading {seed}"), text(seed)
    found = list(HEADING.finditer(body))
    if len(found) < 3:
        return None
    one = rng.choice(found[:-1])
    return Planted(context(body), context(body[: one.start()] + body[one.end() :]))


def title(seed: int) -> Planted:
    """Return a report whose title has another year, or another district, than its text."""
    rng, (body, gold) = random.Random(f"title {seed}"), report(70_000 + seed % TEXTS)
    own, other = rng.sample(counties(), 2)
    year, wrong = int(gold["year"]), int(gold["year"]) + rng.choice((-1, 1))
    body = body.replace(str(gold["district"]), own.name)
    named = own.name + rng.choice(("人民政府关于{}年度法治政府建设情况的报告", "{}年法治政府建设年度报告"))
    lines = [f"{year}年，{own.name}坚持依法行政。", f"推动{own.name}各项工作落实。", f"{own.name}各部门认真履职。"]
    body = "\n".join((*lines, body.partition("\n")[2]))
    facts = [
        Facts(own.name, own.city, own.province, "county", own.adcode, year, named.format(y)) for y in (year, wrong)
    ]
    if seed % 2:
        mistaken = named.format(year).replace(own.name, other.name)
        facts[1] = Facts(other.name, other.city, other.province, "county", other.adcode, year, mistaken)
    return Planted(context(body, facts=facts[0]), context(body, facts=facts[1]))


def series_jump(seed: int) -> Planted:
    """Return a cell among those of two to nine other years, a digit too many or too few in it.

    A level of 20 to 20,000 that moves by a fifth from year to year, as the same work counted again does.
    """
    rng = random.Random(f"series {seed}")
    level = 10 ** rng.uniform(1.3, 4.3)
    values = [round(level * math.exp(rng.gauss(0, 0.2))) for _ in range(rng.randint(2, 10))]
    at = rng.randrange(len(values))
    mistaken = values[at] * 10 + rng.randrange(10) if rng.random() < 0.5 or values[at] < 100 else values[at] // 10
    years = {YEAR - at + k: cells(value) for k, value in enumerate(values) if k != at}
    return Planted(*(_counted(value, years=years) for value in (values[at], mistaken)))


def peer_outlier(seed: int) -> Planted:
    """Return a cell among those of 30 to 3,000 districts, a hundred times too large or too small."""
    rng = random.Random(f"peer {seed}")
    centre, spread = rng.uniform(1.3, 3.5), rng.uniform(0.1, 0.3)
    value = 10 ** rng.gauss(centre, spread * 1.4826)
    mistaken = value * 100 if value < 100 or rng.random() < 0.5 else value / 100
    peers = {"reconsideration_received": Peers(rng.randint(30, 3000), centre, spread)}
    return Planted(*(_counted(round(each), peers=peers) for each in (value, mistaken)))


def paragraph(seed: int) -> str:
    """Return a paragraph of 80 to 300 characters that no report has: any characters, set in clauses, with numbers."""
    rng = random.Random(f"paragraph {seed}")
    known = sorted({sign for sign in text(0) + text(1) if "\u4e00" <= sign <= "\u9fff"})
    clauses = ["".join(rng.choices(known, k=rng.randint(6, 16))) for _ in range(rng.randint(8, 18))]
    return "，".join(f"{clause}{rng.randint(2, 9000)}件" if rng.random() < 0.3 else clause for clause in clauses) + "。"


def rewritten(taken: str, seed: int, changed: float) -> str:
    """Return a paragraph as another district takes it over: other numbers, and a share of its characters changed."""
    rng = random.Random(f"copy {seed}")
    signs = [str(rng.randint(1, 9)) if sign.isdigit() else sign for sign in taken]
    for at in rng.sample(range(len(signs)), round(changed * len(signs))):
        signs[at] = rng.choice("的和区县市各级全面进行开展推动")
    return "".join(signs)


def with_paragraph(entry: Entry, paragraph: str) -> Entry:
    """Return a report with one more paragraph at its end."""
    body = f"{entry.document.text}\n\n{paragraph}\n"
    return replace(entry, document=replace(entry.document, text=body))


def cells(value: float) -> Mapping[str, YearCell]:
    """Return the one cell of another year."""
    return {"reconsideration_received": YearCell(value, "件", None)}


def _counted(value: float, **compared: object) -> checks.Context:
    figure = Figure(0, 3, float(value), "件", None, "count", "reconsideration_received")
    return context("", figure, facts=Facts(year=YEAR), **compared)
