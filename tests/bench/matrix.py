"""The matrix of a nation's reports against a bare table of the same size: first paint, and a step of scrolling.

QT_QPA_PLATFORM=offscreen python -m tests.bench.matrix [DISTRICTS] [YEARS]
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QApplication, QTableView

from db.overview import Standing
from desktop.ui import theme
from desktop.ui.reports.board import Board
from desktop.ui.reports.matrix_delegate import MatrixDelegate
from desktop.ui.reports.matrix_model import MatrixModel
from desktop.ui.reports.shapes import shape_matrix
from tests.bench.timing import ratio

Index = QModelIndex | QPersistentModelIndex
STATES = ("unreviewed", "in_review", "verified")


class Bare(QAbstractTableModel):
    """A table of words, as plain as Qt lets it be."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = rows, columns

    def rowCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self._size[0]

    def columnCount(self, _parent: Index = QModelIndex()) -> int:  # noqa: B008
        return self._size[1]

    def data(self, _index: Index, role: int = 0) -> Any:
        return "40/80" if role == Qt.ItemDataRole.DisplayRole else None

    def headerData(self, section: int, _orientation: Qt.Orientation, role: int = 0) -> Any:
        return f"青禾县  {section}" if role == Qt.ItemDataRole.DisplayRole else None


def standings(districts: int, years: int) -> list[Standing]:
    """Return invented reports, most of them with something to tell."""
    return [
        Standing(
            district * years + year, f"第{district}县", f"{100000 + district}", "云川市", "临江省", 2015 + year,
            STATES[(district + year) % 3], 1, 0, 40, 0, 40, (district * year) % 4, "报告.txt",
        )
        for district in range(districts)
        for year in range(years)
    ]  # fmt: skip


def table(model: QAbstractItemModel) -> QTableView:
    made = QTableView()
    made.setModel(model)
    shape_matrix(made)
    if isinstance(model, MatrixModel):
        made.setItemDelegate(MatrixDelegate(model, made))
    made.horizontalHeader().setDefaultSectionSize(100)
    made.resize(1100, 800)
    return made


def opened(model: QAbstractItemModel) -> None:
    made = table(model)
    made.show()
    QApplication.processEvents()
    made.repaint()
    made.close()


def scrolled(shown: QTableView, step: int) -> None:
    bar = shown.verticalScrollBar()
    bar.setValue((bar.value() + step) % bar.maximum())
    shown.viewport().repaint()


def main() -> None:
    districts, years = (int(word) for word in (*sys.argv[1:], "2900", "10")[:2])
    app = QApplication.instance() or QApplication(["bench", "-style", "fusion"])
    assert isinstance(app, QApplication)
    theme.apply(app, "light")
    theme.dress(app)
    model = MatrixModel()
    reports = standings(districts, years)
    model.show(reports)
    bare = Bare(model.rowCount(), model.columnCount())
    print(f"matrix {districts} x {years}: first paint {ratio(lambda: opened(model), lambda: opened(bare)):.2f} x bare")
    ours, plain = table(model), table(bare)
    for shown in (ours, plain):
        shown.show()
    QApplication.processEvents()
    for step in (3, 30):
        found = ratio(lambda s=step: scrolled(ours, s), lambda s=step: scrolled(plain, s), rounds=61)
        print(f"scrolling by {step} rows: {found:.2f} x bare")
    board = Board()
    board.load(reports)
    board.chosen = {"year": {2020}, "state": {"verified"}}
    print(f"choosing facets: {ratio(board.find, lambda: opened(bare)):.2f} x the first paint of the bare table")


if __name__ == "__main__":
    main()
