"""What a figure says instead: value, unit, indicator, place; figures and cells that only a person has."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui import keymap
from desktop.ui.desk.deciding import Deciding
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.desk.naming_words import adding_up, said_of_cell, standing
from desktop.ui.desk.opened import Opened
from desktop.ui.desk.suggesting import likely
from desktop.ui.session import Session
from desktop.ui.wording import plain_number, printed

if TYPE_CHECKING:
    from desktop.ui.desk.naming import NamingPanel


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
        self.desk.picker.ask(purpose, title, list(catalogue), [*own, *near, *last], {})

    def assert_not_reported(self) -> None:
        """Open the picker with the indicators that no figure states; the asserted ones stand first."""
        opened = self.desk.opened
        if opened is None:
            return
        stated = {figure.indicator for figure in self.desk.model.figures() if figure.state != "rejected"}
        asserted = opened.not_reported
        pool = [indicator for indicator in self._session.catalogue if indicator not in stated]
        self.desk.place_picker()
        marked = dict.fromkeys(asserted, say("state_not_reported"))
        self.desk.picker.ask("not_reported", say("picker_not_reported"), pool, asserted, marked)

    def enter_cell(self) -> None:
        """Open the picker for the cell whose number is to be entered; that of the current figure stands first."""
        self._ask_cell("cell", say("picker_cell"), "value")

    def name_figures(self) -> None:
        """Open the picker for the cell whose figures are to be named; that of the current figure stands first."""
        self._ask_cell("named", say("picker_named"), "figures")

    def _ask_cell(self, purpose: str, title: str, said: str) -> None:
        opened, figure, catalogue = self.desk.opened, self.desk.current(), self._session.catalogue
        if opened is None:
            return
        told = {
            indicator: said_of_cell(one, opened.figures, catalogue[indicator])
            for indicator, one in opened.cells.items()
            if indicator in catalogue
        }
        first = [figure.indicator] if figure is not None and figure.indicator in catalogue else []
        first += [indicator for indicator in told if said in opened.cells[indicator] and indicator not in first]
        self.desk.place_picker()
        self.desk.picker.ask(purpose, title, list(catalogue), first, told)

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
        elif purpose == "named":
            self._ask_figures(opened, indicator)
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

    @cached_property
    def _naming(self) -> NamingPanel:
        """Return the panel in which figures are named, once it is asked for."""
        panel = self.desk.naming
        panel.named.connect(self._named)
        panel.pointed.connect(self.desk.point_at)
        panel.left.connect(self._back)
        return panel

    def _ask_figures(self, opened: Opened, indicator: str) -> None:
        said, known = opened.cells.get(indicator, {}), self._session.catalogue[indicator]
        anchors = said.get("figures", ())
        there = standing(opened.figures, anchors)
        ticked = [figure.id for figure in there] if anchors else opened.makers_of(self._session.catalogue, indicator)
        notice = ""
        if len(there) < len(anchors):
            notice = say("naming_gone", n=len(anchors) - len(there))
        elif said and not anchors:
            notice = say("naming_replaces", said=said_of_cell(said, opened.figures, known))
        panel = self._naming
        self.desk.place_picker()
        panel.ask(known, opened, ticked, str(said.get("reason", "")) if anchors else "", notice)

    def _back(self) -> None:
        self.desk.table.setFocus()
        self.desk.point_back()

    def _named(self, indicator: str, figure_ids: Sequence[int], reason: str) -> None:
        opened = self.desk.opened
        self._back()
        if opened is None or not (figure_ids or "figures" in opened.cells.get(indicator, {})):
            return
        if gone := {*figure_ids}.difference(figure.id for figure in opened.figures if figure.state != "rejected"):
            self.said.emit(say("naming_gone", n=len(gone)), True)  # read anew, or decided on, while it was asked
            return
        if self.carry_out(workflow.name_figures, opened.report.id, indicator, figure_ids, reason) is None:
            return
        name, known = self._session.indicator_name(indicator), self._session.catalogue[indicator]
        made = adding_up([figure for figure in opened.figures if figure.id in figure_ids], known)
        said = say("said_named", indicator=name, made=made) if figure_ids else say("said_named_back", indicator=name)
        self.said.emit(said, False)
