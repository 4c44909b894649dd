"""Numerals within addresses, telephone numbers, labels of web pages and page numbers, and dates between their signs."""

from __future__ import annotations

import re

from desktop.extraction.claims import DASHES, LETTERS, Claim, Rule
from desktop.extraction.dates import DATE
from desktop.extraction.numerals import ARABIC
from desktop.extraction.units import unit_at
from desktop.extraction.words import FURNITURE_LABELS, SHORT_LABELS

_PHONE = re.compile(
    "0[0-9]{2,3}[-—－][0-9]{7,8}(?:[-—－][0-9]{1,5})?|[0-9]{3,4}[-—][0-9]{3,4}[-—][0-9]{3,4}|400-?[0-9]{3}-?[0-9]{4}"
)
_FILED = re.compile("[0-9]{6,}(?:号(?:-[0-9]+)?)?(?![0-9件个条])")
_PAGE = re.compile("[-—–―─－−]{1,2}[0-9]{1,3}[-—–―─－−]{1,2}(?![0-9])")
_PAGE_OF_PAGES = re.compile("[0-9]{1,3}/[0-9]{1,3}(?=\n)")
_ASCII_RUN = re.compile(r"[A-Za-z0-9._/\-=&?%#@:+~]+")
_ASCII_TAIL = re.compile(r"[A-Za-z0-9._/\-=&?%#@:+~]+\Z")
_LABEL = re.compile(
    f"(?:{'|'.join(FURNITURE_LABELS)}|(?<=[\n 【\\[|])(?:{'|'.join(SHORT_LABELS)}))[】\\]]?[:：]\\[?\\Z"
)
_LABELLED = re.compile(r"[0-9Xx\-/.:：年月日时分秒次 ]+")


def _letter_behind(text: str, start: int, end: int) -> Claim | None:
    return None if unit_at(text, end) else ("name", end)


def _letter_before(text: str, start: int, end: int) -> Claim | None:
    tail = _ASCII_TAIL.search(text, start - 24, start)
    before = tail.group() if tail else ""
    run = _ASCII_RUN.match(text, start)
    stop = run.end() if run else end
    if any(sign in before for sign in "/.@=") and any(c in LETTERS for c in before):
        return "furniture", stop
    if before.isalpha() and len(before) > 2 and unit_at(text, end):
        return None  # 整治APP12款
    return "name", max(end, stop if text[end : end + 1] in LETTERS else end)


def _sign_before(text: str, start: int, end: int) -> Claim | None:
    """Within an address of the web, or the second part of a slogan such as `互联网+12345`."""
    tail = _ASCII_TAIL.search(text, start - 24, start)
    if tail and any(c in LETTERS for c in tail.group()):
        run = _ASCII_RUN.match(text, start)
        return "furniture", run.end() if run else end
    return None


def _dash_behind(text: str, start: int, end: int) -> Claim | None:
    found = DATE.match(text, start)
    if found:
        return "date", found.end()
    phone = _PHONE.match(text, start)
    return ("furniture", phone.end()) if phone else None


def _dash_before(text: str, start: int, end: int) -> Claim | None:
    first = start - 1
    if text[first - 1] in DASHES:
        first -= 1
    page = _PAGE.match(text, first)
    if page and text[first - 1] not in ARABIC and text[first - 1] not in LETTERS:
        return "furniture", page.end()
    return _sign_before(text, start, end)


def _colon_behind(text: str, start: int, end: int) -> Claim | None:
    if text[end + 1] not in ARABIC:
        return None
    found = DATE.match(text, start)
    return ("date", found.end()) if found else ("name", end + 2)


def _colon_before(text: str, start: int, end: int) -> Claim | None:
    if text[start - 2] in LETTERS:
        return _sign_before(text, start, end)
    if not _LABEL.search(text, start - 12, start):
        return None
    whole = _LABELLED.match(text, start)
    return "furniture", whole.end() if whole else end


def _slash_behind(text: str, start: int, end: int) -> Claim | None:
    found = DATE.match(text, start)
    if found:
        return "date", found.end()
    page = _PAGE_OF_PAGES.match(text, start) if text[start - 1] == "\n" else None
    return ("furniture", page.end()) if page else None


def _filed(text: str, start: int, end: int) -> Claim | None:
    """`ICP备05012345号-1`, `网安备41010202000123号`: the number under which a web site is filed."""
    filed = _FILED.match(text, start)
    return ("furniture", filed.end()) if filed else None


def _page(text: str, start: int, end: int) -> Claim | None:
    return ("furniture", end) if text[start - 1] in "第共/" else None


AFTER: dict[str, Rule] = {
    "页": _page, "/": _slash_behind,
    **dict.fromkeys(LETTERS, _letter_behind),
    **dict.fromkeys(DASHES, _dash_behind),
    **dict.fromkeys(":：", _colon_behind),
}  # fmt: skip

BEFORE: dict[str, Rule] = {
    "备": _filed,
    **dict.fromkeys("#/_=&.@", _sign_before),
    **dict.fromkeys(LETTERS, _letter_before),
    **dict.fromkeys(DASHES, _dash_before),
    **dict.fromkeys(":：", _colon_before),
}
