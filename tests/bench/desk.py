"""The desk against its floors: a report opened and painted, another figure chosen and painted, a decision made.

Run `python -m tests.bench.desk [STORE.hebao]`; without a store the sample reports are imported into one that is thrown
away. The floor of opening is a plain QPlainTextEdit and QTableView given the same text and rows; that of choosing is a
bare repaint of the desk. Ratios of medians of one run; targets 1.8 and 1.3.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QPlainTextEdit, QSplitter, QTableView

from db import queries
from db.store import Store
from desktop import paths, workflow
from desktop.progress import Progress
from desktop.ui.application import _application
from desktop.ui.desk.desk_page import DeskPage
from desktop.ui.main_window import MainWindow
from desktop.ui.shell import Shell
from desktop.ui.theme import dress
from tests.bench.timing import ratio

SIZE = (1440, 820)
ROUNDS = 41


class Plain(QAbstractTableModel):
    """Rows of words and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[tuple[str, ...]] = []

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return len(self.rows)

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 8

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> Any:
        return self.rows[index.row()][index.column()] if role == Qt.ItemDataRole.DisplayRole.value else None


def plain_window() -> tuple[QSplitter, QPlainTextEdit, Plain]:
    """Return a splitter with the two plain widgets, as large as the desk."""
    both, text, table, model = QSplitter(), QPlainTextEdit(), QTableView(), Plain()
    table.setModel(model)
    both.addWidget(text)
    both.addWidget(table)
    both.resize(*SIZE)
    both.show()
    return both, text, model


def main(argv: list[str]) -> int:
    """Measure, tell the ratios, and return 1 where one is over its target."""
    app = _application()
    shell = Shell(app, "zh", "light")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(argv[0]) if argv else _samples(Path(folder))
        with workflow.open_store(path, create=False, read_only=True) as store:
            window = MainWindow(store, remembers=False)
            window.resize(*SIZE)
            dress(app)
            window.show()
            ids = _some(store)
            window.pages.open_report(ids[0])
            for timer in window._warming:
                timer.stop()
            app.processEvents()
            over = _measure(window.pages.desk, store, ids)
            shell.window = window
            shell.close()
    return over


def _samples(folder: Path) -> Path:
    path = folder / "samples.hebao"
    with workflow.open_store(path) as store:
        workflow.import_paths(store, [paths.samples()], Progress())
    return path


def _some(store: Store) -> list[int]:
    ids = [row.id for row in queries.reports(store)]
    return ids[:: max(len(ids) // 40, 1)][:40]


def _measure(desk: DeskPage, store: Store, ids: list[int]) -> int:
    both, text, model = plain_window()
    turn, plain_turn = itertools.cycle(ids), itertools.cycle(ids)
    contents = {}
    for report_id in ids:
        desk.open_report(report_id)
        rows = [tuple(str(desk.model.index(r, c).data()) for c in range(8)) for r in range(desk.model.rowCount())]
        contents[report_id] = (queries.text(store, report_id), rows)

    def open_plain() -> None:
        words, rows = contents[next(plain_turn)]
        text.setPlainText(words)
        model.beginResetModel()
        model.rows = rows
        model.endResetModel()
        both.grab()

    def open_desk() -> None:
        desk.open_report(next(turn))
        desk.grab()

    opened = ratio(open_desk, open_plain, rounds=ROUNDS)
    figures = itertools.cycle([figure.id for figure in desk.model.figures()])

    def choose() -> None:
        desk.table.choose(next(figures))
        desk.grab()

    for _ in desk.model.figures():  # read ahead, as the pause between two presses has it done
        choose()
        desk._prepare()
    chosen = ratio(choose, desk.grab, rounds=2 * ROUNDS)
    print(f"open a report, painted: {opened:.2f} x plain widgets (target 1.8)")
    print(f"choose another figure, painted: {chosen:.2f} x a bare repaint (target 1.3)")
    return int(opened > 1.8 or chosen > 1.3)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
