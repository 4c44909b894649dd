"""What was taken back, or decided again, in one store while others went on deciding in another."""

import pytest
from store_samples import ME, YOU, decide, figure

from db import queries, selftest
from desktop import workflow
from tests.merged_stores import dump, merge, side_of

THIRD = "赵宁"


def meet(mine, theirs):
    merge(mine, theirs), merge(theirs, mine)
    assert dump(mine) == dump(theirs)
    assert list(selftest.problems(mine.path)) == []


@pytest.mark.parametrize("again", [False, True])
@pytest.mark.parametrize("side", [ME, YOU])
def test_an_adjudication_stands_whatever_was_taken_back_unaware_of_it(mine, theirs, side, again):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "correct", figure(theirs, 1).id, value=150, reviewer=YOU)
    merge(theirs, mine)
    [dispute] = queries.disputes(theirs)
    workflow.adjudicate(theirs, dispute, side_of(dispute, side), "", reviewer=THIRD)
    mine.undo(reviewer=ME)
    if again:
        mine.redo(reviewer=ME)
    meet(mine, theirs)
    assert queries.disputes(mine) == []
    assert (figure(mine, 1).reviewer, figure(mine, 1).value) == (THIRD, 151.0 if side == ME else 150.0)


@pytest.mark.parametrize("heard", [False, True])
def test_a_decision_made_again_unaware_of_one_made_since_is_in_dispute_with_it(mine, theirs, heard):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    mine.undo(reviewer=ME)
    merge(theirs, mine)
    if heard:
        mine.redo(reviewer=ME)
        merge(theirs, mine)
    decide(theirs, "correct", figure(theirs, 1).id, value=150, reviewer=YOU)
    if not heard:
        mine.redo(reviewer=ME)
    meet(mine, theirs)
    told = {(side.reviewer, side.value["value"]) for dispute in queries.disputes(mine) for side in dispute.sides}
    assert told == (set() if heard else {(ME, 151.0), (YOU, 150.0)})
    assert (figure(mine, 1).state, figure(mine, 1).value) == ("verified" if heard else "queried", 150.0)


def test_taking_back_again_what_was_made_again_leaves_the_other_alone(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    mine.undo(reviewer=ME)
    merge(theirs, mine)
    decide(theirs, "reject", figure(theirs, 1).id, "重复", reviewer=YOU)
    mine.redo(reviewer=ME)
    meet(mine, theirs)
    assert len(queries.disputes(mine)) == 1
    mine.undo(reviewer=ME)
    assert queries.disputes(mine) == []
    meet(mine, theirs)
    assert (figure(theirs, 1).state, figure(theirs, 1).reviewer) == ("rejected", YOU)
