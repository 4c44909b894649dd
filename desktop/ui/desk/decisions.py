"""Whether figures are right: accepting, rejecting, querying; and signing the report off."""

from __future__ import annotations

from desktop import workflow
from desktop.text import say
from desktop.ui.desk.correcting import Correcting
from desktop.ui.desk.deciding import Deciding
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.note_field import Mode
from desktop.ui.desk.sweeping import Sweeping
from desktop.ui.desk.weighing import Weighing
from desktop.ui.session import Session
from desktop.ui.wording import report_name


class Decisions(Deciding):
    """The verbs on the current item; `correcting`, `sweeping` and `weighing` have the others."""

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(session, desk)
        self.correcting = Correcting(session, desk)
        self.sweeping = Sweeping(session, desk, self.correcting)
        self.weighing = Weighing(session, desk)
        for part in (self.correcting, self.sweeping, self.weighing):
            part.said.connect(self.said)
        desk.detail.note.written.connect(self._noted)
        desk.detail.note.left.connect(desk.table.setFocus)

    def accept_to_doubtful(self) -> None:
        """Accept the current figure, or pass the current numeral over, and go to the next doubtful item."""
        if self._accept():
            self.go_on()

    def accept_to_next(self) -> None:
        """Accept the current figure and go to the next one in the text."""
        if self._accept():
            row = self.desk.table.currentIndex().row()
            if row + 1 < self.desk.model.rowCount():
                self.desk.table.choose(self.desk.model.figure(row + 1).id)

    def accept_sentence(self) -> None:
        """Accept all figures of the current sentence that wait, as one change, and go to the next doubtful item."""
        waiting = self.desk.waiting_here()
        if waiting:
            done = self.carry_out(workflow.accept_figures, [figure.id for figure in waiting])
            if done is None:
                return
            self.said.emit(say("sentence_accepted", n=len(waiting)), False)
        if self.desk.numeral is None or not waiting:
            self.go_on()

    def _accept(self) -> bool:
        if self.desk.numeral is not None:
            return self.sweeping.pass_over()
        figure, opened = self.desk.current(), self.desk.opened
        if figure is not None and opened is not None and figure.id in opened.anew:
            return self.on_current(workflow.keep_reading)
        return self.on_current(workflow.accept)

    def reject(self) -> None:
        """Reject the current figure and go on in the sentence; a numeral is none anyway."""
        if self.desk.numeral is not None:
            self.accept_to_doubtful()
        elif self.on_current(workflow.reject):
            self.go_on_here()

    def reject_with_reason(self) -> None:
        """Ask why the current figure is to be rejected."""
        self._ask("reject")

    def query(self) -> None:
        """Ask what is to be looked at again."""
        self._ask("query")

    def comment(self) -> None:
        """Ask for a comment."""
        self._ask("comment")

    def sign_off(self) -> None:
        """Sign the report off, or open it again."""
        opened = self.desk.opened
        if opened is None:
            return
        signed = opened.report.state == "verified"
        if self.carry_out(workflow.reopen if signed else workflow.sign_off, opened.report.id) is None:
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

    def _ask(self, mode: Mode) -> None:
        if self.desk.current() is not None:
            self.desk.detail.note.ask(mode)

    def _noted(self, mode: Mode, text: str) -> None:
        figure, opened = self.desk.current(), self.desk.opened
        note = self.desk.detail.note
        if opened is None or (figure is None and mode != "dismiss"):
            return
        if mode in ("query", "dismiss") and not text:
            note.refuse(say("query_needs_comment" if mode == "query" else "dismissal_needs_reason"))
            return
        if mode == "dismiss":
            self.weighing.dismissed(text)
        elif mode == "comment":
            if self.on_current(workflow.comment, text):
                self.desk.table.setFocus()
        elif mode == "query":
            assert figure is not None
            if self.on_current(workflow.query, text):
                opened.aside.add(figure.id)
                self.go_on()
        elif self.on_current(workflow.reject, reason=text):
            self.go_on_here()
