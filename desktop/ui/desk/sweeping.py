"""Walking through the numerals that no figure claims: the open ones, so that nothing is missed, or all of them."""

from __future__ import annotations

from collections.abc import Sequence

from desktop import workflow
from desktop.model import Numeral
from desktop.text import say
from desktop.ui.desk.correcting import Correcting
from desktop.ui.desk.deciding import Deciding
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.session import Session
from desktop.ui.wording import printed


class Sweeping(Deciding):
    """The verbs of the sweep; a numeral that is a figure is made one by `correcting`."""

    def __init__(self, session: Session, desk: DeskPage, correcting: Correcting) -> None:
        super().__init__(session, desk)
        self._correcting = correcting

    def next_open(self) -> None:
        """Go to the next numeral that nothing claims, round the text."""
        opened = self.desk.opened
        if opened is not None and not self._walk(opened.open_numerals):
            self.said.emit(say("no_open_left"), False)

    def next_unclaimed(self) -> None:
        """Go to the next numeral that is no figure, those that a rule left out included, round the text."""
        opened = self.desk.opened
        if opened is not None and not self._walk(opened.unclaimed):
            self.said.emit(say("no_unclaimed"), False)

    def _walk(self, numerals: Sequence[Numeral]) -> bool:
        place, opened = self.desk.place(), self.desk.opened
        at = -1 if place is None else place.start
        if place is not None and place.figure is not None and opened is not None:
            at = opened.sentence(place.start, place.end)[0] - 1  # the sentence that is being read comes first
        coming = next((n for n in numerals if n.start > at), numerals[0] if numerals else None)
        if coming is None:
            return False
        self.desk.table.setFocus()
        self.desk.show_numeral(coming)
        return True

    def pass_over(self) -> bool:
        """Record that the current numeral is no figure, unless a rule says so already; return whether to go on."""
        numeral, opened = self.desk.numeral, self.desk.opened
        if numeral is None or opened is None:
            return False
        if numeral not in opened.open_numerals:
            return True
        if self.carry_out(workflow.pass_over, opened.report.id, numeral.start, numeral.end) is None:
            return False
        self.said.emit(say("numeral_passed_over", quote=printed(opened.text[numeral.start : numeral.end])), False)
        return True
