"""The report on the review that comes along with every export, against decisions made for it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from db import queries
from desktop import workflow
from desktop.paths import samples
from desktop.progress import Progress
from desktop.shares import wilson


def rows(path: Path) -> dict[tuple[str, str], list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as source:
        return {(row[0], row[1]): row[2:] for row in csv.reader(source)}


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_the_published_one(count: int, total: int, low: float, high: float) -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
    assert wilson(count, total) == pytest.approx((low, high), abs=5e-5)


def test_nothing_sampled_says_nothing() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_it_says_how_often_the_machine_was_right_and_what_error_is_left(tmp_path: Path) -> None:
    with workflow.open_store(tmp_path / "study.hebao") as store:
        workflow.import_paths(store, sorted(samples().glob("*.txt"))[:1], Progress())
        report = queries.reports(store)[0]
        named = [f for f in queries.figures(store, report.id) if f.indicator is not None]
        workflow.accept(store, named[0].id, reviewer="王敏")
        workflow.correct_value(store, named[1].id, "7", reviewer="王敏")
        workflow.reject(store, named[2].id, reviewer="李强")
        for figure, typed in zip(named[3:6], ("right", "right", None), strict=True):
            seen = None if typed is None else f"{figure.value:.15g}"
            workflow.spot_check(store, figure.id, seen, reviewer="李强")
        workflow.spot_check(store, named[6].id, None, reviewer="李强")
        workflow.undo(store, reviewer="李强")  # what was taken back tells nothing
        _, _, _, review = workflow.export(store, tmp_path / "t.csv", state="all")
    told = rows(review)
    right = [key for key, row in told.items() if key[0] == "machine_right" and row[0] != "0"]
    assert {key[1] for key in right} == {named[0].indicator, named[3].indicator, named[4].indicator}
    wrong = {key[1]: row[:2] for key, row in told.items() if key[0] == "machine_right" and row[0] == "0"}
    assert wrong == {named[1].indicator: ["0", "1"], named[2].indicator: ["0", "1"]}
    low, high = wilson(1, 3)
    assert told["residual_error", ""] == ["1", "3", str(1 / 3), str(low), str(high)]
    assert told["verified_by", "王敏"][0] == "2"
