"""How benchmarks measure: a job and its floor in turn in the same run, medians, and only their ratio told."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable


def ratio(job: Callable[[], object], floor: Callable[[], object], *, rounds: int = 7, floor_times: int = 1) -> float:
    """Return how many times the floor's median time the job's median time is; the floor runs `floor_times` a round."""
    spent, least = medians(job, floor, rounds=rounds, floor_times=floor_times)
    return spent / least


def medians(
    job: Callable[[], object], floor: Callable[[], object], *, rounds: int = 7, floor_times: int = 1,
    clock: Callable[[], float] = time.perf_counter,
) -> tuple[float, float]:  # fmt: skip
    """Return the median seconds of a job and of its floor, taken in turn; a single round is not warmed up."""
    if rounds > 1:
        job(), floor()
    jobs, floors = [], []
    for _ in range(rounds):
        floors.append(_seconds(lambda: [floor() for _ in range(floor_times)], clock) / floor_times)
        jobs.append(_seconds(job, clock))
    return statistics.median(jobs), statistics.median(floors)


def tell(
    name: str, job: Callable[[], object], floor: Callable[[], object], target: str = "", *, rounds: int = 50,
    clock: Callable[[], float] = time.process_time,
) -> float:  # fmt: skip
    """Print what a job and its floor took and their ratio, and return that; by default waiting is not counted."""
    spent, least = medians(job, floor, rounds=rounds, clock=clock)
    print(f"  {name:44}{spent * 1e3:10.3f} ms{least * 1e3:10.3f} ms{spent / least:7.1f}   {target}", flush=True)
    return spent / least


def _seconds(job: Callable[[], object], clock: Callable[[], float]) -> float:
    begun = clock()
    job()
    return clock() - begun
