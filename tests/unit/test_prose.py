"""The generator of labelled report prose: labels sit right, values agree, everything is said in many ways."""

from __future__ import annotations

import functools
import json
import random
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from desktop import districts, indicators
from tests.prose import main, report
from tests.writing.heads import STEMS
from tests.writing.houses import HOUSES
from tests.writing.numbers import chinese, count, money, percent
from tests.writing.pages import lay_out
from tests.writing.templates import choose, groups, named, pieces, slot
from tests.writing.values import World

SEEDS = range(60)
NONE: frozenset[str] = frozenset()
# A number with a counting unit: what a label may have passed over.
COUNT = re.compile(
    r"[0-9０-９]+(?:[,，.．][0-9０-９]+)* ?[万亿]?[余多]? ?[件项条人名份家个场期卷元%％类处户支部起册宗批]"
)
RATES = {
    "service_items_online_rate": ("service_items_online", "service_items"),
    "random_inspections_joint_rate": ("random_inspections_joint", "random_inspections"),
    "litigation_lost_rate": ("litigation_lost", "litigation_concluded"),
    "people_mediation_rate": ("people_mediation_succeeded", "people_mediation_accepted"),
    "admin_mediation_rate": ("admin_mediation_succeeded", "admin_mediation_accepted"),
    "disputes_resolved_rate": ("disputes_resolved", "disputes_handled"),
}
DESCENDING = (
    ("reconsideration_received", "reconsideration_accepted", "reconsideration_concluded", "reconsideration_corrected"),
    ("litigation_cases", "litigation_concluded", "litigation_lost"),
    ("service_items", "service_items_online"),
    ("normative_docs_cleaned", "normative_docs_repealed"),
    ("enforcement_personnel", "enforcement_personnel_township"),
)


@functools.cache
def reports() -> dict[int, tuple[str, dict[str, Any]]]:
    return {seed: report(seed) for seed in SEEDS}


def levels(gold: dict[str, Any]) -> dict[str, float]:
    """Return the value of each `first` indicator of a report."""
    catalogue = indicators.load()
    wide = [f for f in gold["figures"] if f["indicator"] and f["role"] == "level"]
    return {f["indicator"]: f["value"] for f in wide if catalogue[f["indicator"]].combine == "first"}


@functools.cache
def wordings() -> dict[str, list[str]]:
    """Return the templates that give a level of each indicator."""
    found = defaultdict(list)
    for group in groups():
        for line in (*group.lines, *group.bare, *group.more):
            every = line.replace("{", "").replace("}", "").replace("|", "")
            for indicator in named(every):
                found[indicator].append(line)
    return found


def test_the_same_seed_gives_the_same_report_and_another_seed_another() -> None:
    assert report(3) == report(3)
    assert len({text for text, _ in reports().values()}) == len(SEEDS)


@pytest.mark.parametrize("seed", SEEDS)
def test_every_label_quotes_its_text_and_overlaps_no_other(seed: int) -> None:
    text, gold = reports()[seed]
    end = 0
    for figure in gold["figures"]:
        assert figure["start"] >= end
        end = figure["end"]
        assert text[figure["start"] : end] == figure["quote"]
        assert figure["quote"] == figure["quote"].strip()


@pytest.mark.parametrize("seed", SEEDS)
def test_no_count_in_digits_was_passed_over(seed: int) -> None:
    text, gold = reports()[seed]
    labelled = {place for figure in gold["figures"] for place in range(figure["start"], figure["end"])}
    passed = [found.group() for found in COUNT.finditer(text) if labelled.isdisjoint(range(found.start(), found.end()))]
    assert passed == []


@pytest.mark.parametrize("seed", SEEDS)
def test_labels_are_of_the_catalogue_and_of_its_kind(seed: int) -> None:
    catalogue = indicators.load()
    for figure in reports()[seed][1]["figures"]:
        if figure["indicator"] is not None:
            assert figure["kind"] == catalogue[figure["indicator"]].kind, figure
            assert figure["role"] in ("level", "one department")


