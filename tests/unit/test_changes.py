"""What a person decides of figures and cells, and what becomes of it."""

import math

import pytest
from store_samples import (
    ME,
    RECEIVED,
    TEXT,
    YOU,
    add,
    cell,
    decide,
    entry,
    extraction,
    figure,
    log,
    shown,
)

from db import queries
from db.changes import Touched


def test_accepting_verifies_as_it_stands(store, report_id):
    before = figure(store, report_id)
    touched = decide(store, "accept", before.id)
    after = queries.figure(store, before.id)
    assert (after.state, after.value, after.origin, after.machine) == ("verified", 151.0, "machine", None)
    assert after.reviewer == ME
    assert after.decided_at.endswith("+00:00")
    assert touched.reports == {report_id}
    assert touched.figures == {before.id}
    row = queries.report(store, report_id)
    assert (row.state, row.figures, row.decided) == ("in_review", 6, 1)


def test_rejecting_keeps_the_figure_and_the_reason(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "reject", figure_id, "上年数")
    row = queries.figure(store, figure_id)
    assert (row.state, row.reason, row.value) == ("rejected", "上年数", 151.0)
    decide(store, "accept", figure_id)
    assert (queries.figure(store, figure_id).state, queries.figure(store, figure_id).reason) == ("verified", "")


def test_querying_keeps_a_comment_and_a_comment_keeps_the_state(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "comment", figure_id, "待查")
    assert (queries.figure(store, figure_id).state, queries.figure(store, figure_id).comment) == ("extracted", "待查")
    assert queries.report(store, report_id).state == "in_review"
    decide(store, "query", figure_id, "与附表不符")
    assert queries.figure(store, figure_id).state == "queried"
    assert queries.figure(store, figure_id).comment == "与附表不符"
    decide(store, "accept", figure_id)
    assert queries.figure(store, figure_id).comment == "与附表不符"
    decide(store, "comment", figure_id, "")
    assert (queries.figure(store, figure_id).state, queries.figure(store, figure_id).comment) == ("verified", "")


def test_taking_the_only_comment_back_leaves_the_figure_to_the_machine(store, report_id):
    before = figure(store, report_id)
    decide(store, "comment", before.id, "待查")
    decide(store, "comment", before.id, "")
    assert queries.figure(store, before.id) == before
    assert queries.report(store, report_id).state == "unreviewed"


@pytest.mark.parametrize(
    ("corrected", "machine"),
    [
        ({"value": 152}, RECEIVED),
        ({"unit": "起"}, RECEIVED),
        ({"approx": "more"}, RECEIVED),
        ({"kind": "percent"}, RECEIVED),
        ({"indicator": None}, RECEIVED),
        ({"start": 27, "end": 33}, RECEIVED),
        ({"value": 151}, None),
    ],
)
def test_correcting_verifies_and_keeps_what_the_machine_read(store, report_id, corrected, machine):
    figure_id = figure(store, report_id).id
    decide(store, "correct", figure_id, **corrected)
    row = queries.figure(store, figure_id)
    assert row.state == "verified"
    assert {name: getattr(row, name) for name in corrected} == corrected
    assert row.machine == machine
    assert row.anchor == "29-33"
    assert row.quote == TEXT[row.start : row.end]


def test_making_a_figure_from_the_text(store, report_id):
    with store.edit("create_figure", reviewer=ME) as edit:
        made = edit.create(
            report_id, start=83, end=85, value=5, unit="件", approx="less", kind="count", indicator="lost"
        )
    row = queries.figure(store, made)
    assert (row.origin, row.state, row.anchor, row.quote) == ("person", "verified", "83-85#2", "4件")
    assert (row.confidence, row.because, row.machine) == (1.0, (), None)
    assert edit.touched.figures == {made}
    assert queries.report(store, report_id).figures == 7
    decide(store, "reject", made, "误作")
    assert (queries.figure(store, made).state, queries.figure(store, made).origin) == ("rejected", "person")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (5, 5), (9, 8), (0, len(TEXT) + 1)])
