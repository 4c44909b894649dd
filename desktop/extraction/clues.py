"""Which of several districts of one name a text speaks of: what it says of its own city and province decides."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.districts import PROVINCE_RANK, Divisions, short_name
from desktop.model import District

_MARKS = {
    "京": "北京", "津": "天津", "冀": "河北", "晋": "山西", "蒙": "内蒙古", "内": "内蒙古", "辽": "辽宁", "吉": "吉林",
    "黑": "黑龙江", "沪": "上海", "苏": "江苏", "浙": "浙江", "皖": "安徽", "闽": "福建", "赣": "江西", "鲁": "山东",
    "豫": "河南", "鄂": "湖北", "湘": "湖南", "粤": "广东", "桂": "广西", "琼": "海南", "渝": "重庆", "川": "四川",
    "黔": "贵州", "滇": "云南", "云": "云南", "藏": "西藏", "陕": "陕西", "甘": "甘肃", "青": "青海", "宁": "宁夏",
    "新": "新疆",
}  # fmt: skip
# Documents and services of a province that carry its sign: 豫政办〔2024〕3号, 浙里办.
_SIGNED = re.compile(
    rf"(?<![㐀-鿿])([{''.join(_MARKS)}])(?:政|府|委|办|司|法|依法|发|人社|建|市监|自然资){{1,3}}[发办函字规通]{{0,2}}"
    rf" ?[〔\[(【]|[“\"‘「]?([{''.join(_MARKS)}])"
    r"(?:里办|政钉|事办|事通|快办|服办|政通|易办|汇办|商通|省事|时办|执法|心办|解纷|企通|服通)"
)
# What is learnt from, visited, joined or bordered on is another's.
_ELSEWHERE_BEFORE = re.compile(
    r"(?:学习(?!贯彻|宣传|落实|领会)|借鉴|考察|取经|对标|赴|前往|邀请|参观|引进|推广|复制|参照|参考|比照|兄弟|外省|外地"
    r"|省外|市外|先进地区|来自|联合|会同|携手|对接|融入|承接|接轨|跨省|跨市|跨域|与|同|和|跟|及|至|到)[^，,。；;\n]{0,16}$"
)
_BORROWED = re.compile(r"(?:学习(?!贯彻|宣传|落实|领会)|借鉴|参照|参考|比照|对标)[^，,。；;\n]{0,10}$")
_ELSEWHERE_AFTER = re.compile(
    r"^[^，,。；;\n]{0,24}?(?:经验|做法|模式|先进|等地|等省|签订|签署|合作|协作|结对|友好|兄弟|跨省|跨域|通办"
    r"|企业|公司|籍|高校|大学)"
)
_SUPERIOR = re.compile(
    r"^(?:委|政府|人民政府|人大|政协|监委|纪委|依法治|[㐀-鿿]{2,10}[局厅委]|级|法治|第一|前列|首[个家批]|唯一|各[区县]"
    r"|示范|考核|优秀|先进|下辖|主城|中心城区|全[市省])"
)
# A court over the district, and orders that it carries out, are its own city's whatever they are joined to.
_ORDERS = re.compile(
    r"^(?:市?中级人民法院|中院|人民检察院|检察院|(?:委|政府|人民政府|关于|有关|司法[局厅])[^，,。；;\n]{0,20}?"
    r"(?:部署|要求|领导|精神|决策|安排|指导|支持|关心|规定))"
)
_OWN_BEFORE = re.compile(r"(?:被|获|荣获|列入|入选|在|全|受|位于|地处|位居)$")
_SLOGAN = re.compile(r"(?:法治|平安|数字|信用|诚信|智慧|文明|美丽|活力|幸福|清廉|书香|健康)$")
_BOUND = r"^|[^㐀-鿿]|[在向为对将及和与的了于]"
_CITY = r"(?!关于|按照|根据|贯彻|落实|印发)[㐀-鿿]{2,5}?(?:市|地区|盟|州)"
_CITY_BEFORE = re.compile(rf"(?:{_BOUND})({_CITY})$")
_REPORTS_TO = re.compile(rf"^(?:中共)?({_CITY})(?:委|人民政府|政府)")
_LED_BY = re.compile(
    r"[在受经按根落](?:(?<=[在受经])|(?<=按)照|(?<=根)据|(?<=落)实)"
    rf"(?:中共|[㐀-鿿]{{2,5}}省[和、])?({_CITY})(?:委|人民政府|政府|关于|部署|要求)"
)
# The first character is consumed alone, so that the search skips everything else in one go.
_OF_PROVINCE = re.compile(
    r"[《在受经按对根落](?:(?<=[《在受经])|(?<=[按对])照|(?<=根)据|(?<=落)实)([㐀-鿿]{2,6}?(?:省|自治区))"
)
CHAIN, ADDRESSEE, DOCUMENT, SUPERIOR, SLOGAN, MENTION = 10.0, 8.0, 5.0, 4.0, 3.0, 1.0
ENOUGH = 3.0


def decide(text: str, name: str, candidates: Sequence[District], addressee: str = "") -> list[District]:
    """Return the candidates that the text leaves possible: one where its clues decide, several where they do not.

    `name` is the district as named, `addressee` the line that the report is addressed to. A bare mention of a city
    proves nothing; partners, models and places learnt from are not the district's own.
    """
    cities = {district.city: 0.0 for district in candidates if district.city}
    provinces = {district.province: 0.0 for district in candidates}
    cities = {city: _weigh(text, city, name, addressee) for city in cities if city not in provinces}
    provinces = {province: _weigh(text, province, name, addressee) for province in provinces}
    for sign, times in _signs(text).items():
        for province in provinces:
            if PROVINCE_RANK.sub("", province) == sign:
                provinces[province] += SLOGAN * min(times, 3)
    scores = [cities.get(district.city, 0.0) + provinces[district.province] for district in candidates]
    best = max(scores)
    if best < ENOUGH:
        return list(candidates)
    kept = [district for district, score in zip(candidates, scores, strict=True) if score * 2 > best]
    of_one_province = len({district.province for district in kept}) == 1
    return kept if len(kept) == 1 or of_one_province else list(candidates)


def superior(
    text: str, name: str, addressee: str, divisions: Divisions, year: int | None
) -> tuple[str | None, str | None]:
    """Return the (city, province) over a district that the table does not have, as far as the text names them.

    The city before the district's name, the one that it reports to or that leads it; the province of a document that it
    carries out. Full names where the table knows them.
    """
    province = None
    city = _before_name(text, name) or (found.group(1) if (found := _REPORTS_TO.search(addressee)) else None)
    if city is None and (found := _LED_BY.search(text)):
        city = found.group(1)
    if city and (known := divisions.prefectures(city, year)):
        return known[-1].name, known[-1].province
    if found := _OF_PROVINCE.search(text):
        said = found.group(1)
        province = divisions.province(said) or said
    return city, province


def _before_name(text: str, name: str) -> str | None:
    """Return the city that stands directly before a district's name, where no other district of that name is meant."""
    at = text.find(name)
    while at >= 0:
        before = text[max(0, at - 30) : at]
        city = _CITY_BEFORE.search(before)
        if city and not _ELSEWHERE_BEFORE.search(before[: city.start(1)]):
            return city.group(1)
        at = text.find(name, at + 1)
    return None


