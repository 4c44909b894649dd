"""Boxes that drop down: what each line of them stands for, and its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox

from desktop.text import say


def offer(box: QComboBox, words: Mapping[Any, str]) -> None:
    """Offer lines by what they stand for; what was chosen stays so, else the first is, and nobody is told."""
    chosen = box.currentData()
    with QSignalBlocker(box):
        box.clear()
        for value, told in words.items():
            box.addItem(told, value)
        choose(box, chosen)


def choose(box: QComboBox, value: Any) -> None:
    """Choose the line that stands for `value`, the first where none does."""
    box.setCurrentIndex(max(box.findData(value), 0))


def in_words(words: Mapping[Any, str]) -> dict[Any, str]:
    """Return the sentences that these ids stand for, under the same keys."""
    return {value: say(told) for value, told in words.items()}


def years_behind(told: str, years: Iterable[int]) -> dict[int | None, str]:
    """Return lines for years behind one for no year in particular, which says `told`."""
    return {None: told, **{year: str(year) for year in years}}
