"""What each reviewer made of a cell without knowing what others made of it, through stores handed out and merged."""

import random
import shutil
from contextlib import ExitStack
from dataclasses import replace

import pytest
from store_samples import (
    ACCEPTED,
    ADVISERS,
    CATALOGUE,
    FIGURES,
    LAWSUITS,
    ME,
    RECEIVED,
    TEXT,
    YOU,
    add,
    decide,
    entry,
    facts,
    figure,
)

from db import coding, queries
from db.knowing import Knowing
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.indicators import Catalogue
from desktop.model import Document
from desktop.progress import Progress

THIRD = "赵磊"
MORE = ADVISERS._replace(start=83, end=85, value=4.0)


@pytest.fixture
def stores(store, tmp_path):
    """Hand the store out once it holds what the test wants, and merge what comes back."""
    with ExitStack() as open_ones:

        def hand_out(*names, blind=True):
            to = {tmp_path / f"{name}.hebao": name for name in names}
            part = workflow.Part(overlap=100)
            made = workflow.hand_out(store, to, part, Progress(), reviewer=ME, blind=blind, sources=False)
            return [open_ones.enter_context(Store.open(one.path)) for one in made]

        yield hand_out


def merged(store, *others):
    for other in others:
        workflow.merge(store, other.path, Progress(), back_up=False)


def only(store):
    return queries.reports(store)[0].id


def coded(store, indicator):
    """Return what each reviewer made of an indicator: a value, or in which way there is none."""
    (found,) = coding.codings(store, CATALOGUE, [only(store)])
    return {one.reviewer: one.value if one.said == "value" else one.said for one in found if one.indicator == indicator}


def of(store, indicator="received"):
    return figure(store, only(store), indicator).id


