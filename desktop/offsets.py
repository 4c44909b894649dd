"""Code points <-> UTF-16 units: offsets in Hebao count code points, positions in Qt count UTF-16 units."""

from __future__ import annotations

from bisect import bisect_left


class Offsets:
    """Converts positions of one text both ways in O(log n) of its characters outside the Basic Multilingual Plane."""

    def __init__(self, text: str) -> None:
        some = bool(text) and max(text) > "\uffff"  # hardly any text has one
        self._wide = [i for i, c in enumerate(text) if ord(c) > 0xFFFF] if some else []
        self._wide_utf16 = [i + k for k, i in enumerate(self._wide)]

    def to_utf16(self, code_point: int) -> int:
        """Return the UTF-16 position of a code-point offset."""
        return code_point + bisect_left(self._wide, code_point)

    def to_code_point(self, utf16: int) -> int:
        """Return the code-point offset of a UTF-16 position; a position inside a surrogate pair counts as its start."""
        before = bisect_left(self._wide_utf16, utf16)
        if before and self._wide_utf16[before - 1] == utf16 - 1:
            return self._wide[before - 1]
        return utf16 - before
