"""Which figures make a cell, in words: as they stand now, added up, or as they are printed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from db.rows import FigureRow
from desktop.cells import named_cell
from desktop.indicators import Indicator
from desktop.text import say
from desktop.ui.wording import number, printed

MOST = 6  # addends that are told one by one


def standing(figures: Sequence[FigureRow], anchors: Collection[str]) -> list[FigureRow]:
    """Return the figures of these anchors that count, in text order: not those that are rejected."""
    return [figure for figure in figures if figure.anchor in anchors and figure.state != "rejected"]


def adding_up(figures: Sequence[FigureRow], indicator: Indicator) -> str:
    """Return how figures add up to a cell, “151 件 + 40 件 = 191 件”; a dash for none."""
    cell = named_cell(indicator, figures)
    if cell is None:
        return "—"
    made = f"{number(cell.value)} {cell.unit}"
    addends = [f"{number(figure.value)} {figure.unit}" for figure in figures]
    if addends == [made]:
        return made
    told = " + ".join(addends) if len(addends) <= MOST else say("n_figures", n=len(addends))
    return f"{told} = {made}"


def named(figures: Sequence[FigureRow], anchors: Collection[str], indicator: Indicator) -> str:
    """Return how the figures of these anchors add up to a cell, and how many of them count no more."""
    there = standing(figures, anchors)
    gone = len(anchors) - len(there)
    told = adding_up(there, indicator)
    return told if not gone else f"{told}{say('list_separator')}{say('naming_gone', n=gone)}"


def quoted(figures: Sequence[FigureRow], anchors: Sequence[str]) -> str:
    """Return the figures of these anchors as they are printed, and how many of them have no place."""
    quotes = [f"“{printed(figure.quote)}”" for figure in figures if figure.anchor in anchors]
    lost = len(anchors) - len(quotes)
    return say("list_separator").join([*quotes, *([say("naming_lost", n=lost)] if lost else [])])


def said_of_cell(said: Mapping[str, Any], figures: Sequence[FigureRow], indicator: Indicator | None) -> str:
    """Return what a person said of a cell itself: that it is not reported, its number, or the figures that make it."""
    if "not_reported" in said:
        return say("state_not_reported")
    if "value" in said:
        return f"{number(said['value'])} {indicator.unit if indicator is not None else ''}".rstrip()
    return quoted(figures, said["figures"]) if indicator is None else named(figures, said["figures"], indicator)
