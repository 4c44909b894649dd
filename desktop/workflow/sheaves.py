"""Work by the sheaf: figures grouped by the phrase in which they stand, the numbers in it left open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from db import sheaves
from db.sheaves import Line
from db.store import Store
from desktop.progress import Progress

NUMBER = re.compile(r"[0-9０-９]+(?:[,.，．][0-9０-９]+)*")
CLAUSE = re.compile(r"[，。；：、！？,;:!?()（）“”‘’《》〈〉【】\[\]]|\n\s*\n")
SPACE = re.compile(r"\s+")
VALUE = re.compile(r"[0-9０-９.,，．○〇零一二三四五六七八九十百千万亿两]+")
STEP = 500
ENOUGH = 4  # characters before the number: a shorter beginning takes the clause before it along


class Sheaf(NamedTuple):
    """The lines that stand in one phrase; an empty phrase holds those that stand in one of their own."""

    phrase: str
    lines: list[Line]


def figures_waiting(store: Store) -> dict[str, int]:
    """Return how many figures wait for a person, by indicator."""
    return sheaves.waiting(store)


def sheaves_of(store: Store, indicator: str, progress: Progress) -> Iterator[list[Sheaf]]:
    """Yield the sheaves of one indicator, the largest first (a job, on a store opened for reading)."""
    yield bind(_counted(sheaves.lines(store, indicator), progress))


def _counted(lines: Iterable[Line], progress: Progress) -> Iterator[Line]:
    """Yield lines, counted some hundred at a time: who listens has better things to do than count to thousands."""
    for number, line in enumerate(lines, start=1):
        if number % STEP == 0:
            progress.step(by=STEP)
        yield line


def bind(lines: Iterable[Line]) -> list[Sheaf]:
    """Return lines in sheaves, the largest first; those that have a phrase to themselves come last, in one."""
    by_phrase: dict[str, list[Line]] = {}
    for line in lines:
        by_phrase.setdefault(phrase(line.before, line.quote, line.after), []).append(line)
    bound = [Sheaf(said, found) for said, found in by_phrase.items() if len(found) > 1]
    bound.sort(key=lambda sheaf: (-len(sheaf.lines), sheaf.phrase))
    alone = [found[0] for found in by_phrase.values() if len(found) == 1]
    return [*bound, Sheaf("", alone)] if alone else bound


def phrase(before: str, quote: str, after: str) -> str:
    """Return the clause around a figure with its numbers as N: 收到行政复议申请N件."""
    left = SPACE.sub("", _last_clause(before))
    right = SPACE.sub("", CLAUSE.split(after, maxsplit=1)[0])
    unit = VALUE.sub("N", SPACE.sub("", quote), count=1)
    return f"{NUMBER.sub('N', left)}{unit}{NUMBER.sub('N', right)}"


def _last_clause(before: str) -> str:
    """Return the last clause of what stands before a number, with the one before it where it is a mere “其中”."""
    for found in reversed(list(CLAUSE.finditer(before))):
        if len(SPACE.sub("", before[found.end() :])) >= ENOUGH:
            return before[found.end() :]
    return before