@pytest.mark.parametrize("seed", SEEDS)
def test_a_first_indicator_has_one_value_in_a_report(seed: int) -> None:
    catalogue = indicators.load()
    values = defaultdict(set)
    for figure in reports()[seed][1]["figures"]:
        if figure["indicator"] and not figure["optional"] and catalogue[figure["indicator"]].combine == "first":
            values[figure["indicator"]].add(figure["value"])
    assert {indicator: found for indicator, found in values.items() if len(found) > 1} == {}


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_are_no_larger_than_their_whole_and_rates_are_their_ratio(seed: int) -> None:
    values = levels(reports()[seed][1])
    for chain in DESCENDING:
        there = [values[indicator] for indicator in chain if indicator in values]
        assert there == sorted(there, reverse=True), chain
    for rate, (part, whole) in RATES.items():
        if {rate, part, whole} <= set(values):
            assert values[rate] == pytest.approx(100 * values[part] / values[whole], abs=0.051)


def test_a_narrow_figure_has_the_indicator_only_where_nothing_wider_stands() -> None:
    with_name, without = 0, 0
    for _, gold in reports().values():
        wide = {f["indicator"] for f in gold["figures"] if f["role"] == "level"}
        narrow = [f["indicator"] for f in gold["figures"] if f["role"] == "one department"]
        assert not wide & set(narrow) - {None}
        with_name += sum(indicator is not None for indicator in narrow)
        without += narrow.count(None)
    assert with_name and without


@pytest.mark.parametrize("seed", SEEDS)
def test_facts_stand_in_the_text_and_no_such_district_exists(seed: int) -> None:
    text, gold = reports()[seed]
    for fact in ("district", "city", "province", "doc_number", "issuer"):
        assert gold[fact] is None or gold[fact].replace(" ", "") in re.sub(r"\s", "", text)
    assert gold["title"] is None or gold["title"].replace(" ", "") in re.sub(r"\s", "", text)
    assert str(gold["year"]) in text
    assert districts.load().named(gold["district"], None) == []


def test_no_stem_names_a_real_district() -> None:
    divisions = districts.load()
    assert [stem + kind for stem in STEMS for kind in "区县市旗" if divisions.named(stem + kind, None)] == []


def test_every_indicator_is_said_in_several_ways() -> None:
    thin = {indicator: len(wordings()[indicator]) for indicator in indicators.load() if len(wordings()[indicator]) < 2}
    assert thin == {}
    assert sum(map(len, wordings().values())) / len(wordings()) >= 4


def test_every_house_kind_of_statement_and_form_occurs() -> None:
    houses = Counter(gold["house"] for _, gold in reports().values())
    roles = Counter(figure["role"] for _, gold in reports().values() for figure in gold["figures"])
    assert set(houses) == {house.name for house in HOUSES} and len(HOUSES) >= 6
    assert min(roles[role] for role in (
        "level", "look-alike", "change", "last year", "part", "target", "one department", "another body",
        "another district",
    )) >= 20  # fmt: skip
    assert any("\n" in figure["quote"] for _, gold in reports().values() for figure in gold["figures"])
    assert any(figure["unit"] == "美元" for seed in range(200) for figure in report(seed)[1]["figures"])


def test_every_line_of_the_templates_can_be_written() -> None:
    rng = random.Random(1)
    macros = dict.fromkeys(("D", "T", "V", "C", "Q", "Y", "Y-", "Y+"), "某")
    for group in groups():
        for line in (*group.lines, *group.bare, *group.more, *group.recaps, *group.fillers, *group.leads):
            for _ in range(4):
                said = choose(line, rng)
                assert not re.search("[{}|]", re.sub(r"\[\[.*?\]\]", "", said)), line
                assert "".join(piece for piece in pieces(said, macros) if isinstance(piece, str))


def test_templates_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="sideways"):
        slot("permits 件 sideways")
    with pytest.raises(ValueError, match="no rule"):
        World({"permits": "many"}, random.Random(1)).value("permits")


