"""Cells of the figures that a reviewer named: their values as they stand now, wherever cells are read."""

from dataclasses import replace

import openpyxl
import pytest
from store_samples import (
    CATALOGUE,
    FIGURES,
    LOST,
    ME,
    RECEIVED,
    TEXT,
    TOWN,
    YOU,
    add,
    by_indicator,
    cell,
    decide,
    entry,
    extraction,
    facts,
    figure,
    stated,
)

from db import coding, queries, selftest, stored
from db.store import Store
from desktop import workflow
from desktop.cells import named_cell
from desktop.errors import UserError
from desktop.indicators import Catalogue
from desktop.model import Figure
from desktop.progress import Progress
from tests.merged_stores import dump, merge, side_of

THIRD = "赵宁"
LOST_AND_TOWN = ["73-75", "83-85"]


def name(store, report_id, indicator="lost", of=("lost", None), reviewer=ME, reason=""):
    """Name the figures of these indicators for a cell."""
    ids = [figure(store, report_id, each).id for each in of]
    return decide(store, "name_figures", report_id, indicator, ids, reason, reviewer=reviewer)


def read_again(store, report_id, figures, text=TEXT):
    """Let another program read a report, another text of it too."""
    document = replace(entry().document, text=text)
    store.replace_document(report_id, document, extraction(figures), program="0.2.0", catalogue="7")


def problems(store):
    return [(problem.message_id, problem.arguments) for problem in selftest.problems(store.path)]


@pytest.fixture
def named(store, report_id):
    """Give a report whose cell "lost" is made of its own figure (2) and of one that is of no indicator (4)."""
    name(store, report_id, reason="含镇街")
    return report_id


def test_the_figures_named_make_the_cell_wherever_it_is_read(store, named):
    made = cell(store, named, "lost")
    assert (made.value, made.unit, made.state, made.comment, made.reviewer) == (6, "件", "extracted", "含镇街", ME)
    assert [f.quote for f in made.figures] == ["2件", "4件"] and list(made.named) == LOST_AND_TOWN
    assert not made.entered
    [exported] = [c for c in queries.exported_cells(store, CATALOGUE, state="all") if c.indicator == "lost"]
    assert (exported.value, exported.unit, exported.state, exported.comment) == (6, "件", "extracted", "含镇街")
    assert (exported.spans, exported.printed) == ("73-75 | 83-85", "2件 | 4件")
    assert exported.quotes == "一年来办理行政诉讼案件３８件，其中败诉2件； | 另有𠮷祥镇上报4件。"
    assert queries.values(store, CATALOGUE, "lost", [2024]) == {("990101", 2024): 6}
    assert [c.value for c in queries.series(store, CATALOGUE, "990101", ["lost", "received"])] == [6, 151]
    assert queries.status(store, CATALOGUE).cells["extracted"] == 5
    assert problems(store) == []


def test_it_is_verified_with_the_last_of_them_and_follows_their_corrections(store, named):
    decide(store, "accept", figure(store, named, "lost").id)
    assert cell(store, named, "lost").state == "extracted"
    decide(store, "correct", figure(store, named, None).id, value=7, indicator="lawsuits", reviewer=YOU)
    made = cell(store, named, "lost")
    assert (made.value, made.state) == (9, "verified")
    assert cell(store, named, "lawsuits").value == 45, "a figure named still makes the cell of its own indicator"
    [exported] = [c for c in queries.exported_cells(store, CATALOGUE) if c.indicator == "lost"]
    assert (exported.value, exported.state, exported.reviewer) == (9, "verified", made.reviewer)
    assert queries.status(store, CATALOGUE).cells["verified"] == 1


def test_a_quantity_said_twice_adds_once_where_one_of_its_figures_is_named(store):
    twice = [*FIGURES, LOST._replace(start=88, end=90, indicator="lawsuits", value=38.0)]
    report_id = add(store, entry(figures=twice, text=TEXT + "共38件办结。"))
    assert cell(store, report_id, "lawsuits").value == 76
    first = next(f.id for f in queries.figures(store, report_id) if f.indicator == "lawsuits")
    decide(store, "name_figures", report_id, "lawsuits", [first])
    assert (cell(store, report_id, "lawsuits").value, cell(store, report_id, "lawsuits").approx) == (38, "about")
    assert queries.values(store, CATALOGUE, "lawsuits", [2024]) == {("990101", 2024): 38}


