"""Places as a report names them: province, city, county and township in one chain, known to the table or not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop.districts import Divisions, short_name

HAN = r"[㐀-鿿]"
_NARROW = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_NARROW |= {"\u3000": " ", "\xa0": " ", "\u25cb": "〇"}
_WIDE = re.compile("[\uff01-\uff5e\u3000\xa0\u25cb]")

CORPS = re.compile(r"(?:新疆生产建设兵团)?第?[一二三四五六七八九十]{1,3}师(?=[㐀-鿿]{2,6}市)")
# What cannot begin a place's name, nor stand inside one: a word of the sentence around it.
_FOLLOWED = r"(?=人民政府|政府|委|司法局|法治|坚持|深入|认真|全面|贯彻|以习|20\d|二[〇零])"
_NO_START = (
    r"(?![我全本各该此这两每市省区县]|[州旗乡镇][市省区县州旗乡镇街村]|中共|中国|关于|[现在为对以将把从向由被等按据经是让使])"
    rf"(?:(?![与和及或同])|(?={HAN}{{2,3}}(?:[县市区旗]{_FOLLOWED}|市{HAN}{{2,5}}[县区]{_FOLLOWED})))"
)
_NO_INSIDE = (
    r"(?!人民|政府|法治|关于|年度|依法|全面|委员会|坚持|深入|推进|建设|依据|根据|贯彻|[的在为对将把被是了着，,。、])"
)
_RANKS = r"自治县|自治旗|林区|特区|县(?![域级])|市(?![场民级容政直辖域])|旗(?![帜下区县市])|区(?![域内外间划块级里分])"
UNKNOWN = re.compile(rf"{_NO_START}(?:{_NO_INSIDE}{HAN}){{1,9}}?(?:{_RANKS})")
_CITY_IN_CITY = re.compile(rf"(?:{_NO_INSIDE}{HAN}){{2,3}}市{_FOLLOWED}")
ZONE = re.compile(
    r"(?:(?!人民|政府|法治|关于|[市县])[㐀-鿿]){0,12}?(?:(?:高新|经开|开发|示范|试验|实验|保税|产业|风景名胜|风景|旅游度假|管理|合作|工业园?|新)区|高新技术产业园区)"
)
_ZONE_WORDS = re.compile(r"高新|经开|经济|开发|示范|试验|实验|保税|产业|风景|旅游|管理区|合作|工业|新区")
_COMMON_ZONE = re.compile(
    r"(?:国家级?)?(?:高新(?:技术产业(?:开发|园)?)?|经济(?:技术)?(?:开发)?|经开|综合|保税|城乡一体化示范|示范|试验|开发|工业园?|产业|新){1,3}区"
)
TOWN = re.compile(
    rf"((?:(?!人民|政府|法治|关于|年度|司法){HAN}){{1,8}}?(?:镇|乡|苏木|街道|办事处))"
    r"(?=人民政府|政府|党委|党工委|工委|办事处|20\d|二[〇○零0]|法治|依法|关于|推进|司法所|$|[\s、,(的])"
)


@dataclass(frozen=True, slots=True)
class Place:
    """One chain of names from `start` to `end` of a text; province and city are full names where the table has them."""

    start: int
    end: int
    province: str | None = None
    city: str | None = None
    county: str | None = None
    town: str | None = None
    known: bool = True

    @property
    def level(self) -> str:
        """Return the level of the last name of the chain."""
        if self.town:
            return "township"
        return "county" if self.county else "prefecture" if self.city else "province"


def narrowed(words: str) -> str:
    """Return words of a source as they are matched: wide signs narrowed one for one, so that offsets stay."""
    # Kind by kind, as in folding.fold: far cheaper than translating every character.
    for wide in set(_WIDE.findall(words)):
        words = words.replace(wide, _NARROW[wide])
    return words


def read_place(text: str, start: int, divisions: Divisions, year: int | None = None) -> Place | None:
    """Return the chain of place names that begins at `start`, the longest reading of each; None where none does."""
    at, province, city = start, None, None
    if corps := CORPS.match(text, at):
        at = corps.end()
    name = divisions.province_at(text, at)
    if name and name == divisions.province(name):
        province, at = name, at + len(name)
    county, pair = divisions.county_at(text, at), divisions.prefecture_at(text, at)
    if county and county == pair and (year or divisions.last_year) in _years(county, divisions):
        pair = ""  # 巢湖市 and 石河子市 were prefectures once
    if pair and len(pair) >= len(county) and _ranked(pair, divisions):
        found = _official(pair, province, divisions, year)
        province, city, at = province or found[1], found[0], at + len(pair)
        county = divisions.county_at(text, at)
    elif not county and (inner := _short_city(text, at, pair, province, divisions, year)):
        return inner
    if not county and not province and not city and (inner := _short_province(text, at, name, divisions, year)):
        return inner
    known = bool(county)
    if not county:
        city, county, at, known = _unknown(text, at, city, bool(province or city), divisions, year)
    end = at + len(county)
    town = _town(text, end)
    if not town and not county and not city and not province:
        return None
    return Place(start, end + len(town), province, city, county or None, town or None, known)


def is_zone(name: str) -> bool:
    """Tell a development zone's name (高新技术产业开发区) from a district's."""
    return _ZONE_WORDS.search(name) is not None


def _years(county: str, divisions: Divisions) -> set[int]:
    return {year for each in divisions.named(county) for year in range(each.first_year, each.last_year + 1)}


def _ranked(name: str, divisions: Divisions) -> bool:
    """Tell a prefecture's name that carries its rank (沧州市, 恩施州) from one that does not (沧州, 恩施)."""
    full = divisions.prefectures(name)[-1].name
    return name == full or (full.endswith("自治州") and name != short_name(full))


