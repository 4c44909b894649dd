"""Arithmetic inside one report, over whatever of it is stated."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.checks import Checked, Context, check, finding
from desktop.model import Finding

RATES = (
    ("admin_mediation_rate", "admin_mediation_succeeded", "admin_mediation_accepted"),
    ("people_mediation_rate", "people_mediation_succeeded", "people_mediation_accepted"),
    ("disputes_resolved_rate", "disputes_resolved", "disputes_handled"),
    ("litigation_lost_rate", "litigation_lost", "litigation_concluded"),
)
OVER_100 = ("service_time_cut_rate",)
SEVERAL_QUANTITIES = ("regulatory_items", "regulatory_items_rate")  # main items and sub-items share one indicator


@check("rate_of_parts")
def rate_of_parts(context: Context) -> Iterator[Finding]:
    """Raise a finding where a stated rate is not its stated part over its stated whole, rounding understood."""
    for rate_id, part_id, whole_id in RATES:
        for rate in context.of(rate_id):
            part, whole = _nearest(context.of(part_id), rate), _nearest(context.of(whole_id), rate)
            if part is None or whole is None or not whole.value:
                continue
            expected = part.value / whole.value * 100
            if abs(expected - rate.value) > _rounding(rate, part, whole):
                yield finding(
                    "rate_of_parts", "error", (whole, part, rate),
                    part=part.value, whole=whole.value, expected=round(expected, 2), found=rate.value,
                )  # fmt: skip


@check("accepted_of_received")
def accepted_of_received(context: Context) -> Iterator[Finding]:
    """Raise a finding where applications accepted and not accepted add up to more than were received."""
    received, accepted = _first(context, "reconsideration_received"), _first(context, "reconsideration_accepted")
    if received is None or accepted is None:
        return
    rejected = _first(context, "reconsideration_rejected")
    parts = [accepted] if rejected is None else [accepted, rejected]
    total = sum(part.value for part in parts)
    if total > received.value and not any(figure.approx for figure in (received, *parts)):
        yield finding("accepted_of_received", "error", (received, *parts), expected=received.value, found=total)


@check("concluded_of_accepted")
def concluded_of_accepted(context: Context) -> Iterator[Finding]:
    """Raise a finding where more reconsideration cases are concluded than were accepted."""
    return _at_most(context, "concluded_of_accepted", "reconsideration_concluded", "reconsideration_accepted")


@check("lost_of_concluded")
def lost_of_concluded(context: Context) -> Iterator[Finding]:
    """Raise a finding where more lawsuits are lost than were concluded."""
    return _at_most(context, "lost_of_concluded", "litigation_lost", "litigation_concluded")


@check("rate_above_100")
def rate_above_100(context: Context) -> Iterator[Finding]:
    """Raise a finding for a rate above 100% of an indicator that is a share."""
    for figure in context.figures:
        if figure.indicator not in (None, *OVER_100) and figure.unit == "%" and figure.value > 100:
            yield finding("rate_above_100", "error", (figure,), found=figure.value)


@check("stated_twice")
def stated_twice(context: Context) -> Iterator[Finding]:
    """Raise a finding where a quantity that is stated first and again has two values."""
    for indicator, figures in context.by_indicator.items():
        if context.catalogue[indicator].combine != "first" or indicator in SEVERAL_QUANTITIES:
            continue
        alike = {figures[0].unit, *context.catalogue[indicator].units}
        differing = next((f for f in figures[1:] if f.value != figures[0].value and f.unit in alike), None)
        if differing is not None:
            yield finding(
                "stated_twice", "warning", (figures[0], differing),
                indicator=indicator, expected=figures[0].value, found=differing.value,
            )  # fmt: skip


def _at_most(context: Context, check_id: str, part_id: str, whole_id: str) -> Iterator[Finding]:
    part, whole = _first(context, part_id), _first(context, whole_id)
    if part is not None and whole is not None and part.value > whole.value and not (part.approx or whole.approx):
        yield finding(check_id, "warning", (part, whole), expected=whole.value, found=part.value)


def _first(context: Context, indicator: str) -> Checked | None:
    return next(iter(context.of(indicator)), None)


def _nearest(figures: list[Checked], rate: Checked) -> Checked | None:
    return min(figures, key=lambda f: abs(f.start - rate.start), default=None)


def _rounding(rate: Checked, part: Checked, whole: Checked) -> float:
    """Return how far a rate may lie from its ratio: half its last printed digit, more where a part is rounded."""
    if part.approx or whole.approx:
        return 5.0
    digits = f"{rate.value:g}".partition(".")[2]
    return float(0.51 * 10.0 ** -len(digits))
