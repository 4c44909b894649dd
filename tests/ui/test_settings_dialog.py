"""The sheet of settings: every declared one has a field; a change counts at once and is there at the next start."""

from __future__ import annotations

import pytest
from handling import Key, press, said
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton

from db import queries
from desktop import settings, workflow
from desktop.settings import SETTINGS
from desktop.text import say
from desktop.ui import theme
from desktop.ui.keys_dialog import KeysDialog
from desktop.ui.settings.dialog import SettingsDialog


@pytest.fixture
def dialog(window, qtbot):
    window.acts["settings"].trigger()
    made = window.findChild(SettingsDialog)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def line(dialog, key):
    return dialog.findChild(QLineEdit, f"set_{key}")


def choose(dialog, key, choice):
    box = dialog.findChild(QComboBox, f"set_{key}")
    box.setCurrentIndex(box.findData(choice))


def write(dialog, key, words):
    line(dialog, key).setFocus()
    line(dialog, key).setText(words)
    press(Key.Key_Return)


def test_every_setting_has_a_field_and_is_explained(dialog):
    assert list(dialog.fields) == list(SETTINGS)
    shown = {label.text() for label in dialog.findChildren(QLabel)}
    for key in SETTINGS:
        assert say(f"set_{key}") in shown and any(words.startswith(say(f"set_{key}_means")) for words in shown)


def test_the_language_changes_everything_at_once_the_sheet_included(dialog, window):
    choose(dialog, "language", "en")
    assert window.acts["accept"].text() == "Accept" and dialog.windowTitle() == "Settings"
    assert settings.get("language") == "en"
    choose(dialog, "language", "zh")
    assert window.acts["accept"].text() == "接受" and dialog.windowTitle() == "设置"


def test_the_look_changes_at_once(dialog, shell, qapp):
    shell._fixed = None
    choose(dialog, "theme", "dark")
    assert theme.theme() is theme.DARK
    choose(dialog, "theme", "light")
    assert theme.theme() is theme.LIGHT
    assert theme.chosen_scheme(qapp) == "light"


def test_the_name_is_that_of_the_next_decision(dialog, window):
    write(dialog, "reviewer", " 李敏 ")
    assert window.session.reviewer == settings.get("reviewer") == "李敏"
    write(dialog, "reviewer", "  ")
    assert line(dialog, "reviewer").text() == window.session.reviewer == "李敏"


def test_numbers_are_typed_or_stepped_and_never_leave_their_bounds(dialog):
    write(dialog, "copied_share", "８０")
    assert settings.number("copied_share") == 80
    write(dialog, "copied_share", "180")
    assert line(dialog, "copied_share").text() == "80"
    for _ in range(6):
        press(Key.Key_Up)
    assert settings.number("copied_share") == 100 and line(dialog, "copied_share").text() == "100"
    press(Key.Key_Down)
    assert settings.number("copied_share") == 95
    line(dialog, "copied_share").setText("70")
    press(Key.Key_Up)
    assert settings.number("copied_share") == 75, "a step from what is typed"


def test_a_folder_that_is_no_whole_path_is_refused_until_it_is_one(dialog, tmp_path):
    field = line(dialog, "backup_folder")
    field.setText("somewhere")
    assert settings.get("backup_folder") == "" and field.toolTip() == say("set_backup_folder_refused")
    field.setText(str(tmp_path))
    assert settings.get("backup_folder") == str(tmp_path) and field.toolTip() == ""


def test_other_thresholds_have_every_report_checked_again_and_say_so(dialog, window, qtbot):
    window.session.checking.finish()
    write(dialog, "rate_slack", "5")
    dialog.reject()
    assert said(window) == say("settings_rechecking", n=12)
    store = window.session.store
    qtbot.waitUntil(lambda: queries.unchecked(store) == [], timeout=30_000)
    with workflow.open_store(store.path, create=False, read_only=True) as reading:
        ids = [report.id for report in queries.reports(reading)]
        found = [row.finding for report_id in ids for row in queries.findings(reading, report_id)]
    rates = [one.values for one in found if one.check == "rate_of_parts"]
    assert found and all(abs(values["expected"] - values["found"]) > 5 for values in rates)


def test_the_thresholds_are_reset_together(dialog):
    write(dialog, "sure", "99")
    write(dialog, "jump_times", "9")
    dialog.findChild(QPushButton, "settings_reset_checks").click()
    assert settings.chosen("checks") == "" and line(dialog, "sure").text() == "95"


def test_keys_have_a_dialog_of_their_own(dialog, window):
    dialog.findChild(QPushButton, "set_keys").click()
    assert window.findChild(KeysDialog).isVisible()


def test_the_keyboard_goes_through_the_fields_in_their_order_and_then_to_the_buttons(dialog, window):
    names = [QApplication.focusWidget().objectName()]
    while len(names) < 20 and names.count(names[0]) < 2:
        press(Key.Key_Tab)
        names.append(QApplication.focusWidget().objectName())
    named = [name for name in names if name]
    assert named == [*(f"set_{key}" for key in SETTINGS), "settings_reset_checks", "set_reviewer"]
