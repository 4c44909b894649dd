"""How sure the machine is of what it says of a figure: the share that was right where it said so with such evidence.

The shares were counted on whole reports before the words were tuned to them (3,200 figures): rows by score, columns by
the lead over the next indicator. Counted anew after tuning they were one to five points higher.
"""

from __future__ import annotations

from bisect import bisect_right

SCORES = (0.7, 0.8, 0.9, 0.95, 1.0, 1.05)
LEADS = (0.05, 0.15, 0.3)
NAMED = (
    (0.45, 0.55, 0.65, 0.68),
    (0.7, 0.75, 0.65, 0.88),
    (0.7, 0.8, 0.86, 0.92),
    (0.62, 0.7, 0.76, 0.95),
    (0.55, 0.74, 0.82, 0.965),
    (0.85, 0.87, 0.94, 0.975),
    (0.86, 0.87, 0.88, 0.98),
)
# Why a figure fits no indicator -> the share that indeed fits none; then by the score of the best guess passed over.
REFUSED = {
    "change": 0.98,
    "from": 0.98,
    "former": 0.97,
    "each": 0.97,
    "target": 0.98,
    "last_year": 0.9,
    "look_alike": 0.95,
    "elsewhere": 0.88,
    "few": 0.92,
}
PASSED_OVER = (0.45, 0.55)
NONE = (0.8, 0.4, 0.88)
KNOWN_OTHER = 0.88


def of_named(score: float, lead: float) -> float:
    """Return the share of named figures that are right at this score and this lead over the next indicator."""
    return NAMED[bisect_right(SCORES, score)][bisect_right(LEADS, lead)]


def of_none(score: float, refused: str, other: bool) -> float:
    """Return the share of figures without an indicator that rightly have none.

    `score` is that of the best guess passed over; `other`: the counted noun is known to be something else.
    """
    if refused:
        return REFUSED[refused]
    return KNOWN_OTHER if other and score < PASSED_OVER[0] else NONE[bisect_right(PASSED_OVER, score)]
