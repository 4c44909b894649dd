"""The disk image for macOS: the application beside a link to where applications are kept."""

from __future__ import annotations

import platform
import shutil
import subprocess
from pathlib import Path
from typing import Any

from desktop import __version__

BUILD = Path(__file__).resolve().parent.parent / "build"
STORE_TYPE = "hebao.store"

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
    "LSMinimumSystemVersion": "13.0",
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
