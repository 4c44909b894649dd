"""The append-only log: every decision becomes a change, and what stands now follows from it at once."""

from __future__ import annotations

import sqlite3
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from db import folding, stored
from db.folding import Row, Value, encode
from db.rows import Touched
from db.settling import Affected, refresh_facts, settle, slot_of
from db.texts import Texts

WHOLE_STORE = 0  # stands for a report's id where a change is about none: its hashes of source and text are empty
CONTEXT = 20  # characters kept before and after a figure's quote, to find it again in a text that was read anew


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


def now() -> str:
    """Return the time in UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


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

    def last_change(self, report_id: int, kind: str, anchor: str) -> tuple[int, str, str] | None:
        """Return the number, the UUID and the reviewer of the last change on a target, None where there is none."""
        sql = """SELECT id, uuid, reviewer_id FROM change WHERE source_sha256 = ? AND kind = ? AND anchor = ?
            ORDER BY id DESC LIMIT 1"""
        row: tuple[int, str, str] | None = self.db.execute(
            sql, (self.about(report_id).source_sha256, kind, anchor)
        ).fetchone()
        return row

    def record(
        self, report_id: int, kind: str, anchor: str, before: Value | None, after: Value | None,
        *, row: Row | None = None, place: str | None = None, undoing: Undoing | None = None, text_sha256: str = "",
    ) -> int | None:  # fmt: skip
        """Append a change and let what stands follow; return the figure's id where the change leaves one.

        `row` spares the search for the figure that `anchor` names; `text_sha256` says in which text the spans count,
        where that is not the present one: then they have no place in this, and the figure is nowhere.
        """
        if kind == "figure" and not text_sha256:
            row = row or self._row(report_id, anchor, after or before)
            place = place or self._place(report_id, anchor, after or before)
        change_id = self._append(report_id, kind, anchor, before, after, place, undoing, text_sha256)
        if kind == "figure":
            self.texts.enter(report_id, anchor, text_sha256 or self.about(report_id).text_sha256)
        if kind == "indicator":
            self._define(anchor, after)
            return None
        if kind == "chart":  # what stands is read from the log itself
            return None
        if folding.stands(kind, after):
            made = change_id if undoing is None else effective(self.db, change_id)
            sql = """INSERT OR REPLACE INTO decision
                SELECT ?, ?, ?, ?, c.id, c.reviewer_id, c.at FROM change c WHERE c.id = ?"""
            self.db.execute(sql, (report_id, kind, anchor, encode(after), made))
        else:
            sql = "DELETE FROM decision WHERE report_id = ? AND kind = ? AND anchor = ?"
            self.db.execute(sql, (report_id, kind, anchor))
        self._affected.reports.add(report_id)
        if kind == "figure":
            self._list_lost(report_id, anchor, bool(text_sha256) and after is not None)
            if text_sha256:
                self._take_away(report_id, anchor)
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
        settle(self.db, self._affected)
        touched = self._affected
        return Touched(self.verb, frozenset(touched.reports), frozenset(touched.figures), frozenset(touched.indicators))

    def _append(
        self, report_id: int, kind: str, anchor: str, before: Value | None, after: Value | None, place: str | None,
        undoing: Undoing | None, text_sha256: str,
    ) -> int:  # fmt: skip
        about = self.about(report_id)
        last = self.last_change(report_id, kind, anchor)
        self._sequence += 1
        self._clock += 1
        sql = f"INSERT INTO change VALUES (NULL{', ?' * 21})"
        values: tuple[Any, ...] = (
            str(uuid.uuid4()), self._store_id, self._sequence, self._clock, self._at, self.reviewer_id, self._group,
            self.verb, self._why, about.source_sha256, text_sha256 or about.text_sha256, kind, anchor, place,
            None if before is None else encode(before), None if after is None else encode(after),
            None if last is None else last[1], undoing and undoing.change, undoing and undoing.group,
            about.program, about.catalogue,
        )  # fmt: skip
        return int(self.db.execute(sql, values).lastrowid or 0)

    def _take_away(self, report_id: int, anchor: str) -> None:
        """Take a decision's figure out of the text where it has no place; what the machine reads there stays."""
        rows = folding.rows_of(self.db, report_id)
        row = next((row for row in rows if row.place == anchor), None)
        if row is None:
            return
        read = None if row.machine is None else folding.fold(replace(row, decided=True), None)
        if read is None:
            folding.remove(self.db, row)
            return
        taken = {*self.texts.anchors(report_id), *(other.place for other in rows)}
        read.anchor = folding.free_anchor(read.start, read.stop, taken)
        folding.update(self.db, row, read)

    def _list_lost(self, report_id: int, anchor: str, lost: bool) -> None:
        """Let the list of decisions without a place follow; only one made in another text can be on it."""
        if self.texts.made_in(report_id, anchor) != self.texts.hashes(report_id)[1]:
            verb = (
                "INSERT OR IGNORE INTO lost VALUES (?, ?)"
                if lost
                else "DELETE FROM lost WHERE (report_id, anchor) = (?, ?)"
            )
            self.db.execute(verb, (report_id, anchor))

    def _define(self, indicator: str, definition: Value | None) -> None:
        """Let a definition of the log be the one that stands."""
        self.db.execute("DELETE FROM own_indicator WHERE id = ?", (indicator,))
        if definition is not None:
            self.db.execute("INSERT INTO own_indicator VALUES (?, ?)", (indicator, encode(definition)))
        self._affected.indicators.add(indicator)

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

    def _row(self, report_id: int, anchor: str, value: Value | None) -> Row | None:
        """Return the figure that an anchor names, else the machine's present reading of the same place."""
        rows = folding.rows_of(self.db, report_id)
        named = next((row for row in rows if row.place == anchor), None)
        if named is not None:
            return named
        beside = () if value is None else value.get("beside", ())
        span = self.texts.home(report_id, anchor) or ((0, 0) if value is None else (value["start"], value["end"]))
        near = [row for row in rows if not row.decided and row.place not in beside and row.overlaps(span)]
        return max(near, key=lambda row: row.overlaps(span), default=None)

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
            (SELECT count(*) FROM lost WHERE report_id = ?2)"""
        source = self.texts.hashes(report_id)[0]
        return bool(self.db.execute(sql, (source, report_id)).fetchone()[0])

    def _fold(self, row: Row, anchor: str, after: Value | None) -> int | None:
        folded = folding.fold(row if row.place == anchor else replace(row, anchor=anchor), after)
        if folded is None:
            folding.remove(self.db, row)
            self._affected.figures.discard(row.id or 0)
            return None
        if row.id is None:
            folded.id = folding.insert(self.db, folded)
        else:
            folding.update(self.db, row, folded)
        self._affected.figures.add(folded.id or 0)
        return folded.id

    def _follow(self, report_id: int, kind: str, anchor: str, after: Value | None) -> None:
        """Let a decision about a report, or one of its facts, move what hangs on it."""
        if kind == "fact":
            refresh_facts(self.db, report_id, self._affected)
        elif (kind, anchor) == ("report", "withdrawn"):
            self.db.execute("UPDATE report SET withdrawn = ? WHERE id = ?", (int(after is not None), report_id))
            self._mark_slot(report_id)
        elif kind == "choice":
            self._mark_slot(report_id)

    def _mark_slot(self, report_id: int) -> None:
        key, year = self.db.execute("SELECT district_key, year FROM report WHERE id = ?", (report_id,)).fetchone()
        slot = slot_of(key, year)
        if slot is not None:
            self._affected.slots.add(slot)


def kept_charts(db: sqlite3.Connection) -> dict[str, Value]:
    """Return what each chart that was kept shows, by its name, in the order in which they were kept first."""
    sql = "SELECT uuid, anchor, after FROM change WHERE source_sha256 = '' AND kind = 'chart' ORDER BY id"
    said = {name: (uuid_, after) for uuid_, name, after in db.execute(sql)}
    return {
        name: stored.decision("chart", name, after, f"change {uuid_}")
        for name, (uuid_, after) in said.items()
        if after is not None
    }


def effective(db: sqlite3.Connection, change_id: int) -> int | None:
    """Return the decision that stands once a change is written: itself, or the one it went back to; None for none."""
    sql = """SELECT c.undoes, b.id FROM change c LEFT JOIN change u ON u.uuid = c.undoes
        LEFT JOIN change b ON b.uuid = u.supersedes WHERE c.id = ?"""
    change: int | None = change_id
    seen: set[int] = set()
    while change is not None:
        if change in seen:  # a log that Hebao did not write
            stored.refuse(f"change {change}")
        seen.add(change)
        undoes, went_back_to = db.execute(sql, (change,)).fetchone()
        if undoes is None:
            break
        change = went_back_to
    return change


def blank(report_id: int, value: Value | None) -> Row:
    """Return the row of a figure that only a person has: sure of itself, as far as the machine is asked."""
    if value is None:
        raise ValueError("a figure that nobody has cannot be taken away")
    return Row(
        None, report_id, value["start"], value["end"], value["value"], value["unit"], value["approx"], value["kind"],
        value["indicator"], 1.0, "[]", value["state"], decided=True,
    )  # fmt: skip
