"""The first minutes: one question, where to drop files, the samples in a store of their own, help at the tour."""

from __future__ import annotations

from handling import Key, press, type_in
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from db import queries
from desktop import paths, settings
from desktop.text import say


def started(shell, qtbot):
    window = shell.open(None)
    with qtbot.waitActive(window):
        window.activateWindow()
    qtbot.waitUntil(lambda: window.pages.reports.is_empty)
    return window


def test_it_asks_the_name_and_nothing_else(shell, qtbot):
    window = started(shell, qtbot)
    assert window.session.store.path == paths.default_store("zh")
    assert not [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
    assert QApplication.focusWidget() is window.reviewer_bar.line
    type_in("李敏")
    press(Key.Key_Return)
    assert window.reviewer_bar.isHidden() and settings.get("reviewer") == "李敏"
    shell.close()
    again = started(shell, qtbot)
    assert again.reviewer_bar.isHidden() and again.session.reviewer == "李敏"


def test_it_shows_where_to_drop_files_and_offers_the_samples_and_help(shell, qtbot):
    welcome = started(shell, qtbot).pages.reports.welcome
    assert welcome.isVisible() and say("welcome") == welcome._heading.text()
    offered = [button.property("action") for button in welcome.findChildren(QPushButton)]
    assert offered == ["import_files", "import_folder", "open_samples", "help"]


def test_help_of_an_empty_store_is_the_tour(shell, qtbot):
    window = started(shell, qtbot)
    window.acts["help"].trigger()
    assert window.pages.help.toPlainText().startswith("认识核报")


def test_the_samples_come_into_a_store_of_their_own_in_the_documents(shell, qtbot):
    first = started(shell, qtbot)
    own = first.session.store.path
    first.acts["open_samples"].trigger()
    window = shell.window
    assert window is not first and window.session.store.path.parent == own.parent
    assert window.session.store.path.stem == say("samples_store_name")
    qtbot.waitUntil(lambda: len(queries.reports(window.session.store)) == 12, timeout=60_000)
    qtbot.waitUntil(lambda: window.files.importing.job is None, timeout=60_000)
    assert not window.pages.reports.is_empty
