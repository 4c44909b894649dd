"""The catalogue of a store: the indicators that Hebao brings along and, after them, the reviewers' own."""

from __future__ import annotations

import difflib
import functools
import json
import re
from collections.abc import Mapping
from typing import Any

from db import queries
from db.changes import Touched
from db.store import Store
from desktop import indicators
from desktop.errors import UserError
from desktop.exporting.tables import KEYS
from desktop.indicators import NO_ACT, OWN_DEFAULTS, Catalogue, Indicator
from desktop.model import Kind
from desktop.text import language, say

Definition = Mapping[str, Any]
"""One own indicator in the terms of indicators.toml, its `id` among them; words are separated by spaces."""

WORDS = ("topic", "act", "noun", "also", "without", "units")
ASKED = ("topic", "act", "noun", "also")
ID = re.compile("[a-z][a-z0-9_]{0,31}")  # a column's name in every format
RESERVED = {*KEYS, "byte", "double", "float", "if", "in", "int", "long", "strl", "using", "with"}  # the latter: Stata's


def catalogue(store: Store) -> Catalogue:
    """Return the indicators of a store; the same object as long as the reviewers' own stay the same."""
    own = queries.own_indicators(store)
    return _with_own(json.dumps(own, ensure_ascii=False, sort_keys=True)) if own else indicators.load()


@functools.lru_cache(maxsize=4)
def _with_own(own: str) -> Catalogue:
    base = indicators.load()
    rows = {row["id"]: _with_known_groups(row, base) for row in json.loads(own)}
    return base.with_own(indicators.parse_own({"indicators": rows}, base.words))


def _with_known_groups(row: dict[str, Any], base: Catalogue) -> dict[str, Any]:
    """Leave out the groups that the catalogue of another Hebao had, and the wordings that say nothing without them."""

    def known(words: str) -> str:
        return " ".join(word for word in words.split() if not word.startswith("@") or word[1:] in base.words)

    lines = [{slot: known(line[slot]) if slot in WORDS else line[slot] for slot in line} for line in row["when"]]
    return {**row, "units": known(row["units"]), "when": [line for line in lines if _says_something(line)]}


def _says_something(line: Definition) -> bool:
    return any(word != NO_ACT for slot in ASKED for word in str(line.get(slot, "")).split())


def indicator_names(known: Catalogue) -> dict[str, str]:
    """Return each indicator's name in the language of the moment, by id."""
    spoken = language()
    return {i.id: i.name(spoken) for i in known.values()}


def known_indicator(store: Store, indicator: str) -> Indicator:
    """Return the indicator of this id; UserError names those that come near, by id or name, where there is none."""
    known = catalogue(store)
    if indicator not in known:
        named = {word: i for i in known.values() for word in (i.id, i.name_zh, i.name_en)}
        near = {named[word].id: named[word] for word in difflib.get_close_matches(indicator, named, n=3, cutoff=0.4)}
        listed = say("list_separator").join(f"{i.id} ({i.name(language())})" for i in near.values())
        raise UserError("indicator_unknown", indicator=indicator, near=listed or "—")
    return known[indicator]


def add_indicator(store: Store, definition: Definition, *, reviewer: str) -> Touched:
    """Record an own indicator for every report of the store; UserError says what is wrong with it.

    The reports are as they were until they are read again (`outdated`, `extract_again`, `keep_again`).
    """
    clean = cleaned(definition)
    define(store, clean, new=True)
    return _record(store, "add_indicator", clean["id"], clean, reviewer)


def change_indicator(store: Store, definition: Definition, *, reviewer: str) -> Touched:
    """Record another definition of the own indicator of this id; UserError as for `add_indicator`."""
    clean = cleaned(definition)
    _must_be_own(store, clean["id"])
    define(store, clean, new=False)
    return _record(store, "change_indicator", clean["id"], clean, reviewer)


def remove_indicator(store: Store, indicator: str, *, reviewer: str) -> Touched:
    """Take an own indicator away; what people decided with it stays in the log, and on the figures."""
    _must_be_own(store, indicator)
    return _record(store, "remove_indicator", indicator, None, reviewer)


def _record(store: Store, verb: str, indicator: str, definition: Definition | None, reviewer: str) -> Touched:
    kept = None if definition is None else {name: value for name, value in definition.items() if name != "id"}
    with store.edit(verb, reviewer=reviewer) as edit:
        edit.set_indicator(indicator, kept)
    remember_version(store)
    return edit.touched


def remember_version(store: Store) -> None:
    """Let decisions from now on be recorded under the version of the store's catalogue."""
    store.catalogue = catalogue(store).version


