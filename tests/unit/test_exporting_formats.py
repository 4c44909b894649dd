"""Every format opened again by another library than its writer (SPSS: by its only reader), cell by cell."""

from __future__ import annotations

import hashlib
import io
import json
import math
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import fastparquet
import frictionless
import pyreadstat
import pytest
from arro3.io import read_parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from test_exporting import cell, read_csv, some_cells

from db.rows import ExportCell
from desktop import exporting, indicators
from desktop.errors import UserError
from desktop.exporting import frames, spss, tables
from desktop.exporting.tables import Table, Value
from desktop.progress import Progress

CATALOGUE = indicators.load()
ENDINGS = exporting.endings()
SHAPES = ("wide", "long")


def made(cells: Iterable[ExportCell], shape: str) -> Table:
    return Table(shape, CATALOGUE, list(cells), Progress())


def expected(cells: Iterable[ExportCell], shape: str) -> list[dict[str, Value]]:
    table = made(cells, shape)
    return [dict(zip(table.heads, row, strict=True)) for row in table.rows()]


def read(path: Path) -> list[dict[str, Any]]:
    if path.suffix == ".parquet":
        return fastparquet.ParquetFile(io.BytesIO(path.read_bytes())).to_pandas().to_dict("records")
    if path.suffix in (".dta", ".sav"):
        frame, _ = (pyreadstat.read_dta if path.suffix == ".dta" else pyreadstat.read_sav)(path)
        return frame.to_dict("records")
    if path.suffix == ".xlsx":
        heads, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
        return [dict(zip(heads, row, strict=True)) for row in rows]
    if path.suffix == ".zip":
        return [row.to_dict() for row in frictionless.Package(str(path)).get_resource("cells").read_rows()]
    return list(read_csv(path))


def same(found: object, wanted: Value, path: Path) -> bool:
    """Nothing is "" or NaN where a format knows no nothing; CSV marks what begins like a formula and has only texts."""
    if path.suffix in (".csv", ".zip") and isinstance(wanted, str) and wanted.startswith(("=", "+", "-", "@")):
        wanted = f"'{wanted}"
    if wanted is None:
        return found in (None, "") or (isinstance(found, float) and math.isnan(found))
    if isinstance(wanted, str):
        return found in (wanted, None if wanted == "" else wanted)
    # Excel keeps some 15 digits of a number.
    return math.isclose(float(str(found)), wanted, rel_tol=1e-15 if path.suffix == ".xlsx" else 0.0)


texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), max_size=12).filter(
    lambda text: text == text.strip() and "￾" not in text and "￿" not in text
)
values = st.one_of(st.integers(-(10**9), 10**9).map(float), st.floats(-1e12, 1e12, allow_subnormal=False))


@st.composite
def random_cells(draw: st.DrawFn) -> list[ExportCell]:
    found = []
    for report in range(draw(st.integers(1, 4))):
        for indicator in draw(st.lists(st.sampled_from(sorted(CATALOGUE)), unique=True, min_size=1, max_size=4)):
            state = draw(st.sampled_from(["verified", "auto", "extracted", "queried", "not_reported"]))
            value = None if state == "not_reported" else draw(values)
            printed = ["151件"] if value is not None and draw(st.booleans()) else []
            other = {"district": draw(texts) or None, "comment": draw(texts), "reviewer": draw(texts) or None}
            row = {"id": report, "year": 2000 + report, "state": state, "source_sha256": f"{report:064x}"}
            found.append(cell(indicator, value, printed, **row, **other))
    return found


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=random_cells())
def test_what_is_written_is_read_again(tmp_path: Path, format: str, shape: str, cells: list[ExportCell]) -> None:
    path = exporting.write(tmp_path / f"t.{ENDINGS[format]}", made(cells, shape))[0]
    found = read(path)
    wanted = expected(cells, shape)
    assert len(found) == len(wanted)
    for row, right in zip(found, wanted, strict=True):
        assert list(row) == list(right)
        assert {head: row[head] for head in right if not same(row[head], right[head], path)} == {}


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_same_cells_make_the_same_bytes(tmp_path: Path, format: str, shape: str) -> None:
    hashes = set()
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        written = exporting.write(tmp_path / name / "t", made(some_cells(), shape), format=format)
        hashes.add(tuple(hashlib.sha256(path.read_bytes()).hexdigest() for path in written))
    assert len(hashes) == 1


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_no_cell_at_all_still_makes_a_table_with_heads(tmp_path: Path, format: str, shape: str) -> None:
    path = exporting.write(tmp_path / "t", made([], shape), format=format)[0]
    assert path.suffix == f".{ENDINGS[format]}" and read(path) == []


