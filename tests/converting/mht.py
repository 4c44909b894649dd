"""Web pages saved as one file: the page as a part of a mail, pictures and the pages of its frames behind it."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence

from tests.converting import Block, writer
from tests.converting.html import write as page

EDGE = "----=_NextPart_000_0076_01D5A1B2"


@writer(".mht")
def write(blocks: Sequence[Block]) -> bytes:
    """Return a mail with a page in GB18030 that its part's head calls gb2312."""
    return mail(page(blocks), "gb2312")


def mail(content: bytes, charset: str) -> bytes:
    """Return a mail whose first part is a page, then a picture and the small page of a frame."""
    parts = [
        ("text/html", f';\r\n\tcharset="{charset}"', "quoted-printable", quopri.encodestring(content)),
        ("image/gif", "", "base64", base64.encodebytes(b"GIF89a" + bytes(600))),
        ("text/html", ';\r\n\tcharset="utf-8"', "base64", base64.encodebytes("<p>今日天气，晴，12度。</p>".encode())),
    ]
    head = (
        "From: <Saved by x>\r\nSubject: =?utf-8?B?5oql5ZGK?=\r\nMIME-Version: 1.0\r\n"
        f'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="{EDGE}"\r\n\r\n'
    )
    body = b""
    for kind, told, way, inside in parts:
        own = f"Content-Type: {kind}{told}\r\nContent-Transfer-Encoding: {way}\r\nContent-Location: x\r\n\r\n"
        body += f"--{EDGE}\r\n{own}".encode() + inside + b"\r\n"
    return head.encode() + body + f"--{EDGE}--\r\n".encode()
