import json
import math
import re

import pytest
from store_samples import (
    ACCEPTED,
    CATALOGUE,
    FIGURES,
    LAWSUITS,
    LOST,
    RECEIVED,
    TEXT,
    TOWN,
    add,
    by_indicator,
    entry,
    extraction,
    facts,
)

from db import queries
from db.changes import Touched
from db.store import Store
from desktop.errors import UserError
from desktop.model import Figure, Finding

ME, YOU = "王敏", "李静"


@pytest.fixture
def store(tmp_path):
    with Store.open(tmp_path / "a.hebao") as opened:
        yield opened


@pytest.fixture
def report_id(store):
    return add(store)


def figure(store, report_id, indicator="received"):
    return by_indicator(store, report_id)[indicator]


def decide(store, verb, *arguments, reviewer=ME, **named):
    with store.edit(verb, reviewer=reviewer) as edit:
        getattr(edit, verb)(*arguments, **named)
    return edit.touched


def log(store):
    """Return the whole log as dicts, oldest first."""
    cursor = store._connection.execute("SELECT * FROM change ORDER BY id")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def shown(store, report_id):
    """Return everything that the screens of one report show."""
    return (
        queries.report(store, report_id),
        queries.figures(store, report_id),
        queries.report_cells(store, CATALOGUE, report_id),
        queries.findings(store, report_id),
    )


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


def without_ids(screens):
    """Return what screens show but for the ids of figures, which a figure that is made again does not keep."""
    return re.sub(r"FigureRow\(id=\d+", "FigureRow(id=?", repr(screens))


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
    assert [(row.value, row.anchor) for row in queries.figures(store, report_id)] == [(152, "27-33"), (2, "73-75")]


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


def cell(store, report_id, indicator):
    return {row.indicator: row for row in queries.report_cells(store, CATALOGUE, report_id)}[indicator]


def test_a_corrected_fact_moves_the_report_and_its_figures(store, report_id):
    other = add(store, entry("b.txt"))
    assert not queries.report(store, other).counts
    touched = decide(store, "correct_fact", report_id, "year", 2023)
    assert touched.reports == {report_id, other}
    row = queries.report(store, report_id)
    assert (row.year, row.corrected, row.state) == (2023, {"year"}, "in_review")
    assert queries.report(store, other).counts
    assert [c.year for c in queries.series(store, CATALOGUE, "990101", ["received"])] == [2023, 2024]
    decide(store, "correct_fact", report_id, "adcode", None)
    decide(store, "correct_fact", report_id, "district", None)
    row = queries.report(store, report_id)
    assert (row.counts, row.district, row.corrected) == (False, None, {"year", "adcode", "district"})
    assert [c.year for c in queries.series(store, CATALOGUE, "990101", ["received"])] == [2024]
    for _ in range(3):
        store.undo(reviewer=ME)
    row = queries.report(store, report_id)
    assert (row.counts, row.district, row.year, row.corrected, row.state) == (True, "青禾县", 2024, set(), "unreviewed")
    assert not queries.report(store, other).counts


def test_a_corrected_fact_outlives_what_the_machine_says(store, report_id):
    decide(store, "correct_fact", report_id, "issuer", None)
    store.replace_extraction(report_id, extraction(of=facts(district="白川区")), program="", catalogue="")
    row = queries.report(store, report_id)
    assert (row.issuer, row.district) == (None, "白川区")
    store.undo(reviewer=ME)
    assert queries.report(store, report_id).issuer == "青禾县人民政府"


def test_settling_the_district_settles_the_candidates(store):
    unsettled = facts("鼓山区", adcode=None)
    of = type(unsettled)("鼓山区", None, None, "county", None, 2024, candidates=("990102", "990203"))
    report_id = add(store, entry(of=of))
    assert queries.report(store, report_id).candidates == ("990102", "990203")
    decide(store, "correct_fact", report_id, "adcode", "990203")
    assert queries.report(store, report_id).candidates == ()
    store.undo(reviewer=ME)
    assert queries.report(store, report_id).candidates == ("990102", "990203")


def test_which_report_counts_is_chosen_withdrawn_and_brought_back(store):
    a, b, c = (add(store, entry(name)) for name in ("a", "b", "c"))

    def counting():
        rows = {row.id: row.counts for row in queries.reports(store, withdrawn=True)}
        assert {row.report_id for row in queries.cells(store, CATALOGUE, state="all")} == {i for i in rows if rows[i]}
        return [i for i in (a, b, c) if rows[i]]

    assert counting() == [a]
    decide(store, "choose", b)
    assert counting() == [b]
    decide(store, "choose", c)
    assert counting() == [c]
    decide(store, "choose", b)
    store.undo(reviewer=ME)
    assert counting() == [c]
    decide(store, "withdraw", c)
    assert counting() == [a]
    assert decide(store, "withdraw", a).reports == {a, b, c}
    assert counting() == [b]
    assert [row.id for row in queries.reports(store)] == [b]
    assert queries.report(store, a).withdrawn
    decide(store, "withdraw", b)
    assert counting() == []
    decide(store, "bring_back", c)
    assert counting() == [c]
    new = add(store, entry("d"))
    assert not queries.report(store, new).counts
    for _ in range(4):
        store.undo(reviewer=ME)
    assert counting() == [c]
    store.undo(reviewer=ME)
    assert counting() == [b]


def test_a_choice_holds_for_one_district_and_year(store):
    a, b = add(store, entry("a")), add(store, entry("b", of=facts(year=2023)))
    moved = add(store, entry("c"))
    decide(store, "choose", moved)
    decide(store, "correct_fact", moved, "year", 2023)
    assert [queries.report(store, i).counts for i in (a, b, moved)] == [True, True, False]
    store.undo(reviewer=ME)
    assert [queries.report(store, i).counts for i in (a, b, moved)] == [False, True, True]


def test_what_cannot_count_cannot_be_chosen(store):
    unknown = add(store, entry("a", of=facts(None, None, None)))
    withdrawn = add(store, entry("b"))
    decide(store, "withdraw", withdrawn)
    for report_id, sentence in ((unknown, "report_without_slot"), (withdrawn, "report_withdrawn")):
        with pytest.raises(UserError, match=sentence):
            decide(store, "choose", report_id)


def test_a_report_is_signed_off_and_opened_again(store, report_id):
    decide(store, "sign_off", report_id)
    assert queries.report(store, report_id).state == "verified"
    decide(store, "query", figure(store, report_id).id, "？")
    assert queries.report(store, report_id).state == "verified"
    decide(store, "reopen", report_id)
    assert queries.report(store, report_id).state == "in_review"
    states = []
    for _ in range(3):
        store.undo(reviewer=ME)
        states.append(queries.report(store, report_id).state)
    assert states == ["verified", "verified", "unreviewed"]


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
