"""Finding indicators by Chinese, pinyin initials and English."""

from __future__ import annotations

import pytest

from desktop import indicators
from desktop.ui.desk.matching import matching


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
