"""Several stores of one study with random histories of their own, merged in any order: in the end they say the same."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from histories import ZONES, place_of, text_of
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from store_samples import CATALOGUE as KNOWN
from store_samples import entry, facts

from db import handing, merging, queries, selftest
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.model import Figure
from desktop.progress import Progress
from tests.merged_stores import dump, everything

STORES, REPORTS, REVIEWERS = 3, 2, ("王敏", "李静")
stores = st.integers(0, STORES - 1)
zones = st.integers(0, ZONES - 1)
reports = st.integers(0, REPORTS - 1)
reviewers = st.sampled_from(REVIEWERS)
values = st.integers(1, 3).map(float)
comments = st.sampled_from(["", "待查"])
versions = st.integers(1, 3)
PICKED = {1: (list(range(ZONES)), ""), 2: (list(range(ZONES)), "\n"), 3: (list(range(ZONES))[::-1][1:], "第一百页。")}
"""By version of the program: the zones of a text in their order, and what stands between them."""


def read_by(version, number):
    """Return what a version of the program reads of a source: all that is not a person's is the same everywhere."""
    order, filler = PICKED[version]
    figures = []
    for zone in sorted(order, key=lambda zone: place_of(order, filler, zone)):
        at = place_of(order, filler, zone)
        if (zone + version + number) % 4:
            figures.append(Figure(at - (version == 3), at + 2, float(zone), "件", None, "count", "received", 0.5))
    made = entry(f"{number}.txt", figures=figures, text=text_of(order, filler), of=facts(year=2024))
    source = entry(f"{number}.txt", text=text_of(range(ZONES)))
    document = replace(made.document, source_sha256=source.document.source_sha256)
    return replace(made, document=document, source=source.source)


def opened(path):
    """Open a store that does not wait for the disk: nobody cuts the power here."""
    store = Store.open(path)
    store._connection.execute("PRAGMA synchronous = OFF")
    return store


def cells(store):
    """Return what the cells say, which rests on what each store calls figures; how people are shown is its own."""
    found = queries.exported_cells(store, KNOWN, state="all")
    return sorted((cell._replace(report=cell.report.source_sha256, reviewer=None) for cell in found), key=repr)


