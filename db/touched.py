"""Who edits, and what an edit did: all that the window needs of the store's rows before its first paint."""

from __future__ import annotations

from typing import NamedTuple


class Reviewer(NamedTuple):
    """A person whose decisions are recorded; `id` is a UUID, so that names may meet again in another store."""

    id: str
    name: str


class Touched(NamedTuple):
    """What an edit, an undo or a redo did: its verb, and the reports and figures whose rows read differently now.

    `indicators` are the reviewers' own indicators that are others now, were added or taken away.
    """

    verb: str = ""
    reports: frozenset[int] = frozenset()
    figures: frozenset[int] = frozenset()
    indicators: frozenset[str] = frozenset()
