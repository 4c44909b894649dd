"""How long work tells how far it is and how long the rest will take, and how it is stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

PACE_S, FIRST_S = 30.0, 3.0  # by what time a pace is measured, and how soon it can be told


class Cancelled(Exception):  # noqa: N818 - an outcome, not an error
    """The person asked to stop; what is done stays."""


class Progress:
    """A count of steps done, handed to every job; `step` raises Cancelled once `cancel` was called."""

    def __init__(self, total: int = 0, report: Callable[[int, int, str], None] | None = None) -> None:
        self.total = total
        self.done = 0
        self._report = report
        self._cancelled = False

    def step(self, what: str = "", by: int = 1) -> None:
        """Count `by` more steps as done and tell whoever listens; raise Cancelled if asked to stop."""
        if self._cancelled:
            raise Cancelled
        self.done += by
        if self._report is not None:
            self._report(self.done, self.total, what)

    def cancel(self) -> None:
        """Ask the job to stop at its next step; safe from another thread."""
        self._cancelled = True


class TimeLeft:
    """How long the rest will take if it goes on as in the last half minute: what was known already is soon done."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._steps: deque[tuple[float, int]] = deque([(clock(), 0)])

    def seconds(self, done: int, total: int) -> float | None:
        """Return the seconds left once `done` of `total` steps are done; None where that cannot be told yet."""
        now = self._clock()
        if done != self._steps[-1][1]:
            self._steps.append((now, done))
        while len(self._steps) > 2 and now - self._steps[1][0] >= PACE_S:
            self._steps.popleft()
        since, before = self._steps[0]
        if now - since < FIRST_S or done <= before:
            return None
        return (total - done) * (now - since) / (done - before)
