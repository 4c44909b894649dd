"""Document in, figures, facts and the classes of all numerals out."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from desktop.districts import Divisions
from desktop.extraction.facts import read_facts
from desktop.extraction.naming import name_figures
from desktop.extraction.spans import read_figures
from desktop.extraction.tables import tell
from desktop.extraction.unsure import with_doubts
from desktop.indicators import Catalogue
from desktop.model import Document, Extraction


def extract(document: Document, catalogue: Catalogue, divisions: Divisions) -> Extraction:
    """Return all that the machine reads from `document`; figures and numerals in text order."""
    with _no_search_for_cycles():
        facts = read_facts(document.text, divisions)
        told = tell(document.text)
        text = told.text if told else document.text
        figures, numerals = read_figures(text)
        named = name_figures(text, figures, catalogue, facts)
        if told:
            named, numerals = told.given(named, numerals)
        named = with_doubts(named, document.doubts)
        return Extraction(facts, tuple(named), tuple(numerals))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Keep Python from looking for cycles among the many small objects that reading makes: there are none."""
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            gc.enable()
