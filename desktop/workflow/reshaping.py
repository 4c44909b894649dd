"""Decisions that give a figure another place, make two of one, or say what a cell is: its number, or its figures."""

from __future__ import annotations

from collections.abc import Sequence

from db import queries
from db.rows import FigureRow, Touched
from db.store import Store
from desktop.errors import UserError
from desktop.workflow.cataloguing import known_indicator
from desktop.workflow.reviewing import as_read, parse_typed_value, read_selection


def correct_span(store: Store, figure_id: int, start: int, end: int, *, reviewer: str) -> Touched:
    """Record where a figure stands instead (code points, half-open); value and unit are read there again.

    UserError where no number stands in the selection.
    """
    report_id = queries.figure(store, figure_id).report_id
    read = read_selection(queries.text(store, report_id), start, end)
    with store.edit("correct_span", reviewer=reviewer) as edit:
        edit.correct(figure_id, **as_read(read))
    return edit.touched


def split_figure(store: Store, figure_id: int, indicator: str, *, reviewer: str) -> tuple[int, Touched]:
    """Let one number stand for a second indicator as well; return the id of the second figure and what was touched.

    The first one is verified with it: both are one decision. UserError where the figure has that indicator already.
    """
    known_indicator(store, indicator)
    figure = queries.figure(store, figure_id)
    if indicator in (other.indicator for other in _at(store, figure)):
        raise UserError("split_has_indicator", quote=figure.quote)
    with store.edit("split_figure", reviewer=reviewer) as edit:
        edit.accept(figure_id)
        made = edit.create(figure.report_id, **as_read(figure), indicator=indicator)
    return made, edit.touched


def _at(store: Store, figure: FigureRow) -> list[FigureRow]:
    found = queries.figures(store, figure.report_id)
    return [f for f in found if (f.start, f.end) == (figure.start, figure.end) and f.state != "rejected"]


def enter_cell(store: Store, report_id: int, indicator: str, typed: str, reason: str, *, reviewer: str) -> Touched:
    """Record a cell's number as typed, in the indicator's unit, with the reason; nothing typed takes it back.

    UserError where what is typed is no number, or no reason is given.
    """
    known_indicator(store, indicator)
    value = parse_typed_value(typed) if typed.strip() else None
    if value is not None and not reason.strip():
        raise UserError("cell_needs_reason")
    with store.edit("enter_cell", reviewer=reviewer, why=reason.strip()) as edit:
        edit.enter_cell(report_id, indicator, value, reason.strip())
    return edit.touched


def name_figures(
    store: Store, report_id: int, indicator: str, figure_ids: Sequence[int], reason: str = "", *, reviewer: str
) -> Touched:
    """Record which figures of a report make a cell, whatever each is read as, with a reason or without.

    The cell is what they are at each moment: one its value, several their sum, in the indicator's unit. No figures take
    that back. UserError: no such indicator.
    """
    known_indicator(store, indicator)
    with store.edit("name_figures", reviewer=reviewer, why=reason.strip()) as edit:
        edit.name_figures(report_id, indicator, figure_ids, reason.strip())
    return edit.touched
