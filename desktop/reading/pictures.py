"""Page photos and scans: pictures of pages, read by recognition of their characters."""

from __future__ import annotations

import io
import os
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop.errors import UserError
from desktop.model import Document
from desktop.reading import kinds, limits, ocr, reader, sha256
from desktop.reading.glyphs import Sheet
from desktop.reading.paragraphs import compose
from desktop.reading.rendering import Picture, fitting, renderer

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP")
MEGAPIXELS = 120  # of one page: A3 at 600 dots an inch has 70
SIDE = 4000  # pixels: more tell recognition nothing, and take memory
DOTS = (36.0, 2400.0)  # an inch: what a file may say of itself and be believed
UNTOLD = 72.0
ORIENTATION = 0x0112  # the mark of cameras that tells how the picture was held
DEAFENED = threading.Lock()  # one at a time, since it is the whole process whose standard error goes nowhere
_HELD = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
         8: "ROTATE_90"}  # fmt: skip


@reader(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
def read_picture(name: str, data: bytes) -> Document:
    """Return what is recognised on a picture, or on each page of a .tif; UserError where it is no whole picture."""
    kind = (kinds.of(data) or ".png")[1:]
    found = compose(name, f"{kind}/ocr", sha256(data), list(sheets(name, data)))
    if not found.text.strip():
        raise UserError("source_without_text", name=name)
    return found


def sheets(name: str, data: bytes) -> Iterator[Sheet]:
    """Yield what is recognised on each page of a picture file; UserError says what is wrong with it."""
    ocr.must_be_there(name)
    with _opened(name, data) as file:
        for number in range(_count(name, file)):
            page, dots = _page(name, file, number)
            yield ocr.recognise(page, *(side * 72 / dots for side in page.size))


def recognised(name: str, data: bytes, width: float, height: float) -> Sheet:
    """Return what is recognised on a picture that makes a page of this size in points, whatever its own resolution."""
    ocr.must_be_there(name)
    return ocr.recognise(upright(name, data), width, height)


def upright(name: str, data: bytes) -> Image:
    """Return a picture (its first page) upright, in mode RGB, not larger than is of use; UserError as for reading."""
    with _opened(name, data) as file:
        return _page(name, file, 0)[0]


@renderer(".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp")
def render_picture(name: str, data: bytes, number: int, scale: float) -> Picture:
    """Return one page of a picture file, from 1 on, at `scale` pixels a point; UserError as for reading."""
    with _opened(name, data) as file:
        if not 1 <= number <= _count(name, file):
            raise UserError("source_no_such_page", name=name, number=number)
        page, dots = _page(name, file, number - 1)
        scale = fitting(page.width * 72 / dots, page.height * 72 / dots, scale)
        size = (max(1, round(side * 72 / dots * scale)) for side in page.size)
        shown = page.resize(tuple(size))  # type: ignore[arg-type]  # a pair
    return Picture(shown.width, shown.height, shown.tobytes())


@contextmanager
def _opened(name: str, data: bytes) -> Iterator[Any]:
    """Hold a picture file open; UserError where it is damaged at any point until it is closed."""
    from PIL import Image

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what is odd in a file concerns nobody, as long as it can be read
            with Image.open(io.BytesIO(data), formats=FORMATS) as file:
                yield file
    except Image.DecompressionBombError:
        raise UserError("picture_too_large", name=name, megapixels="…", most=MEGAPIXELS) from None
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError, TypeError, OverflowError):
        raise UserError("source_damaged", name=name) from None


def _count(name: str, file: Any) -> int:
    pages = int(getattr(file, "n_frames", 1)) if file.format == "TIFF" else 1
    if pages > limits.SCANNED_PAGES:
        raise UserError("source_too_many_pages", name=name, pages=pages, most=limits.SCANNED_PAGES)
    return pages


def _page(name: str, file: Any, number: int) -> tuple[Image, float]:
    """Return one page, from 0 on, upright and in mode RGB, not larger than is of use, and its dots an inch."""
    from PIL import Image

    if number:
        file.seek(number)
    width, height = file.size
    if width * height > MEGAPIXELS * 1_000_000:
        raise UserError("picture_too_large", name=name, megapixels=width * height // 1_000_000, most=MEGAPIXELS)
    told = file.info.get("dpi") or (0, 0)
    dots = float(told[0]) if DOTS[0] <= float(told[0]) <= DOTS[1] else UNTOLD
    if file.format in ("JPEG", "MPO"):
        file.draft("RGB", (SIDE, SIDE))
    with _unheard():
        page = _in_colours(file)
    page.thumbnail((SIDE, SIDE), Image.Resampling.BOX)
    dots *= max(page.size) / max(width, height)
    if held := _HELD.get(file.getexif().get(ORIENTATION)):
        page = page.transpose(Image.Transpose[held])
    return page, dots


@contextmanager
def _unheard() -> Iterator[None]:
    """Let nobody hear what libtiff prints of a damaged picture: whoever reads it says so in a sentence."""
    with DEAFENED:
        try:
            kept = os.dup(2)
        except OSError:  # a window without a terminal
            yield
            return
        try:
            with Path(os.devnull).open("wb") as nowhere:
                os.dup2(nowhere.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _in_colours(page: Image) -> Image:
    """Return a picture in mode RGB, on white where it is transparent; deep greys are made eight bits deep."""
    import numpy as np
    from PIL import Image

    if page.mode.startswith(("I", "F")):
        deep = np.asarray(page, dtype=np.float32)
        deep -= deep.min()
        return Image.fromarray((deep * (255 / max(1.0, float(deep.max())))).astype(np.uint8)).convert("RGB")
    if page.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in page.info:
        clear = page.convert("RGBA")
        white = Image.new("RGBA", clear.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, clear).convert("RGB")
    return page.convert("RGB")
