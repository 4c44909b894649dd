"""A page of the window that shows what the store holds."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from desktop.errors import UserError
from desktop.text import say_error
from desktop.ui import memory
from desktop.ui.session import Session


class Page(QWidget):
    """Reads the store when it is next seen, or now if it is, once it is out of date.

    `said` (sentence, is it a refusal) tells what came of an act.
    """

    said = Signal(str, bool)

    def __init__(self, session: Session, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._session = session
        self._stale = True

    def take_actions(self, actions: list[QAction]) -> None:
        """Put buttons for actions where the page has them: nowhere, unless it says where."""

    def retranslate(self) -> None:
        """Say everything in the language and colours of the moment."""

    def parts(self) -> memory.Parts:
        """Return what keeps its shape between starts."""
        return {}

    def outdate(self) -> None:
        """Let the page read the store again."""
        self._stale = True
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Read anew what may have changed since the page was last seen."""
        if self._stale:
            self._stale = False
            self._read_again()

    def _read_again(self) -> None:
        """Read what the page shows of the store: nothing, unless a page says what."""

    def _tell_error(self, error: UserError | None) -> None:
        """Tell what stopped a question to the store, if anything did."""
        if error is not None:
            self.said.emit(say_error(error), True)
