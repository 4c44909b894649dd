"""What a reviewer needs to decide on the current figure, in a fixed order, under the table."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.rows import FigureRow, FindingRow, OtherYear
from desktop import workflow
from desktop.indicators import Catalogue
from desktop.model import Figure
from desktop.text import say
from desktop.ui.desk.note_field import NoteField
from desktop.ui.session import Session
from desktop.ui.theme import theme
from desktop.ui.wording import APPROX_NAMES, STATE_NAMES, local_time, number, printed

CAPTIONS: Mapping[str, str] = {
    "sentence": "detail_sentence",
    "indicator": "detail_indicator",
    "other_years": "detail_other_years",
    "findings": "detail_findings",
    "because": "detail_because",
    "machine": "detail_machine",
    "decided": "detail_decided",
}
ALWAYS = frozenset({"sentence", "indicator", "other_years", "findings"})


@dataclass(frozen=True, slots=True)
class Evidence:
    """A figure with the three pieces of its sentence and what else bears on it."""

    figure: FigureRow
    sentence: tuple[str, str, str]
    other_years: Sequence[OtherYear]
    findings: Sequence[FindingRow]


class DetailPane(QWidget):
    """Shows the evidence of one figure and the line for a note."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._captions: dict[str, QLabel] = {}
        self._values: dict[str, QLabel] = {}
        self.note = NoteField()
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
        layout.addWidget(self.note)
        self.retranslate()

    def _add(self, row: int, part: str) -> None:
        caption, value = QLabel(), QLabel()
        caption.setProperty("part", "muted")
        caption.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value.setObjectName(f"detail_{part}")
        value.setWordWrap(True)
        value.setTextFormat(Qt.TextFormat.RichText)
        value.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._captions[part], self._values[part] = caption, value
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(value, row, 1)

    def show(self, evidence: Evidence | None = None) -> None:
        """Show the evidence of a figure, or that none is chosen."""
        self._shown = evidence
        self.note.setEnabled(evidence is not None)
        self.note.show_comment(evidence.figure.comment if evidence else "")
        words = self._words(evidence) if evidence else {"sentence": _muted(say("no_figure_chosen"))}
        for part, value in self._values.items():
            text = words.get(part, "")
            seen = bool(text) or (evidence is not None and part in ALWAYS)
            value.setText(text or "—")
            value.setVisible(seen)
            self._captions[part].setVisible(seen and evidence is not None)

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for part, caption in self._captions.items():
            caption.setText(say(CAPTIONS[part]))
            self._values[part].setAccessibleName(say(CAPTIONS[part]))
        self.note.retranslate()
        self.show(self._shown)

    def _words(self, evidence: Evidence) -> dict[str, str]:
        figure = evidence.figure
        return {
            "sentence": self._sentence(evidence),
            "indicator": self._indicator(figure),
            "other_years": self._other_years(figure, evidence.other_years),
            "findings": "<br>".join(_finding(row, self._session.catalogue) for row in evidence.findings),
            "because": html.escape(say("list_separator").join(figure.because)),
            "machine": self._machine(figure.machine) if figure.machine else "",
            "decided": self._decided(figure),
        }

    def _sentence(self, evidence: Evidence) -> str:
        before, quote, after = (html.escape(printed(piece)) for piece in evidence.sentence)
        current = theme().current
        return (
            f'{before}<b style="color:{current.ink};background-color:{current.ground}">&nbsp;{quote}&nbsp;</b>{after}'
        )

    def _indicator(self, figure: FigureRow) -> str:
        known = self._session.catalogue.get(figure.indicator) if figure.indicator else None
        if known is None:
            return _muted(say("no_indicator"))
        name = html.escape(self._session.indicator_name(known.id))
        return f"<b>{name}</b><br>{_muted(html.escape(known.definition))}"

    def _other_years(self, figure: FigureRow, others: Sequence[OtherYear]) -> str:
        if not others:
            return _muted(say("no_other_years"))
        nearest = others[0]
        value = f"<b>{nearest.year}</b> {_amount(nearest.figure)} · {say(STATE_NAMES[nearest.figure.state])}"
        change = _change(nearest, figure.value)
        told = [f"{value}{' · ' + change if change else ''}<br>{_muted(html.escape(printed(nearest.sentence)))}"]
        seen = {nearest.year}
        rest = []
        for other in others[1:]:
            if other.year not in seen:
                seen.add(other.year)
                rest.append(f"{other.year} {_amount(other.figure)}")
        return "<br>".join([*told, *([" · ".join(rest)] if rest else [])])

    def _machine(self, machine: Figure) -> str:
        name = html.escape(self._session.indicator_name(machine.indicator))
        return f"{_amount(machine)} · {name}"

    def _decided(self, figure: FigureRow) -> str:
        if not figure.reviewer:
            return ""
        undecided = figure.state in ("extracted", "auto")  # what a person left on it is a comment
        state = say("verb_comment" if undecided else STATE_NAMES[figure.state])
        told = f"{state} · {figure.reviewer} · {local_time(figure.decided_at or '')}"
        return html.escape(f"{told} · {figure.reason}" if figure.reason else told)


def _amount(figure: FigureRow | Figure) -> str:
    approx = say(APPROX_NAMES[figure.approx]) + " " if figure.approx else ""
    return html.escape(f"{approx}{number(figure.value)} {figure.unit}")


def _change(other: OtherYear, now: float) -> str:
    before = other.figure.value
    return say("change_from", year=other.year, change=f"{(now - before) / before:+.1%}") if before else ""


def _finding(row: FindingRow, known: Catalogue) -> str:
    sentence = html.escape(workflow.finding_sentence(row.finding, known=known))
    if row.dismissed:
        return f"<s>{sentence}</s>"
    return f'<span style="color:{theme().tints["finding"].ink}">▲</span> {sentence}'


def _muted(text: str) -> str:
    return f'<span style="color:{theme().muted}">{text}</span>'
