"""Search over all texts: what is found, where, under which filters, and that the index stays current."""

import json
import sqlite3

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from store_samples import ME, TEXT, add, decide, entry, facts

from db import phrases, queries, search
from db.store import Store
from desktop import workflow
from desktop.cli import run
from desktop.errors import UserError

SCRIPT = "行政复议应诉1２aＡ，,。 \n　𠮷"


def spans(store, phrase, **filters):
    return [(hit.start, hit.end) for hit in queries.search(store, phrase, **filters)]


def body(store, hit):
    return queries.text(store, hit.report_id)[hit.start : hit.end]


def test_a_phrase_is_found_with_the_sentence_it_stands_in(store):
    report_id = add(store)
    (hit,) = queries.search(store, "行政复议")
    assert hit == (report_id, "青禾县", "990101", 2024, "unreviewed", hit.start, hit.end, hit.line)
    assert body(store, hit) == "行政复议"
    assert hit.line == "全年收到行政复议申请151件，受理140件。"
    assert queries.search(store, "行政诉讼申请") == []
    assert queries.reports_with(store, "行政复议") == 1


def test_each_sentence_is_one_hit(store):
    add(store, entry(text="甲乙甲乙，甲乙。\n甲乙！丙丁甲乙"))
    assert spans(store, "甲乙") == [(0, 2), (9, 11), (14, 16)]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("38件", "３８件"),
        ("３８件", "３８件"),
        ("１51", "151"),
        ("行政 复议", "行政复议"),
        ("，受理", "，受理"),
        (",受理", "，受理"),
        ("𠮷祥", "𠮷祥"),
        ("另有𠮷", "另有𠮷"),
        ("wto", "ＷＴＯ"),
        ("ｗtO规", "ＷＴＯ规"),
        ('"双随机"', "＂双随机＂"),
        ("推 进\n简政", "推进\n  简政"),
        ("a*", None),
        ("行政 OR 复议", None),
        ("(AND)", None),
    ],
)
def test_forms_case_and_white_space_make_no_difference(store, phrase, found):
    add(store, entry(text=f"{TEXT}\n对照ＷＴＯ规则，落实＂双随机＂，推进\n  简政放权。"))
    assert [body(store, hit) for hit in queries.search(store, phrase)] == ([] if found is None else [found])


@pytest.mark.parametrize("phrase", ["", " ", "法", " 法\n", "*"])
def test_one_character_is_too_short(store, phrase):
    for ask in (queries.search, queries.reports_with, workflow.search):
        with pytest.raises(UserError) as caught:
            ask(store, phrase)
        assert caught.value.message_id == "phrase_too_short"


def test_filters_by_district_year_and_state(store):
    first = add(store, entry("a", of=facts("青禾县", 2023)))
    second = add(store, entry("b", of=facts("青禾县", 2024)))
    third = add(store, entry("c", of=facts("白石县", 2024, "990102")))
    nowhere = add(store, entry("d", of=facts(None, None, None)))
    decide(store, "sign_off", third)

    def found(**filters):
        hits = queries.search(store, "诉讼", **filters)
        assert queries.reports_with(store, "诉讼", **filters) == len(hits)
        return {hit.report_id for hit in hits}

    assert found() == {first, second, third, nowhere}
    assert found(district="青禾县") == found(district="990101") == {first, second}
    assert found(year=2024) == {second, third}
    assert found(state="verified") == {third}
    assert found(district="青禾县", year=2024, state="unreviewed") == {second}
    assert found(district="无此县") == set()


def test_the_first_hits_come_and_no_more(store):
    for name in "abc":
        add(store, entry(name, text="法治。法治。"))
    assert len(queries.search(store, "法治")) == 6
    assert [hit.report_id for hit in queries.search(store, "法治", limit=3)] == [1, 1, 2]


