"""How well a format is read: characters wrong against the text it was made from, and the table's cells."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

from desktop.districts import Divisions
from desktop.extraction import extract
from desktop.indicators import Catalogue
from desktop.model import Document
from tests.converting import PAGE_NUMBER
from tests.scoring import Gold, Scores, add


class Measured(NamedTuple):
    """Of some reports: the share of characters that are wrong, the F1 of cells, and that of the texts themselves.

    `wrong_signs` leaves aside whether a sign is half or full in width, which a picture hardly tells (, and ，).
    """

    wrong: float
    wrong_signs: float
    cells: float
    cells_of_text: float


def wrong(found: str, truth: str) -> tuple[int, int]:
    """Return how many characters must be changed, put in or taken out to make `found` of `truth`, and its length.

    White space does not count, nor do lines that are page numbers, which are no part of a report.
    """
    a, b = ("".join(PAGE_NUMBER.sub("", text + "\n").split()) for text in (found, truth))
    return (0 if a == b else distance(a, b)), len(b)


def distance(a: str, b: str) -> int:
    """Return the edit distance of two texts."""
    letters, steps = np.array([ord(letter) for letter in b]), np.arange(len(b) + 1)
    row = steps.copy()
    for at, letter in enumerate(a, 1):
        best = np.minimum(row[1:] + 1, row[:-1] + (letters != ord(letter)))
        row = np.minimum.accumulate(np.concatenate(([at], best)) - steps) + steps
    return int(row[-1])


def measure(
    reports: Iterable[tuple[str, str, Gold]], read: Callable[[str, str], Document], catalogue: Catalogue,
    divisions: Divisions,
) -> Measured:  # fmt: skip
    """Return how well reports (name, text, gold labels) are read where `read(name, text)` makes files of them."""
    errors = signs = letters = 0
    of_files, of_texts = Scores(), Scores()
    for name, text, gold in reports:
        document = read(name, text)
        one, all_ = wrong(document.text, text)
        errors, letters = errors + one, letters + all_
        signs += wrong(*(unicodedata.normalize("NFKC", side) for side in (document.text, text)))[0] if one else 0
        plain = Document(name=name, reader="txt", source_sha256="", text=text)
        # Cells are told by their values alone: that the files' offsets are others does not matter to them.
        add(of_files, name, document.text, gold, extract(document, catalogue, divisions), catalogue)
        add(of_texts, name, text, gold, extract(plain, catalogue, divisions), catalogue)
    return Measured(errors / max(letters, 1), signs / max(letters, 1), of_files.cells.f1, of_texts.cells.f1)
