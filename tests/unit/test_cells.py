"""How figures make cells: `first` takes the one stated first, `sum` adds them."""

from __future__ import annotations

from desktop import indicators
from desktop.cells import combine
from desktop.model import Approx, Figure


def figure(indicator: str | None, value: float, unit: str = "件", approx: Approx | None = None) -> Figure:
    return Figure(0, 1, value, unit, approx, "count", indicator)


def test_first_takes_the_one_stated_first():
    (cell,) = combine([figure("litigation_cases", 50), figure("litigation_cases", 57)], indicators.load())
    assert (cell.value, cell.unit, cell.figures) == (50, "件", (0,))


def test_sum_adds_and_keeps_the_first_approximation():
    figures = [
        figure("publicity_activities", 12, "场"),
        figure(None, 3),
        figure("publicity_activities", 90, "次", "more"),
    ]
    (cell,) = combine(figures, indicators.load())
    assert (cell.value, cell.unit, cell.approx, cell.figures) == (102, "场", "more", (0, 2))


def test_sums_of_decimals_do_not_drift():
    figures = [figure("shared_data_records", 0.1), figure("shared_data_records", 0.2)]
    assert combine(figures, indicators.load())[0].value == 0.3


def test_cells_stand_in_catalogue_order_and_unknown_indicators_make_none():
    figures = [figure("notary_cases", 5), figure("someone_elses", 9), figure("permits", 7)]
    assert [cell.indicator for cell in combine(figures, indicators.load())] == ["permits", "notary_cases"]
    assert combine([], indicators.load()) == []
