"""Checks of what a text shares with the reports of other districts."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from desktop.checks import Context, check, finding
from desktop.model import Finding


@check("copied_passage")
def copied_passage(context: Context) -> Iterator[Finding]:
    """Raise a finding where paragraphs stand almost word for word in the report of another district.

    One finding for each other report: over the first paragraph, with the figures that are the same there.
    """
    by_report = sorted(context.copies, key=lambda copy: (copy.district, copy.year or 0, copy.start))
    for (district, year), some in itertools.groupby(by_report, key=lambda copy: (copy.district, copy.year)):
        copies = list(some)
        figures = [f for f in context.figures if any(copy.start <= f.start < copy.end for copy in copies)]
        yield finding(
            "copied_passage", "warning", figures, span=(copies[0].start, copies[0].end),
            rests_on=[district, year, [copy.letters for copy in copies]], district=district, year=str(year or "?"),
            n=len(copies), share=round(100 * min(copy.share for copy in copies)),
            numbers=sum(copy.numbers for copy in copies), same=sum(copy.same for copy in copies),
        )  # fmt: skip
