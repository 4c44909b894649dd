"""Taking decisions back and bringing them back, on whatever page they were made; what they were about is shown."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from db import queries
from db.rows import Touched
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.session import Session
from desktop.ui.wording import FACT_NAMES, outcome, report_name, verb


class Undoing(QObject):
    """`said` (sentence, is it a refusal) tells what was undone, `shown` that the desk is to show its figure."""

    said = Signal(str, bool)
    shown = Signal()

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(desk)
        self._session = session
        self._desk = desk

    def undo(self) -> None:
        """Take the last decision back and show what it was about."""
        self._reversed(self._session.undo, "undone", "nothing_to_undo")

    def redo(self) -> None:
        """Bring back what was taken back and show it."""
        self._reversed(self._session.redo, "redone", "nothing_to_redo")

    def _reversed(self, turn: Callable[[], Touched | None], done: str, nothing: str) -> None:
        try:
            touched = turn()
        except UserError as error:
            self.said.emit(say_error(error), True)
            return
        if touched is None:
            self.said.emit(say(nothing), False)
        else:
            self.said.emit(say(done, verb=verb(touched.verb), what=self._shown(touched)), False)

    def _shown(self, touched: Touched) -> str:
        """Bring what was touched into view, if it is of a report, and return its name."""
        if len(touched.figures) > 1 and len(touched.reports) > 1:  # a sheaf: no one report shows what it was about
            return say("n_figures", n=len(touched.figures))
        for figure_id in sorted(touched.figures):
            try:
                figure = queries.figure(self._session.store, figure_id)
            except KeyError:
                continue
            self.shown.emit()  # first, since the text can be scrolled to its place only where it is seen
            self._desk.open_report(figure.report_id, figure_id)
            if len(touched.figures) > 1:
                report = report_name(queries.report(self._session.store, figure.report_id))
                return say("n_figures_of", report=report, n=len(touched.figures))
            return outcome(touched.verb, figure, self._session.indicator_name(figure.indicator))
        if touched.indicators:
            return say("list_separator").join(self._session.indicator_name(i) for i in sorted(touched.indicators))
        return "".join(self._about(report_id) for report_id in sorted(touched.reports)[:1])

    def _about(self, report_id: int) -> str:
        """Name what the last change of a report was about, besides its figures."""
        report = report_name(queries.report(self._session.store, report_id))
        changes = queries.history(self._session.store, report_id)
        kind, which = changes[-1].target if changes else ("report", "")
        if kind == "finding":
            return f"{report} · {self._found(report_id, which)}".removesuffix(" · ")
        if kind == "cell":
            return f"{report} · {self._session.indicator_name(which)}"
        return f"{report} · {say(FACT_NAMES[which])}" if kind == "fact" and which in FACT_NAMES else report

    def _found(self, report_id: int, fingerprint: str) -> str:
        """Return what was dismissed or brought back: what the check says, or the number that was passed over."""
        rows = queries.findings(self._session.store, report_id)
        known = self._session.catalogue
        told = (workflow.finding_sentence(r.finding, known=known) for r in rows if r.finding.fingerprint == fingerprint)
        place = workflow.numeral_place(fingerprint)
        quoted = "" if place is None else f"“{queries.text(self._session.store, report_id)[slice(*place)]}”"
        return next(told, quoted)
