"""The blind spot-check: figures drawn by lot, read once more by a person who does not see what the machine read."""

from __future__ import annotations

import math
import random
from typing import NamedTuple

from db import queries, sheaves
from db.rows import Touched
from db.sheaves import Line
from db.store import Store
from desktop.model import State
from desktop.shares import wilson
from desktop.text import say
from desktop.workflow.reviewing import parse_typed_value

AGREED, DIFFERED = "spot_agreed", "spot_differed"


class Agreement(NamedTuple):
    """How often a second reading agreed, and the interval in which the share lies with 95% confidence (Wilson)."""

    agreed: int
    asked: int
    low: float
    high: float


def draw(store: Store, state: State, size: int, *, reviewer: str, chance: random.Random | None = None) -> list[Line]:
    """Return figures in a state that others than this reviewer decided, drawn by lot, each as likely as any other."""
    return sheaves.sample(store, state, size, reviewer, chance or random.Random())


def spot_check(store: Store, figure_id: int, typed: str | None, *, reviewer: str) -> Touched:
    """Record what a person read without seeing the value (None: it is not there); UserError where that is no number.

    The same value verifies the figure, another one makes it queried, with both values as its comment.
    """
    figure = queries.figure(store, figure_id)
    value = None if typed is None else parse_typed_value(typed)
    same = value is not None and math.isclose(figure.value, value, rel_tol=1e-9, abs_tol=1e-9)
    with store.edit(AGREED if same else DIFFERED, reviewer=reviewer) as edit:
        if same:
            edit.accept(figure_id)
        elif value is None:
            edit.query(figure_id, say("spot_read_nothing"))
        else:
            edit.query(figure_id, say("spot_read_other", value=f"{value:.15g}", standing=f"{figure.value:.15g}"))
    return edit.touched


def agreement(store: Store) -> Agreement:
    """Return how the spot-checks recorded in the store have come out."""
    counts = sheaves.groups(store, (AGREED, DIFFERED))
    return interval(counts.get(AGREED, 0), sum(counts.values()))


def interval(agreed: int, asked: int) -> Agreement:
    """Return the share's interval; from nothing to all where nothing was asked."""
    return Agreement(agreed, asked, *wilson(agreed, asked))
