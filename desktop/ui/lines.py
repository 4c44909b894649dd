"""What lists and tables have alike: how high a line is, and what stands over a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication

from desktop.text import say

NO_ALIGNMENTS: Mapping[Any, Qt.AlignmentFlag] = {}


def line_size() -> QSize:
    """Return the size of a line with air above and below its words."""
    return QSize(0, QFontMetrics(QApplication.font()).height() + 7)


def heading(
    headings: Mapping[Any, str] | Sequence[str],
    section: int,
    orientation: Qt.Orientation,
    role: int,
    alignments: Mapping[Any, Qt.AlignmentFlag] = NO_ALIGNMENTS,
) -> Any:
    """Return what a table says over a column (QAbstractTableModel.headerData); `headings` are ids of sentences."""
    if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(headings):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return say(headings[section])
    return alignments.get(section) if role == Qt.ItemDataRole.TextAlignmentRole else None