def test_a_figure_stands_within_the_text(store, report_id, start, end):
    made = {"value": 1, "unit": "件", "approx": None, "kind": "count", "indicator": None}
    with pytest.raises(ValueError, match="span"):
        decide(store, "create", report_id, start=start, end=end, **made)
    with pytest.raises(ValueError, match="span"):
        decide(store, "correct", figure(store, report_id).id, start=start, end=end)
    assert log(store) == []


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_is_a_number(store, report_id, value):
    with pytest.raises(ValueError, match="not a number"):
        decide(store, "correct", figure(store, report_id).id, value=value)
    with pytest.raises(ValueError, match="not a number"):
        decide(store, "enter_cell", report_id, "lost", value, "")


def test_a_figure_or_a_report_that_is_not_there(store, report_id):
    for verb, arguments in (("accept", (99,)), ("withdraw", (99,)), ("correct_fact", (99, "year", 2020))):
        with pytest.raises(KeyError):
            decide(store, verb, *arguments)
    with pytest.raises(KeyError):
        decide(store, "correct_fact", report_id, "candidates", "x")
    assert log(store) == []


def test_an_edit_that_fails_leaves_nothing_behind(store, report_id):
    before = shown(store, report_id)
    with pytest.raises(ZeroDivisionError), store.edit("accept", reviewer=ME) as edit:
        edit.accept(figure(store, report_id).id)
        edit.withdraw(report_id)
        _ = 1 / 0
    assert shown(store, report_id) == before
    assert log(store) == []
    assert store.known_reviewer(ME) is None
    assert store.undo(reviewer=ME) is None


def test_no_decision_outside_an_edit_and_no_edit_inside_another(store, report_id):
    figure_id = figure(store, report_id).id
    with store.edit("accept", reviewer=ME) as edit:
        for write in (
            lambda: store.edit("accept", reviewer=ME).__enter__(),
            lambda: store.undo(reviewer=ME),
            lambda: store.redo(reviewer=ME),
            lambda: add(store, entry("b.txt")),
            lambda: store.replace_findings(report_id, []),
            lambda: store.replace_extraction(report_id, extraction(), program="", catalogue=""),
            lambda: store.reviewer(YOU),
            lambda: store.loading(9).__enter__(),
        ):
            with pytest.raises(RuntimeError, match="nest"):
                write()
        edit.accept(figure_id)
    with pytest.raises(RuntimeError, match="over"):
        edit.reject(figure_id)
    assert queries.figure(store, figure_id).state == "verified"
    with pytest.raises(ValueError, match="undo"), store.edit("undo", reviewer=ME):
        pass


def test_an_edit_that_decides_nothing_is_not_recorded(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    once = log(store)
    with store.edit("nothing", reviewer=ME) as edit:
        edit.accept(figure_id)
        edit.correct(figure_id, value=151.0)
        edit.comment(figure_id, "")
        edit.correct_fact(report_id, "year", 2024)
        edit.bring_back(report_id)
        edit.reopen(report_id)
        edit.assert_not_reported(report_id, "lost", False)
        edit.enter_cell(report_id, "lost", None, "")
    assert edit.touched == Touched("nothing")
    assert log(store) == once


def test_another_reviewer_s_agreement_is_recorded(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    decide(store, "accept", figure_id, reviewer=YOU)
    assert queries.figure(store, figure_id).reviewer == YOU
    assert [row.reviewer for row in queries.history(store, report_id)] == [ME, YOU]


def test_verifying_a_figure_takes_back_that_it_is_not_reported(store, report_id):
    figure_id = figure(store, report_id, "lost").id
    decide(store, "assert_not_reported", report_id, "lost")
    assert cell(store, report_id, "lost").state == "not_reported"
    decide(store, "accept", figure_id)
    assert (cell(store, report_id, "lost").state, cell(store, report_id, "lost").value) == ("verified", 2)
    store.undo(reviewer=ME)
    assert cell(store, report_id, "lost").state == "not_reported"
    decide(store, "assert_not_reported", report_id, "lost", False)
    assert cell(store, report_id, "lost").state == "extracted"
