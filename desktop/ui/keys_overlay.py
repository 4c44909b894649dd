"""The keys on one sheet over the window (Ctrl+/), made of the same table as the menus."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QScrollArea, QWidget

from desktop.text import say
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, MENUS, PLACES, Command
from desktop.ui.theme import theme

MOST_COLUMNS = 6
SCROLLING = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
Section = tuple[str, list[Command]]


class KeysOverlay(QScrollArea):
    """Shown over `parent` until a key is pressed or the mouse clicked; the arrows scroll where there is no room."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keys_overlay")
        self.setProperty("part", "panel")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._labels = [QLabel() for _ in range(MOST_COLUMNS)]
        self._before: QWidget | None = None
        self._sheet = QWidget()
        layout = QHBoxLayout(self._sheet)
        layout.setContentsMargins(24, 10, 24, 14)
        layout.setSpacing(24)
        for label in self._labels:
            label.setProperty("marked", True)
            label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
            layout.addWidget(label)
        self.setWidget(self._sheet)
        for part in (self._sheet, self.viewport()):
            part.setBackgroundRole(QPalette.ColorRole.Base)
        self.hide()

    def open(self) -> None:
        """Show the keys in the middle of the window and take the focus."""
        parent = self.parentWidget()
        assert parent is not None
        self._before = self.window().focusWidget()
        self._fit(parent)
        self.setAccessibleName(say("act_keys"))
        frame, sheet = 2 * self.frameWidth(), self._sheet.size()
        bar = self.verticalScrollBar().sizeHint().width() if sheet.height() + frame > parent.height() else 0
        self.resize(min(sheet.width() + frame + bar, parent.width()), min(sheet.height() + frame, parent.height()))
        self.move((parent.width() - self.width()) // 2, (parent.height() - self.height()) // 2)
        self.verticalScrollBar().setValue(0)
        self.show()
        self.raise_()
        self.setFocus()

    def _fit(self, room: QWidget) -> None:
        """Lay the keys out by where they count, or else in as many columns as it takes and have room."""
        by_place = [list(_rows(sections)) for sections in columns()]
        every = [row for rows in by_place for row in rows]
        self._fill(by_place)
        for number in range(len(by_place) + 1, MOST_COLUMNS + 1):
            if self._sheet.height() <= room.height():
                return
            before = [label.text() for label in self._labels]
            self._fill(_dealt(every, number))
            if self._sheet.width() > room.width():
                self._write(before)
                return

    def _fill(self, filled: Sequence[Sequence[str]]) -> None:
        self._write([f"<table>{''.join(rows)}</table>" for rows in filled])

    def _write(self, texts: Sequence[str]) -> None:
        for place, label in enumerate(self._labels):
            label.setText(texts[place] if place < len(texts) else "")
            label.setVisible(place < len(texts) and bool(texts[place]))
        self._sheet.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key puts the sheet away, but for those that show the rest of it."""
        if event.key() in SCROLLING and self.verticalScrollBar().maximum() > 0:
            super().keyPressEvent(event)
        else:
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


def _rows(sections: Sequence[Section]) -> Iterator[str]:
    """Yield a row for each command; the heading of a section goes with its first one."""
    for heading, commands in sections:
        said = html.escape(say(heading))
        above = f'<tr><td colspan="2" style="color:{theme().accent};padding:8px 0 2px 0"><b>{said}</b></td></tr>'
        for command in commands:
            key, name = html.escape(keymap.shown(command)), html.escape(say(command.name).rstrip("…"))
            yield (
                f'{above}<tr><td style="padding:1px 14px 1px 0">{key}</td>'
                f'<td style="padding:1px 0;white-space:nowrap">{name}</td></tr>'
            )
            above = ""


def _dealt(rows: Sequence[str], number: int) -> list[list[str]]:
    """Return the rows in so many columns of like length; a heading is as high as a row and a half."""
    dealt: list[list[str]] = [[] for _ in range(number)]
    heights = [1.0 if row.count("<tr>") == 1 else 2.5 for row in rows]
    above = 0.0
    for row, height in zip(rows, heights, strict=True):
        dealt[min(int((above + height / 2) / sum(heights) * number), number - 1)].append(row)
        above += height
    return dealt
