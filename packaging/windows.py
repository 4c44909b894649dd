"""The installer for Windows, made by Inno Setup from the application and packaging/hebao.iss."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from desktop import __version__

HERE = Path(__file__).resolve().parent
MADE = HERE.parent / "build" / "made"
USUAL = ("ProgramFiles(x86)", "ProgramFiles", "LOCALAPPDATA")

VERSION = """VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable("080404B0", [
      StringStruct("FileDescription", "核报 Hebao"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("InternalName", "hebao"),
      StringStruct("LegalCopyright", "Apache License 2.0"),
      StringStruct("OriginalFilename", "hebao.exe"),
      StringStruct("ProductName", "核报 Hebao"),
      StringStruct("ProductVersion", "{version}")])]),
    VarFileInfo([VarStruct("Translation", [0x0804, 1200])])
  ]
)
"""


def write_version(to: Path) -> None:
    """Write what Windows shows of the program, in the form that PyInstaller reads."""
    numbers = tuple(int(number) for number in (*__version__.split("."), "0"))
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text(VERSION.format(numbers=numbers, version=__version__), encoding="utf-8")


def compiler() -> str:
    """Return Inno Setup's compiler; RuntimeError where it is not installed."""
    folders = [Path(os.environ[name]) for name in USUAL if name in os.environ]
    usual = (folder / "Inno Setup 6" / "ISCC.exe" for folder in [*folders, *(f / "Programs" for f in folders)])
    found = shutil.which("ISCC") or next((str(path) for path in usual if path.exists()), None)
    if found is None:
        raise RuntimeError("Inno Setup 6 is needed to make the installer")
    return found


def command(frozen: Path, to: Path) -> list[str]:
    """Return what the compiler is told, all but its own name."""
    said = {"Version": __version__, "Frozen": str(frozen), "Made": str(MADE), "Output": str(to)}
    return ["/Qp", *(f"/D{name}={value}" for name, value in said.items()), str(HERE / "hebao.iss")]


def installer(frozen: Path, to: Path) -> Path:
    """Return the installer of the application."""
    subprocess.run([compiler(), *command(frozen, to)], check=True)
    return to / f"hebao-{__version__}-windows-x64.exe"
