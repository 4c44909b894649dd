"""The facts of one report, corrected in place: a field is saved when it is left, or refused with a sentence there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QLineEdit, QWidget

from db.rows import ReportRow
from desktop import workflow
from desktop.errors import UserError
from desktop.text import say, say_error
from desktop.ui.choices import in_words, offer
from desktop.ui.session import Session
from desktop.ui.wording import FACT_NAMES, LEVEL_NAMES


class FactLine(QLineEdit):
    """A line that Escape returns to what stands."""

    def __init__(self) -> None:
        super().__init__()
        self.standing = ""

    def show_value(self, value: str) -> None:
        """Show what stands."""
        self.standing = value
        self.setText(value)
        self.setToolTip(value)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self.standing)
            return
        super().keyPressEvent(event)


class FactsForm(QWidget):
    """Shows the facts of one report, or nothing."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._report: ReportRow | None = None
        self._captions: dict[str, QLabel] = {}
        self._lines: dict[str, FactLine] = {}
        self._marks: dict[str, QLabel] = {}
        self._errors: dict[str, QLabel] = {}
        self._level = QComboBox()
        self._candidates = QComboBox()
        self._candidates.setObjectName("candidates")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 8, 10, 8)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        for place, fact in enumerate(FACT_NAMES):
            self._add(3 * place, fact)
            if fact == "adcode":
                self._grid.addWidget(self._candidates, 3 * place + 2, 1)
        self._grid.setRowStretch(3 * len(FACT_NAMES), 1)
        self._level.activated.connect(self._choose_level)
        self._candidates.activated.connect(self._choose_candidate)
        self.retranslate()

    def _add(self, row: int, fact: str) -> None:
        caption, mark, error = QLabel(), QLabel(), QLabel()
        caption.setProperty("part", "muted")
        mark.setProperty("part", "muted")
        error.setProperty("part", "error")
        error.setObjectName(f"error_{fact}")
        error.setWordWrap(True)
        error.hide()
        self._captions[fact], self._marks[fact], self._errors[fact] = caption, mark, error
        self._grid.addWidget(caption, row, 0)
        self._grid.addWidget(mark, row, 2)
        self._grid.addWidget(error, row + 1, 1, 1, 2)
        if fact == "level":
            self._level.setObjectName("fact_level")
            self._grid.addWidget(self._level, row, 1)
            return
        line = FactLine()
        line.setObjectName(f"fact_{fact}")
        line.editingFinished.connect(lambda: self._take(fact))
        line.textEdited.connect(error.hide)
        self._lines[fact] = line
        self._grid.addWidget(line, row, 1)

    def show_report(self, report: ReportRow | None) -> None:
        """Show a report's facts."""
        same = report is not None and self._report is not None and report.id == self._report.id
        self._report = report
        self.setEnabled(report is not None)
        for fact, line in self._lines.items():
            if same and line.hasFocus() and line.text().strip() != line.standing:
                continue  # being typed
            value = getattr(report, fact) if report is not None else None
            line.show_value("" if value is None else str(value))
            line.setPlaceholderText("" if report is None else say("fact_unknown"))
            self._errors[fact].hide()
        for fact, mark in self._marks.items():
            mark.setText(say("fact_corrected") if report is not None and fact in report.corrected else "")
        self._level.setCurrentIndex(self._level.findData(report.level) if report is not None else -1)
        self._show_candidates()

    def retranslate(self) -> None:
        """Say everything in the language of the moment."""
        for fact, caption in self._captions.items():
            caption.setText(say(FACT_NAMES[fact]))
        for fact, line in self._lines.items():
            line.setAccessibleName(say(FACT_NAMES[fact]))
        self._level.setAccessibleName(say(FACT_NAMES["level"]))
        offer(self._level, in_words({None: "fact_unknown", **LEVEL_NAMES}))
        self._candidates.setAccessibleName(say("candidates"))
        for error in self._errors.values():
            error.hide()
        self.show_report(self._report)

    def _show_candidates(self) -> None:
        """Offer the divisions that are still possible, by name and place."""
        report = self._report
        self._candidates.clear()
        self._candidates.setVisible(report is not None and bool(report.candidates) and report.adcode is None)
        if report is None or not self._candidates.isVisibleTo(self):
            return
        from desktop import districts

        self._candidates.addItem(say("candidates"), "")
        for code in report.candidates:
            district = districts.load().by_code(code, report.year)
            place = f"{district.province}{district.city}{district.name}" if district else ""
            self._candidates.addItem(f"{code}  {place}".strip(), code)

    def _take(self, fact: str) -> None:
        line = self._lines[fact]
        if line.text().strip() != line.standing:
            self._correct(fact, line.text())

    def _choose_level(self) -> None:
        self._correct("level", self._level.currentData() or "")

    def _choose_candidate(self) -> None:
        code = self._candidates.currentData()
        if not code or self._report is None:
            return
        from desktop import districts

        district = districts.load().by_code(code, self._report.year)
        if self._correct("adcode", code) and district is not None:
            self._correct("city", district.city)
            self._correct("province", district.province)

    def _correct(self, fact: str, typed: str) -> bool:
        if self._report is None:
            return False
        try:
            self._session.decide(workflow.correct_fact, self._report.id, fact, typed)
        except UserError as error:
            self._errors[fact].setText(say_error(error))
            self._errors[fact].show()
            return False
        if fact in self._lines and self._lines[fact].text() == typed:
            self._lines[fact].standing = typed.strip()
        self._errors[fact].hide()
        return True
