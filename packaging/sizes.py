"""How large the frozen application is, and what for: each large part by name.

python packaging/sizes.py build/frozen/hebao    writes the table into docs/packages.md
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import contents

LARGE_MB = 1.0
PAGE = Path(__file__).resolve().parent.parent / "docs" / "packages.md"
MARKS = ("<!-- sizes: written by packaging/sizes.py -->", "<!-- end of sizes -->")


def parts(folder: Path) -> dict[str, int]:
    """Return bytes by part (a library's folder, or a file by its name), the largest first."""
    inside = next((path for path in (folder / "_internal", folder / "Contents") if path.is_dir()), folder)
    counted = Counter[str]()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            below = path.relative_to(inside).parts if path.is_relative_to(inside) else path.relative_to(folder).parts
            counted[_part(below)] += path.stat().st_size
    return dict(counted.most_common())


def _part(below: tuple[str, ...]) -> str:
    names = [name for name in below if name not in ("Frameworks", "Resources", "MacOS", "python3.11")]
    known = (purpose for purpose in contents.PURPOSE if names[0].lower().startswith(purpose.lower()))
    longest = max(known, key=len, default=names[0])
    return longest if len(names) == 1 or longest == names[0] else names[0]


def megabytes(folder: Path) -> float:
    """Return the size of everything in a folder."""
    return sum(parts(folder).values()) / 1e6


def must_fit(folder: Path) -> None:
    """Raise RuntimeError where the application is larger than it may be, or a large part has no purpose named."""
    if megabytes(folder) > contents.LARGEST_MB:
        raise RuntimeError(f"{megabytes(folder):.0f} MB unpacked; at most {contents.LARGEST_MB} are wanted")
    unnamed = [name for name, size in parts(folder).items() if size >= LARGE_MB * 1e6 and name not in contents.PURPOSE]
    if unnamed:
        raise RuntimeError(f"say in packaging/contents.py what these are for: {', '.join(unnamed)}")


def told(folder: Path) -> Iterator[str]:
    """Yield the lines of a table of the large parts."""
    yield "| part | MB | what for |"
    yield "| --- | ---: | --- |"
    rest = 0
    for name, size in parts(folder).items():
        if size < LARGE_MB * 1e6:
            rest += size
        else:
            yield f"| {name} | {size / 1e6:.1f} | {contents.PURPOSE.get(name, '')} |"
    yield f"| everything else | {rest / 1e6:.1f} | |"
    yield f"| together | {megabytes(folder):.1f} | |"


def write(folder: Path) -> None:
    """Write the table into docs/packages.md, between its two marks."""
    text = PAGE.read_text(encoding="utf-8")
    before, _, rest = text.partition(MARKS[0])
    after = rest.partition(MARKS[1])[2]
    table = "\n".join([MARKS[0], "", *told(folder), "", MARKS[1]])
    PAGE.write_text(before + table + after, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
