"""The glossary rules: its words are those of the screens, and what it says is not used is used nowhere people read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop import text

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip("|\n ").split("|")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| ---")
][1:]
OTHER_THINGS = re.compile("document numbers?|JSON document")
HELP = {
    language: "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "resources" / "help" / language).glob("*.md"))
    for language in ("zh", "en")
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_every_word_is_met_on_the_screens_in_both_languages(row):
    english = "\n".join(text.sentences("en").values()) + HELP["en"]
    chinese = "\n".join(text.sentences("zh").values()) + HELP["zh"]
    assert re.search(rf"\b{row[0].replace(' ', '.?')}", english, re.IGNORECASE)
    assert row[1] in chinese


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_no_other_word_is_used_for_it(row):
    said = [OTHER_THINGS.sub("", sentence) for sentence in (*text.sentences("en").values(), HELP["en"])]
    for other in row[3].split(", "):
        found = [sentence for sentence in said if re.search(rf"\b{other}s?\b", sentence)]
        assert not found, other


def test_the_code_has_a_name_for_each_word():
    code = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    code += "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "db").rglob("*.py"))
    for row in ROWS:
        assert re.search(rf"\b_?{row[0].replace(' ', '_')}", code, re.IGNORECASE), row[0]
