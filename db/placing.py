"""Where a span of one text stands in another reading of the same source: found by its quote and what stands around it.

White space is left out and width folded, since those are what readers differ in. What a number is about is said before
it: so much of its sentence must be the same. And a span is found only where the other text, asked the same way, leads
back to it: of two sentences that are alike, none stands in for the other.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

CONTEXT = 240  # characters compared on either side, at most
BEFORE, AFTER = 12, 1  # characters that must agree at least; before, the sentence may begin sooner
ENDS = "。！？；!?;\0"
EDGE = "\0" * BEFORE  # both texts begin and end alike

Span = tuple[int, int]


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


class _Plain:
    """A text without white space, and where each of its characters stood."""

    def __init__(self, text: str) -> None:
        self.places = [at for at, character in enumerate(text) if not character.isspace()]
        self.text = f"{EDGE}{''.join(_folded(text[at]) for at in self.places)}{EDGE}"
        self._counts = [0] * (len(text) + 1)
        for place in self.places:
            self._counts[place + 1] = 1
        for at in range(len(text)):
            self._counts[at + 1] += self._counts[at]

    def span(self, start: int, end: int) -> Span:
        """Return a span of the text as one of the plain text."""
        return len(EDGE) + self._counts[start], len(EDGE) + self._counts[end]

    def back(self, start: int, end: int) -> Span:
        """Return a span of the plain text as one of the text."""
        return self.places[start - len(EDGE)], self.places[end - 1 - len(EDGE)] + 1


class Placing:
    """Two readings of one source; `span` asks where a span of the first stands in the second."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = _Plain(old), _Plain(new)

    def span(self, start: int, end: int) -> Span | None:
        """Return where a span of the first text stands in the second, None where that cannot be told."""
        if not 0 <= start < end < len(self._old._counts):
            return None
        asked = self._old.span(start, end)
        found = _best(self._old.text, asked, self._new.text)
        if found is None or _best(self._new.text, found, self._old.text) != asked:
            return None
        return self._new.back(*found)


@lru_cache(maxsize=4)
def placing(old: str, new: str) -> Placing:
    """Return the placing of one text in another; the last few are kept."""
    return Placing(old, new)


def _best(text: str, span: Span, other: str) -> Span | None:
    """Return the place of a quote in another text whose surroundings agree most; None for none, or two alike."""
    start, end = span
    quote = text[start:end]
    needed = _begun(text, start)
    found: list[tuple[int, Span]] = []
    at = other.find(quote) if quote else -1
    while at >= 0:
        after = _agree(text[end : end + CONTEXT], other[at + len(quote) : at + len(quote) + CONTEXT])
        before = _agree(text[max(0, start - CONTEXT) : start][::-1], other[max(0, at - CONTEXT) : at][::-1])
        if before >= min(needed, _begun(other, at)) and after >= AFTER:
            found.append((before + after, (at, at + len(quote))))
        at = other.find(quote, at + 1)
    found.sort(reverse=True)
    return found[0][1] if found and (len(found) == 1 or found[0][0] > found[1][0]) else None


def _begun(text: str, at: int) -> int:
    """Return how many characters of its sentence stand before a place, as far as they are asked for."""
    return next((n for n in range(BEFORE) if text[at - n - 1] in ENDS), BEFORE)


def _agree(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[:middle] == other[:middle]:
            low = middle
        else:
            high = middle - 1
    return low
