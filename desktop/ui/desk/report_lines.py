"""What is said of the whole report, above the evidence: findings about none of its figures, cells without figures,
characters that may be others."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop.text import say
from desktop.ui.desk import detail_words
from desktop.ui.desk.naming_words import named
from desktop.ui.desk.opened import Opened
from desktop.ui.session import Session
from desktop.ui.wording import number


class ReportLines(QWidget):
    """`followed` (kind, which) comes with each link."""

    followed = Signal(str, str)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._findings = _line("report_findings", "notice")
        self._findings.setTextFormat(Qt.TextFormat.RichText)
        self._findings.setProperty("marked", True)
        self._findings.linkActivated.connect(self._follow)
        self._cells = _line("not_reported", "muted")
        self._doubts = _line("doubts", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._findings)
        layout.addWidget(self._cells)
        layout.addWidget(self._doubts)

    def show_report(self, opened: Opened | None) -> None:
        """Show what is said of a report as it stands now."""
        rows = opened.loose_findings if opened is not None else []
        self._findings.setText(detail_words.findings(self._session, rows))
        self._findings.setVisible(bool(rows))
        told = _cells(self._session, opened) if opened is not None else []
        self._cells.setText("\n".join(told))
        self._cells.setVisible(bool(told))
        unsure = len(opened.doubts) if opened is not None else 0
        self._doubts.setText(say("doubts_told", n=unsure) if unsure else "")
        self._doubts.setVisible(bool(unsure))

    def _follow(self, target: str) -> None:
        kind, _, which = target.partition(":")
        self.followed.emit(kind, which)


def _cells(session: Session, opened: Opened) -> list[str]:
    """Return what a person said of cells themselves, a sentence each."""
    told = []
    names = [session.indicator_name(indicator) for indicator in opened.not_reported]
    if names:
        told.append(say("asserted_not_reported", indicators=say("list_separator").join(names)))
    for indicator, said in opened.cells.items():
        if "figures" in said and indicator in session.catalogue:
            made = named(opened.figures, said["figures"], session.catalogue[indicator])
            line = say("cell_named", indicator=session.indicator_name(indicator), made=made)
            told.append(f"{line} ({said['reason']})" if said["reason"] else line)
        if "value" in said:
            known = session.catalogue.get(indicator)
            told.append(
                say(
                    "cell_entered",
                    indicator=session.indicator_name(indicator),
                    value=number(said["value"]),
                    unit=known.unit if known is not None else "",
                    reason=said["reason"],
                )
            )
    return told


def _line(name: str, part: str) -> QLabel:
    made = QLabel()
    made.setObjectName(name)
    made.setProperty("part", part)
    made.setWordWrap(True)
    made.setContentsMargins(10, 4, 10, 4)
    return made
