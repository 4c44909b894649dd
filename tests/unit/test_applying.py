"""Corrections made in an exported workbook, read back: what is taken, what does not fit, one undo for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import queries
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.exporting.tables import KEYS, LONG
from desktop.paths import samples
from desktop.progress import Progress
from desktop.text import say_error

REVIEWER = "王敏"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Store]:
    store = workflow.open_store(tmp_path / "study.hebao")
    workflow.import_paths(store, sorted(samples().glob("*.txt"))[:2], Progress())
    yield store
    store.close()


def exported(store: Store, tmp_path: Path, shape: str, change: Callable[[Any], None], state: str = "all") -> Path:
    """Export, change the sheet of cells as a person would, save as another program does."""
    (path,) = workflow.export(store, tmp_path / f"{shape}.xlsx", shape=shape, state=state)
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)
    return path


def cells_of(store: Store, report_id: int) -> dict[str, queries.CellRow]:
    known = workflow.catalogue(store)
    return {cell.indicator: cell for cell in queries.report_cells(store, known, report_id)}


def put(sheet: Any, row: int, head: str, value: object) -> None:
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(row, heads.index(head) + 1).value = value


def taken(store: Store, path: Path) -> workflow.Corrections:
    corrections = workflow.read_corrections(store, path)
    workflow.apply_corrections(store, corrections, reviewer=REVIEWER)
    return corrections


@pytest.mark.parametrize("shape", ["wide", "long"])
def test_an_untouched_workbook_changes_nothing(study: Store, tmp_path: Path, shape: str) -> None:
    corrections = workflow.read_corrections(study, exported(study, tmp_path, shape, lambda sheet: None))
    assert corrections.changes == () and corrections.misfits == ()


def test_a_number_typed_into_the_wide_table_corrects_the_cell_and_one_undo_takes_all_back(
    study: Store, tmp_path: Path
) -> None:
    report = queries.reports(study)[0]
    before = cells_of(study, report.id)
    single = [i for i, cell in before.items() if len(cell.figures) == 1][:2]
    several = next(i for i, cell in before.items() if len(cell.figures) > 1)
    absent = next(i for i in workflow.catalogue(study) if i not in before)

    def change(sheet: Any) -> None:
        put(sheet, 2, single[0], 777)
        put(sheet, 2, single[1], "1.2万")
        put(sheet, 2, several, 4321)
        put(sheet, 2, absent, "未报告")

    corrections = taken(study, exported(study, tmp_path, "wide", change))
    assert {c.indicator for c in corrections.changes} == {*single, several, absent} and not corrections.misfits
    after = cells_of(study, report.id)
    assert (after[single[0]].value, after[single[1]].value, after[several].value) == (777, 12000, 4321)
    assert after[several].entered and after[absent].state == "not_reported"
    assert {after[i].state for i in (*single, several)} == {"verified"} and after[single[0]].reviewer == REVIEWER
    workflow.undo(study, reviewer=REVIEWER)
    assert cells_of(study, report.id) == before


def test_the_long_table_takes_values_states_and_comments(study: Store, tmp_path: Path) -> None:
    report = queries.reports(study)[0]
    single = [i for i, cell in cells_of(study, report.id).items() if len(cell.figures) == 1][:4]

    def change(sheet: Any) -> None:
        first = {
            row[LONG.index("indicator")].value: at
            for at, row in enumerate(sheet.iter_rows(), 1)
            if row[LONG.index("source_sha256")].value == report.source_sha256
        }
        put(sheet, first[single[0]], "state", "已核验")
        put(sheet, first[single[1]], "state", "rejected")
        put(sheet, first[single[2]], "comment", "另见第三段")
        put(sheet, first[single[3]], "value", 5)

    corrections = taken(study, exported(study, tmp_path, "long", change))
    assert len(corrections.changes) == 4 and not corrections.misfits
    after = cells_of(study, report.id)
    assert after[single[0]].state == "verified" and after[single[2]].comment == "另见第三段"
    assert after[single[3]].value == 5
    figures = {figure.indicator: figure for figure in queries.figures(study, report.id) if figure.state == "rejected"}
    assert set(figures) == {single[1]}


def test_what_does_not_fit_is_named_and_the_rest_is_taken(study: Store, tmp_path: Path) -> None:
    report = queries.reports(study)[0]
    single = [i for i, cell in cells_of(study, report.id).items() if len(cell.figures) == 1][:4]

    def change(sheet: Any) -> None:
        put(sheet, 2, single[0], 9)
        put(sheet, 2, single[1], None)
        put(sheet, 2, single[2], "很多")
        put(sheet, 2, single[3], 8)
        put(sheet, 3, "district", "不存在的区")

    path = exported(study, tmp_path, "wide", change)
    figure = cells_of(study, report.id)[single[3]].figures[0]
    workflow.correct_value(study, figure.id, "6", reviewer="李强")
    corrections = taken(study, path)
    assert [c.indicator for c in corrections.changes] == [single[0]]
    assert sorted(misfit.message_id for misfit in corrections.misfits) == [
        "apply_changed_since", "apply_emptied", "apply_no_number", "apply_no_report",
    ]  # fmt: skip
    assert all(say_error(misfit) for misfit in corrections.misfits)
    assert cells_of(study, report.id)[single[3]].value == 6


def test_a_workbook_of_another_store_or_of_another_program_is_refused(study: Store, tmp_path: Path) -> None:
    path = exported(study, tmp_path, "wide", lambda sheet: None)
    with workflow.open_store(tmp_path / "other.hebao") as other, pytest.raises(UserError) as raised:
        workflow.read_corrections(other, path)
    assert raised.value.message_id == "apply_other_store"
    openpyxl.Workbook().save(tmp_path / "foreign.xlsx")
    (tmp_path / "broken.xlsx").write_bytes(path.read_bytes()[:999])
    wanted = {"foreign": "apply_not_exported", "broken": "apply_no_workbook", "absent": "source_missing"}
    for name, message_id in wanted.items():
        with pytest.raises(UserError) as raised:
            workflow.read_corrections(study, tmp_path / f"{name}.xlsx")
        assert raised.value.message_id == message_id and say_error(raised.value)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_random_corrections_arrive_cell_for_cell(study: Store, tmp_path: Path, data: st.DataObject) -> None:
    report = queries.reports(study)[0]
    indicators = sorted(workflow.catalogue(study))
    wanted = data.draw(st.dictionaries(st.sampled_from(indicators), st.integers(0, 10**7), max_size=6))
    before = {indicator: cell.value for indicator, cell in cells_of(study, report.id).items()}

    def change(sheet: Any) -> None:
        for indicator, value in wanted.items():
            put(sheet, 2, indicator, value)

    corrections = taken(study, exported(study, tmp_path, "wide", change))
    assert corrections.misfits == ()
    assert {i: cell.value for i, cell in cells_of(study, report.id).items()} == {**before, **wanted}


def test_a_division_code_that_a_spreadsheet_made_a_number_of_is_still_the_code(study: Store, tmp_path: Path) -> None:
    report = queries.reports(study)[0]

    def change(sheet: Any) -> None:
        for row in range(2, sheet.max_row + 1):
            code = sheet.cell(row, KEYS.index("adcode") + 1)
            code.value = int(code.value) if code.value else None
        put(sheet, 2, "penalties", 31)

    assert taken(study, exported(study, tmp_path, "wide", change)).misfits == ()
    assert cells_of(study, report.id)["penalties"].value == 31