class Exchanges(RuleBasedStateMachine):
    @initialize()
    def open(self):
        self.folder = Path(tempfile.mkdtemp())
        self.stores = [opened(self.folder / f"{n}.hebao") for n in range(STORES)]
        self.made = 0
        self.ever = set()
        self.add(0, 0, 1)

    def teardown(self):
        if not hasattr(self, "stores"):
            return
        for _ in range(2):
            for into in range(STORES):
                for other in range(STORES):
                    self.take_in(into, other)
        first = dump(self.stores[0])
        for store in self.stores[1:]:
            assert dump(store) == first
            assert cells(store) == cells(self.stores[0])
        assert {row[0] for row in everything(self.stores[0])} == self.ever
        for store in self.stores:
            store.close()
            assert [(p.message_id, p.arguments) for p in selftest.problems(store.path)] == []
        shutil.rmtree(self.folder)

    @rule(at=stores, number=reports, version=versions)
    def add(self, at, number, version):
        one, store = read_by(version, number), self.stores[at]
        if not store.has_source(one.document.source_sha256):
            store.add_reports([one], program=str(version), catalogue="7")

    @rule(at=stores, number=reports, version=versions)
    def read_again(self, at, number, version):
        report = self.report(at, number)
        if report is not None and version >= int(report.program):
            one = read_by(version, number)
            self.stores[at].replace_document(
                report.id, one.document, one.extraction, program=str(version), catalogue="7"
            )

    def report(self, at, number):
        name = f"{number}.txt"
        return next((r for r in queries.reports(self.stores[at], withdrawn=True) if r.source_name == name), None)

    def figure(self, at, number, zone):
        report = self.report(at, number)
        rows = [] if report is None else queries.figures(self.stores[at], report.id)
        return rows[zone % len(rows)] if rows else None

    def edit(self, at, by, act):
        store = self.stores[at]
        with store.edit("decide", reviewer=by) as edit:
            act(edit)
        self.remember(store)

    def remember(self, store):
        self.ever |= {row[0] for row in everything(store)}

    @rule(
        at=stores, number=reports, zone=zones, by=reviewers, comment=comments, value=values,
        what=st.sampled_from(["accept", "reject", "query", "comment", "correct", "span"]),
    )  # fmt: skip
    def decide(self, at, number, zone, by, comment, value, what):
        figure = self.figure(at, number, zone)
        if figure is None:
            return
        acts = {
            "accept": lambda edit: edit.accept(figure.id),
            "reject": lambda edit: edit.reject(figure.id, comment),
            "query": lambda edit: edit.query(figure.id, comment),
            "comment": lambda edit: edit.comment(figure.id, comment),
            "correct": lambda edit: edit.correct(figure.id, value=value),
            "span": lambda edit: edit.correct(figure.id, start=figure.end - int(value)),
        }
        self.edit(at, by, acts[what])

    @rule(at=stores, number=reports, zone=zones, by=reviewers, value=values)
    def create(self, at, number, zone, by, value):
        report = self.report(at, number)
        order, filler = PICKED[int(report.program)] if report is not None else ((), "")
        if zone not in order:
            return
        end = place_of(order, filler, zone) + 2
        start = end - int(value)
        if not any(row.start < end and start < row.end for row in queries.figures(self.stores[at], report.id)):
            made = {"value": value, "unit": "个", "approx": None, "kind": "count", "indicator": "received"}
            self.edit(at, by, lambda edit: edit.create(report.id, start=start, end=end, **made))

    @rule(
        at=stores, number=reports, by=reviewers, done=st.booleans(), value=values,
        what=st.sampled_from(["enter", "assert", "name", "dismiss", "withdraw", "sign", "issuer", "year", "choose"]),
    )  # fmt: skip
    def other(self, at, number, by, done, value, what):
        report = self.report(at, number)
        if report is None:
            return
        i = report.id
        standing = [row.id for row in queries.figures(self.stores[at], i) if row.state != "rejected"]
        acts = {
            "enter": lambda edit: edit.enter_cell(i, "received", value if done else None, "附表"),
            "assert": lambda edit: edit.assert_not_reported(i, "received", done),
            "name": lambda edit: edit.name_figures(i, "received", standing[:: int(value)] if done else []),
            "dismiss": lambda edit: edit.dismiss("f-1", i, "排版") if done else edit.restore("f-1", i),
            "withdraw": lambda edit: edit.withdraw(i, "重复") if done else edit.bring_back(i),
            "sign": lambda edit: edit.sign_off(i) if done else edit.reopen(i),
            "issuer": lambda edit: edit.correct_fact(i, "issuer", f"第{value}局"),
            "year": lambda edit: edit.correct_fact(i, "year", 2023 if done else 2024),
            "choose": lambda edit: edit.choose(i),
        }
        try:
            self.edit(at, by, acts[what])
        except UserError as error:
            assert error.message_id in ("report_withdrawn", "report_without_slot")

    @rule(at=stores, by=reviewers, value=values, what=st.sampled_from(["indicator", "chart", "gone"]))
    def for_all(self, at, by, value, what):
        definition = {"name_zh": f"量{value}", "unit": "件", "units": "", "when": []}
        acts = {
            "indicator": lambda edit: edit.set_indicator("own", definition),
            "chart": lambda edit: edit.keep_chart("图", {"years": [value]}),
            "gone": lambda edit: edit.set_indicator("own", None),
        }
        self.edit(at, by, acts[what])

    @rule(at=stores, by=reviewers, back=st.booleans())
    def undo_or_redo(self, at, by, back):
        store = self.stores[at]
        try:
            (store.undo if back else store.redo)(reviewer=by)
        except UserError as error:
            assert error.message_id == "undo_superseded"
        self.remember(store)

    @rule(at=stores, by=reviewers, number=st.integers(0, 50))
    def undo_change(self, at, by, number):
        store, log = self.stores[at], everything(self.stores[at])
        if log:
            try:
                store.undo_change(log[number % len(log)][0], reviewer=by)
            except UserError as error:
                assert error.message_id == "undo_change_superseded"
            self.remember(store)

    @rule(at=stores, by=reviewers, number=st.integers(0, 20), side=st.integers(0, 2))
    def adjudicate(self, at, by, number, side):
        store = self.stores[at]
        found = queries.disputes(store)
        if found:
            dispute = found[number % len(found)]
            workflow.adjudicate(store, dispute, dispute.sides[side % len(dispute.sides)], "", reviewer=by)
            self.remember(store)
            assert dispute not in queries.disputes(store)

    @rule(into=stores, other=stores)
    def merge(self, into, other):
        self.take_in(into, other)

    def take_in(self, into, other):
        if into == other:
            return
        store, path = self.stores[into], self.stores[other].path
        merging.merge(store, path, Progress())
        assert {row[0] for row in everything(self.stores[other])} <= {row[0] for row in everything(store)}
        once = dump(store)
        again = merging.merge(store, path, Progress())
        assert (again.reports, again.changes, again.reread, again.reviewers) == (0, 0, 0, ())
        assert dump(store) == once

    @rule(at=stores, other=stores)
    def copy(self, at, other):
        """Somebody copies a store's file by hand and goes on in the copy, under the same id."""
        if at != other:
            self.take_in(other, at)  # what is copied over is not lost
            self.replace(at, lambda path: shutil.copy(self.stores[other].path, path))

    @rule(at=stores, other=stores, blind=st.booleans())
    def hand_out(self, at, other, blind):
        if at != other:
            self.take_in(other, at)
            ids = [row.id for row in queries.reports(self.stores[other], withdrawn=True)]
            giving = self.stores[other]
            self.replace(
                at, lambda path: handing.write(giving, path, ids, blind=blind, sources=True, step=lambda: None)
            )

    def replace(self, at, write):
        self.stores[at].close()
        self.made += 1
        path = self.folder / f"{at}-{self.made}.hebao"
        write(path)
        self.stores[at] = opened(path)


TestExchanges = Exchanges.TestCase
TestExchanges.settings = settings(
    max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
)
