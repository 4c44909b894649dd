"""What the rules for numerals that are no figures have in common."""

from __future__ import annotations

import re
import string
from collections.abc import Callable

from desktop.model import NumeralClass

Claim = tuple[NumeralClass, int]
"""A class and where it ends: every numeral that begins before that offset has it."""

Rule = Callable[[str, int, int], Claim | None]
"""(flattened text, start, end of the numeral) -> what claims it; line feeds stand around the text."""

DASHES = frozenset("-—–―─－−~～")
BREAKS = frozenset("\n。；;：:！？!?，,、”）)》」］]> …")
LETTERS = frozenset(string.ascii_letters)
_YEAR = re.compile(r"(?:19|20)[0-9]{2}\Z")


def is_year(text: str, start: int, end: int) -> bool:
    """Tell a number that could be a year of our time by its form alone."""
    return end - start == 4 and text[start] in "12" and _YEAR.match(text, start, end) is not None


def a_name(text: str, start: int, end: int) -> Claim | None:
    """Claim the numeral for a name, whatever else stands around it."""
    return "name", end
