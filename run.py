#!/usr/bin/env python3
"""Set Hebao up and run it, with nothing but Python 3.11 or later and its standard library.

python3 run.py                the window on the sample reports; without a display the same job, written to a folder
python3 run.py test           the tests, on all cores
python3 run.py test ARGS      some of the tests; ARGS are pytest's
python3 run.py WORD [ARGS]    any hebao command, such as `extract FILE --json`
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
RESULTS = ROOT / "hebao-results"
STORE = RESULTS / "samples.hebao"
CHART_INDICATORS = ("reconsideration_received", "litigation_cases", "penalties", "appearance_rate")

# What Qt needs of the system and a bare machine lacks: without a screen, and besides for a window under X11.
PACKAGES = {
    "apt-get": "libgl1 libegl1 libxkbcommon0 libglib2.0-0 libfreetype6 libfontconfig1 libdbus-1-3",
    "dnf": "libglvnd-glx libglvnd-egl libxkbcommon glib2 freetype fontconfig dbus-libs",
    "zypper": "libglvnd libxkbcommon0 libglib-2_0-0 libfreetype6 fontconfig libdbus-1-3",
    "pacman": "libglvnd libxkbcommon glib2 freetype2 fontconfig dbus",
}
WINDOW_PACKAGES = {
    "apt-get": "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxcb-shape0 "
    "libxcb-xkb1 libxkbcommon-x11-0 libxcb-randr0",
    "dnf": "xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil libxkbcommon-x11",
    "zypper": "libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 libxcb-render-util0 libxkbcommon-x11-0",
    "pacman": "xcb-util-cursor xcb-util-wm xcb-util-keysyms xcb-util-image xcb-util-renderutil libxkbcommon-x11",
}
INSTALL = {
    "apt-get": ("apt-get", "install", "-y", "--no-install-recommends"),
    "dnf": ("dnf", "install", "-y"),
    "zypper": ("zypper", "install", "-y"),
    "pacman": ("pacman", "-S", "--noconfirm"),
}
# Loads what the window will load, so that a missing library is known by its name before anything is shown.
PROBE = """
import ctypes, pathlib, sys
import PySide6, PySide6.QtGui, PySide6.QtWidgets
if sys.platform == "linux":
    platforms = pathlib.Path(PySide6.__file__).parent / "Qt" / "plugins" / "platforms"
    for name in sys.argv[1:]:
        ctypes.CDLL(str(platforms / ("libq" + name + ".so")))
