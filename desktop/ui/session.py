"""What all pages share: the open store, the catalogue, the reviewer; every decision passes here and is told to all."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from db import overview, people
from db.store import Store
from db.touched import Touched
from desktop import settings, text, workflow
from desktop.errors import UserError
from desktop.ui.checking import Checking

if TYPE_CHECKING:
    from desktop.indicators import Catalogue


class Session(QObject):
    """One open store and one reviewer; the store is written on the window's thread only.

    `touched` (Touched) follows each decision, undo and redo, and, with no verb, the checks that follow those;
    `reports_changed` follows an import; `reviewer_needed` asks for a name when a decision is made without one.
    """

    touched = Signal(object)
    reports_changed = Signal()
    reviewer_needed = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.checking = Checking(store, self)
        self.reviewer = people.printable(settings.get("reviewer"))
        self._order: list[int] = []
        self._catalogue: Catalogue | None = None
        self.reports_changed.connect(self._order.clear)
        self.touched.connect(self._forget_order)
        self.checking.changed.connect(lambda ids: self.touched.emit(Touched("", ids)))

    @property
    def catalogue(self) -> Catalogue:
        """Return the indicators, the reviewers' own among them; read again only after those have changed."""
        if self._catalogue is None:
            self._catalogue = workflow.catalogue(self.store)
        return self._catalogue

    def name_reviewer(self, name: str) -> None:
        """Record decisions as `name` from now on; UserError where it is empty."""
        name = people.printable(name)
        if not name:
            raise UserError("reviewer_unnamed")
        self.reviewer = name
        settings.remember("reviewer", self.reviewer)

    def decide(self, verb: Callable[..., Any], *arguments: object, **named: object) -> Any:
        """Carry out a verb of the workflow as this reviewer, tell everyone what it touched, return what it returned."""
        if not self.reviewer:
            self.reviewer_needed.emit()
            raise UserError("reviewer_unnamed")
        outcome = verb(self.store, *arguments, reviewer=self.reviewer, **named)
        told = isinstance(outcome, tuple) and not isinstance(outcome, Touched)  # what came of it, and what it touched
        touched = outcome[1] if told else outcome
        if touched is not None:
            if touched.indicators:
                self._catalogue = None
            self.checking.check(touched.reports)
            self.touched.emit(touched)
        return outcome

    def taken_in(self) -> None:
        """Let everyone know that another store was merged into this one, and have the checks go on."""
        self._catalogue = None
        self.reports_changed.emit()
        self.checking.go_on()
        self.checking.check_backlog(overview.unchecked(self.store))

    def order(self) -> list[int]:
        """Return the ids of the reports in the order of the matrix; read again only after reports have changed."""
        if not self._order:
            self._order += overview.order(self.store)
        return self._order

    def _forget_order(self, touched: Touched) -> None:
        if touched.verb and not touched.figures:
            self._order.clear()

    def undo(self) -> Touched | None:
        """Take this reviewer's last decision back; None where nothing is left."""
        touched: Touched | None = self.decide(workflow.undo)
        return touched

    def redo(self) -> Touched | None:
        """Take this reviewer's last undo back; None where nothing is left."""
        touched: Touched | None = self.decide(workflow.redo)
        return touched

    def indicator_name(self, indicator: str | None) -> str:
        """Return an indicator's name in the language of the moment; a dash where a figure has none."""
        if indicator is None:
            return "—"
        known = self.catalogue.get(indicator)
        if known is None:
            return indicator
        return known.name(text.language())
