"""The words of Hebao, all immutable; every offset counts Unicode code points of the text as kept.

Figures and numerals, made by the hundred for each report, are named tuples, which are made in a third of the time of
frozen dataclasses; the rest are those.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

Approx = Literal["more", "about", "less"]
Kind = Literal["count", "percent", "money", "duration"]
NumeralClass = Literal["figure", "date", "document_number", "clause_number", "ordinal", "name", "furniture", "open"]
Level = Literal["county", "prefecture", "province", "township", "department"]
State = Literal["extracted", "auto", "verified", "rejected", "queried"]
ReportState = Literal["unreviewed", "in_review", "verified"]
Severity = Literal["error", "warning", "notice"]

STATES: tuple[State, ...] = ("extracted", "auto", "verified", "rejected", "queried")
REPORT_STATES: tuple[ReportState, ...] = ("unreviewed", "in_review", "verified")
FACTS = ("district", "city", "province", "level", "adcode", "year", "title", "doc_number", "issuer")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a paged source: the half-open span of its text, its size in points, a box a character (or none)."""

    number: int
    start: int
    end: int
    width: float
    height: float
    boxes: tuple[tuple[float, float, float, float] | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A source as read: its text exactly as kept in the store, and where it came from."""

    name: str
    reader: str
    source_sha256: str
    text: str
    pages: tuple[Page, ...] = ()

    @property
    def text_sha256(self) -> str:
        """Return the SHA-256 of the text as UTF-8, in hexadecimal."""
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
