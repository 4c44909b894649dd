"""How figures, numerals and doubtful characters are marked on a page: paper is white whatever the window is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop.model import Page
from desktop.ui.theme import LIGHT

LINES = {
    "extracted": Qt.PenStyle.DotLine,
    "auto": Qt.PenStyle.DashLine,
    "verified": Qt.PenStyle.SolidLine,
    "queried": Qt.PenStyle.DashDotLine,
    "rejected": Qt.PenStyle.NoPen,
}
WAVE = 3.0  # pixels
AROUND = 2.0


def tint(painter: QPainter, rects: Iterable[QRectF]) -> None:
    """Tint the sentence of the current place."""
    _fill(painter, rects, LIGHT.sentence)


def figure(painter: QPainter, rects: Sequence[QRectF], state: str, doubted: bool) -> None:
    """Mark a figure: a ground and a line below it for each state, one above too where a finding speaks against it."""
    colours = LIGHT.tints[state]
    speaks = doubted and state != "rejected"
    _fill(painter, rects, LIGHT.tints["finding"].ground if speaks else colours.ground)
    painter.setPen(QPen(QColor(colours.ink), 1.2, LINES[state]))
    for rect in rects:
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if speaks:
            painter.drawLine(rect.topLeft(), rect.topRight())
        if state == "rejected":
            painter.setPen(QPen(QColor(colours.ink), 1.2))
            painter.drawLine(QPointF(rect.left(), rect.center().y()), QPointF(rect.right(), rect.center().y()))


def numeral(painter: QPainter, rects: Sequence[QRectF]) -> None:
    """Mark a numeral that nothing claims."""
    colours = LIGHT.tints["queried"]
    _fill(painter, rects, colours.ground)
    painter.setPen(QPen(QColor(colours.ink), 1.2, Qt.PenStyle.DashDotDotLine))
    for rect in rects:
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())


def doubt(painter: QPainter, rects: Iterable[QRectF]) -> None:
    """Mark characters that recognition is unsure of: a wave below them."""
    painter.setPen(QPen(QColor(LIGHT.tints["error"].ink), 1.2))
    for rect in rects:
        steps = max(2, round(rect.width() / WAVE))
        low = rect.bottom() + 1
        points = [QPointF(rect.left() + WAVE * n, low + (WAVE * 0.7 if n % 2 else 0)) for n in range(steps + 1)]
        painter.drawPolyline(points)


def frame(painter: QPainter, rects: Iterable[QRectF]) -> None:
    """Frame the current place, a box for each of its lines."""
    painter.setPen(QPen(QColor(LIGHT.accent), 2.2))
    for rect in rects:
        painter.drawRoundedRect(rect.adjusted(-AROUND, -AROUND, AROUND, AROUND), 2, 2)


def letters(painter: QPainter, paper: QRectF, page: Page, text: str) -> None:
    """Write the characters of a page where they stand: what can be shown without its picture."""
    scale = paper.width() / page.width
    painter.setPen(QColor(LIGHT.text))
    font = painter.font()
    for character, box in zip(text[page.start : page.end], page.boxes, strict=False):
        if box is None or character.isspace():
            continue
        left, top, right, bottom = (side * scale for side in box)
        size = max(1, round(bottom - top))
        if font.pixelSize() != size:
            font.setPixelSize(size)
            painter.setFont(font)
        place = QRectF(paper.left() + left, paper.top() + top, right - left, bottom - top)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, character)


def _fill(painter: QPainter, rects: Iterable[QRectF], colour: str) -> None:
    """Colour the paper and not what is printed on it."""
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    for rect in rects:
        painter.fillRect(rect, QColor(colour))
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
