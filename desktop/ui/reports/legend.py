"""What the symbols of the matrix mean, in one line under it, and how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.wording import REPORT_STATE_NAMES


class Legend(QWidget):
    """Symbol and name of each state of a report, and of findings."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.setSpacing(5)
        self._entries: list[tuple[QLabel, QLabel, str, str, str]] = []
        states = [(f"report-{state}", state, name) for state, name in REPORT_STATE_NAMES.items()]
        for symbol, tint, name in [*states, ("finding", "finding", "findings_open")]:
            drawn, said = QLabel(), QLabel()
            said.setProperty("part", "muted")
            layout.addWidget(drawn)
            layout.addWidget(said)
            layout.addSpacing(10)
            self._entries.append((drawn, said, symbol, tint, name))
        layout.addStretch(1)
        self.retranslate()

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many there are of each, by state of a report, "missing" or "finding"."""
        self._counts = dict(counts)
        self.retranslate()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        for drawn, said, symbol, tint, name in self._entries:
            drawn.setPixmap(icon(symbol, tint).pixmap(16))
            said.setText(f"{say(name)} {self._counts.get(tint, 0)}")
