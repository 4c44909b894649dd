"""The reviewers' own indicators: a list, a form in the catalogue's terms, and what the one in the form would take."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from db import queries
from desktop import workflow
from desktop.errors import UserError
from desktop.text import language, say, say_error
from desktop.ui.displays import enlarge
from desktop.ui.icons import icon
from desktop.ui.indicators.form import IndicatorForm
from desktop.ui.indicators.rereading import Rereading
from desktop.ui.indicators.trial import Trial
from desktop.ui.lines import line_size
from desktop.ui.progress_strip import ProgressStrip
from desktop.ui.session import Session
from desktop.ui.theme import restyle

ID = Qt.ItemDataRole.UserRole


class OwnIndicatorsDialog(QDialog):
    """Own indicators of one store; `report_id` is the report they are tried on first."""

    def __init__(
        self, session: Session, rereading: Rereading, report_id: int | None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("own_indicators")
        self.setWindowTitle(say("own_indicators"))
        self._session = session
        self._rows: dict[str, dict[str, Any]] = {}
        self._current: str | None = None
        self._standing: dict[str, Any] = {}
        self._warned = False
        self.list = QListWidget()
        self.list.setObjectName("own_list")
        self.list.setAccessibleName(say("own_indicators"))
        self.new, self.remove = _button("own_new", "new"), _button("own_remove", "reject")
        self.form = IndicatorForm(session)
        self.trial = Trial(session, report_id)
        self.strip = ProgressStrip()
        self.strip.cancel.setAutoDefault(False)
        self.told = QLabel()
        self.told.setObjectName("own_outcome")
        self.told.setWordWrap(True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.save = self.buttons.addButton(say("own_save"), QDialogButtonBox.ButtonRole.AcceptRole)
        self.save.setObjectName("own_save")
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(say("close"))
        close.setAutoDefault(False)
        self._lay_out()
        self.save.setDefault(True)  # once it is in the dialog: only then does it stay so while the focus moves
        self._connect(rereading)
        self._fill(next(iter(self._read()), None))
        (self.list if self._rows else self.form.fields["name_zh"]).setFocus()

    def _lay_out(self) -> None:
        about = QLabel(say("own_about"))
        about.setProperty("part", "muted")
        about.setWordWrap(True)
        beside = QHBoxLayout()
        beside.addWidget(self.new)
        beside.addWidget(self.remove)
        left = QWidget()
        aside = QVBoxLayout(left)
        aside.setContentsMargins(0, 0, 0, 0)
        aside.addWidget(self.list, 1)
        aside.addLayout(beside)
        scroll = QScrollArea()
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        right = QSplitter(Qt.Orientation.Vertical)
        across = QSplitter(Qt.Orientation.Horizontal)
        for splitter, parts, sizes in (
            (right, (scroll, self.trial), [330, 250]),
            (across, (left, right), [210, 830]),
        ):
            for part in parts:
                splitter.addWidget(part)
            splitter.setChildrenCollapsible(False)
            splitter.setHandleWidth(7)
            splitter.setSizes(sizes)
        across.setStretchFactor(1, 1)
        layout = QVBoxLayout(self)
        layout.addWidget(about)
        layout.addWidget(across, 1)
        outcome = QHBoxLayout()
        outcome.addWidget(self.told, 1)
        outcome.addWidget(self.strip)
        layout.addLayout(outcome)
        layout.addWidget(self.buttons)
        enlarge(self, 1080, 680)

    def _connect(self, rereading: Rereading) -> None:
        self.list.currentItemChanged.connect(self._choose)
        self.new.clicked.connect(self._begin_new)
        self.remove.clicked.connect(self._remove)
        self.form.edited.connect(self._edited)
        self.buttons.accepted.connect(self._save)
        self.buttons.rejected.connect(self.reject)
        rereading.begun.connect(self.strip.follow)
        rereading.said.connect(self._tell)
        if rereading.job is not None:
            self.strip.follow(rereading.job)

    def _read(self) -> dict[str, dict[str, Any]]:
        self._rows = {row["id"]: row for row in queries.own_indicators(self._session.store)}
        return self._rows

    def _fill(self, chosen: str | None) -> None:
        """List the own indicators and show one of them, or an empty form for a new one."""
        self.list.blockSignals(True)
        self.list.clear()
        named = "name_zh" if language() == "zh" else "name_en"
        for indicator, row in self._rows.items():
            item = QListWidgetItem(row[named])
            item.setData(ID, indicator)
            item.setToolTip(row["definition"] or row[named])
            item.setSizeHint(line_size())
            self.list.addItem(item)
        if chosen is None:
            self.list.addItem(QListWidgetItem(say("own_unsaved")))
            self.list.item(self.list.count() - 1).setSizeHint(line_size())
        ids = [*self._rows, None]
        self.list.setCurrentRow(ids.index(chosen))
        self.list.blockSignals(False)
        self._current = chosen
        self.form.show_indicator(self._rows.get(chosen) if chosen is not None else None)
        self._standing = self.form.definition()
        self._warned = False
        self.remove.setEnabled(chosen is not None)
        self._try()

    def _begin_new(self) -> None:
        if self._may_leave():
            self._say("")
            self._fill(None)
            self.form.fields["name_zh"].setFocus()

    def _choose(self, item: QListWidgetItem | None) -> None:
        wanted = item.data(ID) if item is not None else None
        if wanted == self._current:
            return
        if self._may_leave():
            self._say("")
            self._fill(wanted)
        else:
            self.list.blockSignals(True)
            self.list.setCurrentRow([*self._rows, None].index(self._current))
            self.list.blockSignals(False)

    def _may_leave(self) -> bool:
        """Return whether what is in the form can go: it is saved, or the person was told that it is not."""
        if self._warned or self.form.definition() == self._standing:
            return True
        self._warned = True
        self._tell(say("own_not_saved"), True)
        return False

    def _edited(self) -> None:
        self._warned = False
        self._say("")
        self._try()

    def _try(self) -> None:
        definition = self.form.definition()
        try:
            known = workflow.define(self._session.store, definition, new=self._current is None)
        except UserError as error:
            first = not self._rows and definition == self._standing
            self.trial.refuse(say("own_none") if first else say_error(error))
            return
        self.trial.ask(known, definition["id"])

    def _save(self) -> None:
        definition = self.form.definition()
        verb = workflow.add_indicator if self._current is None else workflow.change_indicator
        if self._carried_out(verb, definition):
            self._tell(say("own_saved", name=definition["name_zh"]), False)
            self._read()
            self._fill(definition["id"])

    def _remove(self) -> None:
        if self._current is None:
            return
        name = self._rows[self._current]["name_zh"]
        if self._carried_out(workflow.remove_indicator, self._current):
            self._tell(say("own_removed", name=name), False)
            self._fill(next(iter(self._read()), None))

    def _carried_out(self, verb: Any, argument: object) -> bool:
        try:
            self._session.decide(verb, argument)
        except UserError as error:
            self._tell(say_error(error), True)
            return False
        return True

    def reject(self) -> None:
        """Close, unless there is something to save that the person was not told of."""
        if self._may_leave():
            super().reject()

    def done(self, result: int) -> None:
        """Close; what is being tried is given up."""
        self.trial.stop()
        focused = self.focusWidget()
        if focused is not None:
            focused.clearFocus()  # where words were offered, the platform may leave it in the closed dialog
        super().done(result)

    def _say(self, sentence: str) -> None:
        self._tell(sentence, False)

    def _tell(self, sentence: str, refused: bool) -> None:
        restyle(self.told, "error" if refused else "")
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)


def _button(words: str, symbol: str) -> QPushButton:
    made = QPushButton(icon(symbol), say(words))
    made.setObjectName(words)
    made.setAutoDefault(False)
    return made
