"""Passages that two texts share almost word for word: a sketch of each to look for them by, and how alike they are.

A passage is a paragraph. It is compared by its characters alone: figures, punctuation and line breaks do not matter,
nor do the clauses that every report of the country repeats. Its sketch are the smallest hashes of its runs of
characters (the bottom-k kind of MinHash): passages that are alike have some in common, nearly all others have none.
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple
from zlib import crc32

from desktop.sentences import paragraph_ends

SHORTEST = 60  # characters compared: below, chance and common wording make passages alike
KEPT = 4  # hashes of a passage
RUN = 8  # characters hashed together
GRAM = 5  # characters compared together
STEP = 2  # characters from one such run to the next
RECENT = 200  # texts kept split: those of a district and what they share are asked for after every decision on it

_CLAUSE = re.compile(r"[^，,。；;：:！!？?、\n]+|[，,。；;：:！!？?、\n]+")
_TITLES = re.compile(r"《[^》]{2,60}》")
_NO_LETTER = re.compile(r"[^㐀-鿿A-Za-z]+")
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_EVERYWHERE = re.compile(
    r"习近平|党的[一二]十|[二十]届[一二三四五六七]中全会|全会精神|中国特色|法治思想|两个确立|四个意识|四个自信|两个维护"
    r"|实施纲要|一规划|以人民为中心|依法治国|党中央|国务院|法治中国|以.{2,40}为(?:指导|引领|遵循|抓手|契机|统领|主线)"
)


class Passage(NamedTuple):
    """One paragraph of a text: its half-open span, and the characters it is compared by."""

    start: int
    end: int
    letters: str

    def sketch(self) -> list[int]:
        """Return the hashes (32 bits) by which passages like this one are found."""
        packed = self.letters.encode("utf-16-le", "surrogatepass")
        width = 2 * RUN
        return sorted({crc32(packed[at : at + width]) for at in range(0, len(packed) - width + 2, 2)})[:KEPT]


@functools.lru_cache(maxsize=RECENT)
def passages(text: str) -> tuple[Passage, ...]:
    """Return the paragraphs of a text that are long enough to be compared."""
    found, start = [], 0
    for end in [*(m.start() for m in re.finditer("\n", text) if paragraph_ends(text, m.start())), len(text)]:
        if end - start >= SHORTEST:
            letters = _letters(text[start:end])
            if len(letters) >= SHORTEST:
                indent = end - start - len(text[start:end].lstrip())
                found.append(Passage(start + indent, start + len(text[start:end].rstrip()), letters))
        start = end + 1
    return tuple(found)


def sketch(text: str) -> set[int]:
    """Return the hashes of all passages of a text."""
    return {mark for passage in passages(text) for mark in passage.sketch()}


def likeness(letters: str, other: str, step: int = STEP) -> float:
    """Return how much of a passage stands, run by run, in another text, 0 to 1; roughly in large steps."""
    runs = [letters[at : at + GRAM] for at in range(0, len(letters) - GRAM + 1, step)]
    return sum(run in other for run in runs) / len(runs)


def numbers(text: str) -> list[str]:
    """Return the numbers of a text as printed."""
    return _NUMBER.findall(text)


def _letters(paragraph: str) -> str:
    plain = _TITLES.sub("", paragraph)
    if _EVERYWHERE.search(plain):
        plain = "".join(clause for clause in _CLAUSE.findall(plain) if not _EVERYWHERE.search(clause))
    return _NO_LETTER.sub("", plain)