def test_columns_are_labelled_in_chinese(tmp_path: Path) -> None:
    name = CATALOGUE["penalties"].name_zh
    parquet = read_parquet(exporting.write(tmp_path / "t.parquet", made(some_cells(), "wide"))[0]).schema
    assert parquet.field("penalties").metadata_str["label"] == name
    for ending, reader in (("dta", pyreadstat.read_dta), ("sav", pyreadstat.read_sav)):
        _, meta = reader(exporting.write(tmp_path / f"t.{ending}", made(some_cells(), "wide"))[0])
        assert meta.column_names_to_labels["penalties"] == name and meta.column_names_to_labels["district"] == "区县"


@pytest.mark.parametrize("shape", SHAPES)
def test_the_data_package_is_valid_and_explains_itself(tmp_path: Path, shape: str) -> None:
    (path,) = exporting.write(tmp_path / "t.zip", made(some_cells(), shape))
    report = frictionless.validate(str(path))
    assert report.valid, report.flatten(["type", "note"])
    package = json.loads(zipfile.ZipFile(path).read("datapackage.json"))
    assert [resource["name"] for resource in package["resources"]] == ["cells", "codebook", "findings", "review"]
    fields = {field["name"]: field for field in package["resources"][0]["schema"]["fields"]}
    assert fields["year"]["type"] == "integer" and fields["district"]["title"] == "区县"


def test_what_does_not_fit_a_format_is_said_and_nothing_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    long = [cell("penalties", 1.0, comment="长" * 11_000)]
    frame, _ = pyreadstat.read_dta(exporting.write(tmp_path / "t.dta", made(long, "long"))[0])
    assert frame.comment[0] == "长" * 11_000
    with pytest.raises(UserError) as raised:
        exporting.write(tmp_path / "t.sav", made(long, "long"))
    assert raised.value.message_id == "export_text_too_long" and not (tmp_path / "t.sav").exists()
    monkeypatch.setattr(frames, "MAX_ROWS", 3)
    for ending in ("dta", "sav"):
        with pytest.raises(UserError) as raised:
            exporting.write(tmp_path / f"many.{ending}", made(some_cells(), "long"))
        assert raised.value.message_id == "export_too_many_rows_for"


def test_the_head_of_an_spss_file_has_no_date_of_its_own(tmp_path: Path) -> None:
    path = exporting.write(tmp_path / "t.sav", made(some_cells(), "long"))[0]
    assert path.read_bytes()[spss.WRITTEN_AT] == b"01 Jan 0000:00:00" and read(path)[0]["value"] == 151


def test_long_texts_are_whole_in_every_format(tmp_path: Path) -> None:
    odd = "𠮷“引”," + "长" * 3_000
    for format, ending in ENDINGS.items():
        path = exporting.write(tmp_path / f"t.{ending}", made([cell("penalties", 0.5, comment=odd)], "long"))[0]
        assert read(path)[0]["comment"] == odd, format


def test_every_head_of_every_table_has_a_type() -> None:
    heads = {*tables.LONG, *tables.CODEBOOK, *tables.FINDINGS, *tables.REVIEW}
    assert set(tables.TYPES) <= heads
