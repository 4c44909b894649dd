"""The container of .doc files ([MS-CFB]): sectors of 512 bytes, a table of which follows which, a folder of streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping

SECTOR = 512
LEAST = 4096  # bytes: smaller streams would stand in a container of their own
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def compound(streams: Mapping[str, bytes]) -> bytes:
    """Return a compound file with these streams, small ones filled up with zeros."""
    padded = {name: _filled(data, SECTOR, LEAST) for name, data in streams.items()}
    folder = -(-(len(padded) + 1) * 128 // SECTOR)
    data = sum(len(stream) // SECTOR for stream in padded.values())
    tables = 1
    while tables * SECTOR // 4 < tables + folder + data:
        tables += 1
    follows, starts, at = [TABLE] * tables, {}, tables
    for name, sectors in (("", folder), *((name, len(stream) // SECTOR) for name, stream in padded.items())):
        starts[name] = at
        follows += [*range(at + 1, at + sectors), END]
        at += sectors
    follows += [FREE] * (tables * SECTOR // 4 - len(follows))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, starts[""], 0,
        LEAST, END, 0, END, 0,
    ) + struct.pack("<109I", *range(tables), *[FREE] * (109 - tables))  # fmt: skip
    return b"".join(
        [head, struct.pack(f"<{len(follows)}I", *follows), _folder(padded, starts, folder * SECTOR), *padded.values()]
    )


def _folder(streams: Mapping[str, bytes], starts: Mapping[str, int], size: int) -> bytes:
    """Return the entries of the folder; streams hang on each other in the order of their names."""
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    places = {name: place for place, name in enumerate(names, 1)}
    entries = [_entry("Root Entry", 5, FREE, places[names[0]], END, 0)]
    for name in names:
        after = places[name] + 1 if places[name] < len(names) else FREE
        entries.append(_entry(name, 2, after, FREE, starts[name], len(streams[name])))
    return _filled(b"".join(entries), size, size)


def _entry(name: str, kind: int, after: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    return struct.pack(
        "<64sHBBIII16x4x16xIQ", written, len(written) + 2, kind, 1, FREE, after, child, start, size
    )  # fmt: skip


def _filled(data: bytes, step: int, least: int) -> bytes:
    size = max(least, -(-len(data) // step) * step)
    return data + bytes(size - len(data))