def _official(name: str, province: str | None, divisions: Divisions, year: int | None) -> tuple[str, str]:
    """Return the full name and the province of a prefecture; of several, the one in `province`, else the latest."""
    found = divisions.prefectures(name, year or divisions.last_year)
    inside = [prefecture for prefecture in found if prefecture.province == province] or found
    return inside[-1].name, inside[-1].province


def _short_city(
    text: str, at: int, name: str, province: str | None, divisions: Divisions, year: int | None
) -> Place | None:
    """Return the chain behind a city's name without its rank, where a county of that city or a zone follows."""
    if not name:
        return None
    city, of = _official(name, province, divisions, year)
    after = at + len(name)
    county = divisions.county_at(text, after)
    cities = {short_name(district.city) for district in divisions.named(county)} if county else set()
    if name in cities:
        return Place(at, after + len(county), of, city, county)
    return _zone(text, at, after, of, city)


def _zone(text: str, at: int, after: int, province: str, city: str) -> Place | None:
    """Return the zone behind a city's short name, which stays part of the zone's where that is a common one."""
    zone = ZONE.match(text, after)
    if zone is None or not is_zone(zone.group()):
        return None
    start = at if _COMMON_ZONE.fullmatch(zone.group()) else after
    return Place(at, zone.end(), province, city, text[start : zone.end()], known=False)


def _short_province(text: str, at: int, name: str, divisions: Divisions, year: int | None) -> Place | None:
    """Return the chain behind a province's name without its rank (河北沧州新华区), where that province has it."""
    if not name:
        return None
    full = divisions.province(name) or name
    if full.endswith("市") and (zone := _zone(text, at, at + len(name), full, full)):
        return zone
    inner = read_place(text, at + len(name), divisions, year)
    if inner is None or not inner.known:
        return None
    provinces = {district.province for district in divisions.named(inner.county or "")}
    if full == inner.province or (inner.province is None and full in provinces):
        return Place(at, inner.end, full, inner.city, inner.county, inner.town)
    return None


def _unknown(
    text: str, at: int, city: str | None, inside: bool, divisions: Divisions, year: int | None
) -> tuple[str | None, str, int, bool]:
    """Return (city, county, where the county begins, whether the table has it) for names read by their rank alone."""
    zone = ZONE.match(text, at)
    first = UNKNOWN.match(text, at)
    if zone and is_zone(zone.group()) and (first is None or zone.end() > first.end() or inside):
        return city, zone.group(), at, False
    town = TOWN.match(text, at)
    if first is None or (town and town.end() - first.end() < 2):
        return city, "", at, False
    name = first.group()
    if name.endswith("市") and not inside:
        after = first.end()
        second = divisions.county_at(text, after)
        rest = UNKNOWN.match(text, after)
        if (
            second
            or _CITY_IN_CITY.match(text, after)
            or (rest and len(rest.group()) <= 8 and not rest.group().endswith("市"))
        ):
            return name, second or (rest.group() if rest else ""), after, bool(second)
    return city, name, at, bool(divisions.full_names(name, year))


def _town(text: str, at: int) -> str:
    found = TOWN.match(text, at)
    return found.group(1) if found else ""
