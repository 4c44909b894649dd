"""The verbs of the desk, without a window: each is one change of the log that says what it did and is undone as one."""

from __future__ import annotations

import pytest
from store_samples import ACCEPTED, ME, RECEIVED, TEXT, TOWN, entry, extraction

from db import queries
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.model import Finding, Numeral
from desktop.progress import Progress

FINDING = Finding("stated_twice", "warning", ((29, 33), (36, 40)), {"expected": 1, "found": 2}, fingerprint="abc")


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.hebao") as opened:
        opened.add_reports([entry(findings=[FINDING])], program="1", catalogue="1")
        yield opened


def figures(store):
    return {f.start: f for f in queries.figures(store, 1)}


def test_a_sentence_is_one_change(store):
    before = figures(store)
    ids = [before[RECEIVED.start].id, before[ACCEPTED.start].id]
    touched = workflow.accept_figures(store, ids, reviewer=ME)
    assert touched.figures == set(ids) and touched.verb == "accept_figures"
    assert {figures(store)[s].state for s in (RECEIVED.start, ACCEPTED.start)} == {"verified"}
    workflow.undo(store, reviewer=ME)
    assert figures(store) == before


def test_a_dismissed_finding_keeps_its_reason_and_comes_back(store):
    with pytest.raises(UserError, match="dismissal_needs_reason"):
        workflow.dismiss(store, 1, "abc", "  ", reviewer=ME)
    workflow.dismiss(store, 1, "abc", " 已核实 ", reviewer=ME)
    assert queries.dismissals(store, 1) == {"abc": "已核实"}
    assert queries.report(store, 1).findings == 0
    assert queries.findings(store, 1)[0].reason == "已核实"
    workflow.restore_finding(store, 1, "abc", reviewer=ME)
    assert queries.dismissals(store, 1) == {} and queries.report(store, 1).findings == 1
    workflow.undo(store, reviewer=ME)
    assert queries.findings(store, 1)[0].dismissed


def test_a_numeral_is_passed_over_where_its_text_stands(store):
    workflow.pass_over(store, 1, 0, 1, reviewer=ME)
    mark = workflow.numeral_mark(0, 1, TEXT[:1])
    assert mark in queries.dismissals(store, 1)
    assert workflow.numeral_mark(0, 1, "别") not in queries.dismissals(store, 1)
    assert workflow.numeral_place(mark) == (0, 1) and workflow.numeral_place("abc") is None
    assert queries.numerals(store, 1)[-1] == Numeral(0, 1, "open"), "the machine still says so: a person says otherwise"
    workflow.undo(store, reviewer=ME)
    assert queries.dismissals(store, 1) == {}


def read_again(store, **other):
    read = extraction()
    changed = tuple(f._replace(**other) if f.start == RECEIVED.start else f for f in read.figures)
    store.replace_extraction(1, extraction(changed), program="2", catalogue="2")


def test_what_the_machine_read_when_a_person_decided_is_told_from_what_it_reads_now(store):
    figure = figures(store)[RECEIVED.start]
    workflow.correct_value(store, figure.id, "150", reviewer=ME)
    history = queries.history(store, 1)
    then = workflow.reading_decided_on(history, figure.anchor)
    assert then is not None and then.value == 151
    now = figures(store)[RECEIVED.start].machine
    assert workflow.read_alike(then, now) and not workflow.read_alike(then, None) and workflow.read_alike(None, None)
    read_again(store, value=152.0)
    later = figures(store)[RECEIVED.start]
    assert later.value == 150 and not workflow.read_alike(then, later.machine)
    mark = workflow.reading_mark(later)
    workflow.keep_reading(store, later.id, reviewer=ME)
    assert mark in queries.dismissals(store, 1)
    read_again(store, value=153.0)
    assert workflow.reading_mark(figures(store)[RECEIVED.start]) not in queries.dismissals(store, 1)
    workflow.take_reading(store, later.id, figures(store)[RECEIVED.start].machine, reviewer=ME)
    taken = figures(store)[RECEIVED.start]
    assert (taken.value, taken.state, taken.machine) == (153, "verified", None)
    with pytest.raises(KeyError):
        workflow.reading_mark(taken)


def test_a_place_is_corrected_and_read_again(store):
    figure = figures(store)[RECEIVED.start]
    with pytest.raises(UserError, match="selection_without_number"):
        workflow.correct_span(store, figure.id, 0, 2, reviewer=ME)
    workflow.correct_span(store, figure.id, ACCEPTED.start - 2, ACCEPTED.end + 1, reviewer=ME)
    after = queries.figure(store, figure.id)
    assert (after.start, after.end, after.value, after.indicator) == (36, 40, 140, "received")
    workflow.undo(store, reviewer=ME)
    assert queries.figure(store, figure.id) == figure


def test_one_number_stands_for_two_indicators(tmp_path):
    source = tmp_path / "报告.txt"
    source.write_text(
        "澄岚区人民政府关于2023年法治政府建设情况的报告\n全年共收到行政复议申请151件。\n", encoding="utf-8"
    )
    with workflow.open_store(tmp_path / "b.hebao") as store:
        workflow.import_paths(store, [source], Progress())
        figure = queries.figures(store, 1)[0]
        made, touched = workflow.split_figure(store, figure.id, "reconsideration_accepted", reviewer=ME)
        assert touched.figures == {figure.id, made}
        both = queries.figures(store, 1)
        assert [(f.quote, f.state) for f in both] == [("151件", "verified")] * 2
        assert {f.indicator for f in both} == {figure.indicator, "reconsideration_accepted"}
        with pytest.raises(UserError, match="split_has_indicator"):
            workflow.split_figure(store, figure.id, "reconsideration_accepted", reviewer=ME)
        workflow.undo(store, reviewer=ME)
        assert [(f.state, f.indicator) for f in queries.figures(store, 1)] == [(figure.state, figure.indicator)]

        with pytest.raises(UserError, match="cell_needs_reason"):
            workflow.enter_cell(store, 1, "litigation_lost", "3", " ", reviewer=ME)
        with pytest.raises(UserError, match="value_not_a_number"):
            workflow.enter_cell(store, 1, "litigation_lost", "x", "附表", reviewer=ME)
        workflow.enter_cell(store, 1, "litigation_lost", "1.2万", "附表", reviewer=ME)
        assert queries.said_of_cells(store, 1) == {"litigation_lost": {"value": 12000, "reason": "附表"}}
        workflow.enter_cell(store, 1, "litigation_lost", "", "", reviewer=ME)
        assert queries.said_of_cells(store, 1) == {}


def test_one_older_change_is_taken_back(store):
    first, second = figures(store)[RECEIVED.start], figures(store)[TOWN.start]
    workflow.correct_value(store, first.id, "150", reviewer=ME)
    workflow.accept(store, second.id, reviewer=ME)
    change = queries.history(store, 1, first.id)[0]
    workflow.undo_change(store, change.uuid, reviewer=ME)
    assert queries.figure(store, first.id).value == 151
    assert queries.figure(store, second.id).state == "verified"


def test_around_a_numeral_stands_its_figure():
    assert workflow.around(TEXT, RECEIVED.start, RECEIVED.start + 3) == (RECEIVED.start, RECEIVED.end)
    assert workflow.around(TEXT, 3, 7) == (3, 7), "a year is no figure: its own place"
