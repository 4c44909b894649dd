"""The checklist of a release, done in order; it stops at the first thing that is not as it should be.

python packaging/release.py             all of it: some forty minutes, and as root on Linux for the bare Debian
python packaging/release.py --from N    from step N on, where those before it were done already
python packaging/release.py --list      the steps, and what is done by hand afterwards
"""

from __future__ import annotations

import argparse
import hashlib
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

import licences  # noqa: E402

from desktop import __version__  # noqa: E402

DIST = ROOT / "dist"
BY_HAND = """By hand:
- look at the photographs in build/pictures, Chinese and English
- tag the commit: git tag v{version}; pushing the tag builds Windows and macOS (.github/workflows/packages.yml)
- install on a Windows and a macOS that never saw Hebao, open a store by a double click, type Chinese at the desk
- put dist/ and SHA256SUMS where people fetch them, with the newest part of CHANGELOG.md"""


class NotYet(Exception):  # noqa: N818 - an outcome, not an error
    """What keeps this from being a release."""


def run(*command: str | Path) -> None:
    """Run a command in the project; NotYet where it fails."""
    if status := subprocess.call([str(word) for word in command], cwd=ROOT):
        raise NotYet(f"{' '.join(map(str, command))}: {status}")


def nothing_uncommitted() -> None:
    """Every file is committed."""
    told = subprocess.run(["git", "status", "--short"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if told:
        raise NotYet(f"not committed:\n{told}")


def one_version() -> None:
    """The version stands in pyproject.toml, desktop/__init__.py and on top of CHANGELOG.md, and has no tag yet."""
    project = re.search(r'^version = "(.+)"', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), flags=re.M)
    newest = re.search(r"^## (\S+)(.*)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.M)
    said = {project and project[1], newest and newest[1], __version__}
    if len(said) != 1:
        raise NotYet(f"versions differ: {said}")
    if newest and "unreleased" in newest[2].lower():
        raise NotYet("CHANGELOG.md calls this version unreleased")
    tags = subprocess.run(["git", "tag"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split()
    if f"v{__version__}" in tags:
        raise NotYet(f"v{__version__} was released: raise the version")


def everything_holds() -> None:
    """Tests, lint, types, import contracts and generated pages (.ci/run)."""
    run(ROOT / ".ci" / "run")


def licences_allowed() -> None:
    """Every dependency's licence is one that Hebao may use, and docs/licences.md says so."""
    if licences.main(["--check"]):
        raise NotYet("licences")


def builds_alike() -> None:
    """The packages, built twice, are the same byte for byte."""
    run(sys.executable, HERE / "build.py")
    first = hashes()
    run(sys.executable, HERE / "build.py")
    if different := [name for name, said in hashes().items() if first.get(name) != said]:
        raise NotYet(f"built twice, these differ: {', '.join(different)}")


def packages_work() -> None:
    """Every package, tried as its user gets it."""
    made = sorted(path for path in DIST.iterdir() if path.suffix in (".deb", ".xz", ".exe", ".dmg"))
    run(sys.executable, HERE / "check_package.py", *made)


def sums_written() -> None:
    """dist/SHA256SUMS."""
    lines = (f"{said}  {name}\n" for name, said in hashes().items())
    (DIST / "SHA256SUMS").write_text("".join(lines), encoding="utf-8", newline="\n")


def hashes() -> dict[str, str]:
    """Return the SHA-256 of every package in dist, by name."""
    found = {}
    for path in sorted(DIST.iterdir()):
        if path.is_file() and path.name != "SHA256SUMS":
            with path.open("rb") as file:
                found[path.name] = hashlib.file_digest(file, "sha256").hexdigest()
    return found


STEPS: tuple[Callable[[], None], ...] = (
    nothing_uncommitted,
    one_version,
    everything_holds,
    licences_allowed,
    builds_alike,
    packages_work,
    sums_written,
)


def checklist() -> str:
    """Return the steps and what is done by hand, as text."""
    steps = (f"{number}. {step.__doc__}" for number, step in enumerate(STEPS, 1))
    return "\n".join([*steps, BY_HAND.format(version=__version__)])


def main(words: list[str]) -> int:
    """Do the steps; return 1 at the first that does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="start", type=int, default=1, metavar="N", help="leave the steps before it out")
    parser.add_argument("--list", action="store_true", help="say the steps and do nothing")
    chosen = parser.parse_args(words)
    if chosen.list:
        print(checklist())
        return 0
    for number, step in enumerate(STEPS, 1):
        if number < chosen.start:
            continue
        print(f"{number}. {step.__doc__}", flush=True)
        try:
            step()
        except NotYet as reason:
            print(f"not yet: {reason}")
            return 1
    print(BY_HAND.format(version=__version__))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
