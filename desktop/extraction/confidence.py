"""How sure the machine is of what it says of a figure: a score and its lead over the next guess -> a share of right ones."""

from __future__ import annotations

from functools import cache
from math import exp


def of_named(score: float, lead: float) -> float:
    """Return the share of named figures that are right at this score and this lead over the next indicator."""
    return _named(round(score, 2), round(min(lead, 0.5), 2))


def of_none(score: float, refused: str) -> float:
    """Return the share of figures without an indicator that rightly have none; `score` is the best guess passed over."""
    return _none(1.0 if refused else round(score, 2), bool(refused))


@cache
def _named(score: float, lead: float) -> float:
    return _share(-1.6 + 4.2 * (score - 0.6) / 0.5 + 2.0 * lead / 0.5)


@cache
def _none(score: float, refused: bool) -> float:
    return _share(3.2) if refused else _share(3.4 - 4.5 * max(score - 0.2, 0.0))


def _share(odds: float) -> float:
    return round(1 / (1 + exp(-odds)), 3)
