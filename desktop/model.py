"""The words of Hebao, all immutable; every offset counts Unicode code points of the text as kept.

Figures and numerals, made by the hundred for each report, are named tuples, which are made in a third of the time of
frozen dataclasses; the rest are those.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.terms import FACTS, REPORT_STATES, STATES, Approx, Kind, Level, NumeralClass, ReportState, Severity, State

__all__ = [
    "FACTS",
    "REPORT_STATES",
    "STATES",
    "Approx",
    "Box",
    "Cell",
    "District",
    "Document",
    "Extraction",
    "Facts",
    "Figure",
    "Finding",
    "Kind",
    "Level",
    "Numeral",
    "NumeralClass",
    "Page",
    "ReportState",
    "Severity",
    "State",
]  # fmt: skip

Box = tuple[float, float, float, float]
"""Left, top, right, bottom, in points."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source, as it is shown (rotated where the file says so).

    `start`, `end`: the half-open span of its text; `width`, `height` in points; `boxes`: for each of its characters
    (left, top, right, bottom) in points from the page's top left corner, None where it has none. A picture's page is
    as large as the picture is at its own resolution, 72 dots an inch where it tells none.
    """

    number: int
    start: int
    end: int
    width: float
    height: float
    boxes: tuple[Box | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: its text exactly as kept in the store, and where it came from.

    `doubts`: half-open spans of the text that were read from a picture and are not sure, in text order, each with how
    sure it is (0 to 1).
    """

    name: str
    reader: str
    source_sha256: str
    text: str
    pages: tuple[Page, ...] = ()
    doubts: tuple[tuple[int, int, float], ...] = ()

    @property
    def text_sha256(self) -> str:
        """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
        import hashlib

        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a report says of itself; `candidates` are the division codes still possible, empty when settled."""

    district: str | None = None
    city: str | None = None
    province: str | None = None
    level: Level | None = None
    adcode: str | None = None
    year: int | None = None
    title: str | None = None
    doc_number: str | None = None
    issuer: str | None = None
    candidates: tuple[str, ...] = ()


class Figure(NamedTuple):
    """One number with its unit at one place of a text (annotation guide); `indicator` is None where none fits."""

    start: int
    end: int
    value: float
    unit: str
    approx: Approx | None
    kind: Kind
    indicator: str | None = None
    confidence: float = 0.0
    because: tuple[str, ...] = ()


class Numeral(NamedTuple):
    """One numeral of a text and the class that claims it."""

    start: int
    end: int
    numeral_class: NumeralClass


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that the machine reads from one document; figures and numerals in text order."""

    facts: Facts
    figures: tuple[Figure, ...]
    numerals: tuple[Numeral, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """(indicator -> value) of one report; `figures` are indexes into the figures that it was made from."""

    indicator: str
    value: float
    unit: str
    approx: Approx | None
    figures: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check says: an id with arguments, never a sentence (desktop.text makes that when it is shown).

    `figures` are the (start, end) spans of the figures it compares; `values` fill the sentence; `span` is evidence in
    the text where no figure is meant; `fingerprint` changes when what it rests on changes.
    """

    check: str
    severity: Severity
    figures: tuple[tuple[int, int], ...] = ()
    values: Mapping[str, float | str] = field(default_factory=dict)
    span: tuple[int, int] | None = None
    fingerprint: str = ""


@dataclass(frozen=True, slots=True)
class District:
    """One row of the division table: a county-level unit under one name, in one city, over a span of years."""

    adcode: str
    name: str
    city: str
    province: str
    first_year: int
    last_year: int
