"""Rates against the part and the whole that the report states beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop.checks import Checked, Context, check, finding, relations
from desktop.checks.changes import is_before, is_change
from desktop.checks.ranges import Range, Relation, share, stated, total
from desktop.checks.saying import MARK, Said, Sentence, segment, sentences
from desktop.model import Finding

_OF_ALL = re.compile("占(?:全部|总)|全部.*占")
_OF_WHOLE = re.compile(r"占[^，；]{0,16}$")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with a part and a whole; `told`: the report says that they belong together, nothing else would do.

    `beside`: the whole is what is stated as such and the part together.
    """

    whole: Checked
    part: Checked
    rate: Checked
    told: bool
    beside: bool = False

    def relation(self, context: Context, slack: float = 0.0) -> Relation:
        """Return what the part and the whole make, and what is stated, `slack` percentage points understood."""
        part, whole = stated(self.part, context), stated(self.whole, context)
        low, high = share(part, total([part, whole]) if self.beside else whole)
        return Relation(
            (self.whole, self.part, self.rate), Range(low - slack, high + slack), stated(self.rate, context)
        )


@check("rate_of_parts")
def rate_of_parts(context: Context) -> Iterator[Finding]:
    """Raise a finding where a stated rate is not its stated part over its stated whole, rounding understood."""
    for rate in rates(context):
        if not rate.relation(context, context.limits.rate_slack).holds:
            part, whole = rate.part.value, rate.whole.value
            yield finding(
                "rate_of_parts", "error", (rate.whole, rate.part, rate.rate),
                part=part, whole=whole, expected=round(part / whole * 100, 2), found=rate.rate.value,
            )  # fmt: skip


@check("rate_above_100")
def rate_above_100(context: Context) -> Iterator[Finding]:
    """Raise a finding for a rate above 100% that is a share of a whole; a plan may be done to more than that."""
    for said in (said for sentence in sentences(context) for said in sentence):
        if said.figure.unit == "%" and said.figure.value > 100 and _is_share(said):
            yield finding("rate_above_100", "error", (said.figure,), found=said.figure.value)


def _is_share(said: Said) -> bool:
    """Return whether a percentage is that of an indicator, or is named as a rate, and can be no more than all."""
    known, indicator = relations.load(), said.figure.indicator
    if is_change(said) or indicator in known.changes_by_nature or known.words["beyond"].search(said.label):
        return False
    return indicator is not None or _stem(said, known.words["rates"].pattern) != ""


def rates(context: Context) -> list[Rate]:
    """Return each rate once, with the part and whole that make it, else with those that the report says do."""
    return context.once("rates", lambda each: list(_rates(each)))


def _rates(context: Context) -> Iterator[Rate]:
    said = sentences(context)
    for number, sentence in enumerate(said):
        before = said[number - 1] if number else ()
        for index, each in enumerate(sentence):
            if each.figure.unit != "%" or is_change(each):
                continue
            possible = [
                rate
                for rate in (*_by_indicator(sentence, index, before), *_by_words(sentence, index, before))
                if stated(rate.whole, context).low > 0
            ]
            closing = next((rate for rate in possible if rate.relation(context).holds), None)
            chosen = closing or next((rate for rate in possible if rate.told), None)
            if chosen is not None:
                yield chosen


def _by_indicator(sentence: Sentence, index: int, before: Sentence) -> Iterator[Rate]:
    """Yield the parts and wholes that the rate's indicator has, in its part of the sentence or in the one before."""
    rate = sentence[index].figure
    rule = relations.load().rates.get(rate.indicator or "")
    if rule is None:
        return
    asked = {rule.part, *rule.wholes}
    own = segment(sentence, index)
    near = [sentence[k].figure for k in own]
    if not any(figure.indicator in asked for figure in near):
        earlier = sentence[: own.start] or before
        near = [earlier[k].figure for k in segment(earlier, len(earlier) - 1)] if earlier else []
    parts = [figure for figure in near if figure.indicator == rule.part]
    part = min(parts, key=lambda figure: abs(figure.start - rate.start), default=None)
    if part is None:
        return
    for number, name in enumerate(rule.wholes):
        wholes = [figure for figure in near if figure.indicator == name]
        if wholes:
            whole = min(wholes, key=lambda figure: abs(figure.start - part.start))
            told = not number and not _is_of_another(sentence, index, part, whole)
            yield Rate(whole, part, rate, told)
            if rule.beside:
                yield Rate(whole, part, rate, told=False, beside=True)


