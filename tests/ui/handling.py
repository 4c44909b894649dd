"""What a person does with the window: keys, typing, an input method, the mouse."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

REVIEWER = "王敏"
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


def show(shell, path, qtbot):
    made = shell.open(path)
    made.resize(1400, 900)
    with qtbot.waitActive(made):
        made.activateWindow()
    return made


def press(key, modifiers=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is, as a person does."""
    QTest.keyClick(QApplication.focusWidget(), key, modifiers)
    QApplication.processEvents()


def type_in(text):
    """Type text where the focus is; Chinese comes through an input method."""
    for character in text:
        if character.isascii():
            QTest.keyClick(QApplication.focusWidget(), character)
        else:
            compose("", commit=character)


def compose(preedit, commit=""):
    """Let an input method show `preedit` and commit `commit` where the focus is."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(QApplication.focusWidget(), event)


def undecided(desk):
    return [figure for figure in desk.model.figures() if figure.state in ("extracted", "auto")]


def said(window):
    """What the status bar says."""
    return window.findChild(object, "said").text()


def click_text(desk, offset):
    """Click the character of the text at an offset (code points)."""
    pane = desk.text
    cursor = QTextCursor(pane.document())
    cursor.setPosition(pane._offsets.to_utf16(offset))
    place = pane.cursorRect(cursor)
    QTest.mouseClick(pane.viewport(), Qt.MouseButton.LeftButton, pos=place.center() + QPoint(3, 0))


def select_text(desk, start, end):
    """Select text (code points) with the keyboard's cursor."""
    cursor = desk.text.textCursor()
    cursor.setPosition(desk.text._offsets.to_utf16(start))
    cursor.setPosition(desk.text._offsets.to_utf16(end), QTextCursor.MoveMode.KeepAnchor)
    desk.text.setTextCursor(cursor)
    desk.text.setFocus()


def drop(window, *dropped):
    """Drag files and folders over the window and drop them there."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in dropped])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(window.rect().center(), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    place = QPointF(window.rect().center())
    QApplication.sendEvent(window, QDropEvent(place, Qt.DropAction.CopyAction, data, buttons, keys))
