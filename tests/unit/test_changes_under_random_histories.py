"""Random histories of two reviewers and a machine that reads again, against a model that keeps plain dictionaries.

The text is a row of zones; in each at most one figure stands: the machine's reading, a person's decision over it, or a
figure that only a person has. The model knows nothing of logs, anchors or tables.
"""

import shutil
import sqlite3
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from store_samples import entry, extraction

from db import queries
from db.store import Store
from desktop.errors import UserError
from desktop.model import Figure

ZONES = 5
WIDTH = 10
TEXT = "".join(f"第{zone}类共办理9件。。" for zone in range(ZONES))
REVIEWERS = ("王敏", "李静")

zones = st.integers(0, ZONES - 1)
reviewers = st.sampled_from(REVIEWERS)
values = st.integers(1, 4).map(float)
indicators = st.sampled_from(["received", "accepted", None])
comments = st.sampled_from(["", "待查", "已核"])
readings = st.one_of(
    st.none(),
    st.tuples(values, st.just("件"), indicators, st.integers(0, 2)),
    st.tuples(values, st.just("起"), indicators, st.just(0)),
)


@dataclass(frozen=True)
class Decision:
    """What a person said of a zone; `state` None: only a comment, over what the machine reads (or else `shown`)."""

    state: str | None
    shown: tuple
    comment: str = ""
    reason: str = ""
    origin: str = "machine"

    @property
    def stands(self):
        return self.state is not None or bool(self.comment)


@dataclass
class Said:
    """The decision on a zone, by whom, and a stamp that tells one decision from every other."""

    decision: Decision | None = None
    by: str | None = None
    stamp: int = 0


@dataclass
class Step:
    """One edit: its verb, and for each zone in order what was said before and after."""

    verb: str
    zones: list = field(default_factory=list)


class Model:
    def __init__(self, machine):
        self.machine = dict(machine)
        self.said = {zone: Said() for zone in range(ZONES)}
        self.undone = {name: [] for name in REVIEWERS}
        self.done = {name: [] for name in REVIEWERS}
        self.stamps = 0

    def shown(self, zone):
        """Return (state, reading, comment, reason, origin, by) of a zone, None where nobody has a figure."""
        said, read = self.said[zone], self.machine.get(zone)
        decision = said.decision
        if decision is None:
            return None if read is None else ("extracted", read, "", "", "machine", None)
        if decision.state is None:
            return ("extracted", read or decision.shown, decision.comment, "", "machine", said.by)
        return (decision.state, decision.shown, decision.comment, decision.reason, decision.origin, said.by)

    def decide(self, step, zone, by, **what):
        """Let a decision stand, unless the same one of the same reviewer does; a figure made has nothing before it."""
        before = self.said[zone]
        now = self.shown(zone)
        if now is None:
            decision = Decision(**what)
        else:
            state, shown, comment, reason, origin, _ = now
            old = Decision(None if state == "extracted" else state, shown, comment, reason, origin)
            decision = Decision(**{**old.__dict__, **what})
            if decision == old and (before.decision is None or before.by == by):
                return
            if before.decision is not None:  # a comment stays over what is read now, not over what was read then
                before = Said(old, before.by, before.stamp)
        self.stamps += 1
        after = Said(decision, by, self.stamps) if decision.stands else Said(None, None, self.stamps)
        step.zones.append((zone, before, after))
        self.said[zone] = after

    def finish(self, step, by):
        if step.zones:
            self.done[by].append(step)
            self.undone[by] = []

    def reverse(self, by, source, target, *, back):
        """Take the last step of `source` over to `target`; "superseded" where nobody's own zone is left of it."""
        if not source[by]:
            return None
        step = source[by][-1]
        before, after = (1, 2) if back else (2, 1)
        last = {}
        for change in step.zones if back else reversed(step.zones):
            last[change[0]] = change
        free = {zone for zone, change in last.items() if self.said[zone].stamp == change[after].stamp}
        if not free:
            return "superseded"
        source[by].pop()
        kept = [change for change in step.zones if change[0] in free]
        for change in reversed(kept) if back else kept:
            self.said[change[0]] = change[before]
        target[by].append(Step(step.verb, kept))
        return step.verb


