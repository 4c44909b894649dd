"""Which wordings fit a figure, and how well: evidence counts by where it stands (its clause, its list, elsewhere)."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop.extraction.clauses import Place
from desktop.extraction.lexicon import (
    ACT,
    ASIDE,
    ASKS_ACT,
    ASKS_ALSO,
    ASKS_NOUN,
    ASKS_TOPIC,
    DOMAIN,
    LIGHT,
    OF_WHICH,
    OTHER_ACT,
    Lexicon,
)
from desktop.extraction.near import Near
from desktop.indicators import Wording

WORTH_KEEPING = 0.45


class Guess:
    """One wording that fits a figure: its bit, its indicator, its score."""

    __slots__ = ("bit", "indicator", "score", "wording")

    def __init__(self, bit: int, wording: Wording, indicator: str, score: float) -> None:
        self.bit, self.wording, self.indicator, self.score = bit, wording, indicator, score


@dataclass(slots=True, eq=False)
class Reading:
    """What is thought of one figure: guesses best first, and why it may be none of them."""

    place: Place
    guesses: list[Guess] = field(default_factory=list)
    refused: str = ""


def guess(place: Place, flat: str, lexicon: Lexicon) -> list[Guess]:
    """Return the wordings that fit the figure at `place`, best first."""
    found = lexicon.units.get(place.figure.unit, 0) & place.sentence.visible
    if not found:
        return []
    near = Evidence(place, flat, lexicon)
    found = near.possible(found)
    guesses: list[Guess] = []
    value = place.figure.value
    while found:
        bit = found & -found
        found ^= bit
        index = bit.bit_length() - 1
        wording = lexicon.wordings[index]
        score = near.score(bit, wording, lexicon.asks[index])
        if score > WORTH_KEEPING and value < wording.below:
            guesses.append(Guess(bit, wording, lexicon.owners[index].id, score))
    if len(guesses) > 1:
        guesses.sort(key=_score, reverse=True)
    return guesses


def _score(guess: Guess) -> float:
    return guess.score


class Evidence(Near):
    """What stands around one figure, weighed for one wording at a time."""

    __slots__ = ()

    def score(self, bit: int, wording: Wording, asks: int) -> float:
        """Return how well the wording `bit` fits: its weight less what its evidence lacks in nearness."""
        score = wording.weight
        if bit & self.fitting:
            score -= self.fit
        elif not (self.bare > 1 and not bit & self.any):
            score -= 0.05 if bit & self.speaking else self.unfit
        if not bit & self.any:
            score -= 0.12 + (min(0.2 * (self.bare - 1), 0.6) if self.bare > 1 else 0.0)
        acted = self.acted
        if asks & ASKS_ACT:
            if acted is None or not bit & acted.act:
                score -= self._act(bit, bool(bit & self.lexicon.any_act))
        elif acted is not None and not bit & (acted.noun | acted.topic):
            score -= 0.3 if acted.signals & OTHER_ACT else 0.12
        if score < WORTH_KEEPING:
            return 0.0
        if asks & ASKS_NOUN and (not bit & self.noun or self.first):
            score -= self._noun(bit)
        if asks & ASKS_TOPIC:
            if not bit & self.topic:
                score -= self._topic(bit)
        elif self.domain and not bit & self.domain:
            score -= 0.2
        if self.actor and not bit & self.actor:
            score -= 0.5
        if self.benefits:
            score -= 0.3
        if asks & ASKS_ALSO and not self._also(bit, bool(asks & ASKS_TOPIC)):
            return 0.0
        return score

    def _topic(self, bit: int) -> float:
        foreign = 0.15 if self.signals & DOMAIN else 0.0
        for part in self.chain:
            if bit & part.topic:
                return 0.03 + foreign
        for k, part in enumerate(self.earlier):
            if part.signals & ASIDE:
                continue
            if bit & part.topic:
                return min(0.04 + 0.03 * k, 0.15) + foreign
            if part.signals & DOMAIN:
                foreign = min(foreign + 0.12, 0.4)
        if self.follow is not None and bit & self.follow.topic:
            return 0.06
        before = 1.0
        if foreign:
            foreign += 0.2
        for zone, distance, _ in self.place.sentence.before:
            if bit & zone:
                before = distance + foreign
                break
            foreign = min(foreign + 0.06, 0.4)
        for part in self.later:
            if bit & part.topic:
                return min(before, (0.2 if part is self.going_on else 0.5) + foreign)
        return before

    def _also(self, bit: int, carried: bool) -> bool:
        """Return whether the second noun stands in the figure's clause, or in the one that says what is spoken of."""
        parts = (*self.own, *self.chain, *self.earlier[:5]) if carried else self.own
        return any(bit & word.also for part in parts for _, word in part.tokens)

    def _act(self, bit: int, may_lack: bool) -> float:
        acted = self.acted
        if bit & self.act:
            return 0.05 if acted is None else 0.2
        if acted is not None:
            return 0.6
        if self.signals & LIGHT:
            return 0.08 if may_lack else 0.45
        if self.tail is not None and bit & self.tail.act:
            return 0.05
        if self.head is not None:
            if bit & self.head.act:
                return 0.05
            if self.head.signals & ACT:
                return 0.6
        if self.going_on is not None and bit & self.going_on.act:
            return 0.2
        broken = (self.head is not None and self.head.signals & OF_WHICH) or self.signals & OF_WHICH
        for k, part in enumerate(self.earlier[:6]):
            if bit & part.act:
                return min(0.15 + 0.06 * k, 0.3)
            if part.signals & OF_WHICH:
                broken = True
            elif part.signals & (ACT | LIGHT) and not broken:
                return 0.08 if may_lack else 0.45
        return 0.05 if may_lack else 0.6

    def _noun(self, bit: int) -> float:
        if bit & self.noun:
            return (0.05 if self.percent else 0.15) if self.first and not bit & self.first else 0.0
        if self.tail is not None and bit & self.tail.noun:
            return 0.06
        if self.head is not None and bit & self.head.noun:
            return 0.25 if self.noun else 0.1
        for part in self.chain:
            if not part.mark and bit & part.noun:
                return 0.25 if self.noun else 0.1
        for k, part in enumerate(self.earlier[:3]):
            if bit & part.noun:
                return (0.3 if self.noun else 0.15) + 0.06 * k
        if self.follow is not None and bit & self.follow.noun:
            return 0.12
        if not self.percent:
            for part in self.later[:2]:
                if bit & part.noun:
                    return 0.5 if self.noun and part is not self.going_on else 0.3
        return 0.6
