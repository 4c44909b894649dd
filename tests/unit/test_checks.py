"""Each check raises what it should on a wrong report, and nothing on a right one."""

import pytest

from desktop import checks, indicators
from desktop.model import Figure, Finding
from desktop.text import say_in
from desktop.workflow import finding_sentence


def figures(*rows):
    return [
        Figure(k * 10, k * 10 + 3, value, "%" if indicator.endswith("rate") else "件", approx, "count", indicator)
        for k, (indicator, value, approx) in enumerate((*row, None)[:3] for row in rows)
    ]


def found(*rows, **compared):
    context = checks.context(figures(*rows), indicators.load(), compared=checks.Compared(**compared))
    return [finding.check for finding in checks.run(context)]


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
    ],
)
def test_arithmetic(rows, expected):
    assert found(*rows) == expected


def test_a_second_source_is_told():
    assert found(siblings=["另一份.txt"]) == ["same_district_year"]


def test_a_fingerprint_changes_with_what_a_finding_rests_on():
    def fingerprint(lost, elsewhere):
        rows = ("litigation_concluded", 13), ("litigation_lost", lost), ("notary_cases", elsewhere)
        return checks.run(checks.context(figures(*rows), indicators.load()))[0].fingerprint

    assert fingerprint(20, 5) == fingerprint(20, 6) != fingerprint(21, 5)


def test_every_check_has_its_sentence():
    values = {"expected": 1407000.5, "found": 36.5, "part": 1, "whole": 2, "last": 2, "level": 3, "n": 2}
    values |= {"times": 10, "share": 90, "numbers": 9, "same": 8, "districts": 12, "district": "甲区", "own": "乙区"}
    values |= {"sources": "a.txt", "indicator": "x", "unit": "件", "year": "2024", "years": "2023", "where": "丙"}
    for check in checks.checks():
        for spoken in ("zh", "en"):
            assert say_in(spoken, f"check_{check}", **values)


@pytest.mark.parametrize(
    ("spoken", "expected"),
    [
        ("zh", ["“‘一件事’事项数”", "缺 2021、2022 年", "a.txt、b.txt；"]),
        ("en", ["“One matter integrated service items”", "on 2021, 2022,", ": a.txt, b.txt;"]),
    ],
)
def test_names_and_lists_are_set_as_the_language_has_them(spoken, expected):
    raised = (
        Finding("last_year_level", "warning", (), {"indicator": "one_thing_items", "expected": 37, "found": 31}),
        Finding("series_gap", "notice", (), {"years": "2021、2022"}),
        Finding("same_district_year", "notice", (), {"sources": "a.txt、b.txt"}),
    )
    for finding, said in zip(raised, expected, strict=True):
        assert said in finding_sentence(finding, spoken)


def test_figures_of_unknown_indicators_are_passed_over():
    assert found(("no_such_indicator", 101)) == []
