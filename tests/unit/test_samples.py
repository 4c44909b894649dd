"""The sample reports that ship with Hebao: built from their marked sources and labelled soundly."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from desktop import districts, indicators
from desktop.paths import resources
from tests.markup import parse

MARKED = Path(__file__).resolve().parents[1] / "data" / "marked" / "samples"
NAMES = sorted(path.stem for path in MARKED.glob("*.txt"))
# A number with a counting unit: what a labeller may have passed over. Dates and document numbers have other units.
COUNT = re.compile(r"[0-9０-９][0-9０-９,，. ]*[万亿]?余? ?[件项条次人名份家个场期卷元%％类处户支部起册倍天]")
VISITS = "浏览次数:"


def text_of(name: str) -> str:
    return (resources() / "samples" / f"{name}.txt").read_bytes().decode("utf-8")


def gold_of(name: str) -> dict[str, Any]:
    gold: dict[str, Any] = json.loads((resources() / "samples" / "gold" / f"{name}.json").read_text(encoding="utf-8"))
    return gold


def values(name: str, indicator: str) -> list[float]:
    return [figure["value"] for figure in gold_of(name)["figures"] if figure["indicator"] == indicator]


def unnamed(name: str) -> list[float]:
    return [figure["value"] for figure in gold_of(name)["figures"] if figure["indicator"] is None]


def test_every_marked_source_is_built_and_nothing_else() -> None:
    built = resources() / "samples"
    assert sorted(path.stem for path in built.glob("*.txt")) == NAMES
    assert sorted(path.stem for path in (built / "gold").glob("*.json")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_built_files_equal_the_marked_source(name: str) -> None:
    text, gold = parse((MARKED / f"{name}.txt").read_text(encoding="utf-8"), name)
    assert text_of(name) == text
    assert gold_of(name) == gold


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_has_the_size_and_density_of_a_report(name: str) -> None:
    assert 2_800 <= len(text_of(name)) <= 5_000
    assert 60 <= len(gold_of(name)["figures"]) <= 90


@pytest.mark.parametrize("name", NAMES)
def test_every_span_quotes_its_text_and_overlaps_no_other(name: str) -> None:
    text, end = text_of(name), 0
    for figure in gold_of(name)["figures"]:
        assert figure["start"] >= end
        end = figure["end"]
        assert text[figure["start"] : end] == figure["quote"]
        assert figure["unit"]


@pytest.mark.parametrize("name", NAMES)
def test_named_figures_are_of_the_catalogue_and_of_its_kind(name: str) -> None:
    catalogue = indicators.load()
    for figure in gold_of(name)["figures"]:
        if figure["indicator"] is not None:
            assert figure["kind"] == catalogue[figure["indicator"]].kind, figure


@pytest.mark.parametrize("name", NAMES)
def test_no_count_in_digits_was_passed_over(name: str) -> None:
    text, labelled = text_of(name), set[int]()
    for figure in gold_of(name)["figures"]:
        labelled.update(range(figure["start"], figure["end"]))
    open_counts = [
        found.group()
        for found in COUNT.finditer(text)
        if not text.startswith(VISITS, found.start() - len(VISITS)) and found.start() not in labelled
    ]
    assert open_counts == []


def test_districts_are_invented_and_have_three_years_each() -> None:
    divisions = districts.load()
    years = defaultdict(set)
    for name in NAMES:
        gold = gold_of(name)
        years[gold["district"]].add(gold["year"])
        assert gold["adcode"] is None
        assert divisions.named(gold["district"], None) == []
    assert len(years) >= 3
    assert all(len(of_district) >= 3 for of_district in years.values())
    assert sum(len(of_district) for of_district in years.values()) == len(NAMES)


def test_nearly_the_whole_catalogue_occurs() -> None:
    seen = {figure["indicator"] for name in NAMES for figure in gold_of(name)["figures"]} - {None}
    assert len(seen) >= 140


def test_the_contradictions_that_the_readme_tells_are_there() -> None:
    rate = (
        values("chenglan-2023", "admin_mediation_succeeded")[0] / values("chenglan-2023", "admin_mediation_accepted")[0]
    )
    assert (round(100 * rate, 1), values("chenglan-2023", "admin_mediation_rate")) == (80.6, [86.1])
    assert values("chenglan-2024", "reconsideration_received") == [164, 146]
    disclosed = [
        values("wulan-2023", indicator)[0] for indicator in ("enforcement_disclosures", "permits", "penalties")
    ]
    assert disclosed == [5320, 4612, 608]
    assert [values(f"wulan-{year}", "publicity_materials") for year in (2023, 2024)] == [[31_000], [320_000]]
    assert re.findall(r"^\(([一二三四五六七八九])\)", text_of("wulan-2024"), re.M) == list("一二三四六七八")
    assert {168, 8} <= set(unnamed("yanhu-2023"))
    assert [values(f"yanhu-{year}", "reconsideration_received") for year in (2023, 2024)] == [[151], [187]]
    assert 12.4 in unnamed("yanhu-2024")
    parts = [values("jichuan-2022", f"reconsideration_{part}")[0] for part in ("received", "accepted", "rejected")]
    assert parts == [96, 81, 11]
    assert values("jichuan-2023", "one_thing_items") == [37]
    assert 31 in unnamed("jichuan-2024")
    assert values("jichuan-2024", "appearance_rate") == [97.4, 94.7]
    assert all("确保险情面前令行禁止、处置有章可循" in text_of(name) for name in ("chenglan-2024", "jichuan-2024"))
