"""Two stores made one: what stands, what is in dispute, what is said of it, and what is refused."""

import shutil
from pathlib import Path

import pytest
from store_samples import ADVISERS, CATALOGUE, ME, RECEIVED, TEXT, YOU, add, all_cells, cell, decide, entry, figure

from db import backup, handing, merging, overview, people, queries, restoring, selftest
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Cancelled, Progress
from tests.merged_stores import dump, merge, side_of

THIRD = "赵宁"
STORES = Path(__file__).resolve().parents[1] / "data" / "stores"


def test_what_one_decided_is_taken_what_both_decided_alike_is_one_decision(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    for indicator in ("received", "accepted"):
        decide(theirs, "accept", figure(theirs, 1, indicator).id, reviewer=YOU)
    merged = merge(mine, theirs)
    assert (merged.changes, merged.agreements, merged.disputes, merged.known_reports) == (2, 1, 0, 1)
    assert cell(mine, 1, "received").state == "verified"
    assert sorted(cell(mine, 1, "received").reviewer.split(" | ")) == sorted([ME, YOU])
    assert cell(mine, 1, "accepted").reviewer == YOU
    assert {change.store for change in queries.history(mine, 1, cell="received")} == {"mine", "theirs"}
    assert [row.name for row in queries.merges(mine)] == ["theirs"]


def test_what_was_decided_differently_waits_for_a_third(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "correct", figure(theirs, 1).id, value=150, reviewer=YOU)
    assert merge(mine, theirs).disputes == 1
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.indicator, dispute.quote) == ("figure", "received", "151件")
    assert "收到行政复议申请151件" in dispute.sentence
    told = sorted((side.reviewer, side.store, side.value["value"]) for side in dispute.sides)
    assert told == sorted([(ME, "mine", 151.0), (YOU, "theirs", 150.0)])
    assert figure(mine, 1).state == "queried"
    assert cell(mine, 1, "received").state == "queried"
    workflow.adjudicate(mine, dispute, side_of(dispute, YOU), "原文为150", reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert (figure(mine, 1).state, figure(mine, 1).value, figure(mine, 1).reviewer) == ("verified", 150.0, THIRD)
    assert {change.reviewer for change in queries.history(mine, 1, figure(mine, 1).id)} == {ME, YOU, THIRD}
    with pytest.raises(UserError, match="dispute_changed"):
        workflow.adjudicate(mine, dispute, dispute.sides[0], "", reviewer=THIRD)
    mine.undo(reviewer=THIRD)
    assert queries.disputes(mine) == [dispute]
    mine.redo(reviewer=THIRD)
    assert merge(theirs, mine).disputes == 0
    assert dump(mine) == dump(theirs)


def test_a_third_value_settles_a_dispute_too(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "correct", figure(theirs, 1).id, value=150, reviewer=YOU)
    merge(mine, theirs)
    decide(mine, "correct", figure(mine, 1).id, value=149, reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert cell(mine, 1, "received").value == 149


def test_undoing_ones_own_side_lets_the_other_stand(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "reject", figure(theirs, 1).id, "重复", reviewer=YOU)
    merge(mine, theirs)
    assert mine.undo(reviewer=ME).verb == "accept"
    assert queries.disputes(mine) == []
    assert (figure(mine, 1).state, figure(mine, 1).reviewer) == ("rejected", YOU)
    assert mine.undo(reviewer=YOU) is None  # what came by a merge is not undone as one's own last step
    mine.redo(reviewer=ME)
    assert len(queries.disputes(mine)) == 1


def test_comments_of_both_stay_to_be_read(mine, theirs):
    decide(mine, "comment", figure(mine, 1).id, "含镇街", reviewer=ME)
    decide(theirs, "query", figure(theirs, 1).id, "", reviewer=YOU)
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    decide(theirs, "comment", figure(theirs, 1).id, "已核", reviewer=YOU)
    merge(mine, theirs)
    assert (figure(mine, 1).state, figure(mine, 1).comment) == ("verified", "含镇街 | 已核")
    assert queries.disputes(mine) == []


def test_figures_that_two_people_made_at_one_place_are_looked_at(mine, theirs):
    made = {"value": 2024, "unit": "年", "approx": None, "kind": "count", "indicator": "advisers"}
    decide(mine, "create", 1, start=3, end=7, reviewer=ME, **made)
    decide(theirs, "create", 1, start=3, end=8, reviewer=YOU, **made)
    merge(mine, theirs)
    [dispute] = queries.disputes(mine)
    assert {side.anchor for side in dispute.sides} == {"3-7", "3-8"}
    workflow.adjudicate(mine, dispute, side_of(dispute, ME), "", reviewer=THIRD)
    states = {row.anchor: row.state for row in queries.figures(mine, 1)}
    assert (states["3-7"], states["3-8"]) == ("verified", "rejected")
    merge(theirs, mine)
    assert queries.disputes(theirs) == []


def test_not_reported_against_a_verified_figure_is_looked_at(mine, theirs):
    decide(mine, "assert_not_reported", 1, "received", reviewer=ME)
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    merge(mine, theirs)
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.indicator) == ("cell", "received")
    assert cell(mine, 1, "received").state == "queried"
    workflow.adjudicate(
        mine, dispute, next(side for side in dispute.sides if side.kind == "figure"), "", reviewer=THIRD
    )
    assert cell(mine, 1, "received").state == "verified"
    assert queries.disputes(mine) == []


def test_two_reports_chosen_for_one_slot_are_in_dispute_and_neither_is_verified(mine, theirs):
    second = [add(store, entry("另一份.txt")) for store in (mine, theirs)]
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(mine, "choose", second[0], reviewer=ME)
    decide(mine, "choose", 1, reviewer=ME)
    decide(theirs, "choose", second[1], reviewer=YOU)
    merge(mine, theirs)
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.anchor) == ("choice", "990101/2024")
    assert {row.state for row in all_cells(mine, CATALOGUE)} == {"queried"}
    assert queries.status(mine, CATALOGUE).cells["queried"] == 5
    assert {i for i, marks in overview.marks(mine, {}).items() if marks.disputed} == {1, second[0]}
    side = next(side for side in dispute.sides if side.report_id == 1)
    workflow.adjudicate(mine, dispute, side, "", reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert queries.report(mine, 1).counts
    assert not any(marks.disputed for marks in overview.marks(mine, {}).values())
    merge(theirs, mine)
    assert dump(mine) == dump(theirs)


def test_a_fact_in_dispute_leaves_no_cell_verified(mine, theirs):
    decide(mine, "correct_fact", 1, "year", 2022, reviewer=ME)
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(mine, "sign_off", 1, reviewer=ME)
    decide(theirs, "correct_fact", 1, "year", 2023, reviewer=YOU)
    merge(mine, theirs)
    assert queries.report(mine, 1).state == "in_review"
    assert cell(mine, 1, "received").state == "queried"
    assert queries.dispute_counts(mine) == {1: 1}
    assert list(queries.exported_cells(mine, CATALOGUE, state="verified")) == []


def test_a_third_value_of_a_fact_is_recorded_with_the_reason_if_it_can_be_one(mine, theirs):
    decide(mine, "correct_fact", 1, "level", "township")
    decide(theirs, "correct_fact", 1, "level", "prefecture", reviewer=YOU)
    merge(mine, theirs)
    (dispute,) = queries.disputes(mine)
    with pytest.raises(UserError, match="level_not_a_level"):
        workflow.decide_otherwise(mine, dispute, "乡", "见标题", reviewer=THIRD)
    workflow.decide_otherwise(mine, dispute, "县级", "见标题", reviewer=THIRD)
    assert queries.report(mine, 1).level == "county" and queries.disputes(mine) == []
    last = queries.history(mine, report_id=1)[-1]
    assert (last.why, last.reviewer) == ("见标题", THIRD)
    with pytest.raises(UserError, match="dispute_changed"):
        workflow.decide_otherwise(mine, dispute, "县级", "", reviewer=THIRD)


def test_reports_that_only_one_has_come_over_with_all_that_is_of_them(tmp_path, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    with Store.open(tmp_path / "empty.hebao") as store:
        merged = merge(store, theirs)
        assert (merged.reports, merged.sources, merged.sources_missing, merged.reviewers) == (1, 1, 0, (ME,))
        assert dump(store) == dump(theirs)
        assert store.source(entry().document.source_sha256) == entry().source
        assert len(queries.search(store, "行政复议")) == 1
        assert queries.unchecked(store) == [1]


def test_the_reading_of_the_newer_program_stays_whichever_way_round(tmp_path, mine):
    later = TEXT.replace("\n", "\n\n")
    with Store.open(tmp_path / "new.hebao") as store:
        one = entry()
        moved = [RECEIVED._replace(start=30, end=34), ADVISERS._replace(start=51, end=54)]
        read = entry(text=later, figures=moved)
        document = read.document.__class__(one.document.name, "txt", one.document.source_sha256, later)
        fresh = read.__class__(document, one.source, read.extraction)
        store.add_reports([fresh], program="0.10.0", catalogue="8")
        decide(mine, "accept", figure(mine, 1).id)
        decide(mine, "query", figure(mine, 1, "lost").id, "再看")
        merged = merge(mine, store)
        assert (merged.reread, merged.texts, merged.lost) == (1, 1, 0)
        assert merged.versions == (("0.10.0", "8"),)
        accepted = figure(mine, 1)
        assert (accepted.state, accepted.start, queries.report(mine, 1).program) == ("verified", 30, "0.10.0")
        assert merge(store, mine).reread == 0
        assert dump(mine) == dump(store)


def test_own_indicators_of_one_id_that_differ_are_in_dispute(mine, theirs):
    for store, unit, by in ((mine, "件", ME), (theirs, "次", YOU)):
        workflow.add_indicator(
            store, {"id": "own", "name_zh": "听证", "unit": unit, "when": [{"noun": "听证"}]}, reviewer=by
        )
    merged = merge(mine, theirs)
    assert merged.disputes == 1
    [dispute] = queries.disputes(mine)
    assert (dispute.kind, dispute.indicator, dispute.report_id) == ("indicator", "own", 0)
    workflow.adjudicate(mine, dispute, side_of(dispute, ME), "", reviewer=THIRD)
    assert queries.disputes(mine) == []
    assert workflow.catalogue(mine)["own"].unit == "件"


def test_two_people_of_one_name_are_shown_apart_until_somebody_says_they_are_one(mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=ME)
    assert merge(mine, theirs).same_names == (ME,)
    other = theirs.known_reviewer(ME).id
    assert sorted(figure(mine, 1).reviewer.split(" | ")) == [ME, f"{ME}·{other[:4]}"]
    workflow.same_person(mine, other, mine.known_reviewer(ME).id, reviewer=THIRD)
    assert figure(mine, 1).reviewer == ME
    assert {row.same_as for row in queries.people(mine) if row.name == ME} == {mine.known_reviewer(ME).id}
    mine.undo(reviewer=THIRD)
    assert " | " in figure(mine, 1).reviewer


def test_more_of_the_id_tells_people_apart_where_its_beginning_does_not(mine):
    ids = ("aaaa1-x", "aaaa2-x", "bbbb-x")
    names = (ME, ME, f"{ME}·aaaa")
    mine.reviewer(ME)
    with mine._transaction() as db:
        db.executemany("INSERT INTO reviewer VALUES (?, ?, ?)", [(i, n, i) for i, n in zip(ids, names, strict=True)])
        people.show(db)
    shown = {row.shown for row in queries.people(mine)}
    assert shown == {ME, f"{ME}·aaaa", f"{ME}·aaaa1", f"{ME}·aaaa2"}


def test_a_name_with_a_wide_space_or_an_invisible_sign_is_merged(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id, reviewer="张\u3000三")
    decide(theirs, "accept", figure(theirs, 1, "accepted").id, reviewer="李\u200b")
    merge(mine, theirs)
    assert {row.name for row in queries.people(mine)} == {"张\u3000三", "李"}


def test_two_copies_of_one_file_that_went_apart_are_merged(tmp_path, mine):
    decide(mine, "accept", figure(mine, 1).id)
    mine.close()
    for ending in ("", "-sources"):
        shutil.copy(f"{mine.path}{ending}", f"{tmp_path / 'copy.hebao'}{ending}")
    with Store.open(mine.path) as one, Store.open(tmp_path / "copy.hebao") as other:
        assert one.store_id == other.store_id
        decide(one, "accept", figure(one, 1, "accepted").id)
        decide(one, "correct", figure(one, 1, "lost").id, value=3)
        decide(other, "accept", figure(other, 1, "advisers").id, reviewer=YOU)
        decide(other, "correct", figure(other, 1, "lost").id, value=4, reviewer=YOU)
        merge(one, other), merge(other, one)
        assert dump(one) == dump(other)
        assert len(queries.disputes(one)) == 1
        assert one.undo(reviewer=ME).verb == "correct"
        assert other.undo(reviewer=YOU).verb == "correct"
        merge(one, other), merge(other, one)
        assert dump(one) == dump(other)
        assert figure(one, 1, "lost").state == "extracted"
    assert list(selftest.problems(mine.path)) == []


def test_a_merge_is_backed_up_first_and_taken_back_by_restoring(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    before = dump(mine)
    merged = workflow.merge(mine, theirs.path, Progress())
    assert [kept.occasion for kept in backup.backups(mine.path)] == ["merge"]
    mine.close()
    workflow.restore(mine.path, merged.backup)
    with Store.open(mine.path) as again:
        assert dump(again) == before


def test_a_merge_that_is_cancelled_leaves_the_store_as_it_was(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    before, progress = dump(mine), Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        workflow.merge(mine, theirs.path, progress, back_up=False)
    assert dump(mine) == before


def test_a_merge_that_fails_late_takes_the_original_files_away_that_it_had_copied(tmp_path, mine, monkeypatch):
    (tmp_path / "other").mkdir()
    with Store.open(tmp_path / "other" / "other.hebao") as other:
        both = entry("两边都有.txt"), entry("只有一边.txt")
        for one in both:
            add(other, one)
        mine._sources.add([(both[0].document.source_sha256, both[0].source)])
        before, kept = dump(mine), [mine.source(one.document.source_sha256) for one in both]

        def fail(*_):
            assert mine.source(both[1].document.source_sha256) == both[1].source
            raise OSError(28, "full")

        monkeypatch.setattr(merging, "_note", fail)
        with pytest.raises(OSError, match="full"):
            merge(mine, other)
        assert dump(mine) == before
        assert [mine.source(one.document.source_sha256) for one in both] == kept == [both[0].source, None]
        assert list(selftest.problems(mine.path)) == []
        monkeypatch.undo()
        assert merge(mine, other).sources == 1
        assert list(selftest.problems(mine.path)) == []


def test_a_store_of_an_older_schema_is_merged_from_a_copy_and_left_alone(tmp_path, mine):
    for ending in ("", "-sources"):
        shutil.copy(STORES / f"schema-1.hebao{ending}", tmp_path / f"old.hebao{ending}")
    before = (tmp_path / "old.hebao").read_bytes()
    merged = workflow.merge(mine, tmp_path / "old.hebao", Progress(), back_up=False)
    assert (merged.reports, merged.sources) == (2, 2)  # one of its three is the same as ours
    assert (tmp_path / "old.hebao").read_bytes() == before
    assert [problem.message_id for problem in selftest.problems(mine.path)] == []


def test_a_store_that_is_open_elsewhere_is_read_as_it_stands(mine, theirs):
    decide(theirs, "accept", figure(theirs, 1).id)
    assert merge(mine, theirs).changes == 1
    decide(theirs, "accept", figure(theirs, 1, "lost").id)
    assert merge(mine, theirs).changes == 1


def test_what_came_by_a_merge_is_newer_than_an_export_made_before_it(mine, theirs):
    for _ in range(3):
        decide(mine, "comment", figure(mine, 1, "lost").id, str(queries.clock(mine)))
    decide(theirs, "accept", figure(theirs, 1).id, reviewer=YOU)
    exported = queries.clock(mine)
    merge(mine, theirs)
    assert queries.decided_since(mine, exported) == {1: {("figure", "29-33")}}
    assert queries.decided_since(mine, queries.clock(mine)) == {}


def test_a_merged_store_is_rescued_with_what_is_in_dispute_in_it(tmp_path, mine, theirs):
    decide(mine, "accept", figure(mine, 1).id, reviewer=ME)
    decide(theirs, "correct", figure(theirs, 1).id, value=150, reviewer=YOU)
    merge(mine, theirs)
    before = dump(mine)
    mine.close()
    restoring.rescue(mine.path, tmp_path / "rescued.hebao")
    with Store.open(tmp_path / "rescued.hebao") as store:
        assert dump(store) == before
        assert [row.name for row in queries.merges(store)] == ["theirs"]
    assert list(selftest.problems(tmp_path / "rescued.hebao")) == []


def test_a_restored_store_that_gets_back_what_it_had_handed_out_tests_as_whole(tmp_path, mine):
    add(mine, entry("另一份.txt"))
    mine.close()
    shutil.copy(mine.path, tmp_path / "kept")
    with Store.open(mine.path) as store:
        for report_id, comment in ((2, "甲"), (1, "乙"), (2, "丙"), (1, "丁")):
            decide(store, "comment", figure(store, report_id).id, comment)
        handing.write(store, tmp_path / "out.hebao", [1], blind=False, sources=True, step=lambda: None)
    shutil.copy(tmp_path / "kept", mine.path)
    with Store.open(mine.path) as store, Store.open(tmp_path / "out.hebao") as back:
        assert merge(store, back).changes == 2
        decide(store, "accept", figure(store, 2).id)
    assert list(selftest.problems(mine.path)) == []
