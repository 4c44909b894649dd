"""No key acts while an input method composes, and the Enter that ends a composition accepts nothing."""

from __future__ import annotations

from handling import CTRL, Key, compose, press, said
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QToolButton

from db import queries
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, PLACES
from desktop.ui.input_guard import AFTERMATH_MS


def states(desk):
    return [(figure.id, figure.state, figure.value, figure.indicator) for figure in desk.model.figures()]


def test_no_key_acts_while_composing(desk):
    before, chosen = states(desk), desk.current().id
    compose("xing'zheng")
    keys = (Key.Key_Return, Key.Key_Enter, Key.Key_Delete, Key.Key_F4, Key.Key_F3, Key.Key_F6, Key.Key_5, Key.Key_Down)
    for key in keys:
        press(key)
    press(Key.Key_Return, CTRL)
    press(Key.Key_Z, CTRL)
    assert states(desk) == before and desk.current().id == chosen
    assert desk.picker.isHidden() and desk.table.hasFocus()


def test_no_key_of_any_command_acts_while_composing(desk, window):
    before, place, ran = states(desk), desk.place(), []
    for command in COMMANDS:
        window.acts[command.id].triggered.connect(lambda _=False, name=command.id: ran.append(name))
    compose("xing'zheng")
    for command in COMMANDS:
        if PLACES.get(command.owner) in (None, "desk"):
            for keys in keymap.keys_of(command):
                combination = QKeySequence(keys)[0]
                press(combination.key(), combination.keyboardModifiers())
    assert ran == []
    assert states(desk) == before and desk.place() == place
    assert desk.table.hasFocus() and desk.picker.isHidden() and desk.detail.cell.isHidden()


def test_the_space_that_chooses_a_word_accepts_no_sentence(desk, qtbot):
    before = states(desk)
    compose("ni'hao")
    press(Key.Key_Space)
    compose("", commit="你好")
    press(Key.Key_Space)
    assert states(desk) == before
    qtbot.wait(AFTERMATH_MS + 30)
    press(Key.Key_Space)
    assert states(desk) != before, "a real one does again"


def test_composing_in_every_field_of_the_desk_leaves_the_desk_alone(desk):
    before = states(desk)
    for opening in (Key.Key_F2, Key.Key_F3, Key.Key_F4, Key.Key_F7, Key.Key_F8):
        press(opening)
        field = QApplication.focusWidget()
        compose("jian")
        for key in (
            Key.Key_Return,
            Key.Key_Space,
            Key.Key_Delete,
            Key.Key_Down,
            Key.Key_F5,
            Key.Key_F9,
            Key.Key_Escape,
        ):
            press(key)
        assert QApplication.focusWidget() is field
        compose("", commit="件")
        desk.table.setFocus()
        desk.picker.hide()
    assert states(desk) == before


def test_the_enter_that_ends_a_composition_accepts_nothing(desk, qtbot):
    before, chosen = states(desk), desk.current().id
    compose("ni'hao")
    press(Key.Key_Return)  # some input methods deliver it before they commit
    compose("", commit="nihao")
    press(Key.Key_Return)  # and some right after
    assert states(desk) == before and desk.current().id == chosen
    qtbot.wait(AFTERMATH_MS + 30)
    press(Key.Key_Return)
    assert states(desk) != before, "a real Enter acts again"


def test_enter_ends_a_composition_in_a_field_without_leaving_it(desk, qtbot):
    press(Key.Key_F8)
    field = QApplication.focusWidget()
    compose("yuan'jian")
    press(Key.Key_Return)
    compose("", commit="原件")
    press(Key.Key_Return)
    assert field.hasFocus() and field.text() == "原件"
    assert desk.current().comment == ""
    qtbot.wait(AFTERMATH_MS + 30)
    press(Key.Key_Return)
    assert desk.current().comment == "原件"


def test_enter_while_composing_picks_no_indicator(desk, qtbot):
    figure = desk.current()
    press(Key.Key_F3)
    compose("fuyi")
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert desk.picker.isVisible()
    compose("", commit="复议")
    assert desk.current() == figure
    assert all("复议" in offer.name_zh for offer in desk.picker._model.offers[:3])
    qtbot.wait(AFTERMATH_MS + 30)
    press(Key.Key_Return)
    assert "复议" in desk.session.indicator_name(desk.model.figure(desk.model.row_of(figure.id)).indicator)


def test_digits_through_an_input_method_begin_a_value_and_words_do_not(desk):
    before = states(desk)
    compose("", commit="核")
    assert desk.table.hasFocus() and states(desk) == before
    compose("", commit="１２")
    assert QApplication.focusWidget().text() == "12"


def test_composing_ends_where_the_focus_goes(desk, window):
    compose("xing")
    desk.text.setFocus()
    desk.table.setFocus()
    press(Key.Key_Delete)
    assert any(figure.state == "rejected" for figure in desk.model.figures())
    press(Key.Key_Z, CTRL)
    assert said(window).startswith("已撤销")


def test_enter_on_a_button_is_the_button(desk):
    buttons = [b for b in desk.bar.findChildren(QToolButton) if b.defaultAction() is not None]
    next(b for b in buttons if b.defaultAction().objectName() == "reject").setFocus()
    figure = desk.current()
    press(Key.Key_Return)
    assert queries.figure(desk.session.store, figure.id).state == "rejected"


def test_the_picker_goes_when_the_focus_goes(desk, window):
    window.acts["indicator"].trigger()
    assert desk.picker.isVisible()
    press(Key.Key_Tab)
    assert desk.picker.isHidden(), "keys would act on figures that it hides"
