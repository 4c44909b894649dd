"""Reading all reports for the matrix: at once where they are few, beside the window's thread where they are many."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from db import overview
from db.overview import Standing
from db.store import Store
from desktop import workflow
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.ui.jobs import Job, asking
from desktop.ui.reports.board import Board
from desktop.ui.reports.matrix_model import Arranged, arrange
from desktop.ui.session import Session

if TYPE_CHECKING:
    from desktop.indicators import Catalogue

MANY = 2000
AFTER_MS = 20  # the window paints first


class Reading(QObject):
    """`came` (Board, how it is arranged) brings all reports, `marked` (Board) what else they are found by.

    `failed` brings the UserError that kept them away. What can be worked out beside the window's thread is.
    """

    came = Signal(object, object)
    marked = Signal(object)
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._again = False
        self._stopped = False
        self._job: Job | None = None
        self._after = QTimer(self, singleShot=True, interval=AFTER_MS)
        self._after.timeout.connect(self._start)
        self._turn = QTimer(self, singleShot=True, interval=0)  # building the window is no time that passes
        self._turn.timeout.connect(self._after.start)

    @property
    def busy(self) -> bool:
        """Whether reports or marks are on their way."""
        return self._job is not None

    def read(self) -> None:
        """Read everything anew; what is being read meanwhile is read once more."""
        if self._stopped:
            return
        store = self._session.store
        many = overview.size(store) > MANY
        if not many:
            self.came.emit(*_prepared(overview.standings(store)))
        if self._job is None:
            self._begin(many)
        else:
            self._again = True

    def _begin(self, rows_too: bool) -> None:
        def survey(store: Store, _progress: Progress) -> Iterator[Any]:
            rows = overview.standings(store)
            board, arranged = _prepared(rows)
            if rows_too:
                yield board, arranged
            board = Board()
            board.load(rows)
            board.mark(overview.marks(store, themes(workflow.catalogue(store))))
            yield board, None

        self._job = asking(self._session.store.path, survey)
        self._job.produced.connect(self._take)
        self._job.ended.connect(self._end)
        self._turn.start()

    def _start(self) -> None:
        if self._job is not None:
            self._job.start()

    def _take(self, result: tuple[Board, Arranged | None]) -> None:
        board, arranged = result
        if arranged is None:
            self.marked.emit(board)
        else:
            self.came.emit(board, arranged)

    def _end(self, error: UserError | None) -> None:
        self._job = None
        if error is not None:
            self.failed.emit(error)
        if self._again:
            self._again = False
            self.read()

    def stop(self) -> None:
        """Read nothing any more: the store is about to be closed."""
        self._stopped = True
        self._turn.stop()
        self._after.stop()
        if self._job is not None:
            self._job.cancel()


def themes(catalogue: Catalogue) -> dict[str, str]:
    """Return the theme of every indicator."""
    return {indicator.id: indicator.theme for indicator in catalogue.values()}


def _prepared(rows: list[Standing]) -> tuple[Board, Arranged]:
    board = Board()
    board.load(rows)
    return board, arrange([row for row in rows if not row.withdrawn])
