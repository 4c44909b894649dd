"""A line of words among which groups of the catalogue may stand: typing @ offers them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView


class WordLine(QLineEdit):
    """Words separated by spaces; `groups` is what `model_of` makes of the catalogue's."""

    def __init__(self, text: str, groups: QStandardItemModel) -> None:
        super().__init__(text)
        self.setCursorPosition(0)
        self.offers = QCompleter(groups, self)
        self.popup = QListView()
        self.offers.setPopup(self.popup)
        self.offers.setWidget(self)
        self.offers.setFilterMode(Qt.MatchFlag.MatchContains)
        self.offers.activated.connect(self._put)
        self.textEdited.connect(self._offer)

    def _word(self) -> tuple[int, str]:
        """Return where the word before the cursor begins, and the word."""
        before = self.text()[: self.cursorPosition()]
        word = before.split()[-1] if before and not before[-1].isspace() else ""
        return len(before) - len(word), word

    def _offer(self) -> None:
        _, word = self._word()
        self.offers.setCompletionPrefix(word.removeprefix("@"))
        if not word.startswith("@") or not self.offers.completionCount():
            self.popup.hide()
            return
        self.offers.complete()
        self.popup.setCurrentIndex(self.offers.completionModel().index(0, 0))

    def _put(self, name: str) -> None:
        start, word = self._word()
        rest = self.text()[start + len(word) :]
        self.setText(f"{self.text()[:start]}@{name} {rest.lstrip()}")
        self.setCursorPosition(start + len(name) + 2)
        self.textEdited.emit(self.text())


def model_of(groups: Mapping[str, tuple[str, ...]], parent: QObject) -> QStandardItemModel:
    """Return groups of words as lines to choose from, their words as tooltips."""
    model = QStandardItemModel(parent)
    for name, words in groups.items():
        item = QStandardItem(name)
        item.setToolTip(" ".join(words))
        model.appendRow(item)
    return model
