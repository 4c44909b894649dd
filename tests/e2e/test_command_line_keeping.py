"""Search, corrections out of a workbook, backup, restore, self-test and rescue, each as a person types them."""

import json

import openpyxl


def test_search_gives_sentences_by_district_and_year(hebao, store):
    done = hebao("search", "行政复议申请", "--store", store)
    year, district, line = done.stdout.splitlines()[0].split("\t")
    assert year.isdecimal() and district and "行政复议申请" in line
    assert done.stderr.startswith("The phrase stands in ")
    told = json.loads(hebao("search", "行政复议申请", "--store", store, "--json", "--year", year).stdout)
    assert {hit["year"] for hit in told["hits"]} == {int(year)}
    assert "two characters" in hebao("search", "复", "--store", store, status=1).stderr
    assert "“24th” is not a year" in hebao("search", "复议", "--store", store, "--year", "24th", status=2).stderr


def test_corrections_are_shown_and_taken_only_where_that_is_agreed(hebao, store, tmp_path):
    path = tmp_path / "t.xlsx"
    hebao("export", "--to", path, "--shape", "wide", "--state", "all", "--store", store)
    assert hebao("apply", path, "--store", store).stderr == "0 changes; 0 cannot be taken.\n"
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("reconsideration_received") + 1).value = 4321
    sheet.cell(2, heads.index("reconsideration_accepted") + 1).value = "many"
    book.save(path)
    shown = hebao("apply", path, "--store", store, status=1)
    assert shown.stdout.endswith("-> 4321\n") and "many is not a number" in shown.stderr and "--yes" in shown.stderr
    assert json.loads(hebao("status", "--store", store, "--json").stdout)["cells"]["verified"] == 0
    hebao("apply", path, "--store", store, "--yes", "--reviewer", "王敏", status=1)
    assert json.loads(hebao("status", "--store", store, "--json").stdout)["cells"]["verified"] == 1
    assert "does not exist" in hebao("apply", tmp_path / "none.xlsx", "--store", store, status=1).stderr


def test_a_backup_comes_back_and_what_was_there_is_kept(hebao, store, tmp_path):
    backup = tmp_path / "b.hebao"
    assert hebao("restore", "--store", store).stdout == ""
    hebao("backup", tmp_path / "b", "--store", store)
    assert "not written over" in hebao("backup", backup, "--store", store, status=1).stderr
    hebao("restore", backup, "--store", store)
    (listed,) = hebao("restore", "--store", store).stdout.splitlines()
    assert listed.endswith("before restore.hebao")
    hebao("restore", tmp_path / "none.hebao", "--store", store, status=1)


def test_a_store_and_the_program_are_tested_and_a_torn_store_is_rescued(hebao, store, tmp_path):
    hebao("self-test")
    hebao("self-test", store)
    torn, rescued = tmp_path / "torn.hebao", tmp_path / "r.hebao"
    torn.write_bytes(store.read_bytes()[:-5000])
    assert "--rescue" in hebao("self-test", torn, status=1).stdout
    assert hebao("self-test", torn, "--rescue", rescued).stdout.startswith("Rescued ")
    hebao("status", "--store", rescued)
    hebao("self-test", torn, "--rescue", rescued, status=1)
