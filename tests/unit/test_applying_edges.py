"""Workbooks as they come back, sorted, cut, moved, saved elsewhere: each gives the right result or a sentence."""

from __future__ import annotations

import datetime
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import all_cells

from db import queries
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.exporting import xlsx
from desktop.exporting.tables import KEYS, LONG
from desktop.text import say_error
from tests.bench.make_store import batches
from tests.unit.test_export_of_stores import OWN, decided

ME = "王敏"
Change = Callable[[Any], None]


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Store]:
    with workflow.open_store(tmp_path / "study.hebao") as store:
        for batch in batches(4):
            store.add_reports(batch, program="0.1.0", catalogue="1")
        yield store


def book_of(store: Store, tmp_path: Path, shape: str, change: Change, state: str = "all") -> Path:
    """Export, change the workbook as a person would, save as another program does."""
    (path,) = workflow.export(store, tmp_path / f"{shape}.xlsx", shape=shape, state=state)
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return path


def corrections(store: Store, tmp_path: Path, shape: str, change: Change) -> workflow.Corrections:
    found = workflow.read_corrections(store, book_of(store, tmp_path, shape, change))
    assert all(say_error(misfit) for misfit in found.misfits)
    return found


def heads_of(sheet: Any) -> list[str]:
    return [cell.value for cell in sheet[1]]


def at(sheet: Any, row: int, head: str) -> Any:
    return sheet.cell(row, heads_of(sheet).index(head) + 1)


def single(store: Store, kind: str = "count") -> list[queries.CellRow]:
    """Return the cells of the first row that are one figure's, with a number above 1."""
    known = workflow.catalogue(store)
    report = queries.reports(store)[0]
    cells = queries.report_cells(store, known, report.id)
    return [c for c in cells if len(c.figures) == 1 and known[c.indicator].kind == kind and (c.value or 0) > 1]


def ids(found: workflow.Corrections) -> list[str]:
    return [misfit.message_id for misfit in found.misfits]


def asked(found: workflow.Corrections) -> list[tuple[str, str, object]]:
    return [(change.indicator, change.what, change.after) for change in found.changes]


def sort_rows(sheet: Any) -> None:
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    random.Random(1).shuffle(rows)
    for number, row in enumerate(rows, 2):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value


def turn_columns(sheet: Any) -> None:
    for row in sheet.iter_rows():
        for cell, value in zip(row, reversed([cell.value for cell in row]), strict=True):
            cell.value = value


MOVES: dict[str, Change] = {
    "sheet renamed": lambda book: setattr(book.worksheets[0], "title", "改好的数据（终稿）"),
    "rows sorted": lambda book: sort_rows(book.worksheets[0]),
    "a row deleted": lambda book: book.worksheets[0].delete_rows(3),
    "an empty row between": lambda book: book.worksheets[0].insert_rows(3),
    "columns the other way round": lambda book: turn_columns(book.worksheets[0]),
    "a column deleted": lambda book: book.worksheets[0].delete_cols(len(KEYS) + 3),
    "codebook deleted": lambda book: book.remove(book["指标说明"] if "指标说明" in book else book.worksheets[-2]),
}


@pytest.mark.parametrize("shape", ["wide", "long"])
@pytest.mark.parametrize("moved", MOVES)
def test_what_only_looks_different_changes_nothing(study: Store, tmp_path: Path, shape: str, moved: str) -> None:
    found = corrections(study, tmp_path, shape, MOVES[moved])
    assert (asked(found), ids(found)) == ([], [])


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_a_correction_is_found_wherever_its_row_and_column_went(study: Store, tmp_path: Path, shape: str) -> None:
    cell = single(study)[0]

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        if shape == "wide":
            at(sheet, 2, cell.indicator).value = 4321
        else:
            row = next(r for r in range(2, 99) if at(sheet, r, "indicator").value == cell.indicator)
            at(sheet, row, "value").value = 4321
        sort_rows(sheet)
        turn_columns(sheet)
        sheet.title = "x"

    found = corrections(study, tmp_path, shape, change)
    assert (asked(found), ids(found)) == ([(cell.indicator, "value", 4321.0)], [])


