"""Which senses fit a figure, and how well: evidence counts by where it stands (its clause, its list, elsewhere)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter

from desktop.extraction.clauses import Guess, Part, Place
from desktop.extraction.lexicon import ACT, ACTS, ASIDE, DOMAIN, LIGHT, OF_WHICH, OTHER_ACT, Lexicon, Sense
from desktop.extraction.near import Near

WORTH_KEEPING = 0.45


def guess(places: Sequence[Place], flat: str, lexicon: Lexicon) -> None:
    """Find the senses that fit each figure (`guesses`, best first), unless it is refused."""
    units = lexicon.units
    near = [
        Evidence(place, visible, flat, lexicon)
        for place in places
        if not place.refused and (visible := units.get(place.unit, 0) & place.sentence.visible)
    ]
    # One step for all figures, then the next: a processor is far faster at that than at all steps for each in turn.
    for evidence in near:
        evidence.look_around()
    for evidence in near:
        evidence.weigh_head()
    for evidence in near:
        evidence.leave_possible()
    for evidence in near:
        evidence.place.guesses = evidence.guesses()


def _before_aside(part: Part) -> int:
    """Return what a part says before what it only compares with (复议收案首次超过行政诉讼)."""
    say = 0
    for _, word in part.tokens:
        if word.signals & ASIDE:
            break
        say |= word.say
    return say


class Evidence(Near):
    """What stands around one figure, weighed for one sense at a time."""

    __slots__ = ()

    def guesses(self) -> list[Guess]:
        """Return those of the senses found that are worth keeping, best first."""
        found, senses, value = self.found, self.lexicon.senses, self.place.figure.value
        guesses: list[Guess] = []
        while found:
            sense = senses[found.bit_length() // 3]
            found ^= sense.topic
            score = self.score(sense)
            if score > WORTH_KEEPING and value < sense.below:
                guesses.append((score, sense))
        if len(guesses) > 1:
            # They were looked at from the last sense to the first; of several that fit alike the first goes first.
            guesses.sort(key=itemgetter(0))
            guesses.reverse()
        return guesses

    def score(self, sense: Sense) -> float:
        """Return how well `sense` fits: its weight less what its evidence lacks in nearness."""
        own, topic, acted, bare = self.say & sense.bits, sense.topic, self.acted, self.bare
        score = sense.weight
        if topic & self.fitting:
            score -= self.fit
        elif own or bare <= 1:
            score -= 0.05 if topic & self.speaking else self.unfit
        if not own:
            score -= 0.12 + (min(0.2 * (bare - 1), 0.6) if bare > 1 else 0.0)
        if not sense.asks_act:
            if acted is not None and not acted.say & sense.bits:
                score -= 0.3 if acted.signals & OTHER_ACT else 0.12
        elif acted is None:
            score -= 0.05 if own & sense.act else self._act(sense)
        elif not acted.say & sense.act:
            score -= 0.2 if own & sense.act else 0.6
        if score < WORTH_KEEPING:
            return 0.0
        if own != sense.bits or self.first:
            if sense.asks_noun and (self.first or not own & sense.noun):
                score -= self._noun(sense)
            if sense.asks_topic and not own & topic:
                score -= self._topic(topic)
        if self.domain and not sense.asks_topic and not topic & self.domain:
            score -= 0.2
        if self.actor and not topic & self.actor:
            score -= 0.5
        if self.benefits:
            score -= 0.3
        if sense.asks_also and not self._also(sense):
            return 0.0
        return score

    def _topic(self, bit: int) -> float:
        """Return what it costs that the figure's own clause does not say the topic."""
        sentence, foreign = self.sentence, 0.15 if self.signals & DOMAIN else 0.0
        if bit & self.chain:
            return 0.03 + foreign
        here, parts, first = bit & sentence.say, self.parts, self.opening - 1
        if here or sentence.signals & DOMAIN:
            for k in range(first, -1, -1):
                signals = parts[k].signals
                if bit & (_before_aside(parts[k]) if signals & ASIDE else parts[k].say):
                    return min(0.04 + 0.03 * (first - k), 0.15) + foreign
                if signals & DOMAIN and not signals & ASIDE:
                    foreign = min(foreign + 0.12, 0.4)
        if here and (follow := self.follow()) is not None and bit & follow.say:
            return 0.06
        later = self.later() if here else ()
        for part in later:
            if part.signals & OF_WHICH:
                if bit & part.say:
                    return 1.0  # it is of which the topic is said (召开18次，其中研究法治4次)
                break
        before = 1.0
        if foreign:
            foreign += 0.2
        for zone, distance, _ in sentence.before.zones() if here or bit & sentence.before.say else ():
            if bit & zone:
                before = distance + foreign
                break
            foreign = min(foreign + 0.06, 0.4)
        if here:
            for part in later:
                if part.signals & OF_WHICH:
                    break
                if bit & part.say:
                    return min(before, (0.2 if part is self.going_on(later) else 0.5) + foreign)
        return before

    def _act(self, sense: Sense) -> float:
        """Return what it costs that no act stands in the figure's own clause, but perhaps in its list or before."""
        act, head, parts, signals = sense.act, self.head, self.parts, self.signals
        if signals & LIGHT:
            return 0.08 if sense.may_lack_act else 0.45
        if self.tail is not None and act & self.tail.say:
            return 0.05
        if head is not None:
            if act & head.say:
                return 0.05
            if head.signals & ACT:
                return 0.6
            signals |= head.signals
        if act & self.sentence.say and (going_on := self.going_on(self.later())) is not None and act & going_on.say:
            return 0.2
        broken = signals & OF_WHICH
        first = self.opening
        for k in range(first - 1, max(first - 7, -1), -1):
            part = parts[k]
            if act & part.say:
                return min(0.15 + 0.06 * (first - 1 - k), 0.3)
            if part.signals & OF_WHICH:
                broken = OF_WHICH
            elif part.signals & ACTS and not broken:
                return 0.08 if sense.may_lack_act else 0.45
        return 0.05 if sense.may_lack_act else 0.6

    def _noun(self, sense: Sense) -> float:
        """Return what it costs that the figure's own clause does not say the noun, or says it of one item alone."""
        noun, percent = sense.noun, self.place.figure.kind == "percent"
        if noun & self.say:
            return (0.05 if percent else 0.15) if self.first and not sense.topic & self.first else 0.0
        if not noun & (self.sentence.say | self.chain):
            return 0.6
        others = self.say & self.lexicon.nouns
        if self.tail is not None and noun & self.tail.say:
            return 0.06
        if noun & self.chain and ((self.head is not None and noun & self.head.say) or self._unmarked(noun)):
            return 0.25 if others else 0.1
        for k, part in enumerate(self.earlier(self.reach())):
            if noun & part.say:
                return (0.3 if others else 0.15) + 0.06 * min(k, 2)
        if (follow := self.follow()) is not None and noun & follow.say:
            return 0.12
        if not percent:
            later = self.later()
            for part in later[:2]:
                if noun & part.say:
                    return 0.5 if others and part is not self.going_on(later) else 0.3
        return 0.6

    def _unmarked(self, noun: int) -> bool:
        """Return whether a part of the list before the figure that follows another without a mark says `noun`."""
        return any(not part.mark and noun & part.say for part in self.listed())

    def _also(self, sense: Sense) -> bool:
        """Return whether the second noun stands in the figure's clause, or in the one that says what is spoken of."""
        parts = [self.base, self.place.post]
        if sense.asks_topic:
            parts = [*parts, *self.listed(), *self.earlier(5)]
        return any(sense.topic & word.also for part in parts for _, word in part.tokens)
