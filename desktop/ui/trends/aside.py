"""What a chart is made of, chosen from two lists: districts, and indicators by theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListView, QVBoxLayout, QWidget

from db.overview import District
from desktop import charts
from desktop.indicators import Catalogue, Indicator
from desktop.text import language, say
from desktop.ui.choices import in_words, offer
from desktop.ui.desk.matching import matching
from desktop.ui.indicators.form import THEMES
from desktop.ui.trends.choice_model import Choice, ChoiceModel

MOST = 12  # panels that can still be read
FIRST = 4  # indicators shown when a district is first looked at


class Aside(QWidget):
    """The current district is shown, and those ticked beside it; `district_chosen` and `changed` follow the choices.

    `refused` brings the sentence that says why something cannot be ticked.
    """

    district_chosen = Signal()
    changed = Signal()
    refused = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._known: list[Indicator] = []
        self._catalogue: Catalogue | None = None
        self.districts = ChoiceModel(self._tick_district, self)
        self.indicators = ChoiceModel(self._tick_indicator, self)
        self.district_list, self.indicator_list = QListView(), QListView()
        self.district_filter, self.indicator_filter, self.theme = QLineEdit(), QLineEdit(), QComboBox()
        self._captions = QLabel(), QLabel()
        self._filling = False
        self._lay_out()
        self.district_filter.textChanged.connect(lambda typed: self._filter_districts(typed.strip()))
        self.indicator_filter.textChanged.connect(lambda _: self._filter_indicators())
        self.district_list.selectionModel().currentChanged.connect(self._choose)
        self.theme.activated.connect(lambda _: self._choose_theme())

    def _lay_out(self) -> None:
        self.theme.setObjectName("theme")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 6, 8)
        layout.setSpacing(4)
        for caption, line, view, model, name in (
            (self._captions[0], self.district_filter, self.district_list, self.districts, "districts"),
            (self._captions[1], self.indicator_filter, self.indicator_list, self.indicators, "indicators"),
        ):
            caption.setProperty("part", "heading")
            caption.setWordWrap(True)
            line.setClearButtonEnabled(True)
            view.setModel(model)
            view.setObjectName(name)
            view.setUniformItemSizes(True)
            view.setTextElideMode(Qt.TextElideMode.ElideRight)
            layout.addWidget(caption)
            if view is self.indicator_list:
                layout.addWidget(self.theme)
            layout.addWidget(line)
            layout.addWidget(view)
        layout.setStretchFactor(self.indicator_list, 2)
        layout.setStretchFactor(self.district_list, 1)

    def district(self) -> str | None:
        """Return the key of the current district."""
        index = self.district_list.currentIndex()
        return self.districts.shown[index.row()].key if index.isValid() else None

    def chosen_districts(self) -> tuple[str, ...]:
        """Return the current district and those ticked beside it, in the order of the list."""
        current = self.district()
        ticked = (choice.key for choice in self.districts.shown if choice.key in self.districts.ticked)
        return () if current is None else tuple(dict.fromkeys((current, *ticked)))

    def offer_districts(self, found: Iterable[District]) -> None:
        """Offer districts; those ticked before that are among them stay so, the current one has to be chosen again."""
        choices = [Choice(d.key, f"{d.name}  {d.adcode or ''}".strip(), d.place) for d in found]
        keys = {choice.key for choice in choices}
        self._filling = True
        self.districts.show(choices, self.districts.ticked & keys)
        self._filling = False

    def set_chosen(self, districts: Sequence[str]) -> None:
        """Make the first of some districts the current one and tick the others, without a word to anybody."""
        self._filling = True
        self.district_filter.clear()
        self.districts.ticked = frozenset(districts[1:]) & {choice.key for choice in self.districts.shown}
        row = self.districts.row_of(districts[0]) if districts else None
        if row is not None:
            self.district_list.setCurrentIndex(self.districts.index(row))
        self.district_list.viewport().update()
        self._filling = False

    def choose(self, district: str) -> None:
        """Make a district that is listed the current one."""
        row = self.districts.row_of(district)
        if row is not None and self.district() != district:
            self.district_list.setCurrentIndex(self.districts.index(row))
        else:
            self.district_chosen.emit()

    def offer_indicators(self, years: Counter[str], catalogue: Catalogue, ticked: frozenset[str] | None = None) -> None:
        """Offer the indicators that a district has values of, those of most years first; what is ticked stays."""
        place = {indicator: n for n, indicator in enumerate(catalogue)}
        order = sorted(years, key=lambda indicator: (-years[indicator], place[indicator]))
        self._known, self._catalogue = [catalogue[i] for i in order], catalogue
        choices = [
            Choice(i.id, i.name(language()), f"{say('n_years', n=years[i.id])} · {i.meaning(language())}")
            for i in self._known
        ]
        kept = (self.indicators.ticked if ticked is None else ticked) & set(order)
        self.indicators.show(choices, frozenset(kept or order[:FIRST]))
        self._offer_themes()

    def _offer_themes(self) -> None:
        present = {indicator.theme for indicator in self._known}
        offer(self.theme, in_words({None: "theme_choose", **{one: THEMES[one] for one in THEMES if one in present}}))
        self._filter_indicators()

    def _choose_theme(self) -> None:
        """Tick the indicators of a theme, those of most years where it has more than can be read."""
        theme = self.theme.currentData()
        if theme is not None:
            self.indicators.ticked = frozenset([i.id for i in self._known if i.theme == theme][:MOST])
            self._filter_indicators()
            self.changed.emit()
        else:
            self._filter_indicators()

    def _filter_districts(self, typed: str) -> None:
        chosen = self.district()
        self._filling = True
        self.districts.filter(lambda choice: typed in choice.words or typed in choice.more or choice.key == chosen)
        row = None if chosen is None else self.districts.row_of(chosen)
        if row is not None:
            self.district_list.setCurrentIndex(self.districts.index(row))
        self._filling = False

    def _filter_indicators(self) -> None:
        typed, theme = self.indicator_filter.text(), self.theme.currentData()
        found = {i.id for i in self._known if theme in (None, i.theme)}
        if typed.strip() and self._catalogue is not None:
            found &= {indicator.id for indicator in matching(typed, self._catalogue)}
        self.indicators.filter(lambda choice: choice.key in found)

    def _choose(self) -> None:
        if not self._filling and self.district_list.currentIndex().isValid():
            self.district_chosen.emit()

    def _tick_district(self, district: str, wanted: bool) -> bool:
        ticked = self.districts.ticked
        if wanted and len({*self.chosen_districts(), district}) > charts.MOST_DISTRICTS:
            self.refused.emit(say("trends_too_many_districts", most=charts.MOST_DISTRICTS))
            return False
        self.districts.ticked = ticked | {district} if wanted else ticked - {district}
        self.changed.emit()
        return True

    def _tick_indicator(self, indicator: str, wanted: bool) -> bool:
        ticked = self.indicators.ticked
        if wanted and len(ticked) >= MOST:
            self.refused.emit(say("trends_too_many", most=MOST))
            return False
        self.indicators.ticked = ticked | {indicator} if wanted else ticked - {indicator}
        self.changed.emit()
        return True

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._captions[0].setText(say("trends_district", most=charts.MOST_DISTRICTS))
        self._captions[1].setText(say("trends_indicators", most=MOST))
        self.theme.setAccessibleName(say("theme_choose"))
        self._offer_themes()
        for line, view, name in (
            (self.district_filter, self.district_list, "filter_districts"),
            (self.indicator_filter, self.indicator_list, "filter_indicators"),
        ):
            line.setPlaceholderText(say(name))
            line.setAccessibleName(say(name))
            view.setAccessibleName(say(name))
