"""Garbage is collected on the window's thread alone: what is Qt's must not be destroyed on the thread of a job."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

EVERY_MS = 1000


class Collecting(QObject):
    """Takes the place of Python's own collecting, which runs on whatever thread asks for memory, until `stop`.

    It begins after the first paint: nothing of a start is garbage.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=EVERY_MS)
        self._timer.timeout.connect(_collect)
        self._timer.start()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def _collect() -> None:
    """Collect the oldest generation that is due by Python's own measure, if any is."""
    due = [age for age, (made, most) in enumerate(zip(gc.get_count(), gc.get_threshold(), strict=True)) if made > most]
    if due:
        gc.collect(due[-1])
