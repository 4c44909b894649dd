"""The append-only log: every decision becomes a change, and what stands now follows from it at once."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass, replace
from typing import Any

from db import folding, people, refolding, showing, standing, stored
from db.folding import Row, Value, blank, encode
from db.settling import WHOLE_STORE, Affected, mark_slot, now, refresh_facts, settle
from db.standing import Carry, Said, nowhere
from db.texts import CONTEXT, Texts
from db.touched import Touched


@dataclass(frozen=True, slots=True)
class About:
    """What every change on one report repeats."""

    source_sha256: str
    text_sha256: str
    program: str
    catalogue: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The decision that stands on one target."""

    value: Value
    reviewer_id: str


@dataclass(frozen=True, slots=True)
class Undoing:
    """What a reversing change points at: the change, and the edit that it belongs to."""

    change: str
    group: str | None


class Recorder:
    """Writes one group of changes inside an open transaction; `finish` settles what follows from them."""

    def __init__(
        self, db: sqlite3.Connection, reviewer_id: str, verb: str, why: str, versions: tuple[str, str]
    ) -> None:
        self.db = db
        self.verb = verb
        self.reviewer_id = reviewer_id
        self._why = why
        self._program, self._catalogue = versions
        self._group, self._at = str(uuid.uuid4()), now()
        self._affected = Affected()
        self._about: dict[int, About] = {}
        self._merged: dict[int, bool] = {}
        self._anew: set[int] = set()
        self.texts = Texts(db)
        row = db.execute("SELECT id, sequence, clock FROM store").fetchone()
        self._store_id, self._sequence, self._clock = stored.identity(row)
        self._before = self._sequence

    def about(self, report_id: int) -> About:
        """Return what changes on a report repeat; KeyError where there is no such report."""
        if report_id == WHOLE_STORE:
            return About("", "", self._program, self._catalogue)
        if report_id not in self._about:
            sql = "SELECT source_sha256, text_sha256, program, catalogue FROM report WHERE id = ?"
            row = self.db.execute(sql, (report_id,)).fetchone()
            if row is None:
                raise KeyError(report_id)
            self._about[report_id] = About(row[0], row[1], self._program or row[2], self._catalogue or row[3])
        return self._about[report_id]

    def standing(self, report_id: int, kind: str, anchor: str) -> Standing | None:
        """Return the decision that stands on a target, None where there is none."""
        sql = "SELECT value, reviewer_id FROM decision WHERE report_id = ? AND kind = ? AND anchor = ?"
        row = self.db.execute(sql, (report_id, kind, anchor)).fetchone()
        if row is None:
            return None
        return Standing(stored.decision(kind, anchor, row[0], f"decision {report_id}/{kind}/{anchor}"), row[1])

    def own_indicator(self, indicator: str) -> Value | None:
        """Return the definition of a reviewer's own indicator, None where there is none of this id."""
        row = self.db.execute("SELECT definition FROM own_indicator WHERE id = ?", (indicator,)).fetchone()
        return None if row is None else stored.definition(row[0], f"own_indicator {indicator}")

    def changes_on(self, report_id: int, kind: str, anchor: str) -> list[Said]:
        """Return all changes on a target."""
        return standing.on_target(self.db, self.about(report_id).source_sha256, kind, anchor)

    def carrying(self, report_id: int) -> Carry:
        """Return what gives a decision on a figure of a report the spans of its present text."""
        return lambda value, text_sha256: self.texts.carried(report_id, value, text_sha256)

    def decided_by(self, change: str) -> tuple[Value | None, str]:
        """Return what a change decided and the SHA-256 of the text its spans count in; KeyError: no such change."""
        sql = "SELECT kind, anchor, after, text_sha256 FROM change WHERE uuid = ?"
        row = self.db.execute(sql, (change,)).fetchone()
        if row is None:
            raise KeyError(change)
        kind, anchor, after, text_sha256 = row
        return None if after is None else standing.said(kind, anchor, after, f"change {change}"), text_sha256

    def in_dispute(self, report_id: int, kind: str, anchor: str) -> bool:
        """Return whether decisions stand on a target that differ."""
        if report_id == WHOLE_STORE:
            return standing.fold(kind, anchor, self.changes_on(report_id, kind, anchor), nowhere).disputed
        sql = "SELECT 1 FROM side WHERE (report_id, kind, anchor, disputed) = (?, ?, ?, 1)"
        return self.db.execute(sql, (report_id, kind, anchor)).fetchone() is not None

    def record(
        self, report_id: int, kind: str, anchor: str, before: Value | None, after: Value | None,
        *, row: Row | None = None, place: str | None = None, undoing: Undoing | None = None, text_sha256: str = "",
    ) -> int | None:  # fmt: skip
        """Append a change and let what stands follow; return the figure's id where the change leaves one.

        `row` spares the search for the figure that `anchor` names; `text_sha256` says in which text the spans count,
        where that is not the present one: then they have no place in this, and the figure is nowhere.
        """
        if kind == "figure" and not text_sha256:
            row = row or showing.row_of(self.db, self.texts, report_id, anchor, after or before)
            place = place or self._place(report_id, anchor, after or before)
        if after is not None and undoing is None and not text_sha256:
            after = self._knowingly(report_id, kind, anchor, after)
        change_id = self._append(report_id, kind, anchor, before, after, place, undoing, text_sha256)
        named = (anchor,) if kind == "figure" else (after or {}).get("figures", ()) if kind == "cell" else ()
        for known in named:
            self.texts.enter(report_id, known, text_sha256 or self.about(report_id).text_sha256)
        if report_id == WHOLE_STORE:
            self._follow_for_all(kind, anchor, after)
            return None
        if self._must_refold(report_id, undoing):
            self._anew.add(report_id)
        if folding.stands(kind, after):
            made = change_id if undoing is None else self._made(report_id, kind, anchor, change_id)
            sql = """INSERT OR REPLACE INTO decision
                SELECT ?, ?, ?, ?, c.id, c.reviewer_id, c.at FROM change c WHERE c.id = ?"""
            self.db.execute(sql, (report_id, kind, anchor, encode(after), made))
        else:
            sql = "DELETE FROM decision WHERE report_id = ? AND kind = ? AND anchor = ?"
            self.db.execute(sql, (report_id, kind, anchor))
        self._affected.reports.add(report_id)
        if kind == "figure":
            lost = bool(text_sha256) and folding.stands(kind, after)
            showing.list_lost(self.db, self.texts, report_id, anchor, lost)
            if text_sha256:
                showing.take_away(self.db, self.texts, report_id, anchor)
                return None
            if row is None and after is None:
                return None
            return self._fold(row or blank(report_id, after), anchor, after)
        self._follow(report_id, kind, anchor, after)
        return None

    def finish(self) -> Touched | None:
        """Settle what follows from the changes and return what was touched; None where nothing was recorded."""
        if self._sequence == self._before:
            return None
        self.db.execute("UPDATE store SET sequence = ?, clock = ?", (self._sequence, self._clock))
        for report_id in sorted(self._anew):
            refolding.refold(self.db, report_id, self._affected, self.texts)
        settle(self.db, self._affected)
        touched = self._affected
        return Touched(self.verb, frozenset(touched.reports), frozenset(touched.figures), frozenset(touched.indicators))

    def _append(
        self, report_id: int, kind: str, anchor: str, before: Value | None, after: Value | None, place: str | None,
        undoing: Undoing | None, text_sha256: str,
    ) -> int:  # fmt: skip
        about = self.about(report_id)
        ends = standing.heads(self.changes_on(report_id, kind, anchor))
        self._sequence += 1
        self._clock += 1
        sql = f"INSERT INTO change VALUES (NULL{', ?' * 21})"
        values: tuple[Any, ...] = (
            str(uuid.uuid4()), self._store_id, self._sequence, self._clock, self._at, self.reviewer_id, self._group,
            self.verb, self._why, about.source_sha256, text_sha256 or about.text_sha256, kind, anchor, place,
            None if before is None else encode(before), None if after is None else encode(after),
            " ".join(end.uuid for end in ends) or None, undoing and undoing.change, undoing and undoing.group,
            about.program, about.catalogue,
        )  # fmt: skip
        return int(self.db.execute(sql, values).lastrowid or 0)

    def _knowingly(self, report_id: int, kind: str, anchor: str, after: Value) -> Value:
        """Return a decision with the figures that it was made in knowledge of, which it may seem to contradict."""
        if kind == "figure":
            sql = """SELECT coalesce(anchor, start || '-' || stop) FROM figure WHERE report_id = ? AND start < ?
                AND stop > ? AND state IN ('verified', 'queried')"""
            rows = self.db.execute(sql, (report_id, after["end"], after["start"]))
            beside = {place for (place,) in rows if place != anchor} - {*after.get("beside", ())}
            return {**after, "beside": [*after.get("beside", ()), *sorted(beside)]} if beside else after
        if kind == "cell" and "not_reported" in after:
            sql = """SELECT coalesce(anchor, start || '-' || stop) FROM figure WHERE report_id = ? AND indicator = ?
                AND state = 'verified'"""
            over = sorted(place for (place,) in self.db.execute(sql, (report_id, anchor)))
            plain = {name: part for name, part in after.items() if name != "over"}
            return {**plain, "over": over} if over else plain
        return after

    def _made(self, report_id: int, kind: str, anchor: str, change_id: int) -> int:
        """Return the decision that stands once a reversal is written: the one it went back to."""
        stand = standing.standing(self.changes_on(report_id, kind, anchor))
        return stand[-1].id if stand else change_id

    def _must_refold(self, report_id: int, undoing: Undoing | None) -> bool:
        """Return whether a change may let decisions of several stores stand side by side, or no longer."""
        if report_id not in self._merged:
            sql = "SELECT 1 FROM side WHERE report_id = ? LIMIT 1"
            self._merged[report_id] = self.db.execute(sql, (report_id,)).fetchone() is not None
        if self._merged[report_id] or undoing is None:
            return self._merged[report_id]
        sql = """SELECT EXISTS (SELECT 1 FROM merged)
            OR EXISTS (SELECT 1 FROM change WHERE source_sha256 = ? AND store_id <> ?)"""
        asked = self.about(report_id).source_sha256, self._store_id
        self._merged[report_id] = bool(self.db.execute(sql, asked).fetchone()[0])
        return self._merged[report_id]

    def _follow_for_all(self, kind: str, anchor: str, after: Value | None) -> None:
        """Let a decision about no single report be the one that stands."""
        if kind == "indicator":
            refolding.define(self.db, anchor, after)
            self._affected.indicators.add(anchor)
        elif kind == "person":
            people.show(self.db)

    def _place(self, report_id: int, anchor: str, value: Value | None) -> str:
        span = self.texts.home(report_id, anchor)
        start, end = span or ((0, 0) if value is None else (value["start"], value["end"]))
        text = self.texts.body(report_id)
        return encode(
            {
                "quote": text[start:end],
                "before": text[max(0, start - CONTEXT) : start],
                "after": text[end : end + CONTEXT],
            }
        )

    def place_of(self, report_id: int, start: int, end: int) -> str | None:
        """Return the anchor under which the log knows a span that no figure holds by it any more, None for none.

        The machine may read a figure a little otherwise than when it was decided on first; it is the same one.
        """
        if self._all_held(report_id):
            return None
        known, now = self.texts.anchors(report_id), self.texts.hashes(report_id)[1]
        if known.get(f"{start}-{end}") == now:
            return None
        spans = {anchor: self.texts.home(report_id, anchor) for anchor in known}
        shared = {anchor: 0 if span is None else folding.overlap(span, (start, end)) for anchor, span in spans.items()}
        if not any(shared.values()):
            return None
        held = {row.place for row in folding.rows_of(self.db, report_id)}
        free = [anchor for anchor in known if shared[anchor] and anchor not in held]
        return max(free, key=shared.__getitem__, default=None)

    def _all_held(self, report_id: int) -> bool:
        """Return whether a decision with a place in the text stands under every anchor that the log knows."""
        sql = """SELECT (SELECT count(DISTINCT anchor) FROM change WHERE source_sha256 = ?1 AND kind = 'figure') =
            (SELECT count(*) FROM decision WHERE report_id = ?2 AND kind = 'figure') -
            (SELECT count(*) FROM lost WHERE report_id = ?2)
            AND NOT EXISTS (SELECT 1 FROM change WHERE source_sha256 = ?1 AND kind = 'cell'
                AND instr(after, '"figures"'))"""
        source = self.texts.hashes(report_id)[0]
        return bool(self.db.execute(sql, (source, report_id)).fetchone()[0])

    def _fold(self, row: Row, anchor: str, after: Value | None) -> int | None:
        named = row if row.place == anchor else replace(row, anchor=anchor)
        figure_id = showing.write(self.db, row, folding.fold(named, after))
        if figure_id is None:
            self._affected.figures.discard(row.id or 0)
        else:
            self._affected.figures.add(figure_id)
        return figure_id

    def _follow(self, report_id: int, kind: str, anchor: str, after: Value | None) -> None:
        """Let a decision about a report, or one of its facts, move what hangs on it."""
        if kind == "fact":
            refresh_facts(self.db, report_id, self._affected)
        elif (kind, anchor) == ("report", "withdrawn"):
            self.db.execute("UPDATE report SET withdrawn = ? WHERE id = ?", (int(after is not None), report_id))
            mark_slot(self.db, report_id, self._affected)
        elif kind == "choice":
            mark_slot(self.db, report_id, self._affected)


def kept_charts(db: sqlite3.Connection) -> dict[str, Value]:
    """Return what each chart that was kept shows, by its name, in the order in which they were kept first."""
    charts = {}
    changes = {name: said for (kind, name), said in standing.on_report(db, "").items() if kind == "chart"}
    for name in sorted(changes, key=lambda name: min(change.order for change in changes[name])):
        shown = standing.fold("chart", name, changes[name], nowhere).value
        if shown is not None:
            charts[name] = shown
    return charts
