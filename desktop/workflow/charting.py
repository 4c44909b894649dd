"""From what a chart is to show to its data: districts, indicators, years, and whom they are held against."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Literal

from db import overview, queries
from db.overview import District
from db.rows import Touched
from db.store import Store
from desktop import charts, districts
from desktop.errors import UserError
from desktop.indicators import Indicator
from desktop.sentences import on_one_line, sentence
from desktop.text import language, say
from desktop.workflow.cataloguing import catalogue, known_indicator
from desktop.workflow.raised import finding_sentence

Against = Literal["", "city", "province", "all"]
AGAINST: tuple[Against, ...] = ("city", "province", "all")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a chart is to show: keys of districts (division code, or name), ids of indicators, a reach of years.

    `against` holds the first district against those of its kind in its city or province, or in all of the store.
    """

    districts: tuple[str, ...]
    indicators: tuple[str, ...]
    against: Against = ""
    first: int | None = None
    last: int | None = None

    @classmethod
    def of(cls, kept: object) -> Wanted | None:
        """Return what was kept as a mapping of these names, None where it is nothing that could have been."""
        try:
            data = dict(kept)  # type: ignore[call-overload]
            named = [tuple(map(str, data[each])) for each in ("districts", "indicators")]
            years = [None if data[each] is None else int(data[each]) for each in ("first", "last")]
            against = next(each for each in ("", *AGAINST) if each == data["against"])
        except (ValueError, KeyError, TypeError, StopIteration):
            return None
        return cls(named[0], named[1], against, years[0], years[1])


def kept_charts(store: Store) -> dict[str, Wanted]:
    """Return the charts that were kept, by name."""
    kept = ((name, Wanted.of(shown)) for name, shown in queries.kept_charts(store).items())
    return {name: wanted for name, wanted in kept if wanted is not None}


def keep_chart(store: Store, name: str, wanted: Wanted, *, reviewer: str) -> Touched:
    """Keep a chart under a name, for all who open the study; one of that name makes way. UserError: no name."""
    with store.edit("keep_chart", reviewer=reviewer) as edit:
        edit.keep_chart(_chart_name(name), asdict(wanted))
    return edit.touched


def rename_chart(store: Store, name: str, new_name: str, *, reviewer: str) -> Touched:
    """Give a kept chart another name; UserError: no name, or one that another chart has."""
    new_name, kept = _chart_name(new_name), queries.kept_charts(store)
    if new_name != name and new_name in kept:
        raise UserError("chart_name_taken", name=new_name)
    with store.edit("rename_chart", reviewer=reviewer) as edit:
        if new_name != name:
            edit.keep_chart(name, None)
            edit.keep_chart(new_name, kept[name])
    return edit.touched


def forget_chart(store: Store, name: str, *, reviewer: str) -> Touched:
    """Let a kept chart go."""
    with store.edit("forget_chart", reviewer=reviewer) as edit:
        edit.keep_chart(name, None)
    return edit.touched


def _chart_name(name: str) -> str:
    if not name.strip():
        raise UserError("chart_unnamed")
    return " ".join(name.split())


def series(store: Store, wanted: Wanted) -> charts.SeriesData:
    """Return the cells that a chart is to show, ready to be drawn; an indicator that is not known is left out."""
    known = catalogue(store)
    indicators = [known[i] for i in wanted.indicators if i in known]
    ids = [indicator.id for indicator in indicators]
    found = {key: queries.series(store, known, key, ids) for key in dict.fromkeys(wanted.districts)}
    # All districts are looked through only where the cells asked for do not say enough.
    asked = wanted.against or not all(found.values())
    listed = {d.key: d for d in overview.districts(store)} if asked else {}
    years = (wanted.first, wanted.last)
    data = charts.SeriesData.of(_by_name(found, listed), indicators, language=language(), years=years)
    if not wanted.against or not data.years:
        return data
    first = listed[wanted.districts[0]]
    alike = _alike(first, found[first.key], wanted.against)
    peers: dict[str, dict[int, list[float]]] = {}
    for i in ids:
        by_year = peers.setdefault(i, {})
        for (key, year), value in queries.values(store, known, i, data.years).items():
            if alike(key):
                by_year.setdefault(year, []).append(value)
    whose = {"city": first.city or say("chart_its_city"), "province": first.province or say("chart_its_province")}
    return data.held_against(whose.get(wanted.against, say("chart_all")), peers)


