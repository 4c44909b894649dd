"""Errors that nobody foresaw, in the window: each is told once, with what to do; the work goes on."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.main_window import MainWindow


class Mishaps(QObject):
    """Between `begin` and `end` whatever is raised on any thread, and caught by nobody, comes here."""

    _raised = Signal(object)

    def __init__(self, window: Callable[[], MainWindow | None]) -> None:
        super().__init__()
        self._window = window
        self._told: set[str] = set()
        self._raised.connect(self._take)

    def begin(self) -> None:
        """Listen."""
        self._hooks = sys.excepthook, threading.excepthook
        sys.excepthook = lambda _kind, error, _trace: self._raised.emit(error)
        threading.excepthook = lambda raised: self._raised.emit(raised.exc_value)

    def end(self) -> None:
        """Let others listen again."""
        sys.excepthook, threading.excepthook = self._hooks

    def _take(self, error: BaseException) -> None:
        """Tell a sentence as one, of anything else where the log is; what was told already is not told again."""
        window = self._window()
        if isinstance(error, KeyboardInterrupt):  # on the terminal that the window was started from
            if window is not None:
                window.close()
            return
        if isinstance(error, UserError):
            if window is not None:
                window.tell(say_error(error), True)
            return
        from desktop import faults

        told = faults.described(error)
        if told in self._told:
            return
        self._told.add(told)
        log = faults.note(told)
        print(say("mishap_in_log", path=log) if log else say("mishap"), file=sys.stderr)
        from desktop.ui.mishap_dialog import MishapDialog

        if window is not None and window.findChild(MishapDialog) is None:
            dialog = MishapDialog(error, window)
            dialog.finished.connect(dialog.deleteLater)
            dialog.open()
