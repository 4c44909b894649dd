"""What the tests of readers share: reports to convert, and texts without what layout adds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop.paths import resources
from tests.converting import Block

SAMPLES = sorted((resources() / "samples").glob("*.txt"))


def squeezed(text: str) -> str:
    """Return a text without white space, by which formats differ though they say the same."""
    return re.sub(r"\s", "", text)


def words(blocks: Sequence[Block]) -> str:
    """Return what blocks say, cell by cell, without white space."""
    return squeezed("".join(each if isinstance(each, str) else "".join(map("".join, each)) for each in blocks))
