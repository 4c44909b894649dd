"""Boxes on pages that are turned by quarters."""

from __future__ import annotations

from desktop.model import Box


def turned(box: Box, quarters: int, width: float, height: float) -> Box:
    """Return a box on a page of this size once the page is turned clockwise by so many quarters."""
    left, top, right, bottom = box
    for _ in range(quarters % 4):
        left, top, right, bottom = height - bottom, left, height - top, right
        width, height = height, width
    return left, top, right, bottom
