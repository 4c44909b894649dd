"""Work handed out: a part of a store, or several parts that share some reports, each a store of its own."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple

from db import handing, overview
from db.handing import HandOut, handed_out
from db.overview import Standing
from db.rows import Touched
from db.store import Store
from desktop.errors import UserError
from desktop.files import whole
from desktop.progress import Progress

__all__ = [
    "HandOut",
    "Handed",
    "Part",
    "deal",
    "hand_out",
    "handed_out",
    "record_hand_out",
    "write_hand_out",
]

ENDING = ".hebao"


class Part(NamedTuple):
    """Which reports: of these districts (names or codes, of cities and provinces too; all), these years, and a share.

    `share` and `overlap` are percentages; the same seed always draws the same. Of several colleagues each gets his part
    of the reports, and all of them get the `overlap`, to be coded by every one.
    """

    districts: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None
    share: float = 100.0
    overlap: float = 0.0
    seed: int = 1


class Handed(NamedTuple):
    """One store that was written: its id, to whom it goes, the file, the reports in it (ids of the giving store)."""

    store_id: str
    to: str
    path: Path
    report_ids: tuple[int, ...]


Unit = tuple[int, ...]
"""The reports of one district and year, which go together."""


def deal(store: Store, part: Part, colleagues: int) -> list[list[int]]:
    """Return the reports of a part as they go to each of some colleagues: shared ones to all, of the others a part.

    Years and prefectures are spread over the colleagues and over what they share as evenly as it goes; withdrawn
    reports stay. UserError where a district is none, or nothing is left.
    """
    units = _drawn(_units(store, part), part.share, random.Random(f"{part.seed} share"))
    if not units:
        raise UserError("hand_out_empty")
    if colleagues == 1:
        return [_reports(units)]
    shared = set(_drawn(units, part.overlap, random.Random(f"{part.seed} overlap")))
    others = [unit for unit in units if unit not in shared]
    return [
        _reports(unit for unit in units if unit in shared or unit in hand)
        for hand in (set(others[turn::colleagues]) for turn in range(colleagues))
    ]


def _units(store: Store, part: Part) -> list[Unit]:
    """Return what is drawn from, each year's and within it each prefecture's shuffled among themselves."""
    standing = [row for row in overview.standings(store) if not row.withdrawn]
    for district in part.districts:
        if not any(_is_of(row, district) for row in standing):
            raise UserError("hand_out_no_district", district=district)
    slots: dict[tuple[object, ...], list[Standing]] = {}
    for row in standing:
        if _is_asked(row, part):
            known = row.year is not None and row.place != (None, None)
            slots.setdefault((row.year, *row.place) if known else (row.id,), []).append(row)
    chance = random.Random(part.seed)
    shuffled = sorted(slots.values(), key=lambda rows: (_stratum(rows[0]), chance.random()))
    return [tuple(row.id for row in rows) for rows in shuffled]


def _is_asked(row: Standing, part: Part) -> bool:
    if part.districts and not any(_is_of(row, district) for district in part.districts):
        return False
    if part.first_year is None and part.last_year is None:
        return True
    return row.year is not None and (part.first_year or 0) <= row.year <= (part.last_year or 9999)


def _is_of(row: Standing, district: str) -> bool:
    return district in (row.adcode, row.district, row.city, row.province)


def _stratum(row: Standing) -> tuple[int, str]:
    """Return the year and the prefecture of a report, as far as they are known."""
    return row.year or 0, row.adcode[:4] if row.adcode else row.city or row.province or ""


def _drawn(units: Sequence[Unit], percent: float, chance: random.Random) -> list[Unit]:
    """Return a share of what is to be drawn from, at even distances: of each stratum the same share, but for one."""
    begin = chance.random()
    steps = [int(begin + place * percent / 100) for place in range(len(units) + 1)]
    return [unit for place, unit in enumerate(units) if steps[place] < steps[place + 1]]


def _reports(units: Iterable[Unit]) -> list[int]:
    return sorted(report_id for unit in units for report_id in unit)


def write_hand_out(
    store: Store, part: Part, to: Mapping[Path, str], progress: Progress, *, blind: bool = False, sources: bool = True
) -> Iterator[list[Handed]]:
    """Write a part into new stores, one a path (with the name of whom it is for), all of them or none (a job).

    The giving store is only read; `record_hand_out` then records what is out. UserError says why it cannot be done.
    """
    paths = list(map(_file, to))
    _must_be_free(paths)
    with store.at_one_moment():
        hands = deal(store, part, len(paths))
        if not all(hands):
            raise UserError("hand_out_too_few", reports=len(set().union(*hands)))
        progress.total = sum(map(len, hands))
        made = []
        with ExitStack() as stack:
            for path, name, report_ids in zip(paths, to.values(), hands, strict=True):
                new = stack.enter_context(whole(path))
                step = partial(progress.step, path.name)
                store_id = handing.write(store, new, report_ids, blind=blind, sources=sources, step=step)
                made.append(Handed(store_id, name.strip() or path.stem, path, tuple(report_ids)))
    yield made


def _file(path: Path) -> Path:
    if path.name in ("", ".."):
        raise UserError("file_is_folder", path=path)
    return path if path.suffix.lower() == ENDING else path.with_name(f"{path.name}{ENDING}")


def _must_be_free(paths: Sequence[Path]) -> None:
    known: set[str] = set()
    for path in paths:
        resolved = os.path.realpath(path).casefold()  # one file on Windows and macOS
        if resolved in known:
            raise UserError("hand_out_same_file", path=str(path))
        known.add(resolved)
        if os.path.lexists(path) or os.path.lexists(f"{path}-sources"):
            raise UserError("hand_out_there", path=str(path))


def record_hand_out(store: Store, made: Sequence[Handed], *, blind: bool, reviewer: str) -> Touched:
    """Record in the giving store what was handed out, to whom, and in which file."""
    told = {one.store_id: (one.to, one.path.name, one.report_ids) for one in made}
    return handing.record(store, told, reviewer=reviewer, blind=blind)


def hand_out(
    store: Store, to: Mapping[Path, str], part: Part, progress: Progress, *, reviewer: str, blind: bool = False,
    sources: bool = True,
) -> list[Handed]:  # fmt: skip
    """Write a part of a store into new stores and record that; UserError says why it cannot be done."""
    if store.read_only:  # before anything is written that could not be recorded
        raise UserError("store_read_only", path=str(store.path))
    if not reviewer.strip():
        raise UserError("reviewer_unnamed")
    (made,) = write_hand_out(store, part, to, progress, blind=blind, sources=sources)
    record_hand_out(store, made, blind=blind, reviewer=reviewer)
    return made
