"""Checks of the places that a report names: another one named where its own should be."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from desktop import districts
from desktop.checks import Context, check, finding
from desktop.districts import short_name
from desktop.model import District, Facts, Finding
from desktop.paths import resources
from desktop.sentences import ENDS, sentence_span

LONGEST, SHORTEST = 12, 3  # characters of a name with its rank: shorter ones (和县, 城区) are prose as often as places
BRANDS = "数字|智慧|智汇|平安|法治|信用|诚信|清廉|清风|廉洁|文明|美丽|健康|幸福|阳光|云上|掌上"
_RANKED = re.compile(
    r"县(?![域级直])|市(?![场民级容政直辖域区县])|区(?![域内外间划块级里分县])|旗(?![帜下])|自治州|州(?=[，。、委政各全])|盟(?=[委行各法市])"
)
_BRANDED = re.compile(rf"(?P<open>[“\"「『]?)(?:{BRANDS})(?=(?P<name>[㐀-鿿]{{2,5}}))")
_CLOSED = re.compile(r"[”\"」』]|平台|小程序|APP|App|app|政务|公众号|微信|建设|品牌|网")
# What makes another place belong in the sentence.
_ABROAD = re.compile(
    r"赴|前往|考察|参观|借鉴|外出|[异外]地|跨[省市县区域]|通办|毗邻|周边|邻近|相邻|接壤|交界|边界|对口|援[疆藏青]|结对|支援|帮扶"
    r"|协作|合作|签[订署约]|联合|协同|联动|对接|共建|互[认通查评]|一体化|都市圈|城市群|经济[区圈带]|兄弟|等地|案例|经验|模式|做法|大学|学院"
    r"|培训|研修|党校|公司|集团|银行|[日晚]报|铁路|海关|仲裁|法院|检察院|管辖|交叉|外[省市县]|[省市]外|来自|流域|高速|展会|博览|论坛"
    r"|峰会|研讨|招商|推介|户籍|移送|协查|函|入选|获评|率先|试点|原|撤销|更名|划[归入转]|籍"
)
_BEFORE = re.compile(r"(?:[与和同及或、到在赴由被向从自于往跟驻距]|《[^》]{0,40})\Z")
_BEHIND = re.compile(
    r"(?:人民)?(?:中级|高级|铁路)?(?:人民)?(?:法院|检察院)|[、和与及]|等|籍|《|经验|模式|大学|学院|党校|公司|集团|银行|路|街|大道|社区|村"
)
_OWNED = re.compile(
    r"委|人民政府|政府|各|全[区县市体]|司法局|坚持|深入|认真|紧紧|始终|高度|法治|行政|辖区|[的，](?=扎实|全面)"
)
_LED = re.compile(r"[^，。；\n]{0,16}(?:领导|指导|部署|支持|关心)下")


class Named(NamedTuple):
    """A place that a text names from `start` to `end`: its full name, and the city or province it lies in."""

    start: int
    end: int
    name: str
    within: str


@check("foreign_place")
def foreign_place(context: Context) -> Iterator[Finding]:
    """Raise a finding for each other place that is named where a report speaks of its own (“数字某市” of another city).

    Places that belong in a report, of courts, companies, journeys, partners, model cases, are left alone.
    """
    home = Home.of(context.facts)
    if home is None or not context.text:
        return
    told: dict[str, list[Named]] = {}
    for named in (*_branded(context.text, home), *_out_of_place(context.text, home)):
        told.setdefault(named.name, []).append(named)
    for name, places in told.items():
        first = min(places)
        yield finding(
            "foreign_place", "warning", span=(first.start, first.end), rests_on=[name, home.name],
            found=context.text[first.start : first.end], where=f"{first.within}{name}", own=home.name,
        )  # fmt: skip


class Home(NamedTuple):
    """A report's own place: its name, and the names of the places that it is, was, or lies in."""

    name: str
    names: frozenset[str]
    cities: frozenset[str]
    year: int

    @staticmethod
    def of(facts: Facts) -> Home | None:
        """Return the place of a report; None where its city is unknown, so that others cannot be told from it."""
        table = districts.load()
        units = [unit for code in (facts.adcode, *facts.candidates) if code and (unit := table.by_code(code))]
        series = [each for unit in units for each in table.series(unit)]
        cities = {each.city for each in series} | {facts.city or ""}
        provinces = {each.province for each in series} | {facts.province or ""}
        if facts.level not in ("county", "prefecture") or not any(cities):
            return None
        cities |= {name for name in provinces if name.endswith("市")}
        provinces |= {prefecture.province for city in cities for prefecture in table.prefectures(city)}
        names = {facts.district or "", *(each.name for each in series), *cities, *provinces}
        names |= {short_name(name) for name in names} | {
            re.sub(r"[省市]$|(?:壮族|回族|维吾尔)?自治区$", "", n) for n in provinces
        }
        chain = dict.fromkeys((facts.province or "", facts.city or "", facts.district or ""))
        return Home("".join(chain), frozenset(names - {""}), frozenset(cities - {""}), facts.year or table.last_year)


