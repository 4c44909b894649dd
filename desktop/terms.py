"""The few words that say what a report, a figure or a finding is like: model and store are written in them."""

from __future__ import annotations

from typing import Literal

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
