"""The licences of all that Hebao depends on: collected from what is installed, checked, and told in docs/licences.md.

python packaging/licences.py            write the page
python packaging/licences.py --check    say whether it still holds, and that every licence is one that Hebao may use
"""

from __future__ import annotations

import re
import shutil
import sys
import sysconfig
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import locked
from locked import Locked

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PAGE = ROOT / "docs" / "licences.md"
TEXTS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE)", flags=re.IGNORECASE)

PERMISSIVE = {
    "MIT", "MIT-CMU", "HPND", "ISC", "0BSD", "BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "PSF-2.0", "Zlib",
    "CC0-1.0", "Unlicense", "Public Domain", "CNRI-Python", "Unicode-3.0", "BSL-1.0",
}  # fmt: skip
# Under other licences on purpose: package -> licence, and why that is all right.
EXCEPTIONS = {
    "pyside6-essentials": ("LGPL-3.0-only", "Qt: libraries of their own, unchanged, replaceable, with their notices"),
    "shiboken6": ("LGPL-3.0-only", "Qt"),
    "pyinstaller": ("GPL-2.0-or-later WITH Bootloader-exception", "what it makes may be under any licence"),
    "pyinstaller-hooks-contrib": ("GPL-2.0-or-later", "used to build; what gets into the application is Apache-2.0"),
}
TOOLS_ONLY = frozenset({"MPL-2.0", "Artistic-1.0"})  # for tests and tools, which nobody is handed
# What the packages themselves say in other words, or not in their metadata.
SAID = {
    "ahocorasick-rs": "Apache-2.0", "cycler": "BSD-3-Clause", "isodate": "BSD-3-Clause", "kiwisolver": "BSD-3-Clause",
    "matplotlib": "PSF-2.0", "pathspec": "MPL-2.0", "scipy": "BSD-3-Clause", "text-unidecode": "Artistic-1.0",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
}  # fmt: skip
# Wanted on other systems only, hence not installed here: package -> licence.
ELSEWHERE = {
    "colorama": "BSD-3-Clause", "macholib": "MIT", "pefile": "MIT", "pywin32-ctypes": "BSD-3-Clause",
    "tzdata": "Apache-2.0",
}  # fmt: skip
CLASSIFIERS = {
    "MIT License": "MIT", "BSD License": "BSD", "Apache Software License": "Apache-2.0",
    "Public Domain": "Public Domain", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0", "ISC License (ISCL)": "ISC",
}  # fmt: skip
SPELLINGS = (
    (r"apache(?: software)?(?: licen[cs]e)?,?(?: version)? ?-?2(\.0)?", "Apache-2.0"),
    (r"(the )?(bsd[ -]?([23])[ -]?clause|([23])[ -]clause bsd)( licen[cs]e)?", r"BSD-\g<n>-Clause"),
    (r"(the )?mit( licen[cs]e)?", "MIT"), (r"bsd( licen[cs]e)?", "BSD"), (r"isc( licen[cs]e)?", "ISC"),
)  # fmt: skip


def licence(name: str) -> str:
    """Return the licence of a package as SPDX names it, as far as it can be told; KeyError where it is not known."""
    if name in EXCEPTIONS:
        return EXCEPTIONS[name][0]
    if name in SAID:
        return SAID[name]
    try:
        about = metadata.metadata(name).json
    except metadata.PackageNotFoundError:
        return ELSEWHERE[name]
    said = str(about.get("license_expression") or about.get("license") or "")
    named = (CLASSIFIERS.get(line.rpartition(":: ")[2], "") for line in about.get("classifier", ()))
    return spelt(said) or next(filter(None, named), said.partition("\n")[0] or "unknown")


def spelt(said: str) -> str:
    """Return a licence in SPDX's words, empty where what is said is the text of one."""
    if "\n" in said or len(said) > 80:
        return ""
    for pattern, name in SPELLINGS:
        if found := re.fullmatch(pattern, said.strip(), flags=re.IGNORECASE):
            return name.replace(r"\g<n>", next(filter(None, found.groups()[2:4]), "") if "<n>" in name else "")
    return said.strip()


def allowed(expression: str, also: frozenset[str] = frozenset()) -> bool:
    """Return whether one of the alternatives of an SPDX expression consists of licences that may be used."""
    alternatives = expression.strip("()").split(" OR ")
    return any(set(map(str.strip, one.strip("()").split(" AND "))) <= PERMISSIVE | also for one in alternatives)


