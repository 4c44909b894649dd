"""Page photos: what is set, painted with the Chinese font that Hebao brings; as .tif all pages are in one file."""

from __future__ import annotations

import functools
import io
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from tests.converting import Block, writer
from tests.converting.setting import HEIGHT, WIDTH, Sheet, pages

DOTS = 200  # an inch


@writer(".tif")
def write(blocks: Sequence[Block]) -> bytes:
    """Return the pages as they are set (tests.converting.setting)."""
    first, *others = [painted(sheet) for sheet in pages(blocks)]
    made = io.BytesIO()
    first.save(made, "TIFF", save_all=True, append_images=others, dpi=(DOTS, DOTS), compression="tiff_deflate")
    return made.getvalue()


def painted(sheet: Sheet, dots: float = DOTS) -> Image.Image:
    """Return a page as a grey picture."""
    scale = dots / 72
    page = Image.new("L", (round(WIDTH * scale), round(HEIGHT * scale)), 255)
    pen = ImageDraw.Draw(page)
    for words in sheet.words:
        x = words.x
        for letter, across in zip(words.text, words.widths, strict=True):
            own = font(words.size * scale).getlength(letter) / scale
            size = words.size * min(1.0, across / own) if own else words.size  # no sign runs into the next
            pen.text((x * scale, words.y * scale), letter, 0, font(size * scale), "ls")
            x += across
    for x0, y0, x1, y1 in sheet.lines:
        pen.line([(x0 * scale, y0 * scale), (x1 * scale, y1 * scale)], 0, 2)
    return page


def worn(page: Image.Image, degrees: float, noise: float, seed: int = 1) -> Image.Image:
    """Return a page as a scanner gives it: a little turned, grey, with noise of so many of 255 greys."""
    turned = page.rotate(degrees, Image.Resampling.BICUBIC, fillcolor=235)
    greys = np.asarray(turned, dtype=np.float32) * 0.85 + 25
    return Image.fromarray(
        (greys + np.random.default_rng(seed).normal(0, noise, greys.shape)).clip(0, 255).astype("u1")
    )


@functools.cache
def font(size: float) -> Any:
    """Return the font at a size in pixels."""
    package = find_spec("paperang_p2_fonts_cjk")
    folder = Path(next(iter(package.submodule_search_locations or ()))) if package else Path()
    return ImageFont.truetype(str(next(folder.rglob("*.tt[fc]"))), round(size))