def _branded(text: str, home: Home) -> Iterator[Named]:
    """Yield the other places that a slogan names: “数字某市”, a county only where the slogan stands in quotes."""
    table = districts.load()
    for slogan in _BRANDED.finditer(text):
        for length in range(len(slogan["name"]), 1, -1):
            short = slogan["name"][:length]
            if short in home.names:
                break
            quoted = slogan["open"] and _CLOSED.match(text, slogan.end() + length)
            units = table.prefectures(short, home.year) or _of_province(short) or (_counties(short) if quoted else ())
            if not units or short in words() or _is_named_like_home(short, home):
                continue
            if not any(_is_home(unit, home) for unit in units):
                begun = slogan.start() + len(slogan["open"])
                yield Named(begun, slogan.end() + length, units[0].name, _within(units[0]))
                break


def _out_of_place(text: str, home: Home) -> Iterator[Named]:
    """Yield the other places named with their rank where nothing in the sentence sends it abroad."""
    for start, end, units in mentions(text, home.year):
        if any(_is_home(unit, home) for unit in units):
            continue
        named = Named(start, end, units[0].name, _within(units[0]) if len(units) == 1 else "")
        before, behind = text[max(0, start - 45) : start], text[end : end + 30]
        if _BEHIND.match(behind) or (_BEFORE.search(before) and not _LED.match(behind)):
            continue
        low, high = sentence_span(text, start, end)
        rest = text[low:start] + text[end:high]
        if rest.endswith(tuple(ENDS)) and (_OWNED.match(behind) or _LED.match(behind) or not _ABROAD.search(rest)):
            yield named


def mentions(text: str, year: int) -> Iterator[tuple[int, int, list[District]]]:
    """Yield where a text names counties and prefectures with their rank, and what the name means in `year`."""
    table = districts.load()
    for rank in _RANKED.finditer(text):
        for start in range(max(0, rank.end() - LONGEST), rank.end() - SHORTEST + 1):
            name = text[start : rank.end()]
            units = table.named(name, year) or (table.prefectures(name, year) if name[-1] in "市州盟" else [])
            if units and units[0].name == name:
                if short_name(name) not in words():
                    yield start, rank.end(), units
                break


def _is_named_like_home(short: str, home: Home) -> bool:
    return any(short.startswith(own) or own.startswith(short) for own in home.names)


def _is_home(unit: District, home: Home) -> bool:
    return unit.name in home.names or unit.city in home.cities or (not unit.city and unit.province in home.cities)


def _within(unit: District) -> str:
    return (unit.city or unit.province).removesuffix(unit.name)


def _of_province(short: str) -> list[District]:
    full = districts.load().province(short)
    return [District("", full, "", full, 0, 9999)] if full else []


def _counties(short: str) -> list[District]:
    return [unit for name in _short_names().get(short, ()) for unit in districts.load().named(name)]


@functools.cache
def words() -> frozenset[str]:
    """Return the names of places that are words as well: 惠民, 资源, 公安 after “数字” or “智慧” name none."""
    lines = (resources() / "divisions" / "words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


@functools.cache
def _short_names() -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in districts.load().county_names():
        found.setdefault(short_name(name), []).append(name)
    return found
