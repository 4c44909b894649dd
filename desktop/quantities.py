"""What quantities say the same: measure words that mean the same, and times that turn into each other, as data."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from typing import Any

from desktop.paths import resources


@functools.cache
def families() -> Mapping[str, str]:
    """Return one measure word for all that mean the same."""
    listed: list[str] = _data()["units"]
    return {unit: family.split()[0] for family in listed for unit in family.split()}


def canonical(value: float, unit: str) -> tuple[float, str]:
    """Return a quantity in the one measure word for all of its meaning, to six decimals: 150 分钟 are 2.5 小时.

    One that is too large for that keeps its own.
    """
    many, of = _durations().get(unit, (1, families().get(unit, unit)))
    told = round(float(value) * many, 6)
    return (told, of) if math.isfinite(told) else (float(value), unit)


def converted(value: float, unit: str, to: str) -> float | None:
    """Return what a quantity is in another measure word, None where the two do not turn into each other."""
    (many, of), (each, other) = canonical(value, unit), canonical(1, to)
    return round(many / each, 6) if of == other else None


def in_unit(value: float, unit: str, wanted: str) -> float:
    """Return the number of a quantity in another measure word of its kind, to six decimals; in one of none its own."""
    one, kind = canonical(1, wanted)
    of, own = canonical(value, unit)
    return value if unit == wanted or own != kind else round(of / one, 6)


@functools.cache
def _durations() -> Mapping[str, tuple[int, str]]:
    tables: list[dict[str, int]] = _data()["durations"]
    return {unit: (many, next(iter(table))) for table in tables for unit, many in table.items()}


@functools.cache
def _data() -> dict[str, Any]:
    import tomllib  # here, so that nothing waits for it at the start

    return tomllib.loads((resources() / "relations.toml").read_text(encoding="utf-8"))
