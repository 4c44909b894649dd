"""What the tables of sentences are checked by."""

from __future__ import annotations

from spans_table import parse

from desktop.extraction.spans import read_figures


def check_line(line: str) -> None:
    """Compare what is read from a marked sentence with its marks: every figure, in place, with value, unit, approx, kind."""
    text, expected = parse(line)
    figures, numerals = read_figures(text)
    said = [(text[f.start : f.end], f.start, f.value, f.unit, f.approx, f.kind) for f in figures]
    optional = {e.start for e in expected if e.optional}
    wanted = [(e.quote, e.start, e.value, e.unit, e.approx, e.kind) for e in expected if not e.optional]
    assert [s for s in said if s[1] not in optional] == wanted
    assert not [text[n.start : n.end] for n in numerals if n.numeral_class == "open"]
