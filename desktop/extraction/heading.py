"""The head of a report: titles, the document's own number, the bodies over and under the title, labels of web pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.districts import Divisions
from desktop.extraction.bodies import MARK, close_up, split_bodies
from desktop.extraction.places import HAN, narrowed, read_place

HEAD = 5000  # characters; a head is shorter, web page furniture included
LONGEST_LINE = 100  # characters; what is longer is a paragraph
_NOISE = re.compile(r"\[bookmark:[^\]]*\]|[\ufeff\u200b-\u200f\u2028-\u202e\u2060\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")
_CHINESE_YEAR = r"[二一][〇零0O九][〇零0O一二三四五六七八九]{2}年"
YEAR = re.compile(rf"(?<![\d-])(?:19|20)\d{{2}}(?!\d)|{_CHINESE_YEAR}")
SUBJECT = re.compile(r"法治|依法行政|依法治[省市区县州旗盟]")
DOC_NUMBER = re.compile(
    rf"{HAN}[㐀-鿿A-Za-z()〔〕]{{0,17}}? ?[〔\[【(﹝〈「﹙［] ?(?:19|20)\d\d ?[〕\]】)﹞〉」﹚］] ?(?:第 ?)?\d{{1,5}} ?号"
)
_NUMBER_LINE = re.compile(rf"[(\[]?({DOC_NUMBER.pattern})[)\]]?(?:\s+(?:签发人|会签).*)?")
_LETTERHEAD = re.compile(rf"(.{{4,60}}?) ?文件\s*(?:({DOC_NUMBER.pattern}))?")
_DATE = re.compile(
    r"[(]?\s*(?:19|20)\d\d ?[-年./] ?\d{1,2} ?[-月./] ?\d{1,2} ?日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?\s*[)]?(?:\s*(?:印发|发布))?"
    rf"|[(]?{_CHINESE_YEAR}[一二三四五六七八九十]{{1,3}}月(?:[一二三四五六七八九十]{{1,3}}日)?[)]?"
)
_LABELS = (
    "索 ?引 ?号|发布(?:日期|时间|机构|单位|机关|人|者)|公开(?:日期|时间|方式|主体|类型|类别|范围|时限|属性|责任部门)|(?:成文|生成|发文|印发|更新|录入)(?:日期|时间)"
    "|(?:发文|制发|制文|成文|发文主体)(?:机关|机构|单位)|(?:公文|发文)?(?:文 ?号|字号)|(?:信息|文章|稿件|内容|数据)?来 ?源|作 ?者|供 ?稿|(?:责任)?编 ?辑|(?:初|复|终)?审 ?核?"
    "|(?:浏览|点击|阅读|访问)(?:次 ?数|量|数|率)?|字[体号]大?小?|主题(?:词|分类)|(?:信息|体裁|组配|服务对象)?分类|有 ?效 ?性|时 ?效 ?性|关 ?键 ?词|视力保护色?|打印|分享(?:到)?|文 ?种"
    "|标 ?题|(?:信息|文件|公文)?名 ?称|签 ?发 ?人|密 ?级|紧急程度|内容概述|语 ?种|状 ?态|当前位置|您?(?:现在|当前)?(?:所在)?的?位置(?:是)?"
)
_LABEL = re.compile(rf"(?:^|(?<=[\s|\]】]))[\[【]?({_LABELS})[\]】]?\s*[:：]\s*")
_NAVIGATION = re.compile(
    r"(?:网站)?首页|返回.{0,4}|打印(?:本页)?|关闭(?:窗口)?|分享.{0,4}|收藏|[大中小]|政[务府].{0,4}公开.{0,6}|政府信息公开.{0,8}|法定主动公开内容|无障碍.{0,4}|长者.{0,4}"
    r"|登录|注册|搜索|English|繁体.{0,2}|.{0,12}(?:网|网站|门户|平台|官网|客户端|公众号)|.*[>»›].*|首页.*|欢迎.*|公开形式.*|附件\d*[:：]?|正文"
)
_BREAK = re.compile(
    r"第[一二三四五六七八九十]+[部章节]|[一二三四五六七八九十]{1,3}[、.]|[(][一二三四五六七八九十]{1,3}[)]|\d{1,2}[、.](?!\d)|目 ?录$|[一二三四五]是"
)
_ADDRESSEE = re.compile(r"[^。;]{2,60}:")
_END = r"(?:报告|总结|汇报|情况|年报|通报|公告|公示|通知|意见|综述|材料|自查|函|说明)"
_TITLE_END = re.compile(
    rf"{_END}(?:的(?:函|通知|公告))?[》]?\s*(?:[(〔\[【][^()]{{1,20}}[)〕\]】]\s*)*(?:(?:——|—|-)?\s*(?:19|20)\d\d年?度?)?\Z"
)
_CONTINUED = re.compile(rf"(?:的|及|和|暨|与|并)?(?:年度?|工作|建设|情况|自查|自评|的){{0,4}}{_END}|(?:——|—|-).{{2,20}}")
_IN_BRACKETS = re.compile(r"[(〔\[【][^()月号]{2,14}[)〕\]】]")
_LOOSE = re.compile(rf"(?<=\d) (?={HAN})|(?<={HAN}) (?=\d)")
_SITE = re.compile(r"\s*[_|｜]\s*.*$|\s+-+\s+.*(?:政府|网|门户).*$|-[^-]*(?:政府网|门户网站?|网站)$")
_SENTENCE = re.compile(r"[。;!?]|,.*(?:坚持|指导|贯彻|以习近平|现将|精神)")
_ONE_PARAGRAPH = re.compile(rf"[^。,;!?:]{{6,60}}?{_END}(?:[(][^()]{{2,10}}[)])?(?=\s+(?:{HAN}|\d|\())")


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


def clean(line: str) -> str:
    """Return a line without invisible characters and editors' marks, runs of spaces as one."""
    if line.isprintable() and "  " not in line and "[b" not in line:
        return line.strip()
    return _SPACES.sub(" ", _NOISE.sub("", line)).strip()