"""
PICTURE = """
import pathlib, sys
from desktop.ui import photograph
photograph(pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), language=sys.argv[3])
"""


class Stop(Exception):  # noqa: N818 - an outcome, not an error
    """The run ends here with a sentence (None where the sentence was printed already) and an exit status."""

    def __init__(self, sentence: str | None, status: int = 1) -> None:
        super().__init__(sentence, status)
        self.sentence = sentence
        self.status = status


def main(words: list[str]) -> int:
    """Set up what is missing and do what `words` ask for; return the exit status."""
    if sys.version_info < OLDEST:  # anyone may start this file with an older Python
        running = "{}.{}".format(*sys.version_info[:2])
        tell(f"核报需要 Python 3.11 或更高版本，正在运行的是 {running}（{sys.executable}）。")
        tell(f"Hebao needs Python 3.11 or later; this is {running} ({sys.executable}).")
        return 2
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
        return 0
    try:
        set_up()
        if words[:1] == ["test"]:
            return python("-m", "pytest", *(words[1:] or on_all_cores()), cwd=ROOT, offscreen=True)
        if words:
            return python("-P", "-m", "desktop", *words)  # -P: the folder one stands in lends no modules
        return show() if has_display() else run_headless()
    except Stop as stop:
        if stop.sentence is not None:
            tell(stop.sentence)
        return stop.status
    except OSError as error:
        tell(say("run_not_written", why=error, folder=ROOT))
        return 1
    except KeyboardInterrupt:
        return 130


def tell(sentence: str) -> None:
    """Print `sentence` to standard error, so that standard output stays what a command prints."""
    print(sentence, file=sys.stderr, flush=True)


def say(message_id: str, **arguments: object) -> str:
    """Return a sentence of Hebao's catalogue in the system's language, which takes the standard library alone."""
    if str(ROOT) not in sys.path:
        sys.path.insert(0, str(ROOT))
    from desktop.text import say_in, system_language

    return say_in(system_language(), message_id, **arguments)


def has_display() -> bool:
    """Return whether a window can be shown."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal", "vnc")):
        return False
    return sys.platform != "linux" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def venv_python() -> Path:
    """Return the path of the Python inside .venv."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def environment(offscreen: bool = False) -> dict[str, str]:
    """Return the environment for Python inside .venv: the caller's, without what would lead it to other packages."""
    strangers = {"PYTHONHOME", "PYTHONSTARTUP", "PYTHONSAFEPATH", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    strangers |= {"PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_VIRTUALENV"}
    result = {k: v for k, v in os.environ.items() if k not in strangers}
    result.update(PYTHONPATH=str(ROOT), PYTHONNOUSERSITE="1", PIP_NO_INPUT="1", PIP_DISABLE_PIP_VERSION_CHECK="1")
    if offscreen:
        result.setdefault("QT_QPA_PLATFORM", "offscreen")
    return result


def python(*arguments: object, cwd: Path | None = None, offscreen: bool = False, to: Path | None = None) -> int:
    """Run Python inside .venv and return its exit status; `to` takes its standard output."""
    command = [str(venv_python()), *map(str, arguments)]
    if to is None:
        return subprocess.call(command, cwd=cwd, env=environment(offscreen))
    with to.open("wb") as target:
        return subprocess.call(command, cwd=cwd, env=environment(offscreen), stdout=target)


def on_all_cores() -> list[str]:
    """Return pytest's words for the whole suite on all cores; whoever is done takes over what others have left."""
    cores = len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1
    return ["-n", str(min(cores, 8)), "--dist", "worksteal"] if cores > 1 else []


def set_up() -> None:
    """Make .venv what the lock file says; at once where it already is. Raise Stop where that fails."""
    wanted: dict[str, object] = {
        "root": str(ROOT),
        "lock": hashlib.sha256((ROOT / "requirements.lock").read_bytes()).hexdigest(),
        "project": hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest(),
    }
    window = sys.platform == "linux" and bool(os.environ.get("DISPLAY"))
    # The mark is written last, so that a set-up that was cut short is known; it lies in .venv and goes with it.
    mark = VENV / "hebao-ready.json"
    ready, starts = read_mark(mark), venv_starts()
    if not starts or any(ready.get(key) != value for key, value in wanted.items()):
        mark.unlink(missing_ok=True)
        install(anew=not starts or ready.get("root") != wanted["root"])
        ready = {}
    if not ready or (window and not ready.get("window")):
        prepare_qt(window)
        mark.write_text(json.dumps({**wanted, "window": window}), encoding="utf-8")


def read_mark(mark: Path) -> dict[str, object]:
    """Return what the last set-up that was finished wrote down, empty where there is none."""
    try:
        ready = json.loads(mark.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return ready if isinstance(ready, dict) else {}


def venv_starts() -> bool:
    """Return whether the Python of .venv is there, starts and is new enough."""
    ask = f"import sys; sys.exit(sys.version_info < {OLDEST})"
    try:
        return subprocess.call([str(venv_python()), "-I", "-c", ask], env=environment(), stderr=DEVNULL) == 0
    except OSError:
        return False


def install(anew: bool) -> None:
    """Fill .venv from the lock file, made anew or as it stands; raise Stop where that fails."""
    tell(say("run_setting_up", folder=VENV))
    if anew:
        if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
            install_packages("python{}.{}-venv".format(*sys.version_info[:2]))
        # A venv's Python cannot make itself anew: the one it came from does.
        base = getattr(sys, "_base_executable", "") or sys.executable
        if subprocess.call([base, "-m", "venv", "--clear", str(VENV)], env=environment(), stdout=sys.stderr) != 0:
            raise Stop(say("run_venv_failed", python=base))
    pip = ("-m", "pip", "--quiet", "install")
    locked = python(*pip, "--require-hashes", "-r", "requirements.lock", cwd=ROOT)
    if locked != 0 or python(*pip, "--no-deps", "--no-build-isolation", "-e", ".", cwd=ROOT) != 0:
        raise Stop(say("run_install_failed", folder=VENV))
    if not str(ROOT).isascii():
        # Before 3.13 Python reads this file in the system's encoding, and a Chinese folder could keep it from starting.
        for link in VENV.glob("**/site-packages/_editable_impl_hebao.pth"):
            link.write_text(f"import sys; sys.path.append({str(ROOT)!a})\n", encoding="ascii")


def prepare_qt(window: bool) -> None:
    """See that Qt finds its system libraries, installing them where that can be done; raise Stop where it cannot."""
    plugins = ["offscreen", "xcb"] if window else ["offscreen"]

    def missing() -> str:
        command = [str(venv_python()), "-c", PROBE, *plugins]
        found = subprocess.run(command, env=environment(), capture_output=True, text=True, errors="replace")
        return found.stderr.strip().rpartition("\n")[2] if found.returncode else ""

    if error := missing():
        tell(say("run_qt_lacks", error=error))
        manager = package_manager()
        needed = PACKAGES.get(manager, "") + (" " + WINDOW_PACKAGES.get(manager, "") if window else "")
        install_packages(needed.strip())
        if error := missing():
            raise Stop(say("run_qt_still_lacks", error=error))


def package_manager() -> str:
    """Return the command that installs system packages here, empty where none is known."""
    return next((name for name in INSTALL if shutil.which(name)), "")


def install_packages(packages: str) -> None:
    """Install system packages by apt as root; anywhere else raise Stop with the command that a person runs."""
    manager = package_manager()
    if not manager or not packages:
        raise Stop(say("run_packages_unknown"))
    command = [*INSTALL[manager], *packages.split()]
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    if manager == "apt-get" and root:
        tell(say("run_installing_packages", command=" ".join(command)))
        unasked = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["apt-get", "update", "-q"], command):
            done = subprocess.run(step, env=unasked, stdin=DEVNULL, stdout=PIPE, stderr=STDOUT, check=False)
        if done.returncode == 0:
            return
        tell(done.stdout.decode(errors="replace"))
    raise Stop(say("run_packages_needed", command=" ".join(command if root else ["sudo", *command])))


def sample_store() -> None:
    """Make the store of the sample reports where it is missing; raise Stop where the import fails."""
    if STORE.exists():
        return
    RESULTS.mkdir(exist_ok=True)
    # Made under another name, so that one whose making was cut short is never taken for the store.
    for left in RESULTS.glob("samples-new.hebao*"):
        left.unlink()
    hebao("import", ROOT / "resources" / "samples", store=RESULTS / "samples-new.hebao")
    # The store itself last: once it is there, all of it is.
    for made in sorted(RESULTS.glob("samples-new.hebao*"), reverse=True):
        made.replace(made.with_name(made.name.replace("samples-new", "samples")))


def hebao(*words: str | Path, store: Path | None = None, to: Path | None = None) -> None:
    """Print a hebao command and run it from the root; raise Stop with its status where it is not 0."""
    shown = [short(word) for word in (*words, "--store", store or STORE)]
    print("$ hebao", *shown, *(("", ">", short(to)) if to else ()), flush=True)
    if status := python("-P", "-m", "desktop", *shown, cwd=ROOT, offscreen=True, to=to):
        raise Stop(None, status)


def short(word: str | Path) -> str:
    """Return a word of a command; a path as it is named from the root."""
    return str(word.relative_to(ROOT) if isinstance(word, Path) and word.is_relative_to(ROOT) else word)


def show() -> int:
    """Open the window on the sample store."""
    sample_store()
    return python("-P", "-m", "desktop", STORE)


def run_headless() -> int:
    """Do what the window does, without one: import, checks, tables, a chart and a picture, all in one folder."""
    sample_store()
    hebao("status")
    hebao("check")
    hebao("status", "--json", to=RESULTS / "status.json")
    hebao("check", "--json", to=RESULTS / "findings.json")
    for ending in ("csv", "xlsx"):
        for shape in ("wide", "long"):
            hebao("export", "--to", RESULTS / f"cells-{shape}.{ending}", "--shape", shape, "--state", "all")
    matrix = json.loads((RESULTS / "status.json").read_text(encoding="utf-8"))["matrix"]
    districts = [row["district"] for row in matrix if row["district"]]
    asked = [word for indicator in CHART_INDICATORS for word in ("--indicator", indicator)]
    hebao("chart", "--district", max(districts, key=districts.count), *asked, "--to", RESULTS / "chart.png")
    if status := python("-P", "-c", PICTURE, STORE, RESULTS / "window.png", "zh", cwd=ROOT, offscreen=True):
        raise Stop(None, status)
    print(say("run_done", folder=RESULTS), flush=True)
    return 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    sys.exit(main(sys.argv[1:]))