def groups() -> dict[str, list[Locked]]:
    """Return the packages of the lock file by what they are for, each in the first group that needs it."""
    packages = locked.read()
    handed_out = sorted(locked.extras(), key=("dev", "package").__contains__)
    wanted = {"run": locked.asked()} | {extra: locked.asked(extra) for extra in handed_out}
    found: dict[str, list[Locked]] = {}
    seen: set[str] = set()
    for group, names in wanted.items():
        found[group] = [package for package in locked.needed(names, packages) if package.name not in seen]
        seen |= {package.name for package in found[group]}
    return found


def refused() -> Iterator[str]:
    """Yield a sentence for each package under a licence that Hebao may not use where it is used."""
    for group, packages in groups().items():
        also = TOOLS_ONLY if group in ("dev", "package") else frozenset[str]()
        for package in packages:
            said = licence(package.name)
            if package.name not in EXCEPTIONS and not allowed(said, also):
                yield f"{package.name} {package.version} ({group}): {said}"


def page() -> str:
    """Return docs/licences.md."""
    heads = {
        "run": "To run (these are in the packages)", "dev": "To test", "package": "To build packages",
    }  # fmt: skip
    lines = [
        "# Licences\n",
        "<!-- Written by packaging/licences.py from requirements.lock and what is installed. -->\n",
        "Hebao is under the Apache License 2.0. What it depends on is permissive, but for Qt (LGPL 3, as libraries of",
        "their own) and tools that are handed to nobody. The packages carry the text of every licence in `licences`.\n",
    ]
    for group, packages in groups().items():
        if not packages:
            continue
        lines += [
            f"## {heads.get(group, f'For hebao[{group}]')}\n",
            "| package | version | licence |",
            "| --- | --- | --- |",
        ]
        for name in sorted({package.name for package in packages}):
            versions = " / ".join(package.version for package in packages if package.name == name)
            why = f": {EXCEPTIONS[name][1]}" if name in EXCEPTIONS else ""
            lines.append(f"| {name} | {versions} | {licence(name)}{why} |")
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> None:
    """Write the texts of all licences that the frozen application needs into a folder, one folder a library."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE.txt")
    shutil.copyfile(HERE / "notices" / "Apache-2.0.txt", folder / "Apache-2.0.txt")
    listed = []
    for package in groups()["run"]:
        try:
            texts = [file for file in metadata.files(package.name) or () if _is_text(file)]
        except metadata.PackageNotFoundError:
            continue
        listed.append(f"{package.name} {package.version}: {licence(package.name)}")
        for file in texts:
            copy(Path(str(file.locate())), folder / package.name / _below(file))
        if not texts and "Apache-2.0" in licence(package.name):  # taken under this one, whose text is the same for all
            copy(HERE / "notices" / "Apache-2.0.txt", folder / package.name / "LICENSE.txt")
    (folder / "Qt").mkdir()
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt"):
        shutil.copyfile(HERE / "notices" / name, folder / "Qt" / name)
    copy(python_licence(), folder / "Python" / "LICENSE.txt")
    notice = (HERE / "notices" / "NOTICE.txt").read_text(encoding="utf-8")
    told = "\n".join([notice, "The Python packages:", *sorted(listed), ""])
    (folder / "NOTICE.txt").write_text(told, encoding="utf-8", newline="\n")


def _is_text(file: metadata.PackagePath) -> bool:
    return ".dist-info" in file.parts[0] and len(file.parts) > 1 and bool(TEXTS.search(str(file)))


def _below(file: metadata.PackagePath) -> str:
    """Return the name of a text in the folder of its library, with the folders that tell it from others."""
    return "-".join(part for part in file.parts[1:] if part != "licenses")


def copy(source: Path, to: Path) -> None:
    """Copy a file, making its folder."""
    to.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, to)


def python_licence() -> Path:
    """Return where Python keeps its licence."""
    near = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    return next(folder / "LICENSE.txt" for folder in near if (folder / "LICENSE.txt").exists())


def main(words: list[str]) -> int:
    """Write the page, or with --check say what is wrong; return the exit status."""
    wrong = list(refused())
    if "--check" not in words:
        PAGE.write_text(page(), encoding="utf-8", newline="\n")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page():
        wrong.append("stale, run packaging/licences.py: docs/licences.md")
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
