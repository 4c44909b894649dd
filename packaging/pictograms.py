"""The program's picture in the forms that systems want: PNG for Linux, .ico for Windows, .icns for macOS."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DRAWING = ROOT / "resources" / "icons" / "hebao.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def write(folder: Path) -> None:
    """Write hebao.ico, hebao.icns and hebao-SIZE.png into a folder."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        draw(size, folder / f"hebao-{size}.png")
    with Image.open(folder / "hebao-512.png") as largest:
        largest.save(folder / "hebao.ico", sizes=[(size, size) for size in SIZES if size <= 256])
        largest.save(folder / "hebao.icns")


def draw(size: int, to: Path) -> None:
    """Write the drawing as a PNG of `size` by `size`."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import Qt
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    image.save(str(to))
