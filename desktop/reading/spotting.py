"""Where lines of text stand on a picture: the spots that a network marks, each measured along its own slope."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

    Network = Callable[[NDArray[np.float32]], NDArray[np.float32]]

SIDE = 960  # pixels: the longer side of what the network is shown
STEP = 32  # sides must be multiples of this
MARKED, SURE = 0.3, 0.5  # how sure the network is of a pixel of text; of a whole spot
GROWN = 1.6  # the network marks the middle of a line: area over circumference, times this, is added on each side
MOST = 3000  # spots on one picture
TELLING = 5  # times as wide as high: such a spot tells how its line slopes


class Spot(NamedTuple):
    """A line of text on a picture, in its pixels: middle, half length and half height along `slope` (radians)."""

    x: float
    y: float
    length: float
    height: float
    slope: float

    @property
    def upright(self) -> bool:
        """Return whether it is higher than wide, as lines are on a page that lies on its side."""
        return self.height > 1.5 * self.length


def shown(picture: Image) -> NDArray[np.float32]:
    """Return a picture (mode RGB) as networks are shown it: (1, 3, height, width), blue first, -1 to 1."""
    import numpy as np

    pixels = np.asarray(picture, dtype=np.float32)[:, :, ::-1].transpose(2, 0, 1)
    return np.ascontiguousarray(pixels[None] / np.float32(127.5) - np.float32(1))


def padded(line: Image, width: int) -> NDArray[np.float32]:
    """Return a level line, as networks are shown it, with nothing behind it up to this width in pixels."""
    import numpy as np

    pixels = np.zeros((1, 3, line.height, width), dtype=np.float32)
    pixels[:, :, :, : line.width] = shown(line)
    return pixels


def spots(picture: Image, network: Network) -> list[Spot]:
    """Return the lines of text on a picture (mode RGB), in no order."""
    import numpy as np
    from PIL.Image import Resampling

    scale = min(1.0, SIDE / max(picture.size))
    width, height = (max(STEP, round(side * scale / STEP) * STEP) for side in picture.size)
    seen = network(shown(picture.resize((width, height), Resampling.BILINEAR)))[0, 0]
    mask = seen > MARKED
    mask[1:] |= mask[:-1].copy()
    mask[:, 1:] |= mask[:, :-1].copy()
    across, down = picture.size[0] / width, picture.size[1] / height
    parts = [(xs, ys) for xs, ys in _parts(mask) if seen[ys, xs].mean() > SURE]
    slopes = [(_slope(xs, ys), len(xs)) for xs, ys in parts if np.ptp(xs) > TELLING * (np.ptp(ys) + 1)]
    usual = _middle(slopes)
    found = []
    for xs, ys in parts:
        telling = np.ptp(xs) > TELLING * (np.ptp(ys) + 1)
        slope = _slope(xs, ys) if telling else usual
        spot = _spot(xs, ys, slope if abs(slope - usual) < 0.05 else usual)
        if spot is not None:
            found.append(Spot(spot.x * across, spot.y * down, spot.length * across, spot.height * down, spot.slope))
    return found


def _parts(mask: NDArray[np.bool_]) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Return the pixels (columns, rows) of each part of a mask that hangs together."""
    import numpy as np

    padded = np.zeros((mask.shape[0], mask.shape[1] + 2), dtype=np.int8)
    padded[:, 1:-1] = mask
    change = np.diff(padded, axis=1)
    rows, starts = np.nonzero(change == 1)
    _, ends = np.nonzero(change == -1)
    owner = list(range(len(rows)))

    def root(run: int) -> int:
        while owner[run] != run:
            owner[run] = owner[owner[run]]
            run = owner[run]
        return run

    runs = list(zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True))
    above = 0
    for run, (row, start, end) in enumerate(runs):
        while above < run and (runs[above][0] < row - 1 or (runs[above][0] == row - 1 and runs[above][2] < start)):
            above += 1
        for other in range(above, run):
            if runs[other][0] >= row or runs[other][1] > end:
                break
            owner[root(run)] = root(other)
    members: dict[int, list[int]] = {}
    for run in range(len(runs)):
        members.setdefault(root(run), []).append(run)
    parts = []
    for held in list(members.values())[:MOST]:
        xs = np.concatenate([np.arange(starts[run], ends[run]) for run in held])
        ys = np.concatenate([np.full(ends[run] - starts[run], rows[run]) for run in held])
        parts.append((xs, ys))
    return parts


def _slope(xs: NDArray[np.intp], ys: NDArray[np.intp]) -> float:
    away = xs - xs.mean()
    return math.atan(float((away * (ys - ys.mean())).sum() / max(1.0, float((away * away).sum()))))


def _middle(weighed: list[tuple[float, int]]) -> float:
    """Return the slope that as many pixels lie above as below; 0 where nothing tells."""
    total, half = 0, sum(weight for _, weight in weighed) / 2
    for slope, weight in sorted(weighed):
        total += weight
        if total >= half:
            return slope
    return 0.0


def _spot(xs: Any, ys: Any, slope: float) -> Spot | None:
    """Return the spot that some pixels make along a slope, grown to the line's own size; None where it is a speck."""
    cos, sin = math.cos(slope), math.sin(slope)
    along, across = xs * cos + ys * sin, ys * cos - xs * sin
    left, right, top, bottom = along.min(), along.max() + 1, across.min(), across.max() + 1
    width, height = float(right - left), float(bottom - top)
    if min(width, height) < 3:
        return None
    grown = width * height * GROWN / (2 * (width + height))
    u, v = float(left + right) / 2, float(top + bottom) / 2
    return Spot(u * cos - v * sin, u * sin + v * cos, width / 2 + grown, height / 2 + grown, slope)
