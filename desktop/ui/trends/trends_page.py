"""Trends: one district's indicators over the years."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from db import queries
from desktop import charts, workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.desk.header import action_button
from desktop.ui.desk.matching import matching
from desktop.ui.jobs import Job
from desktop.ui.session import Session
from desktop.ui.trends.canvas import ChartCanvas
from desktop.ui.trends.choice_model import Choice, ChoiceModel

PICTURES = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"
MOST = 9  # panels that can still be read
FIRST = 4  # indicators shown when a district is first looked at


class TrendsPage(QWidget):
    """`point_wanted` (report id, indicator) asks for the sentence behind a point; `said` tells what came of an act."""

    point_wanted = Signal(int, str)
    said = Signal(str, bool)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("trends")
        self._session = session
        self._stale = True
        self._job: Job | None = None
        self.districts = ChoiceModel(parent=self)
        self.indicators = ChoiceModel(self._tick, self)
        self.district_list, self.indicator_list = QListView(), QListView()
        self.district_filter, self.indicator_filter = QLineEdit(), QLineEdit()
        self._district_caption, self._indicator_caption = QLabel(), QLabel()
        self.canvas = ChartCanvas()
        self._lay_out()
        self.district_filter.textChanged.connect(lambda typed: self._filter_districts(typed.strip()))
        self.indicator_filter.textChanged.connect(self._filter_indicators)
        self.district_list.selectionModel().currentChanged.connect(self._choose_district)
        self.canvas.point_clicked.connect(lambda point: self.point_wanted.emit(point.report_id, point.indicator))
        self.retranslate()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(10, 8, 6, 8)
        left.setSpacing(4)
        for caption, line, view, model, name in (
            (self._district_caption, self.district_filter, self.district_list, self.districts, "districts"),
            (self._indicator_caption, self.indicator_filter, self.indicator_list, self.indicators, "indicators"),
        ):
            caption.setProperty("part", "heading")
            line.setClearButtonEnabled(True)
            view.setModel(model)
            view.setObjectName(name)
            view.setUniformItemSizes(True)
            view.setTextElideMode(Qt.TextElideMode.ElideRight)
            for widget in (caption, line, view):
                left.addWidget(widget)
        left.setStretchFactor(self.indicator_list, 2)
        left.setStretchFactor(self.district_list, 1)
        aside = QWidget()
        aside.setLayout(left)
        self._buttons = QFrame()
        self._buttons.setProperty("part", "bar")
        row = QHBoxLayout(self._buttons)
        row.setContentsMargins(6, 2, 6, 2)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._buttons)
        column.addWidget(self.canvas, 1)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(aside)
        self.across.addWidget(right)
        self.across.setSizes([320, 1080])
        self.across.setStretchFactor(1, 1)
        self.across.setHandleWidth(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for actions above the chart."""
        layout = self._buttons.layout()
        assert isinstance(layout, QHBoxLayout)
        for action in actions:
            layout.addWidget(action_button(action, text=True))
        layout.addStretch(1)

    def outdate(self) -> None:
        """Read the store again when the page is next seen, or now if it is."""
        self._stale = True
        if self.isVisible():
            self.refresh()

    def showEvent(self, _event: object) -> None:
        """Show what the store holds now."""
        if self._stale:
            self.refresh()

    def refresh(self) -> None:
        """Read districts and series again; what is chosen stays chosen."""
        self._stale = False
        chosen = self._district()
        seen: dict[str, Choice] = {}
        for report in queries.reports(self._session.store):
            key = report.adcode or report.district
            if key is not None and report.year is not None and key not in seen:
                place = "".join(dict.fromkeys(part for part in (report.province, report.city) if part))
                words = f"{report.district or key}  {report.adcode or ''}".strip()
                seen[key] = Choice(key, words, place)
        self.districts.show(list(seen.values()))
        self.choose(chosen if chosen in seen else next(iter(seen), None))

    def choose(self, district: str | None) -> None:
        """Show a district (its code, or its name) with the indicators that have the longest series."""
        row = self.districts.row_of(district) if district is not None else None
        if row is None:
            self.indicators.show([])
            self.canvas.show_series(None)
            return
        index = self.districts.index(row)
        if index != self.district_list.currentIndex():
            self.district_list.setCurrentIndex(index)
        else:
            self._choose_district(index)

    def offer(self, district: str | None) -> None:
        """Show a district if it is among those shown, which one is shown stays otherwise."""
        if district is not None and self.districts.row_of(district) is not None:
            self.choose(district)

    def save(self) -> None:
        """Save the chart as PNG, SVG or PDF, its data beside it, off the window's thread."""
        series = self._series()
        if series is None or not series.points:
            self.said.emit(say("trends_nothing_to_save"), True)
            return
        suggested = str(self._session.store.path.parent / f"{series.district}.png")
        name, _ = QFileDialog.getSaveFileName(self, say("act_save_chart"), suggested, PICTURES)
        if name:
            self.save_to(Path(name))

    def save_to(self, to: Path) -> None:
        """Save the chart into a file; the ending says in which form."""
        series = self._series()
        if series is None:
            return

        def write(_progress: Progress) -> Iterator[Any]:
            yield charts.save(series, to)

        self._job = Job(write)
        self._job.produced.connect(lambda files: self.said.emit(say("saved_to", path=str(files[0])), False))
        self._job.ended.connect(self._saved)
        self._job.start()

    def _saved(self, error: UserError | None) -> None:
        if error is not None:
            self.said.emit(say_error(error), True)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self._district_caption.setText(say("trends_district"))
        self._indicator_caption.setText(say("trends_indicators", most=MOST))
        for line, view, name in (
            (self.district_filter, self.district_list, "filter_districts"),
            (self.indicator_filter, self.indicator_list, "filter_indicators"),
        ):
            line.setPlaceholderText(say(name))
            line.setAccessibleName(say(name))
            view.setAccessibleName(say(name))
        self.outdate()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"trends_across": self.across}

    def _district(self) -> str | None:
        index = self.district_list.currentIndex()
        return self.districts.shown[index.row()].key if index.isValid() else None

    def _series(self) -> charts.SeriesData | None:
        district, ticked = self._district(), self.indicators.ticked
        if district is None or not ticked:
            return None
        wanted = [indicator for indicator in self._session.catalogue if indicator in ticked]
        return workflow.series(self._session.store, district, wanted)

    def _choose_district(self, index: QModelIndex, _before: QModelIndex | None = None) -> None:
        if not index.isValid():
            return
        catalogue = self._session.catalogue
        cells = queries.series(self._session.store, catalogue, self.districts.shown[index.row()].key, list(catalogue))
        years = Counter(cell.indicator for cell in cells if cell.value is not None)
        order = sorted(years, key=lambda indicator: (-years[indicator], list(catalogue).index(indicator)))
        choices = [
            Choice(i, self._session.indicator_name(i), f"{say('n_years', n=years[i])} · {catalogue[i].definition}")
            for i in order
        ]
        kept = self.indicators.ticked & set(order)
        self.indicators.show(choices, frozenset(kept or order[:FIRST]))
        self.canvas.show_series(self._series())

    def _tick(self, indicator: str, wanted: bool) -> bool:
        ticked = self.indicators.ticked
        if wanted and len(ticked) >= MOST:
            self.said.emit(say("trends_too_many", most=MOST), True)
            return False
        self.indicators.ticked = ticked | {indicator} if wanted else ticked - {indicator}
        self.canvas.show_series(self._series())
        return True

    def _filter_districts(self, typed: str) -> None:
        chosen = self._district()
        self.districts.filter(lambda choice: typed in choice.words or typed in choice.more)
        self.choose(chosen)

    def _filter_indicators(self, typed: str) -> None:
        found = {indicator.id for indicator in matching(typed, self._session.catalogue)}
        self.indicators.filter(lambda choice: choice.key in found)
