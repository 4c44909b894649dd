"""Floors under how well reports are read: a change that reads worse fails here and shows what broke.

Raise a floor when a score has risen. docs/extraction.md has the scores themselves; packaging/quality.py writes it.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

import pytest

from desktop import districts, indicators, paths
from tests.prose import report
from tests.scoring import Calibration, Report, Scores, calibration, read_folder, score

DATA = Path(__file__).resolve().parents[1] / "data"
GENERATED = 40
# Nobody looks at what is wrong in these: they measure.
NOT_SHOWN = {"unseen"}

FLOORS = {
    "samples": {
        "figures": 1.0, "names_precision": 0.99, "names_recall": 0.985, "cells": 0.985, "unit": 1.0, "approx": 1.0,
        "kind": 1.0, "facts": 1.0, "sure": 0.8, "sure_right": 0.99,
    },
    "styles": {
        "figures": 0.998, "names_precision": 0.96, "names_recall": 0.96, "cells": 0.955, "unit": 0.997,
        "approx": 0.997, "kind": 0.999, "facts": 0.99, "sure": 0.63, "sure_right": 0.98,
    },
    "fresh": {
        "figures": 0.997, "names_precision": 0.98, "names_recall": 0.98, "cells": 0.975, "unit": 0.998,
        "approx": 0.998, "kind": 0.998, "facts": 0.99, "sure": 0.6, "sure_right": 0.985,
    },
    "unseen": {
        "figures": 0.995, "names_precision": 0.965, "names_recall": 0.955, "cells": 0.953, "unit": 0.99,
        "approx": 0.99, "kind": 0.99, "facts": 0.962, "sure": 0.68, "sure_right": 0.98,
    },
    "invented": {
        "figures": 0.998, "names_precision": 0.97, "names_recall": 0.955, "cells": 0.96, "unit": 0.998,
        "approx": 0.998, "kind": 0.998, "facts": 0.99, "sure": 0.63, "sure_right": 0.985,
    },
}  # fmt: skip
MOST_OPEN = 0.02


@functools.cache
def scores(name: str) -> Scores:
    """Return the scores on one set."""
    reports: Iterable[Report]
    if name == "invented":
        reports = ((f"prose-{seed}", *report(seed)) for seed in range(GENERATED))
    else:
        reports = read_folder(paths.samples() if name == "samples" else DATA / name)
    return score(reports, indicators.load(), districts.load())


def measured(of: Scores, confidence: Calibration) -> dict[str, float]:
    """Return each score that has a floor."""
    return {
        "figures": of.figures.f1, "names_precision": of.names.precision, "names_recall": of.names.recall,
        "cells": of.cells.f1, "unit": of.share("unit"), "approx": of.share("approx"), "kind": of.share("kind"),
        "facts": of.facts.recall, "sure": confidence.sure, "sure_right": confidence.sure_right,
    }  # fmt: skip


@pytest.mark.parametrize("name", FLOORS)
def test_no_score_falls_below_its_floor(name: str) -> None:
    of = scores(name)
    values = measured(of, calibration(of))
    below = [f"{what} {values[what]:.4f} < {floor}" for what, floor in FLOORS[name].items() if values[what] < floor]
    errors = "not shown: this set measures" if name in NOT_SHOWN else "\n" + of.worst()
    assert not below, f"{name}: {', '.join(below)}; most frequent errors: {errors}"


@pytest.mark.parametrize("name", FLOORS)
def test_nearly_every_numeral_has_a_class(name: str) -> None:
    assert scores(name).numerals.total() > scores(name).figures.gold / 2
    assert scores(name).open <= MOST_OPEN


def test_every_set_is_there_and_of_the_size_it_should_have() -> None:
    assert {name: scores(name).reports >= 10 for name in FLOORS} == dict.fromkeys(FLOORS, True)
    assert scores("invented").reports == GENERATED
    assert all(scores(name).figures.gold >= 500 for name in FLOORS)
