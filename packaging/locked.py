"""What requirements.lock says: which packages, which of them for what, and a lock of fewer of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PROJECT = "hebao"
BLOCK = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)(?: ; (.*?))? \\$", flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Locked:
    """One package of the lock file: `marker` says where it is wanted, `via` what wants it, `text` is its block."""

    name: str
    version: str
    marker: str
    via: frozenset[str]
    text: str


def read(lock: Path = LOCK) -> list[Locked]:
    """Return the packages of a lock file, in its order; one with two versions by marker stands twice."""
    return [_block(text) for text in re.split(r"^(?=[A-Za-z0-9])", lock.read_text(encoding="utf-8"), flags=re.M)[1:]]


def _block(text: str) -> Locked:
    head = BLOCK.match(text)
    if head is None:
        raise ValueError(f"no package of a lock file: {text.splitlines()[0]}")
    said = text.partition("# via")[2].replace("(pyproject.toml)", "")
    via = (plain(word) for word in re.findall(r"[A-Za-z0-9][\w.-]*", said))
    return Locked(plain(head[1]), head[2], head[3] or "", frozenset(via), text)


def plain(name: str) -> str:
    """Return a package's name as all spellings of it agree."""
    return re.sub(r"[-_.]+", "-", name).lower()


def extras() -> list[str]:
    """Return the names of the extras that pyproject.toml has."""
    return list(_project()["optional-dependencies"])


def _project() -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def asked(*extras: str) -> list[str]:
    """Return the names of the packages that pyproject.toml asks for: those to run with, and those of `extras`."""
    project = _project()
    wanted = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [plain(re.split(r"[\s\[<>=!~;]", line, maxsplit=1)[0]) for line in wanted]


def needed(names: Iterable[str], packages: Iterable[Locked]) -> list[Locked]:
    """Return the packages of these names and all that those need in turn; KeyError names one that is not locked."""
    packages = list(packages)
    found, waiting = set[str](), list(names)
    if missing := set(waiting) - {package.name for package in packages}:
        raise KeyError(f"{', '.join(sorted(missing))} not in {LOCK.name}: lock again (CONTRIBUTING.md)")
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [package.name for package in packages if name in package.via]
    return [package for package in packages if package.name in found]
