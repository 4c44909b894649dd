"""The icons of resources/icons, drawn in the colours of the theme; each is one small SVG that uses currentColor."""

from __future__ import annotations

import functools

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from desktop.paths import resources
from desktop.ui.theme import theme


def icon(name: str, tint: str = "") -> QIcon:
    """Return the icon `name` in the ink of the meaning `tint` (theme.Theme.tints), or in the colour of text."""
    colours = theme()
    return _drawn(name, colours.tints[tint].ink if tint else colours.text)


USED = (16, 18, 40)  # in tables and menus, in the toolbar, on an empty page


@functools.cache
def sizes() -> tuple[int, ...]:
    """Return the sizes wanted, in the pixels of the screens there are."""
    ratios = {screen.devicePixelRatio() for screen in QGuiApplication.screens()} or {1.0}
    return tuple(sorted({round(size * ratio) for size in USED for ratio in ratios}))


@functools.cache
def _drawn(name: str, colour: str) -> QIcon:
    svg = (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    renderer = QSvgRenderer(QByteArray(svg.encode()))
    made = QIcon()
    for size in sizes():
        pixmap = QPixmap(size, size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        made.addPixmap(pixmap)
    return made
