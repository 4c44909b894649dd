"""A store that cannot be opened: why, and what can be done instead."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QPushButton, QWidget

from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.text import say, say_error
from desktop.ui.files import ask_new_store, ask_store

TAKEN = ("store_in_use", "store_unwritable")
DAMAGED = ("store_damaged", "store_part_damaged")


@dataclass(frozen=True, slots=True)
class Instead:
    """The store to open instead, perhaps the same one only to be read."""

    path: Path
    read_only: bool = False


def ask_instead(error: UserError, path: Path, parent: QWidget | None = None) -> Instead | None:
    """Say why a store cannot be opened and ask what to do; None where the person gives up.

    One that is in use, or cannot be written, can be opened to be read; of one that is damaged, a backup can take the
    place, or what can be read of it is brought into a new store. Without that, a last store gone astray would keep the
    window shut at every start.
    """
    box = QMessageBox(QMessageBox.Icon.Critical, say("app_name"), say_error(error), parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    offers: dict[QPushButton, str] = {}

    def offer(name: str) -> None:
        offers[box.addButton(say(name), QMessageBox.ButtonRole.AcceptRole)] = name

    if error.message_id in TAKEN and path.exists():
        offer("open_to_read")
    if error.message_id in DAMAGED:
        if workflow.backups(path):
            offer("act_restore")
        offer("rescue_offer")
    offer("act_open_store")
    offer("act_new_store")
    box.addButton(say("close"), QMessageBox.ButtonRole.RejectRole)
    box.exec()
    chosen = next((name for button, name in offers.items() if button is box.clickedButton()), "")
    return _instead(chosen, path, parent)


def _instead(chosen: str, path: Path, parent: QWidget | None) -> Instead | None:
    if chosen == "open_to_read":
        return Instead(path, read_only=True)
    try:
        if chosen == "act_restore":
            return _restored(path, parent)
        if chosen == "rescue_offer":
            return _rescued(path, parent)
    except UserError as error:
        tell(say_error(error), parent)
        return Instead(path)
    asked = {"act_open_store": ask_store, "act_new_store": ask_new_store}.get(chosen)
    found = None if asked is None else asked(parent)
    return None if found is None else Instead(found)


def _restored(path: Path, parent: QWidget | None) -> Instead:
    newest = str(workflow.backups(path)[0].path)
    name, _ = QFileDialog.getOpenFileName(parent, say("act_restore"), newest, f"{say('stores')} (*.hebao)")
    if name:
        before = workflow.restore(path, Path(name))
        tell(say("restored_new", path=path) if before is None else say("restored", path=before), parent)
    return Instead(path)


def _rescued(path: Path, parent: QWidget | None) -> Instead:
    new = ask_new_store(parent, str(path.with_name(f"{path.stem}-{say('rescued_name')}.hebao")))
    if new is None:
        return Instead(path)
    rescued = workflow.rescue(path, new, Progress())
    tell("\n".join(workflow.rescued_sentences(rescued)), parent)
    return Instead(new)


def tell(sentence: str, parent: QWidget | None) -> None:
    """Say something that is to be read before one goes on."""
    box = QMessageBox(QMessageBox.Icon.Information, say("app_name"), sentence, parent=parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.addButton(say("close"), QMessageBox.ButtonRole.AcceptRole)
    box.exec()
