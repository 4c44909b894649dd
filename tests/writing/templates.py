"""tests/data/templates.txt -> groups of lines; a line -> its words and slots, the choices made."""

from __future__ import annotations

import functools
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.markup import parse

FILE = Path(__file__).resolve().parents[1] / "data" / "templates.txt"
CHOICE = re.compile(r"\{([^{}]*)\}")
PIECE = re.compile(r"<([^<>]+)>|\[\[[^\[\]]+\]\]")
MACRO = re.compile(r"(?<![A-Za-z])([DTVCQ]|Y[-+]?)(?![A-Za-z])")
VERBS = ("last", "chg", "part", "rest", "narrow")
FLAGS = {"list", "above", "within", "atleast", "over", "under", "range", "tens", "optional", "lower", "higher"}
KINDS = {"@": "leads", "@=": "topics", "^": "bare", "+": "more", "*": "recaps", "|": "fillers"}


@dataclass(frozen=True)
class Slot:
    """One slot of a line: what to say (`verb`: "" the level itself), of which indicator, in which units."""

    verb: str
    indicator: str
    units: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    step: float = 1.0
    share: float = 0.0
    flags: frozenset[str] = frozenset()
    cap: str = ""
    also: str = ""
    fixed: float | None = None


@dataclass
class Group:
    """Lines that belong together, and the rules that their values follow."""

    theme: str
    name: str
    rules: dict[str, str] = field(default_factory=dict)
    leads: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    bare: list[str] = field(default_factory=list)
    more: list[str] = field(default_factory=list)
    recaps: list[str] = field(default_factory=list)
    fillers: list[str] = field(default_factory=list)


Piece = str | Slot | dict[str, Any]


@functools.cache
def groups() -> tuple[Group, ...]:
    """Return the groups of the template file, in its order."""
    found: list[Group] = []
    for number, line in enumerate(FILE.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        mark, _, rest = line.partition(" ")
        if mark == "==":
            theme, name = rest.split()
            found.append(Group(theme, name))
        elif mark == "!":
            key, _, rule = rest.partition(" ")
            found[-1].rules[key] = rule
        elif mark in KINDS:
            getattr(found[-1], KINDS[mark]).append(rest)
        else:
            found[-1].lines.append(line)
        if line.count("{") != line.count("}") or line.count("<") != line.count(">"):
            raise ValueError(f"line {number} of {FILE.name} is not closed: {line}")
    return tuple(found)


def rules() -> dict[str, str]:
    """Return the rule of every indicator and helper: id -> rule."""
    return {key: rule for group in groups() for key, rule in group.rules.items()}


def choose(line: str, rng: random.Random) -> str:
    """Return `line` with one of each {choice|...} taken, the inner ones first."""
    while "{" in line:
        line = CHOICE.sub(lambda choice: rng.choice(choice[1].split("|")), line)
    return line


def pieces(line: str, macros: dict[str, str]) -> Iterator[Piece]:
    """Yield the words, slots and marked figures (as dicts of labels, their start 0) of a line without choices."""
    last = 0
    for found in PIECE.finditer(line):
        yield MACRO.sub(lambda macro: macros[macro[1]], line[last : found.start()])
        last = found.end()
        if found[1]:
            yield slot(found[1])
        else:
            yield parse(f"+++\n+++\n{found[0]}", FILE.name)[1]["figures"][0]
    yield MACRO.sub(lambda macro: macros[macro[1]], line[last:])


@functools.cache
def slot(text: str) -> Slot:
    """Return what `<text>` says; ValueError where a word of it is unknown."""
    words = text.split()
    verb = words.pop(0) if words[0] in VERBS else ""
    indicator = words.pop(0)
    units = tuple(words.pop(0).split("/")) if words else ()
    said: dict[str, Any] = {}
    flags = set()
    while words:
        word = words.pop(0)
        if ".." in word:
            said["low"], said["high"] = map(float, word.split(".."))
        elif word == "by":
            said["step"] = float(words.pop(0))
        elif word.startswith("="):
            said["fixed"] = float(word[1:])
        elif word.startswith("sub:"):
            said["cap"], said["share"] = word[4:], float(words.pop(0))
        elif word.startswith("with:"):
            said["also"] = word[5:]
        elif word[0].isdigit():
            said["share"] = float(word)
        elif word in FLAGS:
            flags.add(word)
        else:
            raise ValueError(f"{word!r} of <{text}> is unknown")
    return Slot(verb, indicator, units, flags=frozenset(flags), **said)


def named(line: str) -> set[str]:
    """Return the indicators that a line without choices gives a level of."""
    found = set()
    for piece in PIECE.finditer(line):
        if piece[1]:
            part = slot(piece[1])
            if not part.verb and part.indicator != "-":
                found.add(part.indicator)
            found |= {part.also} - {""}
    return found


def speaks_of_city(line: str) -> bool:
    """Return whether the line names the district's own city."""
    return any(macro[1] == "C" for macro in MACRO.finditer(line))


def split_up(line: str) -> set[str]:
    """Return the indicators whose total the line takes apart."""
    return {slot(p[1]).indicator for p in PIECE.finditer(line) if p[1] and slot(p[1]).verb == "part"}
