"""The lean way of reading cells for an export gives what the screens' way gives."""

import random

import pytest
from store_samples import CATALOGUE, ME, YOU, add, all_cells, build, decide, entry

from db import queries
from db.store import Store
from desktop import indicators
from desktop.errors import UserError
from desktop.sentences import sentence
from tests.bench.make_store import batches
from tests.bench.make_store import decide as decide_some

KNOWN = indicators.load()


def as_exported(store, cell):
    """Return what an export writes of a cell that was read with all its figures."""
    text = queries.text(store, cell.report_id)
    parts = [(sentence(text, f.start, f.end), f"{f.start}-{f.end}", text[f.start : f.end]) for f in cell.figures]
    quotes, spans, printed = (" | ".join(part[i] for part in parts) for i in range(3))
    return queries.ExportCell(
        queries.report(store, cell.report_id), cell.indicator, cell.value, cell.unit, cell.approx, cell.state,
        quotes, spans, printed, cell.reviewer, cell.decided_at, cell.comment, cell.findings, cell.entered,
    )  # fmt: skip


@pytest.fixture
def reviewed(tmp_path):
    """Return a store of generated reports with decisions of every kind on figures and cells."""
    with Store.open(tmp_path / "reviewed.hebao") as store:
        for batch in batches(60):
            store.add_reports(batch, program="", catalogue="")
        decide_some(store)
        rng = random.Random("hebao")
        for report in queries.reports(store)[::7]:
            figures = queries.figures(store, report.id)
            with store.edit("some", reviewer=rng.choice((ME, YOU))) as edit:
                for figure in rng.sample(figures, 12):
                    edit.comment(figure.id, "含镇街")
                for figure in rng.sample(figures, 12):
                    edit.accept(figure.id)
                edit.assert_not_reported(report.id, rng.choice(list(KNOWN)))
                edit.assert_not_reported(report.id, figures[0].indicator or "lawyers")
                edit.enter_cell(report.id, figures[1].indicator or "lawyers", 7, "附表")
                standing = [f.id for f in figures if f.state != "rejected"]
                for named in range(2, 5):
                    edit.name_figures(report.id, figures[named].indicator or "lawyers", rng.sample(standing, named), "")
                edit.reject(rng.choice(standing))
                for finding in queries.findings(store, report.id):
                    edit.dismiss(finding.finding.fingerprint, report.id, "已核对")
        yield store


@pytest.mark.parametrize("state", ["verified", "decided", "all"])
def test_an_export_reads_the_cells_that_a_screen_shows(reviewed, state):
    shown = [as_exported(reviewed, cell) for cell in all_cells(reviewed, KNOWN, state)]
    assert list(queries.exported_cells(reviewed, KNOWN, state=state)) == shown
    bare = [cell._replace(quotes="", printed="") for cell in queries.exported_cells(reviewed, KNOWN, state=state)]
    without = [
        cell._replace(quotes="", printed="")
        for cell in queries.exported_cells(reviewed, KNOWN, state=state, quotes=False)
    ]
    assert without == bare
    states = {cell.state for cell in shown}
    assert (
        states
        == {
            "verified": {"verified"},
            "decided": {"verified", "not_reported"},
            "all": {"verified", "not_reported", "queried", "extracted"},
        }[state]
    )
    assert {cell.entered for cell in shown} == {True, False}
    if state == "all":
        assert {" | " in cell.spans for cell in shown} == {True, False}


def test_a_store_of_every_decision_is_exported(tmp_path):
    build(tmp_path / "a.hebao")
    with Store.open(tmp_path / "a.hebao") as store:
        shown = [as_exported(store, cell) for cell in all_cells(store, CATALOGUE)]
        exported = list(queries.exported_cells(store, CATALOGUE, state="all"))
    assert exported == shown
    assert {cell.entered for cell in exported} == {True, False}


@pytest.mark.parametrize(
    "damage", ["start = 'x'", "value = 'x'", "value = 9e999", "unit = x'00'", "approx = 'oh'", "start = -1"]
)
def test_a_figure_that_is_none_is_told_in_a_sentence(store, damage):
    add(store, entry())
    decide(store, "accept", 1)
    store._connection.execute(f"UPDATE figure SET {damage} WHERE id = 2")
    with pytest.raises(UserError) as caught:
        list(queries.exported_cells(store, CATALOGUE, state="all"))
    assert caught.value.message_id == "store_part_damaged"


def test_the_cells_counted_are_the_cells_exported(reviewed):
    counted = queries.status(reviewed, KNOWN).cells
    exported = [cell.state for cell in queries.exported_cells(reviewed, KNOWN, state="all")]
    assert counted == {state: exported.count(state) for state in counted}
