"""What was spoken of before a sentence: its headings, the sentence that opens its item, those right before it."""

from __future__ import annotations

from desktop.extraction.flat import AHEAD, heading
from desktop.extraction.lexicon import ITEM, Word

# A word and the place of its last character.
Found = tuple[int, Word]

# How far off what was spoken of is, as a penalty: the sentence before, each further one, an item's opening, a heading.
NEAREST, STEP, OPENING, TITLED = 0.2, 0.06, 0.26, 0.3
SENTENCES = 3


class Spoken:
    """The words of a sentence that has ended; what they speak of is worked out when it is first asked."""

    __slots__ = ("found", "known")

    def __init__(self, found: list[Found]) -> None:
        self.found, self.known = found, -1

    def topic(self) -> int:
        """Return the topics that the sentence speaks of."""
        if self.known < 0:
            known = 0
            for _, word in self.found:
                known |= word.topic
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

    def take(self, found: list[Found]) -> None:
        """Remember the words of a sentence that has ended."""
        if self.level == ITEM:
            self.opening = Spoken(found)
        elif self.level:
            self.headings.append((self.level, Spoken(found)))
        elif found:
            self.recent = [Spoken(found), *self.recent[: SENTENCES - 1]]
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
