"""Finding indicators by Chinese, pinyin initials and English; and which figure is doubtful."""

from __future__ import annotations

import pytest

from db.rows import FigureRow
from desktop import indicators
from desktop.ui.desk.matching import matching
from desktop.ui.desk.order import doubtful, next_doubtful


def figure(number, state="extracted", confidence=1.0):
    return FigureRow(
        number, 1, f"{number}-{number + 1}", number, number + 1, "1件", 1.0, "件", None, "count", None, confidence, (),
        state, "machine",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("行政复议申请", "reconsideration_received"),
        ("xzfysq", "reconsideration_received"),
        ("XZFYSQ", "reconsideration_received"),
        ("reconsideration_received", "reconsideration_received"),
        ("复议 受理", "reconsideration_accepted"),
        ("fines", "fines_amount"),
        ("fmje", "fines_amount"),
    ],
)
def test_the_best_match_comes_first(typed, first):
    assert matching(typed, indicators.load())[0].id == first


def test_nothing_typed_offers_all_and_nonsense_nothing():
    catalogue = indicators.load()
    assert [indicator.id for indicator in matching("  ", catalogue)] == list(catalogue)
    assert matching("qqqqqqq", catalogue) == []


def test_doubtful_figures_come_by_findings_then_confidence_then_place():
    figures = [
        figure(1), figure(2, confidence=0.41), figure(3, "verified", 0.1), figure(4, confidence=0.45),
        figure(5), figure(6, "queried", 0.2), figure(7, "rejected", 0.2), figure(8, confidence=0.2), figure(9, "auto"),
    ]  # fmt: skip
    assert doubtful(figures, {5: 1}) == [5, 8, 2, 4, 1]
    assert next_doubtful(figures, {5: 1}, 5) == 8
    assert next_doubtful([figure(1)], {}, 1) is None