@pytest.mark.parametrize(("rejected", "left"), [(("lost",), 4), (("lost", None), None)])
def test_one_that_is_rejected_later_counts_no_more_and_the_cell_is_queried(store, named, rejected, left):
    with store.edit("review", reviewer=YOU) as edit:
        for indicator, row in by_indicator(store, named).items():
            (edit.reject if indicator in rejected else edit.accept)(row.id)
    made = cell(store, named, "lost")
    assert (made.value, made.state, len(made.figures)) == (left, "queried", 2 - len(rejected))
    exported = [c for c in queries.exported_cells(store, CATALOGUE, state="all") if c.indicator == "lost"]
    assert [(c.value, c.state) for c in exported] == [(left, "queried")]
    assert [c.value for c in queries.series(store, CATALOGUE, "990101", ["lost"])] == [left]
    assert queries.values(store, CATALOGUE, "lost", [2024]) == ({("990101", 2024): left} if left else {})
    assert queries.status(store, CATALOGUE).cells["queried"] == 1
    store.undo(reviewer=YOU)
    assert (cell(store, named, "lost").value, cell(store, named, "lost").state) == (6, "extracted")


def test_what_is_named_may_be_told_in_another_unit_of_its_kind():
    known = replace(CATALOGUE["lost"], unit="分钟")
    stated = [Figure(0, 1, 2.5, "小时", "about", "duration"), Figure(3, 4, 30.0, "分钟", None, "duration")]
    made = named_cell(known, stated)
    assert made is not None and (made.value, made.unit, made.approx) == (180, "分钟", "about")
    assert named_cell(known, []) is None


def test_naming_is_taken_back_undone_and_redone(store, named):
    recorded = len(queries.history(store, named))
    name(store, named, of=(None, "lost"), reason="含镇街")
    assert len(queries.history(store, named)) == recorded, "named in any order, they are the same"
    decide(store, "name_figures", named, "received", [])
    decide(store, "enter_cell", named, "lost", None, "")
    decide(store, "assert_not_reported", named, "lost", False)
    assert len(queries.history(store, named)) == recorded and cell(store, named, "lost").value == 6
    decide(store, "name_figures", named, "lost", [])
    assert cell(store, named, "lost").value == 2 and queries.said_of_cells(store, named) == {}
    store.undo(reviewer=ME)
    assert queries.said_of_cells(store, named) == {"lost": {"figures": LOST_AND_TOWN, "reason": "含镇街"}}
    store.redo(reviewer=ME)
    assert cell(store, named, "lost").value == 2 and problems(store) == []


def test_only_figures_of_the_report_that_stand_can_be_named(store, report_id):
    other = add(store, entry("b.txt"))
    with pytest.raises(KeyError):
        decide(store, "name_figures", report_id, "lost", [figure(store, other, "lost").id])
    decide(store, "reject", figure(store, report_id, "lost").id)
    with pytest.raises(ValueError, match="rejected"):
        name(store, report_id)
    with pytest.raises(UserError) as caught:
        workflow.name_figures(store, report_id, "nothing of the kind", [1], reviewer=ME)
    assert caught.value.arguments["indicator"] == "nothing of the kind"
    assert queries.said_of_cells(store, report_id) == {}


@pytest.mark.parametrize(
    ("figures", "value"),
    [
        ([LOST._replace(start=72, value=3.0), TOWN], 7),
        ([LOST, TOWN._replace(start=82, end=86)], 6),
        ([TOWN], 4),
        ([LOST._replace(start=74, end=75), TOWN._replace(value=9.0), RECEIVED], 11),
    ],
)
def test_a_figure_that_the_machine_reads_otherwise_is_still_the_one_named(store, named, figures, value):
    store.replace_extraction(named, extraction(figures), program="0.2.0", catalogue="8")
    made = cell(store, named, "lost")
    assert (made.value, made.state) == (value, "extracted" if len(figures) > 1 else "queried")
    store.replace_extraction(named, extraction(), program="0.3.0", catalogue="9")
    assert (cell(store, named, "lost").value, cell(store, named, "lost").state) == (6, "extracted")
    assert problems(store) == []


def test_the_figures_named_go_along_into_another_text(store, named):
    longer = f"第一百页。{TEXT}"
    shifted = [f._replace(start=f.start + 5, end=f.end + 5) for f in FIGURES]
    chance = Figure(73, 75, 99.0, "件", None, "count", "accepted", 0.5)  # where a name of the other text says
    read_again(store, named, sorted([*shifted, chance]), longer)
    assert cell(store, named, "lost").value == 6 and problems(store) == []
    decide(store, "accept", figure(store, named, None).id)
    read_again(store, named, FIGURES)
    made = cell(store, named, "lost")
    assert (made.value, [f.quote for f in made.figures]) == (6, ["2件", "4件"])
    without = TEXT.replace("其中败诉2件；", "")
    read_again(store, named, [RECEIVED], without)
    assert (cell(store, named, "lost").value, cell(store, named, "lost").state) == (4, "queried")
    read_again(store, named, FIGURES)
    assert (cell(store, named, "lost").value, problems(store)) == (6, [])


