"""Bodies that speak in a report: how their names are written, taken apart, and which form is the fullest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.districts import Divisions
from desktop.extraction.places import HAN, Place, narrowed, read_place

_STEERING = (
    r"(?:委员会|委)?(?:全面)?(?:依法治[省市区县州盟旗企校]|(?:推进)?依法行政|法治(?:政府)?建设|法治)(?:工作)?"
    r"(?:委员会|领导小组|协调小组)?(?:办公室|办)"
    r"|(?:全面)?(?:依法治[省市区县州盟旗]|依法行政|法治(?:政府)?建设)(?:工作)?(?:委员会|领导小组|协调小组)"
)
_GOVERNMENT = (
    r"人民政府办公[厅室]|人民政府办|人民政府|政府办公[厅室]|政府|管理委员会|管委会|行政公署|行署|党工委|工委|办事处"
)
_PARTY = r"党委|委员会(?!办)|[区县市旗州省]?委(?!员会|办|依法|全面|宣|组|政|社)"
_OFFICE_END = r"(?:局|厅|委员会|委|办公室|办|分局|部|院|中心|[总支大]队|处|所|公司|集团|大学|学院|中学|医院|银行)"
_AFTER_OFFICE = r"(?=关于|\d|二[〇零]|法治|依法行政|依法治理|贯彻|推进|落实|履行|年度|行政执法|$|[\s、,(])"
STEERING, GOVERNMENT, PARTY = re.compile(_STEERING), re.compile(_GOVERNMENT), re.compile(_PARTY)
DEPARTMENT = re.compile(
    rf"(?:(?!人民政府|关于|法治政府|法治建设|年度|20\d|委员会|委、)(?:{HAN}|、)){{1,22}}?{_OFFICE_END}{_AFTER_OFFICE}"
    rf"|(?:(?!人民政府|关于|法治政府|法治建设|年度|20\d)(?:{HAN}|、)){{1,16}}?委员会{_AFTER_OFFICE}"
)
# What may stand before the place in a body's name.
MARK = re.compile(r"中共|中国共产党|国家税务总局")
_TOKEN = re.compile(
    rf"(?:{MARK.pattern})?{HAN}[㐀-鿿（()）]{{0,34}}?"
    r"(?:人民政府|政府|委员会|[区县市州省旗盟镇乡]委|工委|党委|[局厅]|办公[室厅]|公署|行署|管委会|领导小组|办事处"
    r"|依法治.办|法治办|政府办|法院|检察院|支队|大队|总队)"
)
# What a body's name can end in: most words need not be looked at further.
LAST_SIGNS = frozenset("府会委局厅室署组处办院队")
_APART = re.compile(r"[\s、]+")
_NO_BODY = re.compile(r"法治政府$|建设|公开|门户|主办|承办|版权|欢迎|关于|落实|推进|领导下|依托|信息|责任|各级")
_DEPARTMENT_WITH_BUILDING = re.compile(r"城乡建设|住房|建设局|建设和|建设委")
_GLUED = re.compile(
    rf"(?:(?<=委)(?!员会)|(?<=委员会))(?=(?:{HAN}){{0,12}}(?:人民政府|政府)$)|(?<=[委府局会])和(?={HAN})"
)
_SPREAD = re.compile(r"(?<=[㐀-鿿\d]) (?=[㐀-鿿\d])")


@dataclass(frozen=True, slots=True)
class Body:
    """One body: its name as printed, the place in it, and what it is."""

    name: str
    place: Place | None
    kind: str

    @property
    def level(self) -> str | None:
        """Return the level that this body speaks for: its place's, or `department`."""
        if self.kind == "department":
            return "department"
        return self.place.level if self.place else None


def after_mark(text: str, start: int) -> int:
    """Return where the place begins in a body's name that begins at `start`."""
    mark = MARK.match(text, start)
    return mark.end() if mark else start


def close_up(line: str) -> str:
    """Return a line whose characters are spread out (鼓 楼 区) without the spaces between them."""
    tokens = line.split()
    if len(tokens) > 2 and sum(len(token) == 1 for token in tokens) >= 0.7 * len(tokens):
        return _SPREAD.sub("", line)
    return line


def split_bodies(words: str) -> list[str]:
    """Return the names of the bodies that `words` consist of, [] where anything else stands among them."""
    names: list[str] = []
    for token in _APART.split(close_up(words.strip())):
        if token[-1:] not in LAST_SIGNS:
            return []
        names += [part for part in _GLUED.split(token) if part]
    return names if names and all(is_body(name) for name in names) else []


def is_body(name: str) -> bool:
    """Tell the name of a body from other words."""
    if _TOKEN.fullmatch(name) is None:
        return False
    return not _NO_BODY.search(name) or bool(_DEPARTMENT_WITH_BUILDING.search(name) or STEERING.search(name))


def read_body(name: str, divisions: Divisions, year: int | None) -> Body:
    """Return the body of this name with its place and kind."""
    folded = narrowed(name)
    start = after_mark(folded, 0)
    place = read_place(folded, start, divisions, year)
    office = folded[place.end if place else start :]
    if STEERING.search(office):
        kind = "steering"
    elif GOVERNMENT.match(office) or (place is None and office.endswith("政府")):
        kind = "government"
    elif PARTY.fullmatch(office) or folded.startswith(("中共", "中国共产党")):
        kind = "party"
    elif not office and place and place.town:
        kind = "government"  # 街道办事处: the rank is the office
    else:
        kind = "department"
    return Body(name, place, kind)


def body_at(text: str, start: int, divisions: Divisions, year: int | None) -> tuple[str, Place, str] | None:
    """Return (name, place, kind) of the body that begins at `start` of a running text; None where only a place does."""
    place = read_place(text, after_mark(text, start), divisions, year)
    if place is None:
        return None
    at = place.end
    for kind, pattern in (
        ("steering", STEERING),
        ("government", GOVERNMENT),
        ("party", PARTY),
        ("department", DEPARTMENT),
    ):
        if found := pattern.match(text, at):
            return text[start : found.end()], place, kind
    return None


def fuller(said: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether `other` names every body of `said` and says more: more of the place, or another body beside."""
    return list(said) != list(other) and all(any(_holds(long, short) for long in other) for short in said)


def _holds(long: str, short: str) -> bool:
    return _core(long).endswith(_core(short)) and len(long) >= len(short)


def _core(name: str) -> str:
    return re.sub(r"委员会$", "委", MARK.sub("", name)).replace("人民政府", "政府")
