import pytest
from store_samples import (
    ACCEPTED,
    ADVISERS,
    CATALOGUE,
    FIGURES,
    LAWSUITS,
    LOST,
    RECEIVED,
    TOWN,
    add,
    by_indicator,
    entry,
    facts,
)

from db import queries
from desktop.model import Figure, Finding, Numeral

STATES = ("verified", "decided", "all")
ME, YOU = "王敏", "李静"


def accept(store, report_id, *indicators):
    rows = by_indicator(store, report_id)
    with store.edit("accept", reviewer=ME) as edit:
        for indicator in indicators:
            edit.accept(rows[indicator].id)


def test_a_report_says_what_was_read_of_it(store):
    findings = [Finding("a", "error", fingerprint="f-1"), Finding("b", "notice", fingerprint="f-2")]
    row = queries.report(store, add(store, entry(findings=findings)))
    assert (row.district, row.adcode, row.city, row.province) == ("青禾县", "990101", "云川市", "临江省")
    assert (row.level, row.title, row.doc_number) == ("county", "青禾县2024年报告", "青政〔2025〕3号")
    assert (row.year, row.issuer, row.candidates) == (2024, "青禾县人民政府", ())
    assert (row.state, row.counts, row.withdrawn, row.corrected) == ("unreviewed", True, False, frozenset())
    assert (row.figures, row.decided, row.findings) == (6, 0, 2)
    assert row.imported_at.endswith("+00:00")


def test_reports_stand_in_the_order_of_the_table(store):
    wanted = [
        ("a", facts("甲区", 2023, "990001")),
        ("b", facts("甲区", 2024, "990001")),
        ("c", facts("乙区", 2020, "990002")),
        ("d", facts("丁区", 2024, None)),
        ("e", facts("戊区", 2021, None)),
    ]
    for name, of in reversed(wanted):
        add(store, entry(name, of=of))
    order = [name for name, _ in wanted]
    assert [row.source_name for row in queries.reports(store)] == order
    assert [c.report.source_name for c in queries.exported_cells(store, CATALOGUE, state="all")][::5] == order


def test_figures_stand_in_text_order_as_the_machine_read_them(store):
    report_id = add(store, entry(figures=FIGURES[::-1]))
    rows = queries.figures(store, report_id)
    assert [(row.start, row.end) for row in rows] == [(f.start, f.end) for f in FIGURES]
    assert [row.quote for row in rows] == ["151件", "140件", "12名", "３８件", "2件", "4件"]
    first = rows[0]
    assert Figure(
        first.start, first.end, first.value, first.unit, first.approx, first.kind, first.indicator, first.confidence,
        first.because,
    ) == RECEIVED  # fmt: skip
    assert (first.anchor, first.state, first.origin, first.machine) == ("29-33", "extracted", "machine", None)
    assert (first.comment, first.reason, first.reviewer, first.decided_at) == ("", "", None, None)
    assert queries.figure(store, first.id) == first
    assert rows[3].approx == "about"


def test_what_is_not_there_raises(store):
    for ask in (queries.report, queries.text, queries.figure):
        with pytest.raises(KeyError):
            ask(store, 99)
    with pytest.raises(KeyError):
        queries.report_cells(store, CATALOGUE, 99)
    with pytest.raises(KeyError):
        queries.other_years(store, 99, "lost")
    assert queries.figures(store, 99) == queries.numerals(store, 99) == queries.findings(store, 99) == []
    assert queries.pages(store, 99) == []


def test_an_open_numeral_is_claimed_by_the_figure_a_person_makes(store):
    report_id = add(store)
    assert queries.numerals(store, report_id)[-1] == Numeral(0, 1, "open")
    with store.edit("create_figure", reviewer=ME) as edit:
        made = edit.create(report_id, start=0, end=2, value=1, unit="县", approx=None, kind="count", indicator=None)
    assert queries.numerals(store, report_id)[-1] == Numeral(0, 1, "figure")
    assert queries.numerals(store, report_id)[0] == Numeral(3, 7, "date")
    with store.edit("reject", reviewer=ME) as edit:
        edit.reject(made)
    assert queries.numerals(store, report_id)[-1] == Numeral(0, 1, "open")


