"""The words around a number that say whether and what it counts, from resources/numbers.toml, which explains them."""

from __future__ import annotations

import re
import tomllib
from typing import get_args

from desktop.model import Approx
from desktop.paths import resources

_TABLES: dict[str, dict[str, str]] = tomllib.loads((resources() / "numbers.toml").read_text(encoding="utf-8"))


def listed(table: str, key: str) -> tuple[str, ...]:
    """Return the words of one list of the resource, in its order."""
    return tuple(_TABLES[table][key].split())


def _by_approx(table: str) -> dict[str, Approx]:
    return {word: approx for approx in get_args(Approx) for word in listed(table, approx)}


VOID = _TABLES["void"]

MODIFIERS = _by_approx("modifiers")
"""What stands in front of a number and blurs it."""

MODIFIER_ENDS = frozenset(word[-1] for word in MODIFIERS)

STUCK = re.compile(
    "(?:[最附邻就远贴亲临靠走拉]近|(?:[预签履公违条契特邀]|(?<!立)制|(?<![整综融联结组配])合|(?<!环)节)约|[赶反高]超)\\Z"
)
"""Words that end like a modifier of one character: 节约12万元, 附近3个."""

SUFFIXES = _by_approx("suffixes")
"""What stands behind the unit and blurs the number; it is not part of the span."""

HOTLINES = frozenset(listed("hotlines", "short"))
HOTLINE_HEADS = listed("hotlines", "heads")

FIXED_NAMES = listed("slogans", "fixed")
CHINESE_SLOGANS = listed("slogans", "chinese")
ARABIC_SLOGANS = listed("slogans", "arabic")
ABSTRACT = listed("slogans", "abstract")

COUNTING_VERBS = frozenset(listed("counting", "verbs"))
ABSTRACT_UNITS = frozenset(listed("counting", "abstract_units"))
COUNTED_NOUN = re.compile("|".join(listed("counting", "nouns")))
COUNTED_HEADS = frozenset(listed("counting", "heads"))
ONE_OF = frozenset(listed("counting", "one_of"))

WHOLE_UNITS = frozenset(listed("units", "whole"))
UNITS_WITH_MUCH = frozenset(listed("units", "much"))
UNITS_NOT_AFTER_YEARS = frozenset(listed("units", "after_years"))

FURNITURE_LABELS = listed("furniture", "labels")
SHORT_LABELS = listed("furniture", "short")
