"""How benchmarks measure: a job and its floor in turn in the same run, medians, and only their ratio told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def ratio(job: Callable[[], object], floor: Callable[[], object], *, rounds: int = 7, floor_times: int = 1) -> float:
    """Return how many times the floor's median time the job's median time is; the floor runs `floor_times` a round."""
    job(), floor()
    jobs, floors = [], []
    for _ in range(rounds):
        floors.append(_seconds(lambda: [floor() for _ in range(floor_times)]) / floor_times)
        jobs.append(_seconds(job))
    return statistics.median(jobs) / statistics.median(floors)


def _seconds(job: Callable[[], object]) -> float:
    begun = time.perf_counter()
    job()
    return time.perf_counter() - begun
