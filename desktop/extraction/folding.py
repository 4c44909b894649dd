"""A report's text as one reads it: wide forms narrowed, wrapped lines joined, footers taken out, offsets kept.

Files break sentences where the page ends, not where the sense does: `3,15⏎6人`, `全年共 — 7 — 受理`, `2 470人次`. All
rules about figures are written for whole sentences, so the text is flattened once and offsets are led back at the end.
"""

from __future__ import annotations

import re
import string
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# Line feeds in front of and behind the text: rules may look this far to either side without asking where it ends.
PAD = 24

_DASHES = "-—–―─－−"
_FOLDED = re.compile("[\uff05\uff0b\uff0e\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2f00-\u2fd5\u25cb\u2236\ufe6a]")
_WIDE = {chr(code): chr(code - 0xFEE0) for code in (0xFF05, 0xFF0B, 0xFF0E, *range(0xFF10, 0xFF1A))}
_WIDE |= {chr(code): chr(code - 0xFEE0) for code in (*range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
# Kangxi radicals, which many PDF files contain in place of the characters; a white circle for 〇; a ratio's colon.
_WIDE |= {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
_WIDE |= {"\u25cb": "〇", "\u2f3e": "户", "\u2236": ":", "\ufe6a": "%"}

_WHITE = "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
_GAP = re.compile(f"{_WHITE}{_WHITE}*")  # not `+`: a single class to begin with lets the search skip the rest in one go
_LINE_END = re.compile("[\n\r\x0b\x0c\x85\u2028\u2029]")
_FOOTER_LINE = re.compile(
    rf"(?:[{_DASHES}·•~]{{1,2}}[ \t]*[0-9]{{1,3}}[ \t]*[{_DASHES}·•~]{{1,2}}"
    r"|第[ \t]*[0-9]{1,3}[ \t]*页(?:[ \t，,/]*共[ \t]*[0-9]{1,3}[ \t]*页)?|[0-9]{1,3}[ \t]*/[ \t]*[0-9]{1,3}"
    r"|(?P<bare>[0-9]{1,3}))[ \t\r\f]*(?:\n\s*|\Z)"
)
_FOOTER_INLINE = re.compile(rf"[{_DASHES}]{{1,2}} ?[0-9]{{1,3}} ?[{_DASHES}]{{1,2}}\s+")
_HEADING = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、．.]|[（(]?[0-9]{1,2}[）).、．](?![0-9])"
    r"|第[一二三四五六七八九十]{1,3}[章节条]|[一二三四五六七八九十]{1,2}是|[①-⑳⑴-⒇]"
)
_GROUP_OPEN = re.compile(r"(?<![0-9])[0-9]{1,3}(?:[,，][0-9]{3})*[,，][0-9]{0,2}\Z")
_GROUP = re.compile("[,，][0-9]{3}(?![0-9])")
_GROUP_HEAD = re.compile(r"(?<![0-9.])[0-9]{1,3}(?: [0-9]{3})*\Z")
_YEAR_TAIL = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}\Z")
_YEAR_HEAD = re.compile(r"(?:19|20)[0-9]{2}\s*年")
_REST_OF_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?[ \t]?[^\s0-9、.．)）A-Za-z]")
_PERCENT = re.compile(r"[0-9]{1,2}\s*%")
_SENTENCE_END = frozenset("。！？；：!?;:")
_DIGITS = frozenset("0123456789")
_UNIT_STARTS = frozenset("个件项条次人名份家场期卷起元宗例户处所支部本篇余多万亿%％年月日天小工分台套类种")
_FOOTER_STARTS = frozenset(f"{_DASHES}·•~第0123456789")
_LETTERS = frozenset(string.ascii_letters)
_NUMBER = re.compile("[0-9]+")
_WRAPPED = 15  # a line shorter than this was hardly broken by the page's width
_SHORT = 6  # nor one shorter than this inside a number


