"""How far the work is and how fast it goes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

from db import overview
from db.store import Store

PAUSE = timedelta(minutes=5)
RECENT = 1000
ENOUGH = 10


class Pace(NamedTuple):
    """What a reviewer decided today, and how many an hour while at work; None before that can be told."""

    today: int
    per_hour: float | None


def pace(store: Store, reviewer: str, now: datetime | None = None) -> Pace:
    """Return the pace of one reviewer, counted over the last thousand figures and cells decided."""
    here = (now or datetime.now(UTC)).astimezone()
    midnight = here.replace(hour=0, minute=0, second=0, microsecond=0).astimezone(UTC)
    today, times = overview.decided(store, reviewer, f"{midnight:%Y-%m-%dT%H:%M:%S}", RECENT)
    return Pace(today, per_hour([datetime.fromisoformat(at) for at in times]))


def per_hour(times: Sequence[datetime]) -> float | None:
    """Return how many an hour were decided at these times, longer pauses left out; None where they are too few."""
    steps = [step for later, earlier in pairwise(sorted(times, reverse=True)) if (step := later - earlier) < PAUSE]
    worked = sum(steps, timedelta())
    return len(steps) / (worked / timedelta(hours=1)) if len(steps) >= ENOUGH and worked else None
