"""A text and its figures -> for each figure its sentence, taken apart, and what was spoken of before it.

Only sentences that have figures are taken apart; of the others it is enough to know what they speak of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter

from desktop.extraction.clauses import Place, Sentence, SentenceReader, Spot
from desktop.extraction.flat import flatten, heading
from desktop.extraction.lexicon import AFTER, STOP, TITLE, UNTITLE, Lexicon
from desktop.extraction.spoken import Context, Match, Spoken
from desktop.model import Figure

BEFORE_ITEM = "。；;：:\n，, "
LONGEST_HEADING = 60
SHORT_LINE = 30

# A sentence with figures: where it starts, its words, its figures.
Told = tuple[Sentence, int, Spoken, list[Spot]]


def read_places(text: str, figures: Sequence[Figure], lexicon: Lexicon, year: int | None) -> tuple[str, list[Place]]:
    """Return (flat text, a place for each figure in text order)."""
    inside = {at for f in figures if (at := text.find("\n", f.start, f.end)) >= 0}
    flat, dropped = flatten(text, frozenset(inside))
    ordered = sorted(figures, key=attrgetter("start"))
    if dropped:
        spots = [(f, f.start - bisect_left(dropped, f.start), f.end - bisect_left(dropped, f.end)) for f in ordered]
    else:
        spots = [(f, f.start, f.end) for f in ordered]
    told = TextReader(flat, spots, lexicon, year).read()
    reader = SentenceReader(flat, lexicon, year)
    places = [place for each in told for place in reader.read(*each)]
    for sentence, _, _, _ in told:
        sentence.total(lexicon)
    return flat, places


class TextReader:
    """Reads a text from start to end and finds its sentences."""

    def __init__(self, flat: str, spots: list[Spot], lexicon: Lexicon, year: int | None) -> None:
        self.flat, self.spots, self.lexicon = flat, spots, lexicon
        self.starts = [start for _, start, _ in spots]
        self.context = Context(year)
        self.told: list[Told] = []
        self.matches: list[Match] = []
        self.before = -1
        self.next_spot = self.begun = self.untitled = 0

    def read(self) -> list[Told]:
        """Return the sentences with figures; of lines without figures only the headings are looked at."""
        flat, breaks, find = self.flat, self.lexicon.breaks, self.lexicon.automaton.find_matches_as_indexes
        planned = [word for word in self.lexicon.after if word in flat]
        lines = self._lines()
        found = [find(flat[start:last]) if last > start else () for start, _, last, _, _ in lines]
        for (start, end, last, level, title), matches in zip(lines, found, strict=True):
            self.context.line(level, title, end - start < SHORT_LINE)
            if last == start:
                soon = self.context.next_year if self.context.wanting else ""
                if (planned or soon) and any(flat.find(word, start, end) >= 0 for word in (*planned, soon) if word):
                    self.context.plan()
                continue
            self.begun, self.before = start, start - 1
            done = 0
            for at in [at for at, match in enumerate(matches) if match[0] < breaks]:
                self.matches += matches[done:at]
                self.at_break(matches[at])
                done = at + 1
            self.matches += matches[done:]
            self.end_sentence(end)
        return self.told

    def _lines(self) -> list[tuple[int, int, int, int, str]]:
        """Return for each line: start, end, how far its words matter, level and words of its heading (0, "")."""
        flat, size, starts = self.flat, len(self.flat), self.starts
        lines = []
        start = spot = 0
        while start < size:
            end = flat.find("\n", start)
            end = size if end < 0 else end
            level, title = heading(flat, start)
            last = min(end, start + LONGEST_HEADING) if level else start
            passed = bisect_left(starts, end, spot)
            if passed > spot:
                spot, last = passed, end
            lines.append((start, end, last, level, title))
            start = end + 1
        return lines

    def at_break(self, match: Match) -> None:
        """Take a word or mark that ends a sentence or bounds a title."""
        word, at = self.lexicon.make(match[0]), self.before + match[2]
        flat = self.flat
        if word.mark == STOP:
            if flat.startswith("其中", at + 1):
                self.matches.append((self.lexicon.comma, *match[1:]))
            else:
                self.end_sentence(at + 1)
        elif word.mark == TITLE:
            close = flat.find("》", at) + 1
            self.untitled = close if close and close not in self.starts else 0
        elif word.mark == UNTITLE:
            if at + 1 == self.untitled and flat[at - 1] != "证":  # 持有《行政执法证》的: a thing, no document
                self._entitle(flat.rfind("《", 0, at))
        elif word.signals & AFTER:
            self.matches.append(match)
            if at < word.size or flat[at - word.size] in BEFORE_ITEM:
                self.context.plan()
        elif at < 2 or flat[at - 2] in BEFORE_ITEM:
            self.end_sentence(at - 1)
            self.context.item()
            self.begun = at + 1

    def end_sentence(self, end: int) -> None:
        """Close the sentence that ends at `end`."""
        spoken = Spoken(self.matches, self.lexicon, self.before)
        first, last = self.next_spot, bisect_left(self.starts, end, self.next_spot)
        if last > first:
            self.next_spot = last
            context = self.context
            sentence = Sentence(context.before(), context.ahead > 0, context.wanting, context.body > 0)
            self.told.append((sentence, self.begun, spoken, self.spots[first:last]))
        self.context.take(spoken)
        self.matches = []
        self.begun = end

    def _entitle(self, opened: int) -> None:
        """Leave of the words since `opened`, which stand in a document's title, only what they speak of."""
        matches, titled = self.matches, self.lexicon.titled
        first = len(matches)
        while first and self.before + matches[first - 1][2] >= opened:
            first -= 1
        matches[first:] = [(i, start, end) for place, start, end in matches[first:] if (i := titled(place))]
