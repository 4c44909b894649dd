"""Random histories of two reviewers and a machine that reads again, other texts too, against a model (histories.py)."""

import hashlib
import shutil
import sqlite3
import tempfile
from dataclasses import replace
from pathlib import Path

from histories import AT, REVIEWERS, WIDTH, WORDS, ZONES, Model, Step, place_of, text_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from store_samples import CATALOGUE, entry, extraction

from db import queries, selftest
from db.store import Store
from desktop.errors import UserError
from desktop.model import Figure

zones = st.integers(0, ZONES - 1)
reviewers = st.sampled_from(REVIEWERS)
values = st.integers(1, 4).map(float)
indicators = st.sampled_from(["received", "accepted", None])
named = st.sampled_from(["received", "accepted"])
comments = st.sampled_from(["", "待查", "已核"])
readings = st.one_of(
    st.none(),
    st.tuples(values, st.just("件"), indicators, st.integers(0, 2)),
    st.tuples(values, st.just("起"), indicators, st.just(0)),
)
orders = st.lists(zones, min_size=1, max_size=ZONES, unique=True)
fillers = st.sampled_from(["", "\n", "第一百页。"])


def figure_of(at, reading):
    """Return the machine's reading of a zone whose number begins at `at`."""
    value, unit, indicator, shift = reading
    return Figure(at - shift, at + 2, value, unit, None, "count", indicator, 0.5)


