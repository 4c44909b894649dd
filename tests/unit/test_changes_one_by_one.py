"""One older change taken back, whose history a person reads, and decisions carried into another text."""

import pytest
from store_samples import (
    FIGURES,
    LOST,
    ME,
    RECEIVED,
    TEXT,
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

from db import queries, selftest
from db.placing import Placing
from desktop.errors import UserError
from desktop.model import Document, Figure


def uuids(store):
    return [change["uuid"] for change in log(store)]


def test_one_older_change_is_taken_back_and_all_since_stays(store, report_id):
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    decide(store, "accept", ids["received"])
    decide(store, "correct", ids["lost"], value=7)
    decide(store, "reject", ids[None], reviewer=YOU)
    before = log(store)
    touched = store.undo_change(uuids(store)[0], reviewer=YOU)
    assert (touched.verb, touched.reports, touched.figures) == ("undo_change", {report_id}, {ids["received"]})
    rows = by_indicator(store, report_id)
    assert [rows[name].state for name in ("received", "lost", None)] == ["extracted", "verified", "rejected"]
    assert log(store)[: len(before)] == before
    assert queries.undo_label(store, YOU) == "undo_change"
    store.undo(reviewer=YOU)
    assert figure(store, report_id).state == "verified"
    assert figure(store, report_id).reviewer == ME


def test_a_change_that_another_stands_on_is_not_taken_back_and_the_other_is_named(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    decide(store, "correct", figure_id, value=150, reviewer=YOU)
    first, second = log(store)
    with pytest.raises(UserError, match="undo_change_superseded") as caught:
        store.undo_change(first["uuid"], reviewer=ME)
    assert caught.value.arguments == {"reviewer": YOU, "at": second["at"], "uuid": second["uuid"]}
    assert log(store) == [first, second]
    store.undo_change(second["uuid"], reviewer=ME)
    store.undo_change(first["uuid"], reviewer=ME)
    assert figure(store, report_id).state == "extracted"
    with pytest.raises(KeyError):
        store.undo_change("nobody", reviewer=ME)
    with pytest.raises(ValueError, match="undo_change"), store.edit("undo_change", reviewer=ME):
        pass


def test_an_own_indicator_is_taken_back_alone(store):
    definition = {"name_zh": "某数", "name_en": "", "unit": "件", "units": "件", "when": [{"noun": "案"}]}
    with store.edit("add_indicator", reviewer=ME) as edit:
        edit.set_indicator("one", definition)
        edit.set_indicator("two", definition)
    touched = store.undo_change(uuids(store)[0], reviewer=ME)
    assert touched.indicators == {"one"}
    assert [row["id"] for row in queries.own_indicators(store)] == ["two"]


def test_history_says_what_took_a_change_back_and_what_an_undo_was_about(store, report_id):
    figure_id = figure(store, report_id).id
    decide(store, "accept", figure_id)
    store.undo(reviewer=ME)
    store.redo(reviewer=ME)
    store.undo_change(uuids(store)[2], reviewer=YOU)
    rows = queries.history(store, report_id, figure_id)
    assert [(row.verb, row.about, row.undone) for row in rows] == [
        ("accept", "", True),
        ("undo", "accept", False),  # what it took back does not stand
        ("redo", "accept", True),
        ("undo_change", "accept", False),
    ]
    assert [row.undone_by for row in rows] == [rows[1].uuid, None, rows[3].uuid, None]
    assert [row.undoes for row in rows] == [None, *[row.uuid for row in rows[:3]]]
    assert {row.quote for row in rows} == {"151件"}
    assert len({row.group for row in rows}) == 4


def test_the_history_of_a_cell_is_that_of_it_and_of_its_figures(store, report_id):
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    decide(store, "accept", ids["received"])
    decide(store, "correct", ids["lost"], indicator="received")
    decide(store, "reject", ids["advisers"])
    decide(store, "enter_cell", report_id, "received", 9, "附表")
    told = queries.history(store, report_id, cell="received")
    assert [row.verb for row in told] == ["accept", "correct", "enter_cell"]
    assert [row.verb for row in queries.history(store, report_id, cell="lost")] == ["correct"]


def test_a_span_is_found_in_another_reading_of_its_source():
    old = "一、总体情况\n全年受理行政复议申请151件，审结\n140件。二、应诉\n行政诉讼败诉2件。"
    new = "法治政府年报\n一、总体情况  全年受理行政复议申请１５１ 件，审结140件。\n第3页\n二、应诉 行政诉讼败诉2件。"
    placing = Placing(old, new)
    for quote, there in (("151件", "１５１ 件"), ("140件", "140件"), ("2件", "2件")):
        start = old.index(quote)
        span = placing.span(start, start + len(quote))
        assert span is not None and new[slice(*span)] == there
    assert placing.span(0, 99) is None and placing.span(3, 3) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("受理5件。结案5件。", "受理5件。"),  # the other sentence went
        ("全年办理申请1件。", "全年办理申请151件。"),  # digits that were not read before
        ("甲镇共办理申请5件。", "乙镇共办理申请5件。"),
    ],
)
def test_a_figure_alike_is_not_the_figure(old, new):
    start = old.rindex("5件") if "5件" in old else old.index("1件")
    assert Placing(old, new).span(start, start + 2) is None


