"""What another store says, before it is taken in: in the shape that Hebao writes, and in bounds; or it is refused.

Nothing here trusts the other file: it may be damaged, or made by an enemy. Each refusal names the part.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NoReturn

from db import standing, stored
from db.intake import unpack_boxes
from db.people import LONGEST_NAME, printable
from desktop.errors import UserError

LATEST_CLOCK = 2**40  # so many decisions nobody makes; a store's own count must go on above it
LONGEST_ID, LONGEST_WORD, LONGEST_TEXT = 64, 400, 1_000_000
LONGEST_LINE = 4000
"""Characters of what somebody types on one line: a fact, the words of an own indicator, what a chart is called."""
HASH = re.compile("(?:[0-9a-f]{64})?")
OF_WHOLE_STORE = frozenset({"indicator", "chart", "handout", "person"})
YEARS = range(1900, 2200)
ID = re.compile("[a-z][a-z0-9_]{0,31}")
SLOTS = ("topic", "act", "noun", "also", "without", "units")
KINDS = frozenset({*stored.OF_KIND, *stored.ANY_SHAPE})
OF_CHANGE = (
    "uuid", "store_id", "sequence", "clock", "at", "reviewer_id", "group_id", "verb", "why", "source_sha256",
    "text_sha256", "kind", "anchor", "place", "before", "after", "supersedes", "undoes", "undoes_group", "program",
    "catalogue",
)  # fmt: skip
LONGEST = {
    **dict.fromkeys(("uuid", "store_id", "reviewer_id", "group_id"), LONGEST_ID),
    **dict.fromkeys(("verb", "kind", "program", "catalogue"), LONGEST_WORD),
    "anchor": LONGEST_LINE,
    "why": LONGEST_TEXT,
}

Change = tuple[Any, ...]
"""A change as its columns stand in OF_CHANGE."""


def check_reviewer(reviewer_id: object, name: object, store_id: object) -> None:
    """Raise UserError unless a reviewer is one that Hebao enters: a printable name on one line, ids of some length."""
    if not _is_word(reviewer_id, LONGEST_ID) or not _is_word(store_id, 2 * LONGEST_ID + 1):
        _refuse("reviewer", reviewer_id)
    if not _is_word(name, LONGEST_NAME) or str(name) != printable(str(name)):
        _refuse("reviewer", reviewer_id)


def check_change(source: sqlite3.Connection, change: Change) -> None:
    """Raise UserError unless a change of `source` is as Hebao writes them and follows only what is older than it."""
    named = dict(zip(OF_CHANGE, change, strict=True))
    what = f"change {str(named['uuid'])[:LONGEST_ID]}"
    if not all(_is_word(named[name], longest, name == "uuid") for name, longest in LONGEST.items()):
        stored.refuse(what)
    if not all(
        isinstance(named[name], str) and HASH.fullmatch(named[name]) for name in ("source_sha256", "text_sha256")
    ):
        stored.refuse(what)
    numbers = (named["sequence"], named["clock"])
    if not all(type(number) is int and 1 <= number <= LATEST_CLOCK for number in numbers) or not _is_time(named["at"]):
        stored.refuse(what)
    if named["kind"] not in KINDS or (named["kind"] in OF_WHOLE_STORE) != (named["source_sha256"] == ""):
        stored.refuse(what)
    for value in (named["before"], named["after"]):
        if value is not None:
            said = standing.said(named["kind"], named["anchor"], value, what)
            fact = named["kind"] != "fact" or _is_fact(named["anchor"], said["value"])
            if not fact or (named["kind"] == "indicator" and not _is_definition(named["anchor"], said)):
                stored.refuse(what)
    if named["place"] is not None:
        stored.place(named["place"], what)
    if not _is_word(named["undoes_group"] or "-", LONGEST_ID):
        stored.refuse(what)
    _check_past(source, named, what)


def _is_fact(name: str, value: object) -> bool:
    """Return whether a value is one that a fact may have: a report's columns are read by all screens."""
    if name == "year":
        return value is None or (type(value) is int and value in YEARS)
    if name == "level":
        return value in stored.LEVELS
    return value is None or _is_word(value, LONGEST_LINE, False)


def must_fit(*typed: object) -> None:
    """Raise UserError where a line of what somebody typed is longer than another store would take in."""
    longest = max((len(line) for line in typed if isinstance(line, str)), default=0)
    if longest > LONGEST_LINE:
        raise UserError("typed_too_long", length=longest, most=LONGEST_LINE)


def _is_definition(indicator: str, said: Mapping[str, Any]) -> bool:
    """Return whether an own indicator is one that the catalogue can take in: it is read with every report."""
    named = ID.fullmatch(indicator) and said.get("kind", "count") in stored.KINDS
    if not named or said.get("combine", "first") not in ("first", "sum"):
        return False
    numbers = [line.get(name, 1.0) for line in said["when"] for name in ("below", "weight")]
    right = all(_is_word(line, LONGEST_LINE, False) for line in lines_of(said))
    return right and all(isinstance(number, (int, float)) for number in numbers)


