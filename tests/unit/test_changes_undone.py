"""Undo, redo, history, and the log that they are read from."""

import json

import pytest
from store_samples import (
    FIGURES,
    ME,
    TEXT,
    TOWN,
    YOU,
    add,
    by_indicator,
    decide,
    entry,
    extraction,
    figure,
    log,
    shown,
    without_ids,
)

from db import queries
from db.store import Store
from desktop.errors import UserError
from desktop.model import Finding


def test_undo_and_redo_walk_through_every_kind_of_decision(store):
    report_id = add(store, entry(findings=[Finding("heading_gap", "notice", fingerprint="f-1")]))
    other = add(store, entry("b.txt"))
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    made = {"value": 1, "unit": "件", "approx": None, "kind": "count", "indicator": "lawsuits"}
    steps = [
        ("accept", (ids["received"],), {}),
        ("correct", (ids["received"],), {"value": 150, "start": 30}),
        ("reject", (ids[None],), {"reason": "乡镇"}),
        ("query", (ids["lost"], "再看"), {}),
        ("comment", (ids["lost"], "看过"), {}),
        ("create", (report_id,), {"start": 3, "end": 7, **made}),
        ("assert_not_reported", (report_id, "accepted"), {}),
        ("enter_cell", (report_id, "accepted", 141, "附表"), {}),
        ("enter_cell", (report_id, "accepted", None, ""), {}),
        ("name_figures", (report_id, "accepted", [ids["received"], ids["lost"]]), {"reason": "两处相加"}),
        ("name_figures", (report_id, "accepted", []), {}),
        ("dismiss", ("f-1", report_id, "排版"), {}),
        ("correct_fact", (report_id, "title", "另一个标题"), {}),
        ("sign_off", (report_id,), {}),
        ("reopen", (report_id,), {}),
        ("choose", (other,), {}),
        ("choose", (report_id,), {}),
        ("withdraw", (report_id,), {"reason": "重复"}),
        ("bring_back", (report_id,), {}),
        ("correct_fact", (report_id, "year", 2023), {}),
    ]
    seen = [(shown(store, report_id), shown(store, other))]
    for verb, arguments, named in steps:
        decide(store, verb, *arguments, **named)
        seen.append((shown(store, report_id), shown(store, other)))
        assert seen[-1] != seen[-2], verb
    verbs = [verb for verb, _, _ in steps]
    for round_trip in range(2):
        for at in reversed(range(len(steps))):
            assert queries.undo_label(store, ME) == verbs[at]
            assert store.undo(reviewer=ME).verb == verbs[at]
            assert without_ids((shown(store, report_id), shown(store, other))) == without_ids(seen[at]), (at, verbs[at])
        assert queries.undo_label(store, ME) is None
        assert store.undo(reviewer=ME) is None
        for at in range(len(steps)):
            assert queries.redo_label(store, ME) == verbs[at]
            assert store.redo(reviewer=ME).verb == verbs[at]
            now = without_ids((shown(store, report_id), shown(store, other)))
            assert now == without_ids(seen[at + 1]), (at, verbs[at])
        assert queries.redo_label(store, ME) is None
        assert store.redo(reviewer=ME) is None
        assert len(log(store)) == len(steps_recorded(steps)) * (1 + 2 * (round_trip + 1))


def steps_recorded(steps):
    """Return the steps with one entry a change: choosing another report takes the choice before it back."""
    return [*steps, "the choice of the other report taken back"]


def test_a_group_is_undone_as_one(store):
    first, second = add(store), add(store, entry("b.txt"))
    with store.edit("accept_all", reviewer=ME, why="同一句式") as edit:
        for report_id in (first, second):
            for row in queries.figures(store, report_id):
                edit.accept(row.id)
                edit.comment(row.id, "已核")
    assert edit.touched.reports == {first, second}
    assert len(edit.touched.figures) == 12
    changes = log(store)
    assert len({change["group_id"] for change in changes}) == 1
    assert {change["why"] for change in changes} == {"同一句式"}
    touched = store.undo(reviewer=ME)
    assert touched == edit.touched
    assert {row.state for row in queries.figures(store, first)} == {"extracted"}
    assert {row.comment for row in queries.figures(store, second)} == {""}
    store.redo(reviewer=ME)
    assert {(row.state, row.comment) for row in queries.figures(store, second)} == {("verified", "已核")}


