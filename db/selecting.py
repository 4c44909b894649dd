"""Queries of an open store: their rows as they come, errors as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import closing
from typing import Any

from db import connection as sqlite
from db.store import Store

ORDER = "r.adcode IS NULL, r.adcode, r.district, r.year, r.id"
"""The order of the matrix."""


def select(store: Store, sql: str, parameters: Sequence[Any] = ()) -> list[Any]:
    """Return the rows of a query; UserError where the store turns out to be damaged or out of reach."""
    try:
        return store._connection.execute(sql, parameters).fetchall()
    except sqlite3.Error as error:
        sqlite.raise_sentence(error, store.path)


def stream(store: Store, sql: str, parameters: Sequence[Any] = ()) -> Generator[Any, None, None]:
    """Yield the rows of a query as they are asked for; UserError as for `select`."""
    try:
        with closing(store._connection.execute(sql, parameters)) as rows:
            yield from rows
    except sqlite3.Error as error:
        sqlite.raise_sentence(error, store.path)


def marks(values: Sequence[Any]) -> str:
    """Return the place holders of an IN list."""
    return ", ".join("?" * len(values))


def chunks(report_ids: Sequence[int], size: int = 200) -> Iterable[Sequence[int]]:
    """Yield report ids some at a time, so that a table of any length fits in memory."""
    for at in range(0, len(report_ids), size):
        yield report_ids[at : at + size]
