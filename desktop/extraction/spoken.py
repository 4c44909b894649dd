"""What was spoken of before a sentence: its headings, the sentence that opens its item, those right before it."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction.flat import AHEAD, BODY, WANTING
from desktop.extraction.lexicon import ITEM, Lexicon, Word

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

    __slots__ = ("before", "known", "lexicon", "matches")

    def __init__(self, matches: list[Match], lexicon: Lexicon, before: int) -> None:
        self.matches, self.lexicon, self.before, self.known = matches, lexicon, before, -1

    def found(self) -> list[Found]:
        """Return the words, each with the place of its last character."""
        make, before = self.lexicon.make, self.before
        return [(before + end, make(index)) for index, _, end in self.matches]

    def topic(self) -> int:
        """Return the topics that the sentence speaks of."""
        if self.known < 0:
            known, words, make = 0, self.lexicon.words, self.lexicon.make
            for index, _, _ in self.matches:
                known |= (words[index] or make(index)).say
            self.known = known & self.lexicon.topics
        return self.known


# What was spoken of in an earlier sentence: its topics, how far off it is, its words.
Zone = tuple[int, float, Spoken]


class Before:
    """What was spoken of before a sentence: the sentences right before it, its item's opening, its headings.

    `say` are the topics that all of them say together.
    """

    __slots__ = ("headings", "known", "opening", "recent", "say")

    def __init__(self, recent: Sequence[Spoken], opening: Spoken | None, headings: Sequence[Spoken], say: int) -> None:
        self.recent, self.opening, self.headings, self.say = recent, opening, headings, say
        self.known: list[Zone] | None = None

    def zones(self) -> list[Zone]:
        """Return what was spoken of, nearest first."""
        if self.known is None:
            near = [(spoken, NEAREST + STEP * far) for far, spoken in enumerate(self.recent)]
            if self.opening is not None:
                near.append((self.opening, OPENING))
            near += [(spoken, TITLED) for spoken in reversed(self.headings)]
            self.known = [(topic, far, spoken) for spoken, far in near if (topic := spoken.topic())]
        return self.known


class Context:
    """What has been spoken of so far in a text that is read from start to end."""

    def __init__(self, year: int | None) -> None:
        self.next_year = "" if year is None else f"{year + 1}年"
        self.headings: list[tuple[int, Spoken]] = []
        self.titled: tuple[list[Spoken], int] | None = None
        self.opening: Spoken | None = None
        self.recent: list[Spoken] = []
        self.level = 0
        self.listing = False
        self.ahead = 0
        self.wanting = False
        self.body = 0

    def line(self, level: int, title: str, short: bool) -> None:
        """Begin a line: a heading (`level` > 0) opens a section, other lines go on in theirs.

        One `short` line after another is an item of a list, which goes on from the item before.
        """
        if level or not (short and self.listing):
            self.recent = []
        self.listing = short and not level
        self.opening = None
        if not level:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
            self.titled = None
        self.level = level
        if BODY.match(title):
            self.body = level
        elif self.body >= level:
            self.body = 0
        if self.ahead >= level:
            self.ahead = 0
        later = AHEAD.search(title) or (self.next_year and self.next_year in title)
        if later and not self.ahead:
            self.ahead = level
            self.wanting = WANTING.search(title) is not None

    def item(self) -> None:
        """Begin an item (一是) of the paragraph."""
        self.recent, self.opening, self.level = [], None, ITEM

    def plan(self) -> None:
        """Take it that the section speaks of what is still to be done from here on (下一步，…)."""
        self.wanting = False
        if not self.ahead:
            self.ahead = self.headings[-1][0] if self.headings else 1

    def take(self, spoken: Spoken) -> None:
        """Remember a sentence that has ended."""
        if self.wanting and not self.level and any(word.text == self.next_year for _, word in spoken.found()):
            self.wanting = False
        if self.level == ITEM:
            self.opening = spoken
        elif self.level:
            self.headings.append((self.level, spoken))
            self.titled = None
        elif spoken.matches:
            self.recent = [spoken, *self.recent[: SENTENCES - 1]]
        self.level = 0

    def before(self) -> Before:
        """Return what was spoken of before the sentence that begins now."""
        if self.titled is None:
            headings, said = [spoken for _, spoken in self.headings], 0
            for spoken in headings:
                said |= spoken.topic()
            self.titled = headings, said
        headings, say = self.titled
        for spoken in self.recent:
            say |= spoken.known if spoken.known >= 0 else spoken.topic()
        if self.opening is not None:
            say |= self.opening.topic()
        return Before(self.recent, self.opening, headings, say)