def test_a_cell_says_where_it_comes_from(store):
    figures = [RECEIVED, ACCEPTED, ADVISERS, Figure(65, 68, 3.0, "名", "more", "count", "advisers", 0.9), LOST, TOWN]
    findings = [
        Finding("a", "error", ((29, 33), (36, 40)), fingerprint="f-1"),
        Finding("b", "notice", ((29, 33),), fingerprint="f-2"),
        Finding("c", "notice", (), {}, (0, 4), "f-3"),
    ]
    report_id = add(store, entry(figures=figures, findings=findings))
    with store.edit("review", reviewer=ME) as edit:
        rows = by_indicator(store, report_id)
        edit.accept(rows["received"].id)
        edit.comment(rows["received"].id, "见表一")
        edit.dismiss("f-2", report_id, "")
    cells = queries.report_cells(store, CATALOGUE, report_id)
    assert [(c.indicator, c.value, c.unit, c.approx, c.state) for c in cells] == [
        ("received", 151, "件", None, "verified"),
        ("accepted", 140, "件", None, "extracted"),
        ("advisers", 15, "名", "more", "extracted"),
        ("lost", 2, "件", None, "extracted"),
    ]
    first, _, advisers, _ = cells
    row = queries.report(store, report_id)
    assert (first.district, first.adcode, first.city, first.province, first.year) == (
        "青禾县", "990101", "云川市", "临江省", 2024,
    )  # fmt: skip
    assert (first.source_sha256, first.source_name) == (row.source_sha256, row.source_name)
    assert (first.program, first.catalogue) == ("0.1.0", "7")
    assert (first.reviewer, first.comment, first.findings, first.entered) == (ME, "见表一", 1, False)
    assert first.decided_at == first.figures[0].decided_at
    assert [f.value for f in advisers.figures] == [12, 3]
    assert (advisers.reviewer, advisers.decided_at, advisers.comment, advisers.findings) == (None, None, "", 0)
    assert cells[1].findings == 1


@pytest.mark.parametrize(
    ("states", "state"),
    [
        (("verified", "verified"), "verified"),
        (("verified", "extracted"), "extracted"),
        (("verified", "queried"), "queried"),
        (("extracted", "queried"), "queried"),
        (("rejected", "verified"), "verified"),
        (("auto", "auto"), "auto"),
        (("auto", "verified"), "auto"),
        (("auto", "extracted"), "extracted"),
    ],
)
def test_a_cell_is_as_sure_as_its_least_sure_figure(store, states, state):
    parts = ((49, 52, 12.0), (65, 68, 3.0))
    figures = [Figure(start, end, value, "名", None, "count", "advisers") for start, end, value in parts]
    report_id = add(store, entry(figures=figures))
    ids = [row.id for row in queries.figures(store, report_id)]
    with store.edit("review", reviewer=ME) as edit:
        for figure_id, wanted in zip(ids, states, strict=True):
            if wanted == "verified":
                edit.accept(figure_id)
            elif wanted == "rejected":
                edit.reject(figure_id)
            elif wanted == "queried":
                edit.query(figure_id, "？")
    # No rule closes a figure yet: what one would write is written here.
    autos = [(figure_id,) for figure_id, wanted in zip(ids, states, strict=True) if wanted == "auto"]
    store._connection.executemany("UPDATE figure SET state = 'auto' WHERE id = ?", autos)
    cell = queries.report_cells(store, CATALOGUE, report_id)[0]
    assert cell.state == state
    assert queries.status(store, CATALOGUE).cells[state] == 1
    assert cell.value == (3 if "rejected" in states else 15)


def test_the_first_figure_that_is_not_rejected_makes_the_cell(store):
    again = Figure(73, 75, 150.0, "件", None, "count", "received")
    report_id = add(store, entry(figures=[RECEIVED, again]))
    one, two = queries.figures(store, report_id)
    accept_one = queries.report_cells(store, CATALOGUE, report_id)[0]
    assert (accept_one.value, accept_one.state) == (151, "extracted")
    with store.edit("review", reviewer=ME) as edit:
        edit.accept(two.id)
    assert queries.report_cells(store, CATALOGUE, report_id)[0].state == "extracted"
    with store.edit("review", reviewer=ME) as edit:
        edit.reject(one.id)
    cell = queries.report_cells(store, CATALOGUE, report_id)[0]
    assert (cell.value, cell.state, [f.id for f in cell.figures]) == (150, "verified", [two.id])
    with store.edit("review", reviewer=ME) as edit:
        edit.reject(two.id)
    assert queries.report_cells(store, CATALOGUE, report_id) == []


