"""Keys and input methods: no key acts while one composes, fields keep the keys they need, Enter presses buttons."""

from __future__ import annotations

from contextlib import suppress

from PySide6 import QtWidgets
from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from desktop.ui import keymap

# Some input methods commit first and deliver the key that ended the composition afterwards.
AFTERMATH_MS = 60
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
ENDING_KEYS = ENTER | {Qt.Key.Key_Space, Qt.Key.Key_Escape, Qt.Key.Key_Tab}
KEY_EVENTS = frozenset({QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride})


class InputGuard(QObject):
    """Watches the widget with the focus, and only that one."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self.composing = False
        self._stopped = False
        self._since = QElapsedTimer()
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._watch)
        self._watch(None, app.focusWidget())

    def stop(self) -> None:
        """Watch nothing any more."""
        if not self._stopped:
            self._stopped = True
            self._app.focusChanged.disconnect(self._watch)
            self._watch(self._watched, None)

    def _watch(self, _old: QWidget | None, new: QWidget | None) -> None:
        if self._watched is not None and self._watched is not new:
            with suppress(RuntimeError):  # it is being taken down just now
                self._watched.removeEventFilter(self)
                self._watched.destroyed.disconnect(self._forget)
        if new is not None and new is not self._watched:
            new.installEventFilter(self)
            new.destroyed.connect(self._forget)
        if new is not self._watched:
            self.composing = False
        self._watched = new

    def _forget(self) -> None:
        self._watched = None
        self.composing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the composition; swallow key presses that belong to it, claim those that belong to a field."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._follow(event)
        elif kind in KEY_EVENTS and isinstance(event, QKeyEvent):
            if self._belongs_to_composition(event):
                event.accept()
                return True
            if kind == QEvent.Type.ShortcutOverride and keeps(watched, event):
                event.accept()
                return True
            if isinstance(watched, QAbstractButton) and kind == QEvent.Type.KeyPress and is_enter(event):
                watched.click()
                return True
        return False

    def _follow(self, event: QInputMethodEvent) -> None:
        if event.preeditString():
            self.composing = True
        elif self.composing:
            self.composing = False
            self._since.start()

    def _belongs_to_composition(self, event: QKeyEvent) -> bool:
        if self.composing:
            return True
        just_ended = self._since.isValid() and self._since.elapsed() < AFTERMATH_MS
        return just_ended and event.key() in ENDING_KEYS


def keeps(widget: QObject, event: QKeyEvent) -> bool:
    """Return whether a key is for the widget with the focus rather than for a command.

    A field keeps what it is typed and edited with; a button its space bar and Enter, a link in words its Enter; others
    what they say themselves by a method `keeps`.
    """
    if (own := getattr(widget, "keeps", None)) is not None:
        return bool(own(event))
    if is_field(widget):
        return event.key() in keymap.field_keys()
    if isinstance(widget, QAbstractButton):
        return event.key() == Qt.Key.Key_Space or is_enter(event)
    return isinstance(widget, QLabel) and event.key() in ENTER


def is_enter(event: QKeyEvent) -> bool:
    """Return whether Enter is pressed, on the main keys or the number pad, and nothing with it."""
    return event.key() in ENTER and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


def is_field(widget: QObject) -> bool:
    """Return whether text can be typed into `widget`."""
    if isinstance(widget, QtWidgets.QLineEdit | QtWidgets.QTextEdit | QtWidgets.QPlainTextEdit):
        return not widget.isReadOnly()
    return False
