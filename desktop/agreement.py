"""How far reviewers agree who read the same without knowing of each other: share, Cohen's kappa, Krippendorff's alpha.

All three are nominal: a number of a table is the report's or it is not, and one that is wrong by one is no nearer to
right than one that is wrong tenfold. docs/agreement.md says what is compared and how the intervals are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, permutations
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.shares import wilson

if TYPE_CHECKING:
    import numpy

    Array = numpy.ndarray[Any, numpy.dtype[numpy.float64]]

SEED, RESAMPLES = 20241, 1000
TINY = 1e-9
LIKELY = (2.5, 97.5)  # percentiles of what was resampled
FEWEST_REPORTS = 5  # with fewer there is nothing to draw from
AT_ONCE = 2_000_000  # numbers in memory while resampling
ENOUGH_SLOTS = 5  # with fewer, nothing is said of an indicator
SLIPS = 1  # that many anybody makes
RELIED_ON = 0.8  # Krippendorff's own bound for what may be relied on


class Slot(NamedTuple):
    """One (district, year, indicator) that two or more coded: what each said, and the report that it was read in."""

    report: int
    said: Mapping[str, Hashable]


class Estimate(NamedTuple):
    """A number, None where it is not defined, and its 95% interval, None where there is too little to say."""

    value: float | None
    low: float | None = None
    high: float | None = None


class Degree(NamedTuple):
    """How far some slots agree: all who coded one of the `alike` said the same; the share's interval is Wilson's."""

    reports: int
    slots: int
    alike: int
    share: Estimate
    kappa: Estimate
    alpha: Estimate


def degree(slots: Sequence[Slot]) -> Degree:
    """Return how far reviewers agree on some slots; kappa adds up the pairs of reviewers, each with its own chance."""
    alike = sum(len(set(slot.said.values())) == 1 for slot in slots)
    share = Estimate(alike / len(slots), *wilson(alike, len(slots))) if slots else Estimate(None)
    reports = len({slot.report for slot in slots})
    points = kappa(slots), alpha(slots)
    if reports < FEWEST_REPORTS or points == (None, None):
        return Degree(reports, len(slots), alike, share, Estimate(points[0]), Estimate(points[1]))
    drawn = _Resampled(slots)
    intervals = drawn.interval(drawn.kappas()), drawn.interval(drawn.alphas())
    estimates = [Estimate(p, *(i if p is not None else ())) for p, i in zip(points, intervals, strict=True)]
    return Degree(reports, len(slots), alike, share, estimates[0], estimates[1])


def kappa(slots: Iterable[Slot]) -> float | None:
    """Return Cohen's kappa; of several pairs of reviewers, what all exceed chance by over what they could exceed it by.

    None where chance alone agrees always: nobody ever said anything else.
    """
    above = room = 0.0
    for pairs in _by_pair(slots).values():
        first, second = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
        chance = sum(count * second[said] for said, count in first.items()) / len(pairs)
        above += sum(one == other for one, other in pairs) - chance
        room += len(pairs) - chance
    return above / room if room > TINY else None


def alpha(slots: Iterable[Slot]) -> float | None:
    """Return Krippendorff's alpha for nominal data: any number of reviewers, each of whom may have left slots out.

    K. Krippendorff, Content Analysis (2013), ch. 12. None where nobody ever said anything else.
    """
    said: Counter[Hashable] = Counter()
    observed = 0.0
    for slot in slots:
        said.update(slot.said.values())
        observed += _disagreement(slot)
    total = said.total()
    expected = total * total - sum(count * count for count in said.values())
    return 1 - (total - 1) * observed / expected if expected else None


def by_pair(slots: Iterable[Slot]) -> dict[tuple[str, str], list[Slot]]:
    """Return the slots that each two reviewers both coded, with what these two said, by their names in order."""
    found: dict[tuple[str, str], list[Slot]] = {}
    for slot in slots:
        for one, other in combinations(sorted(slot.said), 2):
            both = {one: slot.said[one], other: slot.said[other]}
            found.setdefault((one, other), []).append(Slot(slot.report, both))
    return dict(sorted(found.items()))


def unclear(indicators: Mapping[str, Degree]) -> list[str]:
    """Return the indicators that reviewers do not read alike, those first of which that is surest.

    They have enough slots, more than one of them in dispute, and an alpha below what may be relied on; the lower bound
    of the share on which they differ orders them, so that three of five do not come before forty of fifty.
    """
    doubtful = {
        name: wilson(found.slots - found.alike, found.slots)[0]
        for name, found in indicators.items()
        if found.slots >= ENOUGH_SLOTS
        and found.slots - found.alike > SLIPS
        and found.alpha.value is not None
        and found.alpha.value < RELIED_ON
    }
    return sorted(doubtful, key=lambda name: (-doubtful[name], name))


def estimate_words(estimate: Estimate) -> str:
    """Return an estimate with its interval as people write it: 0.93 (0.88, 0.96); a dash where it is not defined."""
    if estimate.value is None:
        return "—"
    told = f"{estimate.value:z.2f}"  # z: what rounds to nought has no sign
    if estimate.low is None or estimate.high is None:
        return told
    return f"{told} ({estimate.low:z.2f}, {estimate.high:z.2f})"


def _by_pair(slots: Iterable[Slot]) -> dict[tuple[str, str], list[tuple[Hashable, Hashable]]]:
    return {pair: [(s.said[pair[0]], s.said[pair[1]]) for s in found] for pair, found in by_pair(slots).items()}


def _disagreement(slot: Slot) -> float:
    """Return how many of a slot's ordered pairs differ, weighted so that each thing said counts once."""
    said = list(slot.said.values())
    return sum(one != other for one, other in permutations(said, 2)) / (len(said) - 1)


