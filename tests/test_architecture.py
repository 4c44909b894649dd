"""The rules of the house, kept by the machine: import contracts, lengths, sentences, the lock file, what is named."""

from __future__ import annotations

import argparse
import ast
import functools
import inspect
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from importlinter.cli import lint_imports
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
TRANSLATIONS = ROOT / "resources" / "translations"
MAX_FILE, MAX_FUNCTION = 400, 60
SLOW = {"matplotlib", "pandas", "xlsxwriter", "numpy"}
BINARY = {".png", ".mo", ".xz", ".gz", ".ico", ".hebao"}
EXPECTED = {
    "pyproject.toml", "desktop", "resources", "db", "tests", "packaging", "README.md", "README.zh-CN.md",
    "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "requirements.lock", "run.py", ".ci", ".github", "docs",
    ".gitignore", ".gitattributes",
}  # fmt: skip
FIELD = re.compile(r"\{(\w+)")


@functools.cache
def files() -> list[Path]:
    """Return the files of the project: those git knows or would take, else all outside folders that tools make."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=False
    ).stdout
    if listed:
        found = [ROOT / name for name in listed.decode().split("\0") if name]
    else:
        made = {".venv", "hebao-results", "__pycache__", ".hypothesis", "build", "dist"}
        found = [path for path in ROOT.rglob("*") if not made & set(path.parts) and ".git" not in path.parts]
    return sorted(path for path in found if path.is_file() and "_cache" not in str(path))


def modules(*folders: str) -> list[Path]:
    return [path for path in files() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] in folders]


def pyproject() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def code() -> list[Path]:
    return modules("desktop", "db", "run.py")


def test_imports_point_downward_only(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    # The linter reads the project's folder as it stands there, not from where it was imported.
    monkeypatch.syspath_prepend(str(ROOT))
    status = lint_imports(no_cache=True, no_logo=True)
    assert status == 0, capsys.readouterr().out


def test_every_module_has_its_place_in_the_contracts() -> None:
    contracts = pyproject()["tool"]["importlinter"]["contracts"]
    placed = {name.strip() for layer in contracts[0]["layers"] for name in layer.split("|")}
    there = {f"desktop.{path.stem}" for path in (ROOT / "desktop").glob("*.py")} - {"desktop.__init__"}
    there |= {f"desktop.{path.parent.name}" for path in (ROOT / "desktop").glob("*/__init__.py")}
    assert there | {"db"} == placed
    assert set(contracts[1]["source_modules"]) == placed - {"desktop.ui"}


def imports_at_start(path: Path) -> Iterator[str]:
    """Yield what a module imports when it is imported itself: not in functions, not for type checkers only."""
    waiting: list[ast.stmt] = list(tree(path).body)
    for node in waiting:
        if isinstance(node, ast.Import):
            yield from (name.name.partition(".")[0] for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").partition(".")[0]
        elif isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            waiting += node.orelse
        elif isinstance(node, (ast.If, ast.Try, ast.With, ast.ClassDef)):
            waiting += node.body


@pytest.mark.parametrize("path", modules("desktop", "db"), ids=lambda path: str(path.relative_to(ROOT)))
def test_slow_libraries_are_imported_where_they_are_needed(path: Path) -> None:
    assert not SLOW & set(imports_at_start(path))
    assert "pyplot" not in path.read_text(encoding="utf-8").replace("never pyplot", "")


def test_files_and_functions_stay_short() -> None:
    long = []
    for path in modules("desktop", "db", "packaging", "tests", "run.py"):
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > MAX_FILE:
            long.append(f"{path.relative_to(ROOT)}: {lines} lines")
        for node in ast.walk(tree(path)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length >= MAX_FUNCTION:
                    long.append(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {length} lines")
    assert not long


# Sentences -----------------------------------------------------------------------------------------------------------


@functools.cache
def catalogue(locale: str) -> Catalog:
    with (TRANSLATIONS / locale / "LC_MESSAGES" / "hebao.po").open("rb") as source:
        return read_po(source, locale=locale)


@functools.cache
def sentences(locale: str) -> dict[str, tuple[str, ...]]:
    """Return id -> its forms in one language."""
    found = {}
    for message in catalogue(locale):
        if message.id:
            key = message.id if isinstance(message.id, str) else message.id[0]
            found[key] = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return found


def own_sentences() -> set[str]:
    """Return the ids of Hebao's own sentences; the others are argparse's, translated."""
    theirs = inspect.getsource(argparse)
    return {key for key in sentences("en") if re.fullmatch("[a-z0-9_]+", key) and f"_('{key}')" not in theirs}


@functools.cache
def words_in_code() -> tuple[set[str], set[str]]:
    """Return every string of the code, and every f-string as a pattern."""
    words, patterns = set(), set()
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                words.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                patterns.add(pattern(node))
    return words, {p for p in patterns if len(p.replace("[a-z0-9_]+", "")) > 3 and re.fullmatch(r"[a-z0-9_\[\]+-]+", p)}


def pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "[a-z0-9_]+" for part in node.values
    )


def asked_for() -> Iterator[tuple[str, str]]:
    """Yield (where, pattern of the id) of each call that names a sentence."""
    places = {"say": 0, "say_in": 1, "UserError": 0}
    for path in code():
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in places:
                arguments = node.args[places[node.func.id] :][:1]
                for named in ast.walk(arguments[0]) if arguments else ():
                    where = f"{path.relative_to(ROOT)}:{node.lineno}"
                    if isinstance(arguments[0], ast.JoinedStr):
                        yield where, pattern(arguments[0])
                        break
                    if isinstance(named, ast.Constant) and isinstance(named.value, str) and "_" in named.value:
                        yield where, re.escape(named.value)


def test_the_compiled_sentences_are_those_of_the_po_files() -> None:
    sys.path.insert(0, str(ROOT / "packaging"))
    try:
        import translations
    finally:
        sys.path.pop(0)
    for po in sorted(TRANSLATIONS.glob("*/LC_MESSAGES/hebao.po")):
        assert po.with_suffix(".mo").read_bytes() == translations.compiled(po), "run packaging/translations.py"


def test_both_languages_say_every_sentence_with_the_same_fields() -> None:
    chinese, english = sentences("zh_CN"), sentences("en")
    assert set(chinese) == set(english)
    for message_id in own_sentences():
        forms = (*chinese[message_id], *english[message_id])
        assert all(forms), f"{message_id} is not translated"
        fields = [set(FIELD.findall(form)) for form in forms]
        # One English form of a plural may leave the number out.
        assert all(found | {"n"} == fields[0] | {"n"} for found in fields), f"{message_id}: the fields differ"


def test_every_chinese_sentence_is_in_chinese() -> None:
    for message_id, forms in sentences("zh_CN").items():
        for form in forms:
            letters = re.sub(r"\{[^}]*\}|%\(\w+\)\w|%\w", "", form)
            assert re.search("[一-鿿]", letters) or not re.search("[A-Za-z]{4}", letters), message_id
    for message_id in own_sentences():
        assert not any(re.search("[。，；]", form) for form in sentences("en")[message_id]), message_id


def test_every_sentence_asked_for_exists() -> None:
    ids = sentences("en")
    missing = [f"{where} {p}" for where, p in asked_for() if not any(re.fullmatch(p, known) for known in ids)]
    assert not missing


def test_no_sentence_is_dead() -> None:
    words, patterns = words_in_code()
    one = re.compile("|".join(patterns))
    assert not {message_id for message_id in own_sentences() - words if not one.fullmatch(message_id)}


# The lock file, the version, what files speak of ---------------------------------------------------------------------


def locked() -> dict[str, list[str]]:
    """Return package -> the versions that the lock file has of it."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", text, flags=re.MULTILINE):
        versions.setdefault(name.lower().replace("_", "-"), []).append(version)
    return versions


