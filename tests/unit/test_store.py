"""What a store keeps: reports, sources, reviewers, findings."""

import hashlib
import shutil
import sqlite3
from dataclasses import replace

import pytest
from store_samples import CATALOGUE, FIGURES, RECEIVED, TEXT, add, by_indicator, entry, extraction, facts

from db import queries
from db.store import Store
from desktop.errors import UserError
from desktop.model import Finding, Page


def test_a_report_keeps_its_source_and_text_exactly(store):
    one = entry(pages=[Page(1, 0, 9, 595.0, 842.5, ((0.5, 1.25, 2.0, 3.0), None)), Page(2, 9, 20, 595.0, 842.5)])
    report_id = add(store, one)
    row = queries.report(store, report_id)
    assert store.has_source(one.document.source_sha256)
    assert store.source(row.source_sha256) == one.source
    assert row.source_sha256 == hashlib.sha256(one.source).hexdigest()
    assert queries.text(store, report_id) == TEXT
    assert row.text_sha256 == one.document.text_sha256
    assert queries.pages(store, report_id) == list(one.document.pages)
    assert queries.numerals(store, report_id) == list(one.extraction.numerals)
    assert (row.program, row.catalogue, row.reader, row.source_name) == ("0.1.0", "7", "txt", "青禾县.txt")


def test_two_sources_of_one_text_are_two_reports(store):
    first, second = add(store), add(store, entry("b.txt"))
    assert queries.report(store, first).text_sha256 == queries.report(store, second).text_sha256
    assert queries.text(store, second) == TEXT


def test_the_same_source_is_not_added_twice(store):
    add(store)
    assert not store.has_source("0" * 64)
    for batch in ([entry()], [entry("b.txt"), entry("b.txt")], [entry("c.txt"), entry()]):
        with pytest.raises(UserError) as caught:
            store.add_reports(batch, program="0.1.0", catalogue="7")
        assert caught.value.message_id == "source_already_in_store"
        assert caught.value.arguments["name"] in ("青禾县.txt", "b.txt")
    assert len(queries.reports(store)) == 1


def test_a_batch_is_added_whole_or_not_at_all(store):
    ids = store.add_reports([entry(f"{i}.txt") for i in range(450)], program="0.1.0", catalogue="7")
    assert [queries.report(store, i).source_name for i in ids] == [f"{i}.txt" for i in range(450)]
    assert [row.id for row in queries.reports(store) if row.counts] == [ids[0]]
    assert store.add_reports([], program="0.1.0", catalogue="7") == []
    bad = entry("bad.txt", findings=["no finding"])
    with pytest.raises(AttributeError):
        store.add_reports([entry("good.txt"), bad], program="0.1.0", catalogue="7")
    assert len(queries.reports(store)) == 450


def has_index(store):
    sql = "SELECT 1 FROM sqlite_master WHERE name = 'figure_series'"
    return store._connection.execute(sql).fetchone() is not None


def test_a_large_import_makes_its_index_last(store):
    with store.loading(1):
        assert not has_index(store)
        first = add(store)
        assert [c.indicator for c in queries.series(store, CATALOGUE, "990101", ["lost"])] == ["lost"]
    assert has_index(store)
    with store.loading(1):
        assert has_index(store)
        add(store, entry("b.txt"))
    with pytest.raises(ZeroDivisionError), store.loading(10):
        _ = 1 / 0
    assert has_index(store)
    assert [row.id for row in queries.reports(store) if row.counts] == [first]


