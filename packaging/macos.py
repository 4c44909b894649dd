"""The disk image for macOS: the application beside a link to where applications are kept."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

from desktop import __version__

BUILD = Path(__file__).resolve().parent.parent / "build"
STORE_TYPE = "hebao.store"

FLOOR = (11, 0)  # Python's own, and that of the first Macs with a processor of Apple's


def oldest_system(wheels: Iterable[str], machine: str) -> str:
    """Return the oldest macOS that packages run on; `wheels` is what is written in each one's WHEEL file.

    pip takes the newest build of a package that the building machine can run: it may ask for more than others of it.
    """
    floors = [FLOOR]
    for wheel in wheels:
        tags = re.findall(rf"^Tag: .*-macosx_(\d+)_(\d+)_(?:{machine}|universal2)$", wheel, flags=re.M)
        floors += [min((int(major), int(minor)) for major, minor in tags)] if tags else []
    return ".".join(map(str, max(floors)))


def _installed() -> list[str]:
    return [package.read_text("WHEEL") or "" for package in metadata.distributions()]


INFO: dict[str, Any] = {
    "CFBundleIdentifier": "hebao.hebao",
    "CFBundleName": "Hebao",
    "CFBundleDisplayName": "核报 Hebao",
    "CFBundleShortVersionString": __version__,
    "CFBundleVersion": __version__,
    "CFBundleDevelopmentRegion": "zh_CN",
    "CFBundleLocalizations": ["zh_CN", "en"],
    "CFBundleDocumentTypes": [
        {
            "CFBundleTypeName": "核报报告库 Hebao store",
            "CFBundleTypeRole": "Editor",
            "CFBundleTypeIconFile": "hebao.icns",
            "LSHandlerRank": "Owner",
            "LSItemContentTypes": [STORE_TYPE],
        }
    ],
    "UTExportedTypeDeclarations": [
        {
            "UTTypeIdentifier": STORE_TYPE,
            "UTTypeDescription": "核报报告库 Hebao store",
            "UTTypeConformsTo": ["public.data"],
            "UTTypeTagSpecification": {"public.filename-extension": ["hebao"]},
        }
    ],
    "LSApplicationCategoryType": "public.app-category.productivity",
    "LSBackgroundOnly": False,  # as PyInstaller says of what has a console: no window would come to the front
    "LSMinimumSystemVersion": oldest_system(_installed(), platform.machine()),
    "NSHighResolutionCapable": True,
    "NSHumanReadableCopyright": "Apache License 2.0",
}


def staged(frozen: Path) -> Path:
    """Return a folder as the disk image shows it."""
    folder = BUILD / "image"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(frozen, folder / "Hebao.app", symlinks=True)
    (folder / "Applications").symlink_to("/Applications")
    return folder


def command(folder: Path, made: Path) -> list[str]:
    """Return what makes a compressed image of a folder."""
    return [
        "hdiutil", "create", "-quiet", "-ov", "-fs", "HFS+", "-format", "UDZO",
        "-volname", "核报 Hebao", "-srcfolder", str(folder), str(made),
    ]  # fmt: skip


def image(frozen: Path, to: Path) -> Path:
    """Return a disk image of the application."""
    made = to / f"hebao-{__version__}-macos-{platform.machine()}.dmg"
    subprocess.run(command(staged(frozen), made), check=True)
    return made
