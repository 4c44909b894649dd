"""Invented reports for the tests of the store, and the frozen stores that every later Hebao must open.

`python tests/unit/store_samples.py tests/data/stores/schema-1.hebao` writes a store of the present schema with every
kind of decision in it (and its file of sources beside it). Run it once when a schema is released, commit the two files,
and never write them again: test_migrations opens each.
"""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from db import queries
from db.intake import Entry
from db.store import Store
from db.table import ASKED
from desktop.indicators import Catalogue, Indicator
from desktop.model import Document, Extraction, Facts, Figure, Finding, Level, Numeral, Page

ME, YOU = "王敏", "李静"
TEXT = (
    "青禾县2024年法治政府建设年度报告\n全年收到行政复议申请151件，受理140件。全县聘请法律顾问12名。\n"
    "一年来办理行政诉讼案件３８件，其中败诉2件；另有𠮷祥镇上报4件。"
)
CATALOGUE = Catalogue(
    {
        name: Indicator(name, "disputes", zh, name, "count", unit, combine, zh)
        for name, zh, unit, combine in (
            ("received", "收到", "件", "first"),
            ("accepted", "受理", "件", "first"),
            ("advisers", "顾问", "名", "sum"),
            ("lawsuits", "诉讼", "件", "sum"),
            ("lost", "败诉", "件", "first"),
        )
    },
    "7",
)
RECEIVED = Figure(29, 33, 151.0, "件", None, "count", "received", 0.98, ("行政复议申请", "收到"))
ACCEPTED = Figure(36, 40, 140.0, "件", None, "count", "accepted", 0.9, ("受理",))
ADVISERS = Figure(49, 52, 12.0, "名", None, "count", "advisers", 0.8, ("法律顾问",))
LAWSUITS = Figure(65, 68, 38.0, "件", "about", "count", "lawsuits", 0.7, ("诉讼",))
LOST = Figure(73, 75, 2.0, "件", None, "count", "lost", 0.6, ())
TOWN = Figure(83, 85, 4.0, "件", None, "count", None, 0.5, ())
FIGURES = (RECEIVED, ACCEPTED, ADVISERS, LAWSUITS, LOST, TOWN)


def facts(
    district: str | None = "青禾县", year: int | None = 2024, adcode: str | None = "990101", level: Level = "county"
) -> Facts:
    return Facts(
        district,
        "云川市",
        "临江省",
        level,
        adcode,
        year,
        f"{district}{year}年报告",
        "青政〔2025〕3号",
        "青禾县人民政府",
    )


def extraction(figures: Sequence[Figure] = FIGURES, of: Facts | None = None) -> Extraction:
    numerals = (Numeral(3, 7, "date"), *(Numeral(f.start, f.end - 1, "figure") for f in figures), Numeral(0, 1, "open"))
    return Extraction(of or facts(), tuple(figures), numerals)


def entry(
    name: str = "青禾县.txt",
    *,
    of: Facts | None = None,
    figures: Sequence[Figure] = FIGURES,
    findings: Sequence[Finding] = (),
    pages: Sequence[Page] = (),
    text: str = TEXT,
) -> Entry:
    """Return a report whose source is its text with its name in front, so that each name is another source."""
    source = f"{name}\n{text}".encode()
    document = Document(name, "txt", hashlib.sha256(source).hexdigest(), text, tuple(pages))
    return Entry(document, source, extraction(figures, of), findings)


def stated(
    year: int, value: float, *, name: str = "", district: str = "青禾县", adcode: str | None = "990101"
) -> Entry:
    """Return a district's report on one year that states how many reconsideration applications it received."""
    number = RECEIVED._replace(value=float(value), indicator="reconsideration_received")
    return entry(name or f"{district}{year}.txt", of=facts(district, year, adcode), figures=[number])


def add(store: Store, one: Entry | None = None) -> int:
    return store.add_reports([one or entry()], program="0.1.0", catalogue="7")[0]


def by_indicator(store: Store, report_id: int) -> dict[str | None, queries.FigureRow]:
    return {figure.indicator: figure for figure in queries.figures(store, report_id)}


def figure(store, report_id, indicator="received"):
    return by_indicator(store, report_id)[indicator]


def decide(store, verb, *arguments, reviewer=ME, **named):
    with store.edit(verb, reviewer=reviewer) as edit:
        getattr(edit, verb)(*arguments, **named)
    return edit.touched


def log(store):
    """Return the whole log as dicts, oldest first."""
    cursor = store._connection.execute("SELECT * FROM change ORDER BY id")
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def shown(store, report_id):
    """Return everything that the screens of one report show."""
    return (
        queries.report(store, report_id),
        queries.figures(store, report_id),
        queries.report_cells(store, CATALOGUE, report_id),
        queries.findings(store, report_id),
    )


def without_ids(screens):
    """Return what screens show but for the ids of figures, which a figure that is made again does not keep."""
    return re.sub(r"FigureRow\(id=\d+", "FigureRow(id=?", repr(screens))


def cell(store, report_id, indicator):
    return {row.indicator: row for row in queries.report_cells(store, CATALOGUE, report_id)}[indicator]


def all_cells(store, catalogue, state="all"):
    """Return the cells of all reports that count, as the desk has them, in the order in which they are exported."""
    counting = [row.id for row in queries.reports(store) if row.counts]
    cells = [cell for report_id in counting for cell in queries.report_cells(store, catalogue, report_id)]
    return [cell for cell in cells if cell.state in ASKED[state]]


def build(path: Path) -> None:
    """Write a store with every kind of row and decision in it."""
    findings = [
        Finding("accepted_of_received", "error", ((29, 33), (36, 40)), {"found": 140.0}, None, "f-1"),
        Finding("heading_gap", "notice", (), {}, (0, 6), "f-2"),
    ]
    pages = [Page(1, 0, len(TEXT), 595.0, 842.0, ((1.0, 2.0, 3.0, 4.0), None))]
    with Store.open(path) as store:
        first = add(store, entry(findings=findings, pages=pages))
        second = add(store, entry("另一份.txt"))
        add(store, entry("待定.txt", of=facts(None, None, None)))
        figures = by_indicator(store, first)
        with store.edit("accept", reviewer="王敏") as edit:
            edit.accept(figures["received"].id)
        with store.edit("correct_value", reviewer="李静", why="原文为全角数字") as edit:
            edit.correct(figures["lawsuits"].id, value=39, approx=None)
        with store.edit("reject", reviewer="王敏") as edit:
            edit.reject(figures[None].id, "乡镇的数据")
            edit.query(figures["lost"].id, "与上年不符")
            edit.comment(figures["advisers"].id, "含镇街")
            edit.create(first, start=0, end=3, value=1, unit="个", approx=None, kind="count", indicator="advisers")
            edit.assert_not_reported(first, "accepted")
            edit.enter_cell(second, "lost", 3, "附表")
            edit.name_figures(second, "received", [by_indicator(store, second)["received"].id], "同一数")
            edit.dismiss("f-2", first, "排版")
        with store.edit("correct_fact", reviewer="王敏") as edit:
            edit.correct_fact(first, "issuer", "青禾县司法局")
            edit.choose(second)
            edit.sign_off(first)
        store.undo(reviewer="李静")


if __name__ == "__main__":
    Path(sys.argv[1]).parent.mkdir(parents=True, exist_ok=True)
    build(Path(sys.argv[1]))
