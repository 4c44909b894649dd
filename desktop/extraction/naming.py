"""What each figure measures: its frame (who, does what, to what, when, of what scope) against every indicator's words."""

from __future__ import annotations

from collections.abc import Sequence
from desktop.extraction.clauses import read_places
from desktop.extraction.lexicon import compile_catalogue
from desktop.extraction.decide import decide
from desktop.extraction.lists import align_lists
from desktop.extraction.scoring import Reading, guess, refusal
from desktop.indicators import Catalogue
from desktop.model import Facts, Figure


def name_figures(text: str, figures: Sequence[Figure], catalogue: Catalogue, facts: Facts) -> list[Figure]:
    """Return `figures` in text order, each with indicator (None where none fits), confidence and because."""
    lexicon = compile_catalogue(catalogue)
    flat, places = read_places(text, figures, lexicon, facts.year)
    align_lists(places, flat)
    readings = []
    for place in places:
        null = refusal(place, flat)
        readings.append(Reading(place, [] if null else guess(place, flat, lexicon), null))
    named = []
    for reading, best in zip(readings, decide(readings, catalogue), strict=True):
        f = reading.place.figure
        indicator = best.indicator if best else None
        named.append(Figure(f.start, f.end, f.value, f.unit, f.approx, f.kind, indicator, 0.0, ()))
    return named
