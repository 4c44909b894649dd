"""What is in dispute, marked in the matrix of reports, in its legend and among the states by which it is filtered."""

from __future__ import annotations

import pytest
from handling import REVIEWER
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from db import queries
from db.store import Store
from desktop import workflow
from desktop.progress import Progress
from desktop.text import say
from desktop.workflow import Part


@pytest.fixture
def report(window, tmp_path):
    """Give a report on one figure of which the reviewer and a colleague, whose store was merged, say two things."""
    session, path = window.session, tmp_path / "李静.hebao"
    workflow.hand_out(session.store, {path: "李静"}, Part(), Progress(), reviewer=REVIEWER, sources=False)
    report = queries.reports(session.store)[0]
    session.decide(workflow.accept, queries.figures(session.store, report.id)[0].id)
    with Store.open(path) as theirs:
        same = next(row for row in queries.reports(theirs) if row.source_sha256 == report.source_sha256)
        with theirs.edit("reject", reviewer="李静") as edit:
            edit.reject(queries.figures(theirs, same.id)[0].id)
    workflow.merge(session.store, path, Progress(), back_up=False)
    session.taken_in()
    return report


def test_the_matrix_marks_what_is_in_dispute_until_it_is_settled(report, window, qtbot):
    page = window.pages.reports

    def counted():
        return page.board.find().counts["state"]["disputed"], page.matrix_model.counts()["disputed"]

    def legend():
        return [label.text() for label in page.legend.findChildren(QLabel) if say("disputes_open") in label.toolTip()]

    qtbot.waitUntil(lambda: counted() == (1, 1) and not page.reading.busy)
    at = page.matrix_model.index_of(page.board.row(report.id))
    assert page.matrix_model.cell(at.row(), at.column()).disputed
    assert say("disputes_open") in at.data(Qt.ItemDataRole.ToolTipRole)
    assert any("1" in said for said in legend())
    page._choose_facet("state", "disputed", True)
    assert [row.id for row in page.list_model.rows] == [report.id]
    page.clear_facets()
    [dispute] = queries.disputes(window.session.store)
    window.session.decide(workflow.adjudicate, dispute, dispute.sides[0], "")
    assert counted() == (0, 0) and not any("1" in said for said in legend())
    assert not page.matrix_model.cell(at.row(), at.column()).disputed
    window.acts["undo"].trigger()
    assert counted() == (1, 1)


def test_who_works_alone_reads_nothing_of_disputes(window, qtbot):
    page = window.pages.reports
    qtbot.waitUntil(lambda: not page.reading.busy and bool(page.board.marks))
    assert say("disputes_open") not in [label.toolTip() for label in page.legend.findChildren(QLabel)]
    assert "disputed" not in [entry.value for entry in page.facets.facets.entries]
