"""The end of a report: who signs it, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from desktop.extraction.bodies import LAST_SIGNS, close_up, split_bodies
from desktop.extraction.furniture import LONGEST_LINE, clean, is_date
from desktop.extraction.places import narrowed

TAIL = 1500  # characters; signature, attachments and web page furniture together are shorter
_STAMP = re.compile(r"\s*[(（](?:盖章|公章|印章?|章)[)）]\s*$")
_DATE_BEHIND = re.compile(r"\s*(?:19|20)\d\d ?年 ?\d{1,2} ?月 ?\d{1,2} ?日$|\s*[二一][〇零O0九].{2}年.{1,3}月.{1,3}日$")
# What a date can begin with, and what a line can end in that holds bodies, a stamp and a date.
_DATE_STARTS = frozenset("(（12１２二一")
_SIGNED_ENDS = LAST_SIGNS | frozenset(")）日")
_SENTENCE_END = re.compile(r"[。！？!?.；;”）)]$")
_BODY_WORDS = re.compile(r"政\s*府|[委局厅室院]|[支总大]队|公署|小组|办$|办事处|办\s")
_BETWEEN = re.compile(r"附件?|特此|专此|以上报告|联系人|\d{1,2}[、.．]|[（(](?:此件|联系)")


@dataclass(slots=True)
class Ending:
    """The bodies that sign a report and the dates under it."""

    bodies: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)


def read_ending(text: str) -> Ending:
    """Return the first signature of the tail: lines of bodies alone, behind a sentence or before a date."""
    lines = [line for raw in re.split(r"[\n\r\x0b\x0c]", text[-TAIL:]) if (line := clean(raw))]
    lines = [line if len(line) > LONGEST_LINE else close_up(line) for line in lines]
    # Only a line that begins like a date is looked at as one.
    narrow = [narrowed(line) if line[0] in _DATE_STARTS and len(line) <= LONGEST_LINE else "" for line in lines]
    signed = [_signers(line) for line in lines]
    ending = Ending([], [line for line in narrow if is_date(line)])
    at = 0
    while at < len(lines):
        if not signed[at]:
            at += 1
            continue
        first = at
        while at < len(lines) and signed[at]:
            at += 1
        if _closes(lines, narrow, first, at):
            ending.bodies = [name for names in signed[first:at] for name in names]
            after = [date.group() for line in lines[first:at] if (date := _DATE_BEHIND.search(narrowed(line)))]
            ending.dates = after + [line for line in narrow[at:] if is_date(line)] or ending.dates
            break
    return ending


def _signers(line: str) -> list[str]:
    """Return the bodies of a line that holds them and at most a stamp's mark and a date."""
    if line[-1] not in _SIGNED_ENDS or len(line) > LONGEST_LINE or "。" in line or not _BODY_WORDS.search(line):
        return []
    bare = _STAMP.sub("", line)
    if date := _DATE_BEHIND.search(narrowed(bare)):
        bare = bare[: date.start()]
    return split_bodies(bare)


def _closes(lines: list[str], narrow: list[str], first: int, after: int) -> bool:
    """Tell a signature from other lines of bodies (links of a web page, the heading of a short text)."""
    dated = (after < len(lines) and is_date(narrow[after])) or _DATE_BEHIND.search(
        narrowed(lines[after - 1])
    ) is not None
    before = lines[first - 1] if first else ""
    return dated or bool(before and (_SENTENCE_END.search(before) or _BETWEEN.match(before)))
