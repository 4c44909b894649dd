"""Whose report it is: the place, or the body, that a title, a signature or an opening speaks of, and its level."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.districts import LONGEST_NAME, Divisions
from desktop.extraction.bodies import DEPARTMENT, Body, after_mark, body_at, split_bodies
from desktop.extraction.places import Place, narrowed, read_place
from desktop.model import Level

OPENING = 900  # characters in which a report without a title says whose it is
_DATE = r"(?:\(?(?:(?:19|20)\d\d|[二一][〇零0O九].{2}(?=年))\)?\s*年?(?:度|上半年|下半年)?\s*)"
_LEADING_DATE = re.compile(rf"\s*{_DATE}")
_ABOUT = re.compile(r"关于(?:印发|报送|呈报|上报|公布|公开|发布)?[《]?")
_ANCHOR = re.compile(rf"^|{_DATE}|[(《、\s]|——|—|对|暨")
_CLAUSE = re.compile(r"^|[\n。;,:、(《“\s]|年度?[,来]?|以来[,]?|现将|就|将|对|把|按照|是")
_VERBS = (
    r"(?:各级|上下)?(?:坚持|以|深入|认真|紧|围绕|全面|始终|高度|积极|严格|扎实|牢牢|按照|根据|在|持续|不断|聚焦|立足|把|将|深学|着力|切实|学习|贯彻|落实"
    r"|坚决|锚定|强化|突出|健全|大力|深刻|准确|严|创新|推进|加强|统筹|主动|充分)"
)
_VERB = re.compile(_VERBS)
_ACTS = re.compile(rf"{_VERBS}|人民政府|政府|委|管委会|党工委|法治|依法|司法局|\d|二〇|[,、(]|$")
_LED_BY = re.compile(
    r"^(?:党?委|人民政府|政府|人大|依法治|司法[厅局])[^。;\n]{0,22}?(?:领导|部署|要求|指导|安排|支持|关心|帮助|决策|精神|规定)"
)
# A unit that acts or issues: 《方城县…》, 方城县人民政府; a unit that is merely named is often another.
_OWN_WORDS = re.compile(r"(?<=[㐀-鿿])([县区市旗])(?=人民政府|政府|委|司法局|法治|\d{4}年|重大行政决策|行政|全面依法)")
_OWN_DOCUMENT = re.compile(r"《((?:[㐀-鿿]){2,8}[县区市旗])$")
_OFFICE_WORDS = re.compile(
    r"我局|本局|全局(?!性|观|出发|高度|意识)|局党组|局党委|我委|本委|委党组|局领导班子|我办|局机关|全系统"
)
_TOWN_WORDS = re.compile(
    r"我镇|全镇|镇党委|镇政府|我乡|全乡(?!村)|乡党委|乡政府|街道党工委|我街道|全街道|本街道|街道办事处坚持"
)
_COUNTY_WORDS = re.compile(r"我区|全区|区委|区政府|区司法局|我县|全县|县委|县政府|县司法局|我旗|全旗|旗委|旗政府")
_CITY_WORDS = re.compile(r"我市|全市|市委|市政府|市司法局")
_PROVINCE_WORDS = re.compile(r"我省|全省|省政府各部门")
_OVER_COUNTIES = re.compile(
    r"县区|区县|县\(市|县市区|市、区\)|各区(?!域|级)|市直|市县|县乡|市本级|市中级|市级部门|省委、?省政府|设区的?市|市域"
)
_OVER_TOWNS = re.compile(r"乡镇|镇街|镇\(街|街镇|各镇|各乡|街道办|村\(|社区")


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose report it is; the place is None where only the level can be told."""

    level: Level
    place: Place | None = None
    in_title: bool = False


def title_bodies(title: str, divisions: Divisions, year: int | None) -> list[str]:
    """Return the bodies that speak in a title: before 关于, or at its head (XX县人民政府2024年…)."""
    narrow = narrowed(title)
    start = date.end() if (date := _LEADING_DATE.match(narrow)) else 0
    about = _ABOUT.search(narrow)
    if about:
        return split_bodies(title[start : about.start()])
    names: list[str] = []
    while (found := body_at(narrow, start, divisions, year)) is not None:
        names.append(title[start : start + len(found[0])])
        start += len(found[0])
        start += len(narrow[start:]) - len(narrow[start:].lstrip(" 、和"))
    if not names and (office := DEPARTMENT.match(narrow, start)) and split_bodies(office.group()):
        names.append(title[start : office.end()])
    return names


def object_bodies(title: str, divisions: Divisions, year: int | None) -> list[str]:
    """Return the body that a title is about (关于XX县人民政府2024年…), where none speaks in it."""
    narrow = narrowed(title)
    about = _ABOUT.match(narrow)
    if about is None:
        return []
    start = date.end() if (date := _LEADING_DATE.match(narrow, about.end())) else about.end()
    found = body_at(narrow, start, divisions, year)
    return [title[start : start + len(found[0])]] if found else []


