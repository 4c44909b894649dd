"""Choosing an indicator by typing: Chinese, pinyin initials, English; arrows and Enter; never a dialog."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QListView, QVBoxLayout, QWidget

from desktop.indicators import Indicator
from desktop.text import language, say
from desktop.ui.desk.escapable import Escapable
from desktop.ui.desk.matching import matching
from desktop.ui.lines import line_size
from desktop.ui.session import Session
from desktop.ui.theme import theme

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


class OfferModel(QAbstractListModel):
    """The indicators on offer; None stands for "no indicator fits"."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.offers: list[Indicator | None] = []
        self.marked: Mapping[str, str] = {}

    def show(self, offers: Sequence[Indicator | None]) -> None:
        """Offer these, in this order."""
        self.beginResetModel()
        self.offers = list(offers)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return how many are on offer."""
        return 0 if parent.isValid() else len(self.offers)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return an indicator's name and unit; its definition as tooltip."""
        if not index.isValid() or not 0 <= index.row() < len(self.offers):
            return None
        offer = self.offers[index.row()]
        if role == Role.DisplayRole:
            return offer_words(offer, "" if offer is None else self.marked.get(offer.id, ""))
        if role == Role.SizeHintRole:
            return line_size()
        if role == Role.ToolTipRole and offer is not None:
            return offer.meaning(language())
        if role == Role.ForegroundRole and offer is None:
            return QColor(theme().muted)
        return None


def offer_words(offer: Indicator | None, marked: str) -> str:
    """Return one line of the list, with what is said of the indicator at its end."""
    if offer is None:
        return say("no_indicator")
    name = offer.name_zh if language() == "zh" else offer.name_en
    return f"{name}  ·  {offer.unit}" + (f"  ·  {marked}" if marked else "")


class SearchLine(Escapable):
    """A line to type into above a list: `moved` (steps) comes with the arrows, `lost` when the focus goes elsewhere."""

    moved = Signal(int)
    lost = Signal()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that the focus goes elsewhere in the window."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.lost.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let the arrows move the list."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_PageUp: -8, Qt.Key.Key_PageDown: 8}
        if event.key() in steps:
            self.moved.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


class IndicatorPicker(QFrame):
    """A panel over the desk; `picked` (purpose, id or None) or `left` ends it.

    It goes when the focus goes elsewhere: the keys would act on figures that it hides.
    """

    picked = Signal(str, object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent)
        self._session = session
        self._purpose = ""
        self._pool: Sequence[str] = ()
        self._first: list[Indicator | None] = []
        self.setProperty("part", "panel")
        self.setObjectName("picker")
        self.setAutoFillBackground(True)
        self._title = QLabel()
        self._title.setProperty("part", "heading")
        self.search = SearchLine()
        self.search.setObjectName("picker_search")
        self.search.setClearButtonEnabled(True)
        self._model = OfferModel(self)
        self._list = QListView()
        self._list.setModel(self._model)
        self._list.setObjectName("picker_list")
        self._list.setUniformItemSizes(True)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self._definition = QLabel()
        self._definition.setWordWrap(True)
        self._definition.setProperty("part", "muted")
        self._definition.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self._definition.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 10)
        for widget in (self._title, self.search, self._list, self._definition):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._search)
        self.search.returnPressed.connect(self._pick)
        self.search.moved.connect(self._move)
        self.search.left.connect(self._leave)
        self.search.lost.connect(self.hide)
        self._list.clicked.connect(self._pick)
        self._list.selectionModel().currentChanged.connect(self._define)
        for widget in (self.search, self._list):
            widget.setAccessibleName(say("picker_hint"))
        self.hide()

    def ask(
        self, purpose: str, title: str, pool: Sequence[str], first: Sequence[str | None], marked: Mapping[str, str]
    ) -> None:
        """Offer the indicators of `pool` for `purpose`, those of `first` at the top until something is typed.

        `marked` has words to stand behind some of them.
        """
        catalogue = self._session.catalogue
        self._purpose, self._pool = purpose, pool
        self._first = [catalogue[i] if i is not None else None for i in first]
        self._model.marked = marked
        self._title.setText(title)
        self.search.setPlaceholderText(say("picker_hint"))
        self.search.setAccessibleName(title)
        self._list.setAccessibleName(title)
        self.search.clear()
        self._search("")
        self.show()
        self.raise_()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _search(self, typed: str) -> None:
        wanted = set(self._pool)
        found: list[Indicator | None] = [i for i in matching(typed, self._session.catalogue) if i.id in wanted]
        if not typed.strip():
            top = {i.id for i in self._first if i is not None}
            found = [*self._first, *(i for i in found if i is not None and i.id not in top)]
        self._model.show(found)
        self._list.setCurrentIndex(self._model.index(0))
        if not found:
            self._definition.setText(say("picker_nothing"))

    def _move(self, step: int) -> None:
        row = min(max(self._list.currentIndex().row() + step, 0), self._model.rowCount() - 1)
        self._list.setCurrentIndex(self._model.index(max(row, 0)))

    def _define(self, current: QModelIndex) -> None:
        offer = self._model.offers[current.row()] if current.isValid() else None
        self._definition.setText(offer.meaning(language()) if offer is not None else "")

    def _pick(self) -> None:
        index = self._list.currentIndex()
        if index.isValid():
            offer = self._model.offers[index.row()]
            self.hide()
            self.picked.emit(self._purpose, offer.id if offer is not None else None)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
