"""The blind spot-check: drawn by lot, read without the value, counted with an interval."""

from __future__ import annotations

import random

import pytest
from handling import CTRL, Key, press, type_in

from db import queries
from desktop import workflow
from desktop.workflow.spot_checking import interval


@pytest.fixture
def page(window, qtbot):
    store = window.session.store
    report = queries.reports(store)[0]
    for figure in queries.figures(store, report.id)[:12]:
        workflow.accept(store, figure.id, reviewer="李静")
    window.acts["page_spot"].trigger()
    made = window.pages.spot
    made.kind.setCurrentIndex(made.kind.findData("verified"))
    draw(made, qtbot)
    return made


def draw(page, qtbot):
    qtbot.waitUntil(lambda: not page.drawing.busy, timeout=10_000)
    page.begin.click()
    qtbot.waitUntil(lambda: not page.drawing.busy, timeout=10_000)


def answer(page, text):
    page.answer.setFocus()
    type_in(text)
    press(Key.Key_Return)


def test_the_value_is_not_marked_and_agreement_verifies_under_the_second_name(page, window):
    store, line = window.session.store, page._lines[0]
    shown = page.findChild(object, "spot_passage").text()
    assert "<" not in shown and "".join(line.quote.split()) in "".join(shown.split())
    answer(page, f"{line.value:.15g}")
    after = queries.figure(store, line.figure_id)
    assert (after.state, after.reviewer) == ("verified", window.session.reviewer)
    assert "1 项，一致 1 项" in page.findChild(object, "spot_share").text()
    assert workflow.agreement(store) == interval(1, 1)


def test_another_value_makes_the_figure_queried_with_both(page, window):
    store, line = window.session.store, page._lines[0]
    answer(page, "二十")
    assert page._at == 1 or line.value == 20
    after = queries.figure(store, line.figure_id)
    assert after.state == "queried" and "20" in after.comment and f"{line.value:.15g}" in after.comment
    assert page._differed == [line]
    second = page._lines[1]
    page.answer.setFocus()
    press(Key.Key_0, CTRL)
    assert queries.figure(store, second.figure_id).state == "queried"


def test_what_is_no_number_is_refused_there(page):
    answer(page, "很多")
    assert page._at == 0 and page._refusal.isVisible() and "很多" in page._refusal.text()


def test_the_round_ends_with_those_that_differ_a_key_away_from_the_desk(page, window, qtbot):
    lines = list(page._lines)
    for place, line in enumerate(lines):
        answer(page, "987654321" if place == 2 else f"{line.value:.15g}")
    assert page.differing.count() == 1 and f"一致 {len(lines) - 1} 项" in page._done.text()
    page.differing.setFocus()
    press(Key.Key_Return)
    assert window.pages.desk.current().id == lines[2].figure_id


def test_ones_own_decisions_are_not_drawn_again(window):
    store = window.session.store
    figures = queries.figures(store, queries.reports(store)[0].id)[:6]
    for figure in figures[:3]:
        workflow.accept(store, figure.id, reviewer="王敏")
    for figure in figures[3:]:
        workflow.accept(store, figure.id, reviewer="李静")
    drawn = workflow.draw(store, "verified", 50, reviewer="王敏", chance=random.Random(5))
    wanted = {figure.id for figure in figures[3:] if figure.indicator is not None}
    assert {line.figure_id for line in drawn} == wanted


def test_the_interval_is_wilsons():
    told = interval(38, 40)
    assert (round(told.low, 3), round(told.high, 3)) == (0.835, 0.986)
    assert interval(0, 0) == (0, 0, 0.0, 1.0)
    assert interval(20, 20).high == pytest.approx(1.0) and 0.83 < interval(20, 20).low < 0.84
