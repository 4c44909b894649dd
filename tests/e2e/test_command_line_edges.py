"""The command line where things go wrong around it: pipes, disks, displays, folders of all sorts, wrong targets."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.paths import samples

ROOT = Path(__file__).resolve().parents[2]
FULL = Path("/dev/full")


@pytest.mark.parametrize("words", [("status",), ("status", "--json"), ("check", "--json"), ("--help",)])
def test_whoever_reads_may_leave_at_any_time(store, surroundings, words):
    command = [sys.executable, "-m", "desktop", *words, *(() if "--help" in words else ("--store", str(store)))]
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        command, stdout=writing, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env=surroundings, check=False
    )
    os.close(writing)
    assert "Error" not in done.stderr and "Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.skipif(not FULL.exists(), reason="a full disk to write to is there on Linux only")
@pytest.mark.parametrize("words", [("status",), ("status", "--json")])
def test_output_to_a_full_disk_gets_a_sentence(store, surroundings, words):
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "desktop", *words, "--store", str(store)],
            stdout=full, stderr=subprocess.PIPE, encoding="utf-8", cwd=ROOT, env=surroundings, check=False,
        )  # fmt: skip
    assert done.stderr.splitlines() == ["The output could not be written: the disk is full."]
    assert done.returncode == 1


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix closes what is written to")
@pytest.mark.parametrize("words", ["status --json", "import nothing.txt"])
def test_nothing_to_write_to_is_no_reason_to_fall(store, surroundings, words):
    line = f'"{sys.executable}" -m desktop {words} --store "{store}" >&- 2>&-'
    done = subprocess.run(line, shell=True, cwd=ROOT, env=surroundings, check=False)
    assert done.returncode == (1 if "import" in words else 0)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_the_window_without_a_display_is_refused_in_a_sentence(surroundings):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        surroundings.pop(name, None)
    done = subprocess.run(
        [sys.executable, "-m", "desktop"],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env=surroundings,
        check=False,
    )
    assert done.stderr.startswith("There is no display") and done.returncode == 2


def test_a_folder_of_all_sorts(hebao, tmp_path):
    folder = tmp_path / "报告"
    report = sorted(samples().glob("*.txt"))[0].read_bytes()
    for name in (
        "2023/报告.txt",
        "2024/报告.TXT",
        ".旧/报告.txt",
        "2023/.~报告.txt",
        "2023/附表.xlsx",
        "图/汇报.PPT",
        "Thumbs.db",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(report if name.startswith("202") else b"")
    done = hebao("import", folder, "--store", tmp_path / "a.hebao", spoken="zh")
    assert done.stderr.splitlines() == [
        f"“{Path('2024', '报告.TXT')}”已在报告库中（内容相同），已跳过。",
        f"“{folder}”里另有 2 个文件的格式不能导入，未读取：.ppt .xlsx。",
        "导入 1 份报告，跳过 1 份，失败 0 份。",
    ]


def test_the_status_names_the_source_of_an_unknown_district_and_what_does_not_count(hebao, store, tmp_path):
    unknown, again = tmp_path / "不明.txt", tmp_path / "又一份.txt"
    unknown.write_text("全年收到行政复议申请12件，审结10件。\n", encoding="utf-8")
    first = sorted(samples().glob("*.txt"))[0]
    head = first.read_text(encoding="utf-8").partition("：")[0]  # as far as whom it is addressed to
    again.write_text(f"{head}：\n\n2022年，全年收到行政复议申请12件，审结10件。\n", encoding="utf-8")
    hebao("import", unknown, again, "--store", store)
    lines = hebao("status", "--store", store).stdout.splitlines()
    assert [line for line in lines if "district unknown (不明.txt)" in line]
    assert len([line for line in lines if line.endswith("not in the tables")]) == 2
    told = json.loads(hebao("check", "--json", "--store", store).stdout)
    beside = {finding["source_name"] for finding in told if finding["check"] == "same_district_year"}
    assert beside == {first.name, again.name}, "the file that was there first hears of the second one too"


def test_an_export_says_what_is_wrong_with_its_target_and_when_it_is_empty(hebao, store, tmp_path):
    def refused(*words):
        return hebao("export", "--store", store, *words, status=1).stderr

    assert "is a folder" in refused("--to", tmp_path)
    assert ".csv .dta" in refused("--to", tmp_path / "table")
    assert "does not fit" in refused("--to", tmp_path / "table.csv", "--format", "xlsx")
    empty = hebao("export", "--store", store, "--to", tmp_path / "table", "--format", "csv")
    assert empty.stdout.splitlines()[0] == str(tmp_path / "table.csv")
    assert "No cell is in the state asked for" in empty.stderr
    assert hebao("export", "--store", store, "--to", tmp_path / "table.csv", "--state", "all").stderr == ""


def test_why_a_file_cannot_be_written_is_said_in_the_language_of_the_moment(hebao, store, tmp_path):
    (tmp_path / "文件").write_text("no folder", encoding="utf-8")
    target = tmp_path / "文件" / "表" / "a.csv"
    chinese = hebao("export", "--store", store, "--to", target, spoken="zh", status=1).stderr
    assert f"无法写入 {target}：" in chinese
    assert "directory" not in chinese


def test_an_indicator_is_known_by_its_english_name_and_near_ones_by_their_chinese_names(hebao, store, tmp_path):
    district = json.loads(hebao("status", "--json", "--store", store).stdout)["matrix"][0]["district"]
    chart = ("chart", "--store", store, "--district", district, "--to", tmp_path / "a.png", "--indicator")
    hebao(*chart, "administrative penalties")
    assert "penalties (行政处罚件数)" in hebao(*chart, "行政处罚案件数", spoken="zh", status=1).stderr