def lines_of(definition: Mapping[str, Any]) -> list[object]:
    """Return what somebody typed of an own indicator, line by line."""
    plain = ("theme", "name_zh", "name_en", "unit", "units", "definition", "definition_en")
    words = [line.get(slot, "") for line in definition["when"] for slot in SLOTS]
    return [*(definition.get(name, "") for name in plain), *words]


def check_held(row: Sequence[Any]) -> None:
    """Raise UserError unless a row of what a store knew (store, number, store, number) is as Hebao writes them."""
    store_id, sequence, other_id, upto = row
    ids = _is_word(store_id, LONGEST_ID) and _is_word(other_id, LONGEST_ID)
    if not ids or not all(type(number) is int and 0 <= number <= LATEST_CLOCK for number in (sequence, upto)):
        _refuse("held", store_id)


def is_name(store_id: object, name: object) -> bool:
    """Return whether a store is called by a name that can be shown."""
    return _is_word(store_id, LONGEST_ID) and _is_word(name, LONGEST_NAME) and name == printable(str(name))


def _check_past(source: sqlite3.Connection, named: dict[str, Any], what: str) -> None:
    """Raise UserError where a change follows or takes back one of another target, or one that is not older.

    One that is not there is let be: a store that was rescued may have lost some, and what is left is worth having.
    """
    followed = named["supersedes"]
    if not (followed is None or (isinstance(followed, str) and len(followed) < LONGEST_TEXT)):
        stored.refuse(what)
    sql = "SELECT clock, source_sha256, kind, anchor FROM change WHERE uuid = ?"
    for uuid in (*(followed or "").split(" "), named["undoes"]):
        if uuid in (None, ""):
            continue
        if not _is_word(uuid, LONGEST_ID, True):
            stored.refuse(what)
        row = source.execute(sql, (uuid,)).fetchone()
        target = tuple(named[name] for name in ("source_sha256", "kind", "anchor"))
        if row is not None and (type(row[0]) is not int or row[0] >= named["clock"] or row[1:] != target):
            raise UserError("merge_cycle", uuid=named["uuid"])


def check_reports(source: sqlite3.Connection, report_ids: Sequence[int]) -> None:
    """Raise UserError unless what hangs on some reports is as Hebao writes it and lies inside their texts."""
    among = f"IN ({', '.join('?' * len(report_ids))})"
    sql = f"""SELECT r.id, r.source_sha256, r.source_name, r.reader, r.imported_at, r.program, r.catalogue,
        length(t.body) FROM report r LEFT JOIN text t ON t.sha256 = r.text_sha256 WHERE r.id {among}"""
    lengths = {}
    for report_id, source_sha256, name, reader, at, program, catalogue, length in source.execute(sql, report_ids):
        words = all(_is_word(word, LONGEST_WORD, False) for word in (reader, program, catalogue))
        hashed = isinstance(source_sha256, str) and len(source_sha256) == 64 and HASH.fullmatch(source_sha256)
        if not (words and hashed and _is_time(at) and _is_word(name, LONGEST_LINE) and type(length) is int):
            stored.refuse(f"report {report_id}")
        lengths[report_id] = length
    for report_id, classes in source.execute(f"SELECT * FROM numerals WHERE report_id {among}", report_ids):
        what = f"numerals {report_id}"
        _check_spans([one[:2] for one in stored.numerals(classes, what)], lengths[report_id], what)
    for report_id, number, start, stop, width, height, boxes in source.execute(
        f"SELECT * FROM page WHERE report_id {among}", report_ids
    ):
        what = f"page {report_id}/{number}"
        _check_spans([(start, stop)], lengths[report_id], what)
        sides = all(isinstance(side, (int, float)) and 0 <= side < LONGEST_TEXT for side in (width, height))
        if type(number) is not int or not sides or len(unpack_boxes(boxes)) > lengths[report_id]:
            stored.refuse(what)
    for report_id, start, stop, sureness in source.execute(f"SELECT * FROM doubt WHERE report_id {among}", report_ids):
        _check_spans([(start, stop)], lengths[report_id], f"doubt {report_id}")
        if not isinstance(sureness, (int, float)) or not 0 <= sureness <= 1:
            stored.refuse(f"doubt {report_id}")


def _check_spans(spans: Sequence[tuple[Any, Any]], length: int, what: str) -> None:
    for start, stop in spans:
        if type(start) is not int or type(stop) is not int or not 0 <= start <= stop <= length:
            stored.refuse(what)


def _is_word(value: object, longest: int, needed: bool = True) -> bool:
    return isinstance(value, str) and len(value) <= longest and (bool(value) or not needed)


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) <= LONGEST_ID and datetime.fromisoformat(value) is not None
    except ValueError:
        return False


def _refuse(table: str, key: object) -> NoReturn:
    stored.refuse(f"{table} {str(key)[:LONGEST_ID]}")