def test_the_lock_file_has_all_that_pyproject_asks_for() -> None:
    project = pyproject()["project"]
    wanted = [*project["dependencies"], *(w for extra in project["optional-dependencies"].values() for w in extra)]
    for requirement in map(Requirement, wanted):
        versions = locked().get(requirement.name.lower().replace("_", "-"))
        assert versions, f"{requirement} is not in requirements.lock"
        assert all(requirement.specifier.contains(version) for version in versions), requirement


def test_every_library_that_is_imported_is_asked_for() -> None:
    project = pyproject()["project"]
    extras = project["optional-dependencies"]
    wanted = [*project["dependencies"], *extras["ocr"], *extras["cluster"]]
    asked = {Requirement(one).name.lower().replace("_", "-") for one in wanted}
    providers = packages_distributions()
    missing = set()
    for path in modules("desktop", "db"):
        for node in ast.walk(tree(path)):
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module:
                names = [node.module]
            for top in {name.partition(".")[0] for name in names} - sys.stdlib_module_names - {"desktop", "db"}:
                by = {dist.lower().replace("_", "-") for dist in providers.get(top, [])}
                missing |= {f"{path.relative_to(ROOT)}: {top}"} if not by & asked else set()
    assert not missing


def test_the_lock_file_names_hashes_and_no_index() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text and not re.search(r"^\s*-", text.replace("    --hash=sha256:", ""), flags=re.MULTILINE)
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert len(blocks) > 20 and all("--hash=sha256:" in block for block in blocks)


def test_the_version_is_said_once_and_alike() -> None:
    from desktop import __version__

    project = pyproject()["project"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert newest is not None and __version__ == project["version"] == newest[1]


def test_the_project_names_no_machine_no_index_and_leaves_nothing_undone() -> None:
    # Written in pieces, or this file would find itself.
    forbidden = {
        "a path of one machine": r"(?<![\w.~/-])/" + r"(?:root|home|work|Users)/\w|[A-Z]:\\" + r"Users\\",
        "a package index": "py" + r"pi\b|python" + "hosted|debian" + r"\.org|npm" + "js",
        "unfinished work": r"\b(?:TO" + "DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + "Error",
    }
    found = []
    for path in files():
        if path.suffix in BINARY or path.name in ("LICENSE", "requirements.lock"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        for what, expression in forbidden.items():
            found += [f"{path.relative_to(ROOT)}: {what}: {hit}" for hit in re.findall(expression, text)]
    assert not found


def test_only_what_people_expect_stands_at_the_root() -> None:
    assert {path.relative_to(ROOT).parts[0] for path in files()} <= EXPECTED
