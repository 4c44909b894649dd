"""What leaves Hebao as CSV and XLSX, read back as other programs read it."""

from __future__ import annotations

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from db.rows import ExportCell, ReportRow
from desktop import exporting, indicators, text
from desktop.errors import UserError
from desktop.exporting import tables, xlsx
from desktop.exporting.tables import Table
from desktop.progress import Cancelled, Progress
from desktop.text import say, say_error

CATALOGUE = indicators.load()
FINDING = ["溪山区", "990101", 2024, "rate_above_100", "error", "超过", "above", "appearance_rate", "3-9", 0, "ab", "x"]
REPORT = "全年收到行政复议申请151件。=1+1是多少？受理率98.7%，罚没收入共12万余元。"


REPORT_ROW = ReportRow(
    id=1, district="溪山区", adcode="990101", city="云州市", province="云岭省", level="county", year=2024, title=None,
    doc_number=None, issuer=None, candidates=(), state="unreviewed", counts=True, withdrawn=False,
    source_sha256="ab" * 32, text_sha256="", source_name="溪山区2024.txt", reader="txt", imported_at="",
    program="0.1.0", catalogue="1", figures=0, decided=0, findings=0,
)  # fmt: skip


def cell(indicator: str, value: float | None, printed: Iterable[str] = (), **other: Any) -> ExportCell:
    """A cell whose figures are printed so in REPORT; what `other` names is of the cell, or else of its report."""
    parts = [(REPORT.index(quote), quote) for quote in printed]
    row = ExportCell(
        report=replace(REPORT_ROW, **{name: v for name, v in other.items() if name not in ExportCell._fields}),
        indicator=indicator, value=value, unit="件", approx=None, state="verified",
        quotes=" | ".join(next(s for s in re.findall("[^。？]+[。？]", REPORT) if quote in s) for _, quote in parts),
        spans=" | ".join(f"{start}-{start + len(quote)}" for start, quote in parts),
        printed=" | ".join(quote for _, quote in parts), reviewer="王敏", decided_at="2025-03-01T08:00:00Z",
        comment="", findings=0, entered=False,
    )  # fmt: skip
    return row._replace(**{name: v for name, v in other.items() if name in ExportCell._fields})


def some_cells() -> list[ExportCell]:
    rate = {"unit": "%", "state": "auto", "approx": "about", "comment": "=HYPERLINK(1)"}
    return [
        cell("reconsideration_received", 151.0, ["151件"]),
        cell("appearance_rate", 98.7, ["98.7%"], **rate),
        cell("litigation_lost", None, state="not_reported"),
        cell("penalties", 120151.0, ["151件", "12万余元"], id=2, year=2025, state="queried", findings=2),
    ]


def write(to: Path, *, shape: str, format: str = "", cells: Iterable[ExportCell] | None = None) -> list[Path]:
    made = some_cells() if cells is None else cells
    table = Table(shape, CATALOGUE, made, Progress(), findings=[FINDING], about={"store": "s", "clock": "7"})
    return exporting.write(to, table, format=format)


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return list(csv.DictReader(source))


def test_csv_long_has_the_promised_columns_and_values(tmp_path: Path) -> None:
    written = write(tmp_path / "表.csv", shape="long")
    assert [path.name for path in written] == ["表.csv", "表-codebook.csv", "表-findings.csv", "表-review.csv"]
    data = written[0].read_bytes()
    assert data.startswith(b"\xef\xbb\xbf") and data.count(b"\r\n") == data.count(b"\n") == 5
    rows = read_csv(written[0])
    promised = (
        "district adcode city province year indicator indicator_zh value unit approx state quotes spans printed "
        "source_sha256 source_name reviewer decided_at comment findings program catalogue"
    )
    assert " ".join(rows[0]) == promised
    first, rate, silent, summed = rows
    assert (first["value"], first["adcode"], first["year"], first["printed"]) == ("151", "990101", "2024", "151件")
    assert first["quotes"] == "全年收到行政复议申请151件。" and first["spans"] == "10-14"
    assert (rate["value"], rate["unit"], rate["approx"], rate["state"]) == ("98.7", "%", "about", "auto")
    assert rate["comment"] == "'=HYPERLINK(1)"
    assert (silent["value"], silent["state"], silent["quotes"]) == ("", "not_reported", "")
    assert summed["printed"] == "151件 | 12万余元" and summed["quotes"].count(" | ") == 1 and summed["findings"] == "2"


