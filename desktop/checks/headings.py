"""Checks of a report's headings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from desktop.checks import Context, check, finding
from desktop.model import Finding

HAN = "一二三四五六七八九十"
SHOWN = 30  # characters of a heading
SKIPPED = 2  # numbers at most: what skips more is no sequence of headings
# By rank: the outer ones first. After a full stop too, where a text has lost its line breaks.
RANKS = (
    rf"第(?P<r0>[{HAN}]{{1,3}})(?:章|部分)",
    rf"(?P<r1>[{HAN}]{{1,3}})、(?![{HAN}]{{1,3}}[、是])",
    rf"[（(](?P<r2>[{HAN}]{{1,3}})[）)]",
    r"(?P<r3>[0-9]{1,2})[.．、](?![0-9])",
    r"[（(](?P<r4>[0-9]{1,2})[）)]",
)
_HEADING = re.compile(rf"(?:\A|\n|(?<=[。！；]))[ \t\u3000\xa0]*(?P<mark>{'|'.join(RANKS)})")
_LAYOUT = re.compile(r"[—–-]+\s*[0-9]{1,3}\s*[—–-]+|\s")  # a page may end inside a heading
_CIRCLED = ("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "①②③④⑤⑥⑦⑧⑨⑩")


class Heading(NamedTuple):
    """A numbered heading: its number as printed, its rank and number, where its mark stands."""

    mark: str
    rank: int
    number: int
    start: int
    end: int


@check("heading_gap")
def heading_gap(context: Context) -> Iterator[Finding]:
    """Raise a finding where headings of one rank skip a number: (五) is followed by (七)."""
    last: dict[int, Heading] = {}
    parent: dict[int, int] = {}
    for heading in headings(context.text):
        before = last.get(heading.rank)
        outer = max((at.start for rank, at in last.items() if rank < heading.rank), default=-1)
        begun_anew = before is None or parent[heading.rank] != outer
        if not begun_anew and before is not None and _skips(context.text, before, heading):
            line = context.text[heading.start : heading.end + SHOWN].partition("\n")[0]
            yield finding(
                "heading_gap", "notice", span=(heading.start, heading.start + len(line)),
                rests_on=[before.mark, heading.mark], expected=before.mark, found=heading.mark,
            )  # fmt: skip
        last[heading.rank], parent[heading.rank] = heading, outer


def headings(text: str) -> Iterator[Heading]:
    """Yield the numbered headings of a text in its order."""
    for found in _HEADING.finditer(text):
        rank, printed = next((i, found[f"r{i}"]) for i in range(len(RANKS)) if found[f"r{i}"])
        number = int(printed) if printed.isdecimal() else _value(printed)
        if number:
            yield Heading(found["mark"], rank, number, found.start("mark"), found.end("mark"))


def _skips(text: str, before: Heading, heading: Heading) -> bool:
    """Tell whether numbers are missing between two headings, and stand nowhere in the text between them."""
    missing = range(before.number + 1, heading.number)
    if not 0 < len(missing) <= SKIPPED:
        return False
    between = _LAYOUT.sub("", text[before.end : heading.start])
    return not any(sign in between for number in missing for sign in _printed(heading.rank, number))


def _printed(rank: int, number: int) -> Iterator[str]:
    """Yield the ways in which a heading may be numbered that stands inside a line, or in signs of its own."""
    digits = str(number) if rank > 2 else _han(number)
    if rank == 0:
        yield f"第{digits}"
    elif rank in (2, 4):
        yield from (f"{opened}{digits}{closed}" for opened in "（(" for closed in "）)")
    else:
        yield from (f"{digits}{sign}" for sign in ("、" if rank == 1 else "、.．"))
    if number <= len(_CIRCLED[0]):
        yield from (signs[number - 1] for signs in _CIRCLED)


def _value(printed: str) -> int:
    """Return the value of a Chinese number up to 99, 0 where it is none."""
    tens, ten, ones = printed.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return 0
    return (10 * (HAN.index(tens) + 1 if tens else 1) if ten else 0) + (HAN.index(ones) + 1 if ones else 0)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 1 else "十" if tens == 1 else HAN[tens - 1] + "十") + (HAN[ones - 1] if ones else "")
