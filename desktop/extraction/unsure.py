"""Figures whose characters were read from a picture, and not surely: the machine is less sure of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from desktop.model import Figure


def with_doubts(figures: Sequence[Figure], doubts: Sequence[tuple[int, int, float]]) -> list[Figure]:
    """Return figures, in text order, each as sure as the least sure of its characters lets it be.

    `doubts` as in Document.
    """
    ends = [end for _, end, _ in doubts]
    lowered = []
    for figure in figures:
        sureness = 1.0
        for start, _, sure in doubts[bisect_left(ends, figure.start + 1) :]:
            if start >= figure.end:
                break
            sureness = min(sureness, sure)
        lowered.append(
            figure if sureness == 1.0 else figure._replace(confidence=round(figure.confidence * sureness, 4))
        )
    return lowered
