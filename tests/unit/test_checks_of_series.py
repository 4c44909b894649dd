"""Cells against the district's other years and the year's districts: what trips each check, and what nearly does."""

import pytest

from desktop import checks, indicators
from desktop.checks import Compared, Peers, YearCell
from desktop.model import Facts, Figure

RECEIVED, SETUP = "reconsideration_received", "business_setup_hours"


def raised(check, value, *, indicator=RECEIVED, unit="件", year=2024, **compared):
    figure = Figure(0, 3, float(value), unit, None, "count", indicator)
    compared = Compared(facts=Facts(year=year), **compared)
    context = checks.context([figure], indicators.load(), compared=compared)
    return [finding for finding in checks.run(context) if finding.check == check]


def years(*values, unit="件", first=2020):
    return {first + k: {RECEIVED: YearCell(float(v), unit, None)} for k, v in enumerate(values) if v is not None}


@pytest.mark.parametrize(
    ("value", "others", "severity"),
    [
        (1510, (151,), "warning"),
        (15, (151,), "warning"),
        (151, (140,), None),
        (900, (151,), None),  # six times: with one other year only a digit speaks
        (70, (7,), None),  # small numbers move by themselves
        (1510, (130, 151, 142), "warning"),
        (1510, (130, 1400, 142), None),  # the others do not agree
        (15, (130, 151, 142, 160), "warning"),
        (151000, (130, 151, 142), "warning"),
        (800, (130, 151, 142, 128), "notice"),
        (400, (130, 151, 142, 128), None),
        (3000, (250, 500, 1000, 2000), None),  # what grows each year
        (0, (130, 151, 142), None),
        (151, (0, 0, 0), None),
    ],
)
def test_a_jump_against_the_districts_own_years(value, others, severity):
    found = raised("series_jump", value, years=years(*others))
    assert [finding.severity for finding in found] == ([severity] if severity else [])


def test_a_jump_names_the_nearest_year():
    (finding,) = raised("series_jump", 1510, year=2022, years=years(130, 151, None, 142))
    assert finding.figures == ((0, 3),)
    assert finding.values["year"] == "2021" and finding.values["expected"] == 151 and finding.values["times"] == 10


def test_years_in_a_unit_of_another_meaning_are_not_compared():
    assert raised("series_jump", 1510, years=years(151, unit="起"))
    assert not raised("series_jump", 1510, years=years(151, unit="人"))


def test_a_dismissed_jump_comes_back_only_with_another_value_or_year():
    def mark(value, *others):
        return raised("series_jump", value, years=years(*others))[0].fingerprint

    assert mark(1510, 130, 151, 142) == mark(1510, 135, 151, 142)
    assert mark(1510, 130, 151, 142) != mark(1520, 130, 151, 142)
    assert mark(1510, 130, 151, 142) != mark(1510, 130, 151, 144)


def test_years_missing_in_between():
    (finding,) = raised("series_gap", 1, gap=[2022, 2023])
    assert finding.values["years"] == "2022、2023"
    assert not raised("series_gap", 1)


@pytest.mark.parametrize(
    ("value", "peers", "others", "expected"),
    [
        (15100, Peers(300, 2.1, 0.2), (), True),
        (1, Peers(300, 2.1, 0.2), (), True),
        (900, Peers(300, 2.1, 0.2), (), False),
        (15100, Peers(300, 2.1, 0.5), (), False),  # an indicator that lies all over the place
        (15100, Peers(300, 2.1, 0.2), (14000,), False),  # the district's own years agree
        (15100, Peers(300, 2.1, 0.2), (1400,), True),
        (0, Peers(300, 2.1, 0.2), (), False),
    ],
)
def test_a_value_far_from_the_districts_of_the_year(value, peers, others, expected):
    assert bool(raised("peer_outlier", value, peers={RECEIVED: peers}, years=years(*others))) is expected


def test_peers_in_another_unit_are_not_compared():
    assert not raised("peer_outlier", 15100, unit="人", peers={RECEIVED: Peers(300, 2.1, 0.2)})


def test_a_dismissed_outlier_stays_dismissed_when_the_median_drifts():
    def mark(centre):
        return raised("peer_outlier", 15100, peers={RECEIVED: Peers(300, centre, 0.2)})[0].fingerprint

    assert mark(2.1) == mark(2.2)


@pytest.mark.parametrize(
    ("value", "unit", "others", "jumps"),
    [
        (2400, "分钟", (40, "小时"), False),
        (24000, "分钟", (40, "小时"), True),
        (400, "小时", (40, "工作日"), False),
        (400, "小时", (40, "小时"), True),
    ],
)
def test_times_are_compared_in_one_unit_or_not_at_all(value, unit, others, jumps):
    before = {2023: {SETUP: YearCell(float(others[0]), others[1], None)}}
    assert bool(raised("series_jump", value, indicator=SETUP, unit=unit, years=before)) is jumps
    near = Peers(300, 1.6, 0.1)  # around 40 hours
    apart = bool(raised("peer_outlier", value, indicator=SETUP, unit=unit, peers={SETUP: near}))
    assert apart is jumps or others[1] == "工作日"
