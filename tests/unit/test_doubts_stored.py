"""Characters that recognition is unsure of: kept with the report; no figure of theirs is closed without a person."""

from dataclasses import replace

import pytest
from store_samples import entry

from db import queries
from db.intake import Entry
from desktop import districts, indicators, workflow
from desktop.errors import UserError
from desktop.extraction import extract
from desktop.progress import Progress

TEXT = "青禾县2024年法治政府建设报告。全年受理人民调解案件918件，调解成功891件，成功率97.1%。"
AT = TEXT.index("918")


def read(doubts, text=TEXT):
    made = entry("扫描件.pdf", text=text)
    document = replace(made.document, reader="pdf/ocr", doubts=doubts)
    return Entry(document, made.source, extract(document, indicators.load(), districts.load()))


def add(store, doubts):
    (report_id,) = store.add_reports([read(doubts)], program="1", catalogue=indicators.load().version)
    workflow.check_reports(store, [report_id])
    return report_id


def states(store, report_id):
    return {row.quote: row.state for row in queries.figures(store, report_id)}


def test_doubts_are_kept_and_replaced_with_the_text(store):
    doubts = ((2, 3, 0.5), (AT, AT + 2, 0.75))
    report_id = add(store, doubts)
    assert queries.doubts(store, report_id) == list(doubts)
    again = read(((0, 1, 0.25),), text=TEXT + "完。").document
    again = replace(again, source_sha256=queries.report(store, report_id).source_sha256)
    store.replace_document(
        report_id, again, extract(again, indicators.load(), districts.load()), program="2", catalogue="7"
    )
    assert queries.doubts(store, report_id) == [(0, 1, 0.25)]


def test_a_figure_of_doubtful_characters_is_never_auto(store):
    sure = add(store, ())
    assert states(store, sure)["918件"] == "auto"
    store.replace_extraction(sure, read(((AT, AT + 1, 0.89),)).extraction, program="2", catalogue="7")
    workflow.check_reports(store, [sure])
    assert states(store, sure)["918件"] == "extracted"


def test_reading_again_from_the_text_alone_keeps_figures_unsure(store):
    report_id = add(store, ((AT, AT + 1, 0.6),))
    (was,) = [row.confidence for row in queries.figures(store, report_id) if row.quote == "918件"]
    (again,) = workflow.extract_again(store, [report_id], Progress())
    (now,) = [figure.confidence for figure in again.extraction.figures if figure.start == AT]
    assert now == was < 0.6


def test_a_store_whose_doubts_are_of_another_shape_says_so(store):
    report_id = add(store, ((AT, AT + 1, 0.6),))
    store._connection.execute("UPDATE doubt SET sureness = 'none'")
    with pytest.raises(UserError):
        queries.doubts(store, report_id)