def test_the_index_that_a_killed_import_left_out_is_made_on_opening(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        store._connection.execute("DROP INDEX figure_series")
    with Store.open(path, read_only=True) as store:
        assert not has_index(store)
    with Store.open(path) as store:
        assert has_index(store)


def test_a_source_must_be_what_its_hash_says(store):
    good = entry()
    with pytest.raises(ValueError, match=good.document.source_sha256):
        add(store, replace(good, source=b"other bytes"))
    assert queries.reports(store) == []


def test_without_its_sources_a_store_does_all_but_show_them(tmp_path):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
    path.with_name("a.hebao-sources").unlink()
    for read_only in (True, False):
        with Store.open(path, read_only=read_only) as store:
            row = queries.report(store, report_id)
            assert store.source(row.source_sha256) is None
            assert len(queries.figures(store, report_id)) == len(FIGURES)
    with Store.open(path) as store:
        other = add(store, entry("b.txt"))
        assert store.source(queries.report(store, other).source_sha256) == entry("b.txt").source
        assert store.source(row.source_sha256) is None


@pytest.mark.parametrize("damage", ["foreign", "cut short", "other bytes", "another database", "trigger", "no table"])
def test_damaged_sources_are_told_in_a_sentence(tmp_path, damage):
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        report_id = add(store)
    sources = path.with_name("a.hebao-sources")
    if damage == "foreign":
        sources.write_bytes(b"no database at all")
    elif damage == "cut short":
        sources.write_bytes(sources.read_bytes()[:5000])
    elif damage == "another database":
        sources.unlink()
        sqlite3.connect(sources).executescript("CREATE TABLE a (b)").connection.close()
    else:
        statement = {
            "other bytes": "UPDATE source SET body = 'x'",
            "trigger": "CREATE TRIGGER t AFTER INSERT ON source BEGIN DELETE FROM source; END",
            "no table": "DROP TABLE source",
        }[damage]
        sqlite3.connect(sources).executescript(statement).connection.close()
    expected = {"foreign": "store_foreign", "another database": "store_foreign", "trigger": "store_unsafe"}
    with Store.open(path) as store, pytest.raises(UserError) as caught:
        store.source(queries.report(store, report_id).source_sha256)
    assert caught.value.message_id == expected.get(damage, "store_damaged")
    assert caught.value.arguments == {"path": str(sources)}


def test_a_full_disk_is_told_in_a_sentence_and_loses_nothing(store):
    report_id = add(store)
    pages = store._connection.execute("PRAGMA page_count").fetchone()[0]
    store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(UserError) as caught:
        store.add_reports([entry(f"{i}.txt", text=f"{i}{TEXT * 9}") for i in range(40)], program="", catalogue="")
    assert caught.value.message_id == "store_full"
    assert [row.id for row in queries.reports(store)] == [report_id]


def test_reviewers_have_one_identity_a_name(store, tmp_path):
    first = store.reviewer(" 王敏 ")
    assert first.name == "王敏"
    assert store.reviewer("王敏") == first
    assert store.reviewer("李静").id != first.id
    for nobody in ("", "  "):
        with pytest.raises(UserError, match="reviewer_unnamed"):
            store.reviewer(nobody)
        with pytest.raises(UserError, match="reviewer_unnamed"), store.edit("accept", reviewer=nobody):
            pass


def test_findings_are_replaced_and_what_was_dismissed_stays_so(store):
    report_id = add(store, entry(findings=[Finding("a", "error", ((29, 33),), {"x": 1.0}, None, "f-1")]))
    with store.edit("dismiss", reviewer="王敏") as edit:
        edit.dismiss("f-1", report_id, "已核对")
    assert queries.report(store, report_id).findings == 0
    again = [
        Finding("b", "notice", (), {"name": "值"}, (1, 5), "f-2"),
        Finding("a", "error", ((29, 33),), {"x": 1.0}, None, "f-1"),
    ]
    store.replace_findings(report_id, again)
    rows = queries.findings(store, report_id)
    assert [row.finding for row in rows] == again
    assert [(row.dismissed, row.reason) for row in rows] == [(False, ""), (True, "已核对")]
    assert queries.report(store, report_id).findings == 1
    with pytest.raises(KeyError):
        store.replace_findings(99, [])


def test_what_was_read_of_no_report_cannot_be_replaced(store):
    with pytest.raises(KeyError):
        store.replace_extraction(1, extraction(), program="", catalogue="")


def test_the_first_imported_report_of_a_district_and_year_counts(store):
    first, second, other = add(store), add(store, entry("b.txt")), add(store, entry("c.txt", of=facts(year=2023)))
    unknown = add(store, entry("d.txt", of=facts(None, 2024, None)))
    town = add(store, entry("e.txt", of=facts(level="township")))
    assert {row.id: row.counts for row in queries.reports(store)} == {
        first: True, second: False, other: True, unknown: False, town: False,
    }  # fmt: skip


def test_districts_without_a_code_are_told_apart_by_their_city(store):
    here = facts("鼓山区", 2024, None)
    there = type(here)("鼓山区", "南屏市", "临江省", "county", None, 2024)
    ids = store.add_reports([entry("a", of=here), entry("b", of=there), entry("c", of=here)], program="", catalogue="")
    assert [queries.report(store, i).counts for i in ids] == [True, True, False]


def test_a_district_without_a_code_is_the_same_whether_its_report_names_the_province_or_not(store):
    full = facts("鼓山区", 2023, None)
    short = type(full)("鼓山区", full.city, None, "county", None, 2024)
    again = type(full)("鼓山区", full.city, None, "county", None, 2023)
    ids = store.add_reports([entry("a", of=full), entry("b", of=short), entry("c", of=again)], program="", catalogue="")
    assert [queries.report(store, i).counts for i in ids] == [True, True, False]
    others = queries.other_years(store, ids[1], "received")
    assert {other.report_id for other in others} == {ids[0]}


def test_sources_left_in_a_log_by_a_power_cut_are_folded_in_at_the_next_close(tmp_path, store):
    add(store)
    cut = tmp_path / "cut"
    cut.mkdir()
    for file in store.path.parent.glob(f"{store.path.name}*"):
        shutil.copy(file, cut)
    assert (cut / f"{store.path.name}-sources-wal").stat().st_size
    with Store.open(cut / store.path.name):
        pass
    assert sorted(file.name for file in cut.iterdir() if file.stat().st_size) == [
        store.path.name, f"{store.path.name}-sources",
    ]  # fmt: skip


def test_what_a_store_prints_when_a_wrong_statement_is_run_is_the_error_itself(store):
    from db.loading import select

    with pytest.raises(sqlite3.OperationalError):
        select(store, "SELECT nothing FROM nowhere")


def test_a_reading_keeps_two_figures_of_one_place_apart(store):
    report_id = add(store, entry(figures=[RECEIVED, RECEIVED]))
    one, two = queries.figures(store, report_id)
    assert (one.anchor, two.anchor) == ("29-33", "29-33#2")
    with store.edit("reject", reviewer="王敏") as edit:
        edit.reject(two.id)
    store.replace_extraction(report_id, extraction([RECEIVED, RECEIVED]), program="", catalogue="")
    assert [(f.id, f.state) for f in queries.figures(store, report_id)] == [(one.id, "extracted"), (two.id, "rejected")]
    assert by_indicator(store, report_id)["received"].anchor == "29-33#2"


def test_a_second_figure_at_the_place_of_a_decided_one_has_a_place_of_its_own(store):
    report_id = add(store, entry(figures=[RECEIVED]))
    with store.edit("accept", reviewer="王敏") as edit:
        edit.accept(queries.figures(store, report_id)[0].id)
    store.replace_extraction(report_id, extraction([RECEIVED, RECEIVED]), program="", catalogue="")
    rows = queries.figures(store, report_id)
    assert [(f.anchor, f.state) for f in rows] == [("29-33", "verified"), ("29-33#2", "extracted")]