@dataclass(frozen=True, slots=True)
class Flat:
    """A flattened text between line feeds (PAD of them each side) and the way back to the text as given.

    `footers` are the digits of page numbers taken out of sentences: half-open spans of the text as given.
    """

    text: str
    starts: tuple[int, ...]
    shifts: tuple[int, ...]
    footers: tuple[tuple[int, int], ...]

    def origin(self, at: int) -> int:
        """Return the offset in the text as given of the character at `at` of the flattened one."""
        return at + self.shifts[bisect_right(self.starts, at) - 1]

    def spans(self, ordered: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
        """Return where spans of this text (not empty, in order) were given."""
        starts, shifts = (*self.starts, len(self.text) + 1), self.shifts
        found = []
        cut, following, shift = 0, starts[1], shifts[0]
        for start, end in ordered:
            while start >= following:
                cut += 1
                following, shift = starts[cut + 1], shifts[cut]
            found.append((start + shift, end + shift if end <= following else self.origin(end - 1) + 1))
        return found


def fold(text: str) -> str:
    """Return `text` with full-width digits, letters and signs and Kangxi radicals as plain ones, one for one."""
    # A text has some ten kinds of wide characters at most: replacing kind by kind is far cheaper than translating all.
    for wide in set(_FOLDED.findall(text)):
        text = text.replace(wide, _WIDE[wide])
    return text


def flatten(text: str) -> Flat:
    """Return `text` folded, without indentation, spaces beside digits, wraps and footers inside a sentence."""
    text = fold(text)
    pieces = ["\n" * PAD]
    starts, shifts = [0], [-PAD]
    footers: list[tuple[int, int]] = []
    done, line, length, size = 0, 0, PAD, len(text)
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        if start < done:
            continue
        white = text[start:end]
        broken = white == "\n" or (white != " " and _LINE_END.search(white) is not None)
        page = False
        if start > 0 and end < size and text[end] in (_FOOTER_STARTS if broken else _DASHES):
            past = _past_footers(text, start, end, line, broken, footers)
            page, end = past > end, past
        if end == size or start == 0:
            kept = "\n"
        elif broken:
            kept = "" if _wraps(text, start, end, start - line, page) else "\n"
        else:
            kept = _kept_space(text, start, end)
        if broken:
            line = end
        if kept == white and not page:
            continue
        pieces += (text[done:start], kept)
        length += start - done + len(kept)
        starts.append(length)
        shifts.append(end - length)
        done = end
    pieces += (text[done:], "\n" * PAD)
    return Flat("".join(pieces), tuple(starts), tuple(shifts), tuple(footers))


def _past_footers(text: str, start: int, end: int, line: int, broken: bool, footers: list[tuple[int, int]]) -> int:
    """Return where the gap ends once a page footer behind it is counted in; its digits are added to `footers`."""
    found = (_FOOTER_LINE if broken else _FOOTER_INLINE).match(text, end)
    if found is None:
        return end
    if not broken and text[start - 1] in _DIGITS and text[found.end() : found.end() + 1] in _DIGITS:
        # `3,15 — 7 — 6人` is one number, `2021 - 12 - 31` is a date.
        if not _GROUP_OPEN.search(text, max(0, start - 16), start):
            return end
    elif found.lastgroup == "bare" and not _between_lines(text, start, start - line, found.end()):
        return end
    footers.extend(number.span() for number in _NUMBER.finditer(text, end, found.end()))
    return found.end()


def _between_lines(text: str, start: int, before: int, after: int) -> bool:
    """Tell a page number from a table's cell and from a number cut off its unit: full lines stand around the first."""
    if text[after : after + 1] in _UNIT_STARTS and text[start - 1] not in _DIGITS:
        return False
    next_line = text.find("\n", after)
    return before >= _WRAPPED and (len(text) if next_line < 0 else next_line) - after >= _WRAPPED


def _kept_space(text: str, start: int, end: int) -> str:
    """Return what stays of a gap within a line: nothing between 汉字 and digits, a space between words and columns."""
    before, after = text[start - 1], text[end]
    if before in _DIGITS and after in _DIGITS:
        if end - start > 2 and _GROUP_OPEN.search(text, max(0, start - 16), start):
            return ""
        number = _NUMBER.match(text, end)
        three = number is not None and number.end() - end == 3 and end - start == 1
        return "" if three and _GROUP_HEAD.search(text, max(0, start - 16), start) else " "
    if "\t" in text[start:end] and not (before in _DIGITS and after in _UNIT_STARTS):
        return " "
    if before in _DIGITS or after in _DIGITS:
        return " " if (before if after in _DIGITS else after) in _LETTERS else ""
    return "" if end - start == 1 and not (before in _LETTERS and after in _LETTERS) else " "


def _wraps(text: str, start: int, end: int, length: int, page: bool) -> bool:
    """Tell a line that the width (or `page`: the foot) of a page broke from the end of a paragraph of `length`."""
    before, after = text[start - 1], text[end]
    if before in _SENTENCE_END or _HEADING.match(text, end) or "\t" in text[start - length : start]:
        return False  # a row of a table ends with its line
    head = text[max(0, start - 16) : start]
    if after in _DIGITS and before in "0123456789,，.":
        if _GROUP_OPEN.search(head) or (before == "." and _PERCENT.match(text, end)):
            return True
        if before in _DIGITS:
            rest = _REST_OF_NUMBER.match(text, end)
            years = _YEAR_TAIL.search(head) or _YEAR_HEAD.match(text, end)
            return length >= _SHORT and rest is not None and years is None
    if before in _DIGITS and (after in _UNIT_STARTS or _GROUP.match(text, end)):
        return True
    gap = text[start:end]
    if (gap.count("\n") > 1 and not page) or gap.endswith(("  ", "\u3000")):
        return length >= 2 * _WRAPPED and before not in "”》）)" and not gap.endswith("\u3000")
    return length >= _WRAPPED
