"""Where a phrase stands: the index names the reports that hold all its pairs of characters, their texts say where."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any

from db import loading, stored
from db.rows import Hit
from db.search import LONGEST, folded, pairs
from db.store import Store
from desktop.errors import UserError
from desktop.model import ReportState
from desktop.sentences import on_one_line, sentence_span

Patterns = Sequence[tuple[str, re.Pattern[str]]]
"""What finds a phrase that begins with each form of its first character: a search by one character is fast."""


def search(
    store: Store, phrase: str, *, district: str | None = None, year: int | None = None,
    state: ReportState | None = None, limit: int = 200,
) -> list[Hit]:  # fmt: skip
    """Return the first sentences in which a phrase stands, by report as imported and place in its text.

    Full-width and half-width forms, capital and small letters, and white space make no difference. `district` is a
    name or a division code; withdrawn reports are left out. UserError for a phrase of less than two characters.
    """
    found: list[Hit] = []
    where, parameters = _picked(phrase, district, year, state)
    wanted = patterns(phrase)
    sql = f"""SELECT r.id, r.district, r.adcode, r.year, r.state, t.body FROM search CROSS JOIN report r
        ON r.id = search.rowid CROSS JOIN text t ON t.sha256 = r.text_sha256 WHERE {where} ORDER BY search.rowid"""
    with closing(loading.stream(store, sql, parameters)) as rows:
        for *report, body in rows:
            if not isinstance(body, str):
                stored.refuse(f"text of report {report[0]}")
            for start, end, low, high in _sentences(body, wanted):
                found.append(Hit(*(*report, start, end, on_one_line(body[low:high]))))
                if len(found) == limit:
                    return found
    return found


def reports_with(
    store: Store, phrase: str, *, district: str | None = None, year: int | None = None,
    state: ReportState | None = None,
) -> int:  # fmt: skip
    """Return in how many reports the index finds all pairs of a phrase: as many as hold it, very rarely some more."""
    where, parameters = _picked(phrase, district, year, state)
    sql = f"SELECT count(*) FROM search CROSS JOIN report r ON r.id = search.rowid WHERE {where}"
    return int(loading.select(store, sql, parameters)[0][0])


def matching(phrase: str) -> str:
    """Return what the index is asked for a phrase: all its pairs; UserError where it has none."""
    wanted = sorted(pairs(phrase))[:LONGEST]
    if not wanted:
        raise UserError("phrase_too_short", phrase=phrase)
    return " ".join(f'"{pair}"' for pair in wanted)


def patterns(phrase: str) -> Patterns:
    """Return what finds a phrase in a text: each character in all its forms, white space between them or not."""
    first, *rest = map(_forms, "".join(phrase.split()))
    after = "".join(rf"\s*[{re.escape(forms)}]" if len(forms) > 1 else rf"\s*{re.escape(forms)}" for forms in rest)
    return [(form, re.compile(re.escape(form) + after)) for form in first]


def places(text: str, wanted: Patterns) -> list[tuple[int, int]]:
    """Return where a phrase stands in a text; only the forms of its first character that are in the text are tried."""
    return sorted(found.span() for form, pattern in wanted if form in text for found in pattern.finditer(text))


def _forms(character: str) -> str:
    """Return a character in half and full width, small and capital, each once."""
    plain = character.translate(folded())
    wide = chr(ord(plain) + 0xFEE0) if "!" <= plain <= "~" else plain
    narrow = chr(ord(wide) - 0xFEE0) if "！" <= wide <= "～" else wide
    return "".join(dict.fromkeys((narrow, wide, narrow.upper(), wide.upper())))


def _picked(
    phrase: str, district: str | None, year: int | None, state: ReportState | None
) -> tuple[str, tuple[Any, ...]]:
    """Return the condition on `search` and `report r` that picks the reports to look at, and its parameters."""
    parts = ["search MATCH ?", "r.withdrawn = 0"]
    parameters: list[Any] = [matching(phrase)]
    if district is not None:
        parts.append("search.rowid IN (SELECT d.id FROM report d WHERE d.adcode = ? OR d.district = ?)")
        parameters += [district, district]
    for column, value in (("year", year), ("state", state)):
        if value is not None:
            parts.append(f"r.{column} = ?")
            parameters.append(value)
    return " AND ".join(parts), tuple(parameters)


def _sentences(body: str, wanted: Patterns) -> Iterator[tuple[int, int, int, int]]:
    """Yield where a phrase stands first in each sentence, and that sentence's span."""
    past = 0
    for start, end in places(body, wanted):
        if start >= past:
            low, past = sentence_span(body, start, end)
            yield start, end, low, past
