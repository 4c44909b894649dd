"""What hovering over a point says: where and when, the value as printed, its state, its sentence, its findings."""

from __future__ import annotations

import textwrap

from desktop import charts, workflow
from desktop.text import language, say
from desktop.ui.wording import APPROX_NAMES, STATE_NAMES, number

WIDTH = {"zh": 36, "en": 60}  # letters in a line
LINES = 6  # of a sentence at most


def point_words(line: charts.Line, point: charts.Point, behind: workflow.Behind, spread: charts.Spread | None) -> str:
    """Return all that is to be said of a point, in lines."""
    year = say("year_of_report", year=point.year)
    told = [f"{line.district} · {year} · {line.indicator.name(language())}", _value(line, point, behind)]
    if spread is not None:
        unit = line.indicator.unit
        told.append(
            say(
                "point_among", districts=spread.districts, median=f"{number(spread.median)}{unit}",
                lower=f"{number(spread.lower)}{unit}", upper=f"{number(spread.upper)}{unit}",
            )
        )  # fmt: skip
    for sentence in behind.sentences:
        told += textwrap.wrap(f"“{sentence}”", WIDTH[language()], max_lines=LINES, placeholder="…")
    for finding in behind.findings:
        told += textwrap.wrap(say("point_finding", finding=finding), WIDTH[language()])
    return "\n".join(told)


def _value(line: charts.Line, point: charts.Point, behind: workflow.Behind) -> str:
    state = say(STATE_NAMES[point.state])
    if point.value is None:
        return state
    approx = say(APPROX_NAMES[point.approx]) if point.approx else ""
    value = f"{approx}{number(point.value)} {line.indicator.unit}"
    if behind.printed:
        value = say("point_printed", value=value, printed=say("list_separator").join(behind.printed))
    change = line.change(point)
    if change is not None:
        message = "chart_points" if line.indicator.kind == "percent" else "chart_share"
        value = f"{value} · {say(message if change else 'chart_same', change=change)}"
    return f"{value} · {state}"
