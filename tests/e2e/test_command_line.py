"""The command line as a person uses it: real processes, real files, sentences instead of tracebacks."""

import csv
import json

import pytest

from desktop.paths import samples


def test_import_status_check_export_chart(hebao, store, tmp_path):
    reports = len(list(samples().glob("*.txt")))
    again = hebao("import", samples(), "--store", store)
    assert f"0 reports imported, {reports} skipped, 0 failed." in again.stderr

    told = json.loads(hebao("status", "--json", "--store", store).stdout)
    assert told["reports"] == len(told["matrix"]) == reports
    assert told["figures"]["extracted"] + told["figures"]["auto"] >= 60 * reports * 0.9
    assert all(row["state"] == "unreviewed" and row["year"] and row["district"] for row in told["matrix"])

    findings = json.loads(hebao("check", "--json", "--store", store).stdout)
    assert findings
    assert {"check", "severity", "figures", "message", "fingerprint", "dismissed"} <= set(findings[0])

    table = tmp_path / "表.csv"
    hebao("export", "--to", table, "--state", "all", "--store", store)
    with table.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == sum(told["cells"].values())
    assert hebao("export", "--to", tmp_path / "表.xlsx", "--shape", "wide", "--store", store).stdout.strip()

    first = told["matrix"][0]["district"]
    picture = tmp_path / "图.png"
    hebao("chart", "--district", first, "--indicator", "reconsideration_received", "--to", picture, "--store", store)
    assert picture.read_bytes().startswith(b"\x89PNG")
    other = next(row["district"] for row in told["matrix"] if row["district"] != first)
    several = ("--district", first, "--district", other, "--against", "all", "--years", "2023-")
    hebao("chart", *several, "--indicator", "reconsideration_received", "--to", tmp_path / "比.svg", "--store", store)
    data = (tmp_path / "比-data.csv").read_text(encoding="utf-8-sig")
    assert first in data and other in data and ",median," in data and ",2022," not in data
    refused = hebao("chart", "--district", first, "--indicator", "x", "--years", "one", "--to", picture, status=2)
    assert "“one”" in refused.stderr


def test_extract_touches_no_store(hebao, tmp_path):
    report = sorted(samples().glob("*.txt"))[0]
    told = json.loads(hebao("extract", report, "--json").stdout)
    assert told["text"] == report.read_text(encoding="utf-8")
    assert len(told["figures"]) >= 60
    assert told["cells"]
    assert hebao("extract", report, spoken="zh").stdout.startswith("地区: ")
    assert not list(tmp_path.rglob("*.hebao"))


def test_one_bad_file_never_stops_the_rest(hebao, tmp_path):
    folder = tmp_path / "报告"
    folder.mkdir()
    (folder / "空.txt").write_bytes(b"")
    (folder / "图片.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(2000))
    good = sorted(samples().glob("*.txt"))[0]
    (folder / "z.txt").write_bytes(good.read_bytes())
    done = hebao("import", folder, "--store", tmp_path / "a.hebao", spoken="zh", status=1)
    assert "空.txt" in done.stderr and "图片.txt" in done.stderr
    assert "导入 1 份报告，跳过 0 份，失败 2 份。" in done.stderr


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_bad_input_gets_a_sentence(hebao, tmp_path, spoken):
    empty = tmp_path / "空文件夹"
    empty.mkdir()
    no_store = tmp_path / "文字.hebao"
    no_store.write_text("这不是报告库。" * 400, encoding="utf-8")
    for words in (
        ("import", empty, "--store", tmp_path / "a.hebao"),
        ("import", tmp_path / "没有.txt", "--store", tmp_path / "a.hebao"),
        ("extract", no_store),
        ("extract", empty),
        ("status", "--store", no_store),
        ("status", "--store", empty),
        ("status", "--store", tmp_path / "没有.hebao"),
        ("import", samples(), "--store", no_store),
    ):
        told = hebao(*words, spoken=spoken, status=1)
        assert told.stderr.strip(), words
        assert told.stdout == "", words


@pytest.mark.parametrize(
    "words", [("nonsense",), ("export",), ("export", "--to", "a.csv", "--shape", "round"), ("--x",)]
)
def test_wrong_usage_is_status_2_in_the_language_of_the_moment(hebao, words):
    assert "用法" in hebao(*words, spoken="zh", status=2).stderr
    assert "usage" in hebao(*words, spoken="en", status=2).stderr


def test_errors_of_names(hebao, store, tmp_path):
    def fails(*words):
        return hebao(*words, "--store", store, status=1).stderr

    to = ("--to", tmp_path / "a.png")
    assert "no report" in fails("chart", "--district", "无名区", "--indicator", "petitions", *to)
    district = json.loads(hebao("status", "--json", "--store", store).stdout)["matrix"][0]["district"]
    assert "petitions" in fails("chart", "--district", district, "--indicator", "petition", *to)
    assert ".png" in fails("chart", "--district", district, "--indicator", "petitions", "--to", tmp_path / "a.bmp")
    assert "csv" in fails("export", "--to", tmp_path / "a.doc")
