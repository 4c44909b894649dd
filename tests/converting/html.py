"""Plain web pages, as a word processor saves them: in GBK, text in spans, wrapped lines in the source."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Sequence

from tests.converting import Block, writer

HEAD = (
    '<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">'
    '<meta name=Generator content="Microsoft Word"><title>报告</title></head>'
)


@writer(".html")
def write(blocks: Sequence[Block]) -> bytes:
    """Return a page in GB18030 that says gb2312, as Word does."""
    return f"{HEAD}<body>\r\n{''.join(map(_block, blocks))}</body></html>".encode("gb18030")


def _block(block: Block) -> str:
    if isinstance(block, str):
        return f"<p class=MsoNormal>{_spans(block) or '<o:p>&nbsp;</o:p>'}</p>\r\n"
    rows = ("".join(f"<td>{'<p>'.join(map(_spans, cell.split(chr(10))))}</td>" for cell in row) for row in block)
    return "<table border=1>" + "\r\n".join(f"<tr>{row}</tr>" for row in rows) + "</table>\r\n"


def _spans(text: str) -> str:
    """Return a text in spans, lines of the source broken where no word of Latin letters is."""
    pieces = textwrap.wrap(text, 23, break_on_hyphens=False, drop_whitespace=False) if text.isascii() else [text]
    return "".join(f"<span lang=ZH-CN>{html.escape(piece).replace(' ', '&nbsp;')}</span>" for piece in pieces)
