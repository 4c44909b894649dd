"""Commands made into QActions: said in the language of the moment, with their keys in menus and tooltips."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from desktop.text import say
from desktop.ui import keymap
from desktop.ui.commands import COMMANDS, MENUS, PLACES, Command, Owner
from desktop.ui.icons import blank_icon, icon


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
        self._put_away: dict[str, list[Callable[[], None]]] = {}
        keymap.load()
        self._drawn, blank = False, blank_icon()
        for command in COMMANDS:
            place = places.get(command.owner, window)
            action = QAction(place)
            action.setObjectName(command.id)
            contexts = Qt.ShortcutContext
            whole = place is window
            action.setShortcutContext(contexts.WindowShortcut if whole else contexts.WidgetWithChildrenShortcut)
            action.triggered.connect(_runner(owners[command.owner], command.run))
            if command.icon:
                action.setIcon(blank)
            _name(command, action)
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
            _name(command, action)
        if self._drawn:
            self.draw()

    def draw(self) -> None:
        """Draw and explain all actions, whose icons are blank until then; the first paint need not wait for that."""
        self._drawn = True
        for command, action in self._made.values():
            if command.icon:
                action.setIcon(icon(command.icon))
            action.setToolTip(tooltip(command))
            action.setStatusTip(say(command.tip))

    def fill(self, bar: QMenuBar) -> dict[str, QMenu]:
        """Put every action into its menu; return the menus by the id of their name."""
        menus = {}
        for name in MENUS:
            menu = bar.addMenu(menu_title(name))
            menu.setObjectName(name)
            menus[str(name)] = menu
            menu.aboutToShow.connect(lambda name=name: self._suit(name))
            menu.aboutToHide.connect(lambda name=name: self._show_again(name))
            group = 0
            for command, action in self._made.values():
                if command.menu != name:
                    continue
                if command.group != group:
                    menu.addSeparator()
                group = command.group
                menu.addAction(action)
        return menus

    def _suit(self, name: str) -> None:
        """Leave in a menu what counts on the page that is shown, or the desk's in grey where nothing does.

        The others would act on what nobody sees.
        """
        self._show_again(name)
        own = [(command, action) for command, action in self._made.values() if command.menu == name]
        here = [action for _, action in own if _shown(action)]
        for command, action in own:
            if action in here:
                continue
            if here or PLACES.get(command.owner) != "desk":
                action.setVisible(False)
                self._put_away[name].append(partial(action.setVisible, True))
            elif action.isEnabled():
                action.setEnabled(False)
                self._put_away[name].append(partial(action.setEnabled, True))

    def _show_again(self, name: str) -> None:
        for bring_back in self._put_away.pop(name, []):
            bring_back()
        self._put_away[name] = []


def _shown(action: QAction) -> bool:
    place = action.parent()
    return isinstance(place, QWidget) and place.isVisible()


def _name(command: Command, action: QAction) -> None:
    action.setText(say(command.name))
    action.setShortcuts([QKeySequence(keys) for keys in keymap.keys_of(command)])


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
