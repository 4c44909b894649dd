"""What a reviewer needs to decide on the current item, in a fixed order, under the table."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from desktop.text import say
from desktop.ui.desk.cell_form import CellForm
from desktop.ui.desk.detail_words import muted, words
from desktop.ui.desk.evidence import Evidence
from desktop.ui.desk.note_field import NoteField
from desktop.ui.session import Session

CAPTIONS: Mapping[str, str] = {
    "sentence": "detail_sentence",
    "here": "detail_here",
    "numeral": "detail_numeral",
    "findings": "detail_findings",
    "machine": "detail_machine",
    "indicator": "detail_indicator",
    "other_years": "detail_other_years",
    "because": "detail_because",
    "history": "detail_history",
}
INTERACTION = (
    Qt.TextInteractionFlag.TextSelectableByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByMouse
    | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
)
ALWAYS = frozenset({"sentence", "indicator", "other_years", "findings"})


class DetailPane(QWidget):
    """Shows the evidence of one item and the line for a note.

    `followed` (kind, which) comes with each link: see detail_words.
    """

    followed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._captions: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        self.note = NoteField()
        self.cell = CellForm()
        self._shown: Evidence | None = None
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(10, 8, 10, 8)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(1, 1)
        for row, part in enumerate(CAPTIONS):
            self._add(row, part)
        self._grid.setRowStretch(len(CAPTIONS), 1)
        scroll = QScrollArea()
        scroll.setObjectName("detail")
        scroll.setWidget(inside)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(scroll, 1)
        layout.addWidget(self.cell)
        layout.addWidget(self.note)
        self.retranslate()

    def _add(self, row: int, part: str) -> None:
        caption, value = QLabel(), QLabel()
        caption.setProperty("part", "muted")
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value.setObjectName(f"detail_{part}")
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.RichText)
        value.setProperty("marked", True)
        value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value.setTextInteractionFlags(INTERACTION)
        value.linkActivated.connect(self._follow)
        self._captions[part], self._values[part] = caption, value
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(value, row, 1)

    def show(self, evidence: Evidence | None = None) -> None:
        """Show the evidence of a figure, or that none is chosen."""
        figure = evidence.figure if evidence else None
        before = self._shown.figure if self._shown else None
        same = figure is not None and before is not None and figure.id == before.id
        self._shown = evidence
        self.note.setEnabled(figure is not None)
        self.note.show_comment(figure.comment if figure else "", again=same)
        told = words(self._session, evidence) if evidence else {"sentence": muted(say("no_figure_chosen"))}
        for part, value in self._values.items():
            text = told.get(part, "")
            seen = bool(text) or (figure is not None and part in ALWAYS)
            value.setText(text or "—")
            value.setFocusPolicy(Qt.FocusPolicy.TabFocus if "<a " in text else Qt.FocusPolicy.NoFocus)
            value.setVisible(seen)
            self._captions[part].setVisible(seen and evidence is not None)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for part, caption in self._captions.items():
            caption.setText(say(CAPTIONS[part]))
            self._values[part].setAccessibleName(say(CAPTIONS[part]))
        self.note.retranslate()
        self.cell.retranslate()
        self.show(self._shown)

    def _follow(self, target: str) -> None:
        kind, _, which = target.partition(":")
        self.followed.emit(kind, which)
