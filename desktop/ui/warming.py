"""What follows the first paint, one after the other, so that what is asked for next is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer


def warm_up(owner: QObject, steps: Mapping[int, Callable[[], object]]) -> list[QTimer]:
    """Take each step so many milliseconds after the window is built, which itself may take longer than one.

    The timers, to be stopped when the window closes, are returned.
    """
    first = QTimer(owner, singleShot=True, interval=0)
    timers = [first]
    for after, step in steps.items():
        timer = QTimer(owner, singleShot=True, interval=after)
        timer.timeout.connect(step)
        first.timeout.connect(timer.start)
        timers.append(timer)
    first.start()
    return timers
