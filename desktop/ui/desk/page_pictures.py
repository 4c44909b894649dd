"""Pictures of pages, drawn beside the window's thread as they are needed; those that are far away are let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from db.rows import ReportRow
from db.store import Store
from desktop import reading
from desktop.errors import UserError
from desktop.progress import Progress
from desktop.ui.latest import Latest

KEPT = 3  # pages before and after those that are wanted
MUCH = 128 * 1024 * 1024  # bytes of pictures: where pages are this large, only what is wanted is kept


class PagePictures(QObject):
    """The pages of one source at a time; `came` (page number) tells of each picture, `failed` (UserError) why none.

    Scales are in pixels a point.
    """

    came = Signal(int)
    failed = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._report: ReportRow | None = None
        self._data: bytes | None = None
        self._made: dict[int, tuple[float, QImage]] = {}
        self._wanted: tuple[float, tuple[int, ...]] = (0.0, ())
        self._latest = Latest(store, self)
        self._latest.came.connect(self._take)
        self._latest.ended.connect(self._end)

    def show_source(self, report: ReportRow) -> None:
        """Draw pages of this report's source from now on."""
        self._latest.drop()
        self._report, self._data, self._wanted = report, None, (0.0, ())
        self._made.clear()

    def picture(self, number: int) -> QImage | None:
        """Return the picture of a page, perhaps of another scale than is wanted now; None where there is none yet."""
        made = self._made.get(number)
        return None if made is None else made[1]

    def want(self, numbers: Sequence[int], scale: float) -> None:
        """Have these pages drawn at a scale, in this order, unless they are, or are being."""
        near = range(min(numbers, default=0) - KEPT, max(numbers, default=0) + KEPT + 1)
        large = sum(image.sizeInBytes() for _, image in self._made.values()) > MUCH
        self._made = {number: made for number, made in self._made.items() if number in (numbers if large else near)}
        missing = tuple(n for n in numbers if n not in self._made or self._made[n][0] != scale)
        under_way = self._latest.busy and scale == self._wanted[0] and set(missing) <= set(self._wanted[1])
        if self._report is None or not missing or under_way:
            return
        self._wanted = (scale, missing)
        self._latest.ask(_question(self._report, self._data, missing, scale))

    def _take(self, part: Any) -> None:
        if isinstance(part, bytes):
            self._data = part
            return
        number, scale, (width, height, rgb) = part
        self._made[number] = (scale, QImage(rgb, width, height, 3 * width, QImage.Format.Format_RGB888).copy())
        self.came.emit(number)

    def _end(self, error: UserError | None) -> None:
        if error is not None:
            self.failed.emit(error)


def _question(report: ReportRow, data: bytes | None, numbers: Iterable[int], scale: float) -> Any:
    """Return what draws pages: the source's bytes come first, where they are not known, then each page."""

    def draw(store: Store, progress: Progress) -> Iterator[Any]:
        if not reading.is_paged(report.reader):
            raise UserError("page_letters_only")
        source = data if data is not None else store.source(report.source_sha256)
        if source is None:
            raise UserError("page_source_missing", path=f"{store.path}-sources")
        yield source
        for number in numbers:
            progress.step(by=0)
            yield number, scale, reading.render(report.source_name, source, number, scale)

    return draw
