"""How long work tells how far it is, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable


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
