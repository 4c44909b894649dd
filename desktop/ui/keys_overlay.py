"""The keys on one sheet over the window (Ctrl+/), made of the same table as the menus."""

from __future__ import annotations

import html

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop.text import say
from desktop.ui.actions import keys_of
from desktop.ui.commands import COMMANDS, MENUS, Menu
from desktop.ui.theme import theme

COLUMNS: tuple[tuple[Menu, ...], ...] = (("menu_review",), ("menu_file", "menu_edit"), ("menu_view", "menu_help"))


class KeysOverlay(QFrame):
    """Shown over `parent` until a key is pressed or the mouse clicked."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys_overlay")
        self.setProperty("part", "panel")
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._labels = [QLabel() for _ in COLUMNS]
        self._before: QWidget | None = None
        layout = QGridLayout(self)
        layout.setContentsMargins(24, 18, 24, 18)
        layout.setHorizontalSpacing(36)
        for place, label in enumerate(self._labels):
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(label, 0, place)
        self.hide()

    def open(self) -> None:
        """Show the keys in the middle of the window and take the focus."""
        self._before = self.window().focusWidget()
        for label, menus in zip(self._labels, COLUMNS, strict=True):
            label.setText(f"<table>{''.join(_rows(menu) for menu in menus)}</table>")
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


def _rows(menu: Menu) -> str:
    assert menu in MENUS
    rows = "".join(
        f'<tr><td style="padding:2px 18px 2px 0">{html.escape(keys_of(command))}</td>'
        f'<td style="padding:2px 0">{html.escape(say(command.name).rstrip("…"))}</td></tr>'
        for command in COMMANDS
        if command.menu == menu and command.keys
    )
    heading = f'<td colspan="2" style="color:{theme().accent};padding:8px 0 2px 0"><b>{html.escape(say(menu))}</b></td>'
    return f"<tr>{heading}</tr>{rows}"
