"""What each figure measures: its frame (who, does what, to what, when, of what scope) against every indicator's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from desktop.extraction.clauses import read_places
from desktop.extraction.lexicon import compile_catalogue
from desktop.extraction.scoring import Reading, guess, refusal
from desktop.indicators import Catalogue
from desktop.model import Facts, Figure

ENOUGH = 0.6


def name_figures(text: str, figures: Sequence[Figure], catalogue: Catalogue, facts: Facts) -> list[Figure]:
    """Return `figures` in text order, each with indicator (None where none fits), confidence and because."""
    lexicon = compile_catalogue(catalogue)
    flat, places = read_places(text, figures, lexicon, facts.year)
    readings = []
    for place in places:
        null = refusal(place, flat)
        readings.append(Reading(place, [] if null else guess(place, flat, lexicon), null))
    named = []
    for reading in readings:
        best = reading.guesses[0] if reading.guesses and reading.guesses[0].score >= ENOUGH else None
        named.append(replace(reading.place.figure, indicator=best.indicator if best else None))
    return named
