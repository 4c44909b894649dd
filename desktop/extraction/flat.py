"""A text without what layout put into it (spaces, wrapped lines, page numbers), and where its headings stand."""

from __future__ import annotations

import re

HEADING = re.compile(
    r"\s*(?:([一二三四五六七八九十]{1,3})、|[（(]([一二三四五六七八九十]{1,3})[）)]"
    r"|(\d{1,2})[.、．](?!\d)|(第[一二三四五六七八九十]+部分)|(【))"
)
NUMBERED = frozenset("一二三四五六七八九十第")
AHEAD = re.compile(r"下一步|下步|工作打算|工作计划|工作安排|努力方向|下阶段|今后|工作思路|工作展望|展望|下一年|未来")
# A section that speaks of what is wanting is of this year until it says otherwise, whatever its heading promises.
WANTING = re.compile(r"问题|差距|短板|不足|困难|薄弱")
# A heading that only names a body: its section speaks of that body's own work.
BODY = re.compile(r"[^，。：]{2,24}(?<!司法)(?:局|法院|检察院|大队|支队|分局|税务所|住建委|卫健委|发改委)\s*\Z")
# The first character is consumed alone, so that the search skips everything else in one go.
BREAKS = re.compile(
    r"[\n \t\u3000\u00a0](?:(?<=\n)(?:\s*[—–-]+\s*\d{1,3}\s*[—–-]+\s*\n|\s*\n\s*(?=[\d０-９，。、；])|(?=[^\n]))"
    r"|(?<!\n)[ \t\u3000\u00a0]*)"
)
ENDS = "。！？!?：:\n"
BULLETS = "●■◆◇○▪•·*-—–➤►★☆"
LONGEST_HEADING = 45


def flatten(text: str, inside: frozenset[int] = frozenset()) -> tuple[str, list[int]]:
    """Return (flat text, the sorted offsets in `text` of the characters left out), brackets made full-width.

    A line end stays where a sentence or a heading ends or a paragraph begins; those at the offsets `inside`, which
    stand in the middle of a figure, never do.
    """
    dropped: list[int] = []
    kept: list[str] = []
    last = 0
    for gap in BREAKS.finditer(text):
        start, end = gap.span()
        if text[start] == "\n" and start not in inside:
            if _ends_line(text, start, end):
                continue
            if _is_row(text, start):
                kept.append(text[last:start] + "；")
                dropped.extend(range(start + 1, end))
                last = end
                continue
        kept.append(text[last:start])
        dropped.extend(range(start, end))
        last = end
    if dropped:
        kept.append(text[last:])
        text = "".join(kept)
    return text.replace("(", "（").replace(")", "）").replace("＋", "+"), dropped


def _ends_line(text: str, start: int, end: int) -> bool:
    if start == 0 or (text[start - 1] in ENDS and end == start + 1):
        return True
    if end > start + 1:
        return False
    line = text.rfind("\n", 0, start) + 1
    if start - line < LONGEST_HEADING and "。" not in text[line:start] and HEADING.match(text, line) is not None:
        return True
    return text[end : end + 1] in BULLETS or HEADING.match(text, end) is not None


def _is_row(text: str, end: int) -> bool:
    """Return whether the line that ends at `end` is the row of a table: cells with tabs or wide gaps between them."""
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    return ("  " in line or "\t" in line or "\u3000\u3000" in line) and "，" not in line and "。" not in line


def heading(flat: str, start: int) -> tuple[int, str]:
    """Return (level, words) of the heading that the line at `start` opens with; level 0 where it opens with none."""
    first = flat[start]
    found = HEADING.match(flat, start) if first in NUMBERED or not first.isalpha() else None
    if found is None:
        return 0, ""
    end = flat.find("\n", start)
    title = flat[start : end if 0 <= end < start + 60 else start + 60].split("。", 1)[0]
    return (1 if found[1] or found[4] or found[5] else 2 if found[2] else 3), title