def test_a_withdrawn_report_is_not_found_until_it_is_brought_back(store):
    report_id = add(store)
    decide(store, "withdraw", report_id)
    assert queries.search(store, "诉讼") == []
    assert queries.reports_with(store, "诉讼") == 0
    store.undo(reviewer=ME)
    assert len(queries.search(store, "诉讼")) == 1


def test_a_report_that_is_refused_is_not_in_the_index(store):
    add(store)
    with pytest.raises(UserError):
        store.add_reports([entry("b", text="别无分号"), entry()], program="", catalogue="")
    assert queries.search(store, "别无") == []
    add(store, entry("b", text="别无分号"))
    assert [hit.report_id for hit in queries.search(store, "别无")] == [2]


def test_a_report_with_another_text_is_found_by_that_alone(store):
    report_id, other = add(store), add(store, entry("b"))
    search.replace(store._connection, report_id, TEXT, "另一段文字。")
    matching = "SELECT rowid FROM search WHERE search MATCH ?"
    for pair, found in (("诉讼", [other]), ("文字", [report_id]), ("行政", [other])):
        assert [i for (i,) in store._connection.execute(matching, (pair,))] == found


def test_the_index_made_anew_is_the_same(store):
    for name in "ab":
        add(store, entry(name))
    before = queries.search(store, "行政")
    search.fill(store._connection)
    assert queries.search(store, "行政") == before


@given(st.lists(st.text(SCRIPT, max_size=12), max_size=4), st.text(SCRIPT, min_size=2, max_size=4))
def test_the_index_finds_what_stands_in_the_texts_and_nothing_else(texts, phrase):
    pairs = search.pairs(phrase)
    assume(pairs)
    db = sqlite3.connect(":memory:")
    try:
        db.execute(search.INDEX)
        search.enter(db, enumerate(texts))
        holding = {i for i, text in enumerate(texts) if plain(phrase) in plain(text)}
        assert holding == {i for i, text in enumerate(texts) if phrases.places(text, phrases.patterns(phrase))}
        sql = "SELECT rowid FROM search WHERE search MATCH ?"
        assert holding <= {i for (i,) in db.execute(sql, (phrases.matching(phrase),))}
    finally:
        db.close()


def plain(text):
    """Return a text without white space, in half-width small letters: what a person means by the same words."""
    wide = {0xFF01 + i: 0x21 + i for i in range(94)}
    return "".join(text.split()).translate(wide).lower()


def test_hits_are_told_by_district_and_year(store, capsysbinary):
    reports = (facts("白石县", 2024, "990102"), facts("青禾县", 2024), facts("青禾县", 2023), facts(None, None, None))
    for name, of in zip("abcd", reports, strict=True):
        add(store, entry(name, of=of))
    places = [(hit.district, hit.year) for hit in workflow.search(store, "败诉2件")]
    assert places == [("青禾县", 2023), ("青禾县", 2024), ("白石县", 2024), (None, None)]
    path = str(store.path)
    store.close()
    assert run(["search", "--store", path, "--json", "败诉", "--year", "2024", "--district", "青禾县"]) == 0
    told = json.loads(capsysbinary.readouterr().out)
    assert (told["phrase"], told["reports"], len(told["hits"])) == ("败诉", 1, 1)
    hit = told["hits"][0]
    assert TEXT[hit["start"] : hit["end"]] == "败诉"
    assert (hit["district"], hit["adcode"], hit["year"], hit["state"]) == ("青禾县", "990101", 2024, "unreviewed")
    with Store.open(store.path, read_only=True) as again:
        assert hit["source_sha256"] == queries.report(again, 2).source_sha256
    assert run(["search", "--store", path, "败诉"]) == 0
    told = capsysbinary.readouterr()
    assert [line.split("\t")[1] for line in told.out.decode().splitlines()][:3] == ["青禾县", "青禾县", "白石县"]
    assert "4" in told.err.decode()
    assert run(["search", "--store", path, "败"]) == 1
