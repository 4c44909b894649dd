"""The reviewer's decisions: each is one edit of the log; whoever makes it lets what it touched be checked again."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, get_args

from db import queries
from db.changes import Edit, Touched
from db.store import Store
from desktop.errors import UserError
from desktop.model import Figure, Level
from desktop.text import LANGUAGES, say, say_in
from desktop.workflow.cataloguing import known_indicator, remember_version

SCALES = {"": 1.0, "百": 1e2, "千": 1e3, "万": 1e4, "亿": 1e8, "百万": 1e6, "千万": 1e7}
TYPED = re.compile(r"([+-]?\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|[+-]?\d+(?:\.\d+)?)\s*(百万|千万|百|千|万|亿)?\s*[%％]?")


def _decide(store: Store, verb: str, reviewer: str, decision: Callable[[Edit], object], why: str = "") -> Touched:
    with store.edit(verb, reviewer=reviewer, why=why) as edit:
        decision(edit)
    return edit.touched


def accept(store: Store, figure_id: int, *, reviewer: str) -> Touched:
    """Record that the figure is right as it stands."""
    return _decide(store, "accept", reviewer, lambda edit: edit.accept(figure_id))


def reject(store: Store, figure_id: int, *, reviewer: str, reason: str = "") -> Touched:
    """Record that the figure is no figure, or not of this district or year."""
    return _decide(store, "reject", reviewer, lambda edit: edit.reject(figure_id, reason), reason)


def query(store: Store, figure_id: int, comment: str, *, reviewer: str) -> Touched:
    """Record that the figure is to be looked at again; the comment says why."""
    return _decide(store, "query", reviewer, lambda edit: edit.query(figure_id, comment), comment)


def comment(store: Store, figure_id: int, comment: str, *, reviewer: str) -> Touched:
    """Record a comment on the figure; its state stays."""
    return _decide(store, "comment", reviewer, lambda edit: edit.comment(figure_id, comment))


def correct_value(store: Store, figure_id: int, typed: str, *, reviewer: str) -> Touched:
    """Record another value, typed as a person types it (12万 is 120000); the unit is kept."""
    value = parse_typed_value(typed)
    return _decide(store, "correct_value", reviewer, lambda edit: edit.correct(figure_id, value=value))


def correct_unit(store: Store, figure_id: int, unit: str, *, reviewer: str) -> Touched:
    """Record another unit; UserError where it is empty."""
    unit = unit.strip()
    if not unit:
        raise UserError("unit_empty")
    return _decide(store, "correct_unit", reviewer, lambda edit: edit.correct(figure_id, unit=unit))


def correct_indicator(store: Store, figure_id: int, indicator: str | None, *, reviewer: str) -> Touched:
    """Record another indicator, or None where none fits; UserError where the catalogue has no such id."""
    if indicator is not None:
        known_indicator(store, indicator)
    return _decide(store, "correct_indicator", reviewer, lambda edit: edit.correct(figure_id, indicator=indicator))


def create_figure(
    store: Store, report_id: int, start: int, end: int, *, reviewer: str, indicator: str | None = None
) -> tuple[int, Touched]:
    """Make a figure from selected text (code points, half-open) and return its id and what was touched.

    UserError where the selection holds no number.
    """
    if indicator is not None:
        known_indicator(store, indicator)
    figure = read_selection(queries.text(store, report_id), start, end)
    with store.edit("create_figure", reviewer=reviewer) as edit:
        made = edit.create(report_id, **as_read(figure), indicator=indicator)
    return made, edit.touched


def assert_not_reported(
    store: Store, report_id: int, indicator: str, asserted: bool = True, *, reviewer: str
) -> Touched:
    """Record that the report does not state the indicator, or take that back."""
    known_indicator(store, indicator)
    return _decide(
        store, "not_reported", reviewer, lambda edit: edit.assert_not_reported(report_id, indicator, asserted)
    )


def correct_fact(store: Store, report_id: int, fact: str, typed: str, *, reviewer: str, why: str = "") -> Touched:
    """Record another district, year, … of a report (one of model.FACTS) as typed; empty means unknown.

    What the division table says of the place typed (code, city, province) is recorded with it, as one decision.
    """
    value: str | int | None = typed.strip() or None
    if fact == "year" and value is not None:
        if not re.fullmatch(r"(19|20)\d\d", str(value)):
            raise UserError("year_not_a_year", typed=typed)
        value = int(value)
    if fact == "adcode" and value is not None and not re.fullmatch(r"\d{6}", str(value)):
        raise UserError("adcode_not_a_code", typed=typed)
    if fact == "level" and value is not None:
        value = _level(str(value))
    with store.edit("correct_fact", reviewer=reviewer, why=why) as edit:
        edit.correct_fact(report_id, fact, value)
        for follows, known in _place(queries.report(store, report_id), fact, value).items():
            edit.correct_fact(report_id, follows, known)
    return edit.touched


def _level(typed: str) -> str:
    """Return the level that is named, by its id or as it is called in either language; UserError where it is none."""
    levels = get_args(Level)
    for level in levels:
        if typed in (level, *(say_in(language, f"level_{level}") for language in LANGUAGES)):
            return str(level)
    known = say("list_separator").join(say(f"level_{level}") for level in levels)
    raise UserError("level_not_a_level", typed=typed, known=known)


def _place(report: queries.ReportRow, fact: str, value: str | int | None) -> dict[str, str | None]:
    """Return the facts of place that follow from a district or division code, none where several places are meant."""
    from desktop import districts

    divisions = districts.load()
    if fact == "adcode" and value is not None:
        unit = divisions.by_code(str(value), report.year)
        return {} if unit is None else {"district": unit.name, "city": unit.city or None, "province": unit.province}
    if fact == "district" and value is not None:
        units = divisions.named(str(value), report.year)
        if len(units) != 1:
            return {"adcode": None}
        return {"adcode": units[0].adcode, "city": units[0].city or None, "province": units[0].province}
    return {}


def withdraw(store: Store, report_id: int, *, reviewer: str, reason: str = "") -> Touched:
    """Take a report out of every table; it stays in the store and can be brought back."""
    return _decide(store, "withdraw", reviewer, lambda edit: edit.withdraw(report_id, reason), reason)


def bring_back(store: Store, report_id: int, *, reviewer: str) -> Touched:
    """Bring a withdrawn report back."""
    return _decide(store, "bring_back", reviewer, lambda edit: edit.bring_back(report_id))


def choose(store: Store, report_id: int, *, reviewer: str) -> Touched:
    """Let this source count for its district and year."""
    return _decide(store, "choose", reviewer, lambda edit: edit.choose(report_id))


def sign_off(store: Store, report_id: int, *, reviewer: str) -> Touched:
    """Sign a report off as verified."""
    return _decide(store, "sign_off", reviewer, lambda edit: edit.sign_off(report_id))


def reopen(store: Store, report_id: int, *, reviewer: str) -> Touched:
    """Open a signed-off report again."""
    return _decide(store, "reopen", reviewer, lambda edit: edit.reopen(report_id))


def undo(store: Store, *, reviewer: str) -> Touched | None:
    """Take the reviewer's last decision back by appending its reverse; None where nothing is left."""
    return _followed(store, store.undo(reviewer=reviewer))


