"""The lists of a Word 97-2003 document ([MS-DOC] PlfLst, PlfLfo): how its paragraphs and styles are numbered."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from desktop.reading.numbering import Level, Numbering
from desktop.reading.word_file import LEVEL, LIST, STYLE, Said, WordFile, codes

STYLES, LISTS, OVERRIDES = 1, 73, 74  # rows of the head's list of tables
LEVELS = 9
NUMBERED_BY_PLACE = 0x7FE  # numbers of lists above that mean no list
KINDS = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 16: "japaneseLegal", 17: "japaneseDigitalTenThousand",
    18: "decimalEnclosedCircle", 19: "decimalFullWidth2", 22: "decimalZero", 23: "bullet",
    26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen", 28: "decimalEnclosedCircleChinese",
    29: "ideographEnclosedCircle", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 255: "none",
}  # fmt: skip


def numbering(file: WordFile) -> Numbering:
    """Return the lists of a document; none where what the file says of them makes no sense."""
    try:
        return Numbering(dict(_definitions(file)), dict(_lists(file)), dict(_styles(file)))
    except (struct.error, IndexError):
        return Numbering()


def named(said: Said) -> tuple[str | None, str | None, int | None]:
    """Return (style, list, level) that a paragraph names, None for what it does not."""
    style = str(int.from_bytes(said[STYLE], "little")) if STYLE in said else None
    return style, _list_of(said), said[LEVEL][0] if said.get(LEVEL) else None


def _list_of(said: Said) -> str | None:
    number = int.from_bytes(said[LIST], "little") if LIST in said else None
    return None if number is None else str(number if number <= NUMBERED_BY_PLACE else 0)


def _definitions(file: WordFile) -> Iterator[tuple[str, dict[int, Level]]]:
    """Yield (list, its levels); the levels stand behind the table of the lists, in its order."""
    start, length = struct.unpack_from("<II", file.stream, 0x9A + 8 * LISTS)
    if not length:
        return
    tables, at = file.tables, start + length
    for i in range(struct.unpack_from("<H", tables, start)[0]):
        told = tables[start + 2 + 28 * i : start + 30 + 28 * i]
        styles = struct.unpack_from("<9h", told, 8)
        levels = {}
        for number in range(1 if told[26] & 1 else LEVELS):
            levels[number], at = _level(tables, at, str(styles[number]) if styles[number] >= 0 else "")
        yield str(struct.unpack_from("<i", told)[0]), levels


def _level(tables: bytes, at: int, style: str) -> tuple[Level, int]:
    """Return the level that stands at a place, and the place behind it."""
    start, kind, flags = struct.unpack_from("<iBB", tables, at)
    follows, looks, place, limit = tables[at + 15], tables[at + 24], tables[at + 25], tables[at + 26]
    at += 28 + looks + place
    length = struct.unpack_from("<H", tables, at)[0]
    text = tables[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    level = Level(
        start=start,
        kind=KINDS.get(kind, "decimal"),
        text="".join(f"%{ord(sign) + 1}" if sign < "\x09" else sign for sign in text),
        style=style,
        restarts=limit if flags & 0x08 else None,
        decimal_only=bool(flags & 0x04),
        spaced=follows != 2,
    )
    return level, at + 2 + 2 * length


def _lists(file: WordFile) -> Iterator[tuple[str, tuple[str, dict[int, int], dict[int, Level]]]]:
    """Yield (number, (list, where its levels start anew, levels that it has of its own))."""
    table = file.table(OVERRIDES)
    number = struct.unpack_from("<I", table)[0] if table else 0
    at = 4 + 16 * number
    for i in range(min(number, len(table) // 16)):
        name, overridden = struct.unpack_from("<i8xB", table, 4 + 16 * i)
        starts, levels = {}, {}
        at += 4
        for _ in range(overridden):
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            if flags & 0x20:
                levels[flags & 0xF], at = _level(table, at, "")
            elif flags & 0x10:
                starts[flags & 0xF] = start
        yield str(i + 1), (str(name), starts, levels)


def _styles(file: WordFile) -> Iterator[tuple[str, tuple[str | None, int | None, str | None]]]:
    """Yield (style, (list, level, the style that it is based on)) of the styles of paragraphs."""
    sheet = file.table(STYLES)
    if not sheet:
        return
    head, number, fixed = struct.unpack_from("<HHH", sheet)
    at = 2 + head
    for style in range(number):
        if at + 2 > len(sheet):
            return
        size = struct.unpack_from("<H", sheet, at)[0]
        told = sheet[at + 2 : at + 2 + size]
        at += 2 + size
        if size <= fixed + 2 or told[2] & 0xF != 1:
            continue
        based_on = struct.unpack_from("<H", told, 2)[0] >> 4
        paragraph = fixed + 4 + 2 * struct.unpack_from("<H", told, fixed)[0]
        length = struct.unpack_from("<H", told, paragraph)[0] if paragraph + 2 <= size else 0
        said = codes(told[paragraph + 4 : paragraph + 2 + length])
        level = said[LEVEL][0] if said.get(LEVEL) else None
        yield str(style), (_list_of(said), level, None if based_on == 0xFFF else str(based_on))
