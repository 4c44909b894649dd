"""Stores of every mood exported in every format and read again: the cells are those that the screens show."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_samples import all_cells

from db import queries
from db.store import Store
from desktop import exporting, workflow
from desktop.errors import UserError
from desktop.exporting.tables import KEYS
from desktop.progress import Progress
from desktop.text import say_error
from tests.bench.make_store import batches
from tests.unit.test_exporting_formats import ENDINGS, SHAPES, read, same

ME = "王敏"
LONG_NAME = "本年度辖区内行政执法人员公共法律知识与专门法律知识培训考试补考及延期" * 2
OWN = {
    "id": "a_name_of_thirty_two_characters_", "name_zh": LONG_NAME, "name_en": "", "kind": "count",
    "unit": "名", "combine": "first", "definition": LONG_NAME * 3, "when": [{"topic": "补考人员"}],
}  # fmt: skip
MOODS = ("undecided", "rejected", "queried", "mixed")


def decided(store: Store, mood: str, chance: random.Random) -> None:
    """Decide on figures and cells as the mood says."""
    for report in queries.reports(store)[::2]:
        figures = queries.figures(store, report.id)
        with store.edit("some", reviewer=ME) as edit:
            for figure in figures if mood == "rejected" else chance.sample(figures, 20):
                if mood == "rejected":
                    edit.reject(figure.id, "乡镇的数据")
                elif mood == "queried":
                    edit.query(figure.id, "=与上年不符\n“另见”附表，\t含镇街")
                elif mood == "mixed":
                    chance.choice([edit.accept, edit.reject, lambda i: edit.correct(i, value=0.1 + 0.2)])(figure.id)
            if mood == "mixed":
                edit.enter_cell(report.id, OWN["id"], chance.uniform(-1e6, 1e6), "附表")
                edit.assert_not_reported(report.id, chance.choice(list(workflow.catalogue(store))))


def study(path: Path, mood: str, seed: int) -> Store:
    store = workflow.open_store(path)
    for batch in batches(12):
        store.add_reports(batch, program="0.1.0", catalogue="")
    workflow.add_indicator(store, OWN, reviewer=ME)
    if mood != "undecided":
        decided(store, mood, random.Random(seed))
    return store


@pytest.fixture(scope="module", params=MOODS)
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    with study(tmp_path_factory.mktemp("study") / "a.hebao", request.param, 7) as store:
        yield store


@pytest.mark.parametrize("format", ENDINGS)
@pytest.mark.parametrize("shape", SHAPES)
def test_every_format_holds_the_cells_of_the_store(exported: Store, tmp_path: Path, format: str, shape: str) -> None:
    for state in ("verified", "decided", "all"):
        path = workflow.export(exported, tmp_path / f"{state}.{ENDINGS[format]}", shape=shape, state=state)[0]
        must_be_read_again(exported, path, shape, state)


def must_be_read_again(store: Store, path: Path, shape: str, state: str) -> None:
    known = workflow.catalogue(store)
    cells = all_cells(store, known, state)
    rows = read(path)
    if shape == "long":
        assert len(rows) == len(cells)
        for row, cell in zip(rows, cells, strict=True):
            named = ("indicator", "value", "unit", "approx", "state", "reviewer", "comment", "source_sha256")
            assert {n: row[n] for n in named if not same(row[n], getattr(cell, n), path)} == {}
        return
    wanted = {(cell.district, cell.year, cell.indicator): cell.value for cell in cells}
    assert len(rows) == len({cell.report_id for cell in cells})
    assert rows == [] or list(rows[0]) == [*KEYS, *known]
    for row in rows:
        place = row["district"], int(float(str(row["year"])))
        assert [i for i in known if not same(row[i], wanted.pop((*place, i), None), path)] == []
    assert not any(value is not None for value in wanted.values())


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), shape=st.sampled_from(SHAPES), state=st.sampled_from(["verified", "decided", "all"]))
def test_random_decisions_are_read_again(tmp_path_factory: pytest.TempPathFactory, seed, shape, state) -> None:
    folder = tmp_path_factory.mktemp("random")
    with study(folder / "a.hebao", "mixed", seed) as store:
        for format in ("csv", "parquet", "xlsx", "datapackage"):
            path = workflow.export(store, folder / f"t.{ENDINGS[format]}", shape=shape, state=state)[0]
            must_be_read_again(store, path, shape, state)


TWICE = """
import sys; from pathlib import Path; from desktop import workflow, exporting
store, to = Path(sys.argv[1]), Path(sys.argv[2])
with workflow.open_store(store, read_only=True) as opened:
    for format in exporting.endings():
        for shape in ("wide", "long"):
            workflow.export(opened, to / format / shape, format=format, shape=shape, state="all")
"""


def test_two_processes_write_the_same_bytes(tmp_path: Path) -> None:
    with study(tmp_path / "a.hebao", "mixed", 7) as store:
        workflow.check_all(store, Progress())
    made = []
    for seed in ("1", "2"):
        to = tmp_path / seed
        command = [sys.executable, "-c", TWICE, str(tmp_path / "a.hebao"), str(to)]
        subprocess.run(command, check=True, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append({path.relative_to(to): path.read_bytes() for path in sorted(to.rglob("*")) if path.is_file()})
    assert len(made[0]) > 3 * len(exporting.endings())
    assert [str(path) for path in made[0] if made[0][path] != made[1].get(path)] == [] and made[0].keys() == made[
        1
    ].keys()


@pytest.mark.parametrize("taken", ["year", "district", "float", "if"])
def test_no_own_indicator_takes_the_name_of_a_column(tmp_path: Path, taken: str) -> None:
    with workflow.open_store(tmp_path / "a.hebao") as store:
        with pytest.raises(UserError) as raised:
            workflow.add_indicator(store, {**OWN, "id": taken}, reviewer=ME)
        assert raised.value.message_id == "indicator_id_reserved" and say_error(raised.value)
        assert workflow.proposed_id("", taken, workflow.catalogue(store)) == f"{taken}_2"
