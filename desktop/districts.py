"""The division table: names -> six-digit division codes, by year, and what became of each unit (docs/divisions.md)."""

from __future__ import annotations

import functools
import gzip
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import NamedTuple

from desktop.model import District
from desktop.paths import resources

RANK = re.compile(r"(?:自治[县旗州]|特区|林区|地区|县|区|市|旗|盟|州)$")
PROVINCE_RANK = re.compile(r"(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
PEOPLES = re.compile(
    "((?:蒙古族?|回族|藏族|维吾尔族?|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族?|傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族"
    "|东乡族|纳西族|景颇族|柯尔克孜族?|土族|达斡尔族|仫佬族|羌族|布朗族|撒拉族|毛南族|仡佬族|锡伯族?|阿昌族|普米族|塔吉克族?|怒族|鄂温克族|保安族"
    "|裕固族|京族|独龙族|鄂伦春族?|各族)+)自治([县旗州])$"
)
LONGEST_NAME = 16


class Row(NamedTuple):
    """One line of the table as it is read; a District is made of it when asked for."""

    adcode: str
    name: str
    city: str
    province: str
    first: int
    last: int


def short_name(name: str) -> str:
    """Return a place's name without its rank and peoples (松江区 -> 松江); names of one character stay whole (和县)."""
    if autonomous := PEOPLES.search(name):
        return name[: autonomous.start()] or autonomous.group(1).removesuffix("族")
    stem = RANK.sub("", name)
    return stem if len(stem) > 1 else name


def _ranked_short(name: str) -> str:
    """Return an autonomous place's everyday name with its rank (三江侗族自治县 -> 三江县), or ""."""
    autonomous = PEOPLES.search(name)
    return short_name(name) + autonomous.group(2) if autonomous else ""


def _abbreviates(short: str, name: str) -> bool:
    """Tell whether `short` is made of characters of `name` in order, from its first on (科左中旗, 喀左县, 巴州)."""
    if short[0] != name[0] or short[-1] != name[-1]:
        return False
    rest = iter(name)
    return all(character in rest for character in short)


class Divisions:
    """All units of county level, prefecture and province by year; a year outside the table is read as its nearest."""

    def __init__(self, rows: Iterable[Row], successions: Iterable[tuple[str, str, int, str, str, str]] = ()) -> None:
        self._counties: dict[str, list[Row]] = {}
        self._prefectures: dict[str, list[Row]] = {}
        self._codes: dict[str, list[Row]] = {}
        self._provinces: dict[str, str] = {}
        self.first_year, self.last_year = 9999, 0
        for row in rows:
            if row.adcode.endswith("0000"):
                self._provinces[row.name] = self._provinces[PROVINCE_RANK.sub("", row.name)] = row.name
                self.first_year, self.last_year = min(self.first_year, row.first), max(self.last_year, row.last)
                continue
            level = self._prefectures if row.adcode.endswith("00") else self._counties
            level.setdefault(row.name, []).append(row)
            self._codes.setdefault(row.adcode, []).append(row)
        self._became = {(link[0], link[1], link[2]): link[3:] for link in successions}

    # ---- county level -------------------------------------------------------------------------------------------

    def named(self, name: str, year: int | None = None) -> list[District]:
        """Return the county-level units of exactly this name, by code; with a year, those valid in it.

        A unit that was dissolved within the year counts (the lists are of year-ends); where there is none, the one
        that took the name the year after does: its report on this year is written under the new name.
        """
        rows = self._counties.get(name, [])
        if year is None or not rows:
            return [District(*row) for row in rows]
        year = self.clamp(year)
        valid = [row for row in rows if row.first <= year <= row.last]
        for row in rows:
            if row.last == year - 1:
                after = self._next(row)
                if after is None or after not in valid:
                    valid.append(row)
        valid = valid or [row for row in rows if row.first == year + 1]
        return [District(*row) for row in sorted({row.adcode: row for row in valid}.values())]

    def full_names(self, short: str, year: int | None = None) -> list[District]:
        """Return the units that an everyday name with its rank stands for (三江县, 科左中旗); [] where several fit."""
        if len(short) < 2 or self.named(short, year):
            return []
        names = {name for name in self._everyday.get(short, ()) if self.named(name, year)}
        if not names and short[-1] in "县旗":
            initial = self._abbreviated.get(short[0] + short[-1], ())
            names = {name for name in initial if _abbreviates(short, name) and self.named(name, year)}
        return self.named(names.pop(), year) if len(names) == 1 else []

    def by_code(self, adcode: str, year: int | None = None) -> District | None:
        """Return the unit (or prefecture) of a six-digit code in `year`; without a year, the latest that had it."""
        rows = self._codes.get(adcode, [])
        if year is not None:
            year = self.clamp(year)
            rows = [row for row in rows if row.first <= year <= row.last]
        return District(*max(rows, key=lambda row: row.last)) if rows else None

    def county_at(self, text: str, start: int) -> str:
        """Return the longest county-level name of any year that stands in `text` at `start`, or ""."""
        return _longest(self._counties, self._heads[0], text, start)

    def county_names(self) -> Iterable[str]:
        """Return every county-level name of any year."""
        return self._counties

    # ---- prefectures and provinces ------------------------------------------------------------------------------

    def prefectures(self, name: str, year: int | None = None) -> list[District]:
        """Return the prefectures of this name, full or short (荆州市, 荆州, 恩施州); of any year where none fits."""
        names = self._prefecture_names.get(name)
        if names is None:
            return []
        rows = [row for full in names for row in self._prefectures[full]]
        if year is not None:
            year = self.clamp(year)
            rows = [row for row in rows if row.first <= year <= row.last] or rows
        latest = {(row.name, row.province): row for row in sorted(rows, key=lambda row: row.last)}
        return [District(*row) for row in latest.values()]

    def prefecture_at(self, text: str, start: int) -> str:
        """Return the longest prefecture's name, full or short, that stands in `text` at `start`, or ""."""
        return _longest(self._prefecture_names, self._heads[1], text, start)

    def province(self, name: str) -> str | None:
        """Return the full name of the province called `name` (河南, 河南省), or None."""
        return self._provinces.get(name)

    def province_at(self, text: str, start: int) -> str:
        """Return the longest province's name, full or short, that stands in `text` at `start`, or ""."""
        return _longest(self._provinces, self._heads[2], text, start)

    # ---- over the years -----------------------------------------------------------------------------------------

    def clamp(self, year: int) -> int:
        """Return the year of the table that is nearest to `year`."""
        return min(max(year, self.first_year), self.last_year)

    def series(self, district: District) -> tuple[District, ...]:
        """Return one unit over the years, earliest first: under new codes, renamed, raised to a city or a district.

        A merger ends a series: the unit that took it in goes on with its own.
        """
        chain = [_row(district)]
        while (earlier := self._before.get(chain[0])) and earlier not in chain:
            chain.insert(0, earlier)
        while (later := self._next(chain[-1])) and self._before.get(later) == chain[-1] and later not in chain:
            chain.append(later)
        return tuple(District(*row) for row in chain)

    def codes(self, adcode: str) -> tuple[str, ...]:
        """Return the division codes that the unit of `adcode` has had as one series, itself included."""
        unit = self.by_code(adcode)
        return tuple({row.adcode: None for row in self.series(unit)}) if unit is not None else (adcode,)

    def in_year(self, district: District, year: int) -> District:
        """Return what `district` was or became in `year` as one series; itself where the series does not say."""
        year = self.clamp(year)
        if district.first_year <= year <= district.last_year:
            return district
        return next((d for d in self.series(district) if d.first_year <= year <= d.last_year), district)

    # ---- indexes, made when first asked for ---------------------------------------------------------------------

    def _next(self, row: Row) -> Row | None:
        if link := self._became.get((row.adcode, row.name, row.last)):
            after = [new for new in self._codes.get(link[0], ()) if new.name == link[1] and new.last > row.last]
            return min(after, key=lambda new: new.first, default=None)
        for new in self._counties.get(row.name, ()):
            if new.first == row.last + 1 and (new.adcode == row.adcode or new.province == row.province):
                return new
        return None

    @functools.cached_property
    def _heads(self) -> tuple[dict[str, int], dict[str, int], dict[str, int]]:
        return _head_lengths(self._counties), _head_lengths(self._prefecture_names), _head_lengths(self._provinces)

    @functools.cached_property
    def _before(self) -> dict[Row, Row]:
        before = {}
        for rows in self._counties.values():
            for row in rows:
                after = self._next(row)
                link = self._became.get((row.adcode, row.name, row.last))
                if after and after.first == row.last + 1 and not (link and link[2] == "merged"):
                    before[after] = row
        return before

    @functools.cached_property
    def _everyday(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._counties:
            if "自治" in name:
                found.setdefault(_ranked_short(name), set()).add(name)
        return found

    @functools.cached_property
    def _abbreviated(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in self._counties:
            if name.endswith("旗") or ("自治" in name and len(short_name(name)) > 3):
                found.setdefault(name[0] + name[-1], set()).add(name)
        return found

    @functools.cached_property
    def _prefecture_names(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        ordered = sorted(self._prefectures, key=lambda name: max(row.last for row in self._prefectures[name]))
        for name in ordered:
            for short in (name, short_name(name), _ranked_short(name)):
                if short and (short == name or short not in self._provinces):
                    found.setdefault(short, set()).add(name)
        for name in ordered:
            if name.endswith("自治州") and len(short_name(name)) > 2:
                found.setdefault(name[0] + "州", {name})
        return found


def _row(district: District) -> Row:
    return Row(
        district.adcode,
        district.name,
        district.city,
        district.province,
        district.first_year,
        district.last_year,
    )


def _head_lengths(names: Iterable[str]) -> dict[str, int]:
    """Return the length of the longest name that begins with each two characters."""
    lengths: dict[str, int] = {}
    for name in names:
        lengths[name[:2]] = max(len(name), lengths.get(name[:2], 0))
    return lengths


def _longest(names: Container[str], heads: Mapping[str, int], text: str, start: int) -> str:
    longest = heads.get(text[start : start + 2])
    if longest is None:
        return ""
    for length in range(min(longest, len(text) - start), 1, -1):
        if (name := text[start : start + length]) in names:
            return name
    return ""


def _lines(name: str) -> list[Sequence[str]]:
    packed = (resources() / "divisions" / name).read_bytes()
    return [line.split("\t") for line in gzip.decompress(packed).decode("utf-8").splitlines()]


@functools.cache
def load() -> Divisions:
    """Return the table of resources/divisions, read once (some 15 ms)."""
    rows = (
        Row(a, name, city, province, int(b), int(e)) for a, name, city, province, b, e in _lines("divisions.tsv.gz")
    )
    links = ((a, name, int(last), new, to, kind) for a, name, last, new, to, kind in _lines("successions.tsv.gz"))
    return Divisions(rows, links)