def _is_of_another(sentence: Sentence, index: int, part: Checked, whole: Checked) -> bool:
    """Return whether what stands just before a rate is what it is rather of, or another rate, and no list of rates."""
    stem = _stem(sentence[index], r"\w\w")
    follows = part.start < sentence[index].figure.start
    if index == 0 or (follows and stem and stem in _label_of(sentence, part)):
        return False
    last = sentence[index - 1]
    if last.figure in (part, whole) or "分别" in sentence[index].before + last.before:
        return False
    if is_before(last) or is_change(last):
        return False
    return last.is_percent or relations.load().alike(last.figure.unit, part.unit)


def _label_of(sentence: Sentence, figure: Checked) -> str:
    return next((said.label for said in sentence if said.figure == figure), "")


def _by_words(sentence: Sentence, index: int, before: Sentence) -> Iterator[Rate]:
    """Yield the parts and wholes that the words of the sentence name: 其中A占X%, 发现A，整改B，整改率X%."""
    each, alike = sentence[index], relations.load().alike
    if relations.load().words["of_time"].search(each.before):
        return
    counts = [said for said in sentence[:index] if not said.is_percent and not is_change(said) and not is_before(said)]
    if not counts:
        return
    part = counts[-1]
    own = [said for said in counts[:-1] if alike(said.figure.unit, part.figure.unit)]
    if each.before in ("的", "的比例为", "的比重为") and _OF_WHOLE.search(part.before) and own:
        yield Rate(part.figure, own[-1].figure, each.figure, told=own[-1] is counts[-2])
    clause = MARK.split(each.before)[-1]
    if "占" in clause:
        told = bool(own) and _is_share_of(part, clause, only=len(own) == 1, next_to=own[-1] is counts[-2])
        wholes = [*own[::-1], *(said for said in before if alike(said.figure.unit, part.figure.unit))]
        yield from (Rate(said.figure, part.figure, each.figure, told and said is own[-1]) for said in wholes)
    elif own and sentence[index - 1] is part and (stem := _stem(each, relations.load().words["rates"].pattern)):
        told = sentence[index - 2] is own[-1] and "；" not in part.before + each.before
        told = told and stem in part.label and _is_whole_of(own[-1], stem)
        yield from (Rate(said.figure, part.figure, each.figure, told and said is own[-1]) for said in own[::-1])


def _is_share_of(part: Said, clause: str, *, only: bool, next_to: bool) -> bool:
    """Return whether 占 is said of the part beside it, and of which whole is plain: the one, or the one of 其中."""
    subject = clause.partition("占")[0]
    if subject and not any(subject[k : k + 2] in part.label for k in range(len(subject) - 1)):
        return False
    return ("其中" in part.before and next_to) or (only and _OF_ALL.search(clause) is not None)


def _stem(rate: Said, stems: str) -> str:
    """Return what a rate is of (整改率 -> 整改), empty where it is none of `stems`."""
    found = re.search(rf"({stems})率(?:达到?|为|是|约|保持|仅)*$", rate.before)
    return found[1] if found else ""


def _is_whole_of(whole: Said, stem: str) -> bool:
    """Return whether a figure can be all that was to be done: of hearings it must be said (应出庭)."""
    if stem == "出庭":
        return "应" in whole.label.replace("应诉", "")
    return relations.load().words["rates"].search(whole.label) is None
