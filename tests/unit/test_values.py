"""Series and cross-sections read from indexes alone are the cells of the table."""

import random

import pytest
from store_samples import CATALOGUE, FIGURES, ME, RECEIVED, add, all_cells, decide, entry, facts

from db import queries
from db.store import Store
from desktop import indicators
from tests.bench.make_store import YEARS, batches

KNOWN = indicators.load()


def of_cells(store, catalogue):
    """Return the values of all cells by indicator, district and year, as the screens read them."""
    keys = dict(store._connection.execute("SELECT id, district_key FROM report"))
    return {
        (cell.indicator, keys[cell.report_id], cell.year): cell.value
        for cell in all_cells(store, catalogue)
        if cell.value is not None
    }


def of_indexes(store, catalogue, **asked):
    return {
        (indicator, *place): value
        for indicator in catalogue
        for place, value in queries.values(store, catalogue, indicator, YEARS, **asked).items()
    }


def test_the_values_are_those_of_the_cells(tmp_path):
    rng = random.Random("hebao")
    with Store.open(tmp_path / "a.hebao") as store:
        for batch in batches(60):
            store.add_reports(batch, program="", catalogue="")
        for report in queries.reports(store):
            figures = queries.figures(store, report.id)
            with store.edit("some", reviewer=ME) as edit:
                gone = rng.sample(figures, 12)
                for figure in gone:
                    edit.reject(figure.id)
                for figure in rng.sample(figures, 3):
                    edit.correct(figure.id, value=figure.value + 3)
                edit.assert_not_reported(report.id, rng.choice(figures).indicator or "lawyers")
                edit.enter_cell(report.id, rng.choice(figures).indicator or "lawyers", 7, "附表")
                standing = [figure.id for figure in figures if figure not in gone]
                for _ in range(3):
                    edit.name_figures(report.id, rng.choice(figures).indicator or "lawyers", rng.sample(standing, 2))
                edit.reject(rng.choice(standing))
        cells = of_cells(store, KNOWN)
        assert of_indexes(store, KNOWN) == cells
        district = queries.reports(store)[0].adcode
        assert of_indexes(store, KNOWN, districts=[district]) == {
            place: value for place, value in cells.items() if place[1] == district
        }


def test_of_two_figures_the_one_stated_first_counts_though_it_was_made_later(store):
    report_id = add(store, entry(figures=[figure for figure in FIGURES if figure is not RECEIVED]))
    with store.edit("create_figure", reviewer=ME) as edit:
        for start, value in ((40, 9), (8, 7)):
            edit.create(
                report_id, start=start, end=start + 1, value=value, unit="件", approx=None, kind="count",
                indicator="received",
            )  # fmt: skip
    assert queries.values(store, CATALOGUE, "received", [2024]) == {("990101", 2024): 7}


def test_reports_that_do_not_count_and_other_years_have_no_values(store):
    first, second = add(store), add(store, entry("b"))
    other = add(store, entry("c", of=facts(year=2023)))
    assert queries.values(store, CATALOGUE, "lost", [2024]) == {("990101", 2024): 2}
    assert queries.values(store, CATALOGUE, "lost", [2024, 2023]) == {("990101", 2024): 2, ("990101", 2023): 2}
    assert queries.values(store, CATALOGUE, "lost", [2024], ["990102"]) == {}
    decide(store, "withdraw", other)
    decide(store, "enter_cell", second, "lost", 5, "附表")
    assert queries.values(store, CATALOGUE, "lost", [2024, 2023]) == {("990101", 2024): 2}
    decide(store, "assert_not_reported", first, "lost")
    assert queries.values(store, CATALOGUE, "lost", [2024, 2023]) == {}
    with pytest.raises(KeyError):
        queries.values(store, CATALOGUE, "none", [2024])


@pytest.mark.parametrize(
    ("sql", "index"),
    [
        ("SELECT id FROM figure WHERE state = 'rejected' AND indicator = 'a' AND year IN (1)", "figure_rejected"),
        ("SELECT 1 FROM decision d WHERE d.kind = 'cell' AND d.anchor = 'a'", "decision_cell"),
        ("SELECT district_key, year, id, value FROM figure WHERE indicator = 'a' AND year IN (1)", "figure_series"),
    ],
)
def test_each_part_is_read_by_its_index(store, sql, index):
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()
    assert [f"INDEX {index} " in step[3] for step in plan] == [True]