def reread(store, report_id, text, figures):
    row = queries.report(store, report_id)
    document = Document(row.source_name, "txt", row.source_sha256, text)
    store.replace_document(report_id, document, extraction(figures), program="2", catalogue="8")


def moved(one, by):
    return one._replace(start=one.start + by, end=one.end + by)


def test_decisions_go_along_with_their_words_into_another_text(store, report_id):
    ids = {name: row.id for name, row in by_indicator(store, report_id).items()}
    decide(store, "correct", ids["received"], value=150, start=28)
    decide(store, "comment", ids["lost"], "看看")
    decide(store, "reject", ids[None])
    with store.edit("create", reviewer=YOU) as edit:
        edit.create(report_id, start=3, end=7, value=1, unit="个", approx=None, kind="count", indicator=None)
    before = without_ids(shown(store, report_id)[1])
    reread(store, report_id, f"页眉三字\n{TEXT}", [moved(one, 5) for one in FIGURES])
    rows = by_indicator(store, report_id)
    assert (rows["received"].id, rows["received"].value, rows["received"].quote) == (ids["received"], 150, "请151件")
    assert (rows["lost"].comment, rows["lost"].state, rows["lost"].quote) == ("看看", "extracted", "2件")
    assert rows["received"].machine is not None and rows["advisers"].id == ids["advisers"]
    assert queries.lost(store) == []
    assert queries.search(store, "页眉三字")
    assert [problem.message_id for problem in selftest.problems(store.path)] == []
    assert [store.undo(reviewer=ME).verb for _ in range(3)] == ["reject", "comment", "correct"]
    assert (figure(store, report_id).state, figure(store, report_id).quote) == ("extracted", "151件")
    for _ in range(3):
        store.redo(reviewer=ME)
    reread(store, report_id, TEXT, FIGURES)
    assert without_ids(shown(store, report_id)[1]) == before


def test_what_finds_no_place_is_listed_counts_nowhere_and_comes_back_with_its_words(store, report_id):
    decide(store, "correct", figure(store, report_id).id, value=150)
    without = TEXT.replace("收到行政复议申请151件，", "")
    gone = len(TEXT) - len(without)
    reread(store, report_id, without, [moved(one, -gone) for one in FIGURES[1:]])
    assert "received" not in by_indicator(store, report_id)
    (lost,) = queries.lost(store)
    assert (lost.quote, lost.value["value"], lost.reviewer) == ("151件", 150, ME)
    assert lost.before.endswith("收到行政复议申请")
    assert queries.report(store, report_id).decided == 0
    assert queries.report(store, report_id).state == "in_review"
    new = Figure(29, 33, 9.0, "件", None, "count", None, 0.5)
    store.replace_extraction(report_id, extraction([new]), program="2", catalogue="8")
    decide(store, "accept", queries.figures(store, report_id)[0].id, reviewer=YOU)
    assert queries.figures(store, report_id)[0].anchor != lost.anchor  # of the same numbers in the text before
    store.undo(reviewer=YOU)
    reread(store, report_id, TEXT, FIGURES)
    assert queries.lost(store) == []
    assert (figure(store, report_id).value, figure(store, report_id).machine) == (150, RECEIVED)


def test_a_lost_decision_is_placed_again_or_dropped_and_both_can_be_undone(store, report_id):
    decide(store, "correct", figure(store, report_id).id, value=150)
    reread(store, report_id, "另一份读法，共9件。" + "无" * 60, [LOST._replace(start=6, end=9)])
    (lost,) = queries.lost(store)
    with store.edit("place_again", reviewer=ME) as edit:
        made = edit.place_again(report_id, lost.anchor, 6, 9)
        with pytest.raises(KeyError):
            edit.place_again(report_id, lost.anchor, 6, 9)
    row = queries.figure(store, made)
    assert (row.quote, row.value, row.state, row.machine) == ("共9件", 150, "verified", LOST._replace(start=6, end=9))
    assert queries.lost(store) == []
    store.undo(reviewer=ME)
    assert queries.lost(store) == [lost]
    assert [(f.state, f.value) for f in queries.figures(store, report_id)] == [("extracted", 2.0)]
    store.redo(reviewer=ME)
    assert [(f.state, f.value) for f in queries.figures(store, report_id)] == [("verified", 150)]
    store.undo(reviewer=ME)
    with store.edit("drop_lost", reviewer=ME) as edit:
        edit.drop(report_id, lost.anchor)
        with pytest.raises(KeyError):
            edit.drop(report_id, lost.anchor)
    assert queries.lost(store) == []
    store.undo(reviewer=ME)
    assert len(queries.lost(store)) == 1
    assert [problem.message_id for problem in selftest.problems(store.path)] == []


def test_only_its_own_source_is_a_report_s_text(store, report_id):
    other = entry("b.txt")
    with pytest.raises(ValueError, match="was not read from"):
        store.replace_document(report_id, other.document, other.extraction, program="", catalogue="")
    with pytest.raises(KeyError):
        store.replace_document(99, other.document, other.extraction, program="", catalogue="")
    assert queries.text(store, report_id) == TEXT
    same = add(store, entry("c.txt"))
    reread(store, report_id, "短", [])
    assert queries.text(store, same) == TEXT
