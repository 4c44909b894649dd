"""What people said of one cell or one place on different targets, not knowing of each other, and who settles it."""

import shutil

import pytest
from store_samples import CATALOGUE, ME, YOU, add, cell, decide, entry, figure

from db import queries, selftest
from db.store import Store
from desktop import workflow
from tests.merged_stores import dump, merge, side_of

THIRD = "赵宁"


@pytest.fixture
def copies(tmp_path, mine):
    decide(mine, "comment", figure(mine, 1, "lost").id, "看")
    mine.close()
    for ending in ("", "-sources"):
        shutil.copy(f"{mine.path}{ending}", f"{tmp_path / 'copy.hebao'}{ending}")
    with Store.open(mine.path) as one, Store.open(tmp_path / "copy.hebao") as other:
        yield one, other


@pytest.fixture
def entered(mine, theirs):
    """Give two stores: of a cell its number was entered in one, in the other a figure that says another verified."""
    decide(mine, "enter_cell", 1, "received", 5, "附表", reviewer=ME)
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    merge(mine, theirs)
    return mine, theirs


def test_copies_of_one_file_are_in_dispute_like_other_stores(copies):
    one, other = copies
    decide(one, "assert_not_reported", 1, "received", reviewer=ME)
    decide(other, "accept", figure(other, 1).id, reviewer=YOU)
    made = {"value": 2024, "unit": "年", "approx": None, "kind": "count", "indicator": "advisers"}
    decide(one, "create", 1, start=3, end=7, reviewer=ME, **made)
    decide(other, "create", 1, start=3, end=8, reviewer=YOU, **made)
    merge(one, other), merge(other, one)
    assert {dispute.kind for dispute in queries.disputes(one)} == {"figure", "cell"}
    assert (cell(one, 1, "received").state, cell(one, 1, "advisers").state) == ("queried", "queried")
    assert dump(one) == dump(other)
    assert list(selftest.problems(one.path)) == []


def test_a_number_entered_for_a_cell_is_in_dispute_with_a_verified_figure_that_says_another(entered):
    mine, theirs = entered
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.indicator) == ("cell", "received")
    assert {(side.reviewer, side.value["value"]) for side in dispute.sides} == {(ME, 5.0), (YOU, 151.0)}
    assert list(queries.exported_cells(mine, CATALOGUE, state="decided")) == []
    merge(theirs, mine)
    assert dump(mine) == dump(theirs)


@pytest.mark.parametrize(("side", "value"), [(ME, 5.0), (YOU, 151.0)])
def test_a_third_settles_what_was_entered_and_verified(entered, side, value):
    mine, theirs = entered
    [dispute] = queries.disputes(mine)
    workflow.adjudicate(mine, dispute, side_of(dispute, side), "", reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert (cell(mine, 1, "received").state, cell(mine, 1, "received").value) == ("verified", value)
    merge(theirs, mine)
    assert dump(mine) == dump(theirs)


def test_verifying_the_figure_again_settles_it_for_the_figure(entered):
    mine, _ = entered
    decide(mine, "accept", figure(mine, 1, "accepted").id, reviewer=THIRD)
    assert len(queries.disputes(mine)) == 1
    decide(mine, "accept", figure(mine, 1).id, reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert (cell(mine, 1, "received").state, cell(mine, 1, "received").value) == ("verified", 151.0)


def test_a_number_entered_over_a_known_figure_or_like_it_is_in_no_dispute(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    merge(mine, theirs)
    decide(mine, "enter_cell", 1, "received", 5, "附表", reviewer=ME)
    decide(mine, "enter_cell", 1, "accepted", 140, "附表", reviewer=ME)
    decide(theirs, "accept", figure(theirs, 1, "accepted").id, reviewer=YOU)
    merge(mine, theirs), merge(theirs, mine)
    assert queries.disputes(theirs) == []
    assert cell(theirs, 1, "received").value == 5


def test_a_choice_made_in_knowledge_of_another_is_in_no_dispute_with_it(mine, theirs):
    second = [add(store, entry("另一份.txt")) for store in (mine, theirs)]
    decide(theirs, "choose", second[1], reviewer=YOU)
    decide(theirs, "correct_fact", second[1], "year", 2023, reviewer=YOU)
    merge(mine, theirs)
    decide(mine, "choose", 1, reviewer=ME)
    decide(mine, "correct_fact", second[0], "year", 2024, reviewer=ME)
    assert queries.disputes(mine) == []
    assert queries.report(mine, 1).counts


def test_saying_again_what_reads_settles_a_dispute_on_what_is_of_no_report(mine, theirs):
    for store, unit, year, by in ((mine, "件", 2023, ME), (theirs, "次", 2024, YOU)):
        decide(store, "set_indicator", "own", {"name_zh": "听证", "unit": unit, "units": "", "when": []}, reviewer=by)
        decide(store, "keep_chart", "图", {"years": [year]}, reviewer=by)
    merge(mine, theirs)
    assert {dispute.kind for dispute in queries.disputes(mine)} == {"indicator", "chart"}
    own = {name: part for name, part in queries.own_indicators(mine)[0].items() if name != "id"}
    decide(mine, "set_indicator", "own", own, reviewer=THIRD)
    decide(mine, "keep_chart", "图", queries.kept_charts(mine)["图"], reviewer=THIRD)
    assert queries.disputes(mine) == []
    merge(theirs, mine)
    assert dump(mine) == dump(theirs)
