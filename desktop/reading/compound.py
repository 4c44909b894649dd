"""The container of .doc and .wps files ([MS-CFB]): streams in sectors, a table saying which sector follows which.

olefile has no bounds: an 11 KB file whose chains run in circles takes it three gigabytes, another one, even where it is
told to be strict, more than a minute; a folder of 64,000 streams (8 MB) takes it 25 s, twice as many four times that.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

HEAD = 512
IN_HEAD = 109  # sectors of the table that the head itself lists
LAST = 0xFFFFFFFA  # numbers from here on are no sectors: the end of a chain, sectors that are free
STREAM = 2


class DamagedError(Exception):
    """The file is cut short, or its tables lead nowhere or in a circle."""


class _Entry(NamedTuple):
    """What the folder says of a stream: its name, kind, neighbours by number, first sector and size in bytes."""

    name: str
    kind: int
    before: int
    after: int
    inside: int
    start: int
    size: int


class Compound:
    """One file; raises DamagedError."""

    def __init__(self, data: bytes) -> None:
        if len(data) < HEAD:
            raise DamagedError
        self._data = data
        shift, self._small = struct.unpack_from("<HH", data, 30)
        folder, self._cutoff, small_table = struct.unpack_from("<I4xII", data, 48)
        if shift not in (9, 12) or self._small != 6:
            raise DamagedError
        self._size = 1 << shift
        self._follows = self._table(self._listed())
        self._entries = list(self._folder(folder))
        if not self._entries:
            raise DamagedError
        self._small_follows = self._table(self._chain(small_table)) if small_table < LAST else ()

    def stream(self, name: str) -> bytes | None:
        """Return the bytes of a stream that lies in no folder of the file, None where it has none of that name."""
        entry = next((entry for entry in self._beside_each_other() if entry.name == name), None)
        if entry is None:
            return None
        if entry.size >= self._cutoff:
            return self._read(entry)
        step = 1 << self._small
        holder, parts = self._read(self._entries[0]), []
        for number in self._chain(entry.start, self._small_follows, -(-entry.size // step)):
            parts.append(holder[number * step : (number + 1) * step])
        return _whole(b"".join(parts), entry.size)

    def _read(self, entry: _Entry) -> bytes:
        sectors = self._chain(entry.start, self._follows, -(-entry.size // self._size))
        return _whole(b"".join(map(self._sector, sectors)), entry.size)

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _listed(self) -> Iterator[int]:
        """Yield the sectors of the table of what follows what: those in the head, then those listed in sectors."""
        yield from (number for number in struct.unpack_from(f"<{IN_HEAD}I", self._data, 76) if number < LAST)
        more, count = struct.unpack_from("<II", self._data, 68)
        for _ in range(min(count, len(self._data) // self._size)):
            if more >= LAST:
                return
            *numbers, more = _numbers(self._sector(more)) or (LAST,)
            yield from (number for number in numbers if number < LAST)

    def _table(self, sectors: Iterator[int]) -> tuple[int, ...]:
        return _numbers(b"".join(self._sector(number) for number in dict.fromkeys(sectors)))

    def _chain(self, start: int, follows: tuple[int, ...] | None = None, most: int | None = None) -> Iterator[int]:
        """Yield a sector and those that follow it, `most` at the most, all of them without it."""
        table, number = self._follows if follows is None else follows, start
        for _ in range(len(table) + 1):
            if number >= LAST or most == 0:
                return
            if number >= len(table):
                raise DamagedError
            yield number
            most = None if most is None else most - 1
            number = table[number]
        raise DamagedError

    def _folder(self, start: int) -> Iterator[_Entry]:
        data = b"".join(map(self._sector, self._chain(start)))
        for at in range(0, len(data) - 127, 128):
            length, kind = struct.unpack_from("<HB", data, at + 64)
            name = data[at : at + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
            before, after, inside = struct.unpack_from("<III", data, at + 68)
            first, size = struct.unpack_from("<II", data, at + 116)
            yield _Entry(name, kind, before, after, inside, first, size)

    def _beside_each_other(self) -> Iterator[_Entry]:
        """Yield the streams of the outermost folder."""
        waiting, seen = [self._entries[0].inside], set()
        while waiting:
            number = waiting.pop()
            if number < len(self._entries) and number not in seen:
                seen.add(number)
                entry = self._entries[number]
                waiting += [entry.before, entry.after]
                if entry.kind == STREAM:
                    yield entry


def _numbers(data: bytes) -> tuple[int, ...]:
    return struct.unpack_from(f"<{len(data) // 4}I", data)


def _whole(data: bytes, size: int) -> bytes:
    if len(data) < size:
        raise DamagedError
    return data[:size]
