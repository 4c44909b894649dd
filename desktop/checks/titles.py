"""Checks of a report's title against its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from desktop import districts
from desktop.checks import Context, check, finding
from desktop.checks.places import mentions
from desktop.districts import short_name
from desktop.model import Finding

OFTEN = 3  # times that a text must name another district, its own never
OPENING = 120  # characters in which a text says what year it is about
_YEAR = re.compile(r"(?<![0-9\-—–~～至])(?:19|20)[0-9]{2}(?=\s*年)|二[〇○零][一二三四五六七八九〇○零]{2}(?=年)")
_TITLES = re.compile(r"《[^》]*》")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_PROSE = re.compile(r"[^\n]*。[^\n]*")


@check("title_against_text")
def title_against_text(context: Context) -> Iterator[Finding]:
    """Raise a finding where the title names another year, or another district, than the text speaks of."""
    title = context.facts.title
    if not title:
        return
    prose = _TITLES.sub("", "\n".join(_PROSE.findall(context.text)).replace(title, ""))
    yield from _year(title, prose)
    yield from _district(title, prose, context)


def _year(title: str, prose: str) -> Iterator[Finding]:
    """Compare the title's year with that which the text begins with and names most."""
    named = {_plain(year) for year in _YEAR.findall(title)}
    first = _YEAR.search(prose)
    if len(named) != 1 or first is None or _plain(first[0]) in named:
        return
    expected, found, times = named.pop(), _plain(first[0]), Counter(map(_plain, _YEAR.findall(prose)))
    if times[found] > max(times[expected], int(first.start() > OPENING)):
        yield finding("title_against_text", "warning", expected=expected, found=found)


def _district(title: str, prose: str, context: Context) -> Iterator[Finding]:
    """Compare the title's district with those that the text names, where it never names its own."""
    district = context.facts.district
    if district is None or short_name(district) not in title or short_name(district) in prose:
        return
    year = context.facts.year or districts.load().last_year
    times = Counter(units[0].name for _, _, units in mentions(prose, year) if not units[0].adcode.endswith("00"))
    name, often = max(times.items(), key=lambda item: item[1], default=("", 0))
    if often >= OFTEN:
        yield finding("title_against_text", "warning", expected=district, found=name)


def _plain(year: str) -> str:
    return year.translate(_DIGITS)
