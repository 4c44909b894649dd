"""Lines around a report that are none of its sentences: labels, dates, document numbers and navigation of web pages."""

from __future__ import annotations

import re

from desktop.extraction.places import HAN

LONGEST_LINE = 100  # characters; what is longer is a paragraph
_NOISE = re.compile(r"\[bookmark:[^\]]*\]|[\ufeff\u200b-\u200f\u2028-\u202e\u2060\x00-\x08\x0e-\x1f]")
_SPACES = re.compile(r"[ \t\u3000\xa0]+")

CHINESE_YEAR = r"[二一][〇零0O九][〇零0O一二三四五六七八九]{2}年"
YEAR = re.compile(rf"(?<![\d-])(?:19|20)\d{{2}}(?!\d)|{CHINESE_YEAR}")
# 〔2025〕第20号 in the brackets that typists and scanners make of it, behind the signs of the body that issued it.
DOC_NUMBER = re.compile(
    rf"{HAN}[㐀-鿿A-Za-z()〔〕]{{0,17}}? ?[〔\[【(﹝〈「﹙［] ?(?:19|20)\d\d ?[〕\]】)﹞〉」﹚］]"
    r" ?(?:第 ?)?\d{1,5} ?号"
)
_DATE = re.compile(
    r"[(]?\s*(?:19|20)\d\d ?[-年./] ?\d{1,2} ?[-月./] ?\d{1,2} ?日?(?:\s*\d{1,2}:\d\d(?::\d\d)?)?"
    r"\s*[)]?(?:\s*(?:印发|发布))?"
    rf"|[(]?{CHINESE_YEAR}[一二三四五六七八九十]{{1,3}}月(?:[一二三四五六七八九十]{{1,3}}日)?[)]?"
)

_LABELS = (
    r"索 ?引 ?号",
    r"发布(?:日期|时间|机构|单位|机关|人|者)",
    r"公开(?:日期|时间|方式|主体|类型|类别|范围|时限|属性|责任部门)",
    r"(?:成文|生成|发文|印发|更新|录入)(?:日期|时间)",
    r"(?:发文|制发|制文|成文)(?:机关|机构|单位|主体)",
    r"(?:公文|发文)?(?:文 ?号|字号)",
    r"(?:信息|文章|稿件|内容|数据)?来 ?源",
    r"作 ?者|供 ?稿|(?:责任)?编 ?辑|(?:初|复|终)?审 ?核?|签 ?发 ?人",
    r"(?:浏览|点击|阅读|访问)(?:次 ?数|量|数|率)?",
    r"字[体号]大?小?|视力保护色?|打印|分享(?:到)?",
    r"主题(?:词|分类)|(?:信息|体裁|组配|服务对象)?分类|关 ?键 ?词|文 ?种|语 ?种",
    r"有 ?效 ?性|时 ?效 ?性|状 ?态|密 ?级|紧急程度|内容概述",
    r"标 ?题|(?:信息|文件|公文)?名 ?称",
    r"当前位置|您?(?:现在|当前)?(?:所在)?的?位置(?:是)?",
)
_LABEL = re.compile(rf"(?:^|(?<=[\s|\]】]))[\[【]?({'|'.join(_LABELS)})[\]】]?\s*:\s*")
_NAVIGATION = re.compile(
    r"(?:网站)?首页|首页.*|返回.{0,4}|打印(?:本页)?|关闭(?:窗口)?|分享.{0,4}|收藏|[大中小]|正文|附件\d*:?"
    r"|政[务府].{0,4}公开.{0,6}|政府信息公开.{0,8}|法定主动公开内容|公开形式.*"
    r"|无障碍.{0,4}|长者.{0,4}|登录|注册|搜索|English|繁体.{0,2}|欢迎.*"
    r"|.{0,12}(?:网|网站|门户|平台|官网|客户端|公众号)|.*[>»›].*"
)


def clean(line: str) -> str:
    """Return a line without invisible characters and editors' marks, runs of spaces as one."""
    if line.isprintable() and "  " not in line and "[b" not in line:
        return line.strip()
    return _SPACES.sub(" ", _NOISE.sub("", line)).strip()


def is_date(narrow: str) -> bool:
    """Tell a narrowed line that is a date and nothing else."""
    return _DATE.fullmatch(narrow) is not None


def is_navigation(narrow: str) -> bool:
    """Tell a narrowed line of a web page that leads elsewhere: breadcrumbs, buttons, the site's name."""
    return _NAVIGATION.fullmatch(narrow) is not None


def labels(narrow: str) -> list[tuple[str, int, int, int]]:
    """Return (label, where it starts, where its value starts and ends) for each label of a narrowed line."""
    found = list(_LABEL.finditer(narrow)) if ":" in narrow else []
    ends = [label.start() for label in found[1:]] + [len(narrow)] * bool(found)
    return [
        (label.group(1).replace(" ", ""), label.start(), label.end(), end)
        for label, end in zip(found, ends, strict=True)
    ]
