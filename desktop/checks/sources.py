"""Checks of which sources a report was read from."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.checks import Context, check, finding
from desktop.model import Finding


@check("same_source")
def same_source(context: Context) -> Iterator[Finding]:
    """Raise a finding where another source of the district and year has the same text: one report in two files."""
    if context.twins:
        yield finding("same_source", "notice", sources="、".join(context.twins))


@check("same_district_year")
def same_district_year(context: Context) -> Iterator[Finding]:
    """Raise a finding where another source reports on the same district and year: one of them counts."""
    others = [name for name in context.siblings if name not in context.twins]
    if others:
        yield finding("same_district_year", "notice", sources="、".join(others))
