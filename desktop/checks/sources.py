"""Checks of which sources a report was read from."""

from __future__ import annotations

from collections.abc import Iterator

from desktop.checks import Context, check, finding
from desktop.model import Finding


@check("same_district_year")
def same_district_year(context: Context) -> Iterator[Finding]:
    """Raise a finding where another source reports on the same district and year: one of them counts."""
    if context.siblings:
        yield finding("same_district_year", "notice", sources="、".join(context.siblings))
