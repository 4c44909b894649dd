"""The pages of a source below each other, as they look, with figures, open numerals and doubtful characters marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea

from db.rows import FigureRow
from db.store import Store
from desktop.model import Numeral, Page
from desktop.ui.desk import page_marks
from desktop.ui.desk.opened import Opened, Span
from desktop.ui.desk.page_pictures import PagePictures
from desktop.ui.desk.places import Places
from desktop.ui.theme import DARK, theme

MARGIN, BETWEEN = 12, 12  # pixels around a page
STEP, LEAST, MOST = 1.2, 0.4, 6.0  # times as wide as there is room
SOON_MS = 40  # after the last turn of the wheel
DIMMED = QColor(0, 0, 0, 60)  # over white paper in a dark window


class PageView(QAbstractScrollArea):
    """Shows the pages of one report; offsets in and out count code points.

    `figure_clicked` brings the id of a figure clicked, `numeral_clicked` where an open numeral begins, `moved` comes
    with every other part in view, `failed` brings the UserError that keeps the pages from being drawn.
    """

    figure_clicked = Signal(int)
    numeral_clicked = Signal(int)
    number_typed = Signal(str)
    moved = Signal()
    failed = Signal(object)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.setObjectName("pages")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setMouseTracking(True)
        self.zoom = 1.0
        self._opened: Opened | None = None
        self._places = Places(())
        self._widest = 0.0
        self._papers: list[QRectF] = []
        self._chosen: tuple[Span, Span] | None = None
        self._pictures = PagePictures(store, self)
        self._pictures.came.connect(self.viewport().update)
        self._pictures.failed.connect(self.failed)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self._want)

    def show_pages(self, opened: Opened, pages: Sequence[Page]) -> None:
        """Show another report from its first page on."""
        self._opened, self._places, self._chosen = opened, Places(pages), None
        self._widest = max((page.width for page in pages), default=0.0)
        self._pictures.show_source(opened.report)
        self._fit()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)
        self._go_on()

    def mark(self, opened: Opened) -> None:
        """Mark the report as it stands now."""
        self._opened = opened
        self.viewport().update()

    def choose(self, chosen: tuple[Span, Span] | None) -> None:
        """Frame a place, tint its sentence and bring it into view; None frames nothing."""
        self._chosen = chosen
        self._bring_into_view()
        self.viewport().update()

    @property
    def count(self) -> int:
        """Return how many pages there are."""
        return len(self._places.pages)

    @property
    def number(self) -> int:
        """Return the number of the page that takes up the middle of the view."""
        middle = self.verticalScrollBar().value() + self.viewport().height() / 2
        tops = [index for index, place in enumerate(self._papers) if place.top() <= middle]
        return self._places.pages[tops[-1] if tops else 0].number if self.count else 0

    def larger(self, times: float = STEP) -> None:
        """Show the pages so many times larger, what is in the middle staying there."""
        before, self.zoom = self.zoom, min(max(self.zoom * times, LEAST), MOST)
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        middle = self.viewport().rect().center()
        at = QPointF(across.value() + middle.x(), down.value() + middle.y()) * (self.zoom / before)
        self._fit()
        across.setValue(round(at.x()) - middle.x())
        down.setValue(round(at.y()) - middle.y())
        self._go_on()

    def fit_width(self) -> None:
        """Make the pages as wide as there is room, the current place in view."""
        self.larger(1 / self.zoom)
        self._bring_into_view()

    def rects(self, span: Span) -> list[QRectF]:
        """Return where a span of the text stands in the view, a rectangle for each of its lines."""
        shift = self._shift()
        return [self._rect(self._papers[index], box).translated(-shift) for index, box in self._places.boxes(*span)]

    def offset_at(self, point: QPointF) -> int | None:
        """Return the offset of the character at a point of the view."""
        at = point + self._shift()
        for index, paper in enumerate(self._papers):
            if paper.contains(at):
                inside = (at - paper.topLeft()) / self._scale()
                return self._places.at(index, inside.x(), inside.y())
        return None

    def _scale(self) -> float:
        """Return the pixels of the window that a point of a page takes up."""
        return max(self.viewport().width() - 2 * MARGIN, 50) / (self._widest or 1.0) * self.zoom

    def _shift(self) -> QPointF:
        return QPointF(self.horizontalScrollBar().value(), self.verticalScrollBar().value())

    def _laid_out(self) -> list[QRectF]:
        """Return where the pages lie, all below each other."""
        scale, top, papers = self._scale(), float(MARGIN), []
        across = max(self.viewport().width(), self._widest * scale + 2 * MARGIN)
        for page in self._places.pages:
            width, height = page.width * scale, page.height * scale
            papers.append(QRectF((across - width) / 2, top, width, height))
            top += height + BETWEEN
        return papers

    def _rect(self, paper: QRectF, box: tuple[float, float, float, float]) -> QRectF:
        scale = self._scale()
        left, top, right, bottom = (side * scale for side in box)
        return QRectF(paper.left() + left, paper.top() + top, right - left, bottom - top)

    def _fit(self) -> None:
        """Let the scroll bars reach as far as the pages do."""
        self._papers, room = self._laid_out(), self.viewport().size()
        height = self._papers[-1].bottom() + MARGIN if self._papers else 0
        width = self._widest * self._scale() + 2 * MARGIN
        for bar, length, page in (
            (self.verticalScrollBar(), height, room.height()),
            (self.horizontalScrollBar(), width, room.width()),
        ):
            bar.setRange(0, max(0, round(length) - page))
            bar.setPageStep(page)
            bar.setSingleStep(40)

    def _go_on(self) -> None:
        self._soon.start()
        self.viewport().update()
        self.moved.emit()

    def _in_view(self) -> Iterator[tuple[int, QRectF]]:
        view = QRectF(self.viewport().rect())
        for index, paper in enumerate(self._papers):
            place = paper.translated(-self._shift())
            if place.intersects(view):
                yield index, place

    def _want(self) -> None:
        """Have what is in view drawn, and then the page that comes next."""
        numbers = [self._places.pages[index].number for index, _ in self._in_view()]
        if numbers and self.isVisible():
            after = [page.number for page in self._places.pages if page.number == numbers[-1] + 1]
            self._pictures.want([*numbers, *after], round(self._scale() * self.devicePixelRatioF(), 3))

    def _bring_into_view(self) -> None:
        """Scroll only if needed, and then so that the place stands in the upper third."""
        rects = self.rects(self._chosen[0]) if self._chosen is not None else []
        if rects and not QRectF(self.viewport().rect()).contains(rects[0]):
            across, down = self.horizontalScrollBar(), self.verticalScrollBar()
            down.setValue(round(down.value() + rects[0].top() - self.viewport().height() / 3))
            across.setValue(round(across.value() + rects[0].center().x() - self.viewport().width() / 2))

    def scrollContentsBy(self, _across: int, _down: int) -> None:
        """Show another part."""
        self._go_on()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages into the new width."""
        super().resizeEvent(event)
        self._fit()
        self._bring_into_view()
        self._go_on()

    def changeEvent(self, event: QEvent) -> None:
        """Paint anew in other colours."""
        super().changeEvent(event)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the pages in view and their marks."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(self.viewport().rect(), QColor(theme().window))
        marks = None if self._opened is None else (self._opened.open_findings, self._opened.open_numerals)
        for index, paper in self._in_view():
            painter.fillRect(paper, Qt.GlobalColor.white)
            picture = self._pictures.picture(self._places.pages[index].number)
            if picture is not None:
                painter.drawImage(paper, picture)
            elif self._opened is not None:
                page_marks.letters(painter, paper, self._places.pages[index], self._opened.text)
            if self._opened is not None and marks is not None:
                self._paint_marks(painter, self._places.pages[index], self._opened, *marks)
            if theme() is DARK:
                painter.fillRect(paper, DIMMED)
            painter.setPen(QColor(theme().line))
            painter.drawRect(paper)
        painter.end()

    def _paint_marks(
        self, painter: QPainter, page: Page, opened: Opened, doubted: Mapping[int, int], numerals: Sequence[Numeral]
    ) -> None:
        if self._chosen is not None:
            page_marks.tint(painter, self._of(self._chosen[1], page))
        for figure in opened.figures:
            if rects := self._of((figure.start, figure.end), page):
                page_marks.figure(painter, rects, figure.state, figure.id in doubted)
        for numeral in numerals:
            if rects := self._of((numeral.start, numeral.end), page):
                page_marks.numeral(painter, rects)
        for start, end, _ in opened.doubts:
            page_marks.doubt(painter, self._of((start, end), page))
        if self._chosen is not None:
            page_marks.frame(painter, self._of(self._chosen[0], page))

    def _of(self, span: Span, page: Page) -> list[QRectF]:
        low, high = max(span[0], page.start), min(span[1], page.end)
        return self.rects((low, high)) if low < high else []

    def _under(self, point: QPointF) -> tuple[FigureRow | None, int | None]:
        """Return the figure at a point of the view, or else where the open numeral at it begins."""
        at = self.offset_at(point)
        if at is None or self._opened is None:
            return None, None
        figure = next((f for f in self._opened.figures if f.start <= at < f.end), None)
        numeral = next((n.start for n in self._opened.open_numerals if n.start <= at < n.end), None)
        return figure, numeral

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show a hand over what can be clicked."""
        over = any(found is not None for found in self._under(event.position()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses the figure or the open numeral at its place."""
        if event.button() != Qt.MouseButton.LeftButton:
            return
        figure, numeral = self._under(event.position())
        if figure is not None:
            self.figure_clicked.emit(figure.id)
        elif numeral is not None:
            self.numeral_clicked.emit(numeral)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, or zoom while Ctrl is held."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.larger(STEP ** (event.angleDelta().y() / 120))
            event.accept()
        else:
            super().wheelEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A digit begins the value of the current figure; the other keys scroll."""
        if event.text().isdigit() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.number_typed.emit(event.text())
        else:
            super().keyPressEvent(event)
