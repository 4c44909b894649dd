"""Commands made into QActions: said in the language of the moment, with their keys in menus and tooltips."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.text import say
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, MENUS, Command, Owner
from desktop.ui.icons import icon


class Actions:
    """All actions by id.

    `owners` give what runs them, asked at the moment; `places` are the widgets whose focus makes their keys count, the
    `window` where there is none.
    """

    def __init__(
        self, owners: Mapping[Owner, Callable[[], QObject]], places: Mapping[Owner, QWidget], window: QWidget
    ) -> None:
        self.owners = owners
        self._made: dict[str, tuple[Command, QAction]] = {}
        keymap.load()
        self._drawn = False
        for command in COMMANDS:
            place = places.get(command.owner, window)
            action = QAction(place)
            action.setObjectName(command.id)
            contexts = Qt.ShortcutContext
            whole = place is window
            action.setShortcutContext(contexts.WindowShortcut if whole else contexts.WidgetWithChildrenShortcut)
            action.triggered.connect(_runner(owners[command.owner], command.run))
            _say(command, action)
            place.addAction(action)
            self._made[command.id] = (command, action)

    def __getitem__(self, command_id: str) -> QAction:
        return self._made[command_id][1]

    def some(self, *ids: str) -> list[QAction]:
        """Return several actions, in this order."""
        return [self[command_id] for command_id in ids]

    def retranslate(self) -> None:
        """Say every action in the language of the moment, with its keys, and draw it in its colours if it was drawn."""
        for command, action in self._made.values():
            _say(command, action)
        if self._drawn:
            self.draw()

    def draw(self, *ids: str) -> None:
        """Draw the icons of some actions, or of all; those of menus can wait until the window is painted."""
        self._drawn = self._drawn or not ids
        for command_id in ids or self._made:
            command, action = self._made[command_id]
            if command.icon:
                action.setIcon(icon(command.icon))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put every action into its menu; return the menus by the id of their name."""
        menus = {}
        for name in MENUS:
            menu = bar.addMenu(menu_title(name))
            menu.setObjectName(name)
            menus[str(name)] = menu
            group = 0
            for command, action in self._made.values():
                if command.menu != name:
                    continue
                if command.group != group:
                    menu.addSeparator()
                group = command.group
                menu.addAction(action)
        return menus


def _say(command: Command, action: QAction) -> None:
    action.setText(say(command.name))
    action.setShortcuts([QKeySequence(keys) for keys in keymap.keys_of(command)])
    action.setToolTip(tooltip(command))
    action.setStatusTip(say(command.tip))


def menu_title(name: str) -> str:
    """Return what a menu is called in the menu bar, with its letter for the Alt key as is usual in each language."""
    letter = name.removeprefix("menu_")[0].upper()
    return f"&{say(name)}" if say(name).startswith(letter) else f"{say(name)}(&{letter})"


def _runner(owner: Callable[[], QObject], method: str) -> Callable[..., None]:
    def run(_checked: bool = False) -> None:
        getattr(owner(), method)()

    return run


def tooltip(command: Command) -> str:
    """Return what hovering over a button says: name, keys, and what it does."""
    keys = keymap.shown(command)
    name = f"{say(command.name)} ({keys})" if keys else say(command.name)
    return f"{name}\n{say(command.tip)}"
