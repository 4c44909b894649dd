"""The sentences of tests/data/figures, read as a careful reader would mark them (annotation guide)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spans_table import lines, parse

from desktop.extraction.spans import read_figures

FOLDER = Path(__file__).resolve().parents[1] / "data" / "figures"
_CLASS_MARK = re.compile(r"<([^<>|]+)\|([a-z_]+)>")


@pytest.mark.parametrize("line", lines(FOLDER, "forms", "beside", "prose", "no_figures"))
def test_figures(line: str) -> None:
    """Every figure is found, with value, unit, approx and kind, nothing else is, and no numeral stays open."""
    text, expected = parse(line)
    figures, numerals = read_figures(text)
    optional = {e.start for e in expected if e.optional}
    said = [(text[f.start : f.end], f.start, f.value, f.unit, f.approx, f.kind) for f in figures]
    wanted = [(e.quote, e.start, e.value, e.unit, e.approx, e.kind) for e in expected if not e.optional]
    assert [s for s in said if s[1] not in optional] == wanted
    assert not [text[n.start : n.end] for n in numerals if n.numeral_class == "open"]


def test_what_must_not_be_read_is_not_marked() -> None:
    assert not [line for line in lines(FOLDER, "no_figures") if "{" in line]


@pytest.mark.parametrize("line", lines(FOLDER, "classes"))
def test_classes(line: str) -> None:
    """Every numeral of the sentence is marked `<numeral|class>`."""
    line = line.replace("⏎", "\n")
    wanted = [(mark[1], mark[2]) for mark in _CLASS_MARK.finditer(line)]
    text = _CLASS_MARK.sub(r"\1", line)
    _, numerals = read_figures(text)
    assert [(text[n.start : n.end], n.numeral_class) for n in numerals] == wanted
