"""What the symbols of the matrix mean, in one line under it, and how often each occurs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from desktop.text import say
from desktop.ui.icons import icon
from desktop.ui.wording import REPORT_STATE_NAMES

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent


class Legend(QWidget):
    """Symbol and name of each state of a report, of findings, and of disputes once there are any.

    The names are in tooltips where there is no room.
    """

    def __init__(self) -> None:
        super().__init__()
        self._counts: dict[str, int] = {}
        self._layout = layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 4, 10, 4)
        layout.setSpacing(5)
        self._entries: list[tuple[QLabel, QLabel, str, str, str]] = []
        states = [(f"report-{state}", state, name) for state, name in REPORT_STATE_NAMES.items()]
        layout.addStretch(1)
        for symbol, tint, name in [*states, ("finding", "finding", "findings_open")]:
            self._add(symbol, tint, name)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _add(self, symbol: str, tint: str, name: str) -> None:
        drawn, said = QLabel(), QLabel()
        said.setProperty("part", "muted")
        for label in (drawn, said):
            self._layout.insertWidget(self._layout.count() - 1, label)
        self._layout.insertSpacing(self._layout.count() - 1, 10)
        self._entries.append((drawn, said, symbol, tint, name))

    def count(self, counts: Mapping[str, int]) -> None:
        """Say how many there are of each, by state of a report, "missing", "finding" or "disputed"."""
        self._counts = dict(counts)
        if counts.get("disputed") and self._entries[-1][3] != "disputed":
            self._add("page-disputes", "disputed", "disputes_open")
            for label in self._entries[-1][:2]:
                label.show()  # now, not with the next event: it is measured
            self.retranslate()
        self._say()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        for drawn, said, symbol, tint, name in self._entries:
            drawn.setPixmap(icon(symbol, tint).pixmap(16))
            for label in (drawn, said):
                label.setToolTip(say(name))
        self._say()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the names out where they have no room."""
        super().resizeEvent(event)
        self._say()

    def _say(self) -> None:
        for shorter in (False, True):
            for _, said, _, tint, name in self._entries:
                counted = f"{self._counts.get(tint, 0):,}"
                said.setText(counted if shorter else f"{say(name)} {counted}")
            if self._layout.sizeHint().width() <= self.width():
                return
