"""The texts of reports, those that they had before a source was read anew too, and where in them decisions stand."""

from __future__ import annotations

import sqlite3

from db import folding, standing, stored
from db.folding import Value
from db.placing import Span, placing

KEPT = 3
CONTEXT = 20  # characters kept before and after a figure's quote, to find it again in a text that was read anew


class Texts:
    """What one transaction asks of texts, each read once."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._bodies: dict[str, str] = {}
        self._hashes: dict[int, tuple[str, str]] = {}
        self._anchors: dict[int, dict[str, str]] = {}

    def hashes(self, report_id: int) -> tuple[str, str]:
        """Return the SHA-256 of a report's source and of its text."""
        if report_id not in self._hashes:
            sql = "SELECT source_sha256, text_sha256 FROM report WHERE id = ?"
            row = self._db.execute(sql, (report_id,)).fetchone()
            if row is None:
                stored.refuse(f"report {report_id}")
            self._hashes[report_id] = row
        return self._hashes[report_id]

    def body(self, report_id: int, text_sha256: str = "") -> str:
        """Return the text of a report, or one that it had before."""
        body = self._body(text_sha256 or self.hashes(report_id)[1])
        if body is None:
            stored.refuse(f"text of report {report_id}")
        return body

    def around(self, sha256: str, start: int, end: int, context: int) -> tuple[str, str, str] | None:
        """Return what stands in a span of a text, before it and after it; None where that text was lost."""
        body = self._body(sha256)
        if body is None:
            return None
        return body[start:end], body[max(0, start - context) : start], body[end : end + context]

    def _body(self, sha256: str) -> str | None:
        if sha256 not in self._bodies:
            row = self._db.execute("SELECT body FROM text WHERE sha256 = ?", (sha256,)).fetchone()
            if row is None or not isinstance(row[0], str):
                return None
            self._bodies = {**dict(list(self._bodies.items())[1 - KEPT :]), sha256: row[0]}
        return self._bodies[sha256]

    def anchors(self, report_id: int) -> dict[str, str]:
        """Return every anchor of a figure that the log knows, with the SHA-256 of the text that it was made in.

        It knows the figures that were decided on, and those that were named for a cell. Whoever writes a change on one
        enters it here.
        """
        if report_id not in self._anchors:
            sql = """SELECT anchor, text_sha256, iif(kind = 'cell', after, NULL) FROM change
                WHERE source_sha256 = ? AND (kind = 'figure' OR (kind = 'cell' AND instr(after, '"figures"')))
                ORDER BY clock DESC, store_id DESC, sequence DESC, uuid DESC"""
            known: dict[str, str] = {}
            for anchor, made_in, after in self._db.execute(sql, (self.hashes(report_id)[0],)):
                known.update(dict.fromkeys((anchor,) if after is None else _named(anchor, after), made_in))
            self._anchors[report_id] = known
        return self._anchors[report_id]

    def enter(self, report_id: int, anchor: str, made_in: str) -> None:
        """Take notice of a change that was written on a figure's anchor."""
        if report_id in self._anchors:
            self._anchors[report_id].setdefault(anchor, made_in)

    def made_in(self, report_id: int, anchor: str) -> str | None:
        """Return the SHA-256 of the text that a figure's anchor was made in, None where the log does not know it."""
        if report_id in self._anchors:
            return self._anchors[report_id].get(anchor)
        order = "clock, store_id, sequence, uuid"
        sql = f"""SELECT text_sha256, {order} FROM change WHERE source_sha256 = ?1 AND kind = 'figure' AND anchor = ?2
            UNION ALL SELECT text_sha256, {order} FROM change
                WHERE source_sha256 = ?1 AND kind = 'cell' AND instr(after, ?3)
            ORDER BY {order} LIMIT 1"""
        row = self._db.execute(sql, (self.hashes(report_id)[0], anchor, f'"{anchor}"')).fetchone()
        return None if row is None else str(row[0])

    def elsewhere(self, report_id: int) -> set[str]:
        """Return the anchors of figures that were made in another text than the report has now."""
        now = self.hashes(report_id)[1]
        return {anchor for anchor, made_in in self.anchors(report_id).items() if made_in != now}

    def home(self, report_id: int, anchor: str) -> Span | None:
        """Return where the place that an anchor was made from stands in the present text, None where nowhere."""
        made_in, now = self.made_in(report_id, anchor), self.hashes(report_id)[1]
        span = folding.span_of(anchor)
        if made_in is None or made_in == now:
            return span
        return self._moved(report_id, made_in, span)

    def _moved(self, report_id: int, made_in: str, span: Span) -> Span | None:
        """Return where a span of another text stands in the present one; a text that was lost tells nothing."""
        old = self._body(made_in)
        return None if old is None else placing(old, self.body(report_id)).span(*span)

    def carried(self, report_id: int, value: Value, text_sha256: str) -> Value | None:
        """Return what was decided in another text with the span it has in the present one; None where it has none."""
        if text_sha256 == self.hashes(report_id)[1]:
            return value
        span = self._moved(report_id, text_sha256, (value["start"], value["end"]))
        return None if span is None else {**value, "start": span[0], "end": span[1]}

    def counts_in(self, report_id: int, anchor: str) -> str:
        """Return the SHA-256 of the text in which the spans count of what stands on a figure's anchor."""
        source, text = self.hashes(report_id)
        changes = standing.on_target(self._db, source, "figure", anchor)
        if len(ends := standing.heads(changes)) == 1 and len(standing.standing(changes)) < 2:
            return ends[0].text_sha256
        sql = """SELECT c.text_sha256 FROM decision d JOIN change c ON c.id = d.change_id
            WHERE d.report_id = ? AND d.kind = 'figure' AND d.anchor = ?"""
        row = self._db.execute(sql, (report_id, anchor)).fetchone()
        return text if row is None else str(row[0])


def _named(indicator: str, after: str) -> list[str]:
    """Return the figures that a change names for a cell."""
    said = stored.decision("cell", indicator, after, f"change on cell {indicator}")
    return list(said.get("figures", ()))
