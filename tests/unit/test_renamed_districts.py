"""One district in all its years: raised to a city under another code, or without a code and seldom with its city."""

import pytest

from db import queries
from desktop import districts, workflow
from desktop.progress import Progress


def report(name, year, received):
    return f"{name}人民政府关于{year}年法治政府建设情况的报告\n全年共收到行政复议申请{received}件。\n"


@pytest.fixture
def store(tmp_path):
    for name, year, received in (("长垣县", 2017, 31), ("长垣县", 2018, 44), ("长垣市", 2020, 52), ("兰考县", 2019, 9)):
        (tmp_path / f"{name}{year}.txt").write_text(report(name, year, received), encoding="utf-8")
    with workflow.open_store(tmp_path / "a.hebao") as opened:
        workflow.import_paths(opened, [tmp_path], Progress())
        yield opened


def test_codes_of_one_unit():
    codes = districts.load().codes("410783")
    assert codes[-2:] == ("410728", "410783")
    assert districts.load().codes("410728") == codes
    assert districts.load().codes("999999") == ("999999",)


@pytest.mark.parametrize("asked", ["410728", "410783"])
def test_the_series_spans_both_codes(store, asked):
    cells = queries.series(store, workflow.catalogue(store), asked, ["reconsideration_received"])
    assert [(cell.year, cell.value) for cell in cells] == [(2017, 31), (2018, 44), (2020, 52)]


def test_other_years_are_those_of_the_unit(store):
    city = next(row for row in queries.reports(store) if row.district == "长垣市")
    others = queries.other_years(store, city.id, "reconsideration_received")
    assert [(other.year, other.figure.value) for other in others] == [(2018, 44), (2017, 31)]


def test_a_district_without_a_code_is_the_same_with_and_without_its_city(tmp_path):
    for year, city in ((2021, ""), (2022, "临澜市"), (2023, "")):
        text = report(f"{city}澄岚区", year, year - 2000)
        (tmp_path / f"{year}.txt").write_text(text, encoding="utf-8")
    with workflow.open_store(tmp_path / "b.hebao") as opened:
        workflow.import_paths(opened, [tmp_path], Progress())
        assert {row.city for row in queries.reports(opened)} == {"临澜市", None}
        for row in queries.reports(opened):
            others = queries.other_years(opened, row.id, "reconsideration_received")
            assert {other.year for other in others} == {2021, 2022, 2023} - {row.year}
