"""resources/indicators.toml -> Indicators: what each figure can measure, and the words that say so, as data."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, Literal

from desktop.errors import UserError
from desktop.paths import resources
from desktop.terms import Kind

Combine = Literal["first", "sum"]
NO_ACT = "-"
_reading = threading.Lock()
OWN_DEFAULTS = {"theme": "own", "kind": "count", "combine": "first", "definition": ""}


@dataclass(frozen=True, slots=True)
class Wording:
    """One way of saying an indicator: each field is a tuple of alternatives, `()` where nothing is asked.

    `topic` may have been said before the figure's clause; `act` and `noun` stand at the figure, `also` in its very
    clause; `without` must not; `units` stand in for the indicator's own; the value is less than `below`.
    """

    topic: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    below: float = inf
    weight: float = 1.0
    fallback: bool = False


@dataclass(frozen=True, slots=True)
class Indicator:
    """One row of the catalogue: its id, names, canonical unit, how figures make its cell, its definition and words."""

    id: str
    theme: str
    name_zh: str
    name_en: str
    kind: Kind
    unit: str
    combine: Combine
    definition: str
    units: tuple[str, ...] = ()
    when: tuple[Wording, ...] = ()
    definition_en: str = field(default="", repr=False)  # says nothing of how it is read: no part of a version

    def name(self, spoken: str) -> str:
        """Return its name in the language `spoken`, "zh" or "en"."""
        return self.name_zh if spoken == "zh" else self.name_en

    def meaning(self, spoken: str) -> str:
        """Return its definition in the language `spoken`; a reviewer's own has one only."""
        return self.definition_en if spoken == "en" and self.definition_en else self.definition


@dataclass(frozen=True, slots=True)
class LookAlike:
    """What is counted in these units and words, like an indicator, and fits none."""

    units: tuple[str, ...]
    when: tuple[Wording, ...]
    id: str = ""


class Catalogue(Mapping[str, Indicator]):
    """Indicators by id, in catalogue order; `version` names the catalogue that a decision was made under.

    `words` are the groups that wordings share (@name); `signals` the words of time, scope and kind of any figure;
    `look_alikes` what is said in the words of an indicator and fits none.
    """

    def __init__(
        self,
        indicators: Mapping[str, Indicator],
        version: str,
        words: Mapping[str, tuple[str, ...]] | None = None,
        signals: Mapping[str, tuple[str, ...]] | None = None,
        look_alikes: tuple[LookAlike, ...] = (),
    ) -> None:
        self._indicators = dict(indicators)
        self.version = version
        self.words = dict(words or {})
        self.signals = dict(signals or {})
        self.look_alikes = look_alikes

    def __getitem__(self, indicator_id: str) -> Indicator:
        return self._indicators[indicator_id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._indicators)

    def __len__(self) -> int:
        return len(self._indicators)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def with_own(self, own: Iterable[Indicator]) -> Catalogue:
        """Return this catalogue with reviewers' own indicators after it; one of the same id takes its place.

        Its version names these definitions too, so that a report read with others can be told from one read with them.
        """
        import hashlib

        added = {indicator.id: indicator for indicator in own}
        if not added:
            return self
        digest = hashlib.sha256(repr(sorted(added.items())).encode()).hexdigest()[:8]
        version = f"{self.version}+{digest}"
        return Catalogue(self._indicators | added, version, self.words, self.signals, self.look_alikes)


def parse(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]] | None = None) -> dict[str, Indicator]:
    """Return the indicators of `data` (the tables of a TOML file of indicators.toml's form) by id.

    `words` are groups that its wordings may name besides its own; KeyError where a group or a field is unknown.
    """
    groups = dict(words or {}) | read_words(data.get("words", {}))
    return {key: _indicator(key, row, groups) for key, row in data["indicators"].items()}


def read_own(path: Path) -> list[Indicator]:
    """Return a reviewer's own indicators from a file of indicators.toml's form, which may name that file's groups.

    An own indicator needs `name_zh`, `unit` and `when`; the rest has defaults. UserError: own_indicators_unreadable.
    """
    import tomllib

    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        return parse_own(data, load().words)
    except KeyError as error:
        raise UserError("own_indicators_unreadable", path=str(path), reason=str(error.args[0])) from error
    except (OSError, AttributeError, TypeError, ValueError) as error:
        raise UserError("own_indicators_unreadable", path=str(path), reason=str(error)) from error


def parse_own(data: Mapping[str, Any], words: Mapping[str, tuple[str, ...]]) -> list[Indicator]:
    """Return reviewers' own indicators out of `data` as `parse` takes it, with defaults for what they leave out.

    KeyError, TypeError, ValueError or AttributeError where they are not in these terms.
    """
    rows = {key: OWN_DEFAULTS | {"name_en": row.get("name_zh", key)} | row for key, row in data["indicators"].items()}
    return list(parse({**data, "indicators": rows}, words).values())


def own_part(version: str) -> str:
    """Return the part of a catalogue's version that names reviewers' own indicators, empty where it has none."""
    return version.partition("+")[2]


def read_words(table: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Return the groups of a [words] table: name -> its words."""
    return {name: tuple(text.split()) for name, text in table.items()}


def _indicator(key: str, row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Indicator:
    plain = {k: row[k] for k in ("theme", "name_zh", "name_en", "kind", "unit", "combine", "definition")}
    units = _expand(row.get("units", row["unit"]), groups)
    when = tuple(_wording(line, groups) for line in row.get("when", ()))
    return Indicator(id=key, **plain, units=units, when=when, definition_en=row.get("definition_en", ""))


def _look_alike(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> LookAlike:
    return LookAlike(_expand(row["units"], groups), tuple(_wording(line, groups) for line in row["when"]))


def _wording(line: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Wording:
    slots = {slot: _expand(line.get(slot, ""), groups) for slot in ("topic", "act", "noun", "also", "without", "units")}
    below = float(line.get("below", inf))
    return Wording(
        **slots, below=below, weight=float(line.get("weight", 1.0)), fallback=bool(line.get("fallback", False))
    )


def _expand(text: str, groups: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of `text`, each @name replaced by its group's."""
    words: dict[str, None] = {}
    for word in text.split():
        for each in groups[word[1:]] if word.startswith("@") else (word,):
            words[each] = None
    return tuple(words)


def load(path: Path | None = None) -> Catalogue:
    """Return the catalogue of indicators.toml (or of another file of the same form), one object for all threads."""
    with _reading:
        return _load(path)


@functools.cache
def _load(path: Path | None) -> Catalogue:
    import tomllib

    data: dict[str, Any] = tomllib.loads((path or resources() / "indicators.toml").read_text(encoding="utf-8"))
    words = read_words(data["words"])
    signals = {name: _expand(text, words) for name, text in data["signals"].items()}
    look_alikes = tuple(_look_alike(row, words) for row in data.get("look_alikes", {}).values())
    return Catalogue(parse(data), data["version"], words, signals, look_alikes)
