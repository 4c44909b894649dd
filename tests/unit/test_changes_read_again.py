"""What the machine reads anew under what people decided."""

import pytest
from store_samples import (
    ACCEPTED,
    LAWSUITS,
    LOST,
    ME,
    RECEIVED,
    YOU,
    add,
    by_indicator,
    decide,
    entry,
    extraction,
    facts,
    figure,
    shown,
    without_ids,
)

from db import queries
from desktop.errors import UserError
from desktop.model import Figure


def test_reading_again_keeps_every_decision(store, report_id):
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    with store.edit("review", reviewer=ME) as edit:
        edit.correct(ids["received"], value=150)
        edit.accept(ids["accepted"])
        edit.reject(ids[None], "乡镇")
        edit.comment(ids["lost"], "看看")
    again = [
        Figure(27, 33, 115.0, "件", None, "count", "lost", 0.3, ("新",)),  # moved, read otherwise
        LAWSUITS,  # as before
        Figure(73, 75, 22.0, "件", None, "count", "lost", 0.6),  # read otherwise under a mere comment
        Figure(49, 52, 12.0, "人", None, "count", None, 0.2),  # undecided: the machine's new word
    ]
    store.replace_extraction(report_id, extraction(again, facts(year=2023)), program="0.3.0", catalogue="9")
    rows = queries.figures(store, report_id)
    assert [(row.id, row.state, row.value, row.unit, row.indicator) for row in rows] == [
        (ids["received"], "verified", 150, "件", "received"),
        (ids["accepted"], "verified", 140, "件", "accepted"),
        (ids["advisers"], "extracted", 12, "人", None),
        (ids["lawsuits"], "extracted", 38, "件", "lawsuits"),
        (ids["lost"], "extracted", 22, "件", "lost"),
        (ids[None], "rejected", 4, "件", None),
    ]
    machine = {row.id: row.machine for row in rows}
    assert machine[ids["received"]] == again[0]
    assert [machine[ids[name]] for name in ("accepted", "lost", None)] == [None] * 3
    assert (rows[0].confidence, rows[0].because) == (0.3, ("新",))
    assert (rows[1].origin, rows[4].comment) == ("machine", "看看")
    report = queries.report(store, report_id)
    assert (report.year, report.program, report.catalogue, report.decided) == (2023, "0.3.0", "9", 3)


def test_reading_the_same_again_changes_nothing(store, report_id):
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    with store.edit("review", reviewer=ME) as edit:
        edit.correct(ids["received"], start=28, value=150)
        edit.create(report_id, start=36, end=39, value=9, unit="件", approx=None, kind="count", indicator="lost")
        edit.comment(ids["lost"], "看看")
        edit.correct_fact(report_id, "year", 2022)
    before = shown(store, report_id)
    store.replace_extraction(report_id, extraction(), program="0.1.0", catalogue="7")
    assert shown(store, report_id) == before


def test_a_figure_a_person_made_is_the_machine_s_too_once_it_finds_it(store):
    report_id = add(store, entry(figures=[ACCEPTED]))
    with store.edit("create_figure", reviewer=ME) as edit:
        made = edit.create(report_id, start=29, end=33, value=151, unit="件", approx=None, kind="count", indicator=None)
    store.replace_extraction(report_id, extraction([RECEIVED, ACCEPTED]), program="", catalogue="")
    row, _ = queries.figures(store, report_id)
    assert (row.id, row.origin, row.indicator, row.machine) == (made, "person", None, RECEIVED)
    store.undo(reviewer=ME)
    row, _ = queries.figures(store, report_id)
    assert (row.id, row.origin, row.indicator, row.machine) == (made, "machine", "received", None)
    assert row.state == "extracted"
    store.redo(reviewer=ME)
    row, _ = queries.figures(store, report_id)
    assert (row.id, row.origin, row.indicator, row.machine) == (made, "person", None, RECEIVED)


def test_undoing_a_decision_on_what_the_machine_no_longer_finds(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "correct", figure_id, value=150)
    store.replace_extraction(report_id, extraction([LOST]), program="", catalogue="")
    assert [row.value for row in queries.figures(store, report_id)] == [150, 2]
    touched = store.undo(reviewer=ME)
    assert (touched.reports, touched.figures) == ({report_id}, frozenset())
    assert [row.value for row in queries.figures(store, report_id)] == [2]
    assert store.redo(reviewer=ME).figures == {queries.figures(store, report_id)[0].id}
    assert [row.value for row in queries.figures(store, report_id)] == [150, 2]
    store.undo(reviewer=ME)
    moved = Figure(27, 33, 152.0, "件", None, "count", "received", 0.9)
    store.replace_extraction(report_id, extraction([moved, LOST]), program="", catalogue="")
    store.redo(reviewer=ME)
    assert [(row.value, row.machine) for row in queries.figures(store, report_id)] == [(150, moved), (2, None)]
    store.undo(reviewer=ME)
    assert [(row.value, row.anchor) for row in queries.figures(store, report_id)] == [(152, "29-33"), (2, "73-75")]


def test_a_figure_found_again_a_little_otherwise_is_the_one_decided_on_before(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "comment", figure_id, "待查")
    store.undo(reviewer=ME)
    for figures in ([LOST], [Figure(27, 33, 152.0, "件", None, "count", "received", 0.9), LOST]):
        store.replace_extraction(report_id, extraction(figures), program="", catalogue="")
    again = figure(store, report_id).id
    decide(store, "reject", again, reviewer=YOU)
    with pytest.raises(UserError, match="undo_superseded"):
        store.redo(reviewer=ME)
    row, _ = queries.figures(store, report_id)
    assert (row.id, row.state, row.anchor, row.start) == (again, "rejected", "29-33", 27)
    assert [change.reviewer for change in queries.history(store, report_id, again)] == [ME, ME, YOU]


def test_a_figure_made_beside_another_does_not_swallow_it(store, report_id):
    with store.edit("create_figure", reviewer=ME) as edit:
        edit.create(report_id, start=28, end=33, value=1, unit="件", approx=None, kind="count", indicator=None)
    before = without_ids(shown(store, report_id))
    store.undo(reviewer=ME)
    assert figure(store, report_id).value == 151
    store.redo(reviewer=ME)
    assert without_ids(shown(store, report_id)) == before


def test_a_figure_made_once_more_is_the_one_made_before(store, report_id):
    made = {"value": 1, "unit": "件", "approx": None, "kind": "count", "indicator": None}
    decide(store, "create", report_id, start=3, end=7, **made)
    store.undo(reviewer=ME)
    decide(store, "create", report_id, start=3, end=8, reviewer=YOU, **made)
    with pytest.raises(UserError, match="undo_superseded"):
        store.redo(reviewer=ME)
    assert queries.figures(store, report_id)[0].anchor == "3-7"


def test_a_corrected_fact_outlives_what_the_machine_says(store, report_id):
    decide(store, "correct_fact", report_id, "issuer", None)
    store.replace_extraction(report_id, extraction(of=facts(district="白川区")), program="", catalogue="")
    row = queries.report(store, report_id)
    assert (row.issuer, row.district) == (None, "白川区")
    store.undo(reviewer=ME)
    assert queries.report(store, report_id).issuer == "青禾县人民政府"
