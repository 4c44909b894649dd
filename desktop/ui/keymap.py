"""Which keys each command has: those of the table of commands, or those that the reviewer chose instead."""

from __future__ import annotations

import functools
import json
import sys
from typing import Any

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

from desktop import settings
from desktop.errors import UserError
from desktop.text import say
from desktop.ui.commands import COMMANDS, PLACES, Command

BY_ID = {command.id: command for command in COMMANDS}
FREE = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
ALWAYS_OF_FIELDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Escape, Qt.Key.Key_Space)
_chosen: dict[str, str] = {}


def load() -> None:
    """Take the keys that were chosen at an earlier start; what is no choice any more is left out."""
    _chosen.clear()
    try:
        kept = json.loads(settings.get("keys") or "{}")
    except ValueError:
        return
    if isinstance(kept, dict):
        _chosen.update({name: keys for name, keys in kept.items() if name in BY_ID and isinstance(keys, str)})


def keys_of(command: Command) -> tuple[str, ...]:
    """Return the keys of a command as Qt writes them portably, none where it has none."""
    return tuple(_chosen.get(command.id, command.keys).split())


def shown(command: Command | str) -> str:
    """Return the first keys of a command, or of one known by its id, as this system writes them."""
    keys = keys_of(BY_ID[command] if isinstance(command, str) else command)
    return written(keys[0]) if keys else ""


def written(keys: str) -> str:
    """Return keys as this system writes them."""
    formats = QKeySequence.SequenceFormat
    here = formats.NativeText if sys.platform == "darwin" else formats.PortableText
    return QKeySequence(keys).toString(here).replace("Return", "Enter").replace("PgDown", "PgDn")


def is_chosen(command: Command) -> bool:
    """Return whether the reviewer chose other keys than those of the table."""
    return command.id in _chosen


def choose(command: Command, keys: str) -> None:
    """Let a command have other keys from now on, none where `keys` is empty; UserError where they cannot be had.

    Enter on the main keys means the one of the number pad as well.
    """
    wanted = " ".join(_both_enters(keys))
    for one in wanted.split():
        _refuse_bare(one)
        other = _holder(command, one)
        if other is not None:
            raise UserError("key_taken", keys=written(one), command=say(other.name).rstrip("…"))
    if wanted == command.keys:
        _chosen.pop(command.id, None)
    else:
        _chosen[command.id] = wanted
    _keep()


def reset() -> None:
    """Give every command the keys of the table again."""
    _chosen.clear()
    _keep()


def field_keys() -> frozenset[int]:
    """Return the keys, pressed without Ctrl, Alt or Meta, that a field keeps while something is typed into it."""
    kept = {key.value for key in ALWAYS_OF_FIELDS}
    for command in COMMANDS:
        if command.owner in PLACES:
            kept.update(key for key, free in map(_pressed, keys_of(command)) if not free)
    return frozenset(kept)


@functools.cache  # asked at every press of a key in a field, of every command
def _pressed(keys: str) -> tuple[int, bool]:
    """Return the key of keys as they are written, and whether Ctrl, Alt or Meta goes with it."""
    combination = _combination(QKeySequence(keys))
    return combination.key().value, bool(combination.keyboardModifiers() & FREE)


def _combination(sequence: Any) -> QKeyCombination:
    """Return the first keys of a sequence, which Qt's stubs do not know to be one."""
    made: QKeyCombination = sequence[0]
    return made


def _both_enters(keys: str) -> list[str]:
    if keys.endswith("Return"):
        return [keys, keys.removesuffix("Return") + "Enter"]
    return [keys] if keys else []


def _refuse_bare(keys: str) -> None:
    """Raise UserError for what an input method, or a value being typed, would take: letters, digits, signs."""
    sequence = QKeySequence(keys)
    if sequence.count() != 1 or _combination(sequence).key() in (Qt.Key(0), Qt.Key.Key_unknown):
        raise UserError("key_unusable", keys=keys)
    combination = _combination(sequence)
    printable = Qt.Key.Key_Space.value < combination.key().value < Qt.Key.Key_Escape.value
    if printable and not combination.keyboardModifiers() & FREE:
        raise UserError("key_bare", keys=written(keys))


def _holder(command: Command, keys: str) -> Command | None:
    """Return the other command that has these keys where this one would act."""
    wanted = QKeySequence(keys)
    here = PLACES.get(command.owner)
    for other in COMMANDS:
        there = PLACES.get(other.owner)
        together = here is None or there is None or here == there
        if other is not command and together and any(QKeySequence(k) == wanted for k in keys_of(other)):
            return other
    return None


def _keep() -> None:
    settings.remember("keys", json.dumps(_chosen, sort_keys=True))
