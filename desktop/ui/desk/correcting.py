"""What a figure says instead: value, unit, indicator, place; figures and cells that only a person has."""

from __future__ import annotations

from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import keymap
from desktop.ui.desk.deciding import Deciding
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.suggesting import likely
from desktop.ui.session import Session
from desktop.ui.wording import plain_number, printed


class Correcting(Deciding):
    """The verbs that change what is read; after each, the sentence is gone through to its end."""

    def __init__(self, session: Session, desk: DeskPage) -> None:
        super().__init__(session, desk)
        desk.edited.connect(self.told)
        desk.table.settled.connect(self.go_on_here)
        desk.table.indicator_wanted.connect(self.choose_indicator)
        desk.picker.picked.connect(self._picked)
        desk.picker.left.connect(desk.table.setFocus)
        desk.detail.cell.written.connect(self._entered)
        desk.detail.cell.left.connect(desk.table.setFocus)

    def edit_value(self) -> None:
        """Edit the value in place."""
        if self.desk.numeral is None:
            self.desk.table.setFocus()
            self.desk.table.edit_value()

    def edit_unit(self) -> None:
        """Edit the unit in place."""
        if self.desk.numeral is None:
            self.desk.table.setFocus()
            self.desk.table.edit_unit()

    def choose_indicator(self) -> None:
        """Open the picker for the current figure: its own indicator first, then what its sentence speaks of."""
        figure = self.desk.current()
        if figure is not None:
            self._ask_indicator("indicator", say("picker_for", quote=printed(figure.quote)), keep=True)

    def split(self) -> None:
        """Open the picker for a second indicator that the current figure stands for as well."""
        figure = self.desk.current()
        if figure is not None:
            self._ask_indicator("split", say("picker_split", quote=printed(figure.quote)), keep=False)

    def _ask_indicator(self, purpose: str, title: str, *, keep: bool) -> None:
        figure, opened = self.desk.current(), self.desk.opened
        if figure is None or opened is None:
            return
        catalogue = self._session.catalogue
        own = [figure.indicator] if keep and figure.indicator in catalogue else []
        near = [i for i in likely(opened, figure, catalogue) if i != figure.indicator]
        self.desk.place_picker()
        last = [None] if keep else []
        self.desk.picker.ask(purpose, title, list(catalogue), [*own, *near, *last], frozenset())

    def assert_not_reported(self) -> None:
        """Open the picker with the indicators that no figure states; the asserted ones stand first."""
        opened = self.desk.opened
        if opened is None:
            return
        stated = {figure.indicator for figure in self.desk.model.figures() if figure.state != "rejected"}
        asserted = opened.not_reported
        pool = [indicator for indicator in self._session.catalogue if indicator not in stated]
        self.desk.place_picker()
        self.desk.picker.ask("not_reported", say("picker_not_reported"), pool, asserted, frozenset(asserted))

    def enter_cell(self) -> None:
        """Open the picker for the cell whose number is to be entered; that of the current figure stands first."""
        opened = self.desk.opened
        if opened is None:
            return
        figure = self.desk.current()
        entered = [indicator for indicator, said in opened.cells.items() if "value" in said]
        first = [figure.indicator] if figure is not None and figure.indicator in self._session.catalogue else []
        first += [indicator for indicator in entered if indicator not in first]
        self.desk.place_picker()
        pool = list(self._session.catalogue)
        self.desk.picker.ask("cell", say("picker_cell"), pool, first, frozenset(entered))

    def create_figure(self) -> None:
        """Make a figure of the text that is selected, or of the current numeral, and choose its indicator at once."""
        opened, span = self.desk.opened, self.desk.text.selected()
        if opened is None:
            return
        if span is None and self.desk.numeral is not None:
            span = workflow.around(opened.text, self.desk.numeral.start, self.desk.numeral.end)
        if span is None:
            self.said.emit(say("select_text_first", keys=keymap.shown("new_figure")), True)
            return
        made = self.carry_out(workflow.create_figure, opened.report.id, *span)
        if made is not None:
            self.desk.numeral = None
            self.desk.text.clear_selection()
            self.desk.table.choose(made[0])
            self.desk.table.setFocus()
            self.tell(*made)
            self.choose_indicator()

    def set_span(self) -> None:
        """Let the current figure be what is selected in the text."""
        span = self.desk.text.selected()
        if span is None:
            self.said.emit(say("select_span_first", keys=keymap.shown("set_span")), True)
        elif self.on_current(workflow.correct_span, *span):
            self.desk.text.clear_selection()
            self.go_on_here()

    def _picked(self, purpose: str, indicator: str | None) -> None:
        self.desk.table.setFocus()
        opened = self.desk.opened
        if purpose == "indicator":
            if self.on_current(workflow.correct_indicator, indicator):
                self.go_on_here()
        elif opened is None or indicator is None:
            return
        elif purpose == "split":
            self._split(indicator)
        elif purpose == "cell":
            self._ask_number(indicator)
        else:
            self._assert(opened.report.id, indicator, indicator not in opened.not_reported)

    def _split(self, indicator: str) -> None:
        figure = self.desk.current()
        made = None if figure is None else self.carry_out(workflow.split_figure, figure.id, indicator)
        if made is not None:
            self.tell(*made)
            self.go_on_here()

    def _assert(self, report_id: int, indicator: str, asserted: bool) -> None:
        if self.carry_out(workflow.assert_not_reported, report_id, indicator, asserted) is not None:
            name = self._session.indicator_name(indicator)
            self.said.emit(say("said_not_reported" if asserted else "said_not_reported_back", indicator=name), False)

    def _ask_number(self, indicator: str) -> None:
        assert self.desk.opened is not None
        said = self.desk.opened.cells.get(indicator, {})
        number = plain_number(said["value"]) if "value" in said else ""
        name = self._session.indicator_name(indicator)
        self.desk.detail.cell.ask(indicator, name, number, str(said.get("reason", "")))

    def _entered(self, indicator: str, typed: str, reason: str) -> None:
        opened = self.desk.opened
        if opened is None:
            return
        try:
            self._session.decide(workflow.enter_cell, opened.report.id, indicator, typed, reason)
        except UserError as error:
            self.desk.detail.cell.refuse(say_error(error), of_reason=error.message_id == "cell_needs_reason")
            return
        self.desk.detail.cell.hide()
        self.desk.table.setFocus()
        name = self._session.indicator_name(indicator)
        self.said.emit(say("said_cell_entered" if typed.strip() else "said_cell_back", indicator=name), False)
