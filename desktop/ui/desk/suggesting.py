"""What a figure may be instead, best first: offered before anything is typed."""

from __future__ import annotations

import contextlib

from db.rows import FigureRow
from desktop import workflow
from desktop.errors import UserError
from desktop.indicators import Catalogue, Indicator
from desktop.ui.desk.opened import Opened
from desktop.ui.wording import plain_number

OFFERED = 9
NEAR, FAR, BEHIND = 24, 90, 6  # characters before the figure that count whole and half, and behind it
SAME_UNIT, STATED = 0.6, 0.4


def likely(opened: Opened, figure: FigureRow, catalogue: Catalogue) -> list[str]:
    """Return the ids of the indicators whose names share most with the words around a figure and that fit its unit.

    What the report states already counts less where it is stated once.
    """
    text = opened.text
    near = text[max(0, figure.start - NEAR) : figure.end + BEHIND]
    far = text[max(0, figure.start - FAR) : figure.end + BEHIND]
    stated = {f.indicator for f in opened.figures if f.state != "rejected" and f.id != figure.id}
    scored = []
    for indicator in catalogue.values():
        pairs = _pairs(indicator.name_zh)
        score = sum((pair in near) + (pair in far) for pair in pairs) / max(len(pairs), 1)
        score += SAME_UNIT if _fits(indicator, figure.unit) else 0.0
        score -= STATED if indicator.id in stated and indicator.combine == "first" else 0.0
        scored.append((-score, indicator.id))
    return [indicator for _, indicator in sorted(scored)[:OFFERED]]


def values(figure: FigureRow) -> list[str]:
    """Return other values that the printed words, or the machine, give a figure, as a person would type them."""
    found = [figure.machine.value] if figure.machine is not None else []
    with contextlib.suppress(UserError):
        found.append(workflow.read_selection(figure.quote, 0, len(figure.quote)).value)
    return [plain_number(value) for value in dict.fromkeys(found) if value != figure.value]


def units(figure: FigureRow, catalogue: Catalogue) -> list[str]:
    """Return other units that a figure may have: the printed one, the machine's, and those of its indicator."""
    printed = figure.quote.lstrip("0123456789０１２３４５６７８９.,，约超近逾多余 〇零一二两三四五六七八九十百千万亿")
    known = catalogue.get(figure.indicator) if figure.indicator else None
    found = [printed, figure.machine.unit if figure.machine else ""]
    found += [known.unit, *known.units] if known is not None else []
    return [unit for unit in dict.fromkeys(found) if unit and unit != figure.unit][:5]


def _fits(indicator: Indicator, unit: str) -> bool:
    return unit == indicator.unit or unit in indicator.units


def _pairs(name: str) -> set[str]:
    return {name[i : i + 2] for i in range(len(name) - 1)}
