"""Each check raises what it should on a wrong report, and nothing on a right one."""

import pytest

from desktop import checks, indicators
from desktop.model import Figure
from desktop.text import say_in


def figures(*rows):
    return [
        Figure(k * 10, k * 10 + 3, value, "%" if indicator.endswith("rate") else "件", approx, "count", indicator)
        for k, (indicator, value, approx) in enumerate((*row, None)[:3] for row in rows)
    ]


def found(*rows, **context):
    return [finding.check for finding in checks.run(figures(*rows), indicators.load(), **context)]


MEDIATION = ("people_mediation_accepted", 918), ("people_mediation_succeeded", 891)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((*MEDIATION, ("people_mediation_rate", 97.1)), []),
        ((*MEDIATION, ("people_mediation_rate", 97.06)), []),
        ((*MEDIATION, ("people_mediation_rate", 97)), []),
        ((*MEDIATION, ("people_mediation_rate", 97.2)), ["rate_of_parts"]),
        ((*MEDIATION, ("people_mediation_rate", 79.1)), ["rate_of_parts"]),
        ((("people_mediation_accepted", 900, "more"), MEDIATION[1], ("people_mediation_rate", 97.1)), []),
        ((("people_mediation_accepted", 0), ("people_mediation_succeeded", 0), ("people_mediation_rate", 100)), []),
        ((("reconsideration_received", 61), ("reconsideration_accepted", 40), ("reconsideration_rejected", 21)), []),
        ((("reconsideration_received", 61), ("reconsideration_accepted", 40)), []),
        (
            (("reconsideration_received", 61), ("reconsideration_accepted", 45), ("reconsideration_rejected", 21)),
            ["accepted_of_received"],
        ),
        ((("reconsideration_accepted", 40), ("reconsideration_concluded", 37)), []),
        ((("reconsideration_accepted", 40), ("reconsideration_concluded", 47)), ["concluded_of_accepted"]),
        ((("litigation_concluded", 13), ("litigation_lost", 2)), []),
        ((("litigation_concluded", 13), ("litigation_lost", 20)), ["lost_of_concluded"]),
        ((("appearance_rate", 100),), []),
        ((("appearance_rate", 101),), ["rate_above_100"]),
        ((("service_time_cut_rate", 195.0),), []),
        ((("litigation_cases", 50), ("litigation_cases", 57)), ["stated_twice"]),
        ((("litigation_cases", 50), ("litigation_cases", 50)), []),
        ((("publicity_activities", 50), ("publicity_activities", 57)), []),
        ((("regulatory_items", 381), ("regulatory_items", 1356)), []),
    ],
)
def test_arithmetic(rows, expected):
    assert found(*rows) == expected


def test_one_quantity_in_two_units_that_mean_the_same():
    fifty, again = figures(("litigation_cases", 50), ("litigation_cases", 57))
    stated = [fifty._replace(unit="起"), again]
    assert [finding.check for finding in checks.run(stated, indicators.load())] == ["stated_twice"]


def test_a_second_source_is_told():
    assert found(siblings=["另一份.txt"]) == ["same_district_year"]


def test_a_fingerprint_changes_with_what_a_finding_rests_on():
    def fingerprint(lost, elsewhere):
        rows = ("litigation_concluded", 13), ("litigation_lost", lost), ("notary_cases", elsewhere)
        return checks.run(figures(*rows), indicators.load())[0].fingerprint

    assert fingerprint(20, 5) == fingerprint(20, 6) != fingerprint(21, 5)


def test_every_check_has_its_sentence():
    values = {"part": 1, "whole": 2, "expected": 1407000.5, "found": 36.5, "sources": "a.txt", "indicator": "x"}
    for check in checks.checks():
        for spoken in ("zh", "en"):
            assert say_in(spoken, f"check_{check}", **values)


def test_figures_of_unknown_indicators_are_passed_over():
    assert found(("no_such_indicator", 101)) == []
