"""Whole reports reviewed through the real window, from planted errors to the truth, with every press counted."""

from __future__ import annotations

import pytest
from handling import REVIEWER, Key, show
from planted import keep, plant
from reviewer import ByKeys, ByMouse, shown_cells

from db import queries
from desktop import settings, workflow

REPORTS = [("chenglan-2023.txt", 1), ("jichuan-2024.txt", 2), ("wulan-2022.txt", 3), ("yanhu-2024.txt", 4)]
MOST_KEYS, MOST_CLICKS = 1.2, 1.2  # a verified cell


def open_planted(shell, tmp_path, qtbot, name, seed):
    settings.remember("reviewer", REVIEWER)
    planted = plant(name, seed)
    window = show(shell, keep(tmp_path / "植入.hebao", planted), qtbot)
    window.pages.show_desk()
    return planted, window


def left_as_the_truth(window, planted):
    """Compare every cell, and every figure that makes none, and return how many cells are verified."""
    qreport = window.pages.desk.opened.report.id
    session = window.session
    cells, states = shown_cells(session.store, session.catalogue, qreport)
    assert cells == planted.cells
    assert states == {"verified"}
    figures = [f for f in queries.figures(session.store, qreport) if f.state == "verified"]
    assert {(f.start, f.end): (f.value, f.unit, f.indicator) for f in figures} == {
        span: (f.value, f.unit, f.indicator) for span, f in planted.truth.items()
    }
    assert queries.report(session.store, qreport).state == "verified"
    return len(cells)


@pytest.mark.parametrize(("name", "seed"), REPORTS)
def test_a_report_is_reviewed_by_keys_to_the_truth(shell, tmp_path, qtbot, name, seed, record_property):
    planted, window = open_planted(shell, tmp_path, qtbot, name, seed)
    reviewer = ByKeys(window, planted.truth)
    assert planted.faults["missing"] and planted.faults["value"] + planted.faults["unit"] + planted.faults["indicator"]
    reviewer.review()
    cells = left_as_the_truth(window, planted)
    record_property("keys a cell", round(reviewer.keys / cells, 2))
    print(name, planted.faults, cells, reviewer.keys, reviewer.modified, round(reviewer.keys / cells, 3))
    assert reviewer.keys / cells <= MOST_KEYS
    assert (reviewer.keys + reviewer.modified) / cells <= MOST_KEYS, "nor with Shift and Ctrl counted as presses"


@pytest.mark.parametrize(("name", "seed"), REPORTS[:2])
def test_a_report_is_reviewed_by_mouse_to_the_truth(shell, tmp_path, qtbot, name, seed, record_property):
    planted, window = open_planted(shell, tmp_path, qtbot, name, seed)
    reviewer = ByMouse(window, planted.truth)
    reviewer.review()
    cells = left_as_the_truth(window, planted)
    record_property("clicks a cell", round(reviewer.clicks / cells, 2))
    print(name, planted.faults, cells, reviewer.clicks, reviewer.keys)
    assert (reviewer.clicks + reviewer.keys) / cells <= MOST_CLICKS


def test_a_whole_sentence_accepted_is_one_change(shell, tmp_path, qtbot):
    planted, window = open_planted(shell, tmp_path, qtbot, *REPORTS[0])
    desk = window.pages.desk
    reviewer = ByKeys(window, planted.truth)
    while len(reviewer.rows()) < 3 or reviewer.at_numeral():
        reviewer.press(Key.Key_Down)
    several = [desk.model.figure(row).id for row in reviewer.rows()]
    before = {f.id: f.state for f in desk.model.figures()}
    reviewer.confirm()
    assert {queries.figure(window.session.store, i).state for i in several} == {"verified"}
    assert queries.undo_label(window.session.store, REVIEWER) == "accept_figures"
    workflow.undo(window.session.store, reviewer=REVIEWER)
    assert {f.id: f.state for f in queries.figures(window.session.store, desk.opened.report.id)} == before