def test_values_of_one_world_agree() -> None:
    rules = {"a": "100..200", "b": "0.5..0.9 of a", "c": "b % a", "d": "a - b", "e": "5..9 by .1", "m": "money 20..30"}
    for seed in range(50):
        world = World(rules, random.Random(seed))
        assert world.value("c") == round(100 * world.value("b") / world.value("a"), 1)
        assert world.value("a") == world.value("b") + world.value("d")
        assert 5 <= world.value("e") <= 9 and 200_000 <= world.value("m") <= 300_000
        assert world.last("a") != world.value("a") and world.last("c") <= 100
        assert world.last("b", "lower") < world.value("b") and world.last("d", "higher") > world.value("d")
        assert not world.free("a") and world.free("e")


@pytest.mark.parametrize(
    ("number", "written"),
    [(2, "二"), (10, "十"), (19, "十九"), (20, "二十"), (105, "一百零五"), (110, "一百一十"), (1002, "一千零二"),
     (3040, "三千零四十"), (26000, "二万六千"), (10500, "一万零五百")],
)  # fmt: skip
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese(number) == written


@pytest.mark.parametrize(
    ("form", "value", "printed", "labelled"),
    [("plain", 1234, "1234件", 1234), ("thousands", 1234, "1,234件", 1234), ("full_width", 34, "３４件", 34),
     ("full_thousands", 1234, "１，２３４件", 1234), ("chinese", 2, "两件", 2), ("more", 137, "130余件", 130),
     ("chinese_more", 345, "三百余件", 300), ("wan", 12300, "1.23万件", 12300), ("wan_more", 52345, "5.2万余件", 52000),
     ("less", 137, "近130件", 130), ("above", 137, "130件以上", 130), ("more", 7, "7件", 7)],
)  # fmt: skip
def test_forms_of_a_count(form: str, value: int, printed: str, labelled: float) -> None:
    written = count(value, "件", form, NONE, "", random.Random(4))
    assert (written.text.replace("多", "余"), written.value, written.unit) == (printed, labelled, "件")
    assert (written.approx is not None) == (labelled != value)


def test_forms_of_percentages_money_and_durations() -> None:
    assert percent(97.4, "chinese", NONE).text == "百分之九十七点四"
    assert percent(100, "chinese", NONE).text == "百分之百"
    below = percent(20, "plain", frozenset({"tens", "under"}))
    assert (below.text, below.value, below.approx) == ("不足两成", 20, "less")
    assert money(1_407_000, "万元", "plain", "").labels() == {
        "quote": "140.7万元", "value": 1_407_000, "unit": "元", "approx": None, "kind": "money"}  # fmt: skip
    assert (money(3.2e8, "亿元", "plain", "").text, money(9e6, "万美元", "plain", "").unit) == ("3.2亿元", "美元")
    days = count(5, "个工作日", "plain", NONE, "", random.Random(1))
    assert (days.text, days.unit, days.kind) == ("5个工作日", "工作日", "duration")
    spread = count(3, "个", "plain", frozenset({"range"}), "", random.Random(1))
    assert spread.value == 3 and re.fullmatch("3[至到—-][456]个", spread.text)


def test_a_page_breaks_lines_and_numbers_and_keeps_the_labels() -> None:
    text = "共受理行政复议申请1234件，审结56件。"
    figures = [{"start": 9, "end": 14, "quote": "1234件"}, {"start": 17, "end": 20, "quote": "56件"}]
    laid = lay_out(text, figures, 10, "— {} —")
    assert laid == "共受理行政复议申请12\n34件，审结56件。"
    assert [figure["quote"] for figure in figures] == ["12\n34件", "56件"]
    long = lay_out("字" * 2000, [], 0, " — {} — ")
    assert long.count(" — ") == 4 and long.replace(" — 1 — ", "").replace(" — 2 — ", "") == "字" * 2000


def test_reports_are_written_with_their_labels_beside_them(tmp_path: Path) -> None:
    main(tmp_path, 2, 7)
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["prose-7.txt", "prose-8.txt"]
    gold = json.loads((tmp_path / "gold" / "prose-8.json").read_text(encoding="utf-8"))
    text = (tmp_path / gold["file"]).read_bytes().decode("utf-8")
    assert text == report(8)[0] and gold["figures"] == report(8)[1]["figures"]
