"""The verbs: gathered in one module, which comes in with the first that is asked for."""

from __future__ import annotations

import pkgutil
from pathlib import Path

import pytest

from desktop import indicators, workflow
from desktop.workflow import verbs


def test_no_verb_is_named_as_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(workflow.__path__)}
    assert not modules & set(verbs.__all__)


def test_every_verb_is_there_and_nothing_else() -> None:
    assert all(getattr(workflow, name) is getattr(verbs, name) for name in verbs.__all__)
    with pytest.raises(AttributeError, match="no_such_verb"):
        _ = workflow.no_such_verb


def test_the_version_of_the_catalogue_is_known_without_reading_it(tmp_path: Path) -> None:
    with workflow.open_store(tmp_path / "新.hebao") as store:
        assert store.catalogue == indicators.load().version