def _by_name(
    found: Mapping[str, Sequence[queries.CellRow]], listed: Mapping[str, District]
) -> dict[str, Sequence[queries.CellRow]]:
    """Return cells by the district's name; of two districts of one name, by that and what tells them apart."""
    names = {
        key: next((c.district for c in reversed(cells) if c.district), listed[key].name if key in listed else key)
        for key, cells in found.items()
    }
    made: dict[str, Sequence[queries.CellRow]] = {}
    for key, cells in found.items():
        name = names[key]
        if list(names.values()).count(name) > 1:
            name = f"{name} ({next((c.city for c in cells if c.city), key)})"
        made[name if name not in made else f"{name} {key}"] = cells
    return made


def _alike(district: District, cells: Sequence[queries.CellRow], against: Against) -> Callable[[str], bool]:
    """Return what tells whether a district of the store is of the same rank and in the same place, itself included.

    Divisions of other years count with those that the district belonged to then, by their codes. One without a code
    belongs where its reports name the same city or province.
    """
    table, digits = districts.load(), {"city": 4, "province": 2}.get(against, 0)
    above = {district.city, *(cell.city for cell in cells)}
    if against == "province":
        above |= {district.province, *(cell.province for cell in cells)}
    if district.adcode is not None:
        codes: Sequence[str] = table.codes(district.adcode)
    else:
        codes = [city.adcode for name in above if name for city in table.prefectures(name)]
    ranks = {0} if district.adcode is None else {_rank(code) for code in codes}
    starts = {code[:digits] for code in codes}

    def alike(other: str) -> bool:
        if other.isdecimal():
            return _rank(other) in ranks and (not digits or other[:digits] in starts)
        return not digits or other.split("/")[-1] == district.key or other.split("/")[0] in above

    return alike


def _rank(code: str) -> int:
    """Return 0 for a county's code, 1 for a prefecture's, 2 for a province's."""
    return 2 if code.endswith("0000") else 1 if code.endswith("00") else 0


@dataclass(frozen=True, slots=True)
class Behind:
    """What stands behind a point: its figures as printed, their sentences, and what the checks say of them."""

    printed: tuple[str, ...]
    sentences: tuple[str, ...]
    findings: tuple[str, ...]


def behind(store: Store, point: charts.Point) -> Behind:
    """Return what a point of a chart rests on; nothing where its report has changed since."""
    known = catalogue(store)
    cells = queries.report_cells(store, known, point.report_id)
    figures = next((cell.figures for cell in cells if cell.indicator == point.indicator), ())
    if not figures:
        return Behind((), (), ())
    text, spans = queries.text(store, point.report_id), {(figure.start, figure.end) for figure in figures}
    said = (
        finding_sentence(row.finding, known=known)
        for row in queries.findings(store, point.report_id)
        if not row.dismissed and not spans.isdisjoint(row.finding.figures)
    )
    sentences = dict.fromkeys(sentence(text, figure.start, figure.end) for figure in figures)
    return Behind(tuple(on_one_line(f.quote) for f in figures), tuple(sentences), tuple(said))


def chart(store: Store, wanted: Wanted, to: Path) -> list[Path]:
    """Draw what is wanted into a file, its data beside it as CSV; return both paths.

    A district is a name or a six-digit division code, an indicator its id or name. UserError where the store has no
    report of a district, or there is no value to draw.
    """
    found = tuple(indicator_named(store, name).id for name in wanted.indicators)
    keys = tuple(district_named(store, name) for name in wanted.districts)
    data = series(store, replace(wanted, districts=keys, indicators=found))
    if not data.points:
        raise UserError("chart_without_cells", district=say("list_separator").join(wanted.districts))
    return charts.save(data, to)


def indicator_named(store: Store, name: str) -> Indicator:
    """Return the indicator of this id, or of this name in Chinese or English; UserError where there is none."""
    for indicator in catalogue(store).values():
        if name == indicator.name_zh or name.lower() == indicator.name_en.lower():
            return indicator
    return known_indicator(store, name)


def district_named(store: Store, name: str) -> str:
    """Return the key (division code, or name) of a district of the store; UserError where there is none."""
    for district in overview.districts(store):
        if name in (district.adcode, district.name):
            return district.key
    raise UserError("district_unknown", district=name)