def _must_be_own(store: Store, indicator: str) -> None:
    if indicator not in {row["id"] for row in queries.own_indicators(store)}:
        raise UserError("indicator_not_own", indicator=indicator)


def cleaned(definition: Definition) -> dict[str, Any]:
    """Return a definition with its defaults, its words apart by one space each, without wordings that are empty."""
    row = {**OWN_DEFAULTS, "id": "", "name_zh": "", "name_en": "", "unit": "", "units": "", "when": (), **definition}
    plain = {name: _single_spaced(value) if isinstance(value, str) else value for name, value in row.items()}
    lines = [{slot: _single_spaced(v) if isinstance(v, str) else v for slot, v in line.items()} for line in row["when"]]
    when = [{slot: value for slot, value in line.items() if value != ""} for line in lines]
    units = " ".join(dict.fromkeys([plain["unit"], *plain["units"].split()])).strip()
    return {**plain, "name_en": plain["name_en"] or plain["name_zh"], "units": units, "when": [w for w in when if w]}


def _single_spaced(text: str) -> str:
    return " ".join(text.split())


def define(store: Store, definition: Definition, *, new: bool) -> Catalogue:
    """Return the catalogue of a store with one cleaned definition in it; UserError says what is wrong with that.

    `new` says that there must be no indicator of its id yet.
    """
    known = catalogue(store)
    _check_name(definition, known, new=new)
    _check_units(definition, known)
    _check_words(definition, known)
    rows = {definition["id"]: definition}
    return known.with_own(indicators.parse_own({"indicators": rows}, known.words))


def _check_name(definition: Definition, known: Catalogue, *, new: bool) -> None:
    indicator, name = definition["id"], definition["name_zh"]
    if not name:
        raise UserError("indicator_name_missing")
    if not ID.fullmatch(indicator):
        raise UserError("indicator_id_malformed", indicator=indicator)
    if new and indicator in RESERVED:
        raise UserError("indicator_id_reserved", indicator=indicator)
    if new and indicator in known:
        raise UserError("indicator_exists", indicator=indicator, name=known[indicator].name_zh)
    if any(other.name_zh == name and other.id != indicator for other in known.values()):
        raise UserError("indicator_name_taken", name=name)


def _check_units(definition: Definition, known: Catalogue) -> None:
    if not definition["unit"]:
        raise UserError("indicator_unit_missing")
    kinds = {unit: indicator.kind for indicator in known.values() for unit in indicator.units} | unit_kinds()
    for unit in definition["units"].split():
        if unit.startswith("@") and unit != definition["unit"]:
            continue
        if unit not in kinds:
            near = difflib.get_close_matches(unit, list(kinds), n=3, cutoff=0.3)
            raise UserError("indicator_unit_unknown", unit=unit, near=" ".join(near) or "—")
        if kinds[unit] != definition["kind"]:
            raise UserError("indicator_unit_of_other_kind", unit=unit)


def _check_words(definition: Definition, known: Catalogue) -> None:
    lines = definition["when"]
    if not lines or not all(map(_says_something, lines)):
        raise UserError("indicator_words_missing")
    said = [definition["units"], *(str(line.get(slot, "")) for line in lines for slot in WORDS)]
    for word in " ".join(said).split():
        if word.startswith("@") and word[1:] not in known.words:
            near = difflib.get_close_matches(word[1:], list(known.words), n=3, cutoff=0.3)
            raise UserError("indicator_group_unknown", group=word, near=" ".join(f"@{name}" for name in near) or "—")


def unit_kinds() -> dict[str, Kind]:
    """Return the units in which figures are read, each with its kind."""
    from desktop.extraction.units import INDEX  # here, so that the window does not wait for it at the start

    entries = [entry for longer, single in INDEX.values() for some in longer.values() for entry in some]
    entries += [single for _, single in INDEX.values() if single is not None]
    return {unit: kind for _, unit, kind, _ in entries}


def proposed_id(name_zh: str, name_en: str, known: Catalogue) -> str:
    """Return an id that is free: of the English name's words, else of the pinyin of the Chinese one."""
    words = re.findall("[a-z0-9]+", name_en.lower())
    if not words and name_zh.strip():
        from pypinyin import lazy_pinyin

        words = re.findall("[a-z0-9]+", " ".join(lazy_pinyin(name_zh)).lower())
    stem = "_".join(words)[:28].strip("_")
    if not stem:
        return ""
    if not stem[0].isalpha():
        stem = f"own_{stem}"[:28].strip("_")
    number, free = 1, stem
    while free in known or free in RESERVED:
        number += 1
        free = f"{stem}_{number}"
    return free
