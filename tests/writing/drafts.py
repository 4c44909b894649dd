"""A report as it grows: its text, its figures with their labels, and what it has said so far."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from desktop.indicators import Catalogue
from tests.writing.heads import Place
from tests.writing.houses import House
from tests.writing.numbers import Written
from tests.writing.values import World

BREAKS = "\n，。；：、（,;:(“"
CHINESE_DIGITS = frozenset("两零一二三四五六七八九十百千")
HALF_WIDTH = str.maketrans("，：；（）", ",:;()")


@dataclass
class Draft:
    """A report as it grows; `used` are the indicators it has given, `told` the templates that may stand but once."""

    house: House
    place: Place
    world: World
    catalogue: Catalogue
    rng: random.Random
    text: str = ""
    figures: list[dict[str, Any]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)

    def say(self, words: str) -> None:
        """Append words without figures, in the house's punctuation."""
        self.text += words.translate(HALF_WIDTH) if self.house.half_width else words

    def figure(self, written: Written, indicator: str | None, role: str, *, optional: bool = False) -> None:
        """Append a figure and its labels; Chinese numerals stand close, digits where the house sets them apart."""
        gap = self.house.gap
        in_chinese = set(written.text[:2]) <= CHINESE_DIGITS | {written.unit[0]}
        if gap and not in_chinese and self.text[-1:] not in gap + BREAKS:
            self.text += gap
        start = len(self.text)
        self.text += written.text
        self.figures.append({
            "start": start, "end": len(self.text), **written.labels(), "indicator": indicator, "optional": optional,
            "role": role,
        })  # fmt: skip

    def said_once(self) -> set[str]:
        """Return the indicators of which the report has just one figure, an exact one."""
        named = [figure["indicator"] for figure in self.figures if figure["role"] == "level"]
        exact = {figure["indicator"] for figure in self.figures if figure["approx"] is None}
        return {indicator for indicator in exact if named.count(indicator) == 1}

    def settle_narrow(self) -> None:
        """Take the indicator from the figure of one department where the report has a wider one."""
        wide = {figure["indicator"] for figure in self.figures if figure["role"] != "one department"}
        for figure in self.figures:
            if figure["role"] == "one department":
                if figure["indicator"] in wide:
                    figure["indicator"] = None
                wide.add(figure["indicator"])
