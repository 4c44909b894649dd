"""How far reviewers agree: a table by indicator, pair or district, and beside it what they differ on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableView,
    QVBoxLayout,
)

from db.store import Store
from desktop import workflow
from desktop.agreement import estimate_words
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import language, say, say_error
from desktop.ui import memory
from desktop.ui.agreement.degree_model import Column, DegreeModel, Line
from desktop.ui.agreement.differing_model import Column as Differs
from desktop.ui.agreement.differing_model import DifferingModel
from desktop.ui.choices import choose, in_words, offer
from desktop.ui.desk.header import action_button
from desktop.ui.jobs import asking
from desktop.ui.latest import Latest
from desktop.ui.page import Page
from desktop.ui.reports.shapes import column, shape_rows, splitter
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.workflow import Agreements

PARTS = {
    "unclear": "agreement_by_unclear",
    "indicators": "agreement_by_indicator",
    "pairs": "agreement_by_pair",
    "districts": "agreement_by_district",
}
WIDTHS = {Column.REPORTS: 8, Column.SLOTS: 9, Column.SHARE: 17, Column.KAPPA: 17, Column.ALPHA: 17}
DIFFERS = {Differs.REPORT: 17, Differs.INDICATOR: 20, Differs.SAID: 30}


class AgreementPage(Page):
    """`place_wanted` (report, start, end) asks for a place at the desk, `report_wanted` for a report; `said` tells."""

    place_wanted = Signal(int, int, int)
    report_wanted = Signal(int)

    def __init__(self, session: Session) -> None:
        super().__init__(session, "agreement")
        self.found: Agreements | None = None
        self.measuring = Latest(session.store, self)
        self.part = QComboBox()
        self.degrees, self.differing = DegreeModel(self), DifferingModel(session, self)
        self.table, self.examples = QTableView(), QTableView()
        self._whole, self._meaning, self._empty = QLabel(), QLabel(), QLabel()
        self._lay_out()
        self.part.currentIndexChanged.connect(self._show)
        self.table.selectionModel().currentRowChanged.connect(self._choose)
        self.examples.doubleClicked.connect(lambda: self.open_differing())
        self.measuring.came.connect(self._take)
        self.measuring.ended.connect(self._end)
        session.touched.connect(self.outdate)
        session.reports_changed.connect(self.outdate)
        self.retranslate()

    def _lay_out(self) -> None:
        self.part.setObjectName("agreement_part")
        self._whole.setObjectName("agreement_whole")
        self._bar = QFrame()
        self._bar.setProperty("part", "bar")
        self._line = QHBoxLayout(self._bar)
        self._line.setContentsMargins(10, 5, 10, 5)
        self._line.setSpacing(12)
        self._line.addWidget(self.part)
        self._line.addWidget(self._whole, 1)
        for table, model, name, widths in (
            (self.table, self.degrees, "agreement_degrees", WIDTHS),
            (self.examples, self.differing, "agreement_differing", DIFFERS),
        ):
            table.setModel(model)
            table.setObjectName(name)
            shape_rows(table, widths)
        heads = self.table.horizontalHeader()
        heads.setSectionResizeMode(Column.OF, QHeaderView.ResizeMode.Stretch)
        heads.setSectionsClickable(True)
        heads.setSortIndicatorShown(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        heads.sortIndicatorChanged.connect(self.degrees.sort)
        self.examples.horizontalHeader().setStretchLastSection(True)
        for label in (self._meaning, self._empty):
            label.setWordWrap(True)
            label.setProperty("part", "muted")
        self._meaning.setMargin(8)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setMargin(40)
        below = column(self._meaning, self.examples, stretch=self.examples)
        self.down = splitter(Qt.Orientation.Vertical, [self.table, below], [420, 300])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar)
        for widget in (self.down, self._empty):
            whole.addWidget(widget, 1)

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for what can be done with the tables into the bar."""
        for action in actions:
            self._line.addWidget(action_button(action, text=True))

    def _read_again(self) -> None:
        """Measure anew where something was decided since."""

        def ask(store: Store, progress: Progress) -> Iterator[Any]:
            yield workflow.agreements(store, progress)

        self.measuring.ask(ask)
        self._tell()

    def _take(self, found: Agreements) -> None:
        first = self.found is None
        self.found = found
        if first and not found.unclear:
            choose(self.part, "indicators")
        self._show()

    def _end(self, error: UserError | None) -> None:
        self._tell_error(error)
        self._tell()

    def _show(self) -> None:
        """Show the part that is chosen, at the row where one was."""
        at = self.table.currentIndex().row()
        self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.degrees.show(self._lines())
        if self.degrees.rows:
            self.table.setCurrentIndex(self.degrees.index(min(max(at, 0), len(self.degrees.rows) - 1), Column.OF))
        self._choose()
        self._tell()

    def _lines(self) -> list[Line]:
        found, part = self.found, self.part.currentData()
        if found is None:
            return []
        if part == "pairs":
            return [Line(pair, say("list_separator").join(pair), one) for pair, one in found.pairs.items()]
        if part == "districts":
            unknown = say("unknown_district")
            return [Line(place, found.names[place] or unknown, one) for place, one in found.districts.items()]
        indicators = found.unclear if part == "unclear" else tuple(found.indicators)
        return [Line(i, self._session.indicator_name(i), found.indicators[i]) for i in indicators]

    def _choose(self) -> None:
        """Show what reviewers differ on in the row that is chosen."""
        line, part = self.degrees.at(self.table.currentIndex()), self.part.currentData()
        if self.found is None or line is None:
            self.differing.show([])
            self._meaning.setText("")
            return
        key = line.key
        if part == "pairs":
            chosen = [one for one in self.found.differing if self._parts(one, key)]
        elif part == "districts":
            chosen = [one for one in self.found.differing if (one.report.adcode or one.report.district or "") == key]
        else:
            chosen = [one for one in self.found.differing if one.indicator == key]
        self.differing.show(chosen)
        known = self._session.catalogue.get(key) if isinstance(key, str) else None
        told = [say("agreement_differ_n", n=len(chosen))] + ([known.meaning(language())] if known is not None else [])
        self._meaning.setText("  ".join(told))

    def _parts(self, one: workflow.Differing, pair: tuple[str, str]) -> bool:
        """Return whether it is these two who differ on a slot."""
        indicator = self._session.catalogue[one.indicator]
        said = {workflow.category(indicator, coded) for coded in one.said if coded.reviewer in pair}
        return len(said) == 2

    def _tell(self) -> None:
        found, whole = self.found, "" if self.found is None else self._summed_up(self.found)
        self._whole.setText(say("agreement_measuring") if self.measuring.busy else whole)
        nothing = found is None or not found.whole.slots
        self.down.setVisible(not nothing)
        self._empty.setVisible(nothing)
        self._empty.setText("" if found is None else say("agreement_none"))

    @staticmethod
    def _summed_up(found: Agreements) -> str:
        one = found.whole
        if not one.slots:
            return ""
        words = {name: estimate_words(getattr(one, name)) for name in ("share", "kappa", "alpha")}
        return say("agreement_summed_up", n=one.slots, reports=one.reports, **words)

    def focus(self) -> None:
        """Put the focus where the work is."""
        self.table.setFocus()

    def open_differing(self) -> None:
        """Ask for the chosen slot at the desk; from the table of figures, go to what reviewers differ on first."""
        if self.table.hasFocus():
            self.examples.setFocus()
            self.examples.setCurrentIndex(self.differing.index(0, 0))
            return
        one = self.differing.at(self.examples.currentIndex())
        if one is not None:
            span = next((coded.span for coded in one.said if coded.span is not None), None)
            if span is None:
                self.report_wanted.emit(one.report.id)
            else:
                self.place_wanted.emit(one.report.id, *span)

    def export(self) -> None:
        """Ask for a file and write all tables to it."""
        if self.found is None or not self.found.whole.slots:
            self.said.emit(say("agreement_none"), True)
            return
        suggested = str(self._session.store.path.parent / f"{say('agreement_file_name')}.xlsx")
        name, _ = QFileDialog.getSaveFileName(
            self, say("act_export_agreement"), suggested, "XLSX (*.xlsx);;CSV (*.csv)"
        )
        if name:
            self.export_to(Path(name))

    def export_to(self, to: Path) -> None:
        """Write all tables to a file, off the window's thread; the ending says in which form."""
        found = self.found
        assert found is not None

        def write(store: Store, _progress: Progress) -> Iterator[Any]:
            yield workflow.export_agreement(store, found, to)

        job = asking(self._session.store.path, write)
        job.produced.connect(lambda files: self.said.emit(say("saved_to", path=str(files[0])), False))
        job.ended.connect(lambda error: self.said.emit(say_error(error), True) if error is not None else None)
        job.start()

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        offer(self.part, in_words(PARTS))
        self.part.setAccessibleName(say("agreement_part"))
        self.table.setAccessibleName(say("act_page_agreement"))
        self.examples.setAccessibleName(say("agreement_differing"))
        self._show()

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {"agreement_down": self.down, "agreement_differing": self.examples.horizontalHeader()}