def test_what_a_person_says_of_a_cell_stands_over_its_figures(store):
    report_id = add(store, entry(figures=[RECEIVED, LAWSUITS]))
    with store.edit("cells", reviewer=ME) as edit:
        edit.assert_not_reported(report_id, "received")
        edit.assert_not_reported(report_id, "lost")
        edit.enter_cell(report_id, "lawsuits", 40, "附表为准")
        edit.enter_cell(report_id, "accepted", 7, "附表")
        edit.assert_not_reported(report_id, "no such indicator")
    cells = queries.report_cells(store, CATALOGUE, report_id)
    assert [(c.indicator, c.value, c.unit, c.state, c.entered, len(c.figures)) for c in cells] == [
        ("received", None, "件", "not_reported", False, 1),
        ("accepted", 7, "件", "verified", True, 0),
        ("lawsuits", 40, "件", "verified", True, 1),
        ("lost", None, "件", "not_reported", False, 0),
    ]
    assert [(c.reviewer, c.comment, c.approx) for c in cells] == [
        (ME, "", None), (ME, "附表", None), (ME, "附表为准", None), (ME, "", None)
    ]  # fmt: skip
    counted = queries.status(store, CATALOGUE).cells
    assert counted == {"extracted": 0, "auto": 0, "verified": 2, "queried": 0, "not_reported": 2}
    asked = {state: [c.indicator for c in queries.exported_cells(store, CATALOGUE, state=state)] for state in STATES}
    assert asked["verified"] == ["accepted", "lawsuits"]
    assert asked["decided"] == ["received", "accepted", "lawsuits", "lost"]
    assert asked["all"] == asked["decided"]


def test_only_reports_that_count_make_the_table(store):
    first, second = add(store), add(store, entry("b"))
    unknown = add(store, entry("c", of=facts(None, None, None)))
    accept(store, first, "received")
    accept(store, second, "lost")
    accept(store, unknown, "lost")
    assert [(c.report.id, c.indicator) for c in queries.exported_cells(store, CATALOGUE)] == [(first, "received")]
    assert {c.report.id for c in queries.exported_cells(store, CATALOGUE, state="all")} == {first}
    with store.edit("withdraw", reviewer=ME) as edit:
        edit.withdraw(first)
    assert [(c.report.id, c.indicator) for c in queries.exported_cells(store, CATALOGUE)] == [(second, "lost")]
    assert len(queries.report_cells(store, CATALOGUE, first)) == 5
    with pytest.raises(KeyError):
        list(queries.exported_cells(store, CATALOGUE, state="some"))


def test_a_long_table_comes_whole_and_in_order(store):
    years = [facts(f"第{n}区", 2015 + n % 9, f"99{n:04}") for n in range(450)]
    store.add_reports([entry(f"{n}", of=of) for n, of in enumerate(years)], program="", catalogue="")
    cells = list(queries.exported_cells(store, CATALOGUE, state="all"))
    assert [c.report.adcode for c in cells[::5]] == [of.adcode for of in years]
    assert [c.indicator for c in cells[:5]] == list(CATALOGUE)
    assert queries.status(store, CATALOGUE).cells["extracted"] == len(cells) == 2250


def test_a_series_is_one_district_over_the_years(store):
    for name, of in (
        ("a", facts(year=2022)), ("b", facts(year=2024)), ("c", facts(year=2023)), ("d", facts(year=2023)),
        ("e", facts("白川区", 2023, "990102")),
    ):  # fmt: skip
        add(store, entry(name, of=of))
    cells = queries.series(store, CATALOGUE, "990101", ["lost", "received"])
    assert [(c.indicator, c.year, c.source_name) for c in cells] == [
        ("lost", 2022, "a"), ("lost", 2023, "c"), ("lost", 2024, "b"),
        ("received", 2022, "a"), ("received", 2023, "c"), ("received", 2024, "b"),
    ]  # fmt: skip
    assert cells[0].figures[0].quote == "2件"
    assert [c for c in queries.report_cells(store, CATALOGUE, 1) if c.indicator == "lost"] == cells[:1]
    assert queries.series(store, CATALOGUE, "990199", ["lost"]) == []
    assert queries.series(store, CATALOGUE, "990101", []) == []


