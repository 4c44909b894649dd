"""Reviewers' own indicators are changes of the log, of no report: undone, redone, kept for good."""

import json

import pytest
from store_samples import ME, YOU, add, decide, figure, log

from db import queries
from db.store import Store
from desktop.errors import UserError

PARKS = {"name_zh": "法治公园数", "unit": "个", "units": "个", "when": [{"noun": "法治公园"}]}
SQUARES = {**PARKS, "name_zh": "法治广场数"}


def define(store, definition, indicator="parks", reviewer=ME):
    return decide(store, "set_indicator", indicator, definition, reviewer=reviewer)


def own(store):
    return queries.own_indicators(store)


def test_a_definition_is_kept_and_told(store):
    touched = define(store, PARKS)
    assert (touched.indicators, touched.reports, touched.figures) == (frozenset({"parks"}), frozenset(), frozenset())
    define(store, SQUARES, "a_squares")
    assert own(store) == [{"id": "a_squares", **SQUARES}, {"id": "parks", **PARKS}]


def test_the_same_definition_again_is_no_change(store):
    define(store, PARKS)
    assert define(store, PARKS).indicators == frozenset()
    assert define(store, None, "never").indicators == frozenset()
    assert len(log(store)) == 1


def test_a_change_of_no_report_says_before_and_after(store):
    store.program, store.catalogue = "0.2.0", "8"
    define(store, PARKS)
    define(store, SQUARES)
    define(store, None)
    changes = log(store)
    assert [json.loads(change["before"] or "null") for change in changes] == [None, PARKS, SQUARES]
    assert [json.loads(change["after"] or "null") for change in changes] == [PARKS, SQUARES, None]
    assert {(c["kind"], c["anchor"], c["source_sha256"], c["program"], c["catalogue"]) for c in changes} == {
        ("indicator", "parks", "", "0.2.0", "8")
    }
    assert [change["supersedes"] for change in changes] == [None, changes[0]["uuid"], changes[1]["uuid"]]
    assert own(store) == []


def test_each_step_is_undone_and_redone(store):
    define(store, PARKS)
    define(store, SQUARES)
    define(store, None)
    seen = []
    for turn in (store.undo, store.undo, store.undo, store.redo, store.redo, store.redo):
        touched = turn(reviewer=ME)
        assert touched.verb == "set_indicator" and touched.indicators == {"parks"}
        seen.append([row["name_zh"] for row in own(store)])
    assert seen == [["法治广场数"], ["法治公园数"], [], ["法治公园数"], ["法治广场数"], []]
    assert len(log(store)) == 9, "undo and redo are appended"


def test_undo_goes_through_figures_and_indicators_in_the_order_made(store):
    report_id = add(store)
    define(store, PARKS)
    decide(store, "accept", figure(store, report_id).id)
    assert store.undo(reviewer=ME).verb == "accept" and own(store)
    assert store.undo(reviewer=ME).indicators == {"parks"}
    assert store.undo(reviewer=ME) is None and own(store) == []
    store.redo(reviewer=ME)
    store.redo(reviewer=ME)
    assert figure(store, report_id).state == "verified" and own(store)


def test_one_edit_may_define_and_decide(store):
    report_id = add(store)
    with store.edit("both", reviewer=ME) as edit:
        edit.set_indicator("parks", PARKS)
        edit.correct(figure(store, report_id).id, indicator="parks")
    assert edit.touched.indicators == {"parks"} and edit.touched.reports == {report_id}
    store.undo(reviewer=ME)
    assert own(store) == [] and figure(store, report_id).indicator == "received"


def test_what_another_reviewer_changed_since_is_not_undone(store):
    define(store, PARKS)
    define(store, SQUARES, reviewer=YOU)
    with pytest.raises(UserError, match="undo_superseded"):
        store.undo(reviewer=ME)
    assert own(store) == [{"id": "parks", **SQUARES}]


def test_an_edit_that_fails_leaves_no_indicator(store):
    with pytest.raises(KeyError), store.edit("both", reviewer=ME) as edit:
        edit.set_indicator("parks", PARKS)
        edit.accept(99)
    assert own(store) == [] and log(store) == []


def test_own_indicators_are_there_when_the_store_is_opened_again(store):
    define(store, PARKS)
    store.close()
    with Store.open(store.path) as again:
        assert own(again) == [{"id": "parks", **PARKS}]
        assert again.undo(reviewer=ME).indicators == {"parks"}
        assert own(again) == []


def test_the_history_of_a_report_tells_nothing_of_indicators(store):
    report_id = add(store)
    define(store, PARKS)
    assert queries.history(store, report_id) == []


def test_the_catalogue_that_each_report_was_read_with_is_told(store):
    assert queries.catalogues(store) == {}
    report_id = add(store)
    assert queries.catalogues(store) == {report_id: "7"}