def figure_of(zone, reading):
    value, unit, indicator, shift = reading
    at = zone * WIDTH + 5
    return Figure(at - shift, at + 3, value, unit, None, "count", indicator, 0.5)


class Histories(RuleBasedStateMachine):
    @initialize(machine=st.dictionaries(zones, readings.filter(bool)))
    def open(self, machine):
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "a.hebao")
        figures = [figure_of(zone, machine[zone]) for zone in sorted(machine)]
        self.report = self.store.add_reports([entry(text=TEXT, figures=figures)], program="1", catalogue="1")[0]
        self.model = Model(machine)

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            shutil.rmtree(self.folder)

    def rows(self):
        rows = {row.start // WIDTH: row for row in queries.figures(self.store, self.report)}
        assert len(rows) == len(queries.figures(self.store, self.report))
        return rows

    def decided(self, verb, zone, by, act, **what):
        row = self.rows().get(zone)
        if row is None:
            return
        with self.store.edit(verb, reviewer=by) as edit:
            act(edit, row.id)
        step = Step(verb)
        self.model.decide(step, zone, by, **what)
        self.model.finish(step, by)

    @rule(zone=zones, by=reviewers)
    def accept(self, zone, by):
        self.decided("accept", zone, by, lambda edit, i: edit.accept(i), state="verified", reason="")

    @rule(zone=zones, by=reviewers, reason=comments)
    def reject(self, zone, by, reason):
        self.decided("reject", zone, by, lambda edit, i: edit.reject(i, reason), state="rejected", reason=reason)

    @rule(zone=zones, by=reviewers, comment=comments)
    def query(self, zone, by, comment):
        what = {"state": "queried", "comment": comment, "reason": ""}
        self.decided("query", zone, by, lambda edit, i: edit.query(i, comment), **what)

    @rule(zone=zones, by=reviewers, comment=comments)
    def comment(self, zone, by, comment):
        self.decided("comment", zone, by, lambda edit, i: edit.comment(i, comment), comment=comment)

    @rule(zone=zones, by=reviewers, value=values, indicator=indicators)
    def correct(self, zone, by, value, indicator):
        shown = self.model.shown(zone)
        if shown is not None:
            reading = (value, shown[1][1], indicator, shown[1][3])
            self.decided(
                "correct", zone, by, lambda edit, i: edit.correct(i, value=value, indicator=indicator),
                state="verified", reason="", shown=reading,
            )  # fmt: skip

    @rule(zone=zones, by=reviewers, shift=st.integers(0, 2))
    def correct_span(self, zone, by, shift):
        shown = self.model.shown(zone)
        if shown is not None:
            at = zone * WIDTH + 5 - shift
            self.decided(
                "correct", zone, by, lambda edit, i: edit.correct(i, start=at),
                state="verified", reason="", shown=(*shown[1][:3], shift),
            )  # fmt: skip

    @rule(zone=zones, by=reviewers, value=values)
    def create(self, zone, by, value):
        if self.model.shown(zone) is not None:
            return
        made = figure_of(zone, (value, "个", None, 0))
        with self.store.edit("create", reviewer=by) as edit:
            edit.create(
                self.report, start=made.start, end=made.end, value=value, unit="个", approx=None, kind="count",
                indicator=None,
            )  # fmt: skip
        step = Step("create")
        self.model.decide(step, zone, by, state="verified", shown=(value, "个", None, 0), origin="person")
        self.model.finish(step, by)

    @rule(picked=st.sets(zones, min_size=1), by=reviewers, comment=comments)
    def sheaf(self, picked, by, comment):
        """Accept many and comment on each, in one edit: two changes on each figure."""
        rows, step = self.rows(), Step("sheaf")
        with self.store.edit("sheaf", reviewer=by) as edit:
            for zone in sorted(picked & rows.keys()):
                edit.accept(rows[zone].id)
                self.model.decide(step, zone, by, state="verified", reason="")
                edit.comment(rows[zone].id, comment)
                self.model.decide(step, zone, by, comment=comment)
        self.model.finish(step, by)

    @rule(zone=zones, by=reviewers)
    def fail(self, zone, by):
        """Raise in the middle of an edit: nothing of it stays."""
        rows = self.rows()
        try:
            with self.store.edit("fail", reviewer=by) as edit:
                for row in rows.values():
                    edit.reject(row.id, "?")
                raise LookupError
        except LookupError:
            pass

    @rule(by=reviewers)
    def undo(self, by):
        self.reversed(self.store.undo, by, self.model.done, self.model.undone, back=True)

    @rule(by=reviewers)
    def redo(self, by):
        self.reversed(self.store.redo, by, self.model.undone, self.model.done, back=False)

    def reversed(self, act, by, source, target, *, back):
        try:
            touched = act(reviewer=by)
            outcome = None if touched is None else touched.verb
        except UserError as error:
            assert error.message_id == "undo_superseded"
            outcome = "superseded"
        assert outcome == self.model.reverse(by, source, target, back=back)

    @rule(machine=st.dictionaries(zones, readings))
    def read_again(self, machine):
        after = {**self.model.machine, **machine}
        self.model.machine = {zone: read for zone, read in after.items() if read is not None}
        figures = [figure_of(zone, self.model.machine[zone]) for zone in sorted(self.model.machine)]
        self.store.replace_extraction(self.report, extraction(figures), program="1", catalogue="1")

    @rule()
    def open_again(self):
        self.store.close()
        self.store = Store.open(self.folder / "a.hebao", create=False)

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def the_store_shows_what_the_model_shows(self):
        rows = self.rows()
        for zone in range(ZONES):
            expected, row = self.model.shown(zone), rows.get(zone)
            if expected is None:
                assert row is None
                continue
            state, (value, unit, indicator, shift), comment, reason, origin, by = expected
            found = (row.state, row.value, row.unit, row.indicator, row.comment, row.reason, row.origin, row.reviewer)
            assert found == (state, value, unit, indicator, comment, reason, origin, by)
            assert (row.start, row.end) == (zone * WIDTH + 5 - shift, zone * WIDTH + 8)
            read = self.model.machine.get(zone)
            differs = read is not None and state != "extracted" and read != (value, unit, indicator, shift)
            assert row.machine == (figure_of(zone, read) if differs else None)

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def the_report_counts_what_stands(self):
        row = queries.report(self.store, self.report)
        states = [shown[0] for shown in map(self.model.shown, range(ZONES)) if shown is not None]
        assert row.figures == len(states)
        assert row.decided == sum(state in ("verified", "rejected") for state in states)
        decided = any(said.decision is not None for said in self.model.said.values())
        assert row.state == ("in_review" if decided else "unreviewed")

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def the_labels_are_those_of_the_last_steps(self):
        for by in REVIEWERS:
            done, undone = self.model.done[by], self.model.undone[by]
            assert queries.undo_label(self.store, by) == (done[-1].verb if done else None)
            assert queries.redo_label(self.store, by) == (undone[-1].verb if undone else None)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=120, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_the_log_alone_tells_what_stands(tmp_path):
    """Fold the log anew, from nothing: its last changes are the decisions that the columns were written from."""
    machine = Histories()
    machine.open({0: (1.0, "件", "received", 0), 1: (2.0, "件", None, 1), 3: (3.0, "起", "accepted", 0)})
    machine.accept(0, REVIEWERS[0])
    machine.sheaf({0, 1, 3}, REVIEWERS[1], "已核")
    machine.create(2, REVIEWERS[0], 4.0)
    machine.undo(REVIEWERS[1])
    machine.correct(3, REVIEWERS[0], 2.0, None)
    connection: sqlite3.Connection = machine.store._connection
    last = connection.execute(
        """SELECT kind, anchor, after FROM change WHERE id IN (SELECT max(id) FROM change GROUP BY kind, anchor)"""
    ).fetchall()
    standing = connection.execute("SELECT kind, anchor, value FROM decision").fetchall()
    assert set(standing) == {row for row in last if row[2] is not None and '"extracted"' not in row[2]}
    machine.the_store_shows_what_the_model_shows()
    machine.teardown()