class Histories(RuleBasedStateMachine):
    @initialize(machine=st.dictionaries(zones, readings.filter(bool)))
    def open(self, machine):
        self.folder = Path(tempfile.mkdtemp())
        self.store = Store.open(self.folder / "a.hebao")
        figures = [figure_of(zone * WIDTH + AT, machine[zone]) for zone in sorted(machine)]
        self.entry = entry(text=text_of(range(ZONES)), figures=figures)
        self.report = self.store.add_reports([self.entry], program="1", catalogue="1")[0]
        self.model = Model(machine)
        self.seen = (0, hashlib.sha256(b"[]").hexdigest())

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            assert [problem.message_id for problem in selftest.problems(self.folder / "a.hebao")] == []
            shutil.rmtree(self.folder)

    def rows(self):
        """Return the figures by the zone that they stand in."""
        model, found = self.model, queries.figures(self.store, self.report)
        rows = {model.order[row.end // (WIDTH + len(model.filler))]: row for row in found}
        assert len(rows) == len(found)
        return rows

    def at(self, zone):
        return place_of(self.model.order, self.model.filler, zone)

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
            at = self.at(zone) - shift
            self.decided(
                "correct", zone, by, lambda edit, i: edit.correct(i, start=at),
                state="verified", reason="", shown=(*shown[1][:3], shift),
            )  # fmt: skip

    @rule(zone=zones, by=reviewers, value=values)
    def create(self, zone, by, value):
        if self.model.shown(zone) is not None or zone not in self.model.order:
            return
        made = figure_of(self.at(zone), (value, "个", None, 0))
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
        self.store.replace_extraction(self.report, self.read(machine), program="1", catalogue="1")

    @rule(order=orders, filler=fillers, machine=st.dictionaries(zones, readings))
    def read_another_text(self, order, filler, machine):
        """Another reader gives other lines in another order, and leaves some out."""
        self.model.order, self.model.filler = order, filler
        read = self.read(machine)
        document = replace(self.entry.document, text=text_of(order, filler))
        self.store.replace_document(self.report, document, read, program="1", catalogue="1")

    def read(self, machine):
        after = {**self.model.machine, **machine}
        kept = {zone: read for zone, read in after.items() if read is not None and zone in self.model.order}
        self.model.machine = kept
        return extraction([figure_of(self.at(zone), kept[zone]) for zone in sorted(kept, key=self.at)])

    @rule(number=st.integers(0, 200), by=reviewers)
    def undo_change(self, number, by):
        """Take back any change, of either reviewer, however old."""
        if not self.model.log:
            return
        number %= len(self.model.log)
        expected = self.model.undo_change(number, by)
        try:
            outcome = self.store.undo_change(self.uuids()[number], reviewer=by).verb
        except UserError as error:
            assert error.message_id == "undo_change_superseded"
            assert error.arguments["uuid"] in self.uuids()[number:]
            outcome = "superseded"
        assert outcome == expected

    @rule(zone=zones, by=reviewers)
    def drop(self, zone, by):
        """Give up a decision that lost its place."""
        for row in queries.lost(self.store, self.report):
            if zone == max(range(ZONES), key=lambda z: f"{row.before}{row.quote}".rfind(WORDS[z])):
                with self.store.edit("drop", reviewer=by) as edit:
                    edit.drop(self.report, row.anchor)
                self.model.drop(zone, by)

    @rule(indicator=named, by=reviewers, what=st.sampled_from(["enter", "assert", "take back"]), value=values)
    def cell(self, indicator, by, what, value):
        step, target = Step("cell"), ("cell", indicator)
        with self.store.edit("cell", reviewer=by) as edit:
            if what == "enter":
                edit.enter_cell(self.report, indicator, value, "附表")
                self.model.set(step, target, value, by)
            elif what == "assert":
                edit.assert_not_reported(self.report, indicator)
                self.model.set(step, target, "not reported", by)
            else:
                edit.enter_cell(self.report, indicator, None, "")
                edit.assert_not_reported(self.report, indicator, False)
                edit.name_figures(self.report, indicator, [])
                self.model.set(step, target, None, by)
        self.model.finish(step, by)

    @rule(indicator=named, picked=st.sets(zones), by=reviewers)
    def name(self, indicator, picked, by):
        """Name the figures that make a cell, or none of them any more."""
        rows = {zone: row.id for zone, row in self.rows().items() if zone in picked and row.state != "rejected"}
        step, target = Step("name"), ("cell", indicator)
        with self.store.edit("name", reviewer=by) as edit:
            edit.name_figures(self.report, indicator, rows.values())
        if rows or isinstance(self.model.of(target).decision, frozenset):
            self.model.set(step, target, frozenset(rows) or None, by)
        self.model.finish(step, by)

    @rule(by=reviewers, done=st.booleans(), what=st.sampled_from(["dismiss", "withdraw", "issuer"]))
    def other(self, by, done, what):
        """Say something of a finding, of the whole report, or of a fact, or take it back."""
        step = Step(what)
        with self.store.edit(what, reviewer=by) as edit:
            if what == "dismiss":
                edit.dismiss("f-1", self.report, "排版") if done else edit.restore("f-1", self.report)
            elif what == "withdraw":
                edit.withdraw(self.report, "重复") if done else edit.bring_back(self.report)
            elif done:
                edit.correct_fact(self.report, "issuer", "青禾县司法局")
        if done or what != "issuer":
            self.model.set(step, what, done or None, by)
        self.model.finish(step, by)

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
            assert (row.start, row.end) == (self.at(zone) - shift, self.at(zone) + 2)
            read = self.model.machine.get(zone)
            differs = read is not None and state != "extracted" and read != (value, unit, indicator, shift)
            assert row.machine == (figure_of(self.at(zone), read) if differs else None)

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def the_report_counts_what_stands(self):
        row = queries.report(self.store, self.report)
        states = [shown[0] for shown in map(self.model.shown, range(ZONES)) if shown is not None]
        assert row.figures == len(states)
        assert row.decided == sum(state in ("verified", "rejected") for state in states)
        decided = any(said.decision is not None for what, said in self.model.said.items() if what != "withdraw")
        assert row.state == ("in_review" if decided else "unreviewed")
        assert row.withdrawn == bool(self.model.of("withdraw").decision)
        assert row.issuer == ("青禾县司法局" if self.model.of("issuer").decision else "青禾县人民政府")
        dismissed = queries.dismissals(self.store, self.report)
        assert dismissed == ({"f-1": "排版"} if self.model.of("dismiss").decision else {})

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def cells_are_as_said(self):
        expected, told = {}, queries.said_of_cells(self.store, self.report)
        for indicator in ("received", "accepted"):
            said = self.model.of(("cell", indicator)).decision
            if isinstance(said, frozenset):
                assert len(told.pop(indicator)["figures"]) == len(said)
                self.cell_is_what_was_named(indicator, said)
            elif said is not None:
                expected[indicator] = (
                    {"not_reported": True} if said == "not reported" else {"value": said, "reason": "附表"}
                )
        assert told == expected

    def cell_is_what_was_named(self, indicator, zones):
        """Whatever became of the figures, wherever they stand now: those that are left make the cell."""
        shown = [self.model.shown(zone) for zone in zones]
        standing = [one for one in shown if one is not None and one[0] != "rejected"]
        states = {one[0] for one in standing} | ({"queried"} if len(standing) < len(zones) else set())
        cell = {cell.indicator: cell for cell in queries.report_cells(self.store, CATALOGUE, self.report)}[indicator]
        assert cell.value == (sum(one[1][0] for one in standing) if standing else None)
        assert cell.state == next((state for state in ("queried", "extracted") if state in states), "verified")

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def what_has_no_place_is_listed(self):
        lost = queries.lost(self.store, self.report)
        assert len(lost) == len(self.model.lost())
        assert sorted(row.value["value"] for row in lost) == sorted(
            self.model.of(zone).decision.shown[0] for zone in self.model.lost()
        )

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def nothing_is_ever_erased_or_altered(self):
        assert len(self.uuids()) == len(self.model.log)
        sql = "SELECT * FROM change WHERE id <= ? ORDER BY id"
        rows = self.store._connection.execute(sql, (self.seen[0],)).fetchall()
        assert hashlib.sha256(repr(rows).encode()).hexdigest() == self.seen[1]
        rows = self.store._connection.execute("SELECT * FROM change ORDER BY id").fetchall()
        self.seen = (rows[-1][0] if rows else 0, hashlib.sha256(repr(rows).encode()).hexdigest())

    def uuids(self):
        return [uuid for (uuid,) in self.store._connection.execute("SELECT uuid FROM change ORDER BY id")]

    @precondition(lambda self: hasattr(self, "model"))
    @invariant()
    def the_labels_are_those_of_the_last_steps(self):
        for by in REVIEWERS:
            done, undone = self.model.done[by], self.model.undone[by]
            assert queries.undo_label(self.store, by) == (done[-1].verb if done else None)
            assert queries.redo_label(self.store, by) == (undone[-1].verb if undone else None)


TestHistories = Histories.TestCase
TestHistories.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
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