def test_what_is_typed_as_something_else_is_told(study: Store, tmp_path: Path) -> None:
    cells = single(study)[:6]
    rate = single(study, "percent")[0]

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        typed = ["=1+1", datetime.date(2024, 3, 1), True, "#DIV/0!", "　", "1,234 件"]
        for cell, value in zip(cells, typed, strict=True):
            at(sheet, 2, cell.indicator).value = value
        percent = at(sheet, 2, rate.indicator)
        percent.value, percent.number_format = 0.365, "0.0%"

    found = corrections(study, tmp_path, "wide", change)
    assert asked(found) == []
    # What was reckoned or is in error has no number in the file: it reads as empty.
    assert sorted(ids(found)) == [*["apply_emptied"] * 3, "apply_fraction", *["apply_no_number"] * 3]


def test_merged_cells_empty_those_they_cover(study: Store, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        column = heads_of(sheet).index(single(study)[0].indicator) + 1
        sheet.merge_cells(start_row=2, end_row=3, start_column=column, end_column=column)

    found = corrections(study, tmp_path, "wide", change)
    assert asked(found) == [] and set(ids(found)) <= {"apply_emptied"}


def test_columns_that_are_no_indicators_are_named_once(study: Store, tmp_path: Path) -> None:
    workflow.add_indicator(study, OWN, reviewer=ME)

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        for row, text in enumerate(("备注", "待问", "已问"), 1):
            sheet.cell(row, sheet.max_column + (row == 1)).value = text

    path = book_of(study, tmp_path, "wide", change)
    workflow.remove_indicator(study, OWN["id"], reviewer=ME)
    found = workflow.read_corrections(study, path)
    assert [(m.message_id, m.arguments["column"]) for m in found.misfits] == [
        ("apply_column_unknown", OWN["id"]), ("apply_column_unknown", "备注"),
    ]  # fmt: skip
    assert found.changes == ()


def test_a_long_table_split_by_year_is_read_whole(
    study: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROW", 190)

    def change(book: Any) -> None:
        sheets = [sheet for sheet in book.worksheets if heads_of(sheet) == list(LONG)]
        assert len(sheets) > 1
        for sheet in sheets:
            at(sheet, 2, "value").value = 4321
        at(sheets[-1], 3, "value").value = "很多"

    found = corrections(study, tmp_path, "long", change)
    assert {change.year for change in found.changes} == {r.year for r in queries.reports(study)}
    assert ids(found) == ["apply_no_number"] and "!" in found.misfits[0].arguments["row"]


def test_the_evidence_is_not_read_back_and_says_so(study: Store, tmp_path: Path) -> None:
    def change(book: Any) -> None:
        at(book.worksheets[1], 2, "value").value = 987654

    found = corrections(study, tmp_path, "wide", change)
    assert (asked(found), ids(found)) == ([], ["apply_evidence"])


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        (lambda book: book.worksheets[0].delete_cols(1), "apply_no_cells"),
        (lambda book: book.worksheets[0].insert_rows(1), "apply_no_cells"),
        (lambda book: setattr(book.worksheets[0].cell(1, 9), "value", "year"), "apply_column_twice"),
        (lambda book: book.remove(book["hebao"]), "apply_not_exported"),
        (lambda book: setattr(book["hebao"].cell(2, 2), "value", "morgen"), "apply_not_exported"),
    ],
)
def test_what_is_no_table_any_more_is_refused(study: Store, tmp_path: Path, change: Change, wanted: str) -> None:
    with pytest.raises(UserError) as raised:
        corrections(study, tmp_path, "wide", change)
    assert raised.value.message_id == wanted and say_error(raised.value)


def test_the_state_and_the_value_of_one_row(study: Store, tmp_path: Path) -> None:
    cells = single(study)[:6]
    with study.edit("enter_cell", reviewer=ME) as edit:
        edit.enter_cell(cells[4].report_id, cells[4].indicator, 5, "附表")
        edit.query(cells[5].figures[0].id, "与上年不符")
    typed = [
        ("value", 77),
        ("value", 88),
        ("state", "核好了"),
        ("unit", "万件"),
        ("state", "待查"),
        ("state", "已核验"),
    ]

    def change(book: Any) -> None:
        sheet = book.worksheets[0]
        rows = {at(sheet, r, "indicator").value: r for r in range(sheet.max_row, 1, -1)}
        for cell, (head, value) in zip(cells, typed, strict=True):
            at(sheet, rows[cell.indicator], head).value = value
        at(sheet, rows[cells[0].indicator], "state").value = "verified"
        at(sheet, rows[cells[1].indicator], "state").value = "待查"

    found = corrections(study, tmp_path, "long", change)
    assert asked(found) == [(cells[0].indicator, "value", 77.0), (cells[5].indicator, "state", "verified")]
    assert sorted(ids(found)) == ["apply_contradicts", "apply_no_state", "apply_not_read", "apply_state_of_cell"]
    workflow.apply_corrections(study, found, reviewer=ME)
    after = {c.indicator: c for c in queries.report_cells(study, workflow.catalogue(study), cells[0].report_id)}
    assert (after[cells[0].indicator].value, after[cells[0].indicator].state) == (77, "verified")
    assert after[cells[5].indicator].comment == "与上年不符"