def is_date(line: str) -> bool:
    """Tell a line that is a date and nothing else; `line` is narrowed."""
    return _DATE.fullmatch(line) is not None


def read_heading(text: str, divisions: Divisions) -> Heading:
    """Return what stands before the first paragraph of `text`."""
    head, pending = Heading(), Pending(divisions)
    at, just_titled, apart = 0, False, False
    for raw in re.split(r"[\n\r\x0b\x0c]", text[:HEAD]):
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
            just_titled = pending.take(line, narrow, head)
    pending.end(head)
    return head


def _goes_on(narrow: str) -> bool:
    """Tell a line that goes on with the title on the line before (和2023年工作安排的报告)."""
    return narrow[0] in "的及和暨与并" and _TITLE_END.search(narrow) is not None


def _is_note(narrow: str) -> bool:
    return bool(_IN_BRACKETS.fullmatch(narrow)) and not is_date(narrow) and not DOC_NUMBER.search(narrow)


def _title_in_paragraph(line: str, narrow: str, head: Heading) -> None:
    """Take the title off a first paragraph that lost its line breaks (…报告 2024年，…)."""
    found = _ONE_PARAGRAPH.match(narrow)
    if found and SUBJECT.search(found.group()) and not head.titles and "现将" not in found.group():
        head.titles.append(line[: found.end()])


def _furniture(line: str, narrow: str, head: Heading) -> bool:
    """Take a line that is no title: the document's number, a date, labels, navigation; False for any other line."""
    if number := _NUMBER_LINE.fullmatch(narrow):
        head.doc_number = head.doc_number or line[number.start(1) : number.end(1)]
        return True
    if is_date(narrow):
        head.dates.append(narrow)
        return True
    if labels := list(_LABEL.finditer(narrow)):
        _read_labels(line, narrow, labels, head)
        return True
    letterhead = _LETTERHEAD.fullmatch(narrow)
    if letterhead and (names := split_bodies(line[: letterhead.end(1)])):
        head.bodies.append(names)
        head.doc_number = head.doc_number or letterhead.group(2)
        return True
    return _NAVIGATION.fullmatch(narrow) is not None


def _read_labels(line: str, narrow: str, labels: list[re.Match[str]], head: Heading) -> None:
    ends = [label.start() for label in labels[1:]] + [len(line)]
    if labels[0].start() and _TITLE_END.search(narrow[: labels[0].start()].strip()):
        head.titles.append(line[: labels[0].start()].strip())
    for label, end in zip(labels, ends, strict=True):
        name, value = label.group(1).replace(" ", ""), line[label.end() : end].strip(" |[]【】")
        number = DOC_NUMBER.fullmatch(narrowed(value))
        if name.endswith(("文号", "字号")) and number:
            head.doc_number = head.doc_number or value
        elif name in ("标题", "名称", "信息名称", "文件名称", "公文名称") and _TITLE_END.search(value):
            head.titles.append(value)
        elif name.startswith(("发文机", "发文单", "制", "成文机", "成文单", "发文主体")) and (names := split_bodies(value)):
            head.bodies.append(names)
        elif name in ("发布机构", "发布单位", "发布机关") and (names := split_bodies(value)):
            head.publisher = head.publisher or names
        elif name.endswith(("日期", "时间")):
            head.dates.append(narrowed(value))


class Pending:
    """Lines of a title that is not complete yet, and bodies that may stand over it or be its beginning."""

    def __init__(self, divisions: Divisions) -> None:
        self.divisions = divisions
        self.lines: list[str] = []

    def flush(self, head: Heading) -> None:
        """Give up the lines so far; bodies among them speak in the heading."""
        if names := split_bodies(" ".join(self.lines)):
            head.bodies.append(names)
        self.lines = []

    def take(self, line: str, narrow: str, head: Heading) -> bool:
        """Take one more line; True where it completes a title."""
        number = DOC_NUMBER.match(narrow)
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
        if not head.titles and SUBJECT.search(joined) and not split_bodies(joined):
            head.titles.append(joined)
        else:
            self.flush(head)

    def _is_part(self, narrow: str) -> bool:
        place = read_place(narrow, 0, self.divisions)
        whole = place is not None and place.end == len(narrow)
        return whole or "关于" in narrow or bool(YEAR.search(narrow)) or bool(SUBJECT.search(narrow))

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
