"""What a store keeps as JSON or in columns, read as if the file were damaged or made by an enemy: right, or refused.

SQLite keeps whatever it is given and has no checksums: a flipped byte, or a store that another program wrote, shows
here first. Each reader returns a value of the shape that Hebao writes, or raises UserError store_part_damaged, which
names what.
"""

from __future__ import annotations

import json
import math
import typing
import zlib
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NoReturn

from desktop.errors import UserError
from desktop.terms import FACTS, Approx, Kind, Level, NumeralClass, ReportState, Severity, State

Value = dict[str, Any]

STATES, REPORT_STATES, KINDS = (frozenset(typing.get_args(known)) for known in (State, ReportState, Kind))
APPROXES, LEVELS = (frozenset((*typing.get_args(known), None)) for known in (Approx, Level))
SEVERITIES, CLASSES = (frozenset(typing.get_args(known)) for known in (Severity, NumeralClass))
TEXT, NUMBER, NOTHING = str, (int, float), type(None)
READING = {"start": int, "end": int, "value": NUMBER, "unit": TEXT, "indicator": (TEXT, NOTHING), "state": TEXT}
READ = {**READING, "confidence": NUMBER, "because": list}
DECIDED = {**READING, "comment": TEXT, "reason": TEXT, "origin": TEXT}
SAID_OF_CELLS = ("not_reported", "value", "figures")
"""What a person may say of a cell itself: that there is none, its number, or which figures make it; one of these."""
SPAN_TYPES = ((int, int), (type(None), type(None)))
LARGEST = 64 * 1024 * 1024
LONGEST_NUMBER = 2**53  # as far as a float counts every whole number
FIGURE_TYPES: tuple[Any, ...] = (
    int, int, int, int, (float, int), TEXT, (TEXT, NOTHING), TEXT, (TEXT, NOTHING), (float, int), TEXT, TEXT,
    (TEXT, NOTHING), (TEXT, NOTHING),
)  # fmt: skip
REPORT_TYPES: tuple[Any, ...] = (
    int, *[(TEXT, NOTHING)] * 5, (int, NOTHING), *[(TEXT, NOTHING)] * 3, TEXT, TEXT, int, int, *[TEXT] * 7, *[int] * 6,
)  # fmt: skip
_right: set[tuple[type, ...]] = set()  # types of the columns of figures and of reports that were found right


def refuse(what: str) -> NoReturn:
    """Raise the UserError that says which part of the store cannot be read."""
    raise UserError("store_part_damaged", what=what)


def _no_number(said: str) -> NoReturn:
    raise ValueError(said)


_DECODER = json.JSONDecoder(parse_constant=_no_number)


def decoded(text: object, what: str) -> Any:
    """Return what JSON says; UserError where it is none, is nested without end, or holds a number without end."""

    try:
        return _DECODER.decode(typing.cast(str, text))
    except (ValueError, TypeError, RecursionError):
        refuse(what)


def words(text: object, what: str) -> tuple[str, ...]:
    """Return the words of a JSON list."""
    found = decoded(text, what)
    if not isinstance(found, list) or not all(isinstance(word, str) for word in found):
        refuse(what)
    return tuple(found)


def _shaped(value: Any, shape: Mapping[str, Any], what: str) -> Value:
    if not isinstance(value, dict) or not all(isinstance(value.get(name, ...), of) for name, of in shape.items()):
        refuse(what)
    return value


def _figure(value: Value, what: str) -> Value:
    known = value["state"] in STATES and value.get("kind") in KINDS and value.get("approx", "") in APPROXES
    if not known or not 0 <= value["start"] < value["end"] <= LONGEST_NUMBER or not math.isfinite(value["value"]):
        refuse(what)
    return value


def reading(text: object, what: str) -> Value:
    """Return what the machine reads under a decision."""
    found = _figure(_shaped(decoded(text, what), READ, what), what)
    if not all(isinstance(word, str) for word in found["because"]):
        refuse(what)
    return found


