"""From running text to a page: lines cut at a width, page footers between them; figures keep their places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import Any

LINES_A_PAGE = 24
CHARACTERS_A_PAGE = 800
NOT_FIRST = frozenset("，。；：、）》”,;:)%％")


def lay_out(text: str, figures: list[dict[str, Any]], width: int, footer: str) -> str:
    """Return `text` on pages; moves the figures to where they then stand and quotes them anew."""
    cuts: list[tuple[int, str]] = []
    if width:
        cuts = _lines(text, width, footer)
    elif footer:
        inside = {k for figure in figures for k in range(figure["start"] - 2, figure["end"] + 3)}
        for page, at in enumerate(range(CHARACTERS_A_PAGE, len(text) - 10, CHARACTERS_A_PAGE), 1):
            while at in inside or text[at - 1] in "\n。" or text[at] == "\n":
                at += 1
            cuts.append((at, footer.format(page)))
    places = [at for at, _ in cuts]
    added = [0]
    laid, last = "", 0
    for at, inserted in cuts:
        laid += text[last:at] + inserted
        last = at
        added.append(added[-1] + len(inserted))
    laid += text[last:]
    for figure in figures:
        figure["start"] += added[bisect_right(places, figure["start"])]
        figure["end"] += added[bisect_left(places, figure["end"])]
        figure["quote"] = laid[figure["start"] : figure["end"]]
    return laid


def _lines(text: str, width: int, footer: str) -> list[tuple[int, str]]:
    """Return (place, what is put there) of each cut; two digits or Latin letters take the room of one character."""
    cuts: list[tuple[int, str]] = []
    room, number = 0.0, 0
    for at, character in enumerate(text):
        if character == "\n":
            room, number = 0.0, number + 1
            continue
        room += 0.5 if character.isascii() else 1
        if room > width and character not in NOT_FIRST:
            number += 1
            page = f"{footer.format(number // LINES_A_PAGE)}\n" if footer and number % LINES_A_PAGE == 0 else ""
            cuts.append((at, "\n" + page))
            room = 1.0
    return cuts
