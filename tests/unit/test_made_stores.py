"""The generated stores that benchmarks measure are like those that people make."""

import itertools
import re

from desktop import indicators
from tests.bench.make_store import FIGURES, YEARS, entries

REPORTS = list(entries(120))


def test_offsets_and_values_are_those_of_the_text():
    checked = 0
    for entry in REPORTS:
        text, figures = entry.document.text, entry.extraction.figures
        assert 0 < len(figures) <= FIGURES
        assert all(0 <= figure.start < figure.end <= len(text) for figure in figures)
        for figure in figures:
            printed = text[figure.start : figure.end]
            if whole := re.fullmatch(rf"([0-9]+){figure.unit}", printed):
                assert figure.value == int(whole[1])
                checked += 1
    assert checked > 2000


def test_a_store_has_ten_years_of_each_district_and_some_reports_besides():
    places = [(entry.extraction.facts.adcode, entry.extraction.facts.year) for entry in REPORTS]
    assert places[:110] == [(f"9901{n + 1:02}", year) for n, year in itertools.product(range(11), YEARS)]
    assert {code for code, _ in places[110::2]} == {None}
    assert set(places[111::2]) <= set(places[:110])
    assert len({entry.document.source_sha256 for entry in REPORTS}) == 120
    named = sum(str(entry.extraction.facts.district) in entry.document.text for entry in REPORTS[:110])
    assert named > 100


def test_its_indicators_are_those_of_the_catalogue():
    assert {f.indicator for entry in REPORTS for f in entry.extraction.figures} - {None} <= set(indicators.load())


def test_the_same_reports_are_made_each_time():
    assert list(entries(20))[7] == REPORTS[7]
