"""The scorer itself: what it counts as found, named, right, and how it bins confidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop import districts, indicators
from desktop.model import Extraction, Facts, Figure, Kind, Numeral
from tests.scoring import Scores, add, calibration, form_of, match, overlap, read_folder, same, score, squeeze

CATALOGUE = indicators.load()
NO_FACTS = {"district": None, "adcode": None, "year": None, "title": None, "doc_number": None, "issuer": None}


def gold(start: int, end: int, value: float, indicator: str | None = None, **more: Any) -> dict[str, Any]:
    labels = {"unit": "件", "approx": None, "kind": "count", "indicator": indicator, "optional": False}
    return {"start": start, "end": end, "value": value, **labels, **more}


def said(
    start: int, end: int, value: float, indicator: str | None = None, confidence: float = 0.99, kind: Kind = "count"
) -> Figure:
    return Figure(start, end, value, "件", None, kind, indicator, confidence)


def scored(
    labels: list[dict[str, Any]], figures: list[Figure], facts: Facts | None = None, **gold_facts: Any
) -> Scores:
    scores = Scores()
    found = Extraction(facts or Facts(), tuple(figures), (Numeral(0, 1, "figure"), Numeral(2, 3, "open")))
    add(scores, "here", "x" * 200, {**NO_FACTS, **gold_facts, "figures": labels}, found, CATALOGUE)
    return scores


def test_a_figure_is_found_where_half_of_both_spans_is_shared_and_the_value_is_the_same() -> None:
    labels = [gold(10, 14, 5), gold(20, 24, 6), gold(30, 34, 7), gold(40, 44, 8)]
    figures = [said(10, 12, 5), said(20, 21, 6), said(30, 34, 9), said(40, 48, 8)]
    scores = scored(labels, figures)
    assert (scores.figures.hit, scores.figures.said, scores.figures.gold) == (2, 4, 4)
    assert scores.figures.precision == scores.figures.recall == scores.figures.f1 == 0.5
    assert scores.errors["figure that is none"] == 2


def test_one_figure_answers_one_label_and_the_one_of_the_right_indicator_first() -> None:
    figures = [said(10, 14, 5, "permits"), said(10, 14, 5, "penalties")]
    assert match(figures, [gold(10, 14, 5, "penalties")]) == {0: 1}
    assert match(figures[:1], [gold(10, 14, 5), gold(10, 14, 5)]) in ({0: 0}, {1: 0})


def test_names_count_only_figures_that_have_one() -> None:
    labels = [gold(0, 2, 1, "permits"), gold(10, 12, 2, "penalties"), gold(20, 22, 3), gold(30, 32, 4)]
    figures = [said(0, 2, 1, "permits"), said(10, 12, 2, "permits"), said(20, 22, 3, "inspections"), said(30, 32, 4)]
    scores = scored(labels, figures)
    assert (scores.names.hit, scores.names.said, scores.names.gold) == (1, 3, 2)
    permits = scores.by_indicator["permits"]
    assert (permits.hit, permits.said, permits.gold) == (1, 2, 1)
    assert scores.by_indicator["penalties"].recall == 0
    assert set(scores.errors) >= {"penalties taken for permits", "named though null (null): inspections"}
    assert "penalties taken for permits" in scores.worst()


def test_optional_figures_are_neither_rewarded_nor_punished() -> None:
    labels = [gold(0, 2, 1, "permits", optional=True)]
    for figures in ([], [said(0, 2, 1, "permits")], [said(0, 3, 9)]):
        scores = scored(labels, figures)
        assert scores.figures.said == scores.figures.gold == scores.cells.said == scores.cells.gold == 0
        assert not scores.confidences


def test_cells_take_the_first_or_the_sum() -> None:
    labels = [gold(0, 2, 5, "permits"), gold(10, 12, 5, "permits"), gold(20, 22, 2, "emergency_plans"),
              gold(30, 32, 3, "emergency_plans")]  # fmt: skip
    right = [said(label["start"], label["end"], label["value"], label["indicator"]) for label in labels]
    assert scored(labels, right).cells.hit == 2
    without = scored(labels, [right[1], right[2]]).cells
    assert (without.hit, without.said, without.gold) == (1, 2, 2)


def test_units_approximations_and_kinds_are_shares_of_what_was_found() -> None:
    labels = [
        gold(0, 2, 1),
        gold(10, 12, 2, unit="份"),
        gold(20, 22, 3, approx="more", kind="percent"),
        gold(30, 32, 4),
    ]
    scores = scored(labels, [said(0, 2, 1), said(10, 12, 2), said(20, 22, 3)])
    assert (scores.share("unit"), scores.share("approx"), scores.share("kind")) == pytest.approx((2 / 3, 2 / 3, 2 / 3))


def test_facts_are_compared_without_white_space() -> None:
    facts = Facts(district="霁川区", year=2024, title="霁川区\n年度报告", issuer="甲、乙")
    scores = scored([], [], facts, district="霁川区", year=2023, title="霁川区年度报告", issuer="甲 乙")
    assert (scores.facts.hit, scores.facts.gold) == (5, 6)
    assert list(scores.errors) == ["fact year"]
    assert squeeze(" 甲、\n乙") == "甲乙" and squeeze(2024) == 2024


def test_confidence_is_held_against_place_value_and_indicator_null_included() -> None:
    labels = [gold(0, 2, 1, "permits"), gold(10, 12, 2), gold(20, 22, 3), gold(30, 32, 4, "permits")]
    figures = [said(0, 2, 1, "permits", 0.99), said(10, 12, 2, None, 0.96), said(20, 22, 3, "permits", 0.97),
               said(30, 32, 4, None, 0.3), said(50, 52, 9, None, 1.0)]  # fmt: skip
    measured = calibration(scored(labels, figures))
    assert [(b.low, b.high, b.count) for b in measured.bins if b.count] == [
        (0.0, 0.5, 1),
        (0.95, 0.98, 2),
        (0.98, 1.0, 2),
    ]
    assert [b.right for b in measured.bins if b.count] == [0, 0.5, 0.5]
    assert (measured.sure, measured.sure_right) == (0.8, 0.5)
    assert (measured.named_sure, measured.named_sure_right) == (1, 0.5)


def test_the_share_of_open_numerals_is_told() -> None:
    assert scored([], []).open == 0.5


def test_nothing_at_all_scores_nothing_and_divides_by_nothing() -> None:
    empty = Scores()
    assert empty.figures.f1 == empty.names.precision == empty.share("unit") == empty.open == 0
    assert calibration(empty).sure_right == 0 and empty.worst() == ""


@pytest.mark.parametrize(
    ("quote", "kind", "form"),
    [
        ("151件", "count", "plain (151件)"),
        ("7 8项", "count", "space before the unit"),
        ("3,15\n6人", "count", "broken over a line"),
        ("十一项", "count", "Chinese numerals"),
        ("近三成", "percent", "Chinese numerals"),
        ("百分之九十五", "percent", "Chinese numerals"),
        ("３５件", "count", "full-width digits"),
        ("8,640件", "count", "thousands separator"),
        ("12万余条", "count", "scaled (1.2万件)"),
        ("140.7万元", "money", "money"),
        ("130余项", "count", "with a modifier (余, 约, 超, 以上)"),
        ("约130项", "count", "with a modifier (余, 约, 超, 以上)"),
        ("36.5%", "percent", "percentage"),
        ("2.5小时", "duration", "duration"),
        ("3至5个", "count", "range (3至5个)"),
        ("1906", "count", "unit at the end of a list"),
    ],
)
def test_the_form_of_a_figure(quote: str, kind: str, form: str) -> None:
    assert form_of(quote, gold(0, len(quote), 1, kind=kind)) == form


def test_overlap_and_equality_of_values() -> None:
    assert overlap(0, 4, 2, 6) == pytest.approx(1 / 3)
    assert overlap(0, 2, 5, 7) == 0
    assert same(1e6, 1e6 + 0.5) and not same(1, 1.01)


def test_a_folder_of_labelled_reports_is_read_and_scored(tmp_path: Path) -> None:
    (tmp_path / "gold").mkdir()
    text = "霁川区2024年收到行政复议申请151件。"
    (tmp_path / "a.txt").write_bytes(text.encode())
    labels = '{"file": "a.txt", "district": "霁川区", "adcode": null, "year": 2024, "title": null, "doc_number": null, '
    labels += '"issuer": null, "figures": [{"start": 17, "end": 21, "value": 151, "unit": "件", "approx": null, '
    labels += '"kind": "count", "indicator": "reconsideration_received", "optional": false}]}'
    (tmp_path / "gold" / "a.json").write_text(labels, encoding="utf-8")
    scores = score(read_folder(tmp_path), CATALOGUE, districts.load())
    assert scores.reports == scores.names.hit == scores.cells.hit == 1
