"""`hebao check`: the checks run, then every finding is told; a store that cannot be written is told as it was."""

import json

import pytest
from store_samples import stated

from db import queries
from db.store import Store
from desktop import cli, settings, text, workflow

SCENE = ((2023, 151), (2024, 1510))


@pytest.fixture
def path(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "remember", lambda *_: None)
    monkeypatch.setattr(text, "_current", "zh")
    path = tmp_path / "a.hebao"
    with Store.open(path) as store:
        for year, value in SCENE:
            store.add_reports([stated(year, value)], program="0.1.0", catalogue="7")
    return path


def check(capsysbinary, path, *words):
    status = cli.run(["check", "--store", str(path), *words])
    out, err = capsysbinary.readouterr()
    return status, out.decode(), err.decode()


def test_checks_are_run_kept_and_told(path, capsysbinary):
    status, out, err = check(capsysbinary, path)
    assert status == 0 and "2" in err
    assert [line.split("\t")[0] for line in out.splitlines()] == ["青禾县 2023", "青禾县 2024"]
    with Store.open(path, read_only=True) as store:
        assert [report.findings for report in queries.reports(store)] == [1, 1]
        assert queries.unchecked(store) == []


def test_the_document_is_json_of_one_finding_each(path, capsysbinary):
    status, out, err = check(capsysbinary, path, "--json")
    told = json.loads(out)
    assert (status, err) == (0, "")
    assert [finding["check"] for finding in told] == ["series_jump", "series_jump"]
    assert told[1]["figures"] == [{"start": 29, "end": 33, "indicator": "reconsideration_received", "value": 1510.0}]
    assert told[1]["message"]["zh"].startswith("“行政复议申请")
    assert out == json.dumps(told, ensure_ascii=False, indent=1) + "\n"


def test_no_finding_is_an_empty_list(tmp_path, path, capsysbinary):
    with Store.open(tmp_path / "empty.hebao"):
        pass
    assert check(capsysbinary, tmp_path / "empty.hebao", "--json") == (0, "[]\n", "")


def test_a_store_in_use_is_told_as_it_was_checked_last(path, capsysbinary):
    with Store.open(path) as store:
        status, out, err = check(capsysbinary, path)
        assert (status, out) == (0, "") and len(err.splitlines()) == 2
        workflow.check_reports(store, [1])
        status, out, err = check(capsysbinary, path)
        assert status == 0 and len(out.splitlines()) == 2


def test_a_store_that_is_not_there_is_an_error(tmp_path, capsysbinary):
    status, out, err = check(capsysbinary, tmp_path / "none.hebao")
    assert (status, out) == (1, "") and "none.hebao" in err
