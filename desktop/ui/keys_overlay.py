"""The keys on one sheet over the window (Ctrl+/), made of the same table as the menus."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.text import say
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, MENUS, PLACES, Command
from desktop.ui.theme import theme

COLUMNS = 3
Section = tuple[str, list[Command]]


class KeysOverlay(QFrame):
    """Shown over `parent` until a key is pressed or the mouse clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys_overlay")
        self.setProperty("part", "panel")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._labels = [QLabel() for _ in range(COLUMNS)]
        for label in self._labels:
            label.setProperty("marked", True)
        self._before: QWidget | None = None
        layout = QGridLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setHorizontalSpacing(28)
        for place, label in enumerate(self._labels):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(label, 0, place)
        self.hide()

    def open(self) -> None:
        """Show the keys in the middle of the window and take the focus."""
        self._before = self.window().focusWidget()
        for label, sections in zip(self._labels, columns(), strict=True):
            label.setText(f"<table>{''.join(_rows(*section) for section in sections)}</table>")
        self.setAccessibleName(say("act_keys"))
        self.adjustSize()
        parent = self.parentWidget()
        assert parent is not None
        self.move((parent.width() - self.width()) // 2, max((parent.height() - self.height()) // 2, 0))
        self.show()
        self.raise_()
        self.setFocus()

    def keyPressEvent(self, _event: QKeyEvent) -> None:
        """Any key puts the sheet away."""
        self._close()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        """So does a click."""
        self._close()

    def focusOutEvent(self, _event: object) -> None:
        """So does going elsewhere."""
        self.hide()

    def _close(self) -> None:
        self.hide()
        if self._before is not None:
            self._before.setFocus()


def columns() -> tuple[list[Section], ...]:
    """Return the commands with keys by where those count: at the desk, on the other pages, everywhere."""
    keyed = [command for command in COMMANDS if keymap.keys_of(command)]
    desk, *others = sorted(dict.fromkeys(PLACES.values()), key=lambda place: place != "desk")
    pages = [(f"act_page_{place}", [c for c in keyed if PLACES.get(c.owner) == place]) for place in (desk, *others)]
    menus = [(str(menu), [c for c in keyed if c.owner not in PLACES and c.menu == menu]) for menu in MENUS]
    return pages[:1], pages[1:], menus


def _rows(heading: str, commands: list[Command]) -> str:
    rows = "".join(
        f'<tr><td style="padding:1px 14px 1px 0">{html.escape(keymap.shown(command))}</td>'
        f'<td style="padding:1px 0">{html.escape(say(command.name).rstrip("…"))}</td></tr>'
        for command in commands
    )
    if not rows:
        return ""
    said = html.escape(say(heading))
    title = f'<td colspan="2" style="color:{theme().accent};padding:8px 0 2px 0"><b>{said}</b></td>'
    return f"<tr>{title}</tr>{rows}"
