"""The sentence in which a figure stands, as a person would quote it."""

from __future__ import annotations

ENDS = "。！？!?；;"
LONGEST = 300


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the half-open span of the sentence around text[start:end], without white space at its ends.

    A sentence ends at 。！？； or at an empty line; a line break inside is part of it unless a new heading begins.
    """
    low, high = start, end
    while low > 0 and start - low < LONGEST and text[low - 1] not in ENDS and not _paragraph_ends(text, low - 1):
        low -= 1
    while high < len(text) and high - end < LONGEST and not _paragraph_ends(text, high):
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
    return "".join(line.strip() for line in text[low:high].splitlines())


def _paragraph_ends(text: str, at: int) -> bool:
    """Return whether the line break at `at` ends a paragraph: an empty line, or the line before is no full line."""
    if text[at] != "\n":
        return False
    before = text.rfind("\n", 0, at) + 1
    line = text[before:at].rstrip()
    after = text[at + 1 : at + 2]
    return not line or after in ("", "\n", " ", "　", "\t") or line[-1] in ENDS or len(line) < 20