def _quotient(above: Array, below: Array) -> Array:
    """Return one over the other, not a number where the other is nought but for rounding."""
    import numpy

    made: Array = numpy.full(len(above), numpy.nan)
    return numpy.divide(above, below, out=made, where=below > TINY)


class _Resampled:
    """The slots of as many reports, drawn from these with replacement, RESAMPLES times.

    Whole reports are drawn, since slots of one report hang together; the same slots always give the same draws.
    """

    def __init__(self, slots: Sequence[Slot]) -> None:
        import numpy

        self._slots = slots
        self._rows = {report: row for row, report in enumerate(sorted({slot.report for slot in slots}))}
        many = len(self._rows)
        chance = numpy.random.default_rng(SEED)
        self._times: Array = chance.multinomial(many, [1 / many] * many, size=RESAMPLES).astype(float)

    def kappas(self) -> Array:
        """Return kappa of each draw, not a number where it has none."""
        import numpy

        above, room = numpy.zeros(RESAMPLES), numpy.zeros(RESAMPLES)
        for pair, slots in by_pair(self._slots).items():
            total = self._summed((slot.report, 1.0) for slot in slots)
            agreed = self._summed((slot.report, 1.0) for slot in slots if len(set(slot.said.values())) == 1)
            first, second = ([(slot.report, slot.said[name]) for slot in slots] for name in pair)
            chance = self._products(first, second) / numpy.maximum(total, 1.0)
            above += agreed - chance
            room += total - chance
        return _quotient(above, room)

    def alphas(self) -> Array:
        """Return alpha of each draw, not a number where it has none."""
        said = [(slot.report, value) for slot in self._slots for value in slot.said.values()]
        total = self._summed((report, 1.0) for report, _ in said)
        observed = self._summed((slot.report, _disagreement(slot)) for slot in self._slots)
        expected = total * total - self._products(said, said)
        return 1 - _quotient((total - 1) * observed, expected)

    @staticmethod
    def interval(drawn: Array) -> tuple[float, float] | tuple[()]:
        """Return the percentiles between which 95% of the draws lie; nothing where half of them have no number."""
        import numpy

        defined = drawn[~numpy.isnan(drawn)]
        if len(defined) < RESAMPLES / 2:
            return ()
        low, high = numpy.percentile(defined, LIKELY)
        return float(low), float(high)

    def _summed(self, counted: Iterable[tuple[int, float]]) -> Array:
        """Return for each draw the sum of some numbers, each of a report."""
        import numpy

        sums = numpy.zeros(len(self._rows))
        for report, number in counted:
            sums[self._rows[report]] += number
        made: Array = self._times @ sums
        return made

    def _products(self, one: Sequence[tuple[int, Hashable]], other: Sequence[tuple[int, Hashable]]) -> Array:
        """Return for each draw the sum, over all that is said, of how often the one says it times the other does."""
        import numpy

        made: Array = numpy.zeros(RESAMPLES)
        for columns in self._columns({said for _, said in one} & {said for _, said in other}):
            made += (self._counts(one, columns) * self._counts(other, columns)).sum(axis=1)
        return made

    def _counts(self, said: Iterable[tuple[int, Hashable]], columns: Mapping[Hashable, int]) -> Array:
        import numpy

        counts = numpy.zeros((len(self._rows), len(columns)))
        for report, value in said:
            if value in columns:
                counts[self._rows[report], columns[value]] += 1
        made: Array = self._times @ counts
        return made

    def _columns(self, values: Iterable[Hashable]) -> Iterator[dict[Hashable, int]]:
        """Yield all values some at a time, each with its column."""
        ordered = sorted(values, key=repr)
        some = max(AT_ONCE // max(RESAMPLES, len(self._rows)), 1)
        for at in range(0, len(ordered), some):
            yield {value: column for column, value in enumerate(ordered[at : at + some])}