def test_two_who_code_blind_are_compared_by_what_each_left(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    decide(one, "accept", of(one), reviewer=YOU)
    decide(other, "correct", of(other), value=152, reviewer=THIRD)
    decide(one, "correct", of(one, "lost"), value=3, unit="起", reviewer=YOU)
    decide(other, "accept", of(other, "lost"), reviewer=THIRD)
    decide(other, "correct", of(other, "lost"), value=3, reviewer=THIRD)
    merged(store, one, other)
    assert coding.coded_twice(store) == [report_id]
    assert coded(store, "received") == {YOU: 151, THIRD: 152}
    assert coded(store, "lost") == {YOU: 3, THIRD: 3}
    assert coded(store, "accepted") == {}, "nobody looked at it"


def test_one_coding_is_nobody_twice(store, report_id, stores):
    (one,) = stores(YOU)
    decide(one, "accept", of(one), reviewer=YOU)
    merged(store, one)
    assert coding.coded_twice(store) == []


def test_who_saw_the_other_does_not_count_as_a_second(store, report_id, stores):
    decide(store, "accept", of(store))
    seeing, blind = stores(YOU, blind=False)[0], stores(THIRD)[0]
    for other, by in ((seeing, YOU), (blind, THIRD)):
        decide(other, "correct", of(other), value=152, reviewer=by)
        decide(other, "accept", of(other, "lost"), reviewer=by)
    merged(store, seeing, blind)
    assert coded(store, "received") == {ME: 151, THIRD: 152}
    assert coded(store, "lost") == {YOU: 2, THIRD: 2}, "of which there was nothing to see"


def test_a_cell_is_known_by_what_was_decided_on_its_figures(store, report_id, stores):
    """Who enters a number over a figure that another has verified knew of it, though no change follows the other."""
    decide(store, "accept", of(store))
    (seeing,) = stores(YOU, blind=False)
    decide(seeing, "enter_cell", only(seeing), "received", 160, "附表", reviewer=YOU)
    merged(store, seeing)
    assert coded(store, "received") == {ME: 151}


def test_what_is_decided_after_a_merge_is_not_independent_any_more(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    decide(one, "accept", of(one), reviewer=YOU)
    decide(other, "correct", of(other), value=152, reviewer=THIRD)
    merged(store, one, other)
    dispute = queries.disputes(store)[0]
    workflow.adjudicate(store, dispute, dispute.sides[0], "看过原件", reviewer=ME)
    merged(other, store)
    decide(other, "correct", of(other), value=151, reviewer=THIRD)
    decide(other, "accept", of(other, "accepted"), reviewer=THIRD)
    decide(one, "correct", of(one), value=153, reviewer=YOU)
    merged(store, one, other)
    assert coded(store, "received") == {YOU: 153, THIRD: 152}, "he changed his mind without having seen the other"


def test_two_blind_parts_of_one_person_put_together_stay_blind(store, report_id, stores):
    decide(store, "accept", of(store))
    first, second, third = (*stores("一"), *stores("二"), *stores(THIRD))
    decide(second, "accept", of(second, "lost"), reviewer=YOU)
    merged(first, second)
    decide(first, "correct", of(first), value=152, reviewer=YOU)
    decide(third, "accept", of(third, "lost"), reviewer=THIRD)
    merged(store, first, third)
    assert sorted(coded(store, "received").values()) == [151, 152]
    assert sorted(coded(store, "lost").values()) == [2, 2]


def test_order_and_way_of_merging_make_no_difference(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    decide(one, "accept", of(one), reviewer=YOU)
    decide(other, "correct", of(other), value=152, reviewer=THIRD)
    merged(other, one)
    decide(other, "correct", of(other), value=154, reviewer=THIRD)
    merged(store, other)
    merged(one, store)
    assert coded(store, "received") == coded(one, "received") == coded(other, "received") == {YOU: 151, THIRD: 152}


@pytest.mark.parametrize(
    ("decisions", "expected"),
    [
        ([("reject",)], "absent"),
        ([("correct", {"indicator": "lost"})], "absent"),
        ([("correct", {"indicator": None})], "absent"),
        ([("query", "再看")], None),
        ([("comment", "含镇街")], None),
        ([("accept",), ("query", "再看")], None),
    ],
)
def test_what_a_decision_on_a_figure_makes_of_its_cell(store, report_id, stores, decisions, expected):
    one, other = stores(YOU, THIRD)
    for verb, *words in decisions:
        named = words.pop() if words and isinstance(words[0], dict) else {}
        decide(one, verb, of(one), *words, reviewer=YOU, **named)
    decide(other, "accept", of(other), reviewer=THIRD)
    merged(store, one, other)
    assert coded(store, "received") == {THIRD: 151} | ({} if expected is None else {YOU: expected})


def test_what_was_taken_back_was_not_coded(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    decide(one, "correct", of(one), value=5, reviewer=YOU)
    one.undo(reviewer=YOU)
    decide(one, "correct", of(one, "lost"), value=5, reviewer=YOU)
    one.undo(reviewer=YOU)
    one.redo(reviewer=YOU)
    for indicator in ("received", "lost"):
        decide(other, "accept", of(other, indicator), reviewer=THIRD)
    merged(store, one, other)
    assert coded(store, "received") == {THIRD: 151} and coded(store, "lost") == {YOU: 5, THIRD: 2}


def test_a_figure_that_the_machine_missed_is_missed_by_who_signs_off_without_it(store, stores):
    add(store, entry(figures=[RECEIVED]))
    one, other = stores(YOU, THIRD)
    decide(one, "create", only(one), start=36, end=40, value=140, unit="件", approx=None, kind="count",
           indicator="accepted", reviewer=YOU)  # fmt: skip
    decide(other, "accept", of(other), reviewer=THIRD)
    merged(store, one, other)
    assert coded(store, "accepted") == {YOU: 140}, "the other is not done yet"
    decide(other, "sign_off", only(other), reviewer=THIRD)
    merged(store, other)
    assert coded(store, "accepted") == {YOU: 140, THIRD: "absent"}


def test_not_reported_and_entered_numbers_stand_over_figures(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    decide(one, "assert_not_reported", only(one), "received", reviewer=YOU)
    decide(other, "enter_cell", only(other), "received", 300, "附表", reviewer=THIRD)
    merged(store, one, other)
    assert coded(store, "received") == {YOU: "not_reported", THIRD: 300}


def test_a_sum_is_coded_once_all_its_figures_are(store, stores):
    add(store, entry(figures=[*FIGURES[:5], MORE]))
    one, other = stores(YOU, THIRD)
    first, second = (f.id for f in queries.figures(one, only(one)) if f.indicator == "advisers")
    decide(one, "accept", first, reviewer=YOU)
    for row in queries.figures(other, only(other)):
        if row.indicator == "advisers":
            decide(other, "accept", row.id, reviewer=THIRD)
    merged(store, one, other)
    assert coded(store, "advisers") == {THIRD: 16}
    decide(one, "reject", second, reviewer=YOU)
    merged(store, one)
    assert coded(store, "advisers") == {YOU: 12, THIRD: 16}


def test_one_person_of_two_stores_is_one_once_that_is_said(store, report_id, stores, tmp_path):
    one, other, third = stores(YOU, THIRD, "丙")
    decide(one, "accept", of(one), reviewer=YOU)
    decide(other, "accept", of(other, "lost"), reviewer=YOU)
    for indicator in ("received", "lost"):
        decide(third, "accept", of(third, indicator), reviewer=THIRD)
    merged(store, one, other, third)
    assert {name[:2] for name in (*coded(store, "received"), *coded(store, "lost"))} == {YOU, THIRD}
    assert set(coded(store, "received")) != set(coded(store, "lost"))
    same = [row.reviewer_id for row in queries.people(store) if row.name == YOU]
    workflow.same_person(store, same[0], same[1], reviewer=ME)
    assert set(coded(store, "received")) == set(coded(store, "lost")) == {YOU, THIRD}


def test_decisions_in_a_text_that_was_read_anew_go_along_or_count_no_more(store, report_id, stores):
    one, other = stores(YOU, THIRD)
    for each, by in ((one, YOU), (other, THIRD)):
        decide(each, "accept", of(each), reviewer=by)
        decide(each, "accept", of(each, "lawsuits"), reviewer=by)
    merged(store, one, other)
    text = TEXT.replace("年度报告\n", "年度报告\n\n").replace("３８件", "若干件")
    document = Document("青禾县.txt", "txt", queries.report(store, report_id).source_sha256, text)
    moved = [f._replace(start=f.start + 1, end=f.end + 1) for f in (RECEIVED, ACCEPTED)]
    store.replace_document(report_id, document, entry(figures=moved).extraction, program="0.2.0", catalogue="7")
    assert coded(store, "received") == {YOU: 151, THIRD: 151}
    assert coded(store, "lawsuits") == {}


def test_copies_of_one_file_did_not_know_of_each_other(store, report_id, tmp_path):
    decide(store, "accept", of(store, "lost"))
    store.close()
    copy = tmp_path / "copy.hebao"
    shutil.copy(store.path, copy)
    with Store.open(store.path) as here, Store.open(copy) as there:
        decide(here, "accept", of(here))
        decide(there, "correct", of(there), value=152, reviewer=YOU)
        decide(there, "correct", of(there, "lost"), value=7, reviewer=YOU)
        merged(here, there)
        assert coded(here, "received") == {ME: 151, YOU: 152}
        assert coded(here, "lost") == {ME: 2}, "decided before they parted"
        decide(here, "accept", of(here, "accepted"), reviewer=THIRD)
        merged(there, here)
        knowing = Knowing(there._connection)
        assert knowing.knew((here.store_id, 4), (here.store_id, 2)) and not knowing.knew(
            (here.store_id, 3), (here.store_id, 2)
        )
        merged(here, there)
        assert coded(here, "received") == {ME: 151, YOU: 152}


def simulated(store, stores, errors, reports):
    """Code a store of some reports by simulated reviewers, each of whom misreads a share of the figures."""
    figures = [RECEIVED, ACCEPTED, LAWSUITS._replace(approx=None)]
    names = ("reconsideration_received", "reconsideration_accepted", "litigation_cases")
    named = [f._replace(indicator=i) for f, i in zip(figures, names, strict=True)]
    places = [facts(f"县{n}", 2024, f"9901{n:02}") for n in range(1, reports + 1)]
    store.add_reports(
        [entry(f"{n}.txt", of=f, figures=named) for n, f in enumerate(places)], program="1", catalogue="1"
    )
    chance = random.Random(reports)
    hands = stores(*(name for name, _ in errors))
    for other, (name, wrong) in zip(hands, errors, strict=True):
        with other.edit("code", reviewer=name) as edit:
            for report in queries.reports(other):
                for row in queries.figures(other, report.id):
                    if chance.random() < wrong:
                        edit.correct(row.id, value=chance.randrange(1000, 10**6))
                    else:
                        edit.accept(row.id)
    merged(store, *hands)


def test_simulated_reviewers_are_found_to_err_as_they_do(store, stores):
    simulated(store, stores, [(YOU, 0.1), (THIRD, 0.2)], 60)
    found = workflow.agreements(store, Progress())
    assert (found.whole.reports, found.whole.slots) == (60, 180)
    assert found.whole.share.low < 0.9 * 0.8 < found.whole.share.high
    assert set(found.indicators) == {"reconsideration_received", "reconsideration_accepted", "litigation_cases"}
    assert found.pairs == {(YOU, THIRD): found.whole} or found.pairs == {(THIRD, YOU): found.whole}
    assert len(found.districts) == 60 and all(one.slots == 3 for one in found.districts.values())
    assert len(found.differing) == found.whole.slots - found.whole.alike == len(queries.disputes(store))
    assert {one.indicator for one in found.differing} == set(found.unclear)
    first = found.differing[0]
    assert "申请" in first.sentence or "诉讼" in first.sentence or "受理" in first.sentence


def test_who_signs_off_what_another_has_signed_off_agrees_with_nobody(store, report_id, stores):
    (one,) = stores(THIRD)
    with one.edit("create", reviewer=THIRD) as edit:
        edit.create(only(one), start=3, end=8, value=4, unit="个", approx=None, kind="count", indicator="parks")
    decide(store, "sign_off", report_id, reviewer=ME)
    decide(store, "reopen", report_id, reviewer=YOU)
    decide(store, "sign_off", report_id, reviewer=YOU)
    merged(store, one)
    known = Catalogue({**CATALOGUE, "parks": replace(CATALOGUE["advisers"], id="parks")}, "7")
    (found,) = coding.codings(store, known, [report_id])
    assert {one.reviewer: one.said for one in found if one.indicator == "parks"} == {ME: "absent", THIRD: "value"}


def test_what_stores_knew_of_each_other_goes_along_with_what_they_decided(store, report_id, stores):
    (one,) = stores(YOU)
    decide(one, "enter_cell", only(one), "received", 151, "附表", reviewer=YOU)
    merged(store, one)
    decide(store, "accept", of(store), reviewer=ME)
    assert coded(store, "received") == {YOU: 151}, "the other one had seen it"
    (seen,) = stores("d", blind=False)
    assert coded(seen, "received") == {YOU: 151}
    names = {change.reviewer: change.store for change in queries.history(seen, report_id=only(seen))}
    assert names == {YOU: YOU, ME: "a"}, "and what the stores are called"


@pytest.mark.parametrize(
    "damage",
    [
        "INSERT INTO held VALUES ('x', 'many', 'y', 1)",
        "UPDATE person SET same_as = ''",
        "DELETE FROM person",
        "UPDATE change SET clock = 'late'",
        "UPDATE figure SET start = 'x'",
        "UPDATE text SET body = '空'",
    ],
)
def test_what_hebao_never_writes_is_refused_in_a_sentence(store, stores, damage):
    simulated(store, stores, [(YOU, 0.5), (THIRD, 0.5)], 2)
    assert workflow.agreements(store, Progress()).differing
    store._connection.execute(damage)
    with pytest.raises(UserError, match="store_part_damaged"):
        workflow.agreements(store, Progress())
