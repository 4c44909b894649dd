"""What lies in a zip is imported like what lies in a folder, each file a source of its own."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from db import queries
from desktop import workflow
from desktop.progress import Progress
from desktop.text import say_error
from desktop.workflow import importing
from desktop.workflow.processes import Processes
from desktop.workflow.sourcing import Failed, find_sources, load_sources

TEXT = "青禾县人民政府{}年法治政府建设年度报告\n全年收到行政复议申请151件。\n"


def zipped(**files):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return made.getvalue()


@pytest.fixture
def folder(tmp_path):
    inside = tmp_path / "下发"
    inside.mkdir()
    good, other = TEXT.format(2023).encode(), TEXT.format(2024).encode()
    nested = zipped(**{"青禾县.txt": other})
    outer = {"甲/青禾县.txt": good, "甲/空.txt": b"", "目录.xlsx": b"PK", ".DS_Store": b"x", "内.zip": nested}
    (inside / "外.zip").write_bytes(zipped(**outer))
    (inside / "坏.zip").write_bytes(b"PK\x03\x04" + bytes(40))
    (inside / "无.zip").write_bytes(zipped(**{"说明.xlsx": b"x"}))
    (inside / "青禾县.txt").write_bytes(TEXT.format(2022).encode())
    return inside


@pytest.mark.parametrize("count", [0, 1])
def test_files_in_zips_are_sources_of_their_own(store, folder, count):
    progress = Progress()
    workers = Processes(count) if count else None
    imported = workflow.import_paths(store, [folder], progress, workers=workers)
    names = {row.source_name: row.year for row in queries.reports(store)}
    assert names == {"青禾县.txt": 2022, "外.zip/甲/青禾县.txt": 2023, "外.zip/内.zip/青禾县.txt": 2024}
    said = [say_error(one.error) for one in imported.failed]
    assert len(said) == 3 and any("外.zip/甲/空.txt" in line for line in said)
    assert any("坏.zip" in line for line in said) and any("无.zip" in line for line in said)
    assert [one.error.arguments["endings"] for one in imported.passed_over] == [".xlsx"]
    assert progress.done == progress.total
    assert store.source(queries.reports(store)[0].source_sha256) == TEXT.format(2022).encode()
    again = workflow.import_paths(store, [folder / "外.zip"], Progress())
    assert [Path(one.name).name for one in again.skipped] == ["青禾县.txt", "青禾县.txt"]
    assert "外.zip/甲/青禾县.txt" in say_error(again.skipped[0].error)


def test_a_zip_is_opened_only_when_its_turn_comes(folder):
    found, _ = find_sources([folder / "外.zip", folder / "青禾县.txt"])
    progress = Progress()
    loading = load_sources(found, progress)
    first = next(loading)
    assert (first.name, first.path) == ("外.zip/甲/青禾县.txt", folder / "外.zip" / "甲" / "青禾县.txt")
    assert progress.total == 2
    assert [one.name if not isinstance(one, Failed) else None for one in loading][-1] == "青禾县.txt"


def test_a_zip_is_always_read_by_processes(folder):
    assert not importing._is_little([folder / "外.zip"])
    assert importing._is_little([folder / "青禾县.txt", folder / "没有.txt"])
