"""Where a package is tried: a bare root without Python and network, or this machine with a home of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from bare_root import HOME, Root

PATIENCE_S = 300
GOING_S = 30


class Place(Protocol):
    """Somewhere a package is installed: `program` starts it, `samples` are its sample reports."""

    program: str
    samples: str

    def command(self, words: list[str], **settings: str) -> tuple[list[str], dict[str, str] | None]:
        """Return how `words` are run there: the command, and its environment (None: this one's)."""
        ...

    def path(self, inside: str) -> Path:
        """Return where a file of the user's lies on this machine."""
        ...

    def give(self, file: Path, inside: str) -> None:
        """Copy a file to the user."""
        ...


class InRoot:
    """A package in a bare root, its user without network."""

    def __init__(self, root: Root, folder: Path) -> None:
        self.root = root
        self.program = str(folder / "hebao")
        self.samples = str(folder / "_internal" / "resources" / "samples")

    def command(self, words: list[str], **settings: str) -> tuple[list[str], dict[str, str] | None]:
        """Return how `words` are run there."""
        return self.root.command(words, **settings), None

    def path(self, inside: str) -> Path:
        """Return where a file of the user's lies on this machine."""
        return self.root.path(inside)

    def give(self, file: Path, inside: str) -> None:
        """Copy a file to the user."""
        self.root.give(file, inside)


class Here:
    """An application on this machine, with an empty home."""

    def __init__(self, program: Path, home: Path) -> None:
        self.program = str(program)
        beside = (program.parent / "_internal", program.parent.parent / "Resources")
        self.samples = str(next(path for path in beside if path.is_dir()) / "resources" / "samples")
        self.home = home
        home.mkdir(parents=True)

    def command(self, words: list[str], **settings: str) -> tuple[list[str], dict[str, str] | None]:
        """Return how `words` are run here."""
        strangers = ("PYTHON", "QT_", "DISPLAY", "WAYLAND", "XDG_", "HEBAO_", "VIRTUAL_ENV")
        there = {name: value for name, value in os.environ.items() if not name.startswith(strangers)}
        homes = {"HOME": str(self.home), "USERPROFILE": str(self.home), "APPDATA": str(self.home / "AppData")}
        return words, {**there, **homes, "LOCALAPPDATA": str(self.home / "AppData"), **settings}

    def path(self, inside: str) -> Path:
        """Return where a file of the user's lies on this machine."""
        return self.home / inside

    def give(self, file: Path, inside: str) -> None:
        """Copy a file to the user."""
        self.path(inside).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, self.path(inside))


def run(place: Place, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the program at a place; its output and its errors come back as one text."""
    command, environment = place.command([place.program, *words], **settings)
    return subprocess.run(
        command, env=environment, cwd=place.path(""), text=True, encoding="utf-8", timeout=PATIENCE_S,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, check=False,
    )  # fmt: skip


def installed(package: Path, pristine: Path, scratch: Path) -> Place:
    """Return the place where a package is now installed as its user does it."""
    if package.is_dir():
        return Here(package / ("Contents/MacOS/hebao" if package.suffix == ".app" else "hebao"), scratch / "home")
    if package.suffix == ".exe":
        return Here(_by_installer(package, scratch / "installed"), scratch / "home")
    if package.suffix == ".dmg":
        return Here(_out_of_image(package, scratch / "installed"), scratch / "home")
    root = Root(pristine, scratch / "root")
    if package.suffix == ".deb":
        root.give(package, f"/tmp/{package.name}")
        root.install(f"/tmp/{package.name}")
        return InRoot(root, Path("/usr/lib/hebao"))
    root.install("xz-utils")  # as every desktop has
    root.give(package, package.name)
    quiet = subprocess.run(root.command(["tar", "-xf", package.name]), capture_output=True, text=True, check=True)
    if quiet.stdout or quiet.stderr:
        raise RuntimeError(quiet.stdout + quiet.stderr)
    top = next(path for path in root.path("").iterdir() if path.is_dir() and path.name.startswith("hebao-"))
    said = (top / "README.txt").read_text(encoding="utf-8").splitlines()[-1]
    root.install(*(name.partition(" (")[0] for name in said.split(", ")))
    return InRoot(root, HOME / top.name)


def _by_installer(setup: Path, to: Path) -> Path:
    silently = ["/VERYSILENT", "/SUPPRESSMSGBOXES", "/CURRENTUSER", "/NORESTART", f"/DIR={to}"]
    subprocess.run([str(setup), *silently], check=True, timeout=PATIENCE_S)
    return to / "hebao.exe"


def _out_of_image(image: Path, to: Path) -> Path:
    mounted = to.with_name("mounted")
    subprocess.run(["hdiutil", "attach", "-nobrowse", "-quiet", "-mountpoint", str(mounted), str(image)], check=True)
    try:
        shutil.copytree(mounted / "Hebao.app", to / "Hebao.app", symlinks=True)
    finally:
        subprocess.run(["hdiutil", "detach", "-quiet", str(mounted)], check=True)
    return to / "Hebao.app/Contents/MacOS/hebao"


def left_behind(package: Path, scratch: Path) -> list[Path]:
    """Uninstall what an installer of Windows installed; return what it left in its folder."""
    return _uninstalled(scratch / "installed") if package.suffix == ".exe" and sys.platform == "win32" else []


def _uninstalled(folder: Path) -> list[Path]:
    subprocess.run([str(folder / "unins000.exe"), "/VERYSILENT", "/SUPPRESSMSGBOXES"], check=True, timeout=PATIENCE_S)
    until = time.monotonic() + GOING_S
    while (left := list(folder.rglob("*"))) and time.monotonic() < until:  # it has ended, and a copy of it removes it
        time.sleep(0.2)
    return left
