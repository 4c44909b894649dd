"""Shares, kappa and alpha: against scikit-learn, against other ways of working them out, on reviewers known to err."""

import random
from collections import Counter
from itertools import permutations

import pytest
from sklearn.metrics import cohen_kappa_score

from desktop import agreement
from desktop.agreement import Degree, Estimate, Slot, alpha, degree, estimate_words, kappa, unclear
from desktop.shares import wilson

NAMES = ("李静", "王敏", "赵磊")
# K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, some left out.
TEXTBOOK = """
A 1 2 3 3 2 1 4 1 2 . . .
B 1 2 3 3 2 2 4 1 2 5 . 3
C . 3 3 3 2 3 4 2 2 5 1 .
D 1 2 3 3 2 4 4 1 2 5 1 .
"""


def slots_of(*columns, reports=1):
    """Return slots of which each reviewer said one column, "." for nothing, without those that fewer than two coded."""
    found = []
    for place, row in enumerate(zip(*columns, strict=True)):
        said = {name: value for name, value in zip("ABCD", row, strict=False) if value != "."}
        if len(said) > 1:
            found.append(Slot(place % reports, said))
    return found


def textbook():
    return slots_of(*(line.split()[1:] for line in TEXTBOOK.strip().splitlines()))


def coded(chance, errors, *, reports=60, each=20, kept=1.0):
    """Return what reviewers said who each misread a share of the figures, every misreading another one."""
    found = []
    for report in range(reports):
        for _ in range(each):
            true = chance.randrange(100_000)
            said = {
                name: true if chance.random() >= wrong else chance.randrange(100_000, 900_000)
                for name, wrong in zip(NAMES, errors, strict=False)
                if chance.random() < kept
            }
            if len(said) > 1:
                found.append(Slot(report, said))
    return found


def coincidences(slots):
    """Work alpha out the way the textbook does: a matrix of coincidences, then the share of it off the diagonal."""
    matrix = Counter()
    for slot in slots:
        for one, other in permutations(slot.said.values(), 2):
            matrix[one, other] += 1 / (len(slot.said) - 1)
    margin = Counter()
    for (one, _), count in matrix.items():
        margin[one] += count
    n = sum(margin.values())
    observed = sum(count for (one, other), count in matrix.items() if one != other) / n
    expected = sum(margin[one] * margin[other] for one, other in permutations(margin, 2)) / (n * (n - 1))
    return 1 - observed / expected


def test_alpha_of_the_textbook():
    assert alpha(textbook()) == pytest.approx(0.743, abs=0.0005)


@pytest.mark.parametrize("seed", range(6))
def test_kappa_is_scikit_learns(seed):
    chance = random.Random(seed)
    one = [chance.choice("甲乙丙丁")[: chance.randrange(2)] for _ in range(80)]
    other = [value if chance.random() < 0.6 else chance.choice("甲乙丙丁") for value in one]
    assert kappa(slots_of(one, other)) == pytest.approx(cohen_kappa_score(one, other))


def test_kappa_of_several_pairs_weighs_each_by_what_it_could_exceed_chance_by():
    chance = random.Random(3)
    columns = [[chance.choice("甲乙") for _ in range(40)] for _ in NAMES]
    above = room = 0.0
    for one, other in ((0, 1), (0, 2), (1, 2)):
        first, second = columns[one], columns[other]
        by_chance = sum(first.count(said) * second.count(said) for said in "甲乙") / 40
        above += sum(a == b for a, b in zip(first, second, strict=True)) - by_chance
        room += 40 - by_chance
    assert kappa(slots_of(*columns)) == pytest.approx(above / room)


@pytest.mark.parametrize("seed", range(6))
def test_alpha_is_that_of_the_coincidences(seed):
    chance = random.Random(seed)
    slots = coded(chance, (0.3, 0.1, 0.5), reports=9, each=4, kept=0.8)
    assert alpha(slots) == pytest.approx(coincidences(slots))


def test_where_nobody_ever_says_anything_else_chance_explains_it_all():
    slots = slots_of("甲" * 8, "甲" * 8, reports=8)
    found = degree(slots)
    assert (found.kappa.value, found.alpha.value) == (None, None)
    assert found.share == (1.0, *wilson(8, 8)) and (found.reports, found.slots, found.alike) == (8, 8, 8)
    assert degree([]).share.value is None and degree([]).kappa.value is None


