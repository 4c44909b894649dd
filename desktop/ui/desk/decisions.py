"""What a reviewer can decide at the desk; each is one verb of the workflow, saved at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from db import queries
from db.rows import Touched
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.note_field import Mode
from desktop.ui.desk.order import next_doubtful
from desktop.ui.session import Session
from desktop.ui.wording import outcome, printed, report_name, verb


class Decisions(QObject):
    """The verbs behind the desk's actions; `said` (sentence, is it a refusal) tells what came of each."""

    said = Signal(str, bool)

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(desk)
        self._session = session
        self.desk = desk
        desk.edited.connect(self._tell)
        desk.table.settled.connect(self.go_to_doubtful)
        desk.table.indicator_wanted.connect(self.choose_indicator)
        desk.picker.picked.connect(self._picked)
        desk.picker.left.connect(desk.table.setFocus)
        desk.detail.note.written.connect(self._noted)
        desk.detail.note.left.connect(desk.table.setFocus)

    def accept_to_doubtful(self) -> None:
        """Accept the current figure and go to the next doubtful one."""
        if self._on_current(workflow.accept):
            self.go_to_doubtful()

    def accept_to_next(self) -> None:
        """Accept the current figure and go to the next one in the text."""
        if self._on_current(workflow.accept):
            row = self.desk.table.currentIndex().row()
            if row + 1 < self.desk.model.rowCount():
                self.desk.table.choose(self.desk.model.figure(row + 1).id)

    def reject(self) -> None:
        """Reject the current figure and go to the next doubtful one."""
        if self._on_current(workflow.reject):
            self.go_to_doubtful()

    def reject_with_reason(self) -> None:
        """Ask why the current figure is to be rejected."""
        self._ask("reject")

    def query(self) -> None:
        """Ask what is to be looked at again."""
        self._ask("query")

    def comment(self) -> None:
        """Ask for a comment."""
        self._ask("comment")

    def edit_value(self) -> None:
        """Edit the value in place."""
        self.desk.table.setFocus()
        self.desk.table.edit_value()

    def edit_unit(self) -> None:
        """Edit the unit in place."""
        self.desk.table.setFocus()
        self.desk.table.edit_unit()

    def go_to_doubtful(self) -> None:
        """Go to the most doubtful figure that is left; say so when none is."""
        model, table = self.desk.model, self.desk.table
        table.setFocus()
        waiting = next_doubtful(model.figures(), model.findings(), table.current_id())
        if waiting is not None:
            table.choose(waiting)
        elif self.desk.opened is not None:
            self.said.emit(say("no_doubtful_left"), False)

    def choose_indicator(self) -> None:
        """Open the picker for the current figure: its own indicator first, then those of its unit."""
        figure = self.desk.current()
        if figure is None:
            return
        catalogue = self._session.catalogue
        near = [i.id for i in catalogue.values() if i.unit == figure.unit and i.id != figure.indicator]
        own = [figure.indicator] if figure.indicator in catalogue else []
        title = say("picker_for", quote=printed(figure.quote))
        self.desk.place_picker()
        self.desk.picker.ask("indicator", title, list(catalogue), [*own, *near[:12], None], frozenset())

    def assert_not_reported(self) -> None:
        """Open the picker with the indicators that no figure states; the asserted ones stand first."""
        if self.desk.opened is None:
            return
        stated = {figure.indicator for figure in self.desk.model.figures() if figure.state != "rejected"}
        asserted = self.desk.not_reported()
        pool = [indicator for indicator in self._session.catalogue if indicator not in stated]
        self.desk.place_picker()
        self.desk.picker.ask("not_reported", say("picker_not_reported"), pool, asserted, frozenset(asserted))

    def create_figure(self) -> None:
        """Make a figure of the text that is selected and make it the current one."""
        opened, span = self.desk.opened, self.desk.text.selected()
        if opened is None:
            return
        if span is None:
            self.said.emit(say("select_text_first"), True)
            return
        made = self._carry_out(lambda: self._session.decide(workflow.create_figure, opened.report.id, *span))
        if made is not None:
            self.desk.table.choose(made[0])
            self.desk.table.setFocus()
            self._tell(*made)

    def sign_off(self) -> None:
        """Sign the report off, or open it again."""
        opened = self.desk.opened
        if opened is None:
            return
        signed = opened.report.state == "verified"
        done = self._carry_out(
            lambda: self._session.decide(workflow.reopen if signed else workflow.sign_off, opened.report.id)
        )
        if done is None:
            return
        if signed:
            self.said.emit(say("report_reopened", report=report_name(opened.report)), False)
        elif opened.undecided:
            self.said.emit(say("signed_off_with_rest", report=report_name(opened.report), n=opened.undecided), False)
        else:
            self.said.emit(say("report_signed_off", report=report_name(opened.report)), False)

    def open_previous(self) -> None:
        """Open the report before this one."""
        self._open_neighbour(-1)

    def open_next(self) -> None:
        """Open the report after this one."""
        self._open_neighbour(1)

    def _open_neighbour(self, step: int) -> None:
        order = self._session.order()
        opened = self.desk.opened
        if opened is None or opened.report.id not in order:
            return
        place = order.index(opened.report.id) + step
        if 0 <= place < len(order):
            self.desk.open_report(order[place])
        else:
            self.said.emit(say("no_next_report" if step > 0 else "no_previous_report"), False)

    def _on_current(self, decide: Callable[..., Touched], *arguments: object, **named: object) -> bool:
        figure = self.desk.current()
        if figure is None:
            return False
        touched: Touched | None = self._carry_out(lambda: self._session.decide(decide, figure.id, *arguments, **named))
        if touched is not None:
            self._tell(figure.id, touched)
        return touched is not None

    def _tell(self, figure_id: int, touched: Touched) -> None:
        figure = queries.figure(self._session.store, figure_id)
        made = outcome(touched.verb, figure, self._session.indicator_name(figure.indicator))
        self.said.emit(say("decided_on", verb=verb(touched.verb), figure=made), False)

    def _carry_out(self, decide: Callable[[], Any]) -> Any:
        """Return what a decision returned; None, and the sentence told, where it was refused."""
        try:
            return decide()
        except UserError as error:
            self.said.emit(say_error(error), True)
            return None

    def _ask(self, mode: Mode) -> None:
        if self.desk.current() is not None:
            self.desk.detail.note.ask(mode)

    def _noted(self, mode: Mode, text: str) -> None:
        figure = self.desk.current()
        if figure is None:
            return
        note = self.desk.detail.note
        if mode == "query" and not text:
            note.refuse(say("query_needs_comment"))
            return
        verbs = {"comment": workflow.comment, "query": workflow.query}
        if mode == "reject":
            done = self._on_current(workflow.reject, reason=text)
        else:
            done = self._on_current(verbs[mode], text)
        if not done:
            return
        if mode == "comment":
            self.desk.table.setFocus()
        else:
            self.go_to_doubtful()

    def _picked(self, purpose: str, indicator: str | None) -> None:
        self.desk.table.setFocus()
        if purpose == "indicator":
            if self._on_current(workflow.correct_indicator, indicator):
                self.go_to_doubtful()
            return
        opened = self.desk.opened
        if opened is None or indicator is None:
            return
        asserted = indicator not in self.desk.not_reported()
        done = self._carry_out(
            lambda: self._session.decide(workflow.assert_not_reported, opened.report.id, indicator, asserted)
        )
        if done is not None:
            name = self._session.indicator_name(indicator)
            self.said.emit(say("said_not_reported" if asserted else "said_not_reported_back", indicator=name), False)