def _of_figure(value: Value, what: str) -> None:
    _figure(_shaped(value, DECIDED, what), what)
    beside = value.get("beside", [])
    if not isinstance(beside, list) or not all(isinstance(place, str) and _is_span(place) for place in beside):
        refuse(what)


def _of_cell(value: Value, what: str) -> None:
    over = value.get("over", [])
    if not isinstance(over, list) or not all(isinstance(place, str) for place in over):
        refuse(what)
    if sum(said in value for said in SAID_OF_CELLS) != 1:
        refuse(what)
    if "figures" in value:
        named = _shaped(value, {"figures": list, "reason": TEXT}, what)["figures"]
        if not named or not all(isinstance(anchor, str) and _is_span(anchor) for anchor in named):
            refuse(what)
        if len(set(named)) < len(named):
            refuse(what)
    if "value" in value:
        _shaped(value, {"value": NUMBER, "reason": TEXT}, what)
        if not math.isfinite(value["value"]):
            refuse(what)


def _of_fact(value: Value, what: str) -> None:
    _shaped(value, {"value": (TEXT, int, NOTHING)}, what)


def _of_reason(value: Value, what: str) -> None:
    _shaped(value, {"reason": TEXT}, what)


def _of_handout(value: Value, what: str) -> None:
    _shaped(value, {"to": TEXT, "file": TEXT, "blind": bool, "sources": list}, what)


def _of_person(value: Value, what: str) -> None:
    _shaped(value, {"same_as": TEXT}, what)


OF_KIND: dict[str, Callable[[Value, str], None]] = {
    "figure": _of_figure, "cell": _of_cell, "fact": _of_fact, "finding": _of_reason, "handout": _of_handout,
    "person": _of_person,
}  # fmt: skip
ANY_SHAPE = frozenset({"report", "choice", "indicator", "chart"})


def decision(kind: str, anchor: str, text: object, what: str) -> Value:
    """Return what a person said of one target, as the log keeps it."""
    value = _shaped(decoded(text, what), {}, what)
    if kind in OF_KIND:
        OF_KIND[kind](value, what)
    elif kind not in ANY_SHAPE:
        refuse(what)
    if (kind == "figure" and not _is_span(anchor)) or (kind == "fact" and anchor not in FACTS):
        refuse(what)
    return value


def facts(text: object, what: str) -> Value:
    """Return the facts that the machine read of a report."""
    text_or_none = dict.fromkeys(FACTS, (TEXT, NOTHING))
    found = _shaped(decoded(text, what), {**text_or_none, "year": (int, NOTHING), "candidates": list}, what)
    if found["level"] not in LEVELS or not all(isinstance(code, str) for code in found["candidates"]):
        refuse(what)
    return found


def numerals(text: object, what: str) -> list[tuple[int, int, NumeralClass]]:
    """Return numerals as (start, end, class)."""
    found = decoded(text, what)
    whole = isinstance(found, list) and all(
        isinstance(one, list) and [type(part) for part in one] == [int, int, str] and one[2] in CLASSES for one in found
    )
    return [(start, end, name) for start, end, name in found] if whole else refuse(what)


def doubt(row: tuple[object, ...], what: str) -> tuple[int, int, float]:
    """Return a span that recognition is unsure of, and how sure it is."""
    start, end, sureness = row
    if type(start) is int and type(end) is int and type(sureness) is float and 0 <= start < end and 0 <= sureness <= 1:
        return start, end, sureness
    refuse(what)


def spans(text: object, what: str) -> tuple[tuple[int, int], ...]:
    """Return spans of the text."""
    found = decoded(text, what)
    if not isinstance(found, list) or not all(
        isinstance(span, list) and [type(end) for end in span] == [int, int] for span in found
    ):
        refuse(what)
    return tuple((start, end) for start, end in found)


