"""What of a web page is the report: the part with the prose, its title and labels, without what surrounds every page.

A page is judged by what it shows, since every portal has names of its own for its parts: the report is where the marks
of sentences are, navigation is where links are. Names only help with small parts.
"""

from __future__ import annotations

import re
from functools import partial
from itertools import accumulate, islice

from desktop.reading.layout import text_of
from desktop.reading.web_lines import begins, closes, is_furniture, without_counters
from desktop.reading.web_text import Writer
from desktop.reading.web_tree import Element

_OFFICE = re.compile(r"libreoffice|openoffice|staroffice|microsoft (?:word|excel)|word\.document|wps", re.IGNORECASE)
_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*|[A-Z]+(?![a-z])")
_NAMES = frozenset({
    "nav", "navbar", "navigation", "menu", "breadcrumb", "breadcrumbs", "crumb", "crumbs", "location", "position",
    "dqwz", "weizhi", "mbx", "share", "bdsharebuttonbox", "bdshare", "jiathis", "social", "print", "close", "tool",
    "tools", "toolbar", "foot", "footer", "copyright", "banner", "logo", "search", "sidebar", "aside", "related",
    "recommend", "pager", "pagination", "prev", "next", "qrcode", "ewm", "erweima", "comment", "comments", "hits",
    "counter", "click", "fontsize", "ziti", "login", "friendlink", "links", "popup", "dialog", "modal", "header",
    "topbar",
})  # fmt: skip
_TAGS = frozenset({"nav", "footer", "aside", "menu"})
_SPACES = re.compile(r"\s+")
_APART = re.compile(r"[_|]|\s[-—–]+\s|--+|(?<=网)-|(?<=网站)-|(?<=政府)-|-(?=[^-]*(?:网|门户|政府)[^-]*$)")
_SITE = re.compile(r"(?:网|网站|门户|平台|公开|专栏|人民政府)$")
_REPORT = re.compile("报告|总结|情况|汇报|年报")
_HEADS = re.compile(r"(?:人民政府|委员会|[局厅委院]|办公室|文件|[〔\[]\d{4}[〕\]]\s*第?\s*\d+\s*号|关于)$")
_BLOCKS = frozenset({"div", "p", "ul", "ol", "li", "dl", "dd", "table", "tr", "td", "section", "center"})
_MOST = 0.8  # of the prose of a page is in its article
_FEW = 0.05  # of it may stand in what is passed over
_MOST_ABOVE = 0.1  # of its sentences may stand above its title
_DENSE = 0.6  # of the characters of a list of links are in links
_FAR = 60  # lines, or headings, among which a title is looked for
_SHORT = 40  # characters of a line above a title
_LEAST = 8  # characters of a title


def article(body: Element, said: dict[str, str]) -> str:
    """Return the text of the report in a page, given what its head says; all of a page that an office program made."""
    if _is_document(body, said):
        return text_of(Writer(lambda element: element.hides()).write(body))
    root = _root(body)
    writer = Writer(partial(_passed_over, body.prose))
    lines = text_of(writer.write(root)).split("\n")
    return "\n".join(_trimmed(lines, _titles(said), root, body)).strip("\n")


def _is_document(body: Element, said: dict[str, str]) -> bool:
    """Tell a page made by a word processor, or by hand: it has nothing around its text."""
    if _OFFICE.search(said.get("generator", "") + " " + said.get("progid", "")):
        return True
    if body.links or "script" in said:
        return False
    return not any({"id", "class"} & set(element.attributes) or element.tag in _TAGS for element in body.inside())


def _root(body: Element) -> Element:
    """Return the smallest part with most of the prose, widened as long as that adds next to no links."""
    root = body
    while inner := next((one for one in root.elements() if one.prose >= _MOST * max(body.prose, 1)), None):
        root = inner
    while (outer := root.parent) is not None and outer.linked - root.linked <= _loose(root):
        root = outer
    return root


def _loose(root: Element) -> int:
    """Return how many characters of links may stand beside an article: buttons, the name of its source."""
    return 24 if root.tag in ("div", "td", "article", "section", "main", "ucapcontent", "body", "center") else 60


def _passed_over(prose: int, element: Element) -> bool:
    """Tell what is no part of an article: hidden, or little prose where links or a name speak against it."""
    if element.prose > max(3.0, _FEW * prose):
        return element.hides() and element.prose < prose / 2
    if element.hides() or element.tag in _TAGS:
        return True
    if _named(element):
        return element.heads == 0
    return element.tag in _BLOCKS and _is_list_of_links(element)


def _is_list_of_links(element: Element) -> bool:
    """Tell a part of links and little else, but not the files that belong to a report."""
    dense = element.links > 1 and element.linked >= _DENSE * element.size
    return (dense or 0 < element.linked == element.size) and element.files == 0


def _named(element: Element) -> bool:
    names = f"{element.attributes.get('id', '')} {element.attributes.get('class', '')}"
    return any(word.lower() in _NAMES for word in _WORDS.findall(names))


def _titles(said: dict[str, str]) -> list[str]:
    """Return what may be the title by the head of a page, the likeliest first: 报告_政务公开_某县人民政府."""
    parts = [_SPACES.sub("", part) for part in [said.get("articletitle", ""), *_APART.split(said["title"])]]
    return sorted((part for part in parts if len(part) >= _LEAST and not _SITE.search(part)), key=_is_plain)


def _is_plain(title: str) -> bool:
    return _REPORT.search(title) is None


def _trimmed(lines: list[str], titles: list[str], root: Element, body: Element) -> list[str]:
    """Return the lines of an article from its title to its end, without counters, buttons and who edited it."""
    last = max((at for at, line in enumerate(lines) if "。" in line), default=-1)
    first = _title_line(lines, titles)
    kept: list[str] = []
    for at, line in enumerate(lines):
        if at > last >= 0 and closes(line):
            break
        line = without_counters(line)
        if not is_furniture(line) and (first is None or at >= first or begins(line)):
            kept.append(line)
    if first is None and (title := _heading(kept, titles, root, body)):
        kept.insert(0, title)
    return kept


def _title_line(lines: list[str], titles: list[str]) -> int | None:
    """Return where the title begins, with its number, who issued it and its own first line above it; None without."""
    # A page may say a sentence or two above the title; above a line that names the report again there is all of it.
    stops = accumulate(line.count("。") for line in lines)
    most = max(2.0, _MOST_ABOVE * sum(line.count("。") for line in lines))
    head = [line for line, before in zip(lines[:_FAR], stops, strict=False) if before <= most]
    first = next((at for at, line in enumerate(head) if _is_title(line, titles)), None)
    while first and _HEADS.search(lines[first - 1].rstrip()) and len(lines[first - 1]) <= _SHORT:
        first -= 1
    return first


def _is_title(line: str, titles: list[str]) -> bool:
    bare = _SPACES.sub("", line)
    return len(bare) >= _LEAST and "。" not in bare and any(bare in title or title in bare for title in titles)


def _heading(lines: list[str], titles: list[str], root: Element, body: Element) -> str:
    """Return the title that stands outside of the article, "" where the article has it."""
    begun = "".join("".join(lines[:20]).split())
    heads = [e.text() for e in islice((e for e in body.inside() if e.tag in ("h1", "h2", "h3")), _FAR)]
    shown = [head for head in heads if any(head in title or title in head for title in titles)]
    return next((title for title in [*shown, *titles[:1]] if len(title) >= _LEAST and title not in begun), "")
