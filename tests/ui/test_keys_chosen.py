"""Keys can be chosen: shown and counting everywhere, kept between starts, refused where they cannot be had."""

from __future__ import annotations

import pytest
from handling import CTRL, SHIFT, Key, press, show
from PySide6.QtWidgets import QApplication, QPushButton

from db import queries
from desktop import settings
from desktop.errors import UserError
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS
from desktop.ui.keys_dialog import KeysDialog, KeysModel
from desktop.ui.shell import Shell


@pytest.fixture(autouse=True)
def as_declared():
    yield
    keymap.reset()


def command(name):
    return keymap.BY_ID[name]


@pytest.fixture
def dialog(desk, window, qtbot):
    window.acts["choose_keys"].trigger()
    made = window.findChild(KeysDialog)
    with qtbot.waitActive(made):
        made.activateWindow()
    made.field.setFocus()
    return made


def leave(dialog, desk, qtbot):
    dialog.reject()
    with qtbot.waitActive(desk.window()):
        desk.window().activateWindow()
    desk.table.setFocus()


def choose_line(dialog, name):
    row = next(i for i, c in enumerate(COMMANDS) if c.id == name)
    dialog.table.setCurrentIndex(dialog.table.model().index(row, 1))


def test_a_chosen_key_acts_and_the_old_one_does_not(dialog, desk, window, qtbot):
    choose_line(dialog, "accept_sentence")
    press(Key.Key_F13)
    leave(dialog, desk, qtbot)
    assert window.acts["accept_sentence"].shortcuts()[0].toString() == "F13"
    figure = desk.current()
    press(Key.Key_Space)
    assert queries.figure(desk.session.store, figure.id).state in ("extracted", "auto")
    press(Key.Key_F13)
    assert queries.figure(desk.session.store, figure.id).state == "verified"


def test_overlay_menus_tooltips_and_help_follow(dialog, desk, window, qtbot):
    choose_line(dialog, "query")
    press(Key.Key_Q, CTRL | SHIFT)
    leave(dialog, desk, qtbot)
    assert "Ctrl+Shift+Q" in window.acts["query"].toolTip()
    window.acts["keys"].trigger()
    assert any("Ctrl+Shift+Q" in label.text() for label in window.keys._labels)
    press(Key.Key_Escape)
    window.acts["help"].trigger()
    window.pages.help.show_topic("keys")
    assert "Ctrl+Shift+Q" in window.pages.help.toPlainText()


def test_chosen_keys_are_kept_between_starts_and_reset(dialog, window, shell, store_path, qapp, qtbot):
    choose_line(dialog, "comment")
    press(Key.Key_F13)
    dialog.reject()
    shell.close()
    another = Shell(qapp, "zh", "light")
    again = show(another, store_path, qtbot)
    assert again.acts["comment"].shortcuts()[0].toString() == "F13"
    again.acts["choose_keys"].trigger()
    made = again.findChild(KeysDialog)
    made.findChild(QPushButton, "keys_reset").click()
    assert again.acts["comment"].shortcuts()[0].toString() == "F8"
    another.close()


@pytest.mark.parametrize(
    ("key", "modifiers", "words"),
    [
        (Key.Key_A, None, "输入法"),
        (Key.Key_7, None, "输入法"),
        (Key.Key_A, SHIFT, "输入法"),
        (Key.Key_F7, None, "待查"),
        (Key.Key_Z, CTRL, "撤销"),
    ],
)
def test_what_cannot_be_had_is_refused_with_a_sentence(dialog, window, key, modifiers, words):
    choose_line(dialog, "comment")
    press(key, modifiers) if modifiers is not None else press(key)
    refusal = dialog.findChild(object, "key_error")
    assert refusal.isVisible() and words in refusal.text()
    assert dialog.field.accessibleDescription() == refusal.text()
    assert window.acts["comment"].shortcuts()[0].toString() == "F8"
    press(Key.Key_F13)
    assert refusal.isHidden()
    dialog.findChild(QPushButton, "keys_reset_one").click()
    assert window.acts["comment"].shortcuts()[0].toString() == "F8"


def test_a_command_may_be_left_without_a_key(dialog, window):
    choose_line(dialog, "comment")
    press(Key.Key_Backspace)
    assert window.acts["comment"].shortcuts() == []
    assert "(" not in window.acts["comment"].toolTip().split("\n")[0]


def test_enter_means_both_and_pages_do_not_disturb_each_other(isolated):
    keymap.choose(command("accept_next"), "Alt+Return")
    assert keymap.keys_of(command("accept_next")) == ("Alt+Return", "Alt+Enter")
    keymap.choose(command("save_chart"), "F2")
    with pytest.raises(UserError, match="key_taken"):
        keymap.choose(command("help"), "F2")
    with pytest.raises(UserError, match="key_unusable"):
        keymap.choose(command("query"), "NoSuchKey")


def test_a_field_keeps_the_keys_chosen_for_the_desk(isolated):
    assert Key.Key_F13.value not in keymap.field_keys()
    keymap.choose(command("query"), "F13")
    assert Key.Key_F13.value in keymap.field_keys() and Key.Key_F7.value not in keymap.field_keys()


def test_settings_that_are_none_are_left_out(isolated):
    for kept in ("{", "[1]", '{"no_such": "F2", "query": 7}'):
        settings.remember("keys", kept)
        keymap.load()
        assert all(keymap.keys_of(c) == tuple(c.keys.split()) for c in COMMANDS)


def test_the_model_of_keys(dialog, qtmodeltester):
    qtmodeltester.check(KeysModel())
    assert QApplication.focusWidget() is dialog.field
