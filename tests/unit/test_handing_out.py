"""Work handed out: which reports, what goes along and what does not, and the record of it."""

from collections import Counter
from pathlib import Path

import pytest
from store_samples import CATALOGUE, ME, TEXT, YOU, add, decide, entry, facts, figure, log

from db import loading, queries, selftest
from db.store import Store
from desktop import cli, workflow
from desktop.errors import UserError
from desktop.model import Finding
from desktop.progress import Cancelled, Progress
from desktop.text import say
from desktop.workflow import Part

ALL = Part()
CITIES = ("990100", "990200", "990300", "990400")


@pytest.fixture
def many(store):
    """Four prefectures of ten districts, each in three years."""
    places = [(f"{city[:4]}{place:02}", f"县{city[3]}{place}") for city in CITIES for place in range(1, 11)]
    entries = [
        entry(f"{name}{year}.txt", of=facts(name, year, code)) for year in (2022, 2023, 2024) for code, name in places
    ]
    store.add_reports(entries, program="0.1.0", catalogue="7")
    return store


def hand_out(store, to, part=ALL, *, blind=False, **named):
    return workflow.hand_out(store, {to: YOU}, part, Progress(), reviewer=ME, blind=blind, **named)[0]


def shown(store):
    """What screens show of every report, without what is numbered anew in every store."""
    return [
        (
            row.district, row.year, row.state, row.counts, row.decided, row.source_name, row.imported_at,
            [(f.anchor, f.quote, f.value, f.indicator, f.state, f.comment, f.reviewer, f.machine)
             for f in queries.figures(store, row.id)],
            [(c.indicator, c.value, c.state) for c in queries.report_cells(store, CATALOGUE, row.id)],
        )
        for row in queries.reports(store)
    ]  # fmt: skip


def decided(store, report_id):
    """Every kind of decision, on one report and on its sibling."""
    with store.edit("mixed", reviewer=ME) as edit:
        edit.correct(figure(store, report_id).id, value=153)
        edit.reject(figure(store, report_id, "accepted").id, "不是本年的")
        edit.query(figure(store, report_id, "lost").id, "与上年不符")
        edit.comment(figure(store, report_id, "advisers").id, "含镇街")
        edit.create(report_id, start=0, end=3, value=1, unit="个", approx=None, kind="count", indicator="advisers")
        edit.enter_cell(report_id, "lawsuits", 40, "附表")
        edit.dismiss("f-1", report_id, "排版")
        edit.correct_fact(report_id, "issuer", "青禾县司法局")
        edit.correct_fact(report_id, "year", 2023)
        edit.sign_off(report_id)
        edit.set_indicator("parks", {"name_zh": "公园", "unit": "个", "units": "个", "when": [{"noun": "公园"}]})


def problems(path):
    return [p.message_id for p in selftest.problems(path)]


def test_all_that_was_decided_goes_along(store, report_id, tmp_path):
    add(store, entry("另一份.txt", text=TEXT + "\n" + "全县各乡镇各部门坚持依法行政，严格规范公正文明执法。" * 9))
    decided(store, report_id)
    made = hand_out(store, tmp_path / "b.hebao")
    assert made.path == tmp_path / "b.hebao" and (made.to, len(made.report_ids)) == (YOU, 2)
    with Store.open(made.path) as other:
        assert other.store_id == made.store_id != store.store_id
        assert shown(other) == shown(store)
        assert queries.own_indicators(other) == queries.own_indicators(store)
        assert len(log(other)) == len(log(store)) - 1, "all but the record of the handing out itself"
        assert queries.unchecked(other) == [row.id for row in queries.reports(other)]
        assert queries.clock(other) == queries.clock(store) - 1
        assert {hit.report_id for hit in queries.search(other, "公正文明")} == {queries.reports(other)[1].id}
        passages = "SELECT count(*) FROM passage"
        assert loading.select(other, passages) == loading.select(store, passages) != [(0,)]
        assert other.source(queries.reports(other)[0].source_sha256) is not None
    assert problems(made.path) == []


def test_blind_nothing_of_what_was_read_goes_along_but_what_report_it_is_does(store, report_id, tmp_path):
    add(store, entry("另一份.txt"))
    untouched = shown(store)
    decided(store, report_id)
    made = hand_out(store, tmp_path / "b.hebao", blind=True)
    with Store.open(made.path) as other:
        reports = {row.source_name: row for row in queries.reports(other)}
        first = reports["青禾县.txt"]
        assert (first.year, first.issuer, first.state) == (2023, "青禾县司法局", "in_review"), "facts were decided on"
        assert [row[7:] for row in shown(other)] == [row[7:] for row in untouched], "figures as the machine reads them"
        assert {row["kind"] for row in log(other)} == {"fact", "indicator"}
        assert queries.dismissals(other, first.id) == {}
        text = made.path.read_bytes()
        for words in ("不是本年的", "与上年不符", "含镇街", "附表", "排版"):
            assert words.encode() not in text
    assert problems(made.path) == []


