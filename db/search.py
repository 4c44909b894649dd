"""The search index: every pair of neighbouring characters of every text, so that a phrase of two is found as well.

Characters are folded before they are paired (full-width letters and digits to half-width, capitals to small ones,
ASCII punctuation to full-width, which the tokenizer leaves alone), and white space is taken out: a phrase is found
across the line breaks of a PDF. The index tells which reports hold all pairs of a phrase; the texts then tell where.
"""

from __future__ import annotations

import functools
import sqlite3
from collections.abc import Iterable
from operator import add as joined

INDEX = (
    "CREATE VIRTUAL TABLE search USING fts5 (pairs, content = '', columnsize = 0, detail = none, tokenize = 'ascii')"
)
"""The rowid is the report's id. A withdrawn report stays in the index."""
LONGEST = 64  # pairs of a phrase that the index is asked for: the texts are looked at for all of it


@functools.cache
def folded() -> str:
    """Return what each character of the basic plane is folded to, as one string by code point."""
    table = [chr(code) for code in range(0x10000)]
    for code in range(0x21, 0x7F):
        narrow, wide = chr(code), chr(code + 0xFEE0)
        table[code] = table[code + 0xFEE0] = narrow.lower() if narrow.isalnum() else wide
    for code in (*range(0x20), 0x7F):  # the tokenizer would take them for spaces
        table[code] = "\ufffd"
    return "".join(table)


def pairs(text: str) -> set[str]:
    """Return the pairs of neighbouring characters of a text, folded, white space taken out."""
    plain = "".join(text.split()).translate(folded())
    return set(map(joined, plain, plain[1:]))


def enter(db: sqlite3.Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Enter the texts of new reports, each under its report's id."""
    db.executemany("INSERT INTO search (rowid, pairs) VALUES (?, ?)", ((i, " ".join(pairs(text))) for i, text in texts))


def replace(db: sqlite3.Connection, report_id: int, old: str, new: str) -> None:
    """Enter another text of a report in place of the one that was entered."""
    sql = "INSERT INTO search (search, rowid, pairs) VALUES ('delete', ?, ?)"
    db.execute(sql, (report_id, " ".join(pairs(old))))
    enter(db, [(report_id, new)])


def fill(db: sqlite3.Connection) -> None:
    """Make the index anew from all texts of the store."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    enter(db, db.execute("SELECT r.id, t.body FROM report r JOIN text t ON t.sha256 = r.text_sha256 ORDER BY r.id"))
