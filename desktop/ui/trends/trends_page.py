"""Trends: indicators of districts over the years, before their peers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QInputDialog, QSplitter, QVBoxLayout, QWidget

from db import overview, queries
from db.store import Store
from desktop import charts, workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui import memory
from desktop.ui.jobs import Job
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.session import Session
from desktop.ui.trends.aside import Aside
from desktop.ui.trends.canvas import ChartCanvas
from desktop.ui.trends.chart_bar import ChartBar
from desktop.ui.trends.lines_bar import LinesBar
from desktop.ui.trends.telling import point_words

PICTURES = "PNG (*.png);;SVG (*.svg);;PDF (*.pdf)"


class TrendsPage(Page):
    """`point_wanted` (report id, indicator) asks for the sentence behind a point; `said` tells what came of an act."""

    point_wanted = Signal(int, str)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "trends")
        self._job: Job | None = None
        self._series: charts.SeriesData | None = None
        self._recalled: workflow.Wanted | None = None
        self.peers = Latest(session.store, self)
        self.aside, self.bar, self.lines = Aside(), ChartBar(), LinesBar()
        self.canvas = ChartCanvas(self._tell)
        self._behind = lru_cache(maxsize=256)(self._read_behind)
        self._lay_out()
        self.aside.district_chosen.connect(self._choose_district)
        self.aside.changed.connect(self._changed)
        self.aside.refused.connect(lambda sentence: self.said.emit(sentence, True))
        self.bar.changed.connect(self._changed)
        self.bar.kept_chosen.connect(lambda name: self.show_chart(workflow.kept_charts(session.store)[name]))
        self.lines.changed.connect(self._draw)
        self.canvas.point_clicked.connect(lambda point: self.point_wanted.emit(point.report_id, point.indicator))
        self.peers.came.connect(self._take)
        self.peers.ended.connect(self._tell_error)
        self.retranslate()

    def _lay_out(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for widget in (self.bar, self.canvas, self.lines):
            column.addWidget(widget, 1 if widget is self.canvas else 0)
        self.across = QSplitter(Qt.Orientation.Horizontal)
        self.across.addWidget(self.aside)
        self.across.addWidget(right)
        self.across.setSizes([320, 1080])
        self.across.setStretchFactor(1, 1)
        self.across.setHandleWidth(5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.across)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for actions above the chart."""
        self.bar.take_actions(actions)

    def showEvent(self, _event: object) -> None:
        """Show what the store holds now."""
        self.catch_up()

    def _read_again(self) -> None:
        """Read districts and series again; what is chosen stays chosen."""
        self._behind.cache_clear()
        store, wanted = self._session.store, self._recalled or self.wanted()
        self._recalled = None
        found = overview.districts(store)
        self.bar.offer(overview.places(store)[1], list(workflow.kept_charts(store)))
        self.aside.offer_districts(found)
        keys = {district.key for district in found}
        if wanted.districts and wanted.districts[0] in keys:
            self._show(wanted)
        elif found:
            self.aside.choose(found[0].key)
        else:
            self._show(workflow.Wanted((), ()))

    def wanted(self) -> workflow.Wanted:
        """Return what is chosen."""
        ticked = self.aside.indicators.ticked
        return workflow.Wanted(
            self.aside.chosen_districts(),
            tuple(indicator for indicator in self._session.catalogue if indicator in ticked),
            self.bar.against.currentData() or "",
            self.bar.first.currentData(),
            self.bar.last.currentData(),
        )

    def show_chart(self, wanted: workflow.Wanted) -> None:
        """Choose all that a chart shows, as far as the store has it."""
        keys = {choice.key for choice in self.aside.districts.shown} if not self._stale else set()
        if self._stale:
            self._recalled = wanted
            self.outdate()
        elif not set(wanted.districts[:1]) <= keys:
            self.said.emit(say("trends_district_gone", district=say("chart_and").join(wanted.districts[:1])), True)
        else:
            self._show(wanted)

    def _show(self, wanted: workflow.Wanted) -> None:
        self.bar.show_against(wanted.against)
        self.bar.show_years(wanted.first, wanted.last)
        self.aside.set_chosen(wanted.districts)
        self._offer_indicators(frozenset(wanted.indicators))
        self._read()

    def choose(self, district: str | None) -> None:
        """Show a district (its code, or its name), with the indicators ticked, or those of the longest series."""
        if district is not None:
            self.aside.choose(district)

    def offer(self, district: str | None) -> None:
        """Show a district if it is among those shown, which one is shown stays otherwise."""
        if district is not None and self.aside.districts.row_of(district) is not None:
            self.choose(district)

    def _choose_district(self) -> None:
        self._offer_indicators(None)
        self._changed()

    def _offer_indicators(self, ticked: frozenset[str] | None) -> None:
        district, catalogue = self.aside.district(), self._session.catalogue
        cells = [] if district is None else queries.series(self._session.store, catalogue, district, list(catalogue))
        years = Counter(cell.indicator for cell in cells if cell.value is not None)
        self.aside.offer_indicators(years, catalogue, ticked)

    def _changed(self) -> None:
        """Show what is chosen now, which is no kept chart any more."""
        self.bar.show_kept(None)
        self._read()

    def _read(self) -> None:
        """Read what is chosen: at once where it is few lines, in the background where thousands of peers are asked."""
        wanted = self.wanted()
        if not wanted.against or not wanted.districts:
            self.peers.drop()
            self._take(workflow.series(self._session.store, wanted) if wanted.districts else None)
            return

        def ask(store: Store, _progress: Progress) -> Iterator[Any]:
            yield workflow.series(store, wanted)

        self.peers.ask(ask)

    def _take(self, series: charts.SeriesData | None) -> None:
        self._series = series if series is not None and series.panels else None
        self.lines.offer(self._series)
        self._draw()

    def _draw(self) -> None:
        self.canvas.show_series(self._shown())

    def _shown(self) -> charts.SeriesData | None:
        return None if self._series is None else self._series.without(self.lines.hidden)

    def _tell(self, line: charts.Line, point: charts.Point) -> str:
        return point_words(line, point, self._behind(point), self._spread(line, point))

    def _read_behind(self, point: charts.Point) -> workflow.Behind:
        return workflow.behind(self._session.store, point)

    def _spread(self, line: charts.Line, point: charts.Point) -> charts.Spread | None:
        panels = () if self._series is None else self._series.panels
        spreads = next((panel.spreads for panel in panels if panel.indicator.id == line.indicator.id), ())
        return next((spread for spread in spreads if spread.year == point.year), None)

    def open_point(self) -> None:
        """Ask for the sentence behind the point that is meant."""
        if self.canvas.current is None:
            self.said.emit(say("trends_no_point"), True)
            self.canvas.setFocus()
            self.canvas.begin()
        else:
            self.canvas.point_clicked.emit(self.canvas.current)

    def zoom_in(self) -> None:
        """Show less of the chart, larger."""
        self.canvas.zoom(1)

    def zoom_out(self) -> None:
        """Show more of the chart."""
        self.canvas.zoom(-1)

    def zoom_whole(self) -> None:
        """Show the whole chart again."""
        self.canvas.draw()

    def keep(self) -> None:
        """Keep the chart under a name that is asked for."""
        series = self._something_shown()
        if series is None:
            return
        proposed = (
            self.bar.kept.currentData() or f"{charts.districts_named(series)} {series.panels[0].indicator.name_zh}"
        )
        name, agreed = QInputDialog.getText(self, say("act_keep_chart"), say("chart_name"), text=proposed)
        if agreed:
            self.keep_as(name)

    def keep_as(self, name: str) -> None:
        """Keep the chart under a name; one of that name makes way."""
        if self._decide(workflow.keep_chart, name, self.wanted()):
            name = " ".join(name.split())
            self.bar.show_kept(name)
            self.said.emit(say("chart_kept", name=name), False)

    def rename_kept(self) -> None:
        """Give the kept chart that is looked at another name."""
        name = self._kept()
        if name is None:
            return
        new_name, agreed = QInputDialog.getText(self, say("act_rename_chart"), say("chart_name"), text=name)
        if agreed and self._decide(workflow.rename_chart, name, new_name):
            self.bar.show_kept(" ".join(new_name.split()))

    def forget_kept(self) -> None:
        """Let the kept chart that is looked at go."""
        name = self._kept()
        if name is not None and self._decide(workflow.forget_chart, name):
            self.said.emit(say("chart_forgotten", name=name), False)

    def _kept(self) -> str | None:
        name: str | None = self.bar.kept.currentData()
        if name is None:
            self.said.emit(say("chart_none_kept"), True)
        return name

    def _decide(self, verb: Any, *arguments: object) -> bool:
        try:
            self._session.decide(verb, *arguments)
        except UserError as error:
            self.said.emit(say_error(error), True)
            return False
        return True

    def _something_shown(self) -> charts.SeriesData | None:
        series = self._shown()
        if series is None or not series.points:
            self.said.emit(say("trends_nothing_to_save"), True)
            return None
        return series

    def save(self) -> None:
        """Save the chart as PNG, SVG or PDF, its data beside it, off the window's thread."""
        series = self._something_shown()
        if series is None:
            return
        suggested = str(self._session.store.path.parent / f"{charts.districts_named(series)}.png")
        name, _ = QFileDialog.getSaveFileName(self, say("act_save_chart"), suggested, PICTURES)
        if name:
            self.save_to(Path(name))

    def save_to(self, to: Path) -> None:
        """Save the chart into a file; the ending says in which form."""
        series = self._something_shown()
        if series is None:
            return

        def write(_progress: Progress) -> Iterator[Any]:
            yield charts.save(series, to)

        self._start(Job(write), lambda files: self.said.emit(say("saved_to", path=str(files[0])), False))

    def print_chart(self) -> None:
        """Ask for a printer, and print the chart on it."""
        if self._something_shown() is None:
            return
        from PySide6.QtPrintSupport import QPrintDialog

        from desktop.ui.trends import printing

        printer = printing.printer()
        if QPrintDialog(printer, self).exec():
            self.print_on(printer)

    def print_on(self, printer: Any) -> None:
        """Print the chart on a QPrinter."""
        from desktop.ui.trends import printing

        series = self._something_shown()
        if series is None:
            return

        def lay(picture: Any) -> None:
            done = printing.put_on_paper(picture, printer)
            self.said.emit(say("chart_printed" if done else "chart_not_printed"), not done)

        self._start(Job(printing.drawing(series, printer)), lay)

    def _start(self, job: Job, done: Any) -> None:
        self._job = job
        job.produced.connect(done)
        job.ended.connect(self._tell_error)
        job.start()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        self.aside.retranslate()
        self.bar.retranslate()
        self.lines.offer(None)
        self.outdate()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"trends_across": self.across}

    def note(self) -> None:
        """Keep what is chosen for the next start, for this store."""
        if self._recalled is None and not self._stale:
            memory.note(f"trends/{self._session.store.store_id}", asdict(self.wanted()))

    def recall(self) -> None:
        """Choose what was chosen at the last start."""
        self._recalled = workflow.Wanted.of(memory.noted(f"trends/{self._session.store.store_id}"))
