"""Facts of invented openings and endings in many house styles (tests/data/facts.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from desktop.districts import load
from desktop.extraction.facts import read_facts
from desktop.model import FACTS

CASES = tomllib.loads((Path(__file__).parent.parent / "data" / "facts.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_facts_are_those_the_text_states(case: dict[str, Any]) -> None:
    found = read_facts(case["text"], load())
    stated = {fact: case["facts"].get(fact) for fact in FACTS}
    assert {fact: getattr(found, fact) for fact in FACTS} == stated
    assert list(found.candidates) == case["facts"].get("candidates", [])
