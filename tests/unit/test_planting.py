"""The generator of planted errors: one number wrong, and by the text's own word; most of them are found."""

import difflib
import re

import pytest

from tests import planting
from tests.bench import planted as bench
from tests.planting import CHECKS, IN_PLACE, OWN, base, broken, misprint, planted, planted_in_own, sentences

SEEDS = range(12)
PLANTED = [kind for kind in CHECKS if kind not in IN_PLACE]


def plant(kind, seed):
    return (planted_in_own if kind in OWN else planted)(kind, seed)


@pytest.mark.parametrize("kind", PLANTED)
def test_one_number_is_wrong(kind):
    for seed in SEEDS:
        told = plant(kind, seed)
        at = next(k for k, (good, bad) in enumerate(zip(told.clean, told.text, strict=False)) if good != bad)
        assert told.start <= at <= told.start + 8
        assert re.match(r"[\d０-９,，.．]", told.text[told.start])
        changed = difflib.SequenceMatcher(None, told.clean[at - 9 : at + 9], told.text[at - 9 : at + 9])
        assert changed.ratio() > 0.7
        assert plant(kind, seed) == told


def test_what_is_broken_is_broken_by_what_is_said():
    assert broken("rate", {"a": 891, "t": 918, "r": 97.2}, 1, 0)
    assert not broken("rate", {"a": 891, "t": 918, "r": 97.1}, 1, 0)
    assert not broken("rate", {"a": 891, "t": 918, "r": 97.0}, 1, 0)  # cut off
    assert broken("received", {"t": 61, "a": 40, "b": 20}, 0, 0)
    assert not broken("parts more than the total", {"t": 61, "a": 40, "b": 20}, 0, 0)
    assert broken("parts more than the total", {"t": 61, "a": 40, "b": 22}, 0, 0)
    assert broken("change", {"t": 187, "l": 151, "n": 12.4}, 0, 1)
    assert not broken("change", {"t": 187, "l": 151, "n": 23.8}, 0, 1)


def test_a_misprint_is_another_number():
    rng = planting.random.Random(1)
    for _ in range(200):
        wrong = misprint("1205", rng)
        assert wrong != "1205" and wrong[0] != "0" and len(wrong) in (4, 5)


def test_every_kind_has_sentences_or_reports():
    assert set(sentences()) | set(OWN) | set(IN_PLACE) == set(CHECKS)
    assert base(0) == base(0) and base(0) != base(1)


@pytest.mark.parametrize("kind", CHECKS)
def test_most_are_found(kind):
    found = sum(bench.search(kind, seed).found for seed in SEEDS)
    assert found >= len(SEEDS) * (0.6 if kind == "parts that are listed" else 0.9) - 1


def test_clean_reports_raise_little():
    alarms = [finding.check for seed in range(20) for finding in bench.raised(bench.read(base(seed)[0]))]
    assert len(alarms) <= 2, alarms