def test_a_series_of_a_district_without_a_code_goes_by_its_name(store):
    here = facts("鼓山区", 2023, None)
    there = type(here)("鼓山区", None, None, "county", None, 2024)
    add(store, entry("a", of=here))
    add(store, entry("b", of=there))
    assert [c.year for c in queries.series(store, CATALOGUE, "鼓山区", ["lost"])] == [2023, 2024]


def test_a_series_shows_what_a_person_said_of_a_cell(store):
    report_id = add(store, entry(figures=[RECEIVED]))
    with store.edit("cells", reviewer=ME) as edit:
        edit.assert_not_reported(report_id, "lost")
        edit.enter_cell(report_id, "received", 150, "附表")
        edit.enter_cell(report_id, "accepted", 1, "附表")
    cells = queries.series(store, CATALOGUE, "990101", ["received", "lost"])
    assert [(c.indicator, c.value) for c in cells] == [("received", 150), ("lost", None)]
    assert [c.state for c in cells] == ["verified", "not_reported"]


def test_other_years_begin_with_the_year_before(store):
    ids = {year: add(store, entry(str(year), of=facts(year=year))) for year in (2020, 2022, 2023, 2024, 2025)}
    add(store, entry("another district", of=facts("白川区", 2023, "990102")))
    add(store, entry("does not count", of=facts(year=2023)))
    rejected = by_indicator(store, ids[2022])["lost"].id
    with store.edit("reject", reviewer=ME) as edit:
        edit.reject(rejected)
    rows = queries.other_years(store, ids[2024], "lost")
    assert [row.year for row in rows] == [2023, 2025, 2020]
    assert [row.report_id for row in rows] == [ids[2023], ids[2025], ids[2020]]
    assert (rows[0].figure.value, rows[0].figure.quote) == (2, "2件")
    assert rows[0].sentence == "一年来办理行政诉讼案件３８件，其中败诉2件；"
    assert queries.other_years(store, ids[2024], "no such indicator") == []
    unknown = add(store, entry("unknown", of=facts(year=None)))
    assert queries.other_years(store, unknown, "lost") == []


def test_status_counts_reports_figures_and_cells_by_state(store):
    first, second = add(store), add(store, entry("b", of=facts(year=2023)))
    gone = add(store, entry("c", of=facts(year=2022)))
    add(store, entry("d", of=facts(year=2023)))
    accept(store, first, "received", "lost")
    rows = by_indicator(store, second)
    with store.edit("review", reviewer=ME) as edit:
        edit.reject(rows[None].id)
        edit.query(rows["lost"].id, "？")
        edit.withdraw(gone)
    status = queries.status(store, CATALOGUE)
    assert status.reports == 3
    assert status.figures == {"extracted": 14, "auto": 0, "verified": 2, "rejected": 1, "queried": 1}
    assert status.cells == {"extracted": 7, "auto": 0, "verified": 2, "queried": 1, "not_reported": 0}
    cells = list(queries.exported_cells(store, CATALOGUE, state="all"))
    assert {state: sum(c.state == state for c in cells) for state in status.cells} == status.cells


def test_reading_many_reports_asks_once_a_table(store):
    store.add_reports([entry(f"{n}", of=facts(year=1900 + n)) for n in range(150)], program="", catalogue="")
    asked = []
    store._connection.set_trace_callback(asked.append)
    assert len(list(queries.exported_cells(store, CATALOGUE, state="all"))) == 750
    assert len(asked) < 16
    asked.clear()
    queries.figures(store, 1)
    assert len(asked) == 4
    store._connection.set_trace_callback(None)


def test_labels_are_a_reviewer_s_own(store):
    report_id = add(store)
    accept(store, report_id, "received")
    assert (queries.undo_label(store, ME), queries.undo_label(store, YOU)) == ("accept", None)
    assert (queries.redo_label(store, ME), queries.redo_label(store, YOU)) == (None, None)
