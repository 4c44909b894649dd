"""The docs say what is so: generated pages are fresh, links lead somewhere, commands exist."""

from __future__ import annotations

import argparse
import importlib.util
import re
from pathlib import Path

import pytest

from desktop import cli, text

ROOT = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def test_generated_pages_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "_current", text.language())
    spec = importlib.util.spec_from_file_location("docs", ROOT / "packaging" / "docs.py")
    assert spec is not None and spec.loader is not None
    docs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(docs)
    for path, page in docs.pages().items():
        assert path.read_text(encoding="utf-8") == page, "run packaging/docs.py"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_to_files_that_are_there(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text(encoding="utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_commands_named_in_the_docs_exist(page: Path) -> None:
    parser = cli.parser()
    commands = next(a.choices for a in parser._actions if isinstance(a, argparse._SubParsersAction))
    named = re.findall(r"(?<![.\w])(?:hebao|run\.py) ([a-z][a-z-]*)(?![.\w])", page.read_text(encoding="utf-8"))
    assert set(named) <= {*commands, "test"}


def test_both_readmes_say_the_same_things() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh-CN.md"))
    for expression in (r"^#+ ", r"^```$", r"^- \[", r"!\["):
        found = [len(re.findall(expression, page, flags=re.MULTILINE)) for page in (english, chinese)]
        assert found[0] == found[1] > 0
