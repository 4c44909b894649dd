"""What each figure measures: who does what to what, when and of what scope, against every indicator's words."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.extraction import confidence
from desktop.extraction.clauses import read_places
from desktop.extraction.decide import decide
from desktop.extraction.evidence import because, because_not
from desktop.extraction.lexicon import compile_catalogue
from desktop.extraction.lists import align_lists
from desktop.extraction.refusal import refusal
from desktop.extraction.scope import Scope
from desktop.extraction.scoring import Guess, Reading, guess
from desktop.indicators import Catalogue
from desktop.model import Facts, Figure


def name_figures(text: str, figures: Sequence[Figure], catalogue: Catalogue, facts: Facts) -> list[Figure]:
    """Return `figures` in text order, each with indicator (None where none fits), confidence and because."""
    lexicon = compile_catalogue(catalogue)
    flat, places = read_places(text, figures, lexicon, facts.year)
    align_lists(places, flat)
    scope = Scope(flat, facts)
    readings = []
    for place in places:
        refused = refusal(place, flat, lexicon) or ("elsewhere" if scope.elsewhere(place) else "")
        readings.append(Reading(place, [] if refused else guess(place, flat, lexicon), refused))
    kept = decide(readings, catalogue)
    return [_named(reading, best) for reading, best in zip(readings, kept, strict=True)]


def _named(reading: Reading, kept: Guess | None) -> Figure:
    f, place, guesses = reading.place.figure, reading.place, reading.guesses
    if kept is None:
        why = because_not(place, reading.refused)
        sure = confidence.of_none(guesses[0].score if guesses else 0.0, reading.refused, bool(why))
        return Figure(f.start, f.end, f.value, f.unit, f.approx, f.kind, None, sure, why)
    lead = 1.0
    for other in guesses:
        if other.indicator != kept.indicator:
            lead = kept.score - other.score
            break
    sure = confidence.of_named(kept.score, lead)
    why = because(place, kept)
    return Figure(f.start, f.end, f.value, f.unit, f.approx, f.kind, kept.indicator, sure, why)
