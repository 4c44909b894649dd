"""What speaks against a figure: following findings, dismissing them, other readings, single changes taken back."""

from __future__ import annotations

from db.rows import FigureRow, FindingRow
from desktop import workflow
from desktop.text import say
from desktop.ui.desk.deciding import Deciding
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.session import Session


class Weighing(Deciding):
    """The verbs on findings, readings and changes; `followed` of the desk brings the links of its evidence."""

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(session, desk)
        self._fingerprint = ""
        desk.followed.connect(self._follow)

    def follow_finding(self) -> None:
        """Go to the next figure that a finding compares the current one with, and on to the next, round to this one."""
        figure, opened = self.desk.current(), self.desk.opened
        if figure is None or opened is None:
            return
        rows = opened.by_figure.get(figure.id, [])
        spans = {span for row in rows if not row.dismissed for span in row.finding.figures}
        compared = [f for f in opened.figures if (f.start, f.end) in spans and f.state != "rejected"]
        behind = [f for f in compared if f.start > figure.start] + [f for f in compared if f.start < figure.start]
        if behind:
            self.desk.table.choose(behind[0].id)
        else:
            self.said.emit(say("no_finding_to_follow"), False)

    def dismiss_finding(self) -> None:
        """Ask why the first open finding needs nothing done; where none is open, bring one back.

        Those of the current figure come first, then those about the whole report.
        """
        rows = self._rows()
        waiting = next((row for row in rows if not row.dismissed), None)
        if waiting is not None:
            self._ask_why(waiting.finding.fingerprint)
        elif rows:
            self._restore(rows[0].finding.fingerprint)
        else:
            self.said.emit(say("no_finding_to_dismiss"), False)

    def take_machine(self) -> None:
        """Let the current figure be what the machine reads now, in place of what a person decided."""
        figure = self.desk.current()
        if figure is None or figure.machine is None:
            self.said.emit(say("no_other_reading"), False)
        elif self.on_current(workflow.take_reading, figure.machine):
            self.go_on_here()

    def dismissed(self, reason: str) -> None:
        """Dismiss the finding that was asked about."""
        opened = self.desk.opened
        if opened is None:
            return
        if self.carry_out(workflow.dismiss, opened.report.id, self._fingerprint, reason) is not None:
            self.said.emit(say("finding_dismissed"), False)
            self.desk.table.setFocus()

    def _rows(self) -> list[FindingRow]:
        figure, opened = self.desk.current(), self.desk.opened
        if opened is None:
            return []
        own = opened.by_figure.get(figure.id, []) if figure is not None else []
        return [*own, *opened.loose_findings]

    def _ask_why(self, fingerprint: str) -> None:
        self._fingerprint = fingerprint
        self.desk.detail.note.ask("dismiss")

    def _restore(self, fingerprint: str) -> None:
        opened = self.desk.opened
        if opened is not None and self.carry_out(workflow.restore_finding, opened.report.id, fingerprint) is not None:
            self.said.emit(say("finding_restored"), False)

    def _follow(self, kind: str, which: str) -> None:
        if kind == "figure":
            self.desk.table.choose(int(which))
            self.desk.table.setFocus()
        elif kind == "span":
            start, end = which.split("-")
            self.desk.text.show_place((int(start), int(end)))
        elif kind == "report":
            report_id, figure_id = which.split("-")
            self.desk.open_report(int(report_id), int(figure_id))
        elif kind == "dismiss":
            self._ask_why(which)
        elif kind == "restore":
            self._restore(which)
        elif kind == "undo":
            self._undo(which)
        else:
            self._take(kind, which)

    def _take(self, kind: str, which: str) -> None:
        figure = self.desk.current()
        if figure is None:
            return
        if kind == "keep":
            self.on_current(workflow.keep_reading)
        elif which == "now":
            self.take_machine()
        else:
            self._take_then(figure)

    def _take_then(self, figure: FigureRow) -> None:
        then = self.desk.reading_then(figure)
        if then is not None and self.on_current(workflow.take_reading, then):
            self.go_on_here()

    def _undo(self, change: str) -> None:
        if self.carry_out(workflow.undo_change, change) is not None:
            self.said.emit(say("change_undone"), False)
