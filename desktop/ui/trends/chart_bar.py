"""The choices above a chart: against whom, from which year to which, and the charts that were kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from desktop import workflow
from desktop.text import say
from desktop.ui.choices import choose, in_words, offer, years_behind
from desktop.ui.desk.header import action_button

AGAINST: Mapping[workflow.Against, str] = {
    "": "against_nobody",
    "city": "against_city",
    "province": "against_province",
    "all": "against_all",
}


class ChartBar(QFrame):
    """`changed` follows each choice, `kept_chosen` (name) the choice of a kept chart."""

    changed = Signal()
    kept_chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        self.against, self.first, self.last, self.kept = QComboBox(), QComboBox(), QComboBox(), QComboBox()
        self._to = QLabel()
        self._years: Sequence[int] = ()
        self._names: Sequence[str] = ()
        for box, name in (
            (self.against, "chart_against"), (self.first, "chart_first"), (self.last, "chart_last"),
            (self.kept, "chart_kept"),
        ):  # fmt: skip
            box.setObjectName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.kept.setMinimumContentsLength(10)
        choices, self._buttons = QHBoxLayout(), QHBoxLayout()
        choices.setSpacing(6)
        for widget in (self.against, self.first, self._to, self.last):
            choices.addWidget(widget)
        choices.addStretch(1)
        choices.addWidget(self.kept)
        both = QVBoxLayout(self)
        both.setContentsMargins(6, 3, 8, 4)
        both.setSpacing(3)
        both.addLayout(self._buttons)
        both.addLayout(choices)
        self.against.activated.connect(lambda _: self.changed.emit())
        self.first.activated.connect(lambda _: self._in_order(self.first))
        self.last.activated.connect(lambda _: self._in_order(self.last))
        self.kept.activated.connect(lambda _: self._choose_kept())

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for actions above the choices."""
        for action in actions:
            self._buttons.addWidget(action_button(action, text=True))
        self._buttons.addStretch(1)

    def offer(self, years: Sequence[int], kept: Sequence[str]) -> None:
        """Offer the years and kept charts of the store; what is chosen stays."""
        self._years, self._names = years, kept
        for box, words in ((self.first, "chart_from_first"), (self.last, "chart_to_last")):
            offer(box, years_behind(say(words), years))
        offer(self.kept, {None: say("kept_charts"), **{name: name for name in kept}})
        self.kept.setEnabled(bool(kept))

    def show_years(self, first: int | None, last: int | None) -> None:
        """Show a reach of years as chosen."""
        choose(self.first, first)
        choose(self.last, last)

    def show_kept(self, name: str | None) -> None:
        """Show a kept chart as the one that is looked at, None for none."""
        choose(self.kept, name)

    def show_against(self, against: workflow.Against) -> None:
        """Show against whom a chart is held."""
        choose(self.against, against)

    def _in_order(self, moved: QComboBox) -> None:
        """Let the other end follow where the first year would come after the last."""
        first, last = self.first.currentData(), self.last.currentData()
        if first is not None and last is not None and first > last:
            other = self.last if moved is self.first else self.first
            other.setCurrentIndex(moved.currentIndex())
        self.changed.emit()

    def _choose_kept(self) -> None:
        if self.kept.currentData() is not None:
            self.kept_chosen.emit(self.kept.currentData())

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        offer(self.against, in_words(AGAINST))
        self._to.setText("—")
        self.offer(self._years, self._names)
        for box, name in (
            (self.against, "tip_against"), (self.first, "tip_first_year"), (self.last, "tip_last_year"),
            (self.kept, "tip_kept_charts"),
        ):  # fmt: skip
            box.setAccessibleName(say(name))
            box.setToolTip(say(name))
