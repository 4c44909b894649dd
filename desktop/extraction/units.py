"""The measure words of official Chinese, as data, and what stands for one directly behind a number.

A unit is the measure word alone: `12万余条` is counted in 条, `3个批次` in 批次, `2个工作日` in 工作日. Where a report
leaves the measure word out (`21乡镇`, `3000群众`) the noun is the unit. The longest entry wins: `12部门` is not 12部.
"""

from __future__ import annotations

from desktop.extraction.words import VOID, listed
from desktop.model import Kind

NOUNS = frozenset(listed("units", "nouns"))


def _inventory() -> dict[str, tuple[str, Kind]]:
    """Return what may stand behind a number, with its unit and kind; a later line overrules an earlier one."""
    known: dict[str, tuple[str, Kind]] = {word: (word, "count") for word in NOUNS}
    known |= {word: (word, "count") for word in listed("units", "count")}
    for word in listed("units", "with_times"):
        for form in (f"{word}次", f"{word}(次)", f"{word}（次）", f"{word}/次", f"{word}·次"):
            known[form] = (f"{word}次", "count")
    for word, other in (("台", "套"), ("件", "套"), ("套", "台")):
        for form in (f"{word}({other})", f"{word}（{other}）", f"{word}/{other}"):
            known[form] = (f"{word}({other})", "count")
    known |= {f"{size}{word}": (word, "count") for size in "大小" for word in ("类", "项")}
    known |= {f"个{word}": (word, "count") for word in listed("units", "groups")}
    known |= {word: (word.removeprefix("个"), "percent") for word in listed("units", "percent")}
    known |= {word: (word.removeprefix("个"), "duration") for word in listed("units", "duration")}
    known |= dict.fromkeys(listed("units", "yuan"), ("元", "money"))
    known |= {word: (word, "money") for word in listed("units", "money")}
    return known


Entry = tuple[str, str, Kind, str]
"""A word of the inventory, its unit, its kind, and the characters that must not follow it."""

Shelf = tuple[dict[str, tuple[Entry, ...]], Entry | None]
"""The entries that begin with one character: the longer ones by their second, longest first, and the single one."""


def _index() -> dict[str, Shelf]:
    shelves: dict[str, Shelf] = {}
    for word, (unit, kind) in sorted(_inventory().items(), key=lambda item: -len(item[0])):
        entry = (word, unit, kind, VOID.get(word, ""))
        longer, single = shelves.get(word[0], ({}, None))
        if len(word) == 1:
            single = entry
        else:
            longer[word[1]] = (*longer.get(word[1], ()), entry)
        shelves[word[0]] = (longer, single)
    return shelves


INDEX = _index()


def unit_at(text: str, at: int) -> Entry | None:
    """Return the longest entry that stands in `text` at `at`, or None; at least one character stands behind it."""
    shelf = INDEX.get(text[at])
    if shelf is None:
        return None
    longer, single = shelf
    for entry in longer.get(text[at + 1], ()):
        word = entry[0]
        if text.startswith(word, at) and text[at + len(word)] not in entry[3]:
            return entry
    return None if single is None or text[at + 1] in single[3] else single
