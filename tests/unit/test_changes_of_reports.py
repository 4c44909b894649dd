"""What a person decides of whole reports: their facts, which of them counts, and when one is done."""

import pytest
from store_samples import (
    CATALOGUE,
    ME,
    add,
    all_cells,
    decide,
    entry,
    facts,
    figure,
)

from db import queries
from desktop.errors import UserError


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
    assert sum(queries.status(store, CATALOGUE).cells.values()) == len(all_cells(store, CATALOGUE))
    assert [c.year for c in queries.series(store, CATALOGUE, "990101", ["received"])] == [2024]
    for _ in range(3):
        store.undo(reviewer=ME)
    row = queries.report(store, report_id)
    assert (row.counts, row.district, row.year, row.corrected, row.state) == (True, "青禾县", 2024, set(), "unreviewed")
    assert not queries.report(store, other).counts


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
        assert {row.report_id for row in all_cells(store, CATALOGUE)} == {i for i in rows if rows[i]}
        return [i for i in (a, b, c) if rows[i]]

    assert counting() == [a]
    decide(store, "choose", b)
    assert counting() == [b]
    assert queries.report(store, b).state == "unreviewed"
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
    assert (queries.report(store, a).withdrawn, queries.report(store, a).state) == (True, "unreviewed")
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