def test_csv_wide_has_a_row_a_report_and_a_column_an_indicator(tmp_path: Path) -> None:
    rows = read_csv(write(tmp_path / "wide.csv", shape="wide")[0])
    assert list(rows[0]) == [*tables.KEYS, *CATALOGUE]
    assert [row["year"] for row in rows] == ["2024", "2025"]
    assert rows[0]["reconsideration_received"] == "151" and rows[0]["litigation_lost"] == ""
    assert rows[1]["penalties"] == "120151" and rows[1]["reconsideration_received"] == ""


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_the_codebook_explains_every_column_and_counts_the_cells(tmp_path: Path, shape: str) -> None:
    table, codebook, *_ = write(tmp_path / "t.csv", shape=shape)
    rows = {row["id"]: row for row in read_csv(codebook)}
    assert set(read_csv(table)[0]) | set(CATALOGUE) == set(rows)
    assert all(row["definition"] and row["name_zh"] and row["name_en"] for row in rows.values())
    received = rows["reconsideration_received"]
    assert (received["verified"], received["auto"], received["not_reported"]) == ("1", "0", "0")
    assert rows["litigation_lost"]["not_reported"] == "1" and rows["penalties"]["queried"] == "1"


@pytest.mark.parametrize("opening", list("=+-@\t\r\n＝＋－＠"))
def test_no_text_of_a_report_becomes_a_formula_in_csv(tmp_path: Path, opening: str) -> None:
    rows = read_csv(write(tmp_path / "t.csv", shape="long", cells=[cell("penalties", -3.0, comment=f"{opening}1")])[0])
    assert rows[0]["comment"] == f"'{opening}1" and rows[0]["value"] == "-3"


def test_xlsx_wide_carries_sentences_as_notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_current", "zh")
    (path,) = write(tmp_path / "t.xlsx", shape="wide")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["数据", "依据", "指标说明", "疑点", "核验情况", "hebao"]
    assert book["hebao"].sheet_state == "hidden"
    assert [[c.value for c in row] for row in book["hebao"].iter_rows()] == [["store", "s"], ["clock", "7"]]
    assert [c.value for c in book["疑点"][2]] == FINDING
    sheet = book["数据"]
    heads = [head.value for head in sheet[1]]
    assert heads == [*tables.KEYS, *CATALOGUE] and sheet.freeze_panes == "F2"
    received = sheet.cell(2, heads.index("reconsideration_received") + 1)
    assert received.value == 151 and received.number_format == "#,##0" and not received.font.italic
    assert received.comment is not None and "全年收到行政复议申请151件。" in received.comment.text
    assert say("state_verified") in received.comment.text and "溪山区2024.txt" in received.comment.text
    link = received.hyperlink.location
    evidence = book["依据"][int(link.rpartition("A")[2])]
    assert link.startswith("'依据'!") and evidence[tables.LONG.index("spans")].value == "10-14"
    rate = sheet.cell(2, heads.index("appearance_rate") + 1)
    assert rate.value == 98.7 and rate.font.italic and say("state_auto") in rate.comment.text
    silent = sheet.cell(2, heads.index("litigation_lost") + 1)
    assert silent.value is None and say("state_not_reported") in silent.comment.text
    assert sheet.cell(2, 2).value == "990101" and sheet.cell(2, 5).value == 2024
    head = sheet.cell(1, heads.index("reconsideration_received") + 1)
    assert CATALOGUE["reconsideration_received"].name_zh in head.comment.text


