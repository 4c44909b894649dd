"""How far the store is and how fast it goes, in one line above the matrix."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QSizePolicy

from db.overview import Standing
from desktop.text import say
from desktop.workflow.overseeing import Pace  # by itself: the first paint waits for it


class PaceLine(QFrame):
    """Reports signed off, figures decided, today's number, the pace, what is left and how long that takes."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pace")
        self.setProperty("part", "bar")
        self._bar = QProgressBar()
        self._bar.setObjectName("share")
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(120)
        self._bar.setMaximumHeight(8)
        self._words = QLabel()
        self._words.setObjectName("pace_words")
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)  # no window is too narrow
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.setSpacing(10)
        layout.addWidget(self._bar)
        layout.addWidget(self._words, 1)
        self._shown: tuple[int, int, int, int, int] = (0, 0, 0, 0, 0)
        self._pace: Pace | None = None

    def show_standing(self, reports: Sequence[Standing]) -> None:
        """Count the reports that are not withdrawn."""
        total = signed = waiting = auto = decided = 0
        for report in reports:
            if not report.withdrawn:
                total += 1
                signed += report.state == "verified"
                waiting += report.waiting
                auto += report.auto
                decided += report.decided
        self._shown = total, signed, waiting, auto, decided
        self.retranslate()

    def show_pace(self, pace: Pace) -> None:
        """Tell how fast this reviewer is."""
        self._pace = pace
        self.retranslate()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        reports, signed, waiting, auto, decided = self._shown
        told = [
            say("pace_reports", signed=f"{signed:,}", total=f"{reports:,}"),
            say("pace_decided", decided=f"{decided:,}", waiting=f"{waiting:,}"),
        ]
        if auto:
            told.append(say("pace_auto", auto=f"{auto:,}"))
        today, per_hour = (self._pace.today, self._pace.per_hour) if self._pace else (0, None)
        told.append(say("pace_today", today=f"{today:,}"))
        if per_hour:
            told.append(say("pace_per_hour", pace=f"{per_hour:,.0f}"))
            if waiting:
                hours = waiting / per_hour
                minutes = max(round(60 * hours), 1)
                told.append(
                    say("pace_left", hours=f"{hours:,.1f}") if hours >= 1 else say("time_left_minutes", n=minutes)
                )
        self._bar.setRange(0, max(waiting + auto + decided, 1))
        self._bar.setValue(decided)
        self._words.setText("   ·   ".join(told))
        self._words.setToolTip("\n".join(told))
        self._bar.setAccessibleName(self._words.text())
