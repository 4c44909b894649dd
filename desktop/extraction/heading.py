"""The head of a report: titles, the document's own number, the bodies over and under the title, labels of web pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop.districts import Divisions
from desktop.extraction.bodies import MARK, close_up, split_bodies
from desktop.extraction.furniture import DOC_NUMBER, LONGEST_LINE, YEAR, clean, is_date, is_navigation, labels
from desktop.extraction.places import HAN, narrowed, read_place

HEAD = 5000  # characters; a head is shorter, web page furniture included
SUBJECT = re.compile(r"法治|依法行政|依法治[省市区县州旗盟]")
_LINE_END = re.compile(r"[\n\r\x0b\x0c]")
_ONLY_YEAR = re.compile(rf"(?:{YEAR.pattern})?年?度?")
_NUMBER_LINE = re.compile(rf"[(\[]?({DOC_NUMBER.pattern})[)\]]?(?:\s+(?:签发人|会签).*)?")
_LETTERHEAD = re.compile(rf"(.{{4,60}}?) ?文件\s*(?:({DOC_NUMBER.pattern}))?")
_BREAK = re.compile(
    r"第[一二三四五六七八九十]+[部章节]|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]"
    r"|\d{1,2}[、.](?!\d)|目 ?录$|[一二三四五]是"
)
_ADDRESSEE = re.compile(r"[^。;]{2,60}:")
_SENTENCE = re.compile(r"[。;!?,]")
_PROSE = re.compile(r"坚持|深入|认真|领导下|指导下|现将|以来|以习近平|紧紧|围绕")

_END = r"(?:报告|总结|汇报|情况|年报|通报|公告|公示|通知|意见|综述|材料|自查|函|说明)"
_IN_BRACKETS = r"[(〔\[【][^()]{1,20}[)〕\]】]"
_TITLE_END = re.compile(
    rf"{_END}(?:的(?:函|通知|公告))?[》]?\s*(?:{_IN_BRACKETS}\s*)*(?:(?:——|—|-)?\s*(?:19|20)\d\d年?度?)?\Z"
)
_CONTINUED = re.compile(
    rf"(?:的|及|和|暨|与|并)?(?:年度?|工作|建设|情况|自查|自评|的){{0,4}}{_END}|(?:——|—|-).{{2,20}}"
)
_NOTE = re.compile(r"[(〔\[【][^()月号]{2,14}[)〕\]】]")
_ONE_PARAGRAPH = re.compile(rf"[^。,;!?:]{{6,60}}?{_END}(?:[(][^()]{{2,10}}[)])?(?=\s+(?:{HAN}|\d|\())")
_LOOSE = re.compile(rf"(?<=\d) (?={HAN})|(?<={HAN}) (?=\d)")
_SITE = re.compile(r"\s*[_|]\s*.*$|\s+-+\s+.*(?:政府|网|门户).*$|-[^-]*(?:政府网|门户网站?|网站)$")


@dataclass(slots=True)
class Heading:
    """What stands before a report's first paragraph; `start` is where that begins."""

    titles: list[str] = field(default_factory=list)
    doc_number: str | None = None
    bodies: list[list[str]] = field(default_factory=list)
    publisher: list[str] = field(default_factory=list)
    addressee: str = ""
    dates: list[str] = field(default_factory=list)
    start: int = 0


def read_heading(text: str, divisions: Divisions) -> Heading:
    """Return what stands before the first paragraph of `text`."""
    head, pending = Heading(), Pending(divisions)
    at, just_titled, apart = 0, False, False
    for raw in _lines(text[:HEAD]):
        line = clean(raw)
        head.start, at = at, at + len(raw) + 1
        if not line:
            apart = True
            continue
        if "。" in line or len(line) > LONGEST_LINE:
            _title_in_paragraph(line, narrowed(line[:LONGEST_LINE]), head)
            break
        line = close_up(line)
        narrow = narrowed(line)
        if just_titled and (_CONTINUED.fullmatch(narrow) or _is_note(narrow) or (not apart and _goes_on(narrow))):
            head.titles[-1] += line
            continue
        just_titled, apart = False, False
        if _furniture(line, narrow, head):
            pending.flush(head)
        elif _ADDRESSEE.fullmatch(narrow) and "如下" not in narrow:
            head.addressee = narrow
            break
        elif _BREAK.match(narrow):
            break
        elif _SENTENCE.search(narrow) and not (SUBJECT.search(narrow) and _TITLE_END.search(narrow)):
            _title_in_paragraph(line, narrow, head)
            break
        else:
            if not pending.lines:
                pending.start = head.start
            just_titled = pending.take(line, narrow, head)
            if not just_titled and not pending.lines and any(YEAR.search(narrowed(title)) for title in head.titles):
                break
    pending.end(head)
    return head


def _lines(text: str) -> Iterator[str]:
    start = 0
    for end in _LINE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]


def _goes_on(narrow: str) -> bool:
    """Tell a line that goes on with the title on the line before (和2023年工作安排的报告)."""
    return narrow[0] in "的及和暨与并" and _TITLE_END.search(narrow) is not None


def _is_note(narrow: str) -> bool:
    return bool(_NOTE.fullmatch(narrow)) and not is_date(narrow) and not DOC_NUMBER.search(narrow)


