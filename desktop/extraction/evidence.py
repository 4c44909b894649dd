"""`because`: the words that decided what a figure measures, in text order."""

from __future__ import annotations

from desktop.extraction.clauses import Part, Place
from desktop.extraction.lexicon import ACTOR, CHANGE, COMPARE, EACH, OF_WHICH, OTHER_NOUN
from desktop.extraction.scoring import Guess
from desktop.extraction.spoken import Found

WORDS_OF_REFUSAL = {"change": CHANGE | COMPARE, "each": EACH, "from": COMPARE, "part": OF_WHICH}


def because(place: Place, guess: Guess) -> tuple[str, ...]:
    """Return the words that speak for `guess`: those of the figure's clause, and what it takes from elsewhere."""
    bit, wording = guess.bit, guess.wording
    pre, post = place.pre, place.post
    if not pre.tokens and pre.parent is not None:
        pre = pre.parent
    words = [token for token in pre.tokens if token[1].any & bit] if pre.any & bit else []
    if post.any & bit and post is not pre:
        words += [token for token in post.tokens if token[1].any & bit]
    said = bit & (pre.topic | post.topic) or not wording.topic
    if not said or (wording.noun and not bit & (pre.noun | post.noun)):
        words += _elsewhere(place, bit)
        words.sort(key=_place)
    if len(words) == 1:
        return (words[0][1].text,)
    return tuple(dict.fromkeys([word.text for _, word in words]))


def _elsewhere(place: Place, bit: int) -> list[Found]:
    parts = place.sentence.parts
    at = place.pre.index
    around: list[Part] = [*parts[at::-1], *parts[at + 1 : at + 4]]
    if place.pre.shared is not None:
        around.insert(0, place.pre.shared)
    for part in around:
        if part.any & bit and part is not place.pre and part is not place.post:
            return [token for token in part.tokens if token[1].any & bit]
    for topic, _, spoken in place.sentence.before:
        if topic & bit:
            return next([token] for token in spoken.found() if token[1].topic & bit)
    return []


def because_not(place: Place, refused: str) -> tuple[str, ...]:
    """Return the words that say why the figure fits no indicator; () where nothing was said of one."""
    wanted = WORDS_OF_REFUSAL.get(refused, OTHER_NOUN | ACTOR)
    tokens = [token for part in (place.pre, place.post) for token in part.tokens]
    return tuple(dict.fromkeys(word.text for _, word in sorted(tokens, key=_place) if word.signals & wanted))


def _place(token: Found) -> int:
    return token[0]