def test_xlsx_long_keeps_text_as_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_current", "en")
    text.set_language("en")
    cells = [cell("penalties", 3.0, comment="=1+1", source_name="http://a.example/=1"), *some_cells()]
    (path,) = write(tmp_path / "t.xlsx", shape="long", cells=cells)
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Cells").to_python()
    assert rows[0] == list(tables.LONG) and len(rows) == 6
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["comment"], first["source_name"], first["value"]) == ("=1+1", "http://a.example/=1", 3)
    assert b"<f>" not in zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml")
    codebook = CalamineWorkbook.from_path(path).get_sheet_by_name("Codebook").to_python()
    assert codebook[0] == list(tables.CODEBOOK) and len(codebook) == 1 + len(tables.LONG) + len(CATALOGUE)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_odd_characters_and_long_texts_are_written(tmp_path: Path, ending: str) -> None:
    odd = "\ud800𠮷\x01“引”,\n" + "长" * 40_000
    path = write(tmp_path / f"t.{ending}", shape="long", cells=[cell("penalties", 0.5, comment=odd)])[0]
    if ending == "csv":
        assert read_csv(path)[0]["comment"] == odd.replace("\ud800", "?")
    else:
        row = openpyxl.load_workbook(path).worksheets[0][2]
        assert str(row[tables.LONG.index("comment")].value).startswith("?𠮷")
        assert row[tables.LONG.index("value")].number_format == "#,##0.0###"


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_failed_export_leaves_the_old_files_and_nothing_else(tmp_path: Path, ending: str) -> None:
    def broken() -> Iterator[ExportCell]:
        yield from some_cells()
        raise Cancelled

    written = write(tmp_path / f"t.{ending}", shape="long")
    before = {path: path.read_bytes() for path in written}
    with pytest.raises(Cancelled):
        write(tmp_path / f"t.{ending}", shape="long", cells=broken())
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_progress_counts_cells_and_cancels(tmp_path: Path) -> None:
    seen: list[int] = []
    cells = [cell("penalties", float(i), id=i) for i in range(450)]

    def export(progress: Progress) -> None:
        exporting.write(tmp_path / "t.csv", Table("wide", CATALOGUE, cells, progress))

    export(Progress(report=lambda done, total, what: seen.append(done)))
    assert seen == [200, 400, 450]
    stopped = Progress()
    stopped.cancel()
    with pytest.raises(Cancelled):
        export(stopped)


def test_what_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    cases = {
        "export_format_unknown": (tmp_path / "t.pages", "pages"),
        "file_is_folder": (tmp_path / "folder.csv", "csv"),
        "file_not_written": (tmp_path / "file" / "t.csv", "csv"),
    }
    for message_id, (path, format) in cases.items():
        with pytest.raises(UserError) as raised:
            write(path, shape="long", format=format)
        assert raised.value.message_id == message_id
        assert say_error(raised.value)


def test_a_name_without_an_ending_gets_the_format_s(tmp_path: Path) -> None:
    assert write(tmp_path / "new" / "table", shape="long", format="csv")[0] == tmp_path / "new" / "table.csv"


def test_a_sheet_that_is_full_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROW", 3)
    with pytest.raises(UserError) as raised:
        write(tmp_path / "t.xlsx", shape="long")
    assert raised.value.message_id == "export_too_many_rows" and not list(tmp_path.iterdir())
    assert say_error(raised.value)


def test_notes_end_where_excel_would_choke_and_the_codebook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_NOTES", len(CATALOGUE) + 2)
    (path,) = write(tmp_path / "t.xlsx", shape="wide")
    book = openpyxl.load_workbook(path)
    codebook = list(book[say("sheet_codebook")].iter_rows(values_only=True))
    notes = [cell.comment for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if cell.comment]
    assert len(notes) == 2
    assert codebook[-1][0] == say("export_notes_end", count=len(CATALOGUE) + 2)


def test_links_end_where_excel_would_refuse_and_the_codebook_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_LINKS", 2)
    (path,) = write(tmp_path / "t.xlsx", shape="wide")
    book = openpyxl.load_workbook(path)
    linked = [cell for row in book.worksheets[0].iter_rows(min_row=2) for cell in row if cell.hyperlink]
    assert len(linked) == 2 and book.worksheets[1].max_row == 3
    told = list(book[say("sheet_codebook")].iter_rows(values_only=True))[-1][0]
    assert told == say("export_links_end", count=2)


def test_a_long_table_that_no_sheet_holds_has_a_sheet_a_year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROW", 3)
    monkeypatch.setattr(xlsx._Sheets, "_rows", lambda *_, **__: 0)  # the codebook has more rows than that
    table = Table("long", CATALOGUE, some_cells(), Progress(), total=4)
    (path,) = exporting.write(tmp_path / "t.xlsx", table)
    book = openpyxl.load_workbook(path)
    name = say("sheet_cells")
    assert book.sheetnames[:2] == [f"{name} 2024", f"{name} 2025"]
    assert [book[f"{name} {year}"].max_row for year in (2024, 2025)] == [4, 2]


def test_the_report_on_the_review_counts_cells_and_reviewers(tmp_path: Path) -> None:
    rows = read_csv(write(tmp_path / "t.csv", shape="long")[3])
    assert {(r["measure"], r["of"]): (r["count"], r["total"]) for r in rows} == {
        ("cells", "extracted"): ("0", "4"), ("cells", "auto"): ("1", "4"), ("cells", "verified"): ("1", "4"),
        ("cells", "queried"): ("1", "4"), ("cells", "not_reported"): ("1", "4"), ("verified_by", "王敏"): ("1", "1"),
    }  # fmt: skip
