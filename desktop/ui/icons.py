"""The icons of resources/icons, drawn in the colours of the theme; each is one small SVG that uses currentColor."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources
from desktop.ui.theme import theme

TINTED, PLAIN = (16,), (16, 18)  # in tables; in menus, and in the toolbar


def icon(name: str, tint: str = "", size: int = 0) -> QIcon:
    """Return the icon `name` in the ink of the meaning `tint` (theme.Theme.tints), or in the colour of text.

    It is drawn as large as such icons are used, or as `size`.
    """
    colours = theme()
    used = (size,) if size else TINTED if tint else PLAIN
    return _drawn(name, colours.tints[tint].ink if tint else colours.text, used)


def blank_icon() -> QIcon:
    """Return an icon that keeps the room of one that is drawn later."""
    pixmap = QPixmap(PLAIN[-1], PLAIN[-1])
    pixmap.fill(Qt.GlobalColor.transparent)
    return QIcon(pixmap)


@functools.cache
def _ratios() -> tuple[float, ...]:
    return tuple({screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0})


@functools.cache
def _drawn(name: str, colour: str, used: tuple[int, ...]) -> QIcon:
    svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    made = QIcon()
    for size in sorted({round(size * ratio) for size in used for ratio in _ratios()}):
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
        made.addPixmap(pixmap, QIcon.Mode.Selected)  # which Qt would else paint pale, on a line that is chosen
    return made