def test_of_few_reports_no_interval_is_told():
    slots = slots_of("甲乙甲乙", "甲乙乙甲", reports=4)
    assert degree(slots).kappa == (0.0, None, None)
    assert degree([*slots, Slot(4, {"A": "甲", "B": "甲"})]).kappa.low is not None


@pytest.mark.parametrize("errors", [(0.02, 0.05), (0.2, 0.1), (0.1, 0.1, 0.3)])
def test_known_rates_of_error_are_found_again(errors):
    """All agree where none errs: the values are so many that chance explains nothing."""
    found = degree(coded(random.Random(len(errors) * 7), errors))
    right = [1 - wrong for wrong in errors]
    all_right = 1.0
    for one in right:
        all_right *= one
    pairs = [right[a] * right[b] for a in range(len(right)) for b in range(a)]
    of_a_pair = sum(pairs) / len(pairs)
    assert found.share.low <= all_right <= found.share.high
    assert found.kappa.low <= of_a_pair <= found.kappa.high
    assert found.alpha.low <= of_a_pair <= found.alpha.high
    assert found.kappa.high - found.kappa.low < 0.08


def test_chance_is_taken_off_where_few_things_can_be_said():
    """Two guess between two values for a share of the slots and know the rest: kappa is the share that both know."""
    chance, known, slots = random.Random(11), 0.7, []
    for place in range(3000):
        true = chance.choice("有无")
        said = {name: true if chance.random() < known else chance.choice("有无") for name in NAMES[:2]}
        slots.append(Slot(place // 15, said))
    found = degree(slots)
    assert found.kappa.low <= known * known <= found.kappa.high
    assert found.alpha.low <= known * known <= found.alpha.high
    assert found.share.low <= known * known + (1 - known * known) / 2 <= found.share.high


def test_intervals_hold_the_truth_about_as_often_as_they_say(monkeypatch):
    monkeypatch.setattr(agreement, "RESAMPLES", 200)
    chance, inside = random.Random(5), 0
    for _ in range(60):
        found = degree(coded(chance, (0.1, 0.2), reports=30, each=8))
        inside += found.alpha.low <= 0.72 <= found.alpha.high
    assert 50 <= inside <= 60


def test_what_is_resampled_is_what_is_told_when_nothing_is_drawn_twice():
    slots = coded(random.Random(2), (0.3, 0.2, 0.4), reports=12, each=5, kept=0.7)
    drawn = agreement._Resampled(slots)
    drawn._times[:] = 1.0
    assert drawn.kappas()[0] == pytest.approx(kappa(slots))
    assert drawn.alphas()[0] == pytest.approx(alpha(slots))


def test_values_beyond_one_block_are_counted_as_well(monkeypatch):
    slots = coded(random.Random(4), (0.3, 0.2), reports=10, each=5)
    whole = degree(slots)
    monkeypatch.setattr(agreement, "AT_ONCE", 3 * agreement.RESAMPLES)
    assert degree(slots).alpha == pytest.approx(whole.alpha) and degree(slots).kappa == pytest.approx(whole.kappa)


def test_the_same_slots_give_the_same_intervals():
    slots = coded(random.Random(1), (0.3, 0.2), reports=8, each=5)
    assert degree(slots) == degree(list(slots))


def test_indicators_that_differ_most_surely_come_first_and_few_slots_say_nothing():
    def of(alike, slots):
        column = [str(n) for n in range(slots)]
        return degree(slots_of(column, [*column[:alike], *("x" * (slots - alike))], reports=slots))

    found = {
        "two_of_six": of(4, 6),
        "forty_of_fifty": of(10, 50),
        "all_alike": of(30, 30),
        "too_few": of(1, 4),
        "slip": of(4, 5),
    }
    assert unclear(found) == ["forty_of_fifty", "two_of_six"]


def test_of_nothing_nothing_is_told():
    nothing = Estimate(None)
    assert degree([]) == Degree(0, 0, 0, nothing, nothing, nothing)
    assert estimate_words(nothing) == "—"


def test_what_rounds_to_nought_has_no_sign():
    assert estimate_words(Estimate(-0.001, -0.004, 0.25)) == "0.00 (0.00, 0.25)"
