"""Build Hebao's packages for the system this runs on, from requirements.lock; they lie in dist/ afterwards.

python packaging/build.py            everything: a .tar.xz and a .deb, an installer for Windows, or a .dmg for macOS
python packaging/build.py --frozen   the application alone, in build/frozen
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(ROOT))

import contents  # noqa: E402
import licences  # noqa: E402
import locked  # noqa: E402
import pictograms  # noqa: E402
import sizes  # noqa: E402

from desktop import __version__  # noqa: E402

BUILD, DIST = ROOT / "build", ROOT / "dist"
MADE = BUILD / "made"
SYSTEMS = {"linux": "linux", "win32": "windows", "darwin": "macos"}


def main(words: list[str]) -> int:
    """Build what is asked for; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frozen", action="store_true", help="the application alone, in build/frozen")
    chosen = parser.parse_args(words)
    os.environ.update(SOURCE_DATE_EPOCH=str(epoch()), PYTHONHASHSEED="1", HEBAO_BUILD=str(MADE))
    python = environment()
    if Path(sys.executable).resolve() != python.resolve() or sys.prefix != str(python.parent.parent):
        return subprocess.call([str(python), __file__, *words])  # what is needed is there from here on
    frozen = freeze()
    for line in sizes.told(frozen):
        print(line)
    if chosen.frozen:
        return 0
    DIST.mkdir(exist_ok=True)
    for package in packages(frozen):
        print(f"{package.relative_to(ROOT)}  {package.stat().st_size / 1e6:.0f} MB  sha256 {sha256(package)}")
    return 0


def epoch() -> int:
    """Return the time that everything built is dated: SOURCE_DATE_EPOCH, else that of the last commit, else 1980."""
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    told = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
    return int(told.stdout) if told.returncode == 0 and told.stdout.strip() else 315532800


def environment() -> Path:
    """Return the Python of build/environment, which has what the lock file says is needed to run and to freeze."""
    folder = BUILD / "environment"
    python = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = "".join(package.text for package in locked.needed(locked.asked("package"), locked.read()))
    mark = folder / "requirements.txt"
    if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
        shutil.rmtree(folder, ignore_errors=True)
        base = getattr(sys, "_base_executable", "") or sys.executable
        subprocess.run([base, "-m", "venv", str(folder)], check=True)  # makes build/ too
        pip = [str(python), "-m", "pip", "--quiet", "--disable-pip-version-check"]
        asked = BUILD / "requirements.txt"
        asked.write_text(wanted, encoding="utf-8")
        subprocess.run([*pip, "install", "--require-hashes", "--only-binary", ":all:", "-r", str(asked)], check=True)
        subprocess.run([*pip, "check"], check=True, stdout=subprocess.DEVNULL)
        unpacked = {**os.environ, "SBK_EMBED": "0"}  # Qt for Python's own modules as files: else compiled at each start
        subprocess.run([str(python), "-c", "import PySide6.QtCore"], env=unpacked, check=True)
        asked.replace(mark)
    return python


def freeze() -> Path:
    """Return the folder of the application, made anew; RuntimeError where it is larger than it may be."""
    shutil.rmtree(MADE, ignore_errors=True)
    licences.write(MADE / "licences")
    pictograms.write(MADE)
    if sys.platform == "win32":
        import windows

        windows.write_version(MADE / "version.txt")
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    folders = ["--distpath", str(BUILD / "frozen"), "--workpath", str(BUILD / "work")]
    plain = {**os.environ, "PYTHONNODEBUGRANGES": "1"}  # a traceback without ^^^ is read in less time at each start
    subprocess.run([*command, *folders, str(HERE / "hebao.spec")], cwd=ROOT, env=plain, check=True)
    folder = BUILD / "frozen" / ("Hebao.app" if sys.platform == "darwin" else "hebao")
    strip(folder)
    settle(folder)
    sizes.must_fit(folder)
    return folder


def strip(folder: Path) -> None:
    """Take what only a debugger reads out of the libraries that have it, where the tool for it is at hand."""
    if sys.platform != "linux" or shutil.which("strip") is None:
        return
    for path in sorted(folder.rglob("*.so*")):
        if not path.is_symlink() and any(name in str(path.relative_to(folder)) for name in contents.STRIPPED):
            subprocess.run(["strip", "--strip-debug", str(path)], check=True)


def settle(folder: Path) -> None:
    """Date every file of a folder alike and give it plain rights, so that the same input makes the same packages."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink():
            continue
        if sys.platform != "win32":
            runs = path.is_dir() or path.name in ("hebao", "hebaow")
            path.chmod(0o755 if runs else 0o644)
        os.utime(path, (epoch(), epoch()))


def packages(frozen: Path) -> list[Path]:
    """Return the packages of this system, made of the application."""
    if sys.platform == "linux":
        import linux

        return [linux.archive(frozen, DIST, epoch()), linux.deb(frozen, DIST, epoch())]
    if sys.platform == "win32":
        import windows

        return [windows.installer(frozen, DIST)]
    import macos

    return [macos.image(frozen, DIST)]


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


if __name__ == "__main__":
    print(f"Hebao {__version__} for {SYSTEMS.get(sys.platform, sys.platform)}", flush=True)
    sys.exit(main(sys.argv[1:]))
