"""`because`: the words that decided what a figure measures, in text order."""

from __future__ import annotations

from operator import itemgetter

from desktop.extraction.clauses import Place
from desktop.extraction.lexicon import ACTOR, CHANGE, COMPARE, EACH, OF_WHICH, OTHER_NOUN, Sense
from desktop.extraction.spoken import Found

WORDS_OF_REFUSAL = {"change": CHANGE | COMPARE, "each": EACH, "from": COMPARE, "part": OF_WHICH}


def because(place: Place, sense: Sense) -> tuple[str, ...]:
    """Return the words that speak for `sense`: those of the figure's clause, and what it takes from elsewhere."""
    bits = sense.bits
    pre, post = place.pre, place.post
    if not pre.tokens and pre.parent is not None:
        pre = pre.parent
    tokens = pre.tokens + post.tokens if post.tokens else pre.tokens
    tokens = [token for token in tokens if token[1].say & bits]
    if bits & (pre.say | post.say | sense.act) != bits:
        tokens += _elsewhere(place, sense)
        tokens.sort(key=itemgetter(0))
    if len(tokens) == 1:
        return (tokens[0][1].text,)
    return tuple(dict.fromkeys([word.text for _, word in tokens]))


def _elsewhere(place: Place, sense: Sense) -> list[Found]:
    """Return the words for `sense` of the part nearest to the figure that has any, or else of what went before."""
    bits, pre, post, sentence = sense.bits, place.pre, place.post, place.sentence
    if bits & sentence.say or pre.shared is not None:
        around = [*sentence.parts[pre.index :: -1], *sentence.parts[pre.index + 1 : pre.index + 4]]
        if pre.shared is not None:
            around.insert(0, pre.shared)
        for part in around:
            if part.say & bits and part is not pre and part is not post:
                return [token for token in part.tokens if token[1].say & bits]
    for topic, _, spoken in sentence.before.zones():
        if topic & sense.topic:
            return next([token] for token in spoken.found() if token[1].say & sense.topic)
    return []


def because_not(place: Place, refused: str) -> tuple[str, ...]:
    """Return the words that say why the figure fits no indicator; () where nothing was said of one."""
    wanted = WORDS_OF_REFUSAL.get(refused, OTHER_NOUN | ACTOR)
    if not (place.pre.signals | place.post.signals) & wanted:
        return ()
    tokens = [token for part in (place.pre, place.post) for token in part.tokens if token[1].signals & wanted]
    return tuple(dict.fromkeys([word.text for _, word in sorted(tokens, key=itemgetter(0))]))