def of_title(title: str, bodies: Sequence[Body], text: str, divisions: Divisions, year: int | None) -> Subject | None:
    """Return whose report a title, in which `bodies` speak, says it is: the place it is about, or a body's."""
    speaking = next((body for body in bodies if body.level), None)
    narrow = narrowed(title)
    about = _ABOUT.search(narrow)
    rest = narrow[about.end() :] if about else narrow
    told = _anchored(rest, divisions, year) if about or not bodies else None
    if speaking and (told is None or speaking.kind != "department" or told.level == "department"):
        told = of_body(speaking)
    if told is None:
        return None
    return replace(_ranked(told, text), in_title=True)


def of_body(body: Body) -> Subject | None:
    """Return whose report it is that `body` signs or heads."""
    if body.kind == "department":
        return Subject("department", body.place)
    return Subject(_level(body.place), body.place) if body.place else None


def of_signer(body: Body, text: str) -> Subject | None:
    """Return whose report `body` signs; a department signs for its district too, and the text tells which."""
    told = of_body(body)
    if told is None:
        return None
    if told.level == "department" and told.place and told.place.county:
        own, districts = len(_OFFICE_WORDS.findall(text)), len(_COUNTY_WORDS.findall(text))
        if districts > own:
            told = Subject("county", replace(told.place, town=None))
    return _ranked(told, text)


def of_opening(text: str, start: int, divisions: Divisions, year: int | None) -> Subject | None:
    """Return whose report it is by the first sentences: the place that acts there, not the one that leads it."""
    opening = narrowed(text[start : start + OPENING])
    leading: Subject | None = None
    done = -1
    for anchor in _CLAUSE.finditer(opening):
        at = anchor.end()
        if at <= done or at >= len(opening):
            continue
        place = read_place(opening, after_mark(opening, at), divisions, year)
        if place is None or (not place.known and not _ACTS.match(opening, place.end)):
            continue
        done = place.end
        found = body_at(opening, at, divisions, year)
        subject = Subject("department" if found and found[2] == "department" else _level(place), place)
        if _LED_BY.match(opening[place.end :]):
            leading = leading or subject
        elif subject.level not in ("prefecture", "province") or _VERB.match(opening, place.end):
            return _ranked(subject, text)
    if leading is None or leading.place is None or not leading.place.known:
        return None
    return leading if leading.level == "county" else None


def of_words(text: str) -> Subject | None:
    """Return the level that a text's own words for itself tell (我局, 全镇, 全县, 全市), with no place."""
    counts: dict[Level, int] = {
        "department": len(_OFFICE_WORDS.findall(text)),
        "township": len(_TOWN_WORDS.findall(text)),
        "county": len(_COUNTY_WORDS.findall(text)),
        "prefecture": len(_CITY_WORDS.findall(text)),
        "province": len(_PROVINCE_WORDS.findall(text)),
    }
    # A county's report speaks of the city and the province above it, and of its bureaus, but of no 全镇 of its own.
    if counts["county"] and counts["county"] >= max(counts["department"], counts["township"]):
        return Subject("county")
    level = max(counts, key=lambda each: counts[each])
    return Subject(level) if counts[level] >= 2 else None


def of_mentions(text: str, divisions: Divisions, year: int | None) -> Subject | None:
    """Return the county-level unit whose documents and bodies a text names again and again, and no other as often."""
    counts: dict[str, int] = {}
    for mention in _OWN_WORDS.finditer(text):
        end = mention.start(1) + 1
        for length in range(LONGEST_NAME, 1, -1):
            name = text[max(0, end - length) : end]
            if divisions.named(name, year):
                counts[name] = counts.get(name, 0) + 1
                break
        else:
            if quoted := _OWN_DOCUMENT.search(text, max(0, end - 10), end):
                counts[quoted.group(1)] = counts.get(quoted.group(1), 0) + 1
    ordered = sorted(counts, key=lambda name: -counts[name])
    if not ordered or counts[ordered[0]] < 2 or (len(ordered) > 1 and counts[ordered[1]] * 2 > counts[ordered[0]]):
        return None
    place = read_place(ordered[0], 0, divisions, year)
    return Subject("county", place) if place else None


def _anchored(words: str, divisions: Divisions, year: int | None) -> Subject | None:
    """Return the first place or department that begins where a name can begin in a title."""
    for anchor in _ANCHOR.finditer(words):
        at = anchor.end()
        if found := body_at(words, at, divisions, year):
            return of_body(Body(found[0], found[1], found[2]))
        if place := read_place(words, after_mark(words, at), divisions, year):
            return Subject(_level(place), place)
        office = DEPARTMENT.match(words, at)
        if office and split_bodies(office.group()):
            return Subject("department")
    return None


def _level(place: Place) -> Level:
    level: Level = (
        "township" if place.town else "county" if place.county else "prefecture" if place.city else "province"
    )
    return level


def _ranked(subject: Subject, text: str) -> Subject:
    """Tell a city of prefecture rank from a county-level one where the table knows neither: by what lies under it."""
    place = subject.place
    if place is None or place.known or place.town or not (place.county or "").endswith("市") or place.city:
        return subject
    if len(_OVER_COUNTIES.findall(text)) <= len(_OVER_TOWNS.findall(text)):
        return subject
    level: Level = "prefecture" if subject.level == "county" else subject.level
    return replace(subject, level=level, place=replace(place, city=place.county, county=None))
