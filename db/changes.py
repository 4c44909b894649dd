"""What a person decides: `Edit` turns each decision into a change of the log (db.log), which lets the rest follow."""

from __future__ import annotations

import math
from collections.abc import Iterable
from types import EllipsisType
from typing import Any

from db import folding, showing, stored, strangers
from db.folding import Value
from db.log import Recorder, kept_charts
from db.settling import OPENED_AGAIN, SIGNED_OFF, WHOLE_STORE, choices, slot_anchor, slot_of
from db.touched import Touched
from desktop.errors import UserError
from desktop.model import FACTS, Approx, Kind

__all__ = ["Edit", "Touched"]


DERIVED = ("disputed", "over")  # parts of what stands that nobody decides


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError(f"not a number that a report can state: {value}")
    return float(value)


class Edit:
    """One group of decisions, written together and undone together; made by `Store.edit` and usable only inside it.

    A decision that changes nothing is not recorded. `touched` is filled when the block ends. A figure or report that
    is not in the store raises KeyError.
    """

    def __init__(self, recorder: Recorder) -> None:
        self._recorder: Recorder | None = recorder
        self.touched = Touched(recorder.verb)

    def accept(self, figure_id: int) -> None:
        """Record that the figure is right as it stands: it is verified."""
        self._decide(figure_id, state="verified", reason="")

    def reject(self, figure_id: int, reason: str = "") -> None:
        """Record that the figure is none, or not of this district or year."""
        self._decide(figure_id, state="rejected", reason=reason)

    def query(self, figure_id: int, comment: str) -> None:
        """Record that the figure is to be looked at again; the comment says why."""
        self._decide(figure_id, state="queried", reason="", comment=comment)

    def comment(self, figure_id: int, comment: str) -> None:
        """Record a comment on the figure; its state stays."""
        self._decide(figure_id, comment=comment)

    def correct(
        self,
        figure_id: int,
        *,
        value: float | EllipsisType = ...,
        unit: str | EllipsisType = ...,
        approx: Approx | EllipsisType | None = ...,
        kind: Kind | EllipsisType = ...,
        indicator: str | EllipsisType | None = ...,
        start: int | EllipsisType = ...,
        end: int | EllipsisType = ...,
    ) -> None:
        """Record what the figure is instead, in what is given; it is verified. ValueError: a span outside the text."""
        given = {
            "value": value if isinstance(value, EllipsisType) else _finite(value),
            "unit": unit,
            "approx": approx,
            "kind": kind,
            "indicator": indicator,
            "start": start,
            "end": end,
        }
        corrected = {name: one for name, one in given.items() if not isinstance(one, EllipsisType)}
        self._decide(figure_id, state="verified", reason="", **corrected)

    def create(
        self,
        report_id: int,
        *,
        start: int,
        end: int,
        value: float,
        unit: str,
        approx: Approx | None,
        kind: Kind,
        indicator: str | None,
    ) -> int:
        """Record a figure that the machine did not find and return its id; it is verified."""
        recorder = self._open()
        self._within(report_id, start, end)
        rows = folding.rows_of(recorder.db, report_id)
        known = recorder.place_of(report_id, start, end)
        taken = {*recorder.texts.elsewhere(report_id), *(row.place for row in rows)}
        anchor = known or folding.free_anchor(start, end, taken)
        after: Value = {
            "state": "verified",
            "start": start,
            "end": end,
            "value": _finite(value),
            "unit": unit,
            "approx": approx,
            "kind": kind,
            "indicator": indicator,
            "comment": "",
            "reason": "",
            "origin": "person",
            "beside": [row.place for row in rows if row.overlaps((start, end))],
        }
        figure_id = recorder.record(report_id, "figure", anchor, None, after)
        self._reported(report_id, anchor, after)
        return figure_id or 0

    def place_again(self, report_id: int, anchor: str, start: int, end: int) -> int:
        """Record where a figure stands that lost its place in a text read anew, and return its id.

        KeyError: no such decision; ValueError: a span outside the text.
        """
        recorder, value = self._open(), self._lost(report_id, anchor)
        self._within(report_id, start, end)
        before = {**value, "text": recorder.texts.counts_in(report_id, anchor)}
        return recorder.record(report_id, "figure", anchor, before, {**value, "start": start, "end": end}) or 0

    def drop(self, report_id: int, anchor: str) -> None:
        """Take back what was decided on a figure that lost its place in a text read anew; KeyError: none such."""
        recorder, value = self._open(), self._lost(report_id, anchor)
        before = recorder.texts.counts_in(report_id, anchor)
        recorder.record(report_id, "figure", anchor, value, None, text_sha256=before)

    def assert_not_reported(self, report_id: int, indicator: str, asserted: bool = True) -> None:
        """Record that the report does not state the indicator, or take that back."""
        standing = self._value(report_id, "cell", indicator)
        if asserted:
            self._set(report_id, "cell", indicator, {"not_reported": True})
        elif standing is not None and "not_reported" in standing:
            self._set(report_id, "cell", indicator, None)

    def enter_cell(self, report_id: int, indicator: str, value: float | None, reason: str) -> None:
        """Record the cell's number itself, with the reason, in the indicator's unit; None takes it back."""
        standing = self._value(report_id, "cell", indicator)
        if value is not None:
            self._set(report_id, "cell", indicator, {"value": _finite(value), "reason": reason})
        elif standing is not None and "value" in standing:
            self._set(report_id, "cell", indicator, None)

    def name_figures(self, report_id: int, indicator: str, figure_ids: Iterable[int], reason: str = "") -> None:
        """Record which figures of the report make a cell, whatever each is read as; none of them takes that back.

        KeyError: no such figure in the report; ValueError: one that is rejected.
        """
        named = sorted({self._name(report_id, i) for i in figure_ids}, key=lambda name: (folding.span_of(name), name))
        standing = self._value(report_id, "cell", indicator)
        if named:
            self._set(report_id, "cell", indicator, {"figures": named, "reason": reason})
        elif standing is not None and "figures" in standing:
            self._set(report_id, "cell", indicator, None)

    def correct_fact(self, report_id: int, fact: str, value: str | int | None) -> None:
        """Record another value of one of model.FACTS, None for unknown; KeyError for any other fact.

        UserError where it is longer than another store would take in.
        """
        if fact not in FACTS:
            raise KeyError(fact)
        strangers.must_fit(value)
        shown = self._columns(report_id, fact)[0]
        standing = self._value(report_id, "fact", fact)
        if standing is None and shown == value:
            return
        self._set(report_id, "fact", fact, {"value": value}, before={"value": shown, "machine": True})

    def withdraw(self, report_id: int, reason: str = "") -> None:
        """Take a report out of every table; it stays in the store."""
        self._set(report_id, "report", "withdrawn", {"withdrawn": True, "reason": reason})

    def bring_back(self, report_id: int) -> None:
        """Bring a withdrawn report back."""
        self._set(report_id, "report", "withdrawn", None)

    def choose(self, report_id: int) -> None:
        """Let this report count for its district and year; UserError where it has none or is withdrawn."""
        key, year, name, withdrawn, counts = self._columns(
            report_id, "district_key", "year", "source_name", "withdrawn", "counts"
        )
        slot = slot_of(key, year)
        if withdrawn:
            raise UserError("report_withdrawn", name=name)
        if slot is None:
            raise UserError("report_without_slot", name=name)
        chosen = choices(self._open().db, slot)
        if counts and list(chosen) == [report_id]:
            return
        for other in chosen:
            if other != report_id:
                self._set(other, "choice", slot_anchor(slot), None)
        self._set(report_id, "choice", slot_anchor(slot), {"counts": True})

    def sign_off(self, report_id: int) -> None:
        """Sign the report off as verified."""
        self._set(report_id, "report", "state", SIGNED_OFF)

    def reopen(self, report_id: int) -> None:
        """Open a signed-off report again; one that is not signed off stays as it is."""
        if self._columns(report_id, "state")[0] == "verified":
            self._set(report_id, "report", "state", OPENED_AGAIN)

    def dismiss(self, fingerprint: str, report_id: int, reason: str) -> None:
        """Record that a finding of the report needs nothing done."""
        self._set(report_id, "finding", fingerprint, {"dismissed": True, "reason": reason})

    def restore(self, fingerprint: str, report_id: int) -> None:
        """Take back that a finding of the report needs nothing done."""
        self._set(report_id, "finding", fingerprint, None)

    def set_indicator(self, indicator: str, definition: Value | None) -> None:
        """Record a reviewer's own indicator in the terms of indicators.toml, for all reports; None takes it away."""
        strangers.must_fit(*(() if definition is None else strangers.lines_of(definition)))
        standing = self._open().own_indicator(indicator)
        if standing != definition or self._open().in_dispute(WHOLE_STORE, "indicator", indicator):
            self._open().record(WHOLE_STORE, "indicator", indicator, standing, definition)

    def keep_chart(self, name: str, shown: Value | None) -> None:
        """Record what a chart of this name shows, for the whole study; None lets it go."""
        strangers.must_fit(name)
        recorder = self._open()
        standing = kept_charts(recorder.db).get(name)
        if standing != shown or recorder.in_dispute(WHOLE_STORE, "chart", name):
            recorder.record(WHOLE_STORE, "chart", name, standing, shown)

    def take_side(self, report_id: int, kind: str, anchor: str, change: str | None) -> None:
        """Decide on a target what a change of the log decided, on it or on another of its kind; None: nothing.

        KeyError: no such change.
        """
        recorder = self._open()
        standing = recorder.standing(report_id, kind, anchor) if report_id != WHOLE_STORE else None
        before = None if standing is None else {name: v for name, v in standing.value.items() if name not in DERIVED}
        after, made_in = (None, "") if change is None else recorder.decided_by(change)
        text = ""
        if kind == "figure" and after is not None:
            carried = recorder.texts.carried(report_id, after, made_in)
            after, text = (after, made_in) if carried is None else (carried, "")
        recorder.record(report_id, kind, anchor, before, after, text_sha256=text)
        if kind == "figure" and after is not None:
            self._reported(report_id, anchor, after)

    def same_person(self, reviewer_id: str, as_reviewer_id: str) -> None:
        """Record that two reviewers are one person; `as_reviewer_id` the same id: that this one is nobody else.

        KeyError: no such reviewer.
        """
        recorder = self._open()
        for known in (reviewer_id, as_reviewer_id):
            if recorder.db.execute("SELECT 1 FROM reviewer WHERE id = ?", (known,)).fetchone() is None:
                raise KeyError(known)
        was = recorder.db.execute("SELECT same_as FROM person WHERE reviewer_id = ?", (reviewer_id,)).fetchone()
        if was is not None and was[0] != as_reviewer_id:
            recorder.record(WHOLE_STORE, "person", reviewer_id, {"same_as": was[0]}, {"same_as": as_reviewer_id})

    def hand_out(self, store_id: str, told: Value) -> None:
        """Record that a part of the study was handed out as the store of this id: to whom, as which file, and what."""
        recorder = self._open()
        name = str(told["file"]).removesuffix(".hebao")
        recorder.db.execute("INSERT OR REPLACE INTO named_store VALUES (?, ?)", (store_id, name))
        recorder.record(WHOLE_STORE, "handout", store_id, None, told)

    def _open(self) -> Recorder:
        if self._recorder is None:
            raise RuntimeError("this edit is over: decisions are written inside `with store.edit(...)` alone")
        return self._recorder

    def finish(self) -> None:
        """Settle what follows from the decisions; called by the store at the end of the block."""
        self.touched = self._open().finish() or self.touched

    def end(self) -> None:
        """Take no decision any more; called by the store when the block is left."""
        self._recorder = None

    def _columns(self, report_id: int, *names: str) -> tuple[Any, ...]:
        sql = f"SELECT {', '.join(names)} FROM report WHERE id = ?"
        row: tuple[Any, ...] | None = self._open().db.execute(sql, (report_id,)).fetchone()
        if row is None:
            raise KeyError(report_id)
        return row

    def _value(self, report_id: int, kind: str, anchor: str) -> Value | None:
        standing = self._open().standing(report_id, kind, anchor)
        return None if standing is None else standing.value

    def _set(self, report_id: int, kind: str, anchor: str, after: Value | None, *, before: Value | None = None) -> None:
        """Record what stands on a target from now on, unless it stands already; `before` is what stood undecided."""
        standing = self._value(report_id, kind, anchor)
        stood = None if standing is None else {name: v for name, v in standing.items() if name not in DERIVED}
        if stood != after or self._open().in_dispute(report_id, kind, anchor):
            self._open().record(report_id, kind, anchor, stood or before, after)

    def _decide(self, figure_id: int, **decided: Any) -> None:
        recorder = self._open()
        row = folding.row_by_id(recorder.db, figure_id)
        if not self._is_inside(row.report_id, row.start, row.stop):
            stored.refuse(f"figure {figure_id}")
        anchor = self._anchor(row)
        standing = recorder.standing(row.report_id, "figure", anchor)
        row.decided = standing is not None
        before: Value = {**row.shown(), "comment": "", "reason": "", "origin": "machine"}
        if standing is not None:
            # Under a mere comment the columns follow the machine: what is decided now is what is read now.
            before = {**standing.value, **row.shown()}
        after = {**before, **decided}
        self._within(row.report_id, after["start"], after["end"])
        same = after == before and (standing is None or standing.reviewer_id == recorder.reviewer_id)
        if same and not recorder.in_dispute(row.report_id, "figure", anchor):
            return
        recorder.record(row.report_id, "figure", anchor, before, after, row=row)
        self._reported(row.report_id, anchor, after)

    def _anchor(self, row: folding.Row) -> str:
        """Return the anchor under which the log knows a figure, or knows it from now on."""
        texts = self._open().texts
        if row.anchor is not None and texts.made_in(row.report_id, row.anchor) is not None:
            return row.anchor
        return self._open().place_of(row.report_id, row.start, row.stop) or row.place

    def _name(self, report_id: int, figure_id: int) -> str:
        row = folding.row_by_id(self._open().db, figure_id)
        if row.report_id != report_id:
            raise KeyError(figure_id)
        if row.state == "rejected":
            raise ValueError(f"a rejected figure makes no cell: {figure_id}")
        anchor, texts, rows = self._anchor(row), self._open().texts, folding.rows_of(self._open().db, report_id)
        if anchor != row.place and showing.at_home(texts, report_id, anchor, rows) != row:
            return row.place  # the place of a figure that was read once may be that of several now
        return anchor

    def _lost(self, report_id: int, anchor: str) -> Value:
        value = self._value(report_id, "figure", anchor)
        if value is None or any(row.place == anchor for row in folding.rows_of(self._open().db, report_id)):
            raise KeyError(anchor)
        return value

    def _within(self, report_id: int, start: int, end: int) -> None:
        if not self._is_inside(report_id, start, end):
            raise ValueError(f"no span of the text: {start}-{end}")

    def _is_inside(self, report_id: int, start: int, end: int) -> bool:
        return 0 <= start < end <= len(self._open().texts.body(report_id))

    def _reported(self, report_id: int, anchor: str, after: Value) -> None:
        """Take back that an indicator is not reported once a figure of it is verified.

        So is a number that somebody entered for it, where that is in dispute with this very figure.
        """
        indicator = after["indicator"]
        if after["state"] == "verified" and indicator is not None:
            standing = self._value(report_id, "cell", indicator)
            if standing is not None and ("not_reported" in standing or self._against(report_id, indicator, anchor)):
                self._set(report_id, "cell", indicator, None)

    def _against(self, report_id: int, indicator: str, anchor: str) -> bool:
        """Return whether what was said of a cell is in dispute with a figure."""
        sql = """SELECT 1 FROM side s JOIN change c ON c.id = s.change_id WHERE c.kind = 'figure' AND c.anchor = ?
            AND (s.report_id, s.kind, s.anchor, s.disputed) = (?, 'cell', ?, 1)"""
        return self._open().db.execute(sql, (anchor, report_id, indicator)).fetchone() is not None
