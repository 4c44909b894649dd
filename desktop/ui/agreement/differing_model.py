"""What reviewers read differently, one slot a row: where, what, what each said, and the sentence."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject

from db.coding import Coded
from desktop.text import say
from desktop.ui.lines import Index, Role, RowsModel
from desktop.ui.session import Session
from desktop.ui.wording import number, report_name

if TYPE_CHECKING:
    from desktop.workflow import Differing  # noqa: F401 - the model's rows, as a string: a base is looked up at once


class Column(IntEnum):
    """The columns, in order."""

    REPORT = 0
    INDICATOR = 1
    SAID = 2
    SENTENCE = 3


WITHOUT_VALUE: Mapping[str, str] = {"not_reported": "state_not_reported", "absent": "agreement_absent"}


class DifferingModel(RowsModel["Differing"]):
    """Rows are slots on which reviewers differ."""

    headings = ("head_report", "head_indicator", "head_readings", "head_sentence")

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:
        """Return what one place of the table shows."""
        one = self.at(index)
        if one is None or role not in (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole):
            return None
        if index.column() == Column.REPORT:
            return report_name(one.report)
        if index.column() == Column.INDICATOR:
            return self._session.indicator_name(one.indicator)
        return one.sentence if index.column() == Column.SENTENCE else say("list_separator").join(map(said, one.said))


def said(coded: Coded) -> str:
    """Return what one reviewer made of a cell, behind his name."""
    if coded.value is not None:
        return f"{coded.reviewer} {number(coded.value)} {coded.unit}"
    return f"{coded.reviewer} {say(WITHOUT_VALUE[coded.said])}"
