"""An error nobody foresaw, met in the window: told once, the work goes on, its words stay out unless agreed."""

from __future__ import annotations

import threading

import pytest
from handling import said
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from desktop import faults
from desktop.errors import UserError
from desktop.text import say
from desktop.ui.jobs import Job
from desktop.ui.mishap_dialog import EndedBadly, MishapDialog
from desktop.ui.mishaps import Mishaps

SECRET = "受理行政复议申请37件"


@pytest.fixture
def mishaps(shell, window):
    made = Mishaps(lambda: shell.window)
    made.begin()
    yield made
    made.end()


def fail(*_):
    raise ValueError(SECRET)


def job(_progress):
    yield 1
    fail()


def raise_in_a_slot(window):
    QTimer.singleShot(0, fail)


def raise_in_a_job(window):
    window.kept = Job(job)
    window.kept.start()


def raise_in_a_thread(window):
    threading.Thread(target=fail).start()


@pytest.mark.parametrize("act", [raise_in_a_slot, raise_in_a_job, raise_in_a_thread])
def test_wherever_it_is_raised_it_is_told_once_and_logged_without_its_words(act, mishaps, window, qtbot, capsys):
    act(window)
    qtbot.waitUntil(lambda: window.findChild(MishapDialog) is not None)
    act(window)
    qtbot.wait(50)
    dialogs = window.findChildren(MishapDialog)
    log = faults.log_file().read_text(encoding="utf-8")
    assert len(dialogs) == 1 and log.count("ValueError") == 1 and SECRET not in log
    assert SECRET not in dialogs[0].details.toPlainText() and "tests" not in log
    assert str(faults.log_file()) in capsys.readouterr().err
    dialogs[0].reject()


def test_its_words_are_shown_copied_and_logged_only_where_that_is_agreed(mishaps, window, qtbot):
    raise_in_a_slot(window)
    qtbot.waitUntil(lambda: window.findChild(MishapDialog) is not None)
    dialog = window.findChild(MishapDialog)
    dialog.words.setChecked(True)
    next(b for b in dialog.findChildren(QPushButton) if b.text() == say("mishap_copy")).click()
    assert SECRET in dialog.details.toPlainText() and SECRET in QApplication.clipboard().text()
    dialog.words.setChecked(False)
    assert SECRET not in dialog.details.toPlainText()
    dialog.words.setChecked(True)
    dialog.reject()
    assert SECRET in faults.log_file().read_text(encoding="utf-8")


def test_a_sentence_nobody_caught_is_said_and_is_no_mishap(mishaps, window, qtbot):
    def refuse():
        raise UserError("store_missing", path="甲.hebao")

    QTimer.singleShot(0, refuse)
    qtbot.waitUntil(lambda: "甲.hebao" in said(window))
    assert not faults.log_file().exists() and window.findChild(MishapDialog) is None


def test_the_bar_of_a_bad_end_goes_when_it_is_closed(window, qtbot):
    window.put_notice(EndedBadly())
    bar = window.findChild(EndedBadly)
    assert bar.isVisible()
    next(b for b in bar.findChildren(QPushButton) if b.text() == say("close")).click()
    qtbot.waitUntil(lambda: window.findChild(EndedBadly) is None)