def test_what_a_rule_closed_is_open_and_findings_wait_for_the_checks_there(store, tmp_path):
    one = Finding("accepted_of_received", "error", ((29, 33), (36, 40)), {"found": 140.0}, None, "f-1")
    report_id = add(store, entry(findings=[one]))
    store.replace_findings(report_id, [one], {(29, 33)})
    assert figure(store, report_id).state == "auto"
    made = hand_out(store, tmp_path / "b.hebao")
    with Store.open(made.path) as other:
        (report,) = queries.reports(other)
        assert report.findings == 0 and figure(other, report.id).state == "extracted"


def test_decisions_in_the_new_store_rest_on_those_that_came_along(store, report_id, tmp_path):
    decide(store, "accept", figure(store, report_id).id)
    seen, blind = hand_out(store, tmp_path / "b.hebao"), hand_out(store, tmp_path / "c.hebao", blind=True)
    for made, knows in ((seen, True), (blind, False)):
        with Store.open(made.path) as other:
            (report,) = queries.reports(other)
            decide(other, "correct", figure(other, report.id).id, value=7, reviewer=YOU)
            change = log(other)[-1]
            assert change["sequence"] == 1 and (change["supersedes"] is not None) is knows
            assert change["anchor"] == log(store)[0]["anchor"]
            held = other._connection.execute("SELECT other_id FROM held").fetchall()
            assert held == ([(store.store_id,)] if knows else [])


def test_it_is_recorded_who_has_what_and_can_be_taken_back(store, report_id, tmp_path):
    made = hand_out(store, tmp_path / "李静.hebao", blind=True)
    (told,) = workflow.handed_out(store)
    assert told[0] == made.store_id
    assert (told.reviewer, told.to, told.file, told.reports, told.blind, told.came_back) == (
        ME, YOU, "李静.hebao", 1, True, 0,
    )  # fmt: skip
    assert workflow.undo(store, reviewer=ME).verb == "hand_out" and workflow.handed_out(store) == []
    workflow.redo(store, reviewer=ME)
    assert [one.store_id for one in workflow.handed_out(store)] == [made.store_id]
    assert problems(store.path) == []


def test_without_sources_only_the_originals_stay(store, report_id, tmp_path):
    made = hand_out(store, tmp_path / "b.hebao", sources=False)
    assert not made.path.with_name("b.hebao-sources").exists()
    with Store.open(made.path) as other:
        assert shown(other) == shown(store)


@pytest.mark.parametrize(
    ("part", "many_reports"),
    [
        (Part(districts=("县11", "990202")), 6),
        (Part(districts=("云川市",), first_year=2023), 80),
        (Part(first_year=2022, last_year=2022), 40),
        (Part(last_year=2023), 80),
        (Part(districts=("县11",), first_year=2024), 1),
    ],
)
def test_a_part_is_of_districts_and_years(many, part, many_reports):
    (reports,) = workflow.deal(many, part, 1)
    assert len(reports) == many_reports


def test_a_share_is_the_same_of_every_year_and_prefecture_and_of_the_same_seed(many):
    rows = {row.id: row for row in queries.reports(many)}
    half = workflow.deal(many, Part(share=50, seed=4), 1)[0]
    assert half == workflow.deal(many, Part(share=50, seed=4), 1)[0]
    assert half != workflow.deal(many, Part(share=50, seed=5), 1)[0]
    strata = Counter((rows[i].year, rows[i].adcode[:4]) for i in half)
    assert len(half) == 60 and set(strata.values()) == {5} and len(strata) == 12
    assert len(workflow.deal(many, Part(share=10), 1)[0]) == 12
    districts = Counter(rows[i].district for i in half)
    assert max(districts.values()) == 3 and min(districts.values()) < 3, "not the same districts every year"


def test_colleagues_get_a_part_each_and_the_overlap_all(many):
    rows = {row.id: row for row in queries.reports(many)}
    hands = list(map(set, workflow.deal(many, Part(overlap=10), 3)))
    shared = set.intersection(*hands)
    assert len(shared) == 12 and set.union(*hands) == set(rows)
    assert [len(hand) for hand in hands] == [48, 48, 48]
    assert all((one & other) == shared for one in hands for other in hands if one is not other)
    for hand in hands:
        assert max(Counter(rows[i].year for i in hand).values()) <= 18
    assert workflow.deal(many, Part(overlap=100), 2)[0] == workflow.deal(many, Part(overlap=100), 2)[1] == sorted(rows)


def test_two_files_of_one_district_and_year_go_together(many):
    twin = add(many, entry("又一份.txt", of=facts("县11", 2022, "990101")))
    first = next(r.id for r in queries.reports(many) if r.district == "县11" and r.year == 2022)
    for hand in workflow.deal(many, Part(overlap=20, seed=3), 4):
        assert (twin in hand) == (first in hand)


