"""Rich text as Word and WPS write it: characters by their numbers with a fallback, or by bytes of a font or a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tests.converting import Block, writer

HEAD = (
    r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\froman\fcharset0 Times New Roman;}{\f1\fnil\fcharset134 "
    r"\'cb\'ce\'cc\'e5{\*\falt SimSun};}{\f2\ftech\fcharset2 Wingdings;}}{\colortbl;\red255\green0\blue0;}"
    r"{\stylesheet{\s0 Normal;}}{\info{\title \'b1\'a8\'b8\'e6}}"
    r"{\header \pard\plain\f1 \'b1\'a8\'cb\'cd\'b8\'e5\par}"
    r"{\footer \pard\qc \u8212? {\field{\*\fldinst PAGE}{\fldrslt 1}} \u8212?\par}" + "\r\n"
)


def by_number(text: str) -> str:
    r"""Return text with \u, a question mark for programs that know none."""
    units = text.encode("utf-16-le", "surrogatepass")
    said = []
    for at in range(0, len(units), 2):
        number = int.from_bytes(units[at : at + 2], "little")
        said.append(_plain(chr(number)) if number < 0x80 else rf"\u{number if number < 0x8000 else number - 0x10000}?")
    return r"{\uc1 " + "".join(said) + "}"


def by_number_and_bytes(text: str) -> str:
    r"""Return text with \u and, as fallback, the two bytes of GBK."""
    said = []
    for letter in text:
        raw = letter.encode("gbk", "ignore")
        if len(raw) != 2:
            said.append(by_number(letter) if letter > "\x7f" else _plain(letter))
        else:
            said.append(r"{\uc2\u" + str(ord(letter)) + _bytes(raw) + "}")
    return "".join(said)


def by_font(text: str) -> str:
    """Return text by the bytes of its font, Western letters in theirs, as Word does."""
    said = []
    for letter in text:
        raw = letter.encode("gb18030")
        if letter <= "\x7f":
            said.append(r"{\loch\af0\hich\af0\dbch\f1\loch\f0 " + _plain(letter) + "}")
        elif len(raw) == 2:
            said.append(r"{\loch\f0\hich\f0\dbch\f1 " + _bytes(raw) + "}")
        else:
            said.append(by_number(letter))
    return "".join(said)


def by_head(text: str) -> str:
    """Return text by the bytes of the code page of the head, in a Western font, as careless programs do."""
    return "".join(
        _plain(letter) if letter <= "\x7f" else _bytes(raw) if len(raw := letter.encode("gb18030")) == 2
        else by_number(letter) for letter in text
    )  # fmt: skip


WAYS: dict[str, Callable[[str], str]] = {
    "number": by_number, "number_and_bytes": by_number_and_bytes, "font": by_font, "head": by_head,
}  # fmt: skip


@writer(".rtf")
def write(blocks: Sequence[Block], way: Callable[[str], str] = by_number) -> bytes:
    """Return rich text, each character written in one of WAYS."""
    parts = [HEAD]
    for block in blocks:
        if isinstance(block, str):
            parts.append(r"\pard\plain \ql " + r"\line ".join(map(way, block.split("\n"))) + "\\par\r\n")
            continue
        for row in block:
            edges = "".join(rf"\cellx{2000 * (k + 1)}" for k in range(len(row)))
            cells = "".join(r"\par ".join(map(way, cell.split("\n"))) + r"\cell" for cell in row)
            parts.append(rf"\trowd\trgaph108{edges}\pard\plain\intbl {cells}\row" + "\r\n")
    return ("".join(parts) + "}").encode("ascii")


def _plain(letter: str) -> str:
    return {"\\": "\\\\", "{": r"\{", "}": r"\}", "\t": r"\tab "}.get(letter, letter)


def _bytes(raw: bytes) -> str:
    return "".join(rf"\'{byte:02x}" for byte in raw)
