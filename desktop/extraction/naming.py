"""What each figure measures: who does what to what, when and of what scope, against every indicator's words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction import confidence
from desktop.extraction.clauses import Place
from desktop.extraction.decide import decide
from desktop.extraction.evidence import because, because_not
from desktop.extraction.lexicon import compile_catalogue
from desktop.extraction.lists import align_lists
from desktop.extraction.refusal import FEW, refusal
from desktop.extraction.scope import Scope
from desktop.extraction.scoring import guess
from desktop.extraction.sentences import read_places
from desktop.indicators import Catalogue
from desktop.model import Facts, Figure


def name_figures(text: str, figures: Sequence[Figure], catalogue: Catalogue, facts: Facts) -> list[Figure]:
    """Return `figures` in text order, each with indicator (None where none fits), confidence and because."""
    lexicon = compile_catalogue(catalogue)
    flat, places = read_places(text, figures, lexicon, facts.year)
    align_lists(places, flat, lexicon)
    few = [found.start() for found in FEW.finditer(flat)]
    for place in places:
        place.refused = refusal(place, flat, lexicon, few)
    Scope(flat, facts).refuse(places)
    guess(places, flat, lexicon)
    decide(places, catalogue)
    why = [because(place, place.kept[1]) if place.kept else because_not(place, place.refused) for place in places]
    make = tuple.__new__  # see read_figures
    return [
        make(Figure, (*place.figure[:6], place.kept[1].indicator if place.kept else None, sure, words))
        for place, sure, words in zip(places, map(_confidence, places, why), why, strict=True)
    ]


def _confidence(place: Place, why: tuple[str, ...]) -> float:
    guesses = place.guesses
    if place.kept is None:
        return confidence.of_none(guesses[0][0] if guesses else 0.0, place.refused, bool(why))
    score, sense = place.kept
    for other, rival in guesses:
        if rival.indicator != sense.indicator:
            return confidence.of_named(score, score - other)
    return confidence.of_named(score, 1.0)
