"""A hundred random key sequences, after each of which the window shows what the store holds."""

from __future__ import annotations

import random

from handling import CTRL, SHIFT, Key, press, type_in
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from db import queries
from desktop import workflow
from desktop.ui.desk.figure_model import Column, FigureModel

NONE = Qt.KeyboardModifier.NoModifier
SEQUENCES, LONG = 100, 9
KEYS = [
    (Key.Key_Return, NONE), (Key.Key_Return, SHIFT), (Key.Key_Return, CTRL), (Key.Key_Space, NONE),
    (Key.Key_Delete, NONE), (Key.Key_Delete, SHIFT), (Key.Key_F2, NONE), (Key.Key_F2, SHIFT), (Key.Key_F3, NONE),
    (Key.Key_F4, NONE), (Key.Key_F4, SHIFT), (Key.Key_F5, NONE), (Key.Key_F5, SHIFT), (Key.Key_F6, NONE),
    (Key.Key_F6, SHIFT), (Key.Key_F6, CTRL), (Key.Key_F7, NONE), (Key.Key_F8, NONE), (Key.Key_F9, NONE),
    (Key.Key_F9, SHIFT), (Key.Key_F12, NONE), (Key.Key_Z, CTRL), (Key.Key_Z, CTRL), (Key.Key_Y, CTRL),
    (Key.Key_Escape, NONE), (Key.Key_Down, NONE), (Key.Key_Up, NONE), (Key.Key_End, NONE), (Key.Key_Tab, NONE),
    (Key.Key_PageDown, CTRL), (Key.Key_PageUp, CTRL),
]  # fmt: skip
ENTER = (Key.Key_Return, NONE)
GESTURES = [  # what takes several keys to come to an end
    [(Key.Key_F7, NONE), "待核", ENTER], [(Key.Key_F3, NONE), "xz", ENTER],
    [(Key.Key_F5, NONE), (Key.Key_F6, NONE), ENTER],
    [(Key.Key_F4, SHIFT), ENTER, "7", ENTER, "附表", ENTER], [(Key.Key_F9, SHIFT), "已核实", ENTER], ["81", ENTER],
]  # fmt: skip
TYPED = ["7", "12", "3.5", "件", "x", "xz", "待核"]


def shown(model):
    return [[model.index(row, column).data() for column in Column] for row in range(model.rowCount())]


def do(random_):
    """Press a key, type something, or make one whole gesture."""
    kind = random_.random()
    steps = random_.choice(GESTURES) if kind < 0.1 else [random_.choice(TYPED if kind < 0.3 else KEYS)]
    for step in steps:
        type_in(step) if isinstance(step, str) else press(*step)


def test_window_and_store_agree_after_random_keys(desk, window, qtbot):
    session, random_ = window.session, random.Random(20)
    seen = set()
    for number in range(SEQUENCES):
        for _ in range(LONG):
            do(random_)
            assert QApplication.focusWidget() is not None
        qtbot.waitUntil(lambda: not session.checking.busy)
        QApplication.processEvents()
        opened = desk.opened
        figures = queries.figures(session.store, opened.report.id)
        assert desk.model.figures() == figures, number
        fresh = FigureModel(session)
        fresh.show(figures, opened.open_findings)
        fresh.show_sentence(desk.model._sentence)
        assert shown(desk.model) == shown(fresh), number
        assert opened.findings == queries.findings(session.store, opened.report.id)
        assert opened.report == queries.report(session.store, opened.report.id)
        dismissed = queries.dismissals(session.store, opened.report.id)
        swept = [n for n in opened.unclaimed if (n.start, n.end) in opened.swept]
        assert all(workflow.numeral_mark(n.start, n.end, opened.text[n.start : n.end]) in dismissed for n in swept)
        assert desk.numeral is None or desk.numeral in opened.unclaimed
        assert desk.current() is None or desk.current() in figures
        seen.update(figure.state for figure in figures)
        seen.update(change.verb for change in queries.history(session.store, opened.report.id))
    verbs = {"accept", "accept_figures", "reject", "correct_value", "correct_indicator", "query", "undo", "redo"}
    assert verbs <= seen, "the sequences reach what is to be tried"
