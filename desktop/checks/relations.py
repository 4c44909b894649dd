"""resources/relations.toml -> Relations: how indicators, words and measure words go together, as data."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from desktop import quantities
from desktop.paths import resources


class Rate(NamedTuple):
    """A rate is its part over its whole; by a whole after the first one it may close, and no more.

    `beside`: the whole may be stated without the part.
    """

    part: str
    wholes: tuple[str, ...]
    beside: bool


class AtMost(NamedTuple):
    """A part is never more than its whole, with what was carried over on top where `carried` says so."""

    part: str
    whole: str
    carried: bool


class Total(NamedTuple):
    """Parts that may make a total."""

    total: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relations:
    """All that the file says; `units` gives one measure word for all that mean the same, `words` are patterns."""

    rates: Mapping[str, Rate]
    at_most: tuple[AtMost, ...]
    sums: tuple[Total, ...]
    overlapping: frozenset[str]
    changes_by_nature: frozenset[str]
    several: frozenset[str]
    units: Mapping[str, str]
    pairs: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]
    words: Mapping[str, re.Pattern[str]]

    def alike(self, one: str, other: str) -> bool:
        """Return whether two measure words mean the same."""
        return self.units.get(one, one) == self.units.get(other, other)


def _rate(row: Mapping[str, Any]) -> Rate:
    return Rate(row["part"], tuple(row["whole"].split()), row.get("beside", False))


@functools.cache
def load() -> Relations:
    """Return what resources/relations.toml says."""
    data: dict[str, Any] = tomllib.loads((resources() / "relations.toml").read_text(encoding="utf-8"))
    words = data["words"]
    pairs = [pair.split() for pair in words.pop("pairs")]
    return Relations(
        rates={row["rate"]: _rate(row) for row in data["rates"]},
        at_most=tuple(AtMost(row["part"], row["whole"], row.get("carried", False)) for row in data["at_most"]),
        sums=tuple(Total(row["total"], tuple(row["parts"].split())) for row in data["sums"]),
        overlapping=frozenset(data["overlapping"].split()),
        changes_by_nature=frozenset(data["changes_by_nature"].split()),
        several=frozenset(data["several"].split()),
        units=quantities.families(),
        pairs=tuple((re.compile(one), re.compile(other)) for one, other in pairs),
        words={name: re.compile("|".join(text.split())) for name, text in words.items()},
    )
