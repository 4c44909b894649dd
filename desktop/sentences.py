"""The sentence in which a figure stands, as a person would quote it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

ENDS = "。！？!?；;"
INDENTS = " 　\t"
LONGEST = 300
SHORT = 20  # a line shorter than that is no full line of a paragraph


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the half-open span of the sentence around text[start:end], without white space at its ends.

    A sentence ends at 。！？； or at an empty line; a line break inside is part of it unless a new heading begins.
    """
    low, high = start, end
    while low > 0 and start - low < LONGEST and text[low - 1] not in ENDS and not paragraph_ends(text, low - 1):
        low -= 1
    while high < len(text) and high - end < LONGEST and not paragraph_ends(text, high):
        high += 1
        if text[high - 1] in ENDS:
            break
    while low < start and text[low].isspace():
        low += 1
    while high > end and text[high - 1].isspace():
        high -= 1
    return low, high


def sentence(text: str, start: int, end: int) -> str:
    """Return the sentence around text[start:end] on one line."""
    low, high = sentence_span(text, start, end)
    return on_one_line(text[low:high])


def on_one_line(lines: str) -> str:
    """Return lines put together as one, without the white space at their ends."""
    return "".join(map(str.strip, lines.splitlines()))


def paragraph_ends(text: str, at: int) -> bool:
    """Return whether the line break at `at` ends a paragraph: an empty line, or the line before is no full line."""
    if text[at] != "\n":
        return False
    before = text.rfind("\n", 0, at) + 1
    line = text[before:at].rstrip()
    after = text[at + 1 : at + 2]
    return len(line) < SHORT or line[-1] in ENDS or after in ("", "\n", *INDENTS)


class Sentences:
    """The sentences of one text, for many figures of it: their ends are looked for once, each is cut out once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._stops = sorted([*_ends(text), *_paragraph_ends(text)])
        self._cut: dict[tuple[int, int], str] = {}

    def around(self, start: int, end: int) -> str:
        """Return the same as `sentence` of the text."""
        stops = self._stops
        before = bisect_left(stops, start)
        after = bisect_left(stops, end, before)
        low = stops[before - 1] + 1 if before else 0
        high = stops[after] + 1 if after < len(stops) else len(self.text)
        span = (max(low, start - LONGEST), min(high, end + LONGEST))
        if span not in self._cut:
            self._cut[span] = on_one_line(self.text[slice(*span)])
        return self._cut[span]


def _ends(text: str) -> Iterator[int]:
    """Yield where a sentence ends by its punctuation; pieces are measured, since no expression finds them as fast."""
    for end in ENDS[1:]:
        text = text.replace(end, ENDS[0])
    at = -1
    for piece in text.split(ENDS[0])[:-1]:
        at += len(piece) + 1
        yield at


def _paragraph_ends(text: str) -> Iterator[int]:
    """Yield the line breaks at which a paragraph ends, as `paragraph_ends` says."""
    at = -1
    lines = text.split("\n")
    for line, after in pairwise(lines):
        at += len(line) + 1
        full = line.rstrip()
        if len(full) < SHORT or full[-1] in ENDS or not after or after[0] in INDENTS:
            yield at
