"""How far long work is, in the status bar, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from desktop.progress import TimeLeft
from desktop.text import say
from desktop.ui.jobs import Job

WIDEST = 240


def _told(done: int, total: int, left: float | None) -> str:
    """Return how far work is and how long the rest will take, where that is known."""
    count = say("progress_count", done=done, total=total)
    if left is None:
        return count
    minutes = round(left / 60)
    if minutes < 1:
        return f"{count} · {say('time_left_seconds')}"
    hours = round(minutes / 60)
    return f"{count} · {say('time_left_minutes', n=minutes) if minutes < 100 else say('time_left_hours', n=hours)}"


class ProgressStrip(QWidget):
    """Hidden while nothing runs."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("progress")
        self._what, self._count = QLabel(), QLabel()
        self._count.setProperty("part", "muted")
        self._bar = QProgressBar()
        self._bar.setFixedWidth(180)
        self._bar.setMaximumHeight(self.fontMetrics().height() + 2)
        self.cancel = QPushButton()
        self.cancel.setObjectName("cancel")
        self._job: Job | None = None
        self._left = TimeLeft()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(4, 0, 4, 0)
        for widget in (self._what, self._bar, self._count, self.cancel):
            layout.addWidget(widget)
        self.cancel.clicked.connect(self._stop)
        self.retranslate()
        self.hide()

    def follow(self, job: Job) -> None:
        """Show a job until it ends."""
        self._job = job
        self._left = TimeLeft()
        self._bar.setRange(0, 0)
        self.cancel.setEnabled(True)
        job.stepped.connect(self._step)
        job.ended.connect(self._end)
        self.show()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.cancel.setText(say("cancel"))
        self._bar.setAccessibleName(say("progress"))

    def _step(self, done: int, total: int, what: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._what.setText(self.fontMetrics().elidedText(what, Qt.TextElideMode.ElideMiddle, WIDEST))
        self._what.setToolTip(what)
        self._count.setText(_told(done, total, self._left.seconds(done, total)) if total else "")

    def _stop(self) -> None:
        if self._job is not None:
            self.cancel.setEnabled(False)
            self._job.cancel()

    def _end(self) -> None:
        self._job = None
        self._what.clear()
        self._count.clear()
        self.hide()
