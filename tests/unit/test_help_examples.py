"""The examples of the checks in the help: every check has one, and each trips its check with the values it tells."""

from __future__ import annotations

import tomllib

import pytest

from desktop import checks, districts, indicators, reading
from desktop.checks import Compared, Copy, Peers, YearCell
from desktop.extraction import extract
from desktop.model import Facts
from desktop.paths import resources

TITLE = "澄岚区2023年法治政府建设年度报告\n"
EXAMPLES = tomllib.loads((resources() / "help" / "checks.toml").read_text(encoding="utf-8"))
RECEIVED = "reconsideration_received"


def years(**values: float) -> dict[int, dict[str, YearCell]]:
    return {int(year.strip("y")): {RECEIVED: YearCell(value, "件", None)} for year, value in values.items()}


BESIDE = {
    "stated_change": {"years": years(y2022=120.0)},
    "last_year_level": {"years": years(y2022=120.0)},
    "series_jump": {"years": years(y2021=118.0, y2022=125.0)},
    "peer_outlier": {"peers": {RECEIVED: Peers(87, 2.0, 0.1)}},
    "series_gap": {"gap": [2021, 2022]},
    "same_source": {"siblings": ["澄岚区2023（扫描件）.pdf"], "twins": ["澄岚区2023（扫描件）.pdf"]},
    "same_district_year": {"siblings": ["澄岚区2023（修订）.docx"]},
    "copied_passage": {"copies": [Copy(0, 10, "字" * 80, "盐湖区", 2023, 0.93, 6, 6)]},
}


def test_every_check_has_an_example_and_no_example_is_of_none():
    assert set(EXAMPLES) == set(checks.checks())


@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_trips_its_check_and_tells_its_values(name):
    example = EXAMPLES[name]
    text = TITLE + example.get("text", "")
    known = indicators.load()
    read = extract(reading.read("例.txt", text.encode()), known, districts.load())
    figures = list(read.figures)
    if "indicator" in example:
        figures[-1] = figures[-1]._replace(indicator=example["indicator"])
    facts = Facts(**example["facts"]) if "facts" in example else read.facts
    context = checks.context(figures, known, text, Compared(facts=facts, **BESIDE.get(name, {})))
    said = [found.values for found in checks.run(context) if found.check == name]
    assert said == [example["values"]]
