"""The characters of one page -> its lines in reading order: columns one after the other, tables row by row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from desktop.reading.glyphs import Glyph, Line, Row, Sheet
from desktop.reading.ruled import Grid, grids

GAP = 1.9  # ems: characters further apart are in other columns, or cells
SPACE = 0.9  # ems: so much room in a line is a space that somebody set
SAME_LINE = 0.45  # ems: middles nearer than this are of one line
COLUMN_ROWS, COLUMN_EMS = 5, 11  # columns of text are at least so many lines high and ems wide
WHITE = frozenset("\t\n\x0b\x0c\r \x85\xa0\u2002\u2003\u2009\u200b\u3000\ufeff")


def rows_of(sheet: Sheet) -> list[Row]:
    """Return the rows of a page in reading order."""
    glyphs = _once(glyph for glyph in sheet.glyphs if glyph.bottom > glyph.top)
    tables = grids(sheet.rules)
    inside: dict[int, list[Glyph]] = {}
    free: list[Glyph] = []
    for glyph in glyphs:
        at = next((k for k, grid in enumerate(tables) if grid.holds(glyph)), None)
        if at is None:
            free.append(glyph)
        else:
            inside.setdefault(at, []).append(glyph)
    strips = [_segments(strip) for strip in _strips(free)]
    rows = _in_columns([strip for strip in strips if strip])
    for at, held in sorted(inside.items()):
        table = list(_table_rows(tables[at], held))
        if not table:
            continue
        above = sum(row.middle < table[0].middle for row in rows)
        rows[above:above] = table
    return rows


def _once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Return glyphs without those painted twice, as bold type is feigned."""
    seen: dict[tuple[str, int, int], Glyph] = {}
    kept = []
    for glyph in glyphs:
        em = glyph.em
        column, row = round(glyph.left / em), round(glyph.middle / em)
        near = (seen.get((glyph.text, column + dx, row + dy)) for dx in (0, -1, 1) for dy in (0, -1, 1))
        if any(o and abs(o.left - glyph.left) < 0.2 * em and abs(o.middle - glyph.middle) < 0.2 * em for o in near):
            continue
        seen[glyph.text, column, row] = glyph
        kept.append(glyph)
    return kept


def _strips(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Return the glyphs that stand at one height, from left to right, the highest first."""
    strips: list[list[Glyph]] = []
    middles: list[float] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.middle):
        for k in range(len(strips) - 1, max(-1, len(strips) - 4), -1):
            if abs(glyph.middle - middles[k]) < SAME_LINE * min(glyph.em, strips[k][0].em):
                strips[k].append(glyph)
                break
        else:
            strips.append([glyph])
            middles.append(glyph.middle)
    return [sorted(strip, key=lambda glyph: (glyph.left, glyph.right)) for strip in strips]


def _segments(strip: Sequence[Glyph]) -> list[Line]:
    """Return the lines that one strip is made of: parted where there is nothing for a while."""
    lines: list[Line] = []
    part: list[Glyph] = []
    for glyph in strip:
        if glyph.text in WHITE:
            part += [glyph] if part else []
            continue
        before = next((one for one in reversed(part) if one.text not in WHITE), None)
        if before is not None:
            room, em = glyph.left - before.right, max(before.em, glyph.em)
            if room > GAP * em:
                lines.append(_line(part))
                part = []
            elif part[-1] is before and _is_space(before, glyph, room / em):
                part.append(Glyph(" ", before.right, glyph.top, glyph.left, glyph.bottom, glyph.box))
        part.append(glyph)
    if part:
        lines.append(_line(part))
    return lines


def _is_space(before: Glyph, after: Glyph, room: float) -> bool:
    """Tell whether so much room (in ems) between two glyphs was set as a space."""
    if before.text.isascii() and after.text.isascii() and before.text.isalpha() and after.text.isalpha():
        return room > 0.18
    return room > SPACE


def _line(glyphs: Sequence[Glyph]) -> Line:
    end = len(glyphs)
    while glyphs[end - 1].text in WHITE:
        end -= 1
    kept = glyphs[:end]
    ems = sorted(glyph.em for glyph in kept)
    middle = median(glyph.middle for glyph in kept)
    return Line(kept, kept[0].left, max(glyph.right for glyph in kept), middle, ems[len(ems) // 2])


def _in_columns(strips: Sequence[Sequence[Line]]) -> list[Row]:
    """Return rows in reading order: where a gutter parts the text, what is left of it first."""
    found = _gutter(strips)
    if found is None:
        return [row for strip in strips for row in _row(strip, 0)]
    gutter, first, last = found
    rows = [row for strip in strips[:first] for row in _row(strip, 0)]
    for column in (1, 2):
        for strip in strips[first:last]:
            side = [line for line in strip if (line.left + line.right < 2 * gutter) == (column == 1)]
            rows += _row(side, column)
    return rows + [row for strip in strips[last:] for row in _row(strip, 0)]


def _row(strip: Sequence[Line], column: int) -> Iterator[Row]:
    if len(strip) == 1:
        yield Row(strip[0], column=column)
    elif strip:
        yield Row(None, [[line] for line in strip], column)


def _gutter(strips: Sequence[Sequence[Line]]) -> tuple[float, int, int] | None:
    """Return where running text in two columns is parted, and the strips (half-open) that it parts."""
    pairs = [(k, strip[0], strip[1]) for k, strip in enumerate(strips) if len(strip) == 2]
    wide = [
        (k, one, other)
        for k, one, other in pairs
        if min(one.right - one.left, other.right - other.left) > COLUMN_EMS * max(one.em, other.em)
    ]
    if len(wide) < COLUMN_ROWS or 2 * len(wide) < len(pairs):
        return None
    gutter = median((one.right + other.left) / 2 for _, one, other in wide)
    parted = [not any(line.left < gutter < line.right for line in strip) for strip in strips]
    first, last = wide[0][0], wide[-1][0] + 1
    if not all(parted[first:last]):
        return None
    left = min(one.left for _, one, _ in wide)
    while first > 0 and parted[first - 1] and _beside(strips[first - 1], strips[first], left):
        first -= 1
    while last < len(strips) and parted[last] and _beside(strips[last], strips[last - 1], left):
        last += 1
    return gutter, first, last


def _beside(strip: Sequence[Line], nearest: Sequence[Line], left: float) -> bool:
    """Tell a line of one column alone from one over the whole width: it stands right by the others."""
    line, other = strip[0], nearest[0]
    return abs(line.middle - other.middle) < 2.2 * other.em and line.em < 1.2 * other.em and line.left > left - line.em


def _table_rows(grid: Grid, glyphs: Sequence[Glyph]) -> Iterator[Row]:
    """Yield the rows of a drawn table, each cell with its lines; a cell over several rows stands in the first."""
    cells: dict[tuple[float, float], list[Glyph]] = {}
    for glyph in glyphs:
        cells.setdefault(grid.cell(glyph), []).append(glyph)
    filled = [(top, left, _cell_lines(held)) for (top, left), held in sorted(cells.items())]
    filled = [one for one in filled if one[2]]
    row: list[Sequence[Line]] = []
    for k, (top, _, lines) in enumerate(filled):
        if k and top != filled[k - 1][0]:
            yield Row(None, row)
            row = []
        row.append(lines)
    if row:
        yield Row(None, row)


def _cell_lines(glyphs: Sequence[Glyph]) -> list[Line]:
    return [line for strip in _strips(glyphs) for line in _segments(strip)]