def redo(store: Store, *, reviewer: str) -> Touched | None:
    """Take the reviewer's last undo back; None where nothing is left."""
    return _followed(store, store.redo(reviewer=reviewer))


def place_again(store: Store, report_id: int, anchor: str, start: int, end: int, *, reviewer: str) -> Touched:
    """Record where a figure stands that lost its place when the text was read anew; UserError where no number is."""
    read_selection(queries.text(store, report_id), start, end)
    return _decide(store, "place_again", reviewer, lambda edit: edit.place_again(report_id, anchor, start, end))


def drop_lost(store: Store, report_id: int, anchor: str, *, reviewer: str) -> Touched:
    """Take back a decision on a figure that lost its place when the text was read anew."""
    return _decide(store, "drop_lost", reviewer, lambda edit: edit.drop(report_id, anchor))


def undo_change(store: Store, change: str, *, reviewer: str) -> Touched:
    """Take one change back, whosever, by appending its reverse; UserError where something else was decided since."""
    return store.undo_change(change, reviewer=reviewer)


def _followed(store: Store, touched: Touched | None) -> Touched | None:
    if touched is not None and touched.indicators:
        remember_version(store)
    return touched


def as_read(figure: Figure | queries.FigureRow) -> dict[str, Any]:
    """Return what a figure says and where, but for its indicator, as an edit takes it."""
    return {name: getattr(figure, name) for name in ("start", "end", "value", "unit", "approx", "kind")}


def parse_typed_value(typed: str) -> float:
    """Return the number a person typed (1,200; 12万; 36.5%; 十一); UserError where it is none."""
    typed = typed.strip()
    if plain := TYPED.fullmatch(typed):
        digits = plain.group(1).replace(",", "").replace("，", "")
        return round(float(digits) * SCALES[plain.group(2) or ""], 6)
    from desktop.extraction.spans import read_figures  # here, so that the window does not wait for it at the start

    figures, _ = read_figures(f"{typed}件")
    if len(figures) == 1 and figures[0].start == 0 and figures[0].end == len(typed) + 1:
        return figures[0].value
    raise UserError("value_not_a_number", typed=typed)


def around(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span of the figure that stands at a numeral (code points, half-open), unit and all; else its own."""
    from desktop.extraction.spans import read_figures

    figures, _ = read_figures(text)
    return next(((f.start, f.end) for f in figures if f.start < end and start < f.end), (start, end))


def read_selection(text: str, start: int, end: int) -> Figure:
    """Return the first figure that stands in text[start:end], with offsets of `text`; UserError where none does."""
    from desktop.extraction.spans import read_figures

    figures, _ = read_figures(text)
    inside = [f for f in figures if start <= f.start and f.end <= end]
    if inside:
        return inside[0]
    alone, _ = read_figures(text[start:end])
    for figure in alone:
        return Figure(start + figure.start, start + figure.end, figure.value, figure.unit, figure.approx, figure.kind)
    raise UserError("selection_without_number", quote=text[start:end][:40])
