"""The pages of the window: reports at once, the others when they are first asked for, so that the window opens soon."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db import queries
from desktop.ui import memory
from desktop.ui.actions import Actions
from desktop.ui.reports.reports_page import ReportsPage
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.desk.decisions import Decisions
    from desktop.ui.desk.desk_page import DeskPage
    from desktop.ui.desk.undoing import Undoing
    from desktop.ui.help_page import HelpPage
    from desktop.ui.trends.trends_page import TrendsPage

WELCOME = ("import_files", "import_folder", "open_samples")
REPORTS = ("open_report", "choose", "withdraw")
AT_REPORTS = WELCOME + REPORTS
DECISIONS = (
    "accept", "reject", "edit_value", "edit_unit", "indicator", "not_reported", "new_figure", "query", "comment",
)  # fmt: skip


class Pages(QStackedWidget):
    """`said` (sentence, is it a refusal) passes on what the pages tell; `turned` names the page that is shown.

    `moved` comes with each page and each figure that is gone to.
    """

    said = Signal(str, bool)
    turned = Signal(str)
    moved = Signal()

    def __init__(self, session: Session, *, remembers: bool) -> None:
        super().__init__()
        self._session = session
        self._remembers = remembers
        self._acts: Actions | None = None
        self._before = "reports"
        self._trend_of: int | None = None
        self.reports = ReportsPage(session)
        self.reports.said.connect(self.said)
        self.reports.report_wanted.connect(self.open_report)
        self.places: dict[str, QWidget] = {"reports": self.reports}
        for name in ("desk", "trends", "help"):
            self.places[name] = QWidget()
            QVBoxLayout(self.places[name]).setContentsMargins(0, 0, 0, 0)
        for place in self.places.values():
            self.addWidget(place)
        session.touched.connect(self.outdate)
        session.reports_changed.connect(self.outdate)

    def take_actions(self, acts: Actions) -> None:
        """Give the pages their buttons, those to come as well."""
        self._acts = acts
        self.reports.welcome.take_actions(acts.some(*WELCOME))
        self.reports.take_actions(acts.some(*REPORTS))
        self._recall(self.reports.parts())

    @cached_property
    def desk(self) -> DeskPage:
        """Return the desk."""
        from desktop.ui.desk.desk_page import DeskPage

        page = DeskPage(self._session)
        if self._acts is not None:
            self._acts.draw()
            some = self._acts.some
            page.take_actions(some("previous", "next"), some("sign_off"), some(*DECISIONS))
        self._session.touched.connect(page.follow)
        page.table.figure_chosen.connect(lambda _: self.moved.emit())
        self._put("desk", page)
        self._recall(page.parts())
        return page

    @cached_property
    def decisions(self) -> Decisions:
        """Return what can be decided at the desk."""
        from desktop.ui.desk.decisions import Decisions

        made = Decisions(self._session, self.desk)
        made.said.connect(self.said)
        return made

    @cached_property
    def undoing(self) -> Undoing:
        """Return what takes decisions back."""
        from desktop.ui.desk.undoing import Undoing

        made = Undoing(self._session, self.desk)
        made.said.connect(self.said)
        made.shown.connect(lambda: self.turn_to("desk"))
        return made

    @cached_property
    def trends(self) -> TrendsPage:
        """Return the trends."""
        from desktop.ui.trends.trends_page import TrendsPage

        page = TrendsPage(self._session)
        if self._acts is not None:
            self._acts.draw()
            page.take_actions(self._acts.some("save_chart"))
        page.said.connect(self.said)
        page.point_wanted.connect(self._open_point)
        self._put("trends", page)
        self._recall(page.parts())
        return page

    @cached_property
    def help(self) -> HelpPage:
        """Return the help page."""
        from desktop.ui.help_page import HelpPage

        page = HelpPage()
        page.left.connect(self._leave_help)
        self._put("help", page)
        return page

    def _put(self, name: str, page: QWidget) -> None:
        layout = self.places[name].layout()
        assert layout is not None
        layout.addWidget(page)

    def made(self) -> list[ReportsPage | DeskPage | TrendsPage | HelpPage]:
        """Return the pages there are so far."""
        return [getattr(self, name) for name in self.places if name == "reports" or name in self.__dict__]

    def retranslate(self) -> None:
        """Say and draw everything in the language and colours of the moment."""
        for page in self.made():
            page.retranslate()

    def turn_to(self, name: str) -> None:
        """Show a page."""
        self.setCurrentWidget(self.places[name])
        self.turned.emit(name)
        self.moved.emit()

    def show_reports(self) -> None:
        """Show the matrix, at the report that was last at the desk."""
        self.turn_to("reports")
        self.reports.refresh()
        if "desk" in self.__dict__ and self.desk.opened is not None:
            self.reports.show_report(self.desk.opened.report.id)
        self.reports.matrix.setFocus()

    def show_desk(self) -> None:
        """Show the desk, with the report opened last or else the first that waits."""
        desk = self.decisions.desk
        self.turn_to("desk")
        if desk.opened is None:
            waiting = queries.reports(self._session.store)
            if waiting:
                desk.open_report(next((r.id for r in waiting if r.state != "verified"), waiting[0].id))
        desk.table.setFocus()

    def show_trends(self) -> None:
        """Show one district's indicators over the years: that of the desk, where another one was opened there."""
        trends = self.trends
        self.turn_to("trends")
        if "desk" in self.__dict__ and self.desk.opened is not None and self.desk.opened.report.id != self._trend_of:
            report = self.desk.opened.report
            self._trend_of = report.id
            trends.offer(report.adcode or report.district)
        trends.district_list.setFocus()

    def show_help(self) -> None:
        """Show the help page; Escape leads back."""
        page = self.help
        self._before = next(name for name, place in self.places.items() if place is self.currentWidget())
        self.turn_to("help")
        page.setFocus()

    def _leave_help(self) -> None:
        self.turn_to(self._before)
        self.focus()

    def open_report(self, report_id: int, figure_id: int | None = None) -> None:
        """Show a report at the desk."""
        desk = self.decisions.desk
        self.turn_to("desk")
        desk.open_report(report_id, figure_id)

    def focus(self) -> None:
        """Put the focus where the work is."""
        at_desk = self.currentWidget() is self.places["desk"]
        (self.desk.table if at_desk else self.reports.matrix).setFocus()

    def _open_point(self, report_id: int, indicator: str) -> None:
        named = (f.id for f in queries.figures(self._session.store, report_id) if f.indicator == indicator)
        self.open_report(report_id, next(named, None))

    def outdate(self) -> None:
        """Let what shows the whole store read it again."""
        if self.currentWidget() is self.reports:
            self.reports.refresh()
        if "trends" in self.__dict__:
            self.trends.outdate()

    def _recall(self, parts: memory.Parts) -> None:
        if self._remembers:
            memory.recall(parts)

    def remember(self) -> None:
        """Keep the shape of the pages there are."""
        for page in self.made():
            memory.remember(page.parts())