def test_a_figure_made_where_the_machine_reads_none_any_more_takes_the_place_of_the_one_named(store, named):
    store.replace_extraction(named, extraction([LOST]), program="0.2.0", catalogue="8")
    assert cell(store, named, "lost").state == "queried"
    made = {"value": 5, "unit": "件", "approx": None, "kind": "count", "indicator": None}
    decide(store, "create", named, start=82, end=85, **made)
    assert cell(store, named, "lost").value == 7


@pytest.mark.parametrize(("starts", "value"), [((65, 73), 40), ((73,), 2), ((65,), 38)])
@pytest.mark.parametrize("verb", ["accept", "name_figures"])
def test_each_of_two_that_are_read_where_one_was_is_named_as_itself(mine, theirs, verb, starts, value):
    for store in (mine, theirs):
        read_again(store, 1, [RECEIVED, LOST._replace(start=65)])
    once = figure(mine, 1, "lost").id
    decide(mine, verb, *((once,) if verb == "accept" else (1, "lost", [once])))
    mine.undo(reviewer=ME)
    for store in (mine, theirs):
        read_again(store, 1, FIGURES)
    decide(mine, "name_figures", 1, "lost", [f.id for f in queries.figures(mine, 1) if f.start in starts])
    merge(theirs, mine)
    for store in (mine, theirs):
        made = cell(store, 1, "lost")
        assert (made.value, [f.start for f in made.figures], problems(store)) == (value, [*starts], [])


def test_two_who_name_the_same_figures_agree(mine, theirs):
    name(mine, 1, reason="含镇街")
    name(theirs, 1, of=(None, "lost"), reviewer=YOU, reason="镇里另报")
    merge(mine, theirs), merge(theirs, mine)
    assert queries.disputes(mine) == [] and dump(mine) == dump(theirs)
    made = cell(mine, 1, "lost")
    told = (made.value, {*str(made.reviewer).split(" | ")}, {*made.comment.split(" | ")})
    assert told == (6, {ME, YOU}, {"含镇街", "镇里另报"})


@pytest.mark.parametrize(("side", "value"), [(ME, 6), (YOU, 4)])
def test_who_name_others_are_in_dispute_until_a_third_decides(mine, theirs, side, value):
    name(mine, 1)
    name(theirs, 1, of=(None,), reviewer=YOU)
    merge(mine, theirs)
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.indicator, cell(mine, 1, "lost").state) == ("cell", "lost", "queried")
    assert {(s.reviewer, len(s.value["figures"])) for s in dispute.sides} == {(ME, 2), (YOU, 1)}
    workflow.adjudicate(mine, dispute, side_of(dispute, side), "", reviewer=THIRD)
    assert queries.disputes(mine) == [] and cell(mine, 1, "lost").value == value
    merge(theirs, mine)
    assert dump(mine) == dump(theirs) and problems(mine) == []


@pytest.mark.parametrize(("verified", "disputes"), [("lost", 0), (None, 0), ("received", 1)])
def test_a_verified_figure_of_the_same_that_was_not_named_is_in_dispute_with_it(mine, theirs, verified, disputes):
    name(mine, 1, "received", ("lost", None))
    decide(theirs, "correct", figure(theirs, 1, verified).id, indicator="received", reviewer=YOU)
    merge(mine, theirs)
    assert len(queries.disputes(mine)) == disputes
    if disputes:
        decide(mine, "accept", figure(mine, 1).id, reviewer=THIRD)
        assert queries.disputes(mine) == [] and cell(mine, 1, "received").value == 151


def test_it_is_handed_out_with_what_was_decided_and_left_out_where_blind(store, named, tmp_path):
    for blind, value in ((False, 6), (True, 2)):
        to = tmp_path / f"{blind}.hebao"
        part = workflow.Part(overlap=100)
        workflow.hand_out(store, {to: "同事"}, part, Progress(), reviewer=ME, blind=blind, sources=False)
        with Store.open(to) as part_of:
            assert cell(part_of, queries.reports(part_of)[0].id, "lost").value == value


def test_its_coding_is_the_sum_of_the_figures_that_the_reviewer_verified(store, named):
    def coded():
        [found] = coding.codings(store, CATALOGUE, [named])
        return {(one.indicator, one.reviewer): (one.said, one.value) for one in found}

    assert coded() == {}
    for indicator in ("lost", None):
        decide(store, "accept", figure(store, named, indicator).id)
    assert coded() == {("lost", ME): ("value", 6.0)}
    decide(store, "reject", figure(store, named, None).id)
    assert coded() == {}


def test_the_history_of_a_cell_is_that_of_the_figures_named_too(store, named):
    decide(store, "accept", figure(store, named, None).id)
    decide(store, "accept", figure(store, named, "received").id)
    assert [row.verb for row in queries.history(store, named, cell="lost")] == ["name_figures", "accept"]


