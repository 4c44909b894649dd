"""The verbs that the window and the command line share; a new one is entered in verbs.py (no module has its name)."""

from __future__ import annotations

import importlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from db import overview
from db.store import Store
from desktop import __version__, paths, settings, text

if TYPE_CHECKING:
    from desktop.workflow.verbs import *  # noqa: F403


def __getattr__(name: str) -> object:
    """Return a verb; opening a store and showing it need none of them yet, which makes the start a fifth shorter."""
    if name.startswith("__"):  # as tools ask any module for
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.verbs"), name)


def store_path(path: Path | None) -> Path:
    """Return the store meant: the one named, else the last one opened, else the one in the user's documents."""
    if path is not None:
        return path
    last = settings.get("last_store")
    there = bool(last) and os.path.exists(last)  # noqa: PTH110 - a path that nobody may look at is not there
    return Path(last) if there else paths.default_store(text.language())


def open_store(path: Path | None, *, create: bool = True, read_only: bool = False) -> Store:
    """Open a store (store_path says which) and remember it when it is opened for writing; UserError says why not."""
    store = Store.open(store_path(path), create=create, read_only=read_only)
    store.program = __version__
    store.catalogue = _catalogue_version()
    if overview.own_indicators(store):
        from desktop.workflow.cataloguing import remember_version

        remember_version(store)
    if not read_only:
        store.check_by(settings.chosen("checks"))
        opened = str(store.path.resolve())
        if opened != settings.get("last_store"):
            settings.remember("last_store", opened)
    return store


def _catalogue_version() -> str:
    """Return the version of indicators.toml, its first line; to read all of it would hold up the start."""
    with (paths.resources() / "indicators.toml").open(encoding="utf-8") as file:
        return file.readline().split('"')[1]