def test_a_number_entered_by_a_person_is_entered_anew(study: Store, tmp_path: Path) -> None:
    cell = single(study)[0]
    with study.edit("enter_cell", reviewer=ME) as edit:
        edit.enter_cell(cell.report_id, cell.indicator, 5, "附表")
    found = corrections(
        study, tmp_path, "wide", lambda book: setattr(at(book.worksheets[0], 2, cell.indicator), "value", 6)
    )
    workflow.apply_corrections(study, found, reviewer=ME)
    after = {c.indicator: c for c in queries.report_cells(study, workflow.catalogue(study), cell.report_id)}
    assert (after[cell.indicator].value, after[cell.indicator].entered) == (6, True)


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_what_the_machine_reads_otherwise_since_is_no_correction(study: Store, tmp_path: Path, shape: str) -> None:
    entry = next(iter(batches(4)))[0]
    report = next(r for r in queries.reports(study) if r.source_sha256 == entry.document.source_sha256)
    path = book_of(study, tmp_path, shape, lambda book: None)
    figures = [figure._replace(value=figure.value + 1) for figure in entry.extraction.figures]
    read = type(entry.extraction)(entry.extraction.facts, tuple(figures), entry.extraction.numerals)
    study.replace_extraction(report.id, read, program="0.2.0", catalogue="1")
    found = workflow.read_corrections(study, path)
    assert asked(found) == [] and set(ids(found)) <= {"apply_changed_since"}
    assert shape == "long" or ids(found) == []


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), shape=st.sampled_from(["wide", "long"]))
def test_random_corrections_of_random_stores_arrive_in_both_shapes(
    tmp_path_factory: pytest.TempPathFactory, seed: int, shape: str
) -> None:
    chance, folder = random.Random(seed), tmp_path_factory.mktemp("random")
    with workflow.open_store(folder / "a.hebao") as store:
        for batch in batches(3):
            store.add_reports(batch, program="0.1.0", catalogue="1")
        workflow.add_indicator(store, OWN, reviewer=ME)
        decided(store, "mixed", chance)
        known = workflow.catalogue(store)
        before = {(c.report_id, c.indicator): c.value for c in all_cells(store, known)}
        report_of = {(r.district, r.year): r.id for r in queries.reports(store) if r.counts}
        wanted: dict[tuple[int, str], float] = {}

        def change(book: Any) -> None:
            sheet = book.worksheets[0]
            for _ in range(12):
                row, value = chance.randint(2, sheet.max_row), round(chance.uniform(2, 10**6), 2)
                report = report_of[at(sheet, row, "district").value, at(sheet, row, "year").value]
                indicator = chance.choice(list(known)) if shape == "wide" else at(sheet, row, "indicator").value
                if shape == "long" and at(sheet, row, "state").value == "not_reported":
                    continue  # a number beside that state is told as a contradiction
                at(sheet, row, indicator if shape == "wide" else "value").value = value
                wanted[report, indicator] = value
            (sort_rows if chance.random() < 0.5 else turn_columns)(sheet)

        found = corrections(store, folder, shape, change)
        assert ids(found) == []
        workflow.apply_corrections(store, found, reviewer="李强")
        after = {(c.report_id, c.indicator): c.value for c in all_cells(store, known)}
        assert after == {**before, **wanted}
        workflow.undo(store, reviewer="李强")
        assert {(c.report_id, c.indicator): c.value for c in all_cells(store, known)} == before


def test_an_export_is_of_one_moment_though_others_decide_meanwhile(study: Store) -> None:
    with workflow.open_store(study.path, read_only=True) as reading:
        known = workflow.catalogue(reading)
        before = list(queries.exported_cells(reading, known, state="all"))
        with reading.at_one_moment():
            cells = queries.exported_cells(reading, known, state="all")
            first = next(cells)
            for figure in queries.figures(study, 1):
                workflow.reject(study, figure.id, reviewer=ME)
            assert [first, *cells] == before
            assert queries.status(reading, known).figures["rejected"] == 0
        assert queries.status(reading, known).figures["rejected"] > 0