def test_undo_and_redo_survive_a_restart(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
        figure_id = figure(store, report_id).id
        decide(store, "correct", figure_id, value=150)
        decide(store, "reject", figure_id)
    with Store.open(path) as store:
        assert store.undo(reviewer=ME).verb == "reject"
    with Store.open(path) as store:
        assert (queries.undo_label(store, ME), queries.redo_label(store, ME)) == ("correct", "reject")
        assert store.redo(reviewer=ME).verb == "reject"
        store.undo(reviewer=ME)
        store.undo(reviewer=ME)
    with Store.open(path) as store:
        assert queries.figure(store, figure_id).state == "extracted"
        assert store.redo(reviewer=ME).verb == "correct"
        assert queries.figure(store, figure_id).value == 150


def test_a_new_decision_clears_redo(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    decide(store, "reject", figure_id)
    store.undo(reviewer=ME)
    decide(store, "query", figure_id, "？")
    assert queries.redo_label(store, ME) is None
    assert store.redo(reviewer=ME) is None
    assert [store.undo(reviewer=ME).verb for _ in range(2)] == ["query", "accept"]
    assert queries.redo_label(store, ME) == "accept"


def test_nothing_in_the_log_is_ever_altered(store, report_id):
    figure_id = figure(store, report_id).id
    kept = []
    for act in (
        lambda: decide(store, "accept", figure_id),
        lambda: decide(store, "correct", figure_id, value=1),
        lambda: store.undo(reviewer=ME),
        lambda: store.undo(reviewer=ME),
        lambda: store.redo(reviewer=ME),
        lambda: store.replace_extraction(report_id, extraction(FIGURES[1:]), program="", catalogue=""),
        lambda: decide(store, "reject", figure_id),
    ):
        act()
        assert log(store)[: len(kept)] == kept
        kept = log(store)
    assert len(kept) == 6


def test_a_change_says_all_that_merging_will_ask(store, report_id):
    store.program, store.catalogue = "0.2.0", "8"
    figure_id = figure(store, report_id).id
    with store.edit("correct_value", reviewer=ME, why="看错") as edit:
        edit.correct(figure_id, value=150)
    decide(store, "reject", figure_id, reviewer=YOU)
    store.undo(reviewer=YOU)
    first, second, third = log(store)
    row = queries.report(store, report_id)
    assert len({change["uuid"] for change in log(store)}) == 3
    assert [change["sequence"] for change in log(store)] == [1, 2, 3]
    assert [change["clock"] for change in log(store)] == [1, 2, 3]
    assert {change["store_id"] for change in log(store)} == {store.store_id}
    assert (first["reviewer_id"], second["reviewer_id"]) == (store.reviewer(ME).id, store.reviewer(YOU).id)
    assert (first["source_sha256"], first["text_sha256"]) == (row.source_sha256, row.text_sha256)
    assert (first["kind"], first["anchor"], first["verb"], first["why"]) == ("figure", "29-33", "correct_value", "看错")
    assert json.loads(first["place"]) == {"quote": "151件", "before": TEXT[9:29], "after": TEXT[33:53]}
    assert (json.loads(first["before"])["value"], json.loads(first["after"])["value"]) == (151, 150)
    assert (first["program"], first["catalogue"]) == ("0.2.0", "8")
    assert [change["supersedes"] for change in (first, second, third)] == [None, first["uuid"], second["uuid"]]
    assert (third["undoes"], third["undoes_group"], third["verb"]) == (second["uuid"], second["group_id"], "undo")
    assert (third["before"], third["after"]) == (second["after"], second["before"])


def test_the_versions_of_the_reading_stand_where_none_is_said(store, report_id):
    decide(store, "accept", figure(store, report_id).id)
    assert [(change["program"], change["catalogue"]) for change in log(store)] == [("0.1.0", "7")]


def test_what_another_reviewer_decided_since_is_not_undone(store, report_id):
    mine, both = figure(store, report_id, "lost").id, figure(store, report_id, "received").id
    with store.edit("accept_all", reviewer=ME) as edit:
        edit.accept(mine)
        edit.accept(both)
    decide(store, "correct", both, value=150, reviewer=YOU)
    store.undo(reviewer=ME)
    assert queries.figure(store, mine).state == "extracted"
    assert (queries.figure(store, both).value, queries.figure(store, both).reviewer) == (150, YOU)
    store.redo(reviewer=ME)
    assert (queries.figure(store, mine).state, queries.figure(store, both).value) == ("verified", 150)


def test_where_nothing_else_is_left_undo_says_whose_decision_stands(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    decide(store, "correct", figure_id, value=150, reviewer=YOU)
    before = log(store)
    with pytest.raises(UserError) as caught:
        store.undo(reviewer=ME)
    assert (caught.value.message_id, caught.value.arguments) == ("undo_superseded", {"reviewer": YOU})
    assert log(store) == before
    store.undo(reviewer=YOU)
    row = queries.figure(store, figure_id)
    assert (row.state, row.value, row.reviewer) == ("verified", 151, ME)
    assert store.undo(reviewer=ME).verb == "accept"
    decide(store, "reject", figure_id, reviewer=YOU)
    with pytest.raises(UserError, match="undo_superseded"):
        store.redo(reviewer=ME)
    assert queries.figure(store, figure_id).state == "rejected"


def test_history_tells_who_decided_what_and_what_still_stands(store, report_id):
    received, town = figure(store, report_id).id, figure(store, report_id, None).id
    with store.edit("correct_value", reviewer=ME, why="看错") as edit:
        edit.correct(received, value=150)
    decide(store, "reject", town, reviewer=YOU)
    decide(store, "correct_fact", report_id, "year", 2023)
    store.undo(reviewer=ME)
    store.undo(reviewer=ME)
    store.redo(reviewer=ME)
    rows = queries.history(store, report_id)
    assert [(row.reviewer, row.verb, row.target, row.undone) for row in rows] == [
        (ME, "correct_value", ("figure", "29-33"), False),
        (YOU, "reject", ("figure", f"{TOWN.start}-{TOWN.end}"), False),
        (ME, "correct_fact", ("fact", "year"), True),
        (ME, "undo", ("fact", "year"), False),
        (ME, "undo", ("figure", "29-33"), True),
        (ME, "redo", ("figure", "29-33"), False),
    ]
    assert (rows[0].before["value"], rows[0].after["value"], rows[0].why) == (151, 150, "看错")
    assert (rows[0].before["state"], rows[2].before["value"], rows[2].after) == ("extracted", 2024, {"value": 2023})
    assert [row.verb for row in queries.history(store, report_id, received)] == ["correct_value", "undo", "redo"]
    assert queries.history(store, add(store, entry("b"))) == []
