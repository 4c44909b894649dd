"""Figures for which arithmetic closes: what the report says of them agrees with what it says of others."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.checks import Context, arithmetic, parts, rates
from desktop.checks.ranges import Relation


def closed(context: Context) -> frozenset[tuple[int, int]]:
    """Return the (start, end) of the figures that a rate, a total of parts or a course of cases agrees with exactly."""
    return frozenset(
        (figure.start, figure.end) for relation in _relations(context) if relation.closes for figure in relation.figures
    )


def _relations(context: Context) -> Iterator[Relation]:
    for rate in rates.rates(context):
        yield rate.relation(context)
    for told in parts.sums(context):
        if len(told.parts) > 1:
            yield told.relation(context)
    yield from arithmetic.closing(context)