def _weigh(text: str, place: str, name: str, addressee: str) -> float:
    """Return how plainly `text` calls the city or province `place` its own."""
    short = PROVINCE_RANK.sub("", place) if place.endswith(("省", "自治区")) else short_name(place)
    weight = ADDRESSEE if short in addressee else 0.0
    at = text.find(short)
    while at >= 0:
        end = at + len(place) if text.startswith(place, at) else at + len(short)
        weight += _mention(text, at, end, text.startswith(place, at), name)
        at = text.find(short, end)
    return weight


def _mention(text: str, start: int, end: int, full: bool, name: str) -> float:
    """Return what one mention is worth, by the words around it."""
    before, after = text[max(0, start - 30) : start], text[end : end + 30]
    if _ELSEWHERE_AFTER.search(after) and not after.startswith(name):
        return 0.0
    quoted = re.search(r"《(?:中共|关于(?:印发)?)?$", before)
    if quoted and full:
        return 0.0 if _BORROWED.search(before[: quoted.start()]) else DOCUMENT
    if full and _ORDERS.match(after) and not _BORROWED.search(before):
        return SUPERIOR
    if _ELSEWHERE_BEFORE.search(before):
        return 0.0
    if after.startswith(name):
        return CHAIN
    if full and (_SUPERIOR.match(after) or _OWN_BEFORE.search(before)):
        return SUPERIOR
    if _SLOGAN.search(before):
        return SLOGAN
    return MENTION if full else 0.0


def _signs(text: str) -> dict[str, int]:
    times: dict[str, int] = {}
    for found in _SIGNED.finditer(text):
        province = _MARKS[found.group(1) or found.group(2)]
        times[province] = times.get(province, 0) + 1
    return times
