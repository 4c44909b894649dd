"""What all that decides at the desk shares: carrying a verb out, telling what came of it, and going on."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from db import queries
from db.rows import Touched
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import keymap
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.order import following
from desktop.ui.session import Session
from desktop.ui.wording import outcome, verb


class Deciding(QObject):
    """`said` (sentence, is it a refusal) tells what came of each decision."""

    said = Signal(str, bool)

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(desk)
        self._session = session
        self.desk = desk

    def go_on(self) -> None:
        """Go to what comes next by doubt; say so when nothing waits any more."""
        desk = self.desk
        desk.table.setFocus()
        if desk.opened is None:
            return
        place = desk.place()
        coming = next((item for item in following(desk.opened) if item != place), None)
        if coming is not None:
            desk.go_to(coming)
        else:
            self.said.emit(say("no_doubtful_left", keys=keymap.shown("sign_off")), False)

    def go_on_here(self) -> None:
        """Go to the next figure of the sentence that waits, where one does: the sentence has been read; else go on."""
        self.desk.table.setFocus()
        place = self.desk.place()
        here = [f for f in self.desk.waiting_here() if place is None or f.id != place.figure]
        if not here or place is None:
            self.go_on()
            return
        behind = next((f for f in here if f.start >= place.start), here[0])
        self.desk.table.choose(behind.id)

    def carry_out(self, decide: Callable[..., Any], *arguments: object, **named: object) -> Any:
        """Return what a decision returned; None, and the sentence told, where it was refused."""
        try:
            return self._session.decide(decide, *arguments, **named)
        except UserError as error:
            self.said.emit(say_error(error), True)
            return None

    def on_current(self, decide: Callable[..., Touched], *arguments: object, **named: object) -> bool:
        """Decide on the current figure and tell of it; return whether that was done."""
        figure = self.desk.current()
        if figure is None:
            return False
        touched: Touched | None = self.carry_out(decide, figure.id, *arguments, **named)
        if touched is not None:
            self.told(figure.id, touched)
        return touched is not None

    def told(self, figure_id: int, touched: Touched) -> None:
        """Say what a decision made of a figure; who decided has seen what the machine reads there now."""
        if self.desk.opened is not None and figure_id in self.desk.opened.anew:
            self.carry_out(workflow.keep_reading, figure_id)
        self.tell(figure_id, touched)

    def tell(self, figure_id: int, touched: Touched) -> None:
        """Say what a decision made of a figure."""
        figure = queries.figure(self._session.store, figure_id)
        made = outcome(touched.verb, figure, self._session.indicator_name(figure.indicator))
        self.said.emit(say("decided_on", verb=verb(touched.verb), figure=made), False)
