"""What was spoken of before a sentence: its headings, the sentence that opens its item, those right before it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction.flat import AHEAD, heading
from desktop.extraction.lexicon import ITEM, Word

# A match of the automaton: the word's place in the lexicon's words, and where it starts and ends in its line.
Match = tuple[int, int, int]
# A word and the place of its last character.
Found = tuple[int, Word]

# How far off what was spoken of is, as a penalty: the sentence before, each further one, an item's opening, a heading.
NEAREST, STEP, OPENING, TITLED = 0.2, 0.06, 0.26, 0.3
SENTENCES = 3


class Spoken:
    """The words of a sentence that has ended; which they are and what they speak of is worked out when it is asked.

    `before` is the place before the line that the `matches` count from.
    """

    __slots__ = ("before", "known", "matches", "words")

    def __init__(self, matches: list[Match], words: Sequence[Word], before: int) -> None:
        self.matches, self.words, self.before, self.known = matches, words, before, -1

    def found(self) -> list[Found]:
        """Return the words, each with the place of its last character."""
        words, before = self.words, self.before
        return [(before + end, words[index]) for index, _, end in self.matches]

    def topic(self) -> int:
        """Return the topics that the sentence speaks of."""
        if self.known < 0:
            known = 0
            words = self.words
            for index, _, _ in self.matches:
                known |= words[index].topic
            self.known = known
        return self.known


# What was spoken of in an earlier sentence: its topics, how far off it is, its words.
Zone = tuple[int, float, Spoken]


class Context:
    """What has been spoken of so far in a text that is read from start to end."""

    def __init__(self, year: int | None) -> None:
        self.next_year = "" if year is None else f"{year + 1}年"
        self.headings: list[tuple[int, Spoken]] = []
        self.opening: Spoken | None = None
        self.recent: list[Spoken] = []
        self.level = 0
        self.ahead = 0

    def line(self, flat: str, start: int) -> bool:
        """Begin a line at `start`: a heading opens a section, other lines go on in theirs; return whether it is one."""
        self.recent = []
        self.opening = None
        level, title = heading(flat, start)
        if not level:
            return False
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        self.level = level
        if self.ahead >= level:
            self.ahead = 0
        later = AHEAD.search(title) or (self.next_year and self.next_year in title)
        if later and not self.ahead:
            self.ahead = level
        return True

    def item(self) -> None:
        """Begin an item (一是) of the paragraph."""
        self.recent, self.opening, self.level = [], None, ITEM

    def plan(self) -> None:
        """Take it that the section speaks of what is still to be done from here on (下一步，…)."""
        if not self.ahead:
            self.ahead = self.headings[-1][0] if self.headings else 1

    def take(self, spoken: Spoken) -> None:
        """Remember a sentence that has ended."""
        if self.level == ITEM:
            self.opening = spoken
        elif self.level:
            self.headings.append((self.level, spoken))
        elif spoken.matches:
            self.recent = [spoken, *self.recent[: SENTENCES - 1]]
        self.level = 0

    def before(self) -> list[Zone]:
        """Return what was spoken of before the sentence that begins now, nearest first."""
        zones = []
        distance = NEAREST
        for spoken in self.recent:
            if topic := spoken.topic():
                zones.append((topic, distance, spoken))
            distance += STEP
        if self.opening is not None and (topic := self.opening.topic()):
            zones.append((topic, OPENING, self.opening))
        for _, spoken in reversed(self.headings):
            if topic := spoken.topic():
                zones.append((topic, TITLED, spoken))
        return zones