def test_withdrawn_reports_stay(many):
    gone = queries.reports(many)[0].id
    decide(many, "withdraw", gone)
    assert gone not in workflow.deal(many, ALL, 1)[0]


def test_several_files_are_written_all_or_none(many, tmp_path):
    to = {tmp_path / "a1.hebao": "李静", tmp_path / "赵": "赵磊"}
    made = workflow.hand_out(many, to, Part(overlap=50), Progress(), reviewer=ME)
    assert [one.path.name for one in made] == ["a1.hebao", "赵.hebao"] and all(one.path.exists() for one in made)
    assert {one.to for one in workflow.handed_out(many)} == {"李静", "赵磊"}
    progress = Progress()
    progress._report = lambda done, _total, _what: progress.cancel() if done == 150 else None
    with pytest.raises(Cancelled):
        workflow.hand_out(many, {tmp_path / "c": "", tmp_path / "d": ""}, Part(overlap=80), progress, reviewer=ME)
    assert progress.done == 150, "well into the second"
    assert sorted(path.name for path in tmp_path.iterdir() if path.name[0] in ".cd") == []
    assert len(workflow.handed_out(many)) == 2


def test_hundreds_go_out_some_at_a_time(store, tmp_path):
    entries = [entry(f"{n}.txt", of=facts(f"县{n}", 2024, f"{990000 + n}")) for n in range(230)]
    store.add_reports(entries, program="0.1.0", catalogue="7")
    made = hand_out(store, tmp_path / "b.hebao", sources=False)
    with Store.open(made.path) as other:
        assert queries.source_hashes(other) == queries.source_hashes(store)
    assert workflow.handed_out(store)[0].reports == 230


@pytest.mark.parametrize(
    ("names", "part", "refused"),
    [
        (["b"], Part(districts=("无此县",)), "hand_out_no_district"),
        (["b"], Part(first_year=1999, last_year=2000), "hand_out_empty"),
        (["b"], Part(share=0), "hand_out_empty"),
        (["b", "b.hebao"], ALL, "hand_out_same_file"),
        (["a.hebao"], ALL, "hand_out_there"),
        (["b", "c", "d"], ALL, "hand_out_too_few"),
    ],
)
def test_what_cannot_be_done_is_said(store, report_id, tmp_path, names, part, refused):
    to = {tmp_path / name: YOU for name in names}
    with pytest.raises(UserError) as said:
        workflow.hand_out(store, to, part, Progress(), reviewer=ME)
    assert said.value.message_id == refused
    assert workflow.handed_out(store) == []


@pytest.mark.parametrize("to", [".", "..", "/", "長" * 300, "a.hebao/within"])
def test_where_no_file_can_be_is_said(store, report_id, tmp_path, monkeypatch, to):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UserError) as said:
        hand_out(store, Path(to))
    assert said.value.message_id in ("file_is_folder", "file_not_written")
    assert [path.name for path in tmp_path.iterdir() if not path.name.startswith("a.hebao")] == []


def test_names_that_differ_in_case_alone_are_one_file(many, tmp_path):
    with pytest.raises(UserError, match="hand_out_same_file"):
        workflow.hand_out(many, {tmp_path / "Li": "", tmp_path / "li": ""}, ALL, Progress(), reviewer=ME)


def test_nothing_is_written_that_could_not_be_recorded(store, report_id, tmp_path):
    to = tmp_path / "b.hebao"
    with pytest.raises(UserError, match="reviewer_unnamed"):
        workflow.hand_out(store, {to: YOU}, ALL, Progress(), reviewer=" ")
    with Store.open(store.path, read_only=True) as reading, pytest.raises(UserError, match="store_read_only"):
        hand_out(reading, to)
    assert not to.exists()


def test_names_that_are_no_text_are_kept_as_far_as_they_are(tmp_path):
    with Store.open(tmp_path / "报告\udcb1.hebao") as store:
        add(store)
        made = workflow.hand_out(store, {tmp_path / "李\udcff静": ""}, ALL, Progress(), reviewer="王\u200b敏")
        (told,) = workflow.handed_out(store)
        assert (told.to, told.file, told.reviewer) == ("李 静", "李 静.hebao", "王 敏")
    assert problems(made[0].path) == []


@pytest.mark.parametrize(
    ("words", "refused"),
    [
        (["--to", "b", "--to", "b"], "hand_out_same_file"),
        (["--to", "b", "--name", "x", "--name", "y"], "hand_out_more"),
    ],
)
def test_the_command_line_drops_no_file_and_no_name(store, report_id, tmp_path, monkeypatch, capsys, words, refused):
    store.close()
    monkeypatch.chdir(tmp_path)
    asked = {"hand_out_same_file": say("hand_out_same_file", path="b")}
    asked["hand_out_more"] = say("hand_out_more_names", names=2, files=1)
    assert cli.run(["hand-out", "--store", str(store.path), "--reviewer", ME, *words]) == 1
    assert capsys.readouterr().err.strip() == asked[refused]
    assert not (tmp_path / "b.hebao").exists()
