"""The numbers that Word itself puts before paragraphs (一、 （一） 1.): no text of the file, but read by everybody."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree.ElementTree import Element

from desktop.reading.list_numbers import in_kind
from desktop.reading.markup import attribute, children, local

_PLACE = re.compile(r"%([1-9])")
_BASES = 20  # styles that are based on one another
_BULLET = "●"


class Level(NamedTuple):
    """How the paragraphs of one level of a list are numbered."""

    start: int = 1
    kind: str = "decimal"
    text: str = ""
    style: str = ""
    restarts: int | None = None
    decimal_only: bool = False
    spaced: bool = True


@dataclass(slots=True)
class Numbering:
    """The lists of a document, and how far each has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)  # by list
    lists: dict[str, tuple[str, dict[int, int], dict[int, Level]]] = field(default_factory=dict)  # by number id
    styles: dict[str, tuple[str | None, int | None, str | None]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))
    _restarted: set[tuple[str, int]] = field(default_factory=set)

    def number(self, style: str | None, list_id: str | None, level: int | None) -> str:
        """Return what stands before the next paragraph, counting it; "" before one that has no number."""
        list_id, level = self._resolve(style, list_id, level)
        if list_id not in self.lists or not 0 <= level <= 8:
            return ""
        name, starts, overrides = self.lists[list_id]
        levels = self.levels.get(name, {}) | overrides
        if level not in levels:
            return ""
        counts = self._counts[name]
        if level in starts and (list_id, level) not in self._restarted:
            self._restarted.add((list_id, level))
            counts[level] = starts[level] - 1
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for lower in range(level + 1, 9):
            restarts = levels[lower].restarts if lower in levels else None
            if restarts is None or (restarts > 0 and level < restarts):
                counts.pop(lower, None)
        return _written(levels, counts, level)

    def _resolve(self, style: str | None, list_id: str | None, level: int | None) -> tuple[str, int]:
        """Return the list and level of a paragraph: its own, else those of its style or of what that is based on."""
        for _ in range(_BASES):
            if style is None or (list_id is not None and level is not None):
                break
            said_list, said_level, based_on = self.styles.get(style, (None, None, None))
            if list_id is None and said_list is not None:
                list_id = said_list
                level = self._level_of(said_list, style) if said_level is None and level is None else level
            level = said_level if level is None else level
            style = based_on
        return list_id or "0", level or 0

    def _level_of(self, list_id: str, style: str) -> int | None:
        name = self.lists.get(list_id, ("", {}, {}))[0]
        return next((at for at, level in self.levels.get(name, {}).items() if level.style == style), None)


def read_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """Return the lists that the parts of a document define; none where it has no such parts."""
    read = Numbering()
    linked: dict[str, str] = {}
    defined_by: dict[str, str] = {}
    for element in numbering if numbering is not None else ():
        kind = local(element.tag)
        if kind == "abstractNum":
            name = attribute(element, "abstractNumId") or ""
            read.levels[name] = {_whole(attribute(lvl, "ilvl")): _level(lvl) for lvl in children(element, "lvl")}
            for child in element:
                if local(child.tag) == "numStyleLink":
                    linked[name] = value_of(child) or ""
                elif local(child.tag) == "styleLink":
                    defined_by[value_of(child) or ""] = name
        elif kind == "num":
            read.lists[attribute(element, "numId") or ""] = _list(element)
    for name, link in linked.items():
        if link in defined_by:
            read.levels[name] = read.levels[defined_by[link]]
    for style in children(styles, "style"):
        read.styles[attribute(style, "styleId") or ""] = _style(style)
    return read


def value_of(element: Element) -> str | None:
    """Return what an element of WordprocessingML says: its attribute val."""
    return attribute(element, "val")


def _list(element: Element) -> tuple[str, dict[int, int], dict[int, Level]]:
    name, starts, overrides = "", {}, {}
    for child in element:
        if local(child.tag) == "abstractNumId":
            name = value_of(child) or ""
        elif local(child.tag) == "lvlOverride":
            at = _whole(attribute(child, "ilvl"))
            for said in child:
                if local(said.tag) == "startOverride":
                    starts[at] = _whole(value_of(said))
                elif local(said.tag) == "lvl":
                    overrides[at] = _level(said)
    return name, starts, overrides


def _level(element: Element) -> Level:
    said = {local(child.tag): child for child in element}
    told = {name: value_of(child) for name, child in said.items()}
    kind = told.get("numFmt") or "decimal"
    return Level(
        start=_whole(told.get("start"), 0),
        kind=kind,
        text=told.get("lvlText") or "",
        style=told.get("pStyle") or "",
        restarts=_whole(told["lvlRestart"]) if "lvlRestart" in told else None,
        decimal_only="isLgl" in told and told["isLgl"] not in ("0", "false"),
        spaced=told.get("suff") != "nothing",
    )


def _style(style: Element) -> tuple[str | None, int | None, str | None]:
    list_id = level = based_on = None
    for child in style:
        if local(child.tag) == "basedOn":
            based_on = value_of(child)
        elif local(child.tag) == "pPr":
            list_id, level = own_number(child)
    return list_id, level, based_on


def own_number(properties: Element) -> tuple[str | None, int | None]:
    """Return (id of the list, level) that the properties of a paragraph or style name, None for what they do not."""
    for numbered in children(properties, "numPr"):
        told = {local(child.tag): value_of(child) for child in numbered}
        return told.get("numId"), _whole(told["ilvl"]) if "ilvl" in told else None
    return None, None


def _whole(said: str | None, otherwise: int = 0) -> int:
    return int(said) if said is not None and said.isascii() and said.isdigit() and len(said) < 7 else otherwise


def _written(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    own = levels[level]
    if own.kind == "none" and not _PLACE.search(own.text):
        return own.text
    if own.kind == "bullet":
        private = any("\ue000" <= sign <= "\uf8ff" for sign in own.text)
        return f"{_BULLET if private or not own.text.strip() else own.text} "

    def count(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        shown = levels.get(at)
        if shown is None:
            return ""
        kind = "decimal" if own.decimal_only else shown.kind
        return in_kind(counts.setdefault(at, shown.start), kind)

    text = _PLACE.sub(count, own.text)
    # A gap between 1. and a year that follows keeps the two apart; after 、 and ） nobody leaves one.
    return f"{text} " if text and own.spaced and text[-1].isascii() else text
