"""The pages of the window: reports at once, the others when they are first asked for, so that the window opens soon."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from db.touched import Touched
from desktop.ui import memory
from desktop.ui.actions import Actions
from desktop.ui.commands import COMMANDS, PLACES
from desktop.ui.reports.reports_page import ReportsPage
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.ui.agreement.agreement_page import AgreementPage
    from desktop.ui.desk.decisions import Decisions
    from desktop.ui.desk.desk_page import DeskPage
    from desktop.ui.desk.undoing import Undoing
    from desktop.ui.help_page import HelpPage
    from desktop.ui.merging.dispute_page import DisputePage
    from desktop.ui.page import Page
    from desktop.ui.search.search_page import SearchPage
    from desktop.ui.sheaf.sheaf_page import SheafPage
    from desktop.ui.spot.spot_page import SpotPage
    from desktop.ui.trends.trends_page import TrendsPage

P = TypeVar("P", bound="Page")
WELCOME = ("import_files", "import_folder", "open_samples", "help")
SHEAF = ("open_line", "put_aside", "accept_sheaf")
DISPUTES = ("take_side", "decide_otherwise", "say_why", "open_dispute")
REPORTS = ("open_report", "sign_off_report", "choose", "withdraw")
TRENDS = (
    "save_chart", "print_chart", "zoom_in", "zoom_out", "zoom_whole", "keep_chart", "rename_chart", "forget_chart",
)  # fmt: skip
DECISIONS = (
    "accept", "accept_sentence", "reject", "edit_value", "edit_unit", "indicator", "not_reported", "new_figure",
    "query", "comment",
)  # fmt: skip
AT_DESK = tuple(command.id for command in COMMANDS if PLACES.get(command.owner) == "desk")


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
        for name in ("desk", "trends", "sheaf", "search", "spot", "disputes", "agreement", "help"):
            self.places[name] = QWidget()
            QVBoxLayout(self.places[name]).setContentsMargins(0, 0, 0, 0)
        for place in self.places.values():
            self.addWidget(place)
        session.touched.connect(self._follow)
        session.reports_changed.connect(self.outdate)

    def take_actions(self, acts: Actions) -> None:
        """Give the pages their buttons, those to come as well."""
        self._acts = acts
        self.reports.begin(acts.some(*REPORTS), acts.some(*WELCOME))
        self._recall(self.reports.parts())

    @cached_property
    def desk(self) -> DeskPage:
        """Return the desk."""
        from desktop.ui.desk.desk_page import DeskPage

        page = DeskPage(self._session)
        if self._acts is not None:
            some = self._acts.some
            page.take_actions(some("previous", "next"), some("show_page", "sign_off"), some(*DECISIONS))
            page.paper.take_actions(some("show_page", "page_larger", "page_smaller", "page_width"))
            page.take_menu(some(*AT_DESK))
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
        if self._remembers:
            page.recall()
        page.point_wanted.connect(self._open_point)
        return self._made("trends", page, *TRENDS)

    @cached_property
    def sheaf(self) -> SheafPage:
        """Return the sheaf."""
        from desktop.ui.sheaf.sheaf_page import SheafPage

        page = SheafPage(self._session)
        page.figure_wanted.connect(self.open_report)
        self._session.touched.connect(page.follow)
        return self._made("sheaf", page, *SHEAF)

    @cached_property
    def search(self) -> SearchPage:
        """Return the search over all texts."""
        from desktop.ui.search.search_page import SearchPage

        page = SearchPage(self._session)
        page.place_wanted.connect(self.open_place)
        return self._made("search", page)

    @cached_property
    def spot(self) -> SpotPage:
        """Return the blind spot-check."""
        from desktop.ui.spot.spot_page import SpotPage

        page = SpotPage(self._session)
        page.figure_wanted.connect(self.open_report)
        return self._made("spot", page, "spot_absent")

    @cached_property
    def disputes(self) -> DisputePage:
        """Return what reviewers decided differently."""
        from desktop.ui.merging.dispute_page import DisputePage

        page = DisputePage(self._session)
        page.place_wanted.connect(self.open_report)
        return self._made("disputes", page, *DISPUTES)

    @cached_property
    def agreement(self) -> AgreementPage:
        """Return how far reviewers agree."""
        from desktop.ui.agreement.agreement_page import AgreementPage

        page = AgreementPage(self._session)
        page.place_wanted.connect(self.open_place)
        page.report_wanted.connect(self.open_report)
        return self._made("agreement", page, "open_differing", "export_agreement")

    def _made(self, name: str, page: P, *actions: str) -> P:
        """Put a page in its place, with its actions and the shape it had; what it tells is passed on."""
        if actions and self._acts is not None:
            page.take_actions(self._acts.some(*actions))
        page.said.connect(self.said)
        self._put(name, page)
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

    def made(self) -> list[ReportsPage | DeskPage | Page | HelpPage]:
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
        self.reports.catch_up()
        if "desk" in self.__dict__ and self.desk.opened is not None:
            self.reports.show_report(self.desk.opened.report.id)
        self.reports.focus()

    def show_desk(self) -> None:
        """Show the desk, with the report opened last or else the first that waits."""
        desk = self.decisions.desk
        self.turn_to("desk")
        if desk.opened is None:
            from db import queries

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
        trends.aside.district_list.setFocus()

    def show_sheaf(self) -> None:
        """Show the figures that wait, by indicator and phrase."""
        sheaf = self.sheaf
        self.turn_to("sheaf")
        sheaf.catch_up()
        sheaf.table.setFocus()

    def show_search(self) -> None:
        """Show the search, with what was searched for last ready to be typed over."""
        search = self.search
        self.turn_to("search")
        search.catch_up()
        search.phrase.setFocus()
        search.phrase.selectAll()

    def show_spot(self) -> None:
        """Show the spot-check."""
        self._show(self.spot, "spot")

    def show_disputes(self) -> None:
        """Show what reviewers decided differently."""
        self._show(self.disputes, "disputes")

    def show_agreement(self) -> None:
        """Show how far reviewers agree."""
        self._show(self.agreement, "agreement")

    def _show(self, page: SpotPage | DisputePage | AgreementPage, name: str) -> None:
        self.turn_to(name)
        page.catch_up()
        page.focus()

    def show_lost(self) -> None:
        """Show the decisions that lost their place when a text was read anew, beside the desk."""
        from desktop.ui.keeping.lost_dialog import LostDialog

        dialog = LostDialog(self._session, self)
        dialog.said.connect(self.said)
        dialog.finished.connect(dialog.deleteLater)
        dialog.show()

    def show_help(self) -> None:
        """Show the help page; Escape leads back."""
        page = self.help
        here = next(name for name, place in self.places.items() if place is self.currentWidget())
        if here != "help":
            self._before = here
            page.show_of("" if here == "reports" and self.reports.is_empty else here)
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

    def open_place(self, report_id: int, start: int, end: int) -> None:
        """Show a place of a report's text at the desk."""
        from db import queries

        near = min(
            queries.figures(self._session.store, report_id),
            key=lambda figure: max(figure.start - end, start - figure.end, 0),
            default=None,
        )
        self.open_report(report_id, near.id if near is not None else None)
        self.desk.text.show_place((start, end))

    def focus(self) -> None:
        """Put the focus where the work is."""
        here = self.currentWidget()
        if here is self.places["desk"]:
            self.desk.table.setFocus()
        elif here is self.places["sheaf"]:
            self.sheaf.table.setFocus()
        elif here is self.places["search"]:
            self.search.phrase.setFocus()
        elif here in (self.places["spot"], self.places["disputes"], self.places["agreement"]):
            getattr(self, next(name for name, place in self.places.items() if place is here)).focus()
        else:
            self.reports.focus()

    def _open_point(self, report_id: int, indicator: str) -> None:
        from db import queries

        cells = queries.report_cells(self._session.store, self._session.catalogue, report_id)
        made_of = (figure.id for cell in cells if cell.indicator == indicator for figure in cell.figures)
        self.open_report(report_id, next(made_of, None))

    def reopen(self) -> None:
        """Read the report at the desk anew, whatever has become of it: another store was merged into this one."""
        if "desk" in self.__dict__ and self.desk.opened is not None:
            report_id, self.desk.opened = self.desk.opened.report.id, None
            self.desk.open_report(report_id)

    def outdate(self) -> None:
        """Let what shows the whole store read it again."""
        self.reports.refresh()
        if "trends" in self.__dict__:
            self.trends.outdate()

    def _follow(self, touched: Touched) -> None:
        self.reports.follow(touched)
        if "trends" in self.__dict__:
            self.trends.outdate()

    def _recall(self, parts: memory.Parts) -> None:
        if self._remembers:
            memory.recall(parts)

    def remember(self) -> None:
        """Keep the shape of the pages there are, and what the chart shows."""
        if "trends" in self.__dict__:
            self.trends.note()
        for page in self.made():
            memory.remember(page.parts())
