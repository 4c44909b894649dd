"""The course of cases: what is received, accepted, concluded and lost; and parts of one indicator in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop.checks import Checked, Context, check, finding, relations
from desktop.checks.ranges import Range, Relation, stated, total
from desktop.checks.relations import AtMost
from desktop.checks.saying import UNCLAIMED, Sentence, segment, sentences
from desktop.model import Finding, Severity

RECEIVED, ACCEPTED, REJECTED = "reconsideration_received", "reconsideration_accepted", "reconsideration_rejected"


@check("accepted_of_received")
def accepted_of_received(context: Context) -> Iterator[Finding]:
    """Raise a finding where applications accepted and not accepted do not make those that were received."""
    told: set[Checked] = set()
    for passage in _passages(context, RECEIVED, ACCEPTED):
        received, accepted, rejected = (_first(passage, name) for name in (RECEIVED, ACCEPTED, REJECTED))
        if received is None or accepted is None or received in told:
            continue
        parts = (accepted,) if rejected is None else (accepted, rejected)
        found = sum(part.value for part in parts)
        made, whole = total([stated(part, context) for part in parts]), stated(received, context)
        over = sum(_carried(passage))
        short = rejected is not None and not over and not _left_over(passage, received.value - found)
        if made.above(Range(whole.low, whole.high + over)) or (short and whole.above(made)):
            told.add(received)
            severity: Severity = "error" if made.above(whole) else "notice"
            yield finding("accepted_of_received", severity, (received, *parts), expected=received.value, found=found)


@check("concluded_of_accepted")
def concluded_of_accepted(context: Context) -> Iterator[Finding]:
    """Raise a finding where more reconsideration cases are concluded than were accepted and carried over."""
    rule = AtMost("reconsideration_concluded", ACCEPTED, carried=True)
    return _more_than(context, "concluded_of_accepted", rule, _passages(context, *rule[:2]))


@check("lost_of_concluded")
def lost_of_concluded(context: Context) -> Iterator[Finding]:
    """Raise a finding where more lawsuits are lost than were concluded."""
    rule = AtMost("litigation_lost", "litigation_concluded", carried=False)
    return _more_than(context, "lost_of_concluded", rule, _passages(context, *rule[:2]))


@check("part_above_whole")
def part_above_whole(context: Context) -> Iterator[Finding]:
    """Raise a finding where an indicator is more than another one that it is a part of."""
    for rule in relations.load().at_most:
        yield from _more_than(context, "part_above_whole", rule, _segments(context, *rule[:2]))


def closing(context: Context) -> Iterator[Relation]:
    """Yield the totals of one indicator that others make, where they are stated in one passage and do make it."""
    for rule in (*relations.load().sums, relations.Total(RECEIVED, (ACCEPTED, REJECTED))):
        for passage in _passages(context, rule.total, *rule.parts):
            figures = [figure for name in (rule.total, *rule.parts) if (figure := _first(passage, name)) is not None]
            if len(figures) <= len(rule.parts):
                continue
            made = total([stated(part, context) for part in figures[1:]])
            relation = Relation(tuple(figures), made, stated(figures[0], context))
            if relation.closes:
                yield relation


def _more_than(context: Context, check_id: str, rule: AtMost, passages: Iterable[Sentence]) -> Iterator[Finding]:
    """Yield a finding where every figure of the part is more than any of the whole in one passage."""
    told: set[Checked] = set()
    for passage in passages:
        part, whole = _least(passage, rule.part, context), _greatest(passage, rule.whole, context)
        if part is None or whole is None or part in told or not relations.load().alike(part.unit, whole.unit):
            continue
        most, over = stated(whole, context), sum(_carried(passage)) if rule.carried else 0
        if stated(part, context).above(Range(most.low, most.high + over)):
            told.add(part)
            severity: Severity = "warning" if rule.carried else "error"
            yield finding(
                check_id, severity, (part, whole),
                part=rule.part, whole=rule.whole, expected=whole.value, found=part.value,
            )  # fmt: skip


def _passages(context: Context, *indicators: str) -> Iterator[Sentence]:
    """Yield the sentences that state the first of some indicators, alone, then with the one before and after."""
    said, numbers = sentences(context), _stating(context, *indicators)
    yield from (said[number] for number in numbers)
    firsts = sorted({first for number in numbers for first in (number - 1, number)} - {-1, len(said) - 1})
    yield from ((*said[first], *said[first + 1]) for first in firsts)


def _segments(context: Context, *indicators: str) -> Iterator[Sentence]:
    """Yield what stands between ； in the sentences that state the first of some indicators."""
    said = sentences(context)
    for sentence in (said[number] for number in _stating(context, *indicators)):
        starts = sorted({segment(sentence, index).start for index in range(len(sentence))})
        yield from (sentence[each.start : each.stop] for each in (segment(sentence, start) for start in starts))


def _stating(context: Context, *indicators: str) -> list[int]:
    """Return the numbers of the sentences that state the first of some indicators, if all are stated."""
    if not all(context.of(indicator) for indicator in indicators):
        return []
    numbers = context.once("numbers", _numbers)
    return sorted({numbers[figure] for figure in context.of(indicators[0])})


def _numbers(context: Context) -> dict[Checked, int]:
    """Return the number of the sentence that each figure stands in."""
    return {said.figure: number for number, sentence in enumerate(sentences(context)) for said in sentence}


def _first(passage: Sentence, indicator: str) -> Checked | None:
    return next((said.figure for said in passage if said.figure.indicator == indicator), None)


def _least(passage: Sentence, indicator: str, context: Context) -> Checked | None:
    return min(_all(passage, indicator), key=lambda figure: stated(figure, context).low, default=None)


def _greatest(passage: Sentence, indicator: str, context: Context) -> Checked | None:
    narrow = relations.load().words["of_some"].search
    wholes = [said.figure for said in passage if said.figure.indicator == indicator and not narrow(said.before)]
    return max(wholes, key=lambda figure: stated(figure, context).high, default=None)


def _all(passage: Sentence, indicator: str) -> list[Checked]:
    return [said.figure for said in passage if said.figure.indicator == indicator]


def _carried(passage: Sentence) -> list[float]:
    """Return what the passage says was carried over into the year."""
    return [said.figure.value for said in passage if "结转" in said.label and "结转下" not in said.label]


def _left_over(passage: Sentence, short: float) -> bool:
    """Return whether the passage says what became of the others, or that something did."""
    text = "".join(said.before for said in passage) + passage[-1].after
    if relations.load().words["left_over"].search(text) or UNCLAIMED.search(text):
        return True
    return any(said.figure.indicator is None and said.figure.value == short for said in passage)
