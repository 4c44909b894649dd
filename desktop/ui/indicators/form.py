"""One indicator of the reviewers' own, in the terms of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from desktop import workflow
from desktop.text import say
from desktop.ui.choices import in_words, offer
from desktop.ui.indicators.wordings import WordingRows
from desktop.ui.session import Session

LINES: Mapping[str, str] = {
    "name_zh": "own_name_zh",
    "name_en": "own_name_en",
    "id": "own_id",
    "unit": "own_unit",
    "units": "own_units",
    "definition": "own_definition",
}
HINTS: Mapping[str, str] = {
    "name_en": "own_optional",
    "id": "own_id_hint",
    "unit": "own_unit_hint",
    "units": "own_units_hint",
    "definition": "own_definition_hint",
}
CHOICES: Mapping[str, str] = {
    "theme": "own_theme",
    "kind": "own_kind",
    "combine": "own_combine",
    "weight": "own_weight",
}
WEIGHTS = {1.25: "own_weight_first", 1.0: "own_weight_even", 0.8: "own_weight_last"}
KINDS = {"count": "kind_count", "percent": "kind_percent", "money": "kind_money", "duration": "kind_duration"}
COMBINES = {"first": "combine_first", "sum": "combine_sum"}
THEMES = {
    "own": "theme_own",
    "leadership": "theme_leadership",
    "services": "theme_services",
    "business": "theme_business",
    "decisions": "theme_decisions",
    "enforcement": "theme_enforcement",
    "emergency": "theme_emergency",
    "disputes": "theme_disputes",
    "oversight": "theme_oversight",
    "legal_services": "theme_legal_services",
}
PLACES = (
    ("name_zh", "name_en"),
    ("unit", "units"),
    ("kind", "combine"),
    ("id", "theme"),
    ("definition", "weight"),
)


class IndicatorForm(QWidget):
    """`edited` follows every change a person makes; an id is proposed until one is written."""

    edited = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._base: dict[str, Any] = {}
        self._proposing = True
        self.fields = {name: _line(name, words) for name, words in LINES.items()}
        several: dict[str, Mapping[Any, str]] = {
            "theme": THEMES, "kind": KINDS, "combine": COMBINES, "weight": WEIGHTS,
        }  # fmt: skip
        self.choices = {name: _choice(name, offers) for name, offers in several.items()}
        self.wordings = WordingRows(session.catalogue.words)
        self._lay_out()
        for name, edit in self.fields.items():
            edit.textEdited.connect(lambda _text, name=name: self._follow(name))
        for box in self.choices.values():
            box.activated.connect(self.edited)
        self.wordings.edited.connect(self.edited)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setVerticalSpacing(5)
        grid.setHorizontalSpacing(8)
        widgets: dict[str, QWidget] = {**self.fields, **self.choices}
        for row, names in enumerate(PLACES):
            for place, name in enumerate(names):
                caption = QLabel(say(LINES[name] if name in LINES else CHOICES[name]))
                caption.setBuddy(widgets[name])
                grid.addWidget(caption, row, 2 * place)
                grid.addWidget(widgets[name], row, 2 * place + 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        heading = QLabel(say("own_wordings"))
        heading.setProperty("part", "heading")
        heading.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.addLayout(grid)
        layout.addSpacing(6)
        layout.addWidget(heading)
        layout.addWidget(self.wordings)
        layout.addStretch(1)
        before: QWidget = self.fields["name_zh"]
        for name in (name for names in PLACES for name in names):
            self.setTabOrder(before, widgets[name])
            before = widgets[name]

    def show_indicator(self, definition: Mapping[str, Any] | None) -> None:
        """Show an own indicator, or an empty form for a new one."""
        self._base = dict(definition or {"kind": "count", "combine": "first", "theme": "own"})
        lines = self._base.get("when", ())
        shown = {**self._base, "weight": lines[0].get("weight", 1.0) if lines else next(iter(WEIGHTS))}
        self._proposing = definition is None
        for name, edit in self.fields.items():
            edit.setText(self._shown(name))
            edit.setCursorPosition(0)
        for name, box in self.choices.items():
            place = box.findData(shown[name])
            if place < 0:  # a theme or a weight that was written elsewhere
                box.addItem(str(shown[name]), shown[name])
                place = box.count() - 1
            box.setCurrentIndex(place)
        self.fields["id"].setReadOnly(definition is not None)
        self.wordings.show_lines(lines)

    def _shown(self, name: str) -> str:
        value = str(self._base.get(name, ""))
        if name == "units":
            return " ".join(unit for unit in value.split() if unit != self._base.get("unit"))
        return "" if name == "name_en" and value == self._base.get("name_zh") else value

    def definition(self) -> dict[str, Any]:
        """Return what is written."""
        lines = {name: edit.text() for name, edit in self.fields.items()}
        chosen = {name: box.currentData() for name, box in self.choices.items()}
        weight = chosen.pop("weight")
        said = [line for line in self.wordings.wordings() if any(str(line[f]).strip() for f in line if f != "weight")]
        when = [{**line, "weight": weight} for line in said]
        return workflow.cleaned({**self._base, **lines, **chosen, "when": when})

    def _follow(self, name: str) -> None:
        """Let the id follow the name until it is written, and the kind follow the unit."""
        if name == "id":
            self._proposing = False
        elif name in ("name_zh", "name_en") and self._proposing:
            names = (self.fields["name_zh"].text(), self.fields["name_en"].text())
            self.fields["id"].setText(workflow.proposed_id(*names, self._session.catalogue))
        elif name == "unit":
            kind = workflow.unit_kinds().get(self.fields["unit"].text().strip())
            if kind is not None:
                self.choices["kind"].setCurrentIndex(self.choices["kind"].findData(kind))
        self.edited.emit()


def _line(name: str, words: str) -> QLineEdit:
    made = QLineEdit()
    made.setObjectName(f"own_{name}")
    made.setAccessibleName(say(words))
    if name in HINTS:
        made.setPlaceholderText(say(HINTS[name]))
        made.setToolTip(say(HINTS[name]))
    return made


def _choice(name: str, offers: Mapping[Any, str]) -> QComboBox:
    made = QComboBox()
    made.setObjectName(f"own_{name}")
    made.setAccessibleName(say(CHOICES[name]))
    offer(made, in_words(offers))
    return made