def _title_in_paragraph(line: str, narrow: str, head: Heading) -> None:
    """Take the title off a first paragraph that lost its line breaks (…报告 2024年，…)."""
    found = _ONE_PARAGRAPH.match(narrow)
    if found and SUBJECT.search(found.group()) and not head.titles and "现将" not in found.group():
        head.titles.append(line[: found.end()])


def _furniture(line: str, narrow: str, head: Heading) -> bool:
    """Take a line that is no title: the document's number, a date, labels, navigation; False for any other line."""
    if "号" in narrow and (number := _NUMBER_LINE.fullmatch(narrow)):
        head.doc_number = head.doc_number or line[number.start(1) : number.end(1)]
        return True
    if is_date(narrow):
        head.dates.append(narrow)
        return True
    if _read_labels(line, narrow, head):
        return True
    letterhead = _LETTERHEAD.fullmatch(narrow) if "文件" in narrow else None
    if letterhead and (names := split_bodies(line[: letterhead.end(1)])):
        head.bodies.append(names)
        head.doc_number = head.doc_number or letterhead.group(2)
        return True
    return is_navigation(narrow)


def _read_labels(line: str, narrow: str, head: Heading) -> bool:
    """Take what the labels of a line say; False where it has none."""
    found = labels(narrow)
    if found and _TITLE_END.search(title := narrow[: found[0][1]].strip()):
        head.titles.append(line[: len(title)])
    for name, _, start, end in found:
        value = line[start:end].strip(" |[]【】")
        if name.endswith(("文号", "字号")) and DOC_NUMBER.fullmatch(narrowed(value)):
            head.doc_number = head.doc_number or value
        elif name.endswith(("标题", "名称")) and _TITLE_END.search(value):
            head.titles.append(value)
        elif name.endswith(("日期", "时间")):
            head.dates.append(narrowed(value))
        elif name in ("发布机构", "发布单位", "发布机关"):
            head.publisher = head.publisher or split_bodies(value)
        elif name.endswith(("机关", "机构", "单位", "主体")) and not name.startswith("公开"):
            head.bodies += [names] if (names := split_bodies(value)) else []
    return bool(found)


class Pending:
    """Lines of a title that is not complete yet, and bodies that may stand over it or be its beginning."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions
        self.lines: list[str] = []
        self.start = 0

    def flush(self, head: Heading) -> None:
        """Give up the lines so far; bodies among them speak in the heading."""
        if names := split_bodies(" ".join(self.lines)):
            head.bodies.append(names)
        self.lines = []

    def take(self, line: str, narrow: str, head: Heading) -> bool:
        """Take one more line; True where it completes a title."""
        number = DOC_NUMBER.match(narrow) if "号" in narrow else None
        if number and _TITLE_END.search(narrow[number.end() :]):
            head.doc_number = head.doc_number or line[: number.end()]
            line, narrow = line[number.end() :].strip(), narrow[number.end() :].strip()
        narrow = _SITE.sub("", narrow)
        line = line[: len(narrow)]
        if _TITLE_END.search(narrow):
            if not self._goes_on(narrow):
                self.flush(head)
            head.titles.append(_join([*self.lines, line]))
            self.lines = []
            return True
        if split_bodies(line) or self._is_part(narrow):
            self.lines.append(line)
        else:
            self.flush(head)
        return False

    def end(self, head: Heading) -> None:
        """Settle what is pending where the text begins: a title without an ending word, or bodies."""
        joined = _join(self.lines)
        if not head.titles and SUBJECT.search(joined) and not split_bodies(joined) and not _PROSE.search(joined):
            head.titles.append(joined)
            return
        if self.lines and not split_bodies(joined):
            head.start = self.start  # the text began there
        self.flush(head)

    def _is_part(self, narrow: str) -> bool:
        if "关于" in narrow or SUBJECT.search(narrow):
            return True
        place = read_place(narrow, 0, self.divisions)
        return _ONLY_YEAR.fullmatch(narrow, place.end if place else 0) is not None

    def _goes_on(self, narrow: str) -> bool:
        """Tell whether a line that ends a title began on the lines before it."""
        before = narrowed(" ".join(self.lines))
        if "关于" in before or YEAR.search(before) or narrow.startswith(("—", "-")):
            return True
        if not split_bodies(before) and not self._names_place_only(before):
            return False
        if MARK.match(narrow) or read_place(narrow, 0, self.divisions):
            return False
        place = read_place(before, 0, self.divisions)
        named_again = place is not None and place.county is not None and place.county in narrow
        return narrow.startswith("关于") or not named_again

    def _names_place_only(self, before: str) -> bool:
        place = read_place(before, 0, self.divisions)
        return place is not None and place.end == len(before)


def _join(lines: list[str]) -> str:
    """Return the lines of a title as one; a space stays between two bodies alone."""
    joined = ""
    for line in lines:
        apart = " " if joined and split_bodies(joined) and split_bodies(line) else ""
        joined += apart + line
    joined = _LOOSE.sub("", joined)
    return joined.strip("《》") if joined.startswith("《") and joined.endswith("》") else joined