def arguments(text: object, what: str) -> Value:
    """Return what fills a finding's sentence: texts and numbers."""
    found = _shaped(decoded(text, what), {}, what)
    if not all(isinstance(value, (str, int, float)) for value in found.values()):
        refuse(what)
    return found


def place(text: object, what: str) -> Value:
    """Return a figure's quote with what stood before and after it."""
    return _shaped(decoded(text, what), dict.fromkeys(("quote", "before", "after"), TEXT), what)


def unpacked(packed: object, what: str) -> bytes:
    """Return what zlib packed, at most 64 MB of it; UserError where it is no such thing, or more."""
    try:
        unpacking = zlib.decompressobj()
        found = unpacking.decompress(typing.cast(bytes, packed), LARGEST)
        if unpacking.eof and len(found) % 16 == 0:
            return found
    except (zlib.error, TypeError):
        pass
    refuse(what)


def identity(row: tuple[Any, ...] | None) -> tuple[str, int, int]:
    """Return a store's id with its counts of changes and of logical time."""
    if row is None or tuple(map(type, row)) != (str, int, int) or not 0 <= row[1] <= row[2] <= LONGEST_NUMBER:
        refuse("store")
    return row


def definition(text: object, what: str) -> Value:
    """Return a reviewer's own indicator in the terms of indicators.toml; what they say is checked where it is used."""
    found = _shaped(decoded(text, what), {"name_zh": TEXT, "unit": TEXT, "units": TEXT, "when": list}, what)
    for line in found["when"]:
        if not isinstance(line, dict) or not all(isinstance(value, (str, int, float)) for value in line.values()):
            refuse(what)
    return found


def check_figure(row: tuple[Any, ...], length: int) -> None:
    """Raise UserError unless the columns of a figure (folding.COLUMNS) are as Hebao writes them, in a text of `length`.

    Called for millions of rows: types that were found right once are not looked at again.
    """
    types = tuple(map(type, row))
    if types not in _right:
        if not all(isinstance(value, of) for value, of in zip(row, FIGURE_TYPES, strict=True)):
            refuse(f"figure {row[0]}")
        _right.add(types)
    if not (
        0 <= row[2] < row[3] <= length
        and row[11] in STATES
        and row[7] in KINDS
        and row[6] in APPROXES
        and row[4] - row[4] == 0  # neither infinite nor no number
        and (row[12] is None or _is_span(row[12]))
    ):
        refuse(f"figure {row[0]}")


def check_values(rows: Sequence[tuple[Any, Any, int, Any]]) -> None:
    """Raise UserError unless the last of each row (the id of its figure before it) is a number a report can state."""
    for _, _, figure_id, value in rows:
        if value.__class__ is not float or value - value != 0:
            refuse(f"figure {figure_id}")


def check_exported(number: int, start: Any, stop: Any, value: Any, unit: Any, approx: Any, state: Any) -> None:
    """Raise UserError unless what is exported of a figure is as Hebao writes it."""
    try:
        right = (
            type(start) is type(stop) is int
            and 0 <= start < stop
            and value - value == 0  # neither infinite nor no number
            and type(unit) is str
            and approx in APPROXES
            and state in STATES
        )
    except TypeError:
        right = False
    if not right:
        refuse(f"figure {number}")


def check_report(row: tuple[Any, ...]) -> None:
    """Raise UserError unless the columns of a report (loading.REPORT) are as Hebao writes them."""
    types = tuple(map(type, row))
    if types not in _right:
        if not all(isinstance(value, of) for value, of in zip(row, REPORT_TYPES, strict=True)):
            refuse(f"report {row[0]}")
        _right.add(types)
    if row[5] not in LEVELS or row[11] not in REPORT_STATES:
        refuse(f"report {row[0]}")


def _is_span(anchor: str) -> bool:
    start, _, end = anchor.partition("#")[0].partition("-")
    return start.isdecimal() and end.isdecimal() and len(anchor) < 48