def test_the_checks_compare_what_the_figures_named_make(store):
    catalogue = workflow.catalogue(store)
    last, report_id = add(store, stated(2023, 151)), add(store, entry("b", of=facts(year=2024), figures=FIGURES))
    ids = [f.id for f in queries.figures(store, report_id) if f.value in (151, 140)]
    decide(store, "correct", ids[1], value=1400)
    decide(store, "name_figures", report_id, "reconsideration_received", ids)
    workflow.check_reports(store, [last, report_id])
    [found] = [row.finding for row in queries.findings(store, report_id) if row.finding.check == "series_jump"]
    assert found.values["found"] == 1551 and len(found.figures) == 2
    [there] = [row.finding for row in queries.findings(store, last) if row.finding.check == "series_jump"]
    assert there.values["expected"] == 1551
    assert cell_of(store, catalogue, report_id, "reconsideration_received").findings == 1
    others = queries.other_years(store, last, "reconsideration_received")
    assert [other.figure.id for other in others] == ids


def cell_of(store, catalogue, report_id, indicator):
    return {c.indicator: c for c in queries.report_cells(store, catalogue, report_id)}[indicator]


def applied(store, tmp_path, change):
    """Export all cells as a long workbook, change it as a person would, and take what it asks for."""
    (path,) = workflow.export(store, tmp_path / "a.xlsx", shape="long", state="all")
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = {head.value: head.column for head in sheet[1]}
    ids = [sheet.cell(row, heads["indicator"]).value for row in range(1, sheet.max_row + 1)]
    row = ids.index(OWN) + 1
    for head, value in change.items():
        sheet.cell(row, heads[head]).value = value
    book.save(path)
    corrections = workflow.read_corrections(store, path)
    workflow.apply_corrections(store, corrections, reviewer=YOU)
    return [misfit.message_id for misfit in corrections.misfits]


OWN, OTHER, GONE = "litigation_lost", "litigation_cases", "gone"


@pytest.mark.parametrize(
    ("second", "change", "misfits", "left"),
    [
        (OWN, {"state": "verified"}, [], (6, "verified")),
        (OWN, {"state": "rejected"}, ["apply_state_of_cell"], (6, "extracted")),
        (OWN, {"value": 8}, [], (8, "verified")),
        (OTHER, {"state": "verified"}, ["apply_state_of_cell"], (6, "extracted")),
        (OTHER, {"value": 8}, [], (8, "verified")),
        (GONE, {"state": "verified"}, ["apply_state_of_cell"], (2, "queried")),
        (GONE, {"value": 5}, [], (5, "verified")),
    ],
)
def test_corrections_of_a_workbook_reach_figures_of_the_indicator_or_the_cell(
    store, tmp_path, second, change, misfits, left
):
    made_of = [LOST._replace(indicator=OWN), TOWN._replace(indicator=OTHER if second == OTHER else OWN)]
    report_id = add(store, entry(figures=made_of))
    figures = queries.figures(store, report_id)
    decide(store, "name_figures", report_id, OWN, [f.id for f in figures])
    if second == GONE:
        decide(store, "reject", figures[1].id)
    assert applied(store, tmp_path, change) == misfits
    made = cell_of(store, workflow.catalogue(store), report_id, OWN)
    assert (made.value, made.state) == left
    assert [f.value for f in queries.figures(store, report_id)] == [2, 4], "no figure is another for it"


@pytest.mark.parametrize(
    "value",
    [
        '{"figures":[],"reason":""}',
        '{"figures":["1-2"]}',
        '{"figures":["1-2","1-2"],"reason":""}',
        '{"figures":["oh"],"reason":""}',
        '{"figures":[1],"reason":""}',
        '{"figures":"1-2","reason":""}',
        '{"figures":["1-2"],"reason":"","value":3}',
        '{"reason":""}',
    ],
)
def test_what_names_no_figures_is_told_in_a_sentence(value):
    with pytest.raises(UserError) as caught:
        stored.decision("cell", "lost", value, "change 1")
    assert caught.value.message_id == "store_part_damaged"


def test_a_reason_that_speaks_of_figures_names_none(store, report_id):
    decide(store, "enter_cell", report_id, "lost", 3, "figures")
    decide(store, "accept", figure(store, report_id, "lost").id)
    assert cell(store, report_id, "lost").value == 3 and problems(store) == []


def test_an_unknown_indicator_has_no_cell(store, report_id):
    decide(store, "name_figures", report_id, "gone", [figure(store, report_id).id])
    told = {c.indicator for c in queries.exported_cells(store, Catalogue({}, "7"), state="all")}
    assert told == set() and "gone" not in {c.indicator for c in queries.report_cells(store, CATALOGUE, report_id)}
